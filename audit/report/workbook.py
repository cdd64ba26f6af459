"""Workbooks: typed cells, frozen heads, filters, widths; no text of a report can become a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

CREATOR = "fazhi-audit"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that a spreadsheet might take for a formula."""
LONGEST = 32_000
"""Characters that one cell may hold."""
ILLEGAL = {number: None for number in range(32) if number not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
ILLEGAL |= dict.fromkeys(range(0xD800, 0xE000))


class Book:
    """A workbook being written; the same bytes for the same content.

    Args:
        title: of the document properties.
        constant_memory: rows are written through at once, for large tables.
    """

    def __init__(self, title: str, *, constant_memory: bool = False) -> None:
        import xlsxwriter

        self._out = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": not constant_memory, "constant_memory": constant_memory, "strings_to_formulas": False,
                "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True,
            },
        )  # fmt: skip
        self.book.set_properties(
            {"title": title, "author": CREATOR, "comments": "", "created": datetime(2000, 1, 1)}
        )
        self._forms: dict[tuple[tuple[str, Any], ...], Any] = {}

    def form(self, **look: Any) -> Any:
        """A cell format, made once."""
        look = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"} | look
        key = tuple(sorted(look.items()))
        if key not in self._forms:
            self._forms[key] = self.book.add_format(look)
        return self._forms[key]

    def table(
        self, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float], *,
        formats: dict[int, str] | None = None, title: str = "", keep: int = 0, remark: str = "",
    ) -> Any:  # fmt: skip
        """A sheet with one table: head in bold, frozen, with filters.

        Args:
            name: of the sheet.
            head: names of the columns.
            rows: cells; numbers stay numbers, None is empty.
            widths: of the columns, in characters.
            formats: number formats by column.
            title: a line above the head.
            keep: columns that stay in view.
            remark: a line below the table.
        """
        sheet = self.book.add_worksheet(name)
        formats = formats or {}
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        top = 0
        if title:
            self.words(sheet, 0, 0, title, bold=True, font_size=14)
            top = 1
        for column, word in enumerate(head):
            sheet.write_string(
                top,
                column,
                word,
                self.form(bold=True, bg_color="#E7E6E6", border=1, text_wrap=True, align="center"),
            )
        last = top
        for last, row in enumerate(rows, start=top + 1):
            sheet.set_row(last, height(row, widths))
            for column, value in enumerate(row):
                self.cell(sheet, last, column, value, formats.get(column, ""))
        sheet.freeze_panes(top + 1, keep)
        sheet.autofilter(top, 0, max(last, top + 1), len(head) - 1)
        if remark:
            self.words(sheet, last + 2, 0, remark, italic=True)
        self.printed(sheet, top, wide=sum(widths) > 250)
        return sheet

    def printed(self, sheet: Any, head: int | None = None, *, wide: bool = False) -> None:
        """How a sheet prints: A4 (wide ones A3) lying, all columns on a page, its head on every page."""
        sheet.set_paper(8 if wide else 9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        if head is not None:
            sheet.repeat_rows(head)

    def cell(self, sheet: Any, row: int, column: int, value: Any, number: str = "") -> None:
        """One cell: a number, a date or a text; a text that looks like a formula is marked as text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.form(border=1))
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.form(border=1))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.form(border=1, num_format=number or "General"))
        elif isinstance(value, datetime):
            sheet.write_datetime(
                row, column, value, self.form(border=1, num_format="yyyy-mm-dd", align="left")
            )
        else:
            self.words(sheet, row, column, str(value), border=1, text_wrap=True)

    def words(self, sheet: Any, row: int, column: int, text: str, **look: Any) -> None:
        """A text cell that can never be taken for a formula."""
        text = text.translate(ILLEGAL)[:LONGEST]
        if text.startswith(RISKY):
            look["quote_prefix"] = True
        sheet.write_string(row, column, text, self.form(**look))

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._out.getvalue()


def height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """The height in points that a row of wrapped texts takes in columns of these widths; not every program finds it."""
    lines = 1
    for value, width in zip(cells, widths, strict=False):
        if isinstance(value, str):
            room = max(int(width) - 1, 2)
            rows = (sum(1 if char < "\u2000" else 2 for char in part) for part in value.split("\n"))
            lines = max(lines, sum(max(1, -(-taken // room)) for taken in rows))
    return min(409.0, 14.25 * lines + 3)


def day(value: str | None) -> datetime | str | None:
    """An ISO date as a date cell; other text as it is."""
    if not value:
        return None
    try:
        return datetime.fromisoformat(value[:10])
    except ValueError:
        return value
