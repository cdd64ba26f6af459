"""Metrics of many bodies side by side: which values cannot be, stand far from the rest, or jump from last year."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.store import Store
from audit.data import load_yaml


@dataclass(slots=True)
class Figure:
    """One value that a report gives for a metric.

    Attributes:
        report: whose.
        key: metric.
        value: percent (0–100) or count.
        unit: percent or count.
        scope: `all` or the limiting words.
        approx: 余、近、约 and the like.
        mixed: counted together with another matter.
        quote: where it is said.
        marks: over (above 100%), far (far from the rest), jump (against last year), several (several levels for the whole).
        before: last year's value of the same scope, None for none.
    """

    report: int
    key: str
    value: float
    unit: str
    scope: str
    approx: bool
    mixed: bool
    quote: str
    marks: list[str]
    before: float | None = None

    @property
    def whole(self) -> bool:
        """Whether it speaks for the whole place and year."""
        return self.scope == "all" and not self.mixed


def figures(
    store: Store, reports: dict[int, int], before: dict[int, int], peers: dict[int, Any]
) -> dict[int, list[Figure]]:
    """The figures of reports, marked.

    Args:
        store: the store.
        reports: report → body, of the year.
        before: report → body, of the year before.
        peers: report → group within which values are compared.

    Returns:
        report → its figures in the order of the text's indicators.
    """
    c = t.metrics.c
    query = select(c.report, c.key, c.value, c.unit, c.scope, c.approx, c.mixed, c.quote).order_by(
        c.report, c.number
    )
    found: dict[int, list[Figure]] = defaultdict(list)
    last: dict[tuple[int, str], float] = {}
    for row in store.rows(query):
        if row[0] in reports:
            found[row[0]].append(
                Figure(row[0], row[1], row[2], row[3], row[4], bool(row[5]), bool(row[6]), row[7] or "", [])
            )
        elif row[0] in before and row[4] == "all" and not row[6]:
            last.setdefault((before[row[0]], row[1]), row[2])
    _mark(found, reports, last, peers)
    return found


def _mark(
    found: dict[int, list[Figure]],
    bodies: dict[int, int],
    last: dict[tuple[int, str], float],
    peers: dict[int, Any],
) -> None:
    limits = load_yaml("batch.yaml")["outliers"]
    groups: dict[tuple[Any, str], list[Figure]] = defaultdict(list)
    for report, figures_ in found.items():
        levels: dict[str, set[float]] = defaultdict(set)
        for figure in figures_:
            if figure.unit == "percent" and figure.value > 100 and not figure.key.endswith("growth"):
                figure.marks.append("over")
            if figure.whole:
                levels[figure.key].add(figure.value)
                groups[peers.get(report), figure.key].append(figure)
                figure.before = last.get((bodies[report], figure.key))
                if figure.before is not None and _jumps(figure, limits):
                    figure.marks.append("jump")
        for figure in figures_:
            if figure.unit == "percent" and figure.whole and len(levels[figure.key]) > 1:
                figure.marks.append("several")
    for (_, _), group in groups.items():
        _far(group, limits)


def _jumps(figure: Figure, limits: dict[str, float]) -> bool:
    was = figure.before or 0.0
    if figure.unit == "percent":
        return abs(figure.value - was) >= limits["jump_percent"]
    low, high = sorted((figure.value, was))
    return high >= 20 and high >= max(low, 1) * limits["jump_times"]


def _far(group: list[Figure], limits: dict[str, float]) -> None:
    """Marks values far from the median of the like; counts are compared by their order of size."""
    import math

    if len(group) < limits["least"]:
        return
    share = group[0].unit == "percent"
    values = [figure.value if share else math.log10(max(figure.value, 0) + 1) for figure in group]
    middle = statistics.median(values)
    spread = statistics.median(abs(value - middle) for value in values)
    spread = max(spread, limits["percent_floor"] if share else 0.25)
    for figure, value in zip(group, values, strict=True):
        if abs(value - middle) > limits["spread"] * spread and "over" not in figure.marks:
            figure.marks.append("far")
