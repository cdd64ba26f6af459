"""An achievement told again with the same figures in other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.form.layout import CLAUSE_ENDS, Layout
from audit.form.model import Defect

_REACH = 3
_GAP = 46
_TELLING = 20
_MARKS = CLAUSE_ENDS + "、()“”"
_BACK = re.compile(r"[^,。;]{0,14}(?:中|里)(?:[,:]|有)")
_EMPTY = frozenset({"全年", "开展", "组织", "共计", "累计", "其中", "完成", "各类", "工作", "人员", "达到"})


class Told(NamedTuple):
    """A figure of the results.

    Attributes:
        start: where it begins.
        end: where it ends.
        key: its value and unit.
        line: index of its line.
        floor: where its line begins.
        telling: large or fine enough not to recur by chance.
        order: its place among the figures of the report.
    """

    start: int
    end: int
    key: tuple[float, str]
    line: int
    floor: int
    telling: bool
    order: int


def find(layout: Layout) -> Iterator[Defect]:
    """Two figures that stand together with the same words in two paragraphs of the results."""
    told = list(_told(layout))
    known: dict[tuple[tuple[float, str], tuple[float, str]], tuple[Told, Told]] = {}
    last = -1
    for one, two in _together(told):
        key = (one.key, two.key)
        first = known.setdefault(key, (one, two))
        if first[0].line == one.line or one.start < last:
            continue
        if not (one.telling or two.telling) or one.key == two.key:
            continue
        if _BACK.match(layout.norm, one.end, two.start) or layout.norm[one.start - 1] == "的":
            continue
        words = [(_before(layout, first[i]), _before(layout, (one, two)[i])) for i in (0, 1)]
        likely = all(len(set("".join(a)) & set("".join(b))) > 1 for a, b in words)
        if likely and any(a & b for a, b in words):
            start, end = (
                layout.clause_start(one.start, one.start - 60),
                layout.clause_end(two.end, two.end + 16),
            )
            begin = layout.clause_start(first[0].start, first[0].start - 60)
            shown = layout.excerpt(begin, first[1].end)
            last = end
            why = f"同一项工作和数据在前文已经写过:“{shown}”"
            yield Defect("duplicate", start, end, why, "只保留一处,另一处删去或合并", "should")


def _told(layout: Layout) -> Iterator[Told]:
    """The figures that stand in the results and recur: no other can be told twice."""
    figures = [
        (quantity, (quantity.value, _plain(quantity.unit)))
        for quantity in layout.document.quantities
        if quantity.kind in ("level", "money")
        and not quantity.implied
        and quantity.value > 0
        and quantity.unit != "%"
    ]
    times = Counter(key for _, key in figures)
    for order, (quantity, key) in enumerate(figures):
        if times[key] < 2 or layout.role_at(quantity.start) not in ("achievements", "responsible"):
            continue
        index = layout.line_at(quantity.start)
        line = layout.lines[index]
        if line.kind != "text":
            continue
        value = quantity.value
        fine = value >= _TELLING and value % 10 != 0 or value != int(value)
        yield Told(quantity.start, quantity.end, key, index, line.start, fine, order)


def _plain(unit: str) -> str:
    """场次 and 场, 件次 and 件 are one."""
    return unit[:-1] if len(unit) > 1 and unit[-1] == "次" else unit


def _before(layout: Layout, told: Told) -> frozenset[str]:
    """Pairs of characters of the words before a figure."""
    norm, start = layout.norm, told.start
    while start > told.floor and norm[start - 1] not in _MARKS and not norm[start - 1].isdigit():
        start -= 1
    words = norm[start : told.start]
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) - _EMPTY


def _together(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    for index, one in enumerate(told):
        for two in told[index + 1 : index + 1 + _REACH]:
            if two.line == one.line and two.start - one.end <= _GAP and two.order - one.order <= _REACH:
                yield one, two
