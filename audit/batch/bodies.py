"""Which report is whose: bodies, their filings, and reports that stand twice. Nothing is merged silently."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from audit.batch import tables as t
from audit.batch.roster import Roster, Row, plain
from audit.batch.store import Store

FORMATS = ("docx", "doc", "odt", "ofd", "rtf", "html", "txt", "pdf")
"""Of one report in several formats the first of these is taken."""
SAME_TEXT = 0.8
"""Share of fingerprints from which two reports are one text."""


@dataclass(frozen=True, slots=True)
class Light:
    """What settling needs of a report."""

    id: int
    path: str
    present: bool
    sha256: str
    format: str | None
    state: str
    body: int | None
    publisher: str | None
    level: str | None
    kind: str | None
    doc_type: str | None
    report_year: int | None
    signed_on: str | None
    filed_on: str | None
    published_on: str | None
    text_sha: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome.

    Attributes:
        year: the year that the batch is about, None where no report names one.
        chosen: (body, year) → report.
    """

    year: int | None
    chosen: dict[tuple[int, int], int]


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
) -> Settled:
    """Says of every report of the store whose it is, and of every body how it stands with filing.

    Args:
        store: the store.
        ids: reports of this batch.
        roots: inputs of this batch: what was found under them before and is there no more is marked so.
        roster: who is to file.
        guessed: report → body by its file name.
        year: the year reported on; None: the one that most reports of the batch name.
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
    wrong: dict[int, str] = {}
    fresh: dict[int, tuple[Any, ...]] = {}
    for report in every:
        row = guessed.get(report.id)
        by_name = names.of_publisher(report.publisher)
        if row is not None and by_name is not None and by_name is not row:
            wrong[report.id] = by_name.body
        row = row or by_name
        if row is not None:
            owners[report.id] = body_id(row.body)
        elif report.publisher:
            me = owners[report.id] = body_id(report.publisher)
            fresh[me] = (
                me,
                report.publisher,
                report.level,
                report.kind,
                "",
                "",
                None,
                None,
                None,
                None,
                "report",
            )
        else:
            owners[report.id] = report.body
    _write_bodies(store, roster, names, fresh)
    changed = [(r.id, owners[r.id]) for r in every if owners[r.id] != r.body]
    if changed:
        with store.writing() as line:
            for report_id, owner in changed:
                line.execute(update(t.reports).where(t.reports.c.id == report_id).values(body=owner))
    return _file(store, every, owners, wrong, roster, year)


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


def _write_bodies(
    store: Store, roster: Roster | None, names: Roster, fresh: dict[int, tuple[Any, ...]]
) -> None:
    c = t.bodies.c
    rows = dict(fresh)
    if roster is not None:
        for place, row in enumerate(roster.rows, start=1):
            me = body_id(row.body)
            powers = json.dumps(row.powers, sort_keys=True) if row.powers else None
            expected = ";".join(row.expected) or None
            rows[me] = (
                me,
                row.body,
                row.level,
                row.kind,
                row.superior,
                row.region,
                place,
                powers,
                expected,
                row.address or None,
                "roster",
            )
    kept = (
        {row[0] for row in store.rows(select(c.id).where(c.source == "roster"))} if roster is None else set()
    )
    drop = [c.source == "report"] if roster is None else []
    new = [rows[me] for me in sorted(rows) if me not in kept]
    store.replace(t.bodies, new, *drop)


def _file(
    store: Store,
    every: Iterable[Light],
    owners: dict[int, int | None],
    wrong: dict[int, str],
    roster: Roster | None,
    year: int | None,
) -> Settled:
    valid: dict[tuple[int, int], list[Light]] = defaultdict(list)
    others: dict[int, list[Light]] = defaultdict(list)
    for report in every:
        owner = owners[report.id]
        if owner is None:
            continue
        good = report.state == "done" and report.doc_type == "annual-report" and report.report_year
        if good and report.id not in wrong:
            valid[owner, report.report_year or 0].append(report)
        elif report.present:
            others[owner].append(report)
    late = _late(store)
    chosen: dict[tuple[int, int], int] = {}
    filings: list[tuple[Any, ...]] = []
    doubles: list[tuple[Any, ...]] = []
    for (body, of_year), candidates in sorted(valid.items()):
        candidates = sorted(candidates, key=_preference)
        best = candidates[0]
        chosen[body, of_year] = best.id
        for n, other in enumerate(candidates[1:], start=1):
            twin = next((each for each in candidates[:n] if each.sha256 == other.sha256), best)
            doubles.append((other.id, body, of_year, twin.id, _why(store, other, twin)))
        filed, published = late.get(best.id, (None, None))
        filings.append(
            (body, of_year, "filed", best.id, best.filed_on, best.published_on, filed, published, None)
        )
    due = [body_id(row.body) for row in roster.rows] if roster and year else []
    for body in dict.fromkeys([*due, *others]):
        if year is None or (body, year) in chosen:
            continue
        if (state := _instead(others.get(body, []), wrong, year)) is not None and (
            body in due or state[0] != "missing"
        ):
            filings.append((body, year, state[0], state[1], None, None, None, None, state[2]))
    store.replace(t.filings, sorted(filings, key=lambda row: (row[0], row[1])))
    store.replace(t.doubles, sorted(doubles))
    return Settled(year, chosen)


def _preference(report: Light) -> tuple[Any, ...]:
    """The report that counts among several: there, signed last, in the best format, first by path."""
    signed = -int((report.signed_on or "0").replace("-", "") or 0)
    form = FORMATS.index(report.format) if report.format in FORMATS else len(FORMATS)
    return (not report.present, signed, form, report.path, report.sha256)


def _why(store: Store, other: Light, best: Light) -> str:
    if other.path == best.path:
        return "older"
    if not other.present:
        return "gone"
    if other.sha256 == best.sha256:
        return "same-file"
    if other.text_sha == best.text_sha or _alike(store, other.id, best.id):
        return "format" if other.format != best.format else "same-text"
    return "second"


def _alike(store: Store, one: int, two: int) -> bool:
    import struct

    found: list[set[int]] = []
    for report in (one, two):
        c = t.paragraphs.c
        packed = [
            row[0] for row in store.rows(select(c.grams).where(c.report == report, c.grams.is_not(None)))
        ]
        found.append({n for each in packed for n in struct.unpack(f"<{len(each) // 8}q", each)})
    smaller = min(len(found[0]), len(found[1]))
    return smaller > 0 and len(found[0] & found[1]) / max(len(found[0]), len(found[1])) >= SAME_TEXT


def _instead(
    found: list[Light], wrong: dict[int, str], year: int
) -> tuple[str, int | None, str | None] | None:
    """What stands in the place of the report that is due: state, report, remark."""
    for report in found:
        if report.id in wrong:
            return "wrong_body", report.id, wrong[report.id]
    for report in found:
        if report.state == "failed":
            return "unreadable", report.id, None
    for report in found:
        if report.state == "done":
            if report.doc_type != "annual-report":
                return "wrong_type", report.id, report.doc_type
            return "wrong_year", report.id, str(report.report_year or "")
    return "missing", None, None


def _late(store: Store) -> dict[int, tuple[bool | None, bool | None]]:
    """Report → filed late, published late; None where the dates do not tell."""
    c = t.items.c
    query = select(c.report, c.item, c.verdict).where(
        c.checklist == "statutory", c.item.in_(["filed-on-time", "published-on-time"])
    )
    found: dict[int, dict[str, bool | None]] = defaultdict(dict)
    told = {"full": False, "absent": True}
    for report, item, verdict in store.rows(query):
        found[report][item] = told.get(verdict)
    return {k: (v.get("filed-on-time"), v.get("published-on-time")) for k, v in found.items()}
