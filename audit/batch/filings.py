"""How every body stands with filing, and which of several reports counts. Nothing is merged silently."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from audit.batch import tables as t
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


class Filings:
    """The tables `filings` and `doubles`.

    Args:
        store: the store.
        every: all its reports.
        owners: report → body.
        mine: reports of this batch.
        misplaced: report → the body under whose name the file came, where the report names another.
    """

    def __init__(
        self,
        store: Store,
        every: Sequence[Light],
        owners: dict[int, int | None],
        mine: set[int],
        misplaced: dict[int, int],
    ) -> None:
        self.store = store
        self.valid: dict[tuple[int, int], list[Light]] = defaultdict(list)
        self.others: dict[int, list[Light]] = defaultdict(list)
        self.mine: dict[int, list[Light]] = defaultdict(list)
        self.misplaced = misplaced
        self.own_years = {
            r.id: r.report_year for r in every if r.report_year and (r.id in mine or not r.present)
        }
        for report in every:
            owner = owners[report.id]
            if report.id in misplaced:
                self.others[misplaced[report.id]].append(report)
            if owner is None:
                continue
            if report.state == "done" and report.doc_type == "annual-report" and report.report_year:
                self.valid[owner, report.report_year].append(report)
                if report.id in mine:
                    self.mine[owner].append(report)
            elif report.id in mine:
                self.others[owner].append(report)

    def write(self, due: Sequence[int], year: int | None, batch: str) -> dict[tuple[int, int], int]:
        """Writes both tables.

        Args:
            due: bodies that are to file for `year`.
            year: the year of the batch.
            batch: its name.

        Returns:
            (body, year) → the report that counts.
        """
        late = _late(self.store)
        chosen: dict[tuple[int, int], int] = {}
        filings: list[tuple[Any, ...]] = []
        doubles: list[tuple[Any, ...]] = []
        for (body, of_year), found in sorted(self.valid.items()):
            candidates = sorted(found, key=_preference)
            best = candidates[0]
            chosen[body, of_year] = best.id
            for n, other in enumerate(candidates[1:], start=1):
                twin = next((each for each in candidates[:n] if each.sha256 == other.sha256), best)
                doubles.append((other.id, body, of_year, twin.id, self._why(other, twin)))
            dates = (best.filed_on, best.published_on, *late.get(best.id, (None, None)))
            filings.append((body, of_year, "filed", best.id, *dates, None, None))
        filings += self._unfiled(due, year, batch, chosen)
        self.store.replace(t.filings, sorted(filings, key=lambda row: (row[0], row[1])))
        self.store.replace(t.doubles, sorted(doubles))
        return chosen

    def _unfiled(
        self, due: Sequence[int], year: int | None, batch: str, chosen: Collection[tuple[int, int]]
    ) -> list[tuple[Any, ...]]:
        """Rows of bodies without a right report; those that other batches or years found stay.

        A wrong document stands in its own year where it names one, else in the year of the batch.
        """
        wanted, found = set(due), {}
        c = t.filings.c
        for row in self.store.rows(select(*t.filings.c).where(c.state != "filed")):
            if (row.batch, row.year) == (batch, year) or (row.body, row.year) in chosen:
                continue
            if row.batch == batch and self.own_years.get(row.report) == row.year:
                continue
            found[row.body, row.year] = tuple(row)
        for body in dict.fromkeys([*due, *self.others]):
            years = {self._year_of(r, body) or year or 0 for r in self.others.get(body, ())}
            for of_year in sorted(years | {year or 0}):
                if not of_year or (body, of_year) in chosen:
                    continue
                state = self._instead(body, of_year, of_year == year, body in wanted)
                if state[0] != "missing" or body in wanted and of_year == year:
                    found[body, of_year] = (
                        body,
                        of_year,
                        *state[:2],
                        None,
                        None,
                        None,
                        None,
                        state[2],
                        batch,
                    )
        return list(found.values())

    def _year_of(self, report: Light, body: int) -> int | None:
        """The year in which a wrong document stands; None: that of the batch, as for another body's report."""
        return None if self.misplaced.get(report.id) == body else report.report_year

    def _instead(self, body: int, year: int, main: bool, wanted: bool) -> tuple[str, int | None, str | None]:
        """What stands in the place of a year's report: state, report, remark.

        Args:
            body: the body.
            year: the year.
            main: it is the year of the batch, where documents without a year stand too.
            wanted: the body is to file for the year of the batch.
        """
        every = self.others.get(body, [])
        found = [r for r in every if (own := self._year_of(r, body)) == year or main and not own]
        for report in found:
            if self.misplaced.get(report.id) == body:
                return "wrong_body", report.id, report.publisher
        for report in found:
            if report.state == "failed":
                return "unreadable", report.id, None
        for report in found:
            if report.doc_type != "annual-report":
                return "wrong_type", report.id, report.doc_type
        if main and wanted:
            for report in (*self.mine.get(body, ()), *every):
                if report.report_year and report.report_year != year:
                    return "wrong_year", report.id, str(report.report_year)
        return "missing", None, None

    def _why(self, other: Light, best: Light) -> str:
        if other.path == best.path:
            return "older"
        if not other.present:
            return "gone"
        if other.sha256 == best.sha256:
            return "same-file"
        if other.text_sha == best.text_sha or self._alike(other.id, best.id):
            return "format" if other.format != best.format else "same-text"
        return "second"

    def _alike(self, one: int, two: int) -> bool:
        found: list[set[int]] = []
        c = t.paragraphs.c
        for report in (one, two):
            rows = self.store.rows(select(c.grams).where(c.report == report, c.grams.is_not(None)))
            found.append({n for row in rows for n in struct.unpack(f"<{len(row[0]) // 8}q", row[0])})
        larger = max(len(found[0]), len(found[1]))
        return larger > 0 and len(found[0] & found[1]) / larger >= SAME_TEXT


def _preference(report: Light) -> tuple[Any, ...]:
    """The report that counts among several: there, signed last, in the best format, first by path."""
    signed = -int((report.signed_on or "0").replace("-", "") or 0)
    form = FORMATS.index(report.format) if report.format in FORMATS else len(FORMATS)
    return (not report.present, signed, form, report.path, report.sha256)


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
