"""The letter: tone, room, blanks, review, own templates."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document
from page_cases import EVIL, SEEDS, changed, hostile, of_text, poisoned, seed
from paper_cases import NEVER, dates_in_zip, docx_text, letter_only, without

from audit import wording
from audit.errors import UsageError
from audit.report import Paper, is_ours
from audit.report.docx_kit import PAGE
from audit.report.letter import render
from audit.report.letter_points import cover, sort_points
from audit.report.letter_text import POINTS, _height, compose
from audit.report.office import Office, chinese_date, read_office
from audit.result import Defect, Result

OFFICE = """
发文机关: 某市司法局
发文字号: 某司函〔2025〕12号
期限: 2025-03-20
联系人: 李某
联系电话: 0000-00000000
成文日期: 2025-03-05
"""
NAMES = [path.stem for path in SEEDS]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "office.yaml"
    path.write_text(OFFICE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_gets_a_letter_of_two_pages_and_eight_points(name: str) -> None:
    result = seed(name)
    letter = compose(result, Paper(), Office())
    assert letter.numbered() <= POINTS
    assert _height(letter) <= 2 * PAGE
    text = docx_text(render(result, Paper()))
    assert re.search("关于反馈.+审核意见的函", text)
    assert wording.standing_remark() in text
    assert f"（{wording.unreviewed()}）" in text
    plain = text.replace(wording.standing_remark(), "")
    assert not any(word in plain for word in NEVER)
    assert "fazhi" not in text.lower()
    assert not re.search(r"得分|分值|名次|排名|档次|计分(?!）)", letter_only(render(result, Paper())))


@pytest.mark.parametrize("name", NAMES)
def test_what_waits_for_a_person_is_not_in_the_letter(name: str) -> None:
    result = seed(name)
    letter = compose(result, Paper(), Office())
    waiting = {
        item.title
        for sheet in result.checklists
        for group in sheet.groups
        for item in group.items
        if item.needs_review
    }
    said = "".join(line.lead + line.text for section in letter.sections[1:] for line in section.lines)
    assert not [title for title in waiting if f"“{title}”" in said or f"{title}。" in said]
    assert not {row[1] for row in letter.items} & waiting
    assert {each.subject for each in letter.points.reviews} >= {
        title for title in waiting if title != "标题写明报告主体（或地域）、年度和文种"
    } - {
        item.title
        for sheet in result.checklists
        if sheet.kind == "editorial"
        for g in sheet.groups
        for item in g.items
    }


def test_the_tone_follows_the_kind_of_point() -> None:
    result = without(
        "qingzhen-2022", ("statutory", "part-plan", "absent"), ("statutory", "problem-causes", "absent")
    )
    letter = compose(result, Paper(), Office())
    heads = [section.head for section in letter.sections]
    assert heads[0] == "一、总体情况" and heads[1] == "二、应当补充的法定内容"
    for section in letter.sections:
        text = "".join(line.text for line in section.lines)
        if section.key != "statutory":
            assert "应当" not in text
        if section.key == "items":
            assert "建议" in text and "如本年度无此事项，请注明" in text
    lacking = "".join(line.lead for line in letter.sections[1].lines)
    assert "（一）" in lacking and "（二）" in lacking and "下一年度" in lacking


def test_before_the_rules_on_contents_nothing_is_called_statutory() -> None:
    result = without("wulong-2020", ("statutory", "problem-causes", "absent"), document__report_year=2017)
    letter = compose(result, Paper(), Office())
    assert letter.sections[1].head == "二、建议补充的基本内容"
    assert "应当" not in "".join(line.text for section in letter.sections for line in section.lines)


def test_a_sum_that_does_not_fit_is_shown_and_to_be_verified() -> None:
    why = "受理30件、不予受理5件,合计35件,与总数36件不符"
    defect = Defect(kind="arithmetic", quote="一审案件", start=0, end=4, why=why, remedy="核对")
    letter = compose(changed(seed("qingzhen-2022"), defects=[defect.model_dump()]), Paper(), Office())
    section = next(section for section in letter.sections if section.key == "figures")
    assert "受理30件、不予受理5件，合计35件，与总数36件不符，请核实。" in section.lines[0].text


def test_a_section_without_points_is_left_out_and_one_point_bears_no_number() -> None:
    result = seed("liangjiang-2024")
    letter = compose(result, Paper(), Office())
    assert "statutory" not in [section.key for section in letter.sections]
    assert [section.head[0] for section in letter.sections] == list("一二三四五")[: len(letter.sections)]


def test_after_publication_an_explanation_is_asked_for() -> None:
    published = letter_only(render(changed(seed("wulong-2020"), document__stage="published"), Paper()))
    filed = letter_only(render(changed(seed("wulong-2020"), document__stage="filed"), Paper()))
    draft = letter_only(render(changed(seed("wulong-2020"), document__stage="draft"), Paper()))
    assert "书面说明" in published and "修改后的报告" not in published
    assert "修改后的报告" in filed and "书面说明" not in filed
    assert "送审稿" in draft and "正式文本" in draft


def test_blanks_are_marked_and_listed(office: Path) -> None:
    text = docx_text(render(seed("wulong-2020"), Paper()))
    for name in ("发文机关", "发文字号", "反馈期限", "联系人", "联系电话"):
        assert f"【待填：{name}】" in text
        assert name in text[text.index("尚待填写") :].split("。")[0]
    filled = docx_text(render(seed("wulong-2020"), Paper(office=office)))
    assert "【待填" not in filled and "没有尚待填写的内容" in filled
    assert "2025年3月20日前" in filled


def test_nobody_signs_before_a_reviewer_is_named(office: Path) -> None:
    before = docx_text(render(seed("wulong-2020"), Paper(office=office)))
    assert wording.unreviewed() in before and "2025年3月5日" not in before and "复核单" in before
    after = docx_text(render(seed("wulong-2020"), Paper(office=office, reviewed_by="王某")))
    assert wording.unreviewed() not in after and "2025年3月5日" in after and "核对单" not in after
    assert after.count("某市司法局") == 2
    assert docx_text(render(seed("wulong-2020"), Paper(reviewed_by="王某"))).count("【待填：成文日期】") == 1


def test_the_rest_stands_in_annexes() -> None:
    letter = compose(seed("qingzhen-2022"), Paper(), Office())
    assert len(letter.items) == len(letter.points.items)
    assert len(letter.defects) >= len(letter.points.wording)
    assert not any("_" in cell for row in letter.items for cell in row)
    text = docx_text(render(seed("qingzhen-2022"), Paper()))
    assert "附件1" in text and "附件2" in text and "附件：1．建议充实的内容清单" in text


def test_personal_data_are_covered() -> None:
    quote = "联系人张某13800138000"
    defect = Defect(
        kind="privacy", quote=quote, start=0, end=len(quote), why=f"个人手机号码:{quote}", severity="must"
    )
    text = docx_text(render(changed(seed("qingzhen-2022"), defects=[defect.model_dump()]), Paper()))
    assert "13800138000" not in text and "138********" in text
    assert cover("电话023-8888") == "电话023-8888"


@pytest.mark.parametrize("result", [hostile, poisoned])
def test_hostile_reports_give_a_letter(result: object) -> None:
    content = render(result(), Paper())  # type: ignore[operator]
    assert EVIL[:20] in docx_text(content)


def test_other_documents_and_bare_results() -> None:
    other = of_text("关于召开会议的通知\n请于明日参加会议。")
    assert "请核实所送文件是否有误" in docx_text(render(other, Paper()))
    bare = changed(
        seed("wulong-2020"), document__publisher=None, document__title=None, document__report_year=None
    )
    text = docx_text(render(bare, Paper()))
    assert "【待填：报告年度】" in text and "【待填：报告单位】" in text


def test_nothing_to_say() -> None:
    data = seed("liangjiang-2024").model_dump()
    data["defects"] = []
    for sheet in data["checklists"]:
        for group in sheet["groups"]:
            for item in group["items"]:
                item |= {"verdict": "full", "credit": 1.0, "needs_review": False}
    letter = compose(Result.model_validate(data), Paper(), Office())
    assert [section.key for section in letter.sections] == ["overall"]
    assert "未发现需要修改补充的内容" in letter.sections[0].lines[0].text and not letter.annexes


def test_same_bytes_and_ours(tmp_path: Path) -> None:
    content = render(seed("wulong-2020"), Paper())
    assert content == render(seed("wulong-2020"), Paper())
    assert dates_in_zip(content) == {(1980, 1, 1, 0, 0, 0)}
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert is_ours(path)


def test_the_layout() -> None:
    document = Document(io.BytesIO(render(seed("wulong-2020"), Paper())))
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    body = next(p for p in document.paragraphs if p.text.startswith("一、总体情况"))
    assert body.paragraph_format.line_spacing.pt == 28
    fonts = {
        each.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for each in document.element.body.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rFonts"
        )
    }
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"} <= fonts


def own_template(path: Path, *lines: str) -> Path:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{发文机关}}"
    for line in lines:
        document.add_paragraph(line)
    paragraph = document.add_paragraph()
    for piece in ("{{主", "送机关", "}}:"):
        paragraph.add_run(piece)
    document.save(str(path))
    return path


def test_an_office_may_use_its_own_template(tmp_path: Path, office: Path) -> None:
    path = own_template(
        tmp_path / "own.docx", "自己的格式 {{发文字号}}", "{{标题}}", "{{正文}}", "{{落款机关}}"
    )
    text = docx_text(render(seed("wulong-2020"), Paper(office=office, letter_template=path)))
    assert "自己的格式 某司函〔2025〕12号" in text and "{{" not in text
    assert "重庆市武隆区人民政府:" in text and "一、总体情况" in text
    assert wording.unreviewed() in text and wording.standing_remark() in text and "附件1" in text
    office.write_text(OFFICE + "模板: own.docx\n", encoding="utf-8")
    assert render(seed("wulong-2020"), Paper(office=office)) == render(
        seed("wulong-2020"), Paper(office=office, letter_template=path)
    )


def test_faults_of_files_are_one_clear_line(tmp_path: Path) -> None:
    path = own_template(tmp_path / "own.docx", "{{没有的}}")
    with pytest.raises(UsageError, match="没有的.*不认识"):
        render(seed("wulong-2020"), Paper(letter_template=path))
    (tmp_path / "x.docx").write_text("no zip")
    with pytest.raises(UsageError, match="不是 .docx 文件"):
        render(seed("wulong-2020"), Paper(letter_template=tmp_path / "x.docx"))
    with pytest.raises(UsageError, match="读不出来"):
        render(seed("wulong-2020"), Paper(office=tmp_path / "none.yaml"))
    (tmp_path / "o.yaml").write_text("传真: 1", encoding="utf-8")
    with pytest.raises(UsageError, match="没有“传真”这一项"):
        read_office(tmp_path / "o.yaml")
    (tmp_path / "o.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(UsageError, match="格式不对"):
        read_office(tmp_path / "o.yaml")


def test_the_example_office_file_reads() -> None:
    office = read_office(Path(__file__).parents[2] / "checklists" / "office.example.yaml")
    assert office.deadline == "2025年3月20日" and office.sender


def test_dates_in_words() -> None:
    assert chinese_date("2025/03/02") == "2025年3月2日" and chinese_date("三月底") == "三月底"


def test_the_statutory_item_is_not_said_twice() -> None:
    result = without(
        "qingzhen-2022",
        ("statutory", "part-responsible", "absent"),
        ("outline", "first-responsible", "absent"),
    )
    points = sort_points(result)
    assert "part-responsible" in [each.item.id for each in points.statutory]
    assert "first-responsible" not in [each.item.indicator for each in points.items]
