"""Instruments, terms of art and set political phrases that are misnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from audit.form import epochs
from audit.form.cued import data, matches
from audit.form.layout import Layout
from audit.form.model import Defect, Severity

_TITLE = re.compile(r"《([^《》\n]{4,80})")
_KIND = re.compile(r"(?:暂行)?(?:条例|规定|办法|法)$")
_FOLLOWED = re.compile(r"贯彻|落实|执行|学习|宣传|遵守|按照|依据|根据|依照|对照|实施(?!方案)|宣贯|国务院")
_MADE = re.compile(r"制定|印发|出台|修订|起草|拟定|[我本全][省市县区州]|建立")
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
    yield from epochs.find(layout, year)
    for start, end, right in (*_near_titles(layout, lists["instruments"]), *_other_kinds(layout, lists)):
        if not any(a < end and start < b for a, b in taken):
            yield Defect("name", start, end, f"文件名称有误,应为《{right}》", f"改为《{right}》")


@lru_cache(maxsize=512)
def _plain(title: str) -> str:
    """A title without blanks and without what stands in brackets at its end."""
    return _TAIL.sub("", title).replace(" ", "")


@cache
def _begun(instruments: tuple[str, ...]) -> tuple[frozenset[str], dict[str, list[str]]]:
    """The instruments, and each list of those that begin with the same two characters."""
    found: dict[str, list[str]] = {}
    for name in instruments:
        found.setdefault(name[:2], []).append(name)
    return frozenset(instruments), found


def _near_titles(layout: Layout, instruments: list[str]) -> Iterator[tuple[int, int, str]]:
    """Titles that are an instrument's but for a lost or changed character."""
    known, begun = _begun(tuple(instruments))
    seen: set[str] = set()
    for match in _TITLE.finditer(layout.norm):
        title = _plain(match[1]).removeprefix("中华人民共和国")
        if title in known or title in seen:
            continue
        for right in begun.get(title[:2], ()):
            if 0 <= len(right) - len(title) <= 4 and _is_slip(title, right):
                seen.add(title)
                yield match.start(), min(match.end() + 1, len(layout.norm)), right
                break


def _other_kinds(layout: Layout, lists: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """《公平竞争审查办法》 for 条例, 《中华人民共和国政府信息公开法》, a law of the republic with a slip."""
    known, stems = _known()
    norm = layout.norm
    for match in _TITLE.finditer(norm):
        title = _plain(match[1])
        bare = title.removeprefix("中华人民共和国")
        if bare in known or len(bare) > 24:
            continue
        national = bare != title
        kind = _KIND.search(bare)
        right = stems.get(bare[: kind.start()]) if kind else None
        if right and (national or _certain(right, bare, lists) and _cited(norm, match.start())):
            yield match.start(), min(match.end() + 1, len(norm)), right
        elif national:
            near = next((law for law in known if _is_near(bare, law)), None)
            if near:
                yield match.start(), min(match.end() + 1, len(norm)), near


def _certain(right: str, title: str, lists: dict[str, Any]) -> bool:
    """No local instrument can have the name: only the people's congress makes a 法."""
    local = any(right.startswith(word) for word in lists["local_too"])
    return right.endswith("条例") and (not local or not title.endswith(("条例", "规定", "办法")))


@cache
def _known() -> tuple[dict[str, None], dict[str, str]]:
    """The right names, and each by its stem, of those whose stem is long enough to be no other instrument's."""
    lists = data("names")
    known, found = dict.fromkeys((*lists["instruments"], *lists["laws"])), {}
    for name in known:
        kind = _KIND.search(name)
        if kind and kind.start() >= 4:
            found[name[: kind.start()]] = name
    return known, found


def _cited(norm: str, place: int) -> bool:
    """It is followed, not made: 贯彻《……》."""
    before = norm[max(0, place - 14) : place]
    return _FOLLOWED.search(before) is not None and _MADE.search(before) is None


def _is_near(title: str, law: str) -> bool:
    """One character changed or dropped in a law of at least five."""
    if len(law) < 5 or title[-1] != law[-1]:
        return False
    if len(title) == len(law):
        return sum(a != b for a, b in zip(title, law, strict=True)) == 1
    return len(law) - len(title) == 1 and any(law[:i] + law[i + 1 :] == title for i in range(len(law)))


def _is_slip(title: str, right: str) -> bool:
    """One character changed, or up to four dropped in one place."""
    if len(title) == len(right):
        least = 8 if title[-2:] == right[-2:] else 6
        return len(right) >= least and sum(a != b for a, b in zip(title, right, strict=True)) == 1
    if len(right) < 10:
        return False
    gap = len(right) - len(title)
    head = next((i for i, (a, b) in enumerate(zip(title, right, strict=False)) if a != b), len(title))
    return title[head:] == right[head + gap :] and head < len(title)
