"""Which report is whose: bodies, their filings, and reports that stand twice. Nothing is merged silently."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from audit.batch import tables as t
from audit.batch.filings import Filings, Light
from audit.batch.roster import Roster, Row, plain
from audit.batch.store import Store


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome.

    Attributes:
        year: the year that the batch is about, None where no report names one.
        chosen: (body, year) → report.
        years: years that the reports of the batch are about.
        doubles: reports of the batch that do not count beside another.
    """

    year: int | None
    chosen: dict[tuple[int, int], int]
    years: frozenset[int]
    doubles: int


def body_id(name: str) -> int:
    """The id of a body."""
    return t.number("body", plain(name))


def light(store: Store) -> list[Light]:
    """All reports of the store, ordered by path and content."""
    c = t.reports.c
    columns = [c[name] for name in Light.__slots__]
    return [Light(*row) for row in store.rows(select(*columns).order_by(c.path, c.sha256))]


def settle(
    store: Store,
    ids: Sequence[int],
    roots: Sequence[str],
    roster: Roster | None,
    guessed: dict[int, Row],
    year: int | None,
    batch: str,
) -> Settled:
    """Says of every report whose it is, and of every body how it stands with filing.

    Args:
        store: the store.
        ids: reports of this batch.
        roots: inputs of this batch: what was found under them before and is there no more is marked so.
        roster: who is to file.
        guessed: report → body by its file name.
        year: the year reported on; None: the one that most reports of the batch name.
        batch: name of this batch; what others found to be missing stays.
    """
    mine = set(ids)
    _mark_present(store, mine, roots)
    every = light(store)
    if year is None:
        years = Counter(
            r.report_year for r in every if r.id in mine and r.report_year and r.doc_type != "other"
        )
        year = min(years, key=lambda y: (-years[y], -y)) if years else None
    names = roster or _stored(store)
    owners: dict[int, int | None] = {}
    misplaced: dict[int, int] = {}
    fresh: dict[int, tuple[Any, ...]] = {}
    for report in every:
        if report.id not in mine and report.body is not None:
            owners[report.id] = report.body
            continue
        by_file, by_name = guessed.get(report.id), names.of_publisher(report.publisher)
        row = by_name or by_file
        if by_file is not None and by_name is not None and by_name is not by_file:
            misplaced[report.id] = body_id(by_file.body)
        if row is not None:
            owners[report.id] = body_id(row.body)
        elif report.publisher:
            me = owners[report.id] = body_id(report.publisher)
            told = (report.publisher, report.level, report.kind, "", "", None, None, None, None, "report")
            fresh[me] = (me, *told)
        else:
            owners[report.id] = report.body
    _write_bodies(store, roster, fresh)
    changed = [(r.id, owners[r.id]) for r in every if owners[r.id] != r.body]
    if changed:
        with store.writing() as line:
            for report_id, owner in changed:
                line.execute(update(t.reports).where(t.reports.c.id == report_id).values(body=owner))
    due = [body_id(row.body) for row in roster.rows] if roster else []
    chosen = Filings(store, every, owners, mine, misplaced).write(due, year, batch)
    of_mine = {r.report_year for r in every if r.id in mine and r.report_year}
    doubles = sum(row[0] in mine for row in store.rows(select(t.doubles.c.report)))
    return Settled(year, chosen, frozenset(of_mine), doubles)


def _mark_present(store: Store, mine: set[int], roots: Sequence[str]) -> None:
    c = t.reports.c
    rows = list(store.rows(select(c.id, c.present).where(c.root.in_(list(roots)))))
    gone = [row[0] for row in rows if row[0] not in mine and row[1]]
    back = [row[0] for row in rows if row[0] in mine and not row[1]]
    with store.writing() as line:
        for ids, present in ((gone, False), (back, True)):
            for at in range(0, len(ids), 500):
                line.execute(update(t.reports).where(c.id.in_(ids[at : at + 500])).values(present=present))


def _stored(store: Store) -> Roster:
    c = t.bodies.c
    rows = store.rows(select(c.name, c.sort_order).where(c.source == "roster").order_by(c.sort_order, c.name))
    return Roster([Row(body=name, order=order or 0) for name, order in rows])


def _write_bodies(store: Store, roster: Roster | None, fresh: dict[int, tuple[Any, ...]]) -> None:
    """Adds bodies; what a roster says goes before what a report says, and stays when a later one is silent."""
    rows: dict[int, tuple[Any, ...]] = {}
    for place, row in enumerate(roster.rows if roster else [], start=1):
        me = body_id(row.body)
        powers = json.dumps(row.powers, sort_keys=True) if row.powers else None
        expected = ";".join(row.expected) or None
        known = (row.level, row.kind, row.superior, row.region, place, powers, expected, row.address or None)
        rows[me] = (me, row.body, *known, "roster")
    c = t.bodies.c
    held = {row[0] for row in store.rows(select(c.id).where(c.source == "roster"))}
    rows |= {me: row for me, row in fresh.items() if me not in rows and me not in held}
    with store.writing() as line:
        for at in range(0, len(rows), 500):
            line.execute(t.bodies.delete().where(c.id.in_(list(rows)[at : at + 500])))
        store.insert(line, t.bodies, [rows[me] for me in sorted(rows)])
