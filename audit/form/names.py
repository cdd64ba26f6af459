"""Instruments, terms of art and set political phrases that are misnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from audit.form.cued import data, matches
from audit.form.layout import Layout
from audit.form.model import Defect, Severity

_TITLE = re.compile(r"《([^《》\n]{4,80})")
_TAIL = re.compile(r"\s*(?:\([^()]*\)?)?\s*$")


def entries(
    entry_list: list[dict[str, Any]], layout: Layout, year: int | None
) -> Iterator[tuple[dict[str, Any], int, int]]:
    """The entries of a list that the report offends, each with every place.

    An entry has `find` (an expression on the half-width text) and `cue` (words without which it cannot
    match), and may be bound to report years (`from`, `until`) and to the inside or outside of book-title
    marks (`titles`: `only`, `never`).
    """
    norm = layout.norm
    bound = [e for e in entry_list if _applies(e, year)]
    for entry, match in matches(bound, norm):
        start, end = match.span()
        if layout.lines[layout.line_at(start)].kind == "noise":
            continue
        if "titles" not in entry or _in_title(norm, start) == (entry["titles"] == "only"):
            yield entry, start, end


def _applies(entry: dict[str, Any], year: int | None) -> bool:
    if year is None:
        return "from" not in entry and "until" not in entry
    return bool(entry.get("from", 0) <= year <= entry.get("until", 9999))


def _in_title(norm: str, place: int) -> bool:
    opened = norm.rfind("《", max(0, place - 80), place)
    return opened >= 0 and norm.find("》", opened, place) < 0 and norm.find("\n", opened, place) < 0


def find(layout: Layout, year: int | None) -> Iterator[Defect]:
    """Misnamed instruments and terms; each wrong name once, at its first place."""
    lists = data("names")
    seen: dict[str, int] = {}
    firsts: list[Defect] = []
    for entry, start, end in entries(lists["terms"], layout, year):
        wrong = layout.norm[start:end]
        key = f"{entry['right']}|{wrong}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] == 1:
            why = entry.get("why") or f"“{layout.text[start:end]}”应为“{entry['right']}”"
            severity: Severity = entry.get("severity", "should")
            firsts.append(
                Defect(
                    entry.get("kind", "name"),
                    start,
                    end,
                    why,
                    f"改为“{entry['right']}”",
                    severity,
                    entry.get("scored", True),
                )
            )
    yield from firsts
    taken = [(d.start or 0, d.end or 0) for d in firsts]
    for start, end, right in _near_titles(layout, lists["instruments"]):
        if not any(a < end and start < b for a, b in taken):
            yield Defect("name", start, end, f"文件名称有误,应为《{right}》", f"改为《{right}》")


def _near_titles(layout: Layout, instruments: list[str]) -> Iterator[tuple[int, int, str]]:
    """Titles that are an instrument's but for a lost or changed character."""
    known = set(instruments)
    seen: set[str] = set()
    for match in _TITLE.finditer(layout.norm):
        title = _TAIL.sub("", match[1])
        title = title.removeprefix("中华人民共和国").replace(" ", "")
        if title in known or title in seen:
            continue
        for right in instruments:
            if title[:2] == right[:2] and 0 <= len(right) - len(title) <= 4 and _is_slip(title, right):
                seen.add(title)
                yield match.start(), min(match.end() + 1, len(layout.norm)), right
                break


def _is_slip(title: str, right: str) -> bool:
    """One character changed, or up to four dropped in one place."""
    if len(title) == len(right):
        return len(right) >= 8 and sum(a != b for a, b in zip(title, right, strict=True)) == 1
    if len(right) < 10:
        return False
    gap = len(right) - len(title)
    head = next((i for i, (a, b) in enumerate(zip(title, right, strict=False)) if a != b), len(title))
    return title[head:] == right[head + gap :] and head < len(title)
