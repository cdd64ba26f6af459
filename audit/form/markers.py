"""List numbers of all ranks and styles, at the start of lines and inside paragraphs."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from audit.form.layout import Layout

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}

RANKS = {
    "section": 0,
    "cn": 1,
    "(cn)": 2,
    "n": 3,
    "n、": 3,
    "(n)": 4,
    "circle": 5,
    "shi": 6,
    "di": 6,
    "qi": 6,
}
"""Rank of each style: GB/T 9704 gives 一、(一) 1. (1); the running styles stand below all of them."""

RUNNING = frozenset({"shi", "di", "qi"})


class Marker(NamedTuple):
    """A list number.

    Attributes:
        start: where the number begins.
        end: where the words after it begin.
        style: a key of `RANKS`; `shi` is 一是 (and 一要), `di` 第一, `qi` 其一.
        number: its value, from 1.
        line: index of its line.
        at_start: it opens its line.
        glued: no mark stands before it (“……95%二是……”).
        weak: its form alone does not prove a list number.
    """

    start: int
    end: int
    style: str
    number: int
    line: int
    at_start: bool
    glued: bool = False
    weak: bool = False


def chinese_number(word: str) -> int:
    """The value of a numeral from 一 to 九十九; 0 for what is none."""
    if not word:
        return 0
    tens, ten, units = word.rpartition("十")
    if not ten:
        return _DIGITS.get(word, 0)
    high = _DIGITS.get(tens, 0) if tens else 1
    low = _DIGITS.get(units, 0) if units else 0
    return 0 if (tens and not high) or (units and not low) else high * 10 + low


_CN_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """一 to 九十九 for 1 to 99."""
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _CN_DIGITS[tens] + "十")
    return head + (_CN_DIGITS[units] if units else "")


def written(style: str, number: int) -> str:
    """The number as it would be written in its style."""
    word = chinese_numeral(number)
    if style == "circle":
        return chr(0x2460 + number - 1) if number <= 20 else str(number)
    form = {
        "section": "第{}部分",
        "cn": "{}、",
        "(cn)": "({})",
        "shi": "{}是",
        "di": "第{}",
        "qi": "其{}",
    }.get(style)
    if form:
        return form.format(word)
    return {"n": "{}.", "n、": "{}、", "(n)": "({})"}[style].format(number)


@cache
def _pattern() -> re.Pattern[str]:
    cn = "[一二三四五六七八九十]{1,3}"
    circles = r"\u2460-\u2473\u2474-\u2487\u2488-\u249b\u3220-\u3229"
    return re.compile(
        rf"""(?=[ (第其一二三四五六七八九十\d{circles}])  # most places are passed over at a glance
        (?:(?:^[ ]*|(?<=[。;:!?”)…])[ ]*)
        (?:第(?P<section>{cn})(?:部分|章)
        |\((?P<pcn>{cn})\)[、.]?
        |\((?P<open>{cn})(?=[^一二三四五六七八九十)、])
        |(?P<shut>{cn})\)[、.]?
        |(?P<cn>{cn})[、.](?![一二三四五六七八九十]{{1,2}}[、和及季产线级类者期批次])
        |\((?P<pn>\d{{1,2}})\)[、.]?(?!\d)
        |(?P<n>\d{{1,2}})(?:\.|\)(?=[^\d]))(?!\d)
        |(?P<nd>\d{{1,2}})、(?!\d))
        |(?:^[ ]*|(?<=[。;:!?”)…,、])[ ]*)(?P<circle>[{circles}])
        |(?P<shi>{cn})(?P<verb>[是要])(?!否|求|件|素|领|(?P=shi))
        |(?<![\u4e00-\u9fff])第(?P<di>{cn})(?:[,、:](?![一二三四五六七八九十第])|是)
        |(?<![\u4e00-\u9fff])其(?P<qi>[一二三四五六七])[,是、:])
        """,
        re.VERBOSE | re.MULTILINE,
    )


_LEADERS = re.compile(r"[.…·]{4,}[ ]*\d+$")
_BEFORE_RUNNING = frozenset(",。;:!?、\n “”\"'()[]…《》-")


def _circled(char: str) -> tuple[str, int]:
    code = ord(char)
    if code >= 0x3220:
        return "(cn)", code - 0x3220 + 1
    if code >= 0x2488:
        return "n", code - 0x2488 + 1
    if code >= 0x2474:
        return "(n)", code - 0x2474 + 1
    return "circle", code - 0x2460 + 1


def markers(layout: Layout) -> list[Marker]:
    """All list numbers of the report in order, table rows, contents and web residue left out."""
    norm, found = layout.norm, []
    for match in _pattern().finditer(norm):
        group = match.lastgroup or ""
        if group == "verb":
            group = "shi"
        start = match.start(group)
        line_index = layout.line_at(start)
        line = layout.lines[line_index] if layout.lines else None
        if line is None or line.kind != "text" or not line.start <= start < line.end:
            continue
        marker = _read(match, group, start, line_index, line.start, norm)
        if marker and not (marker.at_start and _LEADERS.search(norm, line.start, line.end)):
            found.append(marker)
    return found


def _read(
    match: re.Match[str], group: str, start: int, line_index: int, line_start: int, norm: str
) -> Marker | None:
    word, end = match[group], match.end()
    if group == "circle":
        style, number = _circled(word)
        return Marker(start, end, style, number, line_index, start == line_start)
    number = int(word) if word.isdigit() else chinese_number(word)
    if not 1 <= number <= 60:
        return None
    if group in RUNNING:
        begin = start - 1 if group in ("di", "qi") else start
        before = norm[begin - 1] if begin else "\n"
        glued = before not in _BEFORE_RUNNING
        if glued and (group != "shi" or number == 1 or before in _CN_DIGITS + "十百第其"):
            return None
        weak = glued or (group == "shi" and match["verb"] == "要")
        return Marker(begin, end, group, number, line_index, begin == line_start, glued, weak)
    style = {"pcn": "(cn)", "open": "(cn)", "shut": "(cn)", "pn": "(n)", "nd": "n、"}.get(group, group)
    opening = start - 1 if group in ("pcn", "open", "pn") else start - 1 if group == "section" else start
    at_start = opening == line_start
    weak = not at_start or group in ("open", "shut")
    if group in ("open", "shut") and not at_start:
        return None
    return Marker(opening, end, style, number, line_index, at_start, weak=weak)
