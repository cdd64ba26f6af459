"""Paragraphs that two bodies share nearly word for word, and what a body carried over from its own last year.

Fingerprints lie in the store; they are joined in passes that hold a bounded number of them, and every pair
found is compared letter by letter. A run of characters that stands in many reports is a standing phrase.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from sqlalchemy import func, select

from audit.batch import tables as t
from audit.batch.grams import bare
from audit.batch.store import Store
from audit.data import load_yaml

AT_ONCE = 300_000
"""Fingerprints held in memory at a time."""
_SHARED_AT_LEAST = 2

Paragraph = tuple[int, int]
"""Report and number of a paragraph."""


def compare(store: Store, chosen: dict[tuple[int, int], int], year: int | None) -> None:
    """Writes the table `shared`: pairs of paragraphs of one year, and of a body's two years.

    Args:
        store: the store.
        chosen: (body, year) → report that counts.
        year: the year of the batch.
    """
    if year is None:
        return
    now = {report: body for (body, y), report in chosen.items() if y == year}
    before = {report: body for (body, y), report in chosen.items() if y == year - 1}
    pairs = _pairs(store, now, before)
    rows = _confirmed(store, pairs, now, before)
    c = t.shared.c
    mine = select(t.reports.c.id).where(t.reports.c.report_year == year)
    store.replace(t.shared, rows, c.report_a.in_(mine))


def _pairs(store: Store, now: dict[int, int], before: dict[int, int]) -> Counter[tuple[Paragraph, Paragraph]]:
    """Pairs of paragraphs with the number of fingerprints that they share."""
    standing = int(load_yaml("batch.yaml")["alike"]["standing"])
    c = t.paragraphs.c
    total = (
        next(
            store.rows(select(func.coalesce(func.sum(func.length(c.grams)), 0)).where(c.grams.is_not(None)))
        )[0]
        // 8
    )
    passes = max(1, -(-int(total) // AT_ONCE))
    found: Counter[tuple[Paragraph, Paragraph]] = Counter()
    for turn in range(passes):
        places: dict[int, list[Paragraph]] = defaultdict(list)
        for report, number, grams in store.rows(
            select(c.report, c.number, c.grams).where(c.grams.is_not(None)).order_by(c.report, c.number)
        ):
            if report not in now and report not in before:
                continue
            for gram in struct.unpack(f"<{len(grams) // 8}q", grams):
                if gram % passes == turn:
                    places[gram].append((report, number))
        for where in places.values():
            this_year = {report for report, _ in where if report in now}
            last_year = {report for report, _ in where if report in before}
            if 2 <= len(this_year) <= standing:
                mine = [place for place in where if place[0] in now]
                found.update((a, b) for a, b in combinations(mine, 2) if a[0] != b[0])
            if this_year and last_year and len(this_year) <= standing * 2:
                old = {(before[p[0]], p) for p in where if p[0] in before}
                for place in where:
                    if place[0] in now:
                        found.update((place, p) for body, p in old if body == now[place[0]])
    return found


def _confirmed(
    store: Store, pairs: Counter[tuple[Paragraph, Paragraph]], now: dict[int, int], before: dict[int, int]
) -> list[tuple[Any, ...]]:
    from rapidfuzz.distance import Indel

    limits = load_yaml("batch.yaml")["alike"]
    likely = sorted(pair for pair, count in pairs.items() if count >= _SHARED_AT_LEAST)
    texts = _texts(store, {place for pair in likely for place in pair})
    rows: list[tuple[Any, ...]] = []
    for one, two in likely:
        a, b = bare(texts[one]), bare(texts[two])
        if min(len(a), len(b)) < limits["characters"]:
            continue
        close = float(Indel.normalized_similarity(a, b, score_cutoff=limits["likeness"]))
        if close:
            kind = "last-year" if two[0] in before else "bodies"
            rows.append((*one, *two, kind, round(close, 4), min(len(a), len(b))))
    rows.sort(key=lambda row: (row[4], -row[5] * row[6], row[:4]))
    return sorted(rows[: int(limits["most"])], key=lambda row: row[:4])


def _texts(store: Store, places: set[Paragraph]) -> dict[Paragraph, str]:
    c = t.paragraphs.c
    reports = sorted({report for report, _ in places})
    found: dict[Paragraph, str] = {}
    for at in range(0, len(reports), 400):
        query = select(c.report, c.number, c.text).where(c.report.in_(reports[at : at + 400]))
        found |= {(row[0], row[1]): row[2] for row in store.rows(query) if (row[0], row[1]) in places}
    return found
