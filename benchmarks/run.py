"""How fast one report is audited, as ratios to a reference on the same machine in the same run.

    python benchmarks/run.py [--rounds N]

Cold: `check` of one text report (JSON) in a fresh process, against a bare import of click, pydantic and jinja2.
Warm: one audit in a running process, without rendering, and the rendering of the page.
"""

import argparse
import gc
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "wulong-2020.txt"


def cold(rounds):
    """Median seconds of both commands, run in turn so that a busy machine hurts both alike."""
    bare = [sys.executable, "-c", "import click, pydantic, jinja2"]
    with tempfile.TemporaryDirectory() as folder:
        check = [sys.executable, "-m", "audit", "check", str(SEED), "--format", "json", "-o", folder]
        page = [sys.executable, "-m", "audit", "check", str(SEED), "-o", folder]
        for command in (bare, check, page):
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times = {"bare": [], "check": [], "page": []}
        for _ in range(rounds):
            for name, command in (("bare", bare), ("check", check), ("page", page)):
                start = time.perf_counter()
                subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def warm(rounds):
    sys.path.insert(0, str(ROOT))
    from audit.options import Options
    from audit.pipeline import audit_file
    from audit.report import Paper
    from audit.report.html import render

    options = Options(timestamp=False)
    for _ in range(3):
        result = audit_file(SEED, options)
        render(result, Paper())
    gc.collect()
    gc.freeze()
    audits, renders = [], []
    for _ in range(rounds * 3):
        start = time.perf_counter()
        result = audit_file(SEED, options)
        middle = time.perf_counter()
        render(result, Paper())
        audits.append(middle - start)
        renders.append(time.perf_counter() - middle)
    return statistics.median(audits), min(audits), statistics.median(renders)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    times = cold(rounds)
    print(
        f"cold, median of {rounds}: bare import {times['bare'] * 1000:.0f} ms; check to json {times['check'] * 1000:.0f} ms; "
        f"check to html and json {times['page'] * 1000:.0f} ms"
    )
    print(
        f"  ratio check/bare {times['check'] / times['bare']:.2f} (at most 3 asked); with page {times['page'] / times['bare']:.2f}"
    )
    median, least, page = warm(rounds)
    characters = len(SEED.read_text(encoding="utf-8"))
    print(
        f"warm, median of {rounds * 3}, report of {characters} characters: audit {median * 1000:.1f} ms "
        f"(least {least * 1000:.1f}; at most 25 asked); page {page * 1000:.1f} ms"
    )
    print(f"  ratio audit/bare import {median / times['bare']:.3f}")


if __name__ == "__main__":
    main()
