"""Ends of all kinds: of the parent, of a worker, of the disk, of the store."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import batch_world as world
import pytest

from audit.batch.job import Job, Setup
from audit.batch.pool import LocalPool
from audit.options import Options
from benchmarks import trial

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups of POSIX")


@pytest.mark.parametrize("delay", [0.6, 1.3, 2.2])
def test_after_a_kill_of_the_parent_the_same_command_ends_with_the_same_bytes(
    small: Path, done: Path, tmp_path: Path, delay: float
) -> None:
    out = tmp_path / "out"
    arguments = [small / "reports", "-o", out, "--roster", small / "roster.csv", "--jobs", 2]
    child = trial.start(*arguments)
    if delay > 1:
        trial.reached(child, lambda: trial.written(out) >= delay * 8, 60)
    else:
        time.sleep(delay)
    trial.kill(child, group=False)
    time.sleep(3)  # on a busy machine a worker takes this long to see that its parent is gone
    half = trial.written(out)
    time.sleep(0.5)
    assert trial.written(out) == half, "workers went on after the parent's end"
    again = world.batch(*arguments)
    assert again.returncode == 0, again.stderr
    assert world.pages(out) == world.pages(done)
    assert world.exported(out, tmp_path / "one") == world.exported(done, tmp_path / "two")


SABOTAGE = """
import audit.pipeline as pipeline, os, signal, time
real = pipeline.audit_bytes
def audit_bytes(data, file_name, *rest):
    if b"KILLER" in data: os.kill(os.getpid(), signal.SIGKILL)
    if b"SLEEPER" in data: time.sleep(600)
    if b"HANGER" in data:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM})
        time.sleep(600)
    if b"EATER" in data: bytearray(4 << 30)
    if b"RAISER" in data: raise ZeroDivisionError
    return real(data, file_name, *rest)
pipeline.audit_bytes = audit_bytes
"""


def jobs(folder: Path, count: int) -> list[Job]:
    made = []
    for number in range(count):
        path = folder / f"{number:02d}.txt"
        path.write_text(world.text("青河县", seed=number), encoding="utf-8")
        shown, name = str(path), path.stem
        made.append(
            Job(
                number, number, shown, path.name, shown, name, str(folder), "0", Options(timestamp=False), "k"
            )
        )
    return made


def test_reports_that_kill_or_hang_their_worker_are_named_and_the_rest_is_done(tmp_path: Path) -> None:
    """Every interpreter that starts below loads the sabotage first."""
    words = dict(enumerate([""] * 30)) | {3: "KILLER", 11: "SLEEPER", 12: "HANGER", 19: "EATER", 25: "RAISER"}
    reports, out, folder = tmp_path / "in", tmp_path / "out", tmp_path / "sabotage"
    reports.mkdir()
    folder.mkdir()
    for number, word in words.items():
        body = f"{'青白碧玉金'[number % 5]}{'河沙湖石山溪'[number // 5]}县"
        (reports / f"{number:02d}.txt").write_text(world.text(body, seed=number) + word, encoding="utf-8")
    (folder / "sitecustomize.py").write_text(SABOTAGE, encoding="utf-8")
    env = world.environment()
    env["PYTHONPATH"] = os.pathsep.join([str(folder), env["PYTHONPATH"]])
    limits = ["--time-limit", 4, "--memory-limit", 700, "--jobs", 2, "--no-timestamp"]
    run = subprocess.run(
        world.command("batch", reports, "-o", out, *limits),
        env=env,
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert run.returncode == 3 and "Traceback" not in run.stderr, run.stderr
    rows = (
        sqlite3.connect(out / "batch.sqlite")
        .execute("SELECT name, state, fault_kind FROM reports")
        .fetchall()
    )
    assert len(rows) == 30
    faults = {int(name): kind for name, state, kind in rows if state == "failed"}
    assert faults == {3: "killed", 11: "time", 12: "time", 19: "memory", 25: "program"}
    for number in faults:
        assert sum(f"{number:02d}.txt" in line for line in run.stderr.splitlines()) == 1
    mended = world.batch(reports, "-o", out, "--jobs", 2)
    assert mended.returncode == 0 and "需审核 5 份,未变化 25 份" in mended.stderr


def test_a_worker_killed_from_outside_costs_nothing(small: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    child = trial.start(small / "reports", "-o", out, "--roster", small / "roster.csv", "--jobs", 2)
    trial.reached(child, lambda: trial.written(out) >= 5, 60)
    os.kill(trial.workers(child.pid)[0], signal.SIGKILL)
    status, said = trial.end(child)
    assert status == 0, said
    assert world.pages(out) == world.pages(done)


def test_a_full_disk_ends_the_batch_with_a_line_and_loses_nothing(
    small: Path, done: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        arguments = [small / "reports", "-o", disk / "out", "--roster", small / "roster.csv", "--jobs", 2]
        run = world.batch(*arguments)
        assert run.returncode == 3 and "空间" in run.stderr and "Traceback" not in run.stderr, run.stderr
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        again = world.batch(*arguments)
        assert again.returncode == 0, again.stderr
        assert world.pages(disk / "out") == world.pages(done)
        assert world.exported(disk / "out", tmp_path / "one") == world.exported(done, tmp_path / "two")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_store_locked_by_another_program(small: Path, tmp_path: Path) -> None:
    """While it is held the batch waits; when it is let go the batch goes on."""
    out = tmp_path / "out"
    first = world.batch(sorted((small / "reports").iterdir())[0], "-o", out)
    assert first.returncode == 0
    holder = sqlite3.connect(out / "batch.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    child = trial.start(small / "reports", "-o", out)
    time.sleep(4)
    assert child.poll() is None
    holder.execute("ROLLBACK")
    holder.close()
    status, said = trial.end(child)
    assert status == 0, said


def test_a_store_that_is_none(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "batch.sqlite").write_bytes(b"not a database at all, but long enough to look at" * 100)
    run = world.batch(small / "reports", "-o", out)
    assert run.returncode == 3 and "损坏" in run.stderr and "Traceback" not in run.stderr


def test_an_unreadable_file_is_named(tmp_path: Path, small: Path) -> None:
    reports, out = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    (reports / "青河县.txt").write_text(world.text("青河县"), encoding="utf-8")
    (reports / "断链.txt").symlink_to(tmp_path / "nowhere")
    run = world.batch(reports, "-o", out)
    assert run.returncode == 3 and "断链.txt" in run.stderr and (out / "青河县.html").exists()


def test_the_pool_needs_no_name_of_a_worker(tmp_path: Path) -> None:
    """Chunks of every size come back whole."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    made = jobs(tmp_path / "in", 7)
    pool = LocalPool(Setup(str(tmp_path / "out"), ("json",)), 2)
    try:
        found = sorted(o.number for o in pool.run([made[:1], made[1:5], made[5:]]))
    finally:
        pool.close()
    assert found == list(range(7))
