"""An achievement told again in other words: the same figure with the same matter, or the same claim without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from audit.document.model import Quantity
from audit.form.cued import data, stands, worded
from audit.form.layout import Layout
from audit.form.model import Defect

_ROLES = frozenset({"achievements", "responsible"})
_LEAST = 20
_OF_PERSONS = frozenset("个名家支所位人户处")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_SHORT = 8
_SHARED, _SHARE = 3, 0.34
_MANY, _MOST = 4, 0.5
_CLAIMED, _CLAIM_SHARE = 9, 0.7


class Place(NamedTuple):
    """A clause that tells an achievement: where it begins and ends, its line, its pairs of characters, its words."""

    start: int
    end: int
    line: int
    pairs: frozenset[str]
    words: str


_words = partial(worded, "retold")


@cache
def _stages() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(stage) for stage in data("retold")["stages"])


@cache
def _empty() -> frozenset[str]:
    return frozenset(data("retold")["empty"])


def find(layout: Layout) -> Iterator[Defect]:
    """The later of two places that tell one achievement in different words."""
    yield from _by_figure(layout)
    yield from _by_claim(layout)


def _by_figure(layout: Layout) -> Iterator[Defect]:
    groups: dict[tuple[float, str], list[Quantity]] = {}
    for quantity in layout.document.quantities:
        counted = quantity.kind in ("level", "money") and quantity.unit not in ("", "%")
        if counted and quantity.value >= _LEAST and not quantity.implied:
            groups.setdefault((quantity.value, quantity.unit), []).append(quantity)
    for group in groups.values():
        if len(group) < 2 or layout.line_at(group[0].start) == layout.line_at(group[-1].start):
            continue
        digits = len(
            layout.norm[group[0].number_start : group[0].number_end].rstrip("0万亿").replace(".", "")
        )
        if digits < 2:
            continue
        told = [q for q in group if layout.role_at(q.start) in _ROLES and _forward(layout, q)]
        for one, two in _later(layout, told):
            if _alike(layout, one, two, digits):
                yield _defect(layout, _place(layout, one), _place(layout, two))
                break


def _later(layout: Layout, told: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs in different paragraphs of running text."""
    for index, one in enumerate(told):
        for two in told[index + 1 :]:
            lines = [layout.line_at(q.start) for q in (one, two)]
            if lines[0] != lines[1] and all(layout.lines[line].kind == "text" for line in lines):
                yield one, two


def _forward(layout: Layout, quantity: Quantity) -> bool:
    """It is told as done, and does not look back on what was told before."""
    norm, start, end = layout.norm, quantity.start, quantity.end
    begin = layout.clause_start(start, start - 14)
    if _words("back").search(norm[begin:start]) or _words("before").search(norm[begin:start]):
        return False
    if norm[max(0, begin - 2) : begin] in ("中,", "里,"):
        among = norm[layout.clause_start(begin - 1, begin - 30) : begin]
        if any(map(str.isdigit, among)):
            return False
    return not _words("within").match(norm[end : end + 18])


def _place(layout: Layout, quantity: Quantity) -> Place:
    line = layout.lines[layout.line_at(quantity.start)]
    start = layout.clause_start(quantity.start, max(line.start, quantity.start - 50))
    end = layout.clause_end(quantity.end, min(line.end, quantity.end + 40))
    words = layout.norm[start:end]
    if len(words) - (quantity.end - quantity.start) < _SHORT and start - 2 > line.start:
        wider = layout.clause_start(start - 1, max(line.start, start - 40))
        if layout.norm[start - 1] in ",:":
            start, words = wider, layout.norm[wider:end]
    return Place(start, end, layout.line_at(quantity.start), _pairs(words), words)


def _pairs(words: str) -> frozenset[str]:
    return (
        frozenset(run[0][i : i + 2] for run in _WORDS.finditer(words) for i in range(len(run[0]) - 1))
        - _empty()
    )


def _alike(layout: Layout, first: Quantity, second: Quantity, digits: int) -> bool:
    one, two = _place(layout, first), _place(layout, second)
    counted = _counted(layout, first, second)
    left, right = one.pairs - counted, two.pairs - counted
    shared = left & right
    least = min(len(left), len(right))
    weak = digits < 3 or first.unit in _OF_PERSONS
    needed, share = (_MANY, _MOST) if weak else (_SHARED, _SHARE)
    if not weak and _stages_of(one.words) & _stages_of(two.words):
        needed, share = _SHARED - 1, 0.0
    if len(shared) < needed or len(shared) < share * least:
        return False
    return not _other_stage(one.words, two.words)


def _counted(layout: Layout, first: Quantity, second: Quantity) -> frozenset[str]:
    """The words of what is counted, which alone make no achievement: 27个工业项目, 监督员45名."""
    norm = layout.norm
    after = _common(norm[first.end : first.end + 10], norm[second.end : second.end + 10])
    counted = _pairs(first.unit[-1:] + after)
    if first.unit in _OF_PERSONS and not after:
        heads = [norm[layout.clause_start(q.start, q.start - 10) : q.start] for q in (first, second)]
        tails = [norm[q.end : layout.clause_end(q.end, q.end + 10)] for q in (first, second)]
        counted |= _pairs(_common(heads[0][::-1], heads[1][::-1])[::-1])
        counted |= _pairs(heads[0]) & _pairs(tails[1]) | _pairs(heads[1]) & _pairs(tails[0])
    return counted


def _common(one: str, two: str) -> str:
    """The beginning that two strings share."""
    return one[
        : next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    ]


def _other_stage(one: str, two: str) -> bool:
    """The two speak of different stages of a case (received and closed), or one of what was done with it later."""
    further = [set(_words("further").findall(words)) for words in (one, two)]
    if further[0] != further[1]:
        return True
    own, other = _stages_of(one), _stages_of(two)
    return bool(own and other and not own & other)


def _stages_of(words: str) -> set[int]:
    return {i for i, stage in enumerate(_stages()) if stage.search(words)}


def _by_claim(layout: Layout) -> Iterator[Defect]:
    norm, told = layout.norm, list[Place]()
    for place in _claims(norm):
        line = layout.lines[layout.line_at(place)]
        if line.kind != "text" or layout.role_at(place) not in _ROLES:
            continue
        start = layout.clause_start(place, max(line.start, place - 50))
        end = layout.clause_end(place, min(line.end, place + 50))
        words = norm[start:end]
        if told and told[-1].start == start:
            continue
        bare = frozenset(words[i : i + 2] for i in range(len(words) - 1))
        told.append(Place(start, end, layout.line_at(start), bare, words))
    for index, two in enumerate(told):
        for one in told[:index]:
            shared = len(one.pairs & two.pairs)
            least = min(len(one.pairs), len(two.pairs))
            if one.line == two.line or shared < _CLAIMED or shared < _CLAIM_SHARE * least:
                continue
            if _digits(one.words) == _digits(two.words):
                yield _defect(layout, one, two)
                break


def _claims(norm: str) -> list[int]:
    """Where a word stands that claims an achievement, in order."""
    places: list[int] = []
    for word in data("retold")["claims"]:
        if not stands(word, norm):
            continue
        place = norm.find(word)
        while place >= 0:
            places.append(place)
            place = norm.find(word, place + 1)
    return sorted(places)


def _digits(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def _defect(layout: Layout, one: Place, two: Place) -> Defect:
    why = f"同一项成效在前文已经写过:“{layout.excerpt(one.start, one.end)}”"
    return Defect("duplicate", two.start, two.end, why, "只保留一处,另一处删去或合并", "should")
