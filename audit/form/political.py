"""Set political phrases miswritten, truncated or out of date: shown for a person to check, never scored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.model import Defect
from audit.form.names import entries

_ORDER = "一二三四五六七"


@cache
def _terms() -> str:
    return "|".join(data("political")["congresses"])


@cache
def _plenums() -> re.Pattern[str]:
    congresses = _terms()
    return re.compile(
        rf"(?P<term>{congresses})届(?P<list>(?:[{_ORDER}]中(?:全会)?[、和及]?){{1,7}})(?<=全会)"
    )


@cache
def _congress() -> re.Pattern[str]:
    return re.compile(rf"党的(?P<term>{_terms()})大(?!以来|报告提出)")


def find(layout: Layout, report_year: int | None) -> Iterator[Defect]:
    """Phrases from the dated file, and congresses and plenums against the report's year."""
    for entry, start, end in entries(data("political")["phrases"], layout, report_year):
        yield _note(
            start, end, entry["why"], f"规范表述:{entry['right']}" if "right" in entry else "核对规范表述"
        )
    if report_year is not None:
        yield from _dates(layout, report_year)


def _note(start: int, end: int, why: str, remedy: str) -> Defect:
    return Defect("political", start, end, f"请人工核对:{why}", remedy, "note", False)


def _dates(layout: Layout, year: int) -> Iterator[Defect]:
    signed = layout.document.facts.signed_on
    horizon = signed[:7] if signed else f"{year + 1}-12"
    if horizon < f"{year}-10":  # the year of signing is last year's by a slip, which is told among the years
        horizon = f"{year + 1}{horizon[4:]}"
    yield from _congresses(layout, year, horizon)
    yield from _sessions(layout, year, horizon)


def _congresses(layout: Layout, year: int, horizon: str) -> Iterator[Defect]:
    """A congress not yet held, or only an older one where the report's year has a newer."""
    opened: dict[str, str] = data("political")["congresses"]
    places = list(_congress().finditer(layout.norm))
    for match in places:
        if opened[match["term"]] > horizon:
            why = f"党的{match['term']}大召开于{opened[match['term']]},晚于本报告"
            yield _note(match.start(), match.end(), why, "核对年度")
            return
    due = [term for term, day in opened.items() if day <= f"{year}-10"]
    if not places or not due:
        return
    latest = max(due, key=lambda term: opened[term])
    if not re.search(rf"{latest}(?:大|届)", layout.norm):
        match = places[0]
        why = f"报告年度内已召开党的{latest}大,文中只写到党的{match['term']}大"
        yield _note(match.start(), match.end(), why, f"补写党的{latest}大精神")


def _sessions(layout: Layout, year: int, horizon: str) -> Iterator[Defect]:
    """A plenum not yet held, or a list that ends before the last one of the report's year."""
    held: dict[str, list[str]] = data("political")["plenums"]
    places = [(m, _numbers(m["list"])) for m in _plenums().finditer(layout.norm) if m["term"] in held]
    current = max(held, key=lambda term: [day <= f"{year}-12" and day for day in held[term]][0] or "")
    for term in dict.fromkeys(m["term"] for m, _ in places):
        match, numbers = next((m, n) for m, n in places if m["term"] == term)
        dates, last = held[term], max(numbers)
        if last > len(dates) or dates[last - 1] > horizon:
            why = f"{term}届{_ORDER[last - 1]}中全会的召开晚于本报告"
            yield _note(match.start(), match.end(), why, "核对届次")
            continue
        due = max((n + 1 for n, day in enumerate(dates[:6]) if day <= f"{year}-12"), default=0)
        told = max(n for m, ns in places if m["term"] == term for n in ns)
        listed = layout.role_at(match.start()) == "opening" and f"{term}届历次" not in layout.norm
        if term == current and listed and told < due:
            why = f"报告年度内已召开{term}届{_ORDER[due - 1]}中全会,此处只写到{_ORDER[last - 1]}中全会"
            yield _note(match.start(), match.end(), why, f"补写{_ORDER[due - 1]}中全会精神")


def _numbers(words: str) -> list[int]:
    return [_ORDER.index(c) + 1 for c in words if c in _ORDER]
