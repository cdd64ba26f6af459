"""Marks that belong in pairs, and full stops lost between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form import stops
from audit.form.cued import side_by_side
from audit.form.layout import SENTENCE_ENDS, Layout, Line
from audit.form.markers import Marker
from audit.form.model import Defect

_CLOSERS = {"”": "“", "’": "‘", "》": "《", "〉": "〈", ")": "(", "]": "["}
_OPENERS = frozenset(_CLOSERS.values())
_NAMES = {"“": "引号", "‘": "单引号", "《": "书名号", "〈": "书名号", "(": "括号", "[": "括号"}
_TERMINAL = "。；：！？…;:!?”》)]、,，-"


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(r"[“”‘’《》()\[\]\"]")


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(r"[,、;:。]{2,}")


@cache
def _list_number() -> re.Pattern[str]:
    return re.compile(r"(?:^|[\n,。;:、 ])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})$|(?<![a-zA-Z])[a-zA-Z]$")


def find(layout: Layout, found: list[Marker]) -> Iterator[Defect]:
    """Faults of punctuation outside tables and web residue."""
    yield from _pairs(layout)
    yield from _glued(layout, found)
    yield from _line_ends(layout)
    yield from stops.find(layout)
    for match in _doubled().finditer(layout.norm) if side_by_side(",、;:。", layout.norm) else ():
        line = layout.lines[layout.line_at(match.start())]
        dots = set(match[0]) == {"。"} and match.end() - match.start() > 2
        if line.kind == "text" and line.start < match.start() and match.end() <= line.end and not dots:
            start = max(line.start, layout.clause_start(match.start() - 1))
            yield Defect("punctuation", start, match.end(), "标点重复或连用", "只保留一个标点")


def _pairs(layout: Layout) -> Iterator[Defect]:
    stack: list[tuple[str, int]] = []
    bad: list[tuple[str, int]] = []
    straight: list[int] = []
    group: list[Line] = []
    marks = _marks()
    for index, line in enumerate(layout.lines):
        if line.kind != "text":
            continue
        group.append(line)
        for match in marks.finditer(layout.norm, line.start, line.end):
            place = match.start()
            char = layout.text[place] if layout.text[place] in "〈〉" else match[0]
            if char == '"':
                straight.append(place)
            elif char in _OPENERS:
                stack.append((char, place))
            else:
                _close(layout, char, place, line, stack, bad)
        if (stack or straight) and _runs_on(layout, index):
            continue
        bad.extend(stack)
        if len(straight) % 2:
            bad.append(('"', straight[-1]))
        if bad:
            yield from _report(layout, group, sorted(bad, key=lambda item: item[1]))
        stack, bad, straight, group = [], [], [], []


def _close(
    layout: Layout,
    char: str,
    place: int,
    line: Line,
    stack: list[tuple[str, int]],
    bad: list[tuple[str, int]],
) -> None:
    opener = _CLOSERS[char]
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == opener:
            bad.extend(stack[depth + 1 :])
            del stack[depth:]
            return
    if char == ")" and _list_number().search(layout.norm[max(line.start - 1, place - 4, 0) : place]):
        return
    if char == "’" and layout.norm[place - 1 : place].isascii():
        return
    bad.append((char, place))


def _runs_on(layout: Layout, index: int) -> bool:
    """The line breaks off inside a sentence, so that the next line goes on with it."""
    line = layout.lines[index]
    if index + 1 >= len(layout.lines) or layout.text[line.end - 1] in "。；：！？;:!?":
        return False
    after = layout.lines[index + 1]
    return after.kind == "text" and after.role == line.role and line.end - line.start >= 20


def _report(layout: Layout, group: list[Line], bad: list[tuple[str, int]]) -> Iterator[Defect]:
    """One defect for all that is wrong within a sentence."""
    bunch: list[tuple[str, int]] = []
    limit = -1
    for char, place in bad:
        if bunch and place > limit:
            yield _unpaired(layout, bunch)
            bunch = []
        if not bunch:
            limit = layout.sentence_end(place)
        bunch.append((char, place))
    if bunch:
        yield _unpaired(layout, bunch)


def _unpaired(layout: Layout, bunch: list[tuple[str, int]]) -> Defect:
    first, last = bunch[0][1], bunch[-1][1]
    start = _reach_back(layout, first)
    end = layout.clause_end(last + 1, min(len(layout.text), last + 40))
    signs = {_CLOSERS.get(char, char) for char, _ in bunch}
    names = "、".join(sorted({_NAMES.get(sign, "引号") for sign in signs}))
    missing = {"缺后半个" if char in _OPENERS else "缺前半个" for char, _ in bunch}
    lack = missing.pop() if len(missing) == 1 and '"' not in signs else "前后不配对"
    return Defect("punctuation", start, max(end, last + 1), f"{names}不成对:{lack}", f"补上或改正{names}")


def _reach_back(layout: Layout, place: int) -> int:
    start = layout.clause_start(place, max(0, place - 40))
    if place - start < 4 and start > 1 and layout.text[start - 1] not in SENTENCE_ENDS:
        start = layout.clause_start(start - 1, max(0, place - 40))
    return min(start, place)


def _glued(layout: Layout, found: list[Marker]) -> Iterator[Defect]:
    """“……95%二是……”: a list number straight after a word."""
    expected = 0
    for marker in found:
        if marker.style == "shi":
            bare = marker.glued or layout.norm[marker.start - 1 : marker.start] in ("”", "》", ")")
            if bare and marker.number == expected > 1:
                start = layout.clause_start(marker.start - 1, marker.start - 40)
                end = layout.clause_end(marker.end, marker.end + 30)
                number = layout.text[marker.start : marker.end]
                yield Defect("punctuation", start, end, f"“{number}”前缺少句号", f"在“{number}”前补句号")
            elif marker.glued:
                continue
            expected = marker.number + 1
        elif marker.at_start:
            expected = 0


def _line_ends(layout: Layout) -> Iterator[Defect]:
    """A paragraph of running text that ends without a mark."""
    long = [line for line in layout.lines if line.kind == "text" and line.end - line.start >= 60]
    bare = [
        line
        for line in long
        if layout.norm[line.end - 1] not in _TERMINAL
        and layout.text.find("。", line.start, line.end) >= 0
        and line.role in ("achievements", "responsible", "problems", "plan")
    ]
    if not bare or len(bare) * 8 > len(long):
        return
    last = layout.lines[-1]
    for line in bare:
        if line is last:
            continue
        start = layout.clause_start(line.end - 1, line.end - 60)
        yield Defect("punctuation", start, line.end, "段末缺少句号", "在段末补句号")
