"""The workbook: typed cells, filters, no formulas from report text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from page_cases import SEEDS, changed, hostile, of_text, poisoned, seed
from paper_cases import dates_in_zip

from audit import wording
from audit.report import Paper, is_ours
from audit.report.workbook import Book, day, height
from audit.report.xlsx import render
from audit.result import Defect, Result

SHEETS = ["封面", "逐项", "规范性问题", "数据", "复核单"]


def opened(result: Result, **paper: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(result, Paper(**paper))))


@pytest.mark.parametrize("name", [path.stem for path in SEEDS])
def test_sheets_rows_and_sums(name: str) -> None:
    result = seed(name)
    book = opened(result)
    assert book.sheetnames == SHEETS
    items = [item for sheet in result.checklists for group in sheet.groups for item in group.items]
    rows = list(book["逐项"].iter_rows(min_row=2, max_row=len(items) + 1, values_only=True))
    assert [row[2] for row in rows] == [item.title for item in items]
    judged = [item for item in items if item.credit is not None]
    assert sum(row[8] for row in rows if row[8] is not None) == pytest.approx(
        sum(item.points for item in judged)
    )
    assert all(isinstance(row[6], int | float) for row in rows)
    texts = " ".join(str(cell) for row in book["封面"].iter_rows(values_only=True) for cell in row if cell)
    assert wording.standing_remark() in texts and wording.unreviewed() in texts
    metrics = [m for indicator in result.indicators for m in indicator.metrics]
    assert [
        row[2] for row in book["数据"].iter_rows(min_row=2, max_row=len(metrics) + 1, values_only=True)
    ] == [m.value for m in metrics]
    for sheet in SHEETS[1:]:
        assert book[sheet].freeze_panes and book[sheet].auto_filter.ref


def test_quotes_are_the_report_s_own() -> None:
    result = seed("wulong-2020")
    column = [cell.value for cell in opened(result)["逐项"]["M"][1:] if cell.value]
    quotes = {evidence.quote for indicator in result.indicators for evidence in indicator.evidence}
    assert column and set(column) <= quotes


@pytest.mark.parametrize(
    "bad", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "{=1}", "http://x.y"]
)
def test_no_text_becomes_a_formula_or_link(bad: str) -> None:
    defect = Defect(kind="noise", quote=bad, start=0, end=1, why=bad, remedy=bad)
    result = changed(
        seed("wulong-2020"), defects=[defect.model_dump()], document__title=bad, document__publisher=bad
    )
    content = render(result, Paper(reviewed_by=bad))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    risky = [
        cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t" and cell.value
    ]
    assert all(cell.quotePrefix for cell in risky)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(
            re.search(rb"<f[ >]", archive.read(n)) for n in archive.namelist() if "worksheets/" in n
        )


@pytest.mark.parametrize("result", [hostile, poisoned])
def test_hostile_results_open(result: Any) -> None:
    assert opened(result()).sheetnames == SHEETS


def test_same_bytes_ours_and_bare(tmp_path: Path) -> None:
    content = render(seed("wulong-2020"), Paper())
    assert content == render(seed("wulong-2020"), Paper())
    assert len(dates_in_zip(content)) == 1
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert is_ours(path)
    assert opened(of_text("通知\n请参加会议。")).sheetnames == SHEETS
    assert opened(seed("wulong-2020"), reviewed_by="王某")["封面"]["B15"].value == "王某"


def test_cells() -> None:
    book = Book("t")
    book.table(
        "一", ["a", "b"], [("x" * 40_000, 1.5), (True, day("2024-02-03")), ("a\x01b\ud800", None)], (10, 10)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(book.bytes()))["一"]
    assert len(sheet["A2"].value) == 32_000 and sheet["B2"].value == 1.5
    assert sheet["A3"].value is True and sheet["B3"].value.day == 3
    assert sheet["A4"].value == "ab" and sheet["B4"].value is None
    assert day("二月") == "二月" and day(None) is None


def test_rows_are_as_high_as_their_longest_text() -> None:
    assert height(["短", 3, None], (10, 10, 10)) == height([], ())
    assert height(["一二三四五六七八九十"], (11,)) == height(["一二三四五", "x" * 20], (11, 11))
    assert height(["长" * 30_000], (10,)) == 409
