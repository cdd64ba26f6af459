"""Expressions from data files, each tried only where the words stand without which it cannot match."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from typing import Any

from audit.data import load_yaml
from audit.document.normal import normalise


@cache
def data(name: str) -> Any:
    """A data file of the form checks, read once a process (see `audit.data.load_yaml`)."""
    return load_yaml(f"form/{name}.yaml")


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """The compiled expression, kept."""
    return re.compile(pattern)


@cache
def worded(file: str, key: str) -> re.Pattern[str]:
    """The compiled expression under a key of a data file; of a list any of its members."""
    said = data(file)[key]
    return re.compile(said if isinstance(said, str) else "|".join(said))


@lru_cache(maxsize=4)
def _pairs(text: str) -> Set[int]:
    """The pairs of neighbouring characters of a text, each as one number."""
    units = text.encode("utf-16-le", "surrogatepass")
    units += b"\0\0" * (len(units) // 2 % 2)
    found = set(array("I", units))
    found.update(array("I", units[2:-2]))
    return found


@cache
def _key(word: str) -> frozenset[int]:
    """The pairs without which a word cannot stand in a text; none for a single character."""
    units = word.encode("utf-16-le", "surrogatepass")
    return frozenset(int.from_bytes(units[at : at + 4], sys.byteorder) for at in range(0, len(units) - 2, 2))


_KEYS: dict[int, tuple[object, tuple[tuple[str, frozenset[int]], ...]]] = {}


def _keyed(cue: str | Sequence[str]) -> tuple[tuple[str, frozenset[int]], ...]:
    """The words of a cue with the pairs of their half-width form, worked out once for each cue of a data file."""
    known = _KEYS.get(id(cue))
    if known is None or known[0] is not cue:
        words = (cue,) if isinstance(cue, str) else tuple(cue)
        known = _KEYS[id(cue)] = (cue, tuple((word, _key(normalise(word))) for word in words))
    return known[1]


def stands(cue: str | Sequence[str], text: str) -> bool:
    """A word, or any of several, stands in the text."""
    return _stands(cue, text, _pairs(text))


@cache
def _runs(signs: str) -> frozenset[int]:
    return frozenset(pair for one in signs for two in signs for pair in _key(one + two))


def side_by_side(signs: str, text: str) -> bool:
    """Any two of the signs, or one of them twice, stand side by side."""
    return not _runs(signs).isdisjoint(_pairs(text))


def _stands(cue: str | Sequence[str], text: str, present: Set[int]) -> bool:
    for word, key in _keyed(cue):  # noqa: SIM110 - a generator costs more than the search
        if key <= present and word in text:
            return True
    return False


def matches(
    entries: Sequence[dict[str, Any]], text: str, norm: str | None = None
) -> Iterator[tuple[dict[str, Any], re.Match[str]]]:
    """Every match of entries with the keys `cue` (a word or several, any of them) and `find` (an expression).

    Args:
        entries: the entries.
        text: the text.
        norm: its half-width form, None where the text is in that form already.
    """
    present = _pairs(text if norm is None else norm)
    for entry in entries:
        if _stands(entry["cue"], text, present):
            for match in expression(entry["find"]).finditer(text):
                yield entry, match
