"""The same achievement told twice, word for word or nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from audit.form import retold, reworded
from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.model import Defect

_GRAM = 8
_PLAIN = 13
_WITH_FIGURE = 16
_ACROSS_PARTS = 22
_WITHOUT_FIGURE = 26
_NEAR = 0.82
_INNER = re.compile(r"[ \t\u3000、“”‘’'\"《》()\[\]{}…\-~·|/—–％]+")
_ENDS = re.compile(r"[,。;:!?]")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d[\d.]*[余多]?[万亿]?[余多]?[%\u4e00-\u9fff]")


class Statement(NamedTuple):
    """A stretch between commas or full stops, with its bare characters.

    Attributes:
        start: first offset in the text.
        end: offset after its last character.
        bare: its characters without marks and blanks.
        line: index of its line.
        role: role of its part.
    """

    start: int
    end: int
    bare: str
    line: int
    role: str


@cache
def _standing() -> re.Pattern[str]:
    phrases = data("standing-phrases")["phrases"]
    return re.compile("|".join(phrase for phrase in phrases))


def statements(layout: Layout, roles: frozenset[str]) -> list[Statement]:
    """The clauses of the parts named, table rows left out, as the comparison sees them."""
    found = []
    for index, line in enumerate(layout.lines):
        if line.kind != "text" or line.end - line.start < 12:
            continue
        part = layout.part_at(line.start)
        whole = part is None or part.end >= line.end
        if whole and line.role not in roles:
            continue
        words = layout.norm[line.start : line.end]
        end = line.start - 1
        for clause, bare in zip(_ENDS.split(words), _ENDS.split(_INNER.sub("", words)), strict=True):
            begin = end + 1
            end = begin + len(clause)
            if end - begin < _GRAM:
                continue
            role = line.role if whole else layout.role_at(begin)
            if role in roles:
                found.append(Statement(begin, end, bare, index, role))
    return found


def find(layout: Layout) -> Iterator[Defect]:
    """Achievements told twice; the later passage is shown."""
    found = statements(layout, frozenset({"achievements", "responsible"}))
    taken: list[tuple[int, int]] = []
    for first, second in _runs(found):
        defect = _judge(layout, first, second)
        if defect and not any(a < (defect.end or 0) and (defect.start or 0) < b for a, b in taken):
            taken.append((defect.start or 0, defect.end or 0))
            yield defect
    told = {layout.sentence_start(start) for start, _ in taken}
    for defect in (*retold.find(layout), *reworded.find(layout)):
        start = defect.start or 0
        sentence = layout.sentence_start(start)
        if sentence not in told and not any(a < (defect.end or 0) and start < b for a, b in taken):
            told.add(sentence)
            yield defect


def _runs(found: list[Statement]) -> Iterator[tuple[list[Statement], list[Statement]]]:
    """Pairs of stretches of neighbouring clauses that resemble each other."""
    first_at: dict[str, int] = {}
    pairs: set[tuple[int, int]] = set()
    for index, statement in enumerate(found):
        bare = statement.bare
        if len(bare) < _PLAIN and not _DIGIT.search(bare):
            continue
        grams = [bare[at : at + _GRAM] for at in range(len(bare) - _GRAM + 1)]
        if not first_at.keys().isdisjoint(grams):
            pairs.update([(first_at[gram], index) for gram in first_at.keys() & grams])
        first_at.update(dict.fromkeys(grams[::2], index))
    used: set[tuple[int, int]] = set()
    for pair in sorted(pairs):
        if pair in used:
            continue
        i, j = pair
        last = (i, j)
        while True:
            used.add(last)
            after = [(last[0] + a, last[1] + b) for a, b in ((1, 1), (2, 2), (1, 2), (2, 1))]
            follow = next((p for p in after if p in pairs and p[0] < j and _together(found, last, p)), None)
            if follow is None:
                break
            last = follow
        yield found[i : last[0] + 1], found[j : last[1] + 1]


def _together(found: list[Statement], one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Both pairs stand in the same two lines."""
    return found[one[0]].line == found[two[0]].line and found[one[1]].line == found[two[1]].line


def _judge(layout: Layout, first: list[Statement], second: list[Statement]) -> Defect | None:
    one, two = ("".join([s.bare for s in run]) for run in (first, second))
    least = _WITH_FIGURE if _DIGIT.search(one) and _DIGIT.search(two) else _WITHOUT_FIGURE
    if min(len(one), len(two)) < least:
        return None
    one, two = content(one), content(two)
    if min(len(one), len(two)) < _WITH_FIGURE:
        return None
    figures_one, figures_two = set(_FIGURE.findall(one)), set(_FIGURE.findall(two))
    shared = figures_one & figures_two
    if _contradict(figures_one - shared, figures_two - shared):
        return None
    same = one == two or one in two or two in one
    if shared:
        needed = _WITH_FIGURE if first[0].role == second[0].role else _ACROSS_PARTS
    else:
        needed = _WITHOUT_FIGURE
        if first[0].role != second[0].role or not (figures_one or figures_two or same):
            needed += 6
    if min(len(one), len(two)) < needed:
        return None
    close = 1.0 if same else likeness(one, two)
    if close < _NEAR:
        return None
    start, end = second[0].start, min(second[-1].end, second[0].start + 240)
    shown = layout.excerpt(first[0].start, first[-1].end)
    exact = "同一句" if close == 1.0 else "几乎同样的话"
    return Defect(
        "duplicate", start, end, f"{exact}在前文已经写过:“{shown}”", "只保留一处,另一处删去或合并", "should"
    )


def content(bare: str) -> str:
    """Without the phrases that every report repeats."""
    return _standing().sub("", bare)


def _contradict(one: set[str], two: set[str]) -> bool:
    """Figures of the same unit that differ: two statements, not one told twice."""
    return bool({f[-1] for f in one} & {f[-1] for f in two})


def likeness(one: str, two: str) -> float:
    """How much two strings have in common in the same order, 0–1: twice the longest common subsequence to both lengths.

    The subsequence is measured with the bits of one number (Hyyrö 2004), a step for each character.
    """
    at: dict[str, int] = {}
    for place, character in enumerate(one):
        at[character] = at.get(character, 0) | 1 << place
    every = (1 << len(one)) - 1
    free = every
    for character in two:
        met = free & at.get(character, 0)
        free = (free + met | free - met) & every
    total = len(one) + len(two)
    common = len(one) - free.bit_count()
    return 1 - (total - 2 * common) / total if total else 1.0
