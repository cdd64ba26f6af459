"""The number of a place's townships, villages or full-time staff told twice with different values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from audit.form.cued import data, worded
from audit.form.layout import Layout
from audit.form.model import Defect

_RESULTS = frozenset({"opening", "achievements", "responsible", "problems"})
_PLANNED = _RESULTS | {"plan"}
_AFTER = re.compile(
    r"(?:[(]|街|社区|村|管区|园区|开发区|办事处|场|以上|左右|中的|试点|示范|次|[、和与及以][^\d]|[、和与及]?[(]|、\d+个街)"
)
_NUMBER = re.compile(r"(?<![\d.—~-])(\d{1,4})$")
_WIDE = re.compile(r"全([国省市县区旗州盟乡镇])")
_ENOUGH = 3
_SLIP = 0.15


class Said(NamedTuple):
    """A number of places or of staff.

    Attributes:
        value: the number.
        start: where it begins.
        end: where what is counted ends.
        whole: the words that say it is all of them (全县), empty where none do.
        shown: the words.
    """

    value: int
    start: int
    end: int
    whole: str
    shown: str


_words = partial(worded, "populations")


@cache
def _places() -> re.Pattern[str]:
    return re.compile(rf"个(?P<name>{data('populations')['places']})")


@cache
def _staff(first: bool) -> re.Pattern[str]:
    name = rf"(?P<name>{data('populations')['staff']})"
    value = r"(?P<value>\d{1,4})(?:名|人|位)"
    return re.compile(
        rf"(?<=[,。;:)\n]){value}{name}" if first else rf"{name}(?:共|共计)?(?<![\d.]){value}(?![次均])"
    )


def find(layout: Layout) -> Iterator[Defect]:
    """The statements that cannot be true beside what the report says of the whole."""
    yield from _of_places(layout)
    yield from _of_staff(layout)


def _of_places(layout: Layout) -> Iterator[Defect]:
    norm = layout.norm
    groups: dict[str, list[tuple[int, int, int]]] = {}
    for match in _places().finditer(norm):
        number = _NUMBER.search(norm, max(0, match.start() - 6), match.start())
        if number and not _AFTER.match(norm, match.end()):
            groups.setdefault(match["name"], []).append((int(number[1]), number.start(1), match.end()))
    for group in groups.values():
        if len({value for value, _, _ in group}) > 1:
            yield from _judged(layout, [_said(layout, *one) for one in group if _counts(layout, *one[1:])])


def _said(layout: Layout, value: int, start: int, end: int) -> Said:
    before = layout.norm[layout.clause_start(start, start - 12) : start]
    whole = _words("whole").search(before)
    return Said(value, start, end, whole[0] if whole else "", layout.norm[start:end])


def _judged(layout: Layout, group: list[Said]) -> Iterator[Defect]:
    """What is more than all, or another number of all."""
    if len({said.value for said in group}) < 2:
        return
    wholes = Counter(said.value for said in group if said.whole)
    if len({said.whole[1:2] for said in group if said.whole[:1] in ("全", "我")} - {""}) > 1:
        return
    often = Counter(said.value for said in group)
    most, times = often.most_common(1)[0]
    if len(wholes) > 1:
        total = max(wholes, key=lambda value: often[value])
        wrong = [said for said in group if said.whole and said.value != total]
        if often[total] == often[wrong[0].value]:
            wrong = [max((said for said in group if said.whole), key=lambda said: said.start)]
            total = next(value for value in wholes if value != wrong[0].value)
    elif wholes or times >= _ENOUGH:
        total = next(iter(wholes)) if wholes else most
        own = {said.whole[1:2] for said in group if said.whole.startswith("全")}
        wrong = [said for said in group if said.value > total and not _abroad(layout, said, own)]
        if len(wrong) != 1:
            return
    else:
        return
    for said in wrong[:1]:
        first = next(other for other in group if other.value == total)
        start = layout.clause_start(said.start, said.start - 30)
        end = layout.clause_end(said.end, said.end + 30)
        why = f"同一数据前后不一:别处为“{first.shown}”,此处为“{said.shown}”"
        yield Defect("arithmetic", start, end, why, "核对后统一", "must")


def _abroad(layout: Layout, said: Said, own: set[str]) -> bool:
    """Its sentence speaks of a wider or narrower place than the report's own."""
    sentence = layout.norm[layout.sentence_start(said.start) : said.end]
    named = set(_WIDE.findall(sentence))
    return bool(named - own if own else named & {"国", "省"})


def _of_staff(layout: Layout) -> Iterator[Defect]:
    norm = layout.norm
    held: dict[str, Said] = {}
    for match in _staff(False).finditer(norm):
        begin = layout.clause_start(match.start(), match.start() - 16)
        before = norm[begin : match.start()]
        if _words("held").search(before) and _counts(layout, match.start(), match.end()):
            said = Said(int(match["value"]), match.start(), match.end(), "", match[0])
            held.setdefault(match["name"], said)
    for match in _staff(True).finditer(norm) if held else ():
        first, own = held.get(match["name"]), int(match["value"])
        if (
            first is None
            or own == first.value
            or not _counts(layout, match.start(), match.end(), planned=True)
        ):
            continue
        daily = _words("daily").match(norm[match.end() : match.end() + 10])
        if not daily or abs(first.value - own) > _SLIP * first.value:
            continue
        end = layout.clause_end(match.end(), match.end() + 30)
        why = f"同一数据前后不一:别处为“{first.shown}”,此处为“{match[0]}”"
        yield Defect("arithmetic", match.start(), end, why, "核对后统一", "must")


def _counts(layout: Layout, start: int, end: int, planned: bool = False) -> bool:
    """It is told in the report's own year of the place itself."""
    line = layout.lines[layout.line_at(start)]
    if line.kind != "text" or layout.role_at(start) not in (_PLANNED if planned else _RESULTS):
        return False
    begin, stop = layout.sentence_start(start), layout.clause_end(end, end + 20)
    own = str(layout.document.facts.report_year or "")
    near = layout.norm[max(begin, start - 40) : stop].replace(f"{own}年", "")
    return _words("other").search(near) is None
