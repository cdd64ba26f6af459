"""The supervising office's papers, against planted results."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document as Docx
from gap_cases import NEVER, made

from audit import wording
from audit.errors import InputError, UsageError
from audit.gap.blocks import Document, Table, Text
from audit.gap.facts import collect
from audit.gap.load import Filing, filings, main_year, of_results
from audit.gap.report import LONGEST, report, weak_items
from audit.gap.table import quality
from audit.gap.write import WRITERS, put, sheet_name, write
from audit.report import is_ours
from audit.report.json import dump
from audit.report.office import Office
from audit.result import Defect

ROSTER = [
    {"body": "甲县人民政府", "order": 2, "level": "county", "filed": "2024-02-20", "published": "2024-03-10"},
    {"body": "乙县人民政府", "order": 1, "level": "county", "filed": "2024-03-09", "published": "2024-04-11"},
    {"body": "丙县人民政府", "order": 3, "level": "county", "filed": "2024-03-01"},
    {"body": "丁县人民政府", "order": 4, "level": "county"},
    {"body": "戊街道办事处", "order": 5, "level": "township"},
]


def results() -> list[Any]:
    wrong = Defect(kind="arithmetic", quote="共3件", start=0, end=3, why="2+2不等于3").model_dump()
    style = Defect(kind="numbering", quote="(三)", start=0, end=3, why="缺(二)").model_dump()
    second = made(
        "乙县人民政府", ("problem-causes", "absent"), ("power-list", "absent"), ("integrity", "plan_only")
    )
    third = made("丙县人民政府", ("part-problems", "weak"), ("power-list", "absent"), ("openness", "weak"))
    return [
        made("甲县人民政府"),
        type(second).model_validate(second.model_dump() | {"defects": [wrong, style, style]}),
        third,
        made("戊街道办事处", level="township"),
    ]


def told(paper: Document) -> str:
    return "\n".join(block.lead + block.text for block in paper.blocks if isinstance(block, Text))


def main_text(paper: Document) -> str:
    text = []
    for block in paper.blocks:
        if isinstance(block, Text):
            if block.kind == "annex":
                break
            text.append(block.lead + block.text)
    return "\n".join(text)


def facts(**more: Any) -> Any:
    return collect(of_results(results(), ROSTER), 2023, **more)


def test_filings_follow_the_roster_and_name_the_missing() -> None:
    found = of_results(results(), ROSTER)
    assert [each.name for each in found] == [f"{x}县人民政府" for x in "乙甲丙丁"] + ["戊街道办事处"]
    assert [each.state for each in found] == ["filed", "filed", "filed", "missing", "filed"]
    again = of_results([*results(), made("甲县人民政府", ("power-list", "absent"))], ROSTER)
    assert len(again) == len(found)
    assert [each.name for each in of_results([made("子县政府"), made("丑县政府", year=2022)])] == [
        "丑县政府",
        "子县政府",
    ]


def test_counts_are_as_planted() -> None:
    got = facts()
    by_name = {body.name: body for body in got.bodies}
    assert by_name["乙县人民政府"].lacking == ["problem-causes"] and by_name["丙县人民政府"].vague
    assert [by_name[f"{x}县人民政府"].filed_state for x in "甲乙丙丁"] == [
        "in_time",
        "late",
        "unknown",
        "missing",
    ]
    assert [by_name[f"{x}县人民政府"].published_state for x in "甲乙丁"] == ["in_time", "late", "none"]
    assert by_name["戊街道办事处"].group == "street"
    rows = {got.titles[item]: (n, k) for item, n, k, _ in weak_items(got)}
    assert rows == {"权责清单": (4, 2), "政务诚信": (4, 1), "政务公开": (4, 1)}


def test_the_report_says_the_planted_numbers() -> None:
    paper = report(facts(), None, Office(), None)
    text = main_text(paper)
    for said in (
        "应报送2023年度法治政府建设年度报告的单位5家，截至审核时收到4家",
        "未收到报告的单位：丁县人民政府。", "逾期报送的单位：乙县人民政府。", "逾期公开的单位：乙县人民政府。",
        "4家中有1家的报告需要补充法定内容。其中，未见“不足的原因”的1家。",
        "“权责清单”4家中有2家未充分反映（报告中未见2家）", "“政务诚信”4家中有1家未充分反映（仅见于下一步安排1家）",
        "4家中有1家的报告存在数据前后不一、目标与实绩不合或者年度有误的情况，共1处",
        "4家中有1家所写不足较为概括", "4家中有1家的报告有文字需要核改，共2处，均为层次序数。",
        "一、基本情况", "二、主要特点", "三、存在的问题", "四、下一步工作建议",
        "（一）法定内容不完整。", "（二）重点事项反映不充分。", "（三）数据前后不一。", "（四）查摆不足空泛、原因未写。", "（五）文字不规范。",
    ):  # fmt: skip
        assert said in text, said
    assert len(text) <= LONGEST and paper.length() <= LONGEST
    plain = told(paper).replace(wording.standing_remark(), "")
    assert not any(word in plain for word in NEVER) and not re.search(r"得分.{0,3}\d", plain)
    assert wording.unreviewed() in text and wording.standing_remark() in text


def test_praise_by_name_faults_by_number() -> None:
    paper = report(facts(), None, Office(), None)
    text = main_text(paper)
    good, bad = (
        text[text.index("二、主要特点") : text.index("三、存在的问题")],
        text[text.index("三、存在的问题") :],
    )
    assert "甲县人民政府" in good and "乙县" not in good and "丙县" not in good
    assert not re.search("[甲乙丙丁]县|戊街道", bad)
    issues = next(block for block in paper.blocks if isinstance(block, Table) and "内部" in block.name)
    assert [row[1] for row in issues.rows] == ["乙县人民政府", "丙县人民政府"]


def test_compared_with_the_year_before() -> None:
    names = [result.document.publisher for result in results()]
    last = [made(str(name), ("problem-causes", "absent"), year=2022) for name in names[:2]]
    last += [made(str(name), year=2022) for name in names[2:]]
    found = of_results([*results(), *last])
    text = main_text(report(collect(found, 2023), collect(found, 2022), Office(), None))
    assert "1家的报告需要补充法定内容，较上年减少1家" in text and "共1处，较上年增加1家" in text
    fewer = of_results([*results(), *last[:3]])
    text = main_text(report(collect(fewer, 2023), collect(fewer, 2022), Office(), None))
    assert "（两年均有报告的3家中，上年2家、本年度1家）" in text and "较上年" not in text


def test_other_bodies_of_last_year_are_no_comparison() -> None:
    """Last year's only report is another body's: nothing is compared."""
    lacking = ("problem-causes", "absent")
    found = of_results([made("甲县人民政府", lacking), made("乙县人民政府", lacking, year=2022)])
    text = main_text(report(collect(found, 2023), collect(found, 2022), Office(), None))
    assert "1家中有1家的报告需要补充法定内容" in text and "上年" not in text


def test_wrong_documents_from_outside_the_roster_are_told_apart() -> None:
    found = [*of_results(results(), ROSTER), Filing("己县人民政府", 2023, state="wrong_type")]
    text = main_text(report(collect(found, 2023), None, Office(), None))
    assert "单位5家，截至审核时收到4家" in text and "另有1家所送文件不是年度报告" in text


def test_many_bodies_keep_to_the_length() -> None:
    many = [
        made(
            f"很长的名字第{n}号高新技术产业开发区管理委员会",
            ("problem-causes", "absent"),
            ("power-list", "absent"),
        )
        for n in range(40)
    ]
    roster = [{"body": f"未报单位名称很长第{n}号", "order": n} for n in range(60)]
    text = main_text(report(collect(of_results(many, roster), 2023), None, Office(), None))
    assert len(text) <= LONGEST and "名单见附件1" in text


def test_after_review_it_is_signed() -> None:
    office = Office(sender="某市司法局", date="2024年5月6日", addressee="某市人民政府")
    text = main_text(report(facts(), None, office, "王某"))
    assert (
        wording.unreviewed() not in text and "某市司法局\n2024年5月6日" in text and "某市人民政府：" in text
    )
    assert "某市司法局" not in main_text(report(facts(), None, office, None))


def test_no_faults_at_all() -> None:
    text = main_text(
        report(collect(of_results([made("甲县人民政府"), made("乙县人民政府")]), 2023), None, Office(), None)
    )
    assert text.count("未发现此类问题。") == 5 and "共收到2023年度法治政府建设年度报告2家" in text


def test_the_quality_table() -> None:
    paper = quality(facts(), None)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [table.name for table in tables] == ["区县", "街道"]
    assert list(tables[0].head) == [
        "序号",
        "单位",
        "报送",
        "公开",
        "法定要求",
        "内容反映",
        "文字规范",
        "档次",
        "主要问题（一句话）",
    ]
    rows = {row[1]: row for row in tables[0].rows}
    assert list(rows) == [f"{x}县人民政府" for x in "乙甲丙丁"]
    assert rows["丁县人民政府"][2] == "未收到" and rows["丁县人民政府"][4] is None
    assert rows["甲县人民政府"][8] == "未发现主要问题" and "应当补充“不足的原因”" in str(
        rows["乙县人民政府"][8]
    )
    assert "档）" in str(rows["甲县人民政府"][7])


@pytest.mark.parametrize("name", ["docx", "html", "xlsx"])
def test_every_format_same_bytes_and_ours(name: str, tmp_path: Path) -> None:
    paper = report(facts(), None, Office(), None)
    content = WRITERS[name](paper)
    assert content == WRITERS[name](report(facts(), None, Office(), None))
    [path] = write(paper, tmp_path, (name,))
    assert is_ours(path) and path.name == f"审核情况报告.{name}"
    write(paper, tmp_path, (name,))
    path.write_bytes(b"mine")
    with pytest.raises(InputError, match="没有覆盖"):
        put(path, content)
    if name == "docx":
        assert len(Docx(io.BytesIO(content)).tables) == 4
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.sheetnames == [
            "正文",
            "报送公开情况表",
            "按单位类别",
            "按事项",
            "各单位主要问题清单（内部）",
        ]
        assert isinstance(book["按事项"]["C2"].value, int)


def test_names_of_bodies_cannot_become_markup_or_formulas() -> None:
    evil = "=1+1<script>alert(1)</script>县人民政府"
    found = of_results([made(evil, ("power-list", "absent")), made("甲县人民政府")])
    for paper in (report(collect(found, 2023), None, Office(), None), quality(collect(found, 2023), None)):
        assert b"<script" not in WRITERS["html"](paper)
        book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](paper)))
        assert not [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]


def test_sheet_names() -> None:
    used: set[str] = set()
    assert sheet_name("a/b:c" * 20, used) != sheet_name("a/b:c" * 20, used) and all(
        len(name) <= 31 for name in used
    )


def test_sources(tmp_path: Path) -> None:
    for number, result in enumerate(results()):
        (tmp_path / f"{number}.json").write_bytes(dump(result))
    (tmp_path / "other.json").write_text(json.dumps({"a": 1}))
    found = filings(tmp_path)
    assert len(found) == 4 and main_year(found) == 2023 and main_year(found, 2023) == 2023
    with pytest.raises(UsageError, match="没有2019年度的审核结果"):
        main_year(found, 2019)
    with pytest.raises(InputError, match="没有这个文件夹或结果库"):
        filings(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="没有找到审核结果"):
        filings(tmp_path / "empty")
