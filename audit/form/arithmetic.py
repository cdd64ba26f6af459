"""Figures that do not hold together, each with the sum shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.form import (
    averages,
    changes,
    divided,
    plainsums,
    population,
    rates,
    restated,
    sums,
    tables,
    targets,
    twice,
)
from audit.form.figures import Figure, sentences
from audit.form.layout import Layout
from audit.form.model import Defect

if TYPE_CHECKING:
    from audit.form.yeartable import Table

_YEARS = re.compile(r"20\d\d年?度?\)?[ |\t]+\(?20\d\d年")


def find(layout: Layout) -> Iterator[Defect]:
    """Sums, rates, targets and repeated quantities that contradict each other.

    Nothing is reported where the structure of a statement is not certain.
    """
    before: list[Figure] = []
    closed = -1
    for start, end, figures in sentences(layout):
        if start != closed:
            before = []
        if layout.role_at(start) in ("noise", "closing"):
            continue
        follows = bool(before) and layout.norm.startswith("其中", start)
        if len(figures) == 1 and figures[0].unit != "%" and not follows:
            before, closed = figures, end + 1 if layout.norm.startswith("。", end) else -1
            continue
        last = -1
        taken: list[tuple[int, int]] = []
        for defect in (
            *sums.find(layout, end, figures),
            *rates.find(layout, start, figures),
            *changes.find(layout, figures),
            *averages.find(layout, figures, layout.norm[start:end]),
        ):
            if defect.start is None or defect.start >= last or defect.end is None or defect.end > last:
                yield defect
                last = max(last, defect.end or -1)
                taken.append((defect.start or 0, defect.end or 0))
        for defect in (
            *divided.find(layout, start, figures, before),
            *plainsums.find(layout, start, end, figures),
        ):
            if not any(a < (defect.end or 0) and (defect.start or 0) < b for a, b in taken):
                yield defect
                taken.append((defect.start or 0, defect.end or 0))
        before, closed = figures, end + 1 if layout.norm.startswith("。", end) else -1
    yield from tables.find(layout)
    by_year: list[Table] = []
    found = list(twice.find(layout))
    if _YEARS.search(layout.norm):
        from audit.form import yeartable

        by_year = list(yeartable.tables(layout))
        found += yeartable.find(layout, by_year)
    yield from found
    places = {place for defect in found for place in (defect.start, defect.end)}
    for defect in restated.find(layout, by_year, places):
        if defect.end not in places:
            yield defect
    yield from population.find(layout)
    yield from targets.find(layout)
