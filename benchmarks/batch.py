"""Measures a batch: reports a second on one worker and two, memory of the parent, a second run, right verdicts.

    python -m benchmarks.batch 3000 [--jobs 2] [--one] [--folder DIR]

Prints one line a figure. The reports are made by `benchmarks.corpus`, so the right verdicts are known.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.trial import written


def processor_seconds(parent: int, seen: dict[int, float]) -> None:
    """Notes the processor time that a process and all below it have used so far, by process."""
    below: dict[int, list[int]] = defaultdict(list)
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below[int(fields[1])].append(int(entry.name))
            used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / 100
    todo = [parent]
    while todo:
        each = todo.pop()
        seen[each] = max(seen.get(each, 0.0), used.get(each, 0.0))
        todo += below[each]


SPIN = """
import time
while time.process_time() < 1.5:
    sum(range(10000))
print(time.perf_counter() - began)
""".replace("import time", "import time; began = time.perf_counter()")


def two_cores() -> float:
    """What two processes get done that only reckon, as a share of twice what one does: the machine's own limit."""

    def spin(count: int) -> float:
        each = [
            subprocess.Popen([sys.executable, "-c", SPIN], stdout=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        return max(float(process.communicate()[0]) for process in each)

    return spin(1) / spin(2)


@dataclass(slots=True)
class Run:
    """Figures of one run.

    Attributes:
        seconds: of the whole run.
        memory: peak of the parent, MB.
        status: exit status.
        rate: reports a second, the start of the workers counted in, as the batch says.
        warm: reports a second between the first eighth of the pages and the last.
        workers: processor time a report of all processes but the parent, ms.
        parent: that of the parent while pages are written, ms.
    """

    seconds: float
    memory: int
    status: int
    rate: float = 0.0
    warm: float = 0.0
    workers: float = 0.0
    parent: float = 0.0


def run(arguments: list[str], out: Path, count: int) -> Run:
    """Runs a batch and watches it."""
    seen: dict[int, float] = {}
    marks: list[tuple[float, int, float]] = []
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "audit", "batch", *arguments, "-o", str(out)],
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = 0
    while child.poll() is None:
        try:
            status = Path(f"/proc/{child.pid}/status").read_text()
        except OSError:
            break
        found = re.search(r"VmHWM:\s+(\d+)", status)
        peak = max(peak, int(found[1]) // 1024 if found else 0)
        processor_seconds(child.pid, seen)
        marks.append((time.perf_counter(), written(out), seen.get(child.pid, 0.0)))
        time.sleep(0.25)
    assert child.stderr is not None
    said = child.stderr.read()
    made = Run(time.perf_counter() - began, peak, child.wait())
    done = re.search(r"已完成 (\d+) 份,.*每秒 ([\d.]+) 份\s*$", said, re.M)
    if done:
        made.rate = float(done[2])
        seen.pop(child.pid, 0.0)
        made.workers = sum(seen.values()) / int(done[1]) * 1000
        between = [mark for mark in marks if count / 8 <= mark[1] <= count * 7 / 8]
        if len(between) > 1:
            first, last = between[0], between[-1]
            pages = max(last[1] - first[1], 1)
            made.warm = pages / (last[0] - first[0])
            made.parent = (last[2] - first[2]) / pages * 1000
    return made


def told(name: str, made: Run) -> None:
    """Prints the figures of a run on one line."""
    print(
        f"{name}: {made.warm:.1f} reports/s once warm ({made.rate:.1f} with the start), whole run {made.seconds:.1f} s, "
        f"parent {made.memory} MB, exit {made.status}; processor time a report: workers {made.workers:.1f} ms, "
        f"parent {made.parent:.1f} ms",
        flush=True,
    )


def faults(folder: Path, store: Path) -> tuple[int, Counter[tuple[str, str, str, str | None]], Counter[str]]:
    """Verdicts compared with what was planted: number compared, the wrong ones, totals of the outline."""
    planted = json.loads((folder / "planted.json").read_text("utf-8"))
    base = sqlite3.connect(store)
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    query = "SELECT r.name, i.checklist, i.item, i.verdict FROM items i JOIN reports r ON r.id = i.report WHERE r.present"
    for name, checklist, item, verdict in base.execute(query):
        found[name][checklist, item] = verdict
    compared = 0
    wrong: Counter[tuple[str, str, str, str | None]] = Counter()
    totals: Counter[str] = Counter()
    for report in planted["reports"]:
        if report["state"] != "filed":
            continue
        for checklist, key in ((planted["outline"], "outline"), ("statutory", "statutory")):
            for item, verdict in report[key].items():
                compared += 1
                totals[verdict] += 1
                got = found[report["file"][:-4]].get((checklist, item))
                if got != verdict:
                    wrong[checklist, item, verdict, got] += 1
    return compared, wrong, totals


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one", action="store_true", help="measure one worker too, for the efficiency")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="batch-bench-"))
    if not (folder / "planted.json").exists():
        corpus.write(corpus.generate(given.count), folder, 2024)
    texts = [len(path.read_text("utf-8")) for path in (folder / "reports").iterdir()]
    print(f"reports {len(texts)}, mean characters {sum(texts) / len(texts):.0f}")
    common = [str(folder / "reports"), "--roster", str(folder / "roster.csv"), "--no-timestamp"]
    out = folder / f"out{given.jobs}"
    print(f"the machine itself: two busy processes do {two_cores():.2f} of twice what one does")
    two = run([*common, "--jobs", str(given.jobs)], out, len(texts))
    told(f"jobs {given.jobs}", two)
    again = run([*common, "--jobs", str(given.jobs)], out, len(texts))
    print(
        f"second run {again.seconds:.2f} s, {two.seconds / again.seconds:.0f} times faster, parent {again.memory} MB, exit {again.status}"
    )
    if given.one:
        one = run([*common, "--jobs", "1"], folder / "out1", len(texts))
        told("jobs 1", one)
        if one.warm:
            print(f"efficiency: {two.warm / given.jobs / one.warm:.2f} of {given.jobs} times one worker")
    print(f"the machine itself, again: {two_cores():.2f}")
    compared, wrong, totals = faults(folder, out / "batch.sqlite")
    print(f"verdicts compared {compared}, wrong {sum(wrong.values())}; planted {dict(totals)}")
    for fault, count in wrong.most_common(20):
        print("  wrong", fault, count)
    size = (out / "总览.html").stat().st_size / 1e6
    print(f"overview {size:.1f} MB, store {(out / 'batch.sqlite').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
