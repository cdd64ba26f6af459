"""The roster: read from tables as offices keep them, matched by file and by name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from audit.batch.inputs import Found
from audit.batch.roster import Roster, Row, read_roster
from audit.errors import UsageError

HEAD = "序号,单位,层级,类别,职能,上级,文件,报送日期,公开日期"
ROWS = [
    "2,甲县司法局,部门,执法部门,无复议、行政应诉,甲县,jia-sfj*.docx,2025年2月7日,2025/3/30",
    "1,甲县人民政府,县级,政府,,某市,,20250208,",
    "3,青石镇人民政府,乡镇,乡镇,,甲县,,,",
]


def file(tmp_path: Path, content: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "名册.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    rows = read_roster(file(tmp_path, "\r\n".join([HEAD, *ROWS, ",,,,,,,,"]), encoding)).rows
    assert [row.body for row in rows] == ["甲县人民政府", "甲县司法局", "青石镇人民政府"]
    county, bureau, town = rows
    assert (county.level, bureau.level, town.level) == ("county", "department", "township")
    assert bureau.powers == {"reconsiders": False, "litigates": True, "enforces": True}
    assert (bureau.filed, bureau.published, county.filed, county.published) == (
        "2025-02-07",
        "2025-03-30",
        "2025-02-08",
        None,
    )
    assert bureau.expected == ("jia-sfj*.docx",) and bureau.superior == "甲县"


def test_xlsx_with_a_title_above_and_dates_as_dates(tmp_path: Path) -> None:
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年度报送名册"])
    sheet.append(["单位名称", "级别", "报送日期", "行政执法"])
    sheet.append(["甲县水利局", "部门", datetime.datetime(2025, 2, 6), "是"])
    sheet.append(["甲县档案局", "部门", None, "否"])
    book.save(tmp_path / "名册.xlsx")
    rows = read_roster(tmp_path / "名册.xlsx").rows
    assert [(r.body, r.order, r.filed, r.powers) for r in rows] == [
        ("甲县水利局", 1, "2025-02-06", {"enforces": True}),
        ("甲县档案局", 2, None, {"enforces": False}),
    ]


def test_brackets_of_either_width_are_the_same(tmp_path: Path) -> None:
    rows = read_roster(
        file(tmp_path, "单位,层级\n甲街道,乡镇（街道）\n乙镇,乡镇(街道)\n丙县,县（市、区）")
    ).rows
    assert [row.level for row in rows] == ["township", "township", "county"]
    with pytest.raises(UsageError, match="是同一单位"):
        read_roster(file(tmp_path, "单位\n高新区（科学城）\n高新区(科学城)"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("名字,层级\n甲县,县级", "没有“单位”一列"),
        ("单位,层级\n甲县,火星", "第 2 行的层级“火星”不认识"),
        ("单位,报送日期\n甲县,2025-13-40", "读不懂"),
        ("单位,职能\n甲县,飞行", "职能“飞行”不认识"),
        ("单位,层级\n甲县,县级\n甲 县,县级", "第 3 行与第 2 行是同一单位"),
        ("单位,层级\n,县级", "第 2 行没有写单位"),
        ("单位,序号\n甲县,第一", "不是数字"),
    ],
)
def test_faults_name_the_row(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_roster(file(tmp_path, content))


def report(relative: str) -> Found:
    return Found(Path(relative), relative, relative, "in")


ROSTER = Roster(
    [
        Row("白沙县人民政府", 1, expected=("白沙/*.docx",)),
        Row("白沙县司法局", 2),
        Row("青石镇人民政府", 3, expected=("07.txt",)),
        Row("长宁街道办事处", 4),
    ]
)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("白沙/一.docx", "白沙县人民政府"),
        ("in/07.txt", "青石镇人民政府"),
        ("白沙县司法局2024年度法治政府建设报告.txt", "白沙县司法局"),
        ("2024年白沙县法治政府建设报告.pdf", "白沙县人民政府"),
        ("长宁街道/报告.txt", "长宁街道办事处"),
        ("报告.txt", None),
    ],
)
def test_by_file(path: str, body: str | None) -> None:
    row = ROSTER.of_file(report(path))
    assert (row.body if row else None) == body


@pytest.mark.parametrize(
    ("publisher", "body"),
    [
        ("白沙县人民政府", "白沙县人民政府"),
        ("某市白沙县司法局", "白沙县司法局"),
        ("沙县司法局", "白沙县司法局"),
        ("长宁街道", "长宁街道办事处"),
        ("红星县人民政府", None),
        (None, None),
    ],
)
def test_by_publisher(publisher: str | None, body: str | None) -> None:
    row = ROSTER.of_publisher(publisher)
    assert (row.body if row else None) == body
