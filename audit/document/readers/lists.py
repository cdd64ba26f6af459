"""Automatic numbering: which number stands before a paragraph, as Word shows it.

The counting rules are those of ECMA-376, 17.9; the .doc and .odt readers hand in their lists in the
same form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from audit.document.readers.numerals import formatted

_PLACE = re.compile(r"%([1-9])")
runs_on = re.compile(r"[0-9A-Za-z章节条编篇]\Z").search


@dataclass(frozen=True, slots=True)
class Level:
    """One of the nine levels of a list.

    Attributes:
        start: first number.
        style: number format (ST_NumberFormat); `bullet` shows nothing.
        text: the pattern, `%1` to `%9` standing for the numbers of the levels.
        restart: 1-based rank of the level after which counting starts anew; 0 never, None after any higher.
        legal: all numbers in the pattern are shown decimal.
        gap: the number is followed by a tab or a space.
        linked: id of the paragraph style bound to this level, or "".
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    gap: bool = True
    linked: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list as paragraphs refer to it.

    Attributes:
        key: what counters belong to; lists with one key go on counting each other.
        levels: by rank from 0.
        starts: levels that begin anew, at this number, where the list is first used.
    """

    key: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def with_levels(self, levels: dict[int, Level], starts: dict[int, int]) -> List:
        """The same list with some levels replaced and starts set."""
        return replace(self, levels={**self.levels, **levels}, starts={**self.starts, **starts})


class Counter:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, lists: dict[str, List]) -> None:
        self._lists = dict(lists)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def define(self, name: str, found: List) -> None:
        """Adds a list that becomes known while the document is read."""
        self._lists[name] = found

    def begin(self, name: str, rank: int, number: int) -> None:
        """Makes the next paragraph of list `name` on level `rank` count from `number`."""
        found = self._lists.get(name)
        if found is not None:
            self._counts.setdefault(found.key, {})[rank] = number - 1

    def number(self, name: str, rank: int) -> str:
        """Counts a paragraph of the list `name` on level `rank` (from 0) and returns its number.

        The tab after the number is dropped; a space stays only where the number would otherwise run
        into the words (第一章 总则). Unknown lists and bullets give "".
        """
        found = self._lists.get(name)
        if found is None or rank not in found.levels:
            return ""
        counts = self._counts.setdefault(found.key, {})
        if name not in self._begun:
            self._begun.add(name)
            for begun in found.starts:
                counts.pop(begun, None)
        level = found.levels[rank]
        counts[rank] = counts[rank] + 1 if rank in counts else found.starts.get(rank, level.start)
        for deeper in [d for d in counts if d > rank]:
            after = found.levels[deeper].restart if deeper in found.levels else None
            if after is None or (after > 0 and rank < after):
                del counts[deeper]
        if level.style == "bullet":
            return ""

        def shown(place: re.Match[str]) -> str:
            wanted = int(place[1]) - 1
            other = found.levels.get(wanted, level)
            value = counts.get(wanted, found.starts.get(wanted, other.start))
            return formatted(value, "decimal" if level.legal else other.style)

        text = _PLACE.sub(shown, level.text).strip()
        return text + " " if level.gap and runs_on(text) else text
