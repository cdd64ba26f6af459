"""The audit of one report as a workbook: cover, items, defects, figures, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit import wording
from audit.report import Paper
from audit.report.letter_points import sort_points
from audit.report.page_scores import sentence
from audit.report.places import Places
from audit.report.workbook import Book, day, height
from audit.result import Result

COVER = (18, 40, 12, 12, 12, 16, 44)
"""Widths of the columns of the cover, in characters."""


def render(result: Result, paper: Paper) -> bytes:
    """The workbook; the same bytes for the same result."""
    title = heading(result)
    book = Book(title)
    places = Places(result.document)
    _cover(book, result, paper, title)
    names = wording.entry("xlsx", "sheets")

    def head(which: str) -> list[str]:
        return list(wording.entry("xlsx", f"{which}_head").values())

    book.table(
        names["items"], head("items"), _items(result, places),
        (10, 22, 26, 14, 12, 10, 8, 8, 8, 8, 12, 40, 50, 16, 10, 34, 50, 10, 26, 28, 28),
        formats={6: "0.00", 7: "0%", 8: "0.00", 9: "0.00", 10: "0.00"}, keep=3, remark=wording.standing_remark(),
    )  # fmt: skip
    book.table(names["defects"], head("defects"), _defects(result, places), (16, 12, 10, 60, 18, 12, 50, 40))
    book.table(
        names["figures"],
        head("figures"),
        _figures(result, places),
        (26, 28, 14, 14, 30, 8, 10, 50, 18, 12),
        formats={2: "#,##0.##"},
    )
    rows = [
        (r.subject, r.outcome, r.why, r.quote, r.where, "", "", "", "") for r in sort_points(result).reviews
    ]
    book.table(names["reviews"], head("reviews"), rows, (28, 16, 40, 60, 22, 16, 12, 14, 30))
    return book.bytes()


def heading(result: Result, section: str = "xlsx") -> str:
    """The title of a paper about this report, in the words of a section of the wording file."""
    document = result.document
    body = document.publisher or document.title or document.name
    if document.report_year is None:
        return wording.text(section, "title_no_year", body=body)
    return wording.text(section, "title", body=body, year=document.report_year)


def _cover(book: Book, result: Result, paper: Paper, title: str) -> None:
    document, say = result.document, wording.text
    sheet = book.book.add_worksheet(wording.text("xlsx", "sheets", "cover"))
    for column, width in enumerate(COVER):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 6, "", book.form(bold=True, font_size=16, align="center"))
    book.words(sheet, 0, 0, title, bold=True, font_size=16, align="center")
    sheet.set_row(0, 30)
    review = paper.reviewed_by or wording.unreviewed()
    values: dict[str, Any] = {
        "body": document.publisher, "level": wording.level(document.level), "year": document.report_year,
        "kind": wording.label("doc_types", document.doc_type), "report": document.title,
        "stage": wording.label("stages", document.stage), "signed": day(document.signed_on), "filed": day(document.filed_on),
        "published": day(document.published_on), "characters": document.characters,
        "file": document.source.path.replace("\\", "/").rsplit("/", 1)[-1], "conclusion": sentence(result),
        "reviewed": review, "reviews": len(sort_points(result).reviews),
        "remark": say("xlsx", "inner", remark=wording.standing_remark()),
    }  # fmt: skip
    row = 1
    for key, word in wording.entry("xlsx", "cover").items():
        row += 1
        sheet.write_string(row, 0, word, book.form(bold=True, border=1, bg_color="#E7E6E6"))
        sheet.merge_range(row, 1, row, 6, "", book.form(border=1, text_wrap=True, align="left"))
        _value(book, sheet, row, values[key])
        if isinstance(values[key], str):
            sheet.set_row(row, height(["", values[key]], (COVER[0], sum(COVER[1:]))))
    row += 2
    for column, word in enumerate(wording.entry("xlsx", "scores_head").values()):
        sheet.write_string(row, column, word, book.form(bold=True, border=1, bg_color="#E7E6E6"))
    for each in result.checklists:
        row += 1
        cells = (
            wording.label("parts", each.kind or "other"), each.title, each.score, each.score_low, each.score_high,
            each.judged_share, each.withheld_because,
        )  # fmt: skip
        sheet.set_row(row, height(cells, COVER))
        for column, value in enumerate(cells):
            book.cell(sheet, row, column, value, {5: "0.0%"}.get(column, "0.00"))
    row += 1
    note = result.overall.formula
    sheet.set_row(row, height(["", "", "", "", "", "", note], COVER))
    for column, value in enumerate(
        (say("xlsx", "overall"), result.overall.band or "", result.overall.score, None, None, None, note)
    ):
        book.cell(sheet, row, column, value, "0.00")
    sheet.freeze_panes(1, 0)
    book.printed(sheet)


def _value(book: Book, sheet: Any, row: int, value: Any) -> None:
    look: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "left"}
    if isinstance(value, int):
        sheet.write_number(row, 1, value, book.form(**look))
    elif hasattr(value, "year"):
        sheet.write_datetime(row, 1, value, book.form(**look, num_format="yyyy-mm-dd"))
    elif value:
        book.words(sheet, row, 1, str(value), **look)


def _items(result: Result, places: Places) -> Iterator[tuple[Any, ...]]:
    indicators = {indicator.id: indicator for indicator in result.indicators}
    unsure = wording.text("unverified_clause")
    for sheet in result.checklists:
        for group in sheet.groups:
            for item in group.items:
                indicator = (
                    indicators.get(item.indicator or item.id)
                    if sheet.kind not in ("statutory", "editorial")
                    else None
                )
                best = indicator.evidence[0] if indicator and indicator.evidence else None
                figures = "；".join(_metric(metric) for metric in indicator.metrics) if indicator else ""
                basis = item.basis or ""
                if basis and not item.basis_verified:
                    basis = wording.text("xlsx", "unverified", basis=basis, remark=unsure)
                review = indicator.review_because if indicator and item.needs_review else ""
                decided = item.decided or {}
                yield (
                    wording.label("parts", sheet.kind or "other"), group.title, item.title,
                    wording.verdict(item.verdict, sheet.kind, item.id), wording.grade(indicator.grade) if indicator else "",
                    wording.label("needs", item.requires), item.points_possible, item.credit,
                    item.points if item.credit is not None else None, item.points_lost if item.credit is not None else None,
                    item.score_if_mended, item.reason, best.quote if best else "", places.part(best.start) if best else "",
                    places.where(best.start) if best else "", figures, item.advice or "",
                    item.clause or "", basis, review or (wording.text("needs_review") if item.needs_review else ""),
                    "，".join(str(decided[key]) for key in ("who", "when", "why") if decided.get(key)),
                )  # fmt: skip


def _metric(metric: Any) -> str:
    value = f"{metric.value:g}" if metric.value < 1e6 else f"{metric.value:.0f}"
    scope = "" if metric.scope == "all" else f"（{metric.scope}）"
    about = wording.text("page", "about", value="") if metric.approx else ""
    return f"{metric.name or metric.key} {value}{'%' if metric.unit == 'percent' else ''}{about}{scope}"


def _defects(result: Result, places: Places) -> Iterator[tuple[Any, ...]]:
    yes, no = wording.text("xlsx", "yes"), wording.text("xlsx", "no")
    for d in (*result.defects, *result.hints):
        at = d.start
        yield (
            wording.defect(d.kind), wording.label("severities", d.severity), yes if d.scored else no, d.quote or "",
            places.part(at) if at is not None else "", places.where(at) if at is not None else "", d.why, d.remedy,
        )  # fmt: skip


def _figures(result: Result, places: Places) -> Iterator[tuple[Any, ...]]:
    yes = wording.text("xlsx", "yes")
    for indicator in result.indicators:
        for metric in indicator.metrics:
            value = int(metric.value) if metric.value == int(metric.value) else metric.value
            yield (
                indicator.title, metric.name or metric.key, value, wording.text("xlsx", "units", metric.unit),
                wording.text("xlsx", "all") if metric.scope == "all" else metric.scope, yes if metric.approx else "",
                yes if metric.mixed else "", metric.quote, places.part(metric.start), places.where(metric.start),
            )  # fmt: skip
