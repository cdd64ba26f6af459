"""The report against the office's ledger: same scope or no comparison."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import batch_world as world
import openpyxl
import pytest

from audit.batch.ledger import Known, _compared, read_ledger
from audit.errors import UsageError


def write(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_wide_and_long(tmp_path: Path) -> None:
    wide = write(
        tmp_path / "a.xlsx",
        ("单位", "负责人出庭应诉率(%)", "败诉率", "行政复议案件数", "收文日期"),
        ("青河县", 92.5, 0.08, 31, "2025-02-07"),
        ("白沙县", None, "12%", "—", None),
    )
    assert read_ledger(wide) == [
        Known("青河县", None, "received_on", None, "2025-02-07", "all"),
        Known("青河县", None, "head_appearance_rate", 92.5, None, "all"),
        Known("青河县", None, "lost_rate", 8.0, None, "all"),
        Known("青河县", None, "reconsideration_cases", 31.0, None, "all"),
        Known("白沙县", None, "lost_rate", 12.0, None, "all"),
    ]
    long = write(
        tmp_path / "b.xlsx",
        ("单位", "年度", "指标", "口径", "数值"),
        ("青河县", 2024, "败诉率", "区政府为被告", "5%"),
    )
    assert read_ledger(long) == [Known("青河县", 2024, "lost_rate", 5.0, None, "区政府为被告")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("单位", "幸福指数"), ("青河县", 5)], "幸福指数”不认识"),
        ([("单位", "败诉率"), ("青河县", "很低")], "不是数字"),
        ([("单位", "败诉率")], "没有可核对"),
        ([("单位", "收文日期"), ("青河县", "明天")], "读不懂"),
    ],
)
def test_faults(tmp_path: Path, rows: list[tuple[object, ...]], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_ledger(write(tmp_path / "a.xlsx", *rows))


def said(
    value: float,
    scope: str = "all",
    unit: str = "percent",
    approx: bool = False,
    mixed: bool = False,
    quote: str = "……",
) -> SimpleNamespace:
    return SimpleNamespace(
        key="lost_rate", value=value, unit=unit, scope=scope, approx=approx, mixed=mixed, quote=quote
    )


@pytest.mark.parametrize(
    ("known", "found", "outcome"),
    [
        (8.04, [said(8.0)], "same"),
        (8.09, [said(8.0)], "same"),
        (8.12, [said(8.0, quote="败诉率8.0%")], "differs"),
        (8.09, [said(8.0, quote="败诉率8.0%")], "same"),
        (8.1, [said(8.1)], "same"),
        (9.5, [said(8.0)], "differs"),
        (8.0, [said(8.0, "一审")], "other_scope"),
        (8.0, [said(8.0, mixed=True)], "other_scope"),
        (8.0, [said(30.0, "一审"), said(8.0)], "same"),
        (8.0, [], "silent"),
        (1180.0, [said(1200.0, unit="count", approx=True)], "same"),
        (1180.0, [said(1200.0, unit="count")], "differs"),
    ],
)
def test_outcomes(known: float, found: list[SimpleNamespace], outcome: str) -> None:
    assert _compared(Known("青河县", None, "lost_rate", known, None, "all"), found, True)[2] == outcome


def test_no_report() -> None:
    assert _compared(Known("青河县", None, "lost_rate", 1.0, None, "all"), [], False)[2] == "no_report"


def test_the_whole_way(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    text = world.text("青河县").replace("(二)", "全年办理行政应诉案件46件,败诉7件,败诉率15.2%。\n(二)", 1)
    (reports / "青河县.txt").write_text(text, encoding="utf-8")
    ledger = write(
        tmp_path / "台账.xlsx",
        ("单位", "败诉率", "司法建议办复率", "收文日期"),
        ("青河县", 20, None, "2025-02-20"),
        ("红星县", 3, None, None),
    )
    run = world.batch(reports, "-o", tmp_path / "out", "--ledger", ledger)
    assert run.returncode == 0 and "红星县" in run.stderr
    book = openpyxl.load_workbook(tmp_path / "out" / "数据核实单.xlsx", read_only=True)
    rows = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert {(row[2], row[7]) for row in rows} == {("败诉率", "不一致"), ("收文日期（报告为成文日期）", "一致")}
    book.close()
