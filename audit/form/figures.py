"""The counts and rates of a sentence with the words that say what they count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from audit.document.model import Quantity
from audit.form.layout import Layout

_BREAKS = frozenset(",。;:!?\n()、")
_PERSONS = frozenset({"名", "人", "位"})
_GENERAL_UNITS = frozenset({"件", "份", "个", "项", "宗", "起", "条", "部", "卷", "件次", "例", "篇", "本"})


class Figure(NamedTuple):
    """A count or a rate.

    Attributes:
        start: where it begins, leading 近、约 included.
        end: where it ends, unit included.
        value: its value.
        slack: one unit of the last digit shown where 万 or 亿 hide the rest, or 成 in a rate, else 0.
        unit: its unit; `%` for rates.
        decimals: digits after the point.
        label: the words before it since the last mark or figure.
        tail: the words after it up to the next mark.
        lead: the sign between it and what stands before: one of `,` `、` `;` `(` `:` or "" inside a clause.
        approx: it is only about right.
        change: it tells a change, not a level.
        measure: it measures time or money.
    """

    start: int
    end: int
    value: float
    slack: float
    unit: str
    decimals: int
    label: str
    tail: str
    lead: str
    approx: bool
    change: bool
    measure: bool

    @property
    def words(self) -> str:
        """All words around it in its stretch."""
        return self.label + "#" + self.tail

    @property
    def shown(self) -> str:
        """The number as it is printed in a sum."""
        return (
            f"{self.value:.{self.decimals}f}"
            if self.decimals
            else f"{self.value:g}"
            if self.value < 1e6
            else f"{self.value:.0f}"
        )


def same_unit(one: str, two: str) -> bool:
    """The same unit, 名、人、位 being one."""
    return one == two or (one in _PERSONS and two in _PERSONS)


def scaled(unit: str) -> tuple[str, float]:
    """The unit of a row without 万 or 亿, and by what its cells are to be multiplied."""
    sizes = {"万": 1e4, "亿": 1e8}
    return (unit[1:], sizes[unit[0]]) if len(unit) > 1 and unit[0] in sizes else (unit, 1.0)


def alike(one: str, two: str) -> bool:
    """Two units may be added up: the same, or two of the general ones (件、份、项)."""
    return same_unit(one, two) or (one in _GENERAL_UNITS and two in _GENERAL_UNITS)


def sentences(layout: Layout) -> Iterator[tuple[int, int, list[Figure]]]:
    """The sentences (up to 。 or a line end) that hold at least one figure, with their figures."""
    quantities = layout.document.quantities
    norm, index, total = layout.norm, 0, len(layout.document.quantities)
    while index < total:
        first = quantities[index]
        line = layout.lines[layout.line_at(first.start)]
        end = norm.find("。", first.start, line.end)
        end = line.end if end < 0 else end
        start = max(norm.rfind("。", line.start, first.start) + 1, line.start)
        group = []
        while index < total and quantities[index].start < max(end, first.end):
            group.append(quantities[index])
            index += 1
        if line.kind == "text":
            figures = list(_figures(norm, start, end, group))
            if figures:
                yield start, end, figures


def _figures(norm: str, start: int, end: int, group: list[Quantity]) -> Iterator[Figure]:
    floor = start
    for quantity in group:
        if quantity.implied or quantity.kind not in ("level", "change", "duration", "money"):
            continue
        begin = quantity.start
        at = begin
        while at > floor and norm[at - 1] not in _BREAKS:
            at -= 1
        lead = norm[at - 1] if at > start and at > floor else ""
        stop = quantity.end
        while stop < end and norm[stop] not in _BREAKS:
            stop += 1
        digits = norm[quantity.number_start : quantity.number_end]
        scale = 1.0
        for sign, size in (("万", 1e4), ("亿", 1e8)):
            scale *= size if sign in digits else 1.0
        decimals = len(digits.rstrip("万亿%").partition(".")[2]) if "." in digits else 0
        slack = scale * 10.0**-decimals if scale > 1 else 0.0
        if quantity.unit == "%" and "成" in norm[quantity.start : quantity.end]:
            slack = 10.0
        yield Figure(
            begin,
            quantity.end,
            quantity.value,
            slack,
            quantity.unit,
            decimals if quantity.unit == "%" else 0,
            norm[at:begin].strip(" “”"),
            norm[quantity.end : stop],
            lead,
            quantity.approx,
            quantity.kind == "change",
            quantity.kind in ("duration", "money"),
        )
        floor = quantity.end
