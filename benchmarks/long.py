"""The long proof: a batch that is killed again and again ends with the same bytes as one left alone.

    python -m benchmarks.long 3000 [--kills 12] [--cluster] [--seed 1] [--folder DIR]

Makes the reports, runs them once undisturbed, then runs the same command into another folder and ends it with
kill -9 at moments drawn by lot (the whole process group, the parent alone, or one worker) until all kills
are spent and it comes to its end; then compares every page and paper and every table of the export. With
`--cluster` the disturbed run goes over a Dask scheduler and two workers on loopback, one of which is killed in
the middle. Prints one line a figure; the exit status is 1 where anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus, trial

KINDS = {"process group": 5, "parent": 3, "one worker": 4}
"""How a kill is done, and how often."""
LATE = 6
"""One kill in so many comes when all pages are written and what is about all reports is made."""


class Disturbed:
    """A batch under kills.

    Args:
        arguments: of `batch`.
        out: its output folder.
        total: pages that it is to write.
        chance: draws moments and kinds.
        cluster: processes of a cluster, of which one worker is killed in the middle; empty: none.
    """

    def __init__(
        self,
        arguments: list[object],
        out: Path,
        total: int,
        chance: random.Random,
        cluster: list[subprocess.Popen[bytes]],
    ) -> None:
        self.arguments, self.out, self.total, self.chance, self.cluster = (
            arguments,
            out,
            total,
            chance,
            cluster,
        )
        self.seen: set[int] = set()
        self.killed = 0

    def run(self, kills: int) -> tuple[int, str]:
        """Starts it again after every kill until it ends; exit status and what the last run said."""
        moments = sorted(self.chance.uniform(0, self.total) for _ in range(kills - kills // LATE))
        moments += [self.total] * (kills // LATE)
        began = time.monotonic()
        process = trial.start(*self.arguments)
        middle = self.total * self.chance.uniform(0.35, 0.65)
        for number, moment in enumerate(moments, start=1):
            if self.cluster and moment > middle:
                self._lose_a_machine(process, middle)
                middle = float("inf")
            kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
            trial.reached(process, lambda moment=moment: trial.written(self.out) >= moment, 3600)  # type: ignore[misc]
            time.sleep(self.chance.choice((0, 0.1, 0.4, 1.2, 2.4)) * self.chance.random())
            if process.poll() is not None:
                print(f"kill {number}: not needed, the run had ended", flush=True)
                break
            if kind == "one worker":
                trial.reached(process, lambda process=process: bool(trial.workers(process.pid)), 30)  # type: ignore[misc]
            below = trial.workers(process.pid)
            self.seen.update(trial.below(process.pid))
            if kind == "one worker" and (self.cluster or not below):
                kind = "process group"
            done, after = trial.written(self.out), time.monotonic() - began
            self.killed += 1
            print(f"kill {number}: {kind}, after {after:.1f} s, {done} pages written", flush=True)
            if kind == "one worker":
                os.kill(self.chance.choice(below), signal.SIGKILL)
            else:
                trial.kill(process, kind == "process group")
                process = trial.start(*self.arguments)
        if self.cluster and middle < float("inf"):
            self._lose_a_machine(process, middle)
        return trial.end(process, 3600)

    def _lose_a_machine(self, process: subprocess.Popen[str], middle: float) -> None:
        trial.reached(process, lambda: trial.written(self.out) >= middle, 3600)
        trial.kill(self.cluster[1])
        print(f"cluster: one of two workers killed, {trial.written(self.out)} pages written", flush=True)

    def left_over(self) -> int:
        """Processes of killed runs that still live."""
        return sum((Path("/proc") / str(each)).exists() for each in self.seen)


def disturbed(
    name: str,
    common: list[object],
    folder: Path,
    total: int,
    kills: int,
    seed: int,
    address: str,
    machines: list[subprocess.Popen[bytes]],
) -> tuple[int, Path]:
    """Runs a batch under kills and prints its figures; exit status and output folder."""
    out = folder / name
    shutil.rmtree(out, ignore_errors=True)
    arguments = [*common, "-o", out, *(("--cluster", address) if address else ("--jobs", 2))]
    run = Disturbed(arguments, out, total, random.Random(seed), machines)
    began = time.monotonic()
    status, said = run.run(kills)
    print(f"{name} run: exit {status}, {time.monotonic() - began:.1f} s, {run.killed} kills")
    kept = re.search(r"未变化 (\d+) 份", said)
    if kept:
        print(f"reports that its last start found done: {kept[1]}")
    if status:
        print(said)
    time.sleep(5)
    left = run.left_over()
    print(f"processes of killed runs still alive: {left}")
    return status or int(left > 0), out


def compare(folder: Path, out: Path) -> int:
    """Compares with the undisturbed run and prints the figures; the number of differences."""
    found = 0
    for what, one, two in (
        ("pages and papers", folder / "reference", out),
        ("tables of the export", export(folder / "reference"), export(out)),
    ):
        first, second = trial.digests(one), trial.digests(two)
        unlike = trial.unlike(first, second)
        size = sum(path.stat().st_size for path in two.iterdir() if path.name in second) / 1e6
        print(f"{what} compared: {len(first)} and {len(second)}, {size:.0f} MB, differences: {len(unlike)}")
        for name in unlike[:20]:
            print("  differs:", name)
        found += len(unlike)
    return found


def export(out: Path) -> Path:
    """The store of a run as CSV, made anew beside it."""
    folder = out.with_name(f"{out.name}-export")
    shutil.rmtree(folder, ignore_errors=True)
    return trial.export(out, folder)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--cluster", action="store_true", help="over a Dask scheduler and two workers")
    parser.add_argument("--seed", type=int, default=1, help="of the moments and kinds of the kills")
    parser.add_argument("--folder", type=Path, help="kept, and used again when it holds the same reports")
    given = parser.parse_args()
    folder = (given.folder or Path(tempfile.mkdtemp(prefix="batch-long-"))).absolute()
    try:
        return prove(folder, given.count, given.kills, given.seed, given.cluster)
    finally:
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def prove(folder: Path, count: int, kills: int, seed: int, cluster: bool) -> int:
    """The whole proof; 0, or 1 where anything differs."""
    if not (folder / "planted.json").exists():
        corpus.write(corpus.generate(count), folder, 2024)
    total = len(list((folder / "reports").iterdir()))
    print(f"reports {total}, kills {kills}, seed {seed}", flush=True)
    common: list[object] = [folder / "reports", "--roster", folder / "roster.csv"]
    began = time.monotonic()
    status, said = trial.end(trial.start(*common, "-o", folder / "reference", "--jobs", 2), 7200)
    print(f"reference run: exit {status}, {time.monotonic() - began:.1f} s", flush=True)
    if status:
        print(said)
        return 1
    if cluster:
        with trial.cluster(folder / "dask") as (address, machines):
            status, out = disturbed("cluster", common, folder, total, kills, seed, address, machines)
    else:
        status, out = disturbed("killed", common, folder, total, kills, seed, "", [])
    return 1 if compare(folder, out) or status else 0


if __name__ == "__main__":
    sys.exit(main())
