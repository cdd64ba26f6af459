"""What the overview shows, gathered from the store: one compact row a body, and what is counted over all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from audit import wording
from audit.batch import tables as t
from audit.batch.figures import Figure, figures
from audit.batch.store import Store
from audit.data import load_yaml

CODES = {
    "full": "f", "weak": "w", "plan_only": "p", "shortfall_only": "s", "absent": "a", "not_applicable": "n",
    "needs_human": "h", "error": "e",
}  # fmt: skip
"""One letter a verdict, so that the whole matrix is one short text a body."""
EXAMPLES = 3
_SHORT, _LONG = 14, 90


@dataclass(slots=True)
class BodyRow:
    """One body in the overview, in the roster's order."""

    body: int
    name: str
    table: str
    superior: str
    year: int
    state: str
    remark: str = ""
    report: int | None = None
    page: str = ""
    title: str = ""
    score: float | None = None
    low: float | None = None
    high: float | None = None
    statutory: float | None = None
    outline: float | None = None
    editorial: float | None = None
    band: str = ""
    judged: float | None = None
    filed_on: str = ""
    published_on: str = ""
    filed_late: bool | None = None
    published_late: bool | None = None
    address: str = ""
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    peers: int | None = None
    peer_count: int | None = None
    tier: int | None = None
    verdicts: str = ""
    defects: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One item of a checklist."""

    checklist: str
    checklist_title: str
    kind: str
    section: str
    item: str
    title: str
    indicator: str | None


@dataclass(slots=True)
class Overview:
    """Everything that the overview shows.

    Attributes:
        year: the year of the batch.
        rows: bodies in order.
        columns: items in the checklists' order.
        figures: report → figures.
        examples: indicator → (name of the body, sentence, page).
        doubles: reports that stand twice: body, path, path kept, why.
        failed: path and fault of what could not be audited.
        shared: pairs of paragraphs.
        checks: rows of the ledger's comparison.
        unknown: paths of reports whose body is not known.
    """

    year: int | None
    rows: list[BodyRow]
    columns: list[Column]
    figures: dict[int, list[Figure]]
    examples: dict[str, list[tuple[str, str, str]]]
    doubles: list[tuple[str, str, str, str]]
    failed: list[tuple[str, str]]
    shared: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    unknown: list[str]

    @property
    def counted(self) -> list[BodyRow]:
        """The rows that counts are made from: those of the year of the batch, all where it has none."""
        return [row for row in self.rows if self.year is None or row.year == self.year]

    @property
    def aside(self) -> dict[int, int]:
        """Year → reports of that year which stand in the tables but are left out of the counts."""
        kept = {row.year for row in self.rows} - {row.year for row in self.counted}
        return {
            year: len({row.report for row in self.rows if row.year == year and row.report is not None})
            for year in sorted(kept)
        }

    def aside_note(self) -> str:
        """What is said of reports of other years; empty where there are none."""
        years = {year: count for year, count in self.aside.items() if count}
        if not years:
            return ""
        rows = "、".join(wording.text("batch", "aside_year", year=y, n=n) for y, n in years.items())
        return wording.text("batch", "aside", year=self.year, n=sum(years.values()), rows=rows)


def collect(store: Store, ids: list[int], year: int | None, due: set[int]) -> Overview:
    """Gathers the overview of a batch.

    Args:
        store: the store.
        ids: reports of the batch.
        year: the year of the batch.
        due: bodies of the roster.
    """
    mine = set(ids)
    rows = _rows(store, mine, year, due)
    reports = {row.report: row for row in rows if row.report is not None and row.state == "filed"}
    columns = _columns(store, reports)
    _verdicts(store, reports, columns)
    _defects(store, reports)
    shown = {report: row.body for report, row in reports.items()}
    marked = figures(
        store, shown, _before(store, year), {report: row.table for report, row in reports.items()}
    )
    b, r, d = t.bodies.c, t.reports.c, t.doubles.c
    kept = t.reports.alias("kept")
    doubles = [
        (row[0] or "", row[1], row[2], wording.text("batch", "doubles", row[3]))
        for row in store.rows(
            select(b.name, r.path, kept.c.path, d.why, r.id)
            .join(t.reports, r.id == d.report)
            .join(kept, kept.c.id == d.kept)
            .outerjoin(t.bodies, b.id == d.body)
            .order_by(r.path, r.sha256)
        )
        if row[4] in mine or row[3] in ("older", "gone")
    ]
    failed = [
        (row[1], row[2])
        for row in store.rows(select(r.id, r.path, r.fault).where(r.state == "failed").order_by(r.path))
        if row[0] in mine
    ]
    query = select(r.id, r.path).where(r.state == "done", r.body.is_(None)).order_by(r.path)
    unknown = [row[1] for row in store.rows(query) if row[0] in mine]
    return Overview(
        year, rows, columns, marked, _examples(store, reports), doubles, failed, _shared(store, reports),
        _checks(store, year), unknown,
    )  # fmt: skip


def table_of(level: str | None, name: str, enforces: bool | None) -> str:
    """The id of the table that a body stands in."""
    for table in load_yaml("batch.yaml")["tables"]:
        if "level" in table and table["level"] != level:
            continue
        if "enforces" in table and table["enforces"] != enforces:
            continue
        if "name" in table and table["name"] not in name:
            continue
        return str(table["id"])
    return "other"


def _rows(store: Store, mine: set[int], year: int | None, due: set[int]) -> list[BodyRow]:
    f, b, r, s = t.filings.c, t.bodies.c, t.reports.c, t.standings.c
    query = (
        select(
            f.body, f.year, f.state, f.report, f.filed_late, f.published_late, f.remark,
            b.name, b.level.label("body_level"), b.kind, b.superior, b.powers, b.address, b.sort_order,
            r.level, r.enforces, r.name.label("page"), r.title, r.score, r.score_low, r.score_high, r.statutory, r.outline,
            r.editorial, r.band, r.judged_share, r.signed_on, r.filed_on, r.published_on, r.doc_type,
            s.peers, s.peer_count, s.rank, s.rank_low, s.rank_high, s.tier,
        )
        .join(t.bodies, b.id == f.body)
        .outerjoin(t.reports, r.id == f.report)
        .outerjoin(t.standings, s.report == f.report)
        .order_by(b.sort_order.is_(None), b.sort_order, b.name, f.year)
    )  # fmt: skip
    order = {table["id"]: n for n, table in enumerate(load_yaml("batch.yaml")["tables"])}
    rows = []
    for x in store.rows(query):
        if x.report not in mine and not (x.body in due and x.year == year):
            continue
        remark = wording.label("doc_types", x.remark) if x.state == "wrong_type" else x.remark or ""
        rows.append(
            BodyRow(
                body=x.body, name=x.name, table=table_of(x.level or x.body_level, x.name, x.enforces), superior=x.superior or "",
                year=x.year, state=x.state, remark=remark, report=x.report, page=x.page or "", title=x.title or "",
                score=x.score, low=x.score_low, high=x.score_high, statutory=x.statutory, outline=x.outline,
                editorial=x.editorial, band=x.band or "", judged=x.judged_share, filed_on=x.filed_on or "",
                published_on=x.published_on or "", filed_late=_bool(x.filed_late), published_late=_bool(x.published_late),
                address=x.address or "", rank=x.rank, rank_low=x.rank_low, rank_high=x.rank_high, peers=x.peers,
                peer_count=x.peer_count, tier=x.tier,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: order.get(row.table, len(order)))
    return rows


def _bool(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _before(store: Store, year: int | None) -> dict[int, int]:
    if year is None:
        return {}
    f = t.filings.c
    query = select(f.report, f.body).where(f.year == year - 1, f.state == "filed")
    return {row[0]: row[1] for row in store.rows(query)}


def _columns(store: Store, reports: dict[int, BodyRow]) -> list[Column]:
    s, q = t.sheets.c, t.requirements.c
    used = {row[1] for row in store.rows(select(s.report, s.sha256)) if row[0] in reports}
    order = {"statutory": 0, "outline": 1, "other": 2, "editorial": 3}
    found: dict[tuple[str, str], tuple[Any, Column]] = {}
    query = select(
        q.sha256,
        q.checklist,
        q.checklist_title,
        q.kind,
        q.section_title,
        q.item,
        q.title,
        q.indicator,
        q.number,
    ).order_by(q.checklist, q.version, q.number)
    for x in store.rows(query):
        if x.sha256 in used:
            key = (order.get(x.kind, 2), x.checklist, x.number)
            found[x.checklist, x.item] = (
                key, Column(x.checklist, x.checklist_title, x.kind, x.section_title, x.item, x.title, x.indicator)
            )  # fmt: skip
    return [column for _, column in sorted(found.values(), key=lambda pair: pair[0])]


def _verdicts(store: Store, reports: dict[int, BodyRow], columns: list[Column]) -> None:
    at = {(column.checklist, column.item): n for n, column in enumerate(columns)}
    c = t.items.c
    blank = " " * len(columns)
    letters: list[str] = []
    current: int | None = None

    def put() -> None:
        if current is not None:
            reports[current].verdicts = "".join(letters)

    for report, checklist, item, verdict in store.rows(
        select(c.report, c.checklist, c.item, c.verdict).order_by(c.report)
    ):
        if report not in reports:
            continue
        if report != current:
            put()
            current, letters = report, list(blank)
        if (checklist, item) in at:
            letters[at[checklist, item]] = CODES.get(verdict, "e")
    put()


def _defects(store: Store, reports: dict[int, BodyRow]) -> None:
    c = t.defects.c
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for report, kind in store.rows(select(c.report, c.kind).where(c.scored)):
        if report in reports:
            counts[report][kind] += 1
    for report, found in counts.items():
        reports[report].defects = dict(sorted(found.items()))


def _examples(store: Store, reports: dict[int, BodyRow]) -> dict[str, list[tuple[str, str, str]]]:
    """For each indicator the clearest sentences of different bodies: a figure and its matter, neither bare nor endless."""
    place = {report: n for n, report in enumerate(reports)}
    best: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    worst: dict[str, tuple[Any, ...]] = {}
    c = t.evidence.c
    query = select(c.report, c.indicator, c.sentence).where(c.number == 1, c.strength == "data")
    for report, indicator, sentence in store.rows(query):
        if report not in reports or not _SHORT <= len(sentence or "") <= _LONG:
            continue
        figures_said = min(len(re.findall(r"\d+(?:\.\d+)?", sentence)), 3)
        rank = (-figures_said, abs(len(sentence) - 45), place[report], report, sentence)
        if indicator in worst and rank > worst[indicator]:
            continue
        held, bare = best[indicator], re.sub(r"[\d\s.]+", "", sentence)
        held[bare] = min(rank, held.get(bare, rank))
        if len(held) > 40:
            best[indicator] = dict(sorted(held.items(), key=lambda each: each[1])[:EXAMPLES])
            worst[indicator] = max(best[indicator].values())
    return {
        indicator: [
            (reports[report].name, sentence, reports[report].page)
            for *_, report, sentence in sorted(held.values())[:EXAMPLES]
        ]
        for indicator, held in sorted(best.items())
    }


def _shared(store: Store, reports: dict[int, BodyRow]) -> list[dict[str, Any]]:
    s = t.shared.c
    a, b = t.paragraphs.alias("pa"), t.paragraphs.alias("pb")
    before = {
        row[0]: row[1:]
        for row in store.rows(
            select(t.reports.c.id, t.reports.c.publisher, t.reports.c.report_year, t.reports.c.name)
        )
    }
    query = (
        select(s.report_a, s.report_b, s.kind, s.likeness, s.characters, a.c.text, b.c.text)
        .join(a, (a.c.report == s.report_a) & (a.c.number == s.paragraph_a))
        .join(b, (b.c.report == s.report_b) & (b.c.number == s.paragraph_b))
        .order_by(s.report_a, s.paragraph_a, s.report_b, s.paragraph_b)
    )
    out = []
    for x in store.rows(query):
        if x[0] not in reports or x[2] == "bodies" and x[1] not in reports:
            continue
        one = reports[x[0]]
        other = reports.get(x[1])
        name = other.name if other else before.get(x[1], ("",))[0] or ""
        year = before[x[1]][1] if x[1] in before else None
        out.append(
            {"kind": x[2], "a": one.name, "b": name, "year": year, "likeness": x[3], "characters": x[4],
             "text_a": x[5], "text_b": x[6], "page_a": one.page, "page_b": other.page if other else ""}
        )  # fmt: skip
    out.sort(
        key=lambda pair: (
            pair["kind"],
            -pair["characters"] * pair["likeness"],
            pair["a"],
            pair["b"],
            pair["text_a"],
        )
    )
    return out


def _checks(store: Store, year: int | None) -> list[dict[str, Any]]:
    c, b = t.checks.c, t.bodies.c
    query = (
        select(
            b.name.label("body"), c.name, c.scope, c.known, c.said, c.said_scope, c.outcome, c.quote, c.year
        )
        .join(t.bodies, b.id == c.body)
        .order_by(b.sort_order.is_(None), b.sort_order, b.name, c.year, c.number)
    )
    return [dict(row._mapping) for row in store.rows(query) if year is None or row.year == year]
