"""Expressions from data files, each tried only where the words stand without which it cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from audit.data import load_yaml


@cache
def data(name: str) -> Any:
    """A data file of the form checks, read once a process (see `audit.data.load_yaml`)."""
    return load_yaml(f"form/{name}.yaml")


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """The compiled expression, kept."""
    return re.compile(pattern)


@lru_cache(maxsize=4)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def stands(cue: str | Sequence[str], text: str) -> bool:
    """A word, or any of several, stands in the text."""
    return _stands(cue, text, _characters(text))


def _stands(cue: str | Sequence[str], text: str, present: frozenset[str]) -> bool:
    if isinstance(cue, str):
        return present.issuperset(cue) and cue in text
    for word in cue:  # noqa: SIM110 - a generator costs more than the search
        if present.issuperset(word) and word in text:
            return True
    return False


def matches(entries: Sequence[dict[str, Any]], text: str) -> Iterator[tuple[dict[str, Any], re.Match[str]]]:
    """Every match of entries with the keys `cue` (a word or several, any of them) and `find` (an expression)."""
    present = _characters(text)
    for entry in entries:
        if _stands(entry["cue"], text, present):
            for match in expression(entry["find"]).finditer(text):
                yield entry, match
