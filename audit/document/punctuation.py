"""Where clauses and sentences end: marks outside quotations, titles, brackets and numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from audit.document.model import Paragraph

NUMERALS = "一二三四五六七八九十"

_SCAN = re.compile(
    r"“[^“”\n]{0,80}”|‘[^‘’\n]{0,60}’|\"[^\"\n]{0,60}\""
    r"|《(?:[^《》\n]|《[^《》\n]*》){0,120}》|\([^()\n]{0,160}\)|\[[^\[\]\n]{0,60}\]"
    r"|([,;:。!?]|(?<=\d[件份部项个])、(?=拟))|([二三四五六七八九十]{1,2}是)"
)
_HIDE = re.compile(r"“[^“”\n]{1,80}”|《(?:[^《》\n]|《[^《》\n]*》){1,120}》|\"[^\"\n]{1,60}\"")
_BEFORE_ITEM = set(",;:。!?、( \n第" + NUMERALS)


class Piece(NamedTuple):
    """A stretch between two marks.

    Attributes:
        start: first offset, leading blanks excluded.
        end: offset after the last character, mark and trailing blanks excluded.
        closed: offset after the mark that ends it (`end` where there is none).
        last: it ends a sentence.
    """

    start: int
    end: int
    closed: int
    last: bool


def numeral(words: str) -> int:
    """Value of a heading's number in Chinese or Arabic digits (一 … 九十九), 0 where it is none."""
    digits = "".join(c for c in words if c.isdigit() and c.isascii())
    if digits:
        return int(digits)
    if len(words) == 1 and not words.isascii():
        for first in "①㈠⑴⒈":
            if 0 <= ord(words) - ord(first) < 20:
                return ord(words) - ord(first) + 1
    value = 0
    for c in words:
        if c == "十":
            value = (value or 1) * 10
        elif c in NUMERALS:
            value += NUMERALS.index(c) + 1
    return value


def hide(norm: str) -> str:
    """The same length with the inside of quotation marks and book-title marks blanked by `□`."""
    return _HIDE.sub(lambda m: m[0][0] + "□" * (len(m[0]) - 2) + m[0][-1], norm)


def _is_mark(norm: str, at: int, mark: str) -> bool:
    if mark in ",:" and 0 < at < len(norm) - 1 and norm[at - 1].isdigit() and norm[at + 1].isdigit():
        return mark == "," and not re.match(r"\d{3}(?!\d)", norm[at + 1 : at + 5])
    return True


def pieces(norm: str, start: int, end: int, forced: int = -1) -> list[Piece]:
    """Divides norm[start:end], one paragraph, at commas, semicolons, colons and full stops.

    Nothing is divided inside quotations, titles, brackets and figures (1,000; 16:08). In a list of figures
    what is only intended (废止17件、拟修改4件) is a piece of its own. A “二是” that
    follows without any mark after an “一是” of the same paragraph begins a new sentence, for there
    the full stop was lost.

    Args:
        norm: the normalised text.
        start: where the paragraph begins.
        end: where it ends.
        forced: an offset at which a sentence ends whatever stands there (the end of a run-on
            heading), -1 for none.
    """
    found: list[Piece] = []
    at = start
    for match in _SCAN.finditer(norm, start, end):
        mark = match[1]
        item = match[2]
        if mark is None and item is None and not at < forced:
            continue
        place = match.start()
        if at < forced <= place:
            after = forced + 1 if forced == place and mark else forced
            _close(norm, found, at, forced, after, True)
            at = after
            if at > place:
                continue
        if mark:
            if mark not in ",:" or _is_mark(norm, place, mark):
                _close(norm, found, at, place, place + 1, mark in ";。!?")
                at = place + 1
        elif item and place > at and norm[place - 1] not in _BEFORE_ITEM:
            before = numeral(item[:-1]) - 1
            if 0 < before <= 10 and norm.rfind(NUMERALS[before - 1] + "是", start, place) >= 0:
                _close(norm, found, at, place, place, True)
                at = place
    if at < forced < end:
        _close(norm, found, at, forced, forced, True)
        at = forced
    _close(norm, found, at, end, end, True)
    return found


def _close(norm: str, found: list[Piece], begin: int, finish: int, after: int, last: bool) -> None:
    """Adds the stretch from `begin` to `finish` without its blanks; an empty one only closes the one before."""
    while begin < finish and norm[begin] in " \n":
        begin += 1
    while finish > begin and norm[finish - 1] in " \n":
        finish -= 1
    if begin < finish:
        found.append(Piece(begin, finish, after, last))
    elif last and found:
        found[-1] = Piece(found[-1].start, found[-1].end, max(after, found[-1].closed), True)


class Cutter:
    """The sentences of one text, paragraph by paragraph, each divided once."""

    def __init__(self, norm: str) -> None:
        self._norm = norm
        self._known: dict[tuple[int, int], list[list[Piece]]] = {}

    def sentences(self, start: int, end: int, forced: int = -1) -> list[list[Piece]]:
        """The pieces of a paragraph sentence by sentence (see `pieces`)."""
        rows = self._known.get((start, end))
        if rows is None:
            rows = []
            row: list[Piece] = []
            for piece in pieces(self._norm, start, end, forced):
                row.append(piece)
                if piece.last:
                    rows.append(row)
                    row = []
            self._known[start, end] = rows
        return rows

    def paragraph(self, p: Paragraph) -> list[list[Piece]]:
        """The sentences of a paragraph; a heading that runs on is a sentence of its own."""
        return self.sentences(p.start, p.end, p.heading_end if p.kind == "lead" else -1)


@lru_cache(maxsize=2)
def cutter(norm: str) -> Cutter:
    """The cutter of a text, shared by all who divide it."""
    return Cutter(norm)
