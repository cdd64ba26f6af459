"""Ranks and 档: only among reports of one level and kind that were judged by the same checklist versions."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.store import Store
from audit.scoring.ranking import Entry, Sheet, rank


def place(store: Store, chosen: dict[tuple[int, int], int], of: frozenset[int]) -> None:
    """Writes the table `standings` for the reports that count, each among its like.

    Args:
        store: the store.
        chosen: (body, year) → report.
        of: years to place; the rows of others stay.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    wanted = {report for (_, year), report in chosen.items() if year in of}
    years = {report: year for (_, year), report in chosen.items()}
    for report, packed in _entries(store):
        if report in wanted and packed is not None:
            likeness = json.loads(zlib.decompress(packed))[0]
            if likeness[0] is not None:
                groups[t.number(json.dumps(likeness), str(years[report]))].append(report)
    rows: list[tuple[Any, ...]] = []
    for group, members in sorted(groups.items()):
        keep = set(members)
        entries = [(report, entry(packed)) for report, packed in _entries(store) if report in keep and packed]
        ranked = rank([each for _, each in entries])
        for each in ranked:
            rows.append(
                (entries[each.index][0], group, len(ranked), each.rank, each.low, each.high, each.tier)
            )
    years_of = select(t.reports.c.id).where(t.reports.c.report_year.in_(of))
    store.replace(t.standings, sorted(rows), t.standings.c.report.in_(years_of))


def _entries(store: Store) -> Iterable[tuple[int, bytes | None]]:
    c = t.reports.c
    return store.rows(select(c.id, c.entry).where(c.state == "done").order_by(c.path, c.sha256))


def entry(packed: bytes) -> Entry:
    """What ranking needs, unpacked."""
    likeness, score, scheme, sheets = json.loads(zlib.decompress(packed))
    return Entry(
        likeness=json.dumps(likeness),
        score=score,
        scheme=tuple((name, weight) for name, weight in scheme),
        sheets=tuple(
            Sheet(weights=_shared(json.dumps(weights)), credits=tuple(credits), cap=cap)
            for weights, credits, cap in sheets
        ),
    )


_known: dict[str, Any] = {}


def _shared(weights: str) -> Any:
    """One object for the weights that all reports of a checklist have."""
    if weights not in _known:
        if len(_known) > 64:
            _known.clear()
        _known[weights] = tuple((weight, tuple(items)) for weight, items in json.loads(weights))
    return _known[weights]
