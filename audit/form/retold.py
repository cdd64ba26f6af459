"""An achievement told again with the same figures in other words."""

from __future__ import annotations

import re
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
    """A figure with the pairs of characters before it.

    Attributes:
        start: where it begins.
        end: where it ends.
        key: its value and unit.
        grams: pairs of characters of the words before it.
        line: index of its line.
        telling: large or fine enough not to recur by chance.
    """

    start: int
    end: int
    key: tuple[float, str]
    grams: frozenset[str]
    line: int
    telling: bool


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
        shared = (bool(first[i].grams & (one, two)[i].grams) for i in (0, 1))
        likely = (len(set("".join(first[i].grams)) & set("".join((one, two)[i].grams))) > 1 for i in (0, 1))
        if any(shared) and all(likely):
            start, end = (
                layout.clause_start(one.start, one.start - 60),
                layout.clause_end(two.end, two.end + 16),
            )
            begin = layout.clause_start(first[0].start, first[0].start - 60)
            shown = layout.text[begin : first[1].end]
            shown = shown if len(shown) <= 40 else shown[:40] + "……"
            last = end
            why = f"同一项工作和数据在前文已经写过:“{shown}”"
            yield Defect("duplicate", start, end, why, "只保留一处,另一处删去或合并", "should")


def _told(layout: Layout) -> Iterator[Told]:
    norm = layout.norm
    for quantity in layout.document.quantities:
        if quantity.implied or quantity.kind not in ("level", "money") or quantity.value <= 0:
            continue
        if layout.role_at(quantity.start) not in ("achievements", "responsible"):
            continue
        index = layout.line_at(quantity.start)
        line = layout.lines[index]
        if line.kind != "text" or quantity.unit == "%":
            continue
        start = quantity.start
        while start > line.start and norm[start - 1] not in _MARKS and not norm[start - 1].isdigit():
            start -= 1
        words = norm[start : quantity.start]
        grams = frozenset(words[i : i + 2] for i in range(len(words) - 1)) - _EMPTY
        fine = (
            quantity.value >= _TELLING and quantity.value % 10 != 0 or quantity.value != int(quantity.value)
        )
        yield Told(quantity.start, quantity.end, (quantity.value, quantity.unit), grams, index, fine)


def _together(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    for index, one in enumerate(told):
        for two in told[index + 1 : index + 1 + _REACH]:
            if two.line == one.line and two.start - one.end <= _GAP:
                yield one, two
