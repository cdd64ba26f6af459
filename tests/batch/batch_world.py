"""A small world of reports for the tests of the batch, and the program as a separate process."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from benchmarks import corpus, trial
from benchmarks.trial import ROOT, command, environment

__all__ = ["ROOT", "batch", "command", "environment", "exported", "make", "pages", "text"]


def make(folder: Path, count: int, seed: int = 11, year: int = 2024) -> list[corpus.Planted]:
    """Writes `count` made-up reports with roster and planted outcome."""
    found = corpus.generate(count, seed, year)
    corpus.write(found, folder, year)
    return found


def text(body: str, year: int = 2024, seed: int = 1) -> str:
    """One made-up report."""
    return corpus.make(body, year, random.Random(seed)).text


def batch(*arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs `batch` to its end."""
    return subprocess.run(
        command("batch", *arguments, "--no-timestamp"),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def pages(folder: Path) -> dict[str, str]:
    """Every page and paper in an output folder by name, as hashes of their bytes."""
    return trial.digests(folder)


def exported(store: object, folder: Path) -> dict[str, bytes]:
    """The export of a store by table."""
    return {p.name: p.read_bytes() for p in trial.export(store, folder).iterdir()}
