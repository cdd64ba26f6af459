"""The overview as a workbook: sheets 总表、事项矩阵、指标值、缺项、规范性问题、未报送, and what was compared.

Written row by row with constant memory; texts never become formulas; the same data give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from audit import wording
from audit.batch import tables as t
from audit.batch.overview_data import CODES, Overview
from audit.batch.store import Store
from audit.data import load_yaml
from audit.report.workbook import height

_LONGEST = 32_000
_WIDE = {
    "body": 26,
    "title": 30,
    "item": 34,
    "quote": 60,
    "why": 46,
    "reason": 46,
    "remark": 22,
    "metric": 24,
    "section": 24,
}
_NARROW = 7
_SHORT = ("number", "year", "rank", "tier")
_FORMS = dict.fromkeys(("score", "statutory", "outline", "editorial", "lost"), "0.00") | {"judged": "0%"}
_FITS = 250
"""Widths of columns, in characters, that still fit on a page; wider sheets run over several."""
_WRAPPED = ("quote", "why", "reason")
_ONE_LINE = height([], ())


class Book:
    """A workbook whose sheets are written one after another."""

    def __init__(self) -> None:
        import xlsxwriter

        self.out = io.BytesIO()
        self.folder = tempfile.TemporaryDirectory(prefix="fazhi-audit-")
        self.book = xlsxwriter.Workbook(
            self.out,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
             "nan_inf_to_errors": True, "tmpdir": self.folder.name},
        )  # fmt: skip
        fixed = datetime.datetime(2000, 1, 1)
        self.book.set_properties(
            {"author": "fazhi-audit", "created": fixed, "comments": wording.standing_remark()}
        )
        self.head = self.book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#F1F0EC"}
        )
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.forms = {form: self.book.add_format({"num_format": form}) for form in ("0.00", "0%")}
        self.note = self.book.add_format({"italic": True, "font_color": "#555C64"})

    def sheet(
        self,
        name: str,
        columns: list[tuple[str, str]],
        rows: Iterable[Iterable[Any]],
        freeze: int = 2,
        legend: str = "",
    ) -> None:
        """Adds a sheet: a remark, a head line, rows. Columns are (key for the width, title)."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, f"{wording.standing_remark()}{wording.unreviewed()}。{legend}", self.note)
        all_widths = [_NARROW if key in _SHORT else _WIDE.get(key, 11) for key, _ in columns]
        sheet.set_row(1, height([title for _, title in columns], all_widths) + 3)
        for n, ((key, title), width) in enumerate(zip(columns, all_widths, strict=True)):
            form = self.wrap if key in _WRAPPED else self.forms.get(_FORMS.get(key, ""))
            sheet.set_column(n, n, width, form)
            sheet.write_string(1, n, title, self.head)
        sheet.set_landscape()
        sheet.set_paper(9 if sum(all_widths) < _FITS else 8)
        if sum(all_widths) < _FITS:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.repeat_columns(0, max(freeze - 1, 0))
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.freeze_panes(2, freeze)
        wrapped = [n for n, (key, _) in enumerate(columns) if key in _WRAPPED]
        widths = [_WIDE[columns[n][0]] for n in wrapped]
        line = 1
        for line, row in enumerate(rows, start=2):
            row = list(row)
            if wrapped and (high := height([row[n] for n in wrapped], widths)) > _ONE_LINE:
                sheet.set_row(line, high)
            for n, value in enumerate(row):
                _cell(sheet, line, n, value)
        sheet.autofilter(1, 0, max(line, 1), max(len(columns) - 1, 0))

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        self.folder.cleanup()
        return self.out.getvalue()


def _cell(sheet: Any, line: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(line, column, "是" if value else "否")
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value)[:_LONGEST])


def _titled(*keys: str) -> list[tuple[str, str]]:
    return [(key, wording.text("batch", "columns", key)) for key in keys]


def workbook(data: Overview, store: Store, ranks: bool) -> bytes:
    """The workbook of a batch.

    Args:
        data: the overview.
        store: for the rows that are too many to hold.
        ranks: show ranks too.
    """
    book = Book()
    name = wording.entry("batch", "sheets")
    book.sheet(name["all"], _all_columns(ranks), _all(data, ranks), 2, data.aside_note())
    names = {n: f"{c.title}" for n, c in enumerate(data.columns)}
    heads = _titled("number", "body") + [("", title) for title in names.values()]
    marks = "、".join(f"{wording.verdict_mark(verdict)} {wording.verdict(verdict)}" for verdict in CODES)
    book.sheet(name["matrix"], heads, _matrix(data), 2, wording.text("batch", "legend", marks=marks))
    book.sheet(
        name["metrics"],
        _titled("number", "body", "table", "metric", "value", "unit", "scope", "before", "mark", "quote"),
        _metrics(data),
    )
    book.sheet(
        name["lacking"],
        _titled("number", "body", "checklist", "section", "item", "verdict", "lost", "reason"),
        _lacking(data, store),
    )
    book.sheet(
        name["defects"], _titled("number", "body", "kind", "severity", "quote", "why"), _defects(data, store)
    )
    book.sheet(
        name["missing"],
        _titled("number", "body", "superior", "table", "year", "state", "remark"),
        _missing(data),
    )
    if data.shared:
        book.sheet(name["alike"], _alike_columns(), _alike(data))
    if data.doubles:
        book.sheet(name["doubles"], _titled("body", "left_out", "kept", "remark"), data.doubles, 1)
    if data.checks:
        book.sheet(name["checks"], _check_columns(), _checks(data))
    return book.bytes()


def checks_book(data: Overview) -> bytes:
    """The 数据核实单: the ledger against the reports, item by item."""
    book = Book()
    book.sheet(wording.text("batch", "sheets", "checks"), _check_columns(), _checks(data))
    return book.bytes()


def _all_columns(ranks: bool) -> list[tuple[str, str]]:
    keys = [
        "number",
        "body",
        "superior",
        "table",
        "year",
        "state",
        "filed_on",
        "filed_late",
        "published_on",
        "published_late",
    ]
    keys += ["score", "interval", "statutory", "outline", "editorial", "band", "tier"]
    keys += ["rank", "rank_span"] if ranks else []
    return _titled(*keys, "judged", "page", "address", "remark")


def _titles() -> dict[str, str]:
    return {table["id"]: table["title"] for table in load_yaml("batch.yaml")["tables"]}


def _late(late: bool | None) -> str:
    return "" if late is None else wording.text("batch", "late" if late else "in_time")


def _all(data: Overview, ranks: bool) -> Iterator[list[Any]]:
    titles = _titles()
    for n, r in enumerate(data.rows, start=1):
        span = "" if r.low is None else f"{r.low:.2f}—{r.high:.2f}"
        placed = (
            [r.rank, "" if r.rank is None else f"{r.rank_low}—{r.rank_high}（共{r.peer_count}家）"]
            if ranks
            else []
        )
        yield [
            n, r.name, r.superior, titles[r.table], r.year, wording.text("batch", "states", r.state), r.filed_on,
            _late(r.filed_late), r.published_on, _late(r.published_late), r.score, span, r.statutory, r.outline, r.editorial,
            r.band, r.tier, *placed, r.judged, f"{r.page}.html" if r.page else "", r.address, r.remark,
        ]  # fmt: skip


def _matrix(data: Overview) -> Iterator[list[Any]]:
    marks = {CODES[name]: wording.verdict_mark(name) for name in CODES}
    for n, row in enumerate(data.rows, start=1):
        if row.verdicts:
            yield [n, row.name, *[marks.get(letter, "") for letter in row.verdicts]]


def _metrics(data: Overview) -> Iterator[list[Any]]:
    titles = _titles()
    for n, row in enumerate(data.rows, start=1):
        for f in data.figures.get(row.report or 0, ()):
            scope = ("合并计数；" if f.mixed else "") + ("总体" if f.scope == "all" else f.scope)
            marks = "、".join(wording.text("batch", "marks", mark) for mark in f.marks)
            unit = wording.label("units", f.unit)
            yield [
                n,
                row.name,
                titles[row.table],
                wording.label("metrics", f.key),
                f.value,
                unit,
                scope,
                f.before,
                marks,
                f.quote,
            ]


def _by_report(data: Overview, store: Store, query: Any) -> Iterator[tuple[int, Any, list[Any]]]:
    """Rows of a child table in the overview's order, one body after another, a few hundred bodies at a time."""
    order = [
        (n, row)
        for n, row in enumerate(data.rows, start=1)
        if row.report is not None and row.state == "filed"
    ]
    for at in range(0, len(order), 300):
        block = order[at : at + 300]
        held: dict[int, list[Any]] = {}
        for found in store.rows(query([row.report for _, row in block])):
            held.setdefault(found.report, []).append(found)
        for n, row in block:
            yield n, row, held.get(row.report or 0, [])


def _lacking(data: Overview, store: Store) -> Iterator[list[Any]]:
    c = t.items.c
    columns = {(column.checklist, column.item): column for column in data.columns}
    open_ = ("absent", "plan_only", "shortfall_only", "weak", "needs_human", "error")

    def query(reports: list[int | None]) -> Any:
        return (
            select(c.report, c.checklist, c.item, c.verdict, c.points_lost, c.reason)
            .where(c.report.in_(reports), c.verdict.in_(open_))
            .order_by(c.report, c.checklist, c.number)
        )

    for n, row, found in _by_report(data, store, query):
        for x in found:
            column = columns.get((x.checklist, x.item))
            if column is not None and column.kind != "editorial":
                said = wording.verdict(x.verdict, x.checklist, x.item)
                yield [
                    n,
                    row.name,
                    column.checklist_title,
                    column.section,
                    column.title,
                    said,
                    x.points_lost,
                    x.reason,
                ]


def _defects(data: Overview, store: Store) -> Iterator[list[Any]]:
    c = t.defects.c

    def query(reports: list[int | None]) -> Any:
        return (
            select(c.report, c.kind, c.severity, c.quote, c.why)
            .where(c.report.in_(reports))
            .order_by(c.report, c.number)
        )

    for n, row, found in _by_report(data, store, query):
        for x in found:
            yield [
                n,
                row.name,
                wording.defect(x.kind),
                wording.label("severities", x.severity),
                x.quote,
                x.why,
            ]


def _missing(data: Overview) -> Iterator[list[Any]]:
    titles = _titles()
    for n, row in enumerate(data.rows, start=1):
        if row.state != "filed":
            yield [
                n,
                row.name,
                row.superior,
                titles[row.table],
                row.year,
                wording.text("batch", "states", row.state),
                row.remark,
            ]


def _alike_columns() -> list[tuple[str, str]]:
    body, quote = wording.text("batch", "columns", "body"), wording.text("batch", "columns", "quote")
    return [
        ("body", body + "一"),
        ("quote", quote + "一"),
        ("body", body + "二"),
        ("quote", quote + "二"),
        *_titled("year", "likeness"),
    ]


def _alike(data: Overview) -> Iterator[list[Any]]:
    for p in data.shared:
        yield [
            p["a"],
            p["text_a"],
            p["b"],
            p["text_b"],
            p["year"] if p["kind"] == "last-year" else "",
            p["likeness"],
        ]


def _check_columns() -> list[tuple[str, str]]:
    return _titled("body", "year", "metric", "known_scope", "known", "said", "said_scope", "outcome", "quote")


def _checks(data: Overview) -> Iterator[list[Any]]:
    whole = {"all": "总体", "mixed": "合并计数"}
    for c in data.checks:
        scope, said = whole.get(c["scope"], c["scope"]), whole.get(c["said_scope"] or "", c["said_scope"])
        outcome = wording.text("batch", "outcomes", c["outcome"])
        yield [c["body"], c["year"], c["name"], scope, c["known"], c["said"], said, outcome, c["quote"]]
