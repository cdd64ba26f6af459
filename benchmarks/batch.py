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
from pathlib import Path

from benchmarks import corpus


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


def run(arguments: list[str]) -> tuple[float, int, str, int]:
    """Runs a batch; returns seconds, peak memory of the parent in MB, what it said, and its exit status."""
    seen: dict[int, float] = {}
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "audit", "batch", *arguments], stderr=subprocess.PIPE, text=True
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
        time.sleep(0.1)
    assert child.stderr is not None
    said = child.stderr.read()
    own = seen.pop(child.pid, 0.0)
    done = re.search(r"已完成 (\d+) 份", said)
    if done:
        count = int(done[1])
        print(
            f"  processor time a report: workers {sum(seen.values()) / count * 1000:.1f} ms, parent {own / count * 1000:.1f} ms"
        )
    return time.perf_counter() - began, peak, said, child.wait()


def rate(said: str) -> float:
    """Reports a second, as the batch says."""
    found = re.search(r"每秒 ([\d.]+) 份\s*$", said, re.M)
    return float(found[1]) if found else 0.0


def faults(folder: Path, store: Path) -> tuple[int, Counter[tuple[str, str, str, str | None]], Counter[str]]:
    """Verdicts compared with what was planted: number compared, the wrong ones, totals of the outline."""
    planted = json.loads((folder / "planted.json").read_text("utf-8"))
    base = sqlite3.connect(store)
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    query = "SELECT r.name, i.checklist, i.item, i.verdict FROM items i JOIN reports r ON r.id = i.report WHERE r.present"
    for name, checklist, item, verdict in base.execute(query):
        found[name][checklist, item] = verdict
    compared, wrong, totals = 0, Counter(), Counter()
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
    whole, memory, said, status = run([*common, "-o", str(out), "--jobs", str(given.jobs)])
    print(
        f"jobs {given.jobs}: {rate(said)} reports/s, whole run {whole:.1f} s, parent {memory} MB, exit {status}"
    )
    again, memory, said, status = run([*common, "-o", str(out), "--jobs", str(given.jobs)])
    print(f"second run {again:.2f} s, {whole / again:.0f} times faster, parent {memory} MB, exit {status}")
    if given.one:
        alone, memory, said, status = run([*common, "-o", str(folder / "out1"), "--jobs", "1"])
        print(f"jobs 1: {rate(said)} reports/s, whole run {alone:.1f} s, parent {memory} MB, exit {status}")
    compared, wrong, totals = faults(folder, out / "batch.sqlite")
    print(f"verdicts compared {compared}, wrong {sum(wrong.values())}; planted {dict(totals)}")
    for fault, count in wrong.most_common(20):
        print("  wrong", fault, count)
    size = (out / "总览.html").stat().st_size / 1e6
    print(f"overview {size:.1f} MB, store {(out / 'batch.sqlite').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
