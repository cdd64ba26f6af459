"""The whole way: facts, judgement, and what the user says before what the report says."""

import pathlib

import pytest

from audit.options import Options
from audit.pipeline import audit_bytes, audit_file

ROOT = pathlib.Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
QUIET = """某县档案局2023年度法治政府建设情况报告

县人民政府:
2023年,县档案局认真履行档案管理职责,现将有关情况报告如下。
一、主要举措和成效
(一)坚持依法决策。聘请法律顾问1名,参与审查合同6份。
(二)加强普法。开展档案法宣传活动4场,发放资料600余份。本局无行政执法权,本年度未制定行政规范性文件,没有行政诉讼案件。
二、党政主要负责人履行推进法治建设第一责任人职责情况
局长主持召开局务会研究法治工作2次,带头学法3次,开展年终述法。
三、存在的不足
一是由于人员仅5名,档案开放审核进度偏慢,城关镇等3个乡镇档案室没有专人。
四、2024年工作安排
一是充实档案开放审核力量。
县档案局
2024年1月20日
"""


def items(result):
    return {item.id: item for sheet in result.checklists for group in sheet.groups for item in group.items}


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_every_seed_is_judged_and_its_points_add_up(path):
    result = audit_file(path, Options(timestamp=False))
    assert result.document.text == path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert result.document.parts[0].start == 0 and result.document.parts[-1].end == len(result.document.text)
    for before, after in zip(result.document.parts, result.document.parts[1:], strict=False):
        assert before.end == after.start
    assert len(result.checklists) == 3
    for sheet in result.checklists:
        rows = [item for group in sheet.groups for item in group.items if item.verdict not in ("not_applicable", "needs_human")]
        possible = sum(round(item.points_possible * 100) for item in rows)
        points = sum(round(item.points * 100) for item in rows)
        if sheet.score is not None and not any(gate.fired for gate in sheet.gates):
            assert sheet.score == pytest.approx(100 * points / possible, abs=0.006)


def test_a_lawful_quiet_department_can_pass():
    result = audit_bytes(QUIET.encode(), "档案局.txt", "档案局.txt", Options(timestamp=False, filed="2024-02-01"), "档案局")
    found = items(result)
    assert result.document.level == "department"
    assert result.document.body.powers["enforces"] is False
    for name in ("key-area-enforcement", "three-systems", "litigation", "normative-filing"):
        assert found[name].verdict == "not_applicable", name
    assert found["filed-on-time"].verdict == "full"
    assert result.overall.score is not None and result.overall.score >= 60


def test_unknown_year_withholds_the_outline():
    text = QUIET.replace("2023年度", "").replace("2023年,", "").replace("2024年1月20日", "").replace("2024年", "下一步")
    result = audit_bytes(text.encode(), "x.txt", "x.txt", Options(timestamp=False), "x")
    outline = next(sheet for sheet in result.checklists if sheet.id not in ("statutory", "editorial"))
    if result.document.report_year is None:
        assert outline.score is None and outline.withheld_because
    again = audit_bytes(text.encode(), "x.txt", "x.txt", Options(timestamp=False, year=2023), "x")
    assert any(sheet.id == "outline-2021-2025" and sheet.score is not None for sheet in again.checklists)


def test_a_later_year_carries_the_last_outline_on_with_a_warning():
    text = QUIET.replace("2024", "2028").replace("2023", "2027")
    result = audit_bytes(text.encode(), "x.txt", "x.txt", Options(timestamp=False), "x")
    assert any(sheet.id == "outline-2021-2025" and sheet.carried_on for sheet in result.checklists)
    assert any(warning.code == "carried_on" for warning in result.warnings)


def test_an_older_report_is_judged_by_the_older_outline():
    result = audit_file(ROOT / "seeds" / "wulong-2020.txt", Options(timestamp=False))
    assert {sheet.id for sheet in result.checklists} == {"statutory", "outline-2015-2020", "editorial"}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>\n" * 40, "一、" * 3000, "报告。" * 20000, "\u202e反\u200b向" * 50 + "\u0007", "》《“”（）【" * 400])
def test_hostile_texts_get_a_result(text):
    result = audit_bytes(text.encode(), "x.txt", "x.txt", Options(timestamp=False), "x")
    assert result.document.text == text


def test_a_report_longer_than_the_profile_allows_is_told_so(tmp_path):
    local = tmp_path / "local.yaml"
    local.write_text(
        (ROOT / "checklists/profiles/example-local.yaml").read_text(encoding="utf-8").replace("8000", "100"),
        encoding="utf-8",
    )
    long = [hint.why for hint in audit_file(SEEDS[0], Options(profile=local)).hints]
    assert any("超过规定的100字" in why for why in long)
    assert not any("超过规定的" in hint.why for hint in audit_file(SEEDS[0], Options()).hints)
