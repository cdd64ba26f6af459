"""A Dask cluster on loopback: one worker killed in the middle, nothing lost, the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import batch_world as world
import pytest

from benchmarks import trial

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_one_worker_killed_in_the_middle(small: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with trial.cluster(tmp_path / "dask") as (address, started):
        child = trial.start(
            small / "reports", "-o", out, "--roster", small / "roster.csv", "--cluster", address
        )
        assert trial.reached(child, lambda: trial.written(out) >= 3)
        trial.kill(started[1])
        status, said = trial.end(child)
    assert status == 0, said
    assert world.pages(out) == world.pages(done)
    assert world.exported(out, tmp_path / "one") == world.exported(done, tmp_path / "two")


def test_no_scheduler_there(small: Path, tmp_path: Path) -> None:
    run = world.batch(small / "reports", "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert run.returncode == 2 and "连不上集群" in run.stderr and "Traceback" not in run.stderr
