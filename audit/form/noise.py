"""Residue of web pages: one finding for each run of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form.cued import data, matches
from audit.form.layout import Layout, Line
from audit.form.model import Defect


@cache
def _source_only() -> re.Pattern[str]:
    return re.compile("|".join(data("noise")["source_lines"]))


def find(layout: Layout) -> Iterator[Defect]:
    """Runs of lines that the document's own reading takes for residue, and residue inside a line."""
    run: list[Line] = []
    for line in layout.lines:
        if line.kind == "noise":
            run.append(line)
            continue
        yield from _report(layout, run)
        run = []
    yield from _report(layout, run)
    seen: set[int] = set()
    for _, match in matches(data("noise")["inside"], layout.norm):
        line_index = layout.line_at(match.start())
        if layout.lines[line_index].kind != "noise" and line_index not in seen:
            seen.add(line_index)
            yield _defect(match.start(), match.end())


def _report(layout: Layout, run: list[Line]) -> Iterator[Defect]:
    """One defect for a run, unless it only names source and date of publication."""
    if run and not all(_source_only().fullmatch(layout.norm, line.start, line.end) for line in run):
        yield _defect(run[0].start, run[-1].end)


def _defect(start: int, end: int) -> Defect:
    return Defect("noise", start, end, "网页导航、按钮或页脚等残留文字,不属于报告", "删去", "should")
