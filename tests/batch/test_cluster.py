"""A Dask cluster on loopback: one worker killed in the middle, nothing lost, the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import batch_world as world
import pytest

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, started by the two commands of the manual."""
    file = tmp_path / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object) -> None:
        dask = [sys.executable, "-m", "dask", *map(str, arguments)]
        log = (tmp_path / f"log{len(started)}").open("wb")
        started.append(
            subprocess.Popen(
                dask, env=world.environment(), stdout=log, stderr=log, cwd=tmp_path, start_new_session=True
            )
        )

    start("scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", file)
    end = time.monotonic() + 30
    while not file.exists() or not file.read_text():
        assert time.monotonic() < end and started[0].poll() is None, (tmp_path / "log0").read_text()
        time.sleep(0.1)
    import json

    address = json.loads(file.read_text())["address"]
    for _ in range(2):
        start("worker", address, "--host", "127.0.0.1", "--nthreads", 1, "--no-dashboard", "--no-nanny")
    yield address, started
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_one_worker_killed_in_the_middle(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], small: Path, done: Path, tmp_path: Path
) -> None:
    address, started = cluster
    out = tmp_path / "out"
    arguments = [
        small / "reports",
        "-o",
        out,
        "--roster",
        small / "roster.csv",
        "--cluster",
        address,
        "--no-timestamp",
    ]
    child = subprocess.Popen(
        world.command("batch", *arguments), env=world.environment(), stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 90
    while time.monotonic() < end and len(list(out.glob("0*.html"))) < 3 and child.poll() is None:
        time.sleep(0.01)
    os.killpg(started[1].pid, signal.SIGKILL)
    _, said = child.communicate(timeout=120)
    assert child.returncode == 0, said
    assert world.pages(out) == world.pages(done)
    assert world.exported(out, tmp_path / "one") == world.exported(done, tmp_path / "two")


def test_no_scheduler_there(small: Path, tmp_path: Path) -> None:
    run = world.batch(small / "reports", "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert run.returncode == 2 and "连不上集群" in run.stderr and "Traceback" not in run.stderr
