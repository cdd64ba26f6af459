"""A small world of reports for the tests of the batch, and the program as a separate process."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from benchmarks import corpus

ROOT = Path(__file__).parent.parent.parent


def make(folder: Path, count: int, seed: int = 11, year: int = 2024) -> list[corpus.Planted]:
    """Writes `count` made-up reports with roster and planted outcome."""
    found = corpus.generate(count, seed, year)
    corpus.write(found, folder, year)
    return found


def text(body: str, year: int = 2024, seed: int = 1) -> str:
    """One made-up report."""
    return corpus.make(body, year, random.Random(seed)).text


def command(*arguments: object, cwd: Path | None = None) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "audit", *map(str, arguments)]


def environment() -> dict[str, str]:
    """The environment in which the program finds its code."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path}


def batch(*arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs `batch` to its end."""
    return subprocess.run(
        command("batch", *arguments, "--no-timestamp"),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def pages(folder: Path) -> dict[str, bytes]:
    """Every page and paper in an output folder by name."""
    return {
        p.name: p.read_bytes()
        for p in folder.iterdir()
        if p.is_file() and not p.name.startswith("batch.sqlite")
    }


def exported(store: object, folder: Path) -> dict[str, bytes]:
    """The export of a store by table."""
    done = subprocess.run(
        command("export", store, "-o", folder), env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return {p.name: p.read_bytes() for p in folder.iterdir()}
