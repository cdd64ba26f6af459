"""Residue of web pages: one finding for each run of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.data import load_yaml
from audit.form.layout import Layout, Line
from audit.form.model import Defect


@cache
def _source_only() -> re.Pattern[str]:
    return re.compile("|".join(load_yaml("form/noise.yaml")["source_lines"]))


@cache
def _inside() -> re.Pattern[str]:
    return re.compile("|".join(load_yaml("form/noise.yaml")["inside"]))


def find(layout: Layout) -> Iterator[Defect]:
    """Runs of lines that the document's own reading takes for residue, and residue inside a line."""
    run: list[Line] = []
    for line in layout.lines:
        if line.kind == "noise":
            run.append(line)
            continue
        yield from _report(layout, run)
        run = []
        for match in _inside().finditer(layout.norm, line.start, line.end):
            yield _defect(match.start(), match.end())
            break
    yield from _report(layout, run)


def _report(layout: Layout, run: list[Line]) -> Iterator[Defect]:
    """One defect for a run, unless it only names source and date of publication."""
    if run and not all(_source_only().fullmatch(layout.norm, line.start, line.end) for line in run):
        yield _defect(run[0].start, run[-1].end)


def _defect(start: int, end: int) -> Defect:
    return Defect("noise", start, end, "网页导航、按钮或页脚等残留文字,不属于报告", "删去", "should")
