"""Items that count defects, elements of the title, unanswered problems, figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scoring_facts import FORM, defect, pair

from audit.result import Item
from audit.scoring import Judgement
from audit.scoring.editorial import title_lacks

Audit = Callable[..., Judgement]
KINDS = ["报告", "总结"]


def items(judgement: Judgement) -> dict[str, Item]:
    sheet = next(each for each in judgement.checklists if each.id == "editorial")
    return {item.id: item for group in sheet.groups for item in group.items}


@pytest.mark.parametrize(
    ("count", "verdict", "credit"),
    [
        (0, "full", 1),
        (1, "weak", 0.6),
        (2, "weak", 0.3),
        (3, "weak", 0.3),
        (4, "absent", 0),
        (9, "absent", 0),
    ],
)
def test_credit_falls_with_the_number_of_defects(
    audit: Audit, count: int, verdict: str, credit: float
) -> None:
    found = items(audit(defects=[defect("numbering")] * count + [defect("typo")]))
    assert (found["numbering"].verdict, found["numbering"].credit) == (verdict, credit)
    assert found["arithmetic"].verdict == "full"
    if count:
        assert f"发现{count}处" in found["numbering"].reason


def test_hints_are_not_counted(audit: Audit) -> None:
    found = items(audit(defects=[defect("name", scored=False)] * 3 + [defect("noise", scored=False)]))
    assert found["name"].verdict == "full" and found["name"].reason == "只有3处提示，供核对，不计分。"
    assert found["noise"].verdict == "not_applicable"


def test_text_copied_off_the_web_is_not_scored_for_what_copying_does(audit: Audit) -> None:
    defects = [defect(kind) for kind in ("noise", "punctuation", "privacy", "numbering")]
    found = items(audit(stage="published", format="txt", defects=defects))
    for kind in ("noise", "punctuation", "privacy"):
        assert found[kind].verdict == "not_applicable" and "请与原件核对" in found[kind].reason
        assert found[kind].points_possible == 0
    assert found["numbering"].verdict == "weak"
    assert items(audit(stage="published", format="docx", defects=defects))["noise"].verdict == "weak"
    assert items(audit(stage="filed", format="txt", defects=defects))["noise"].verdict == "weak"
    assert (
        items(audit(stage="published", from_web=False, format="txt", defects=defects))["noise"].verdict
        == "weak"
    )


@pytest.mark.parametrize(
    ("title", "publisher", "lacking"),
    [
        ("石渡县人民政府2022年法治政府建设情况报告", "石渡县人民政府", []),
        ("綦江区司法局\n2022年度法治政府建设工作总结", "重庆市綦江区司法局", []),
        ("石渡县二〇二二年法治政府建设情况的报告", "石渡县人民政府", []),
        ("2022年法治政府建设情况报告", "石渡县人民政府", ["body"]),
        ("2022年法治政府建设情况报告", None, ["body"]),
        ("石渡县人民政府关于法治政府建设情况的报告", "石渡县人民政府", ["year"]),
        ("石渡县2021年法治政府建设情况报告", "石渡县人民政府", ["year"]),
        ("石渡县2022年法治政府建设情况", "石渡县人民政府", ["kind"]),
        ("法治政府建设情况", "石渡县人民政府", ["body", "year", "kind"]),
    ],
)
def test_what_a_title_lacks(title: str, publisher: str | None, lacking: list[str]) -> None:
    assert title_lacks(title, publisher, 2022, KINDS) == lacking


@pytest.mark.parametrize(
    ("title", "credit"),
    [
        ("石渡县人民政府2022年法治政府建设情况报告", 1),
        ("石渡县人民政府法治政府建设情况报告", 0.6),
        ("法治政府建设情况报告", 0.3),
        ("法治政府建设情况", 0),
        (None, 0),
    ],
)
def test_credit_of_a_title(audit: Audit, title: str | None, credit: float) -> None:
    assert items(audit(title=title))["title-complete"].credit == credit


def test_a_title_lost_in_copying_needs_a_person(audit: Audit) -> None:
    assert (
        items(audit(title=None, stage="published", format="txt"))["title-complete"].verdict == "needs_human"
    )


@pytest.mark.parametrize(
    ("open_", "verdict", "credit"), [(0, "full", 1), (1, "weak", 0.6), (3, "weak", 0.3), (4, "absent", 0)]
)
def test_unanswered_problems(audit: Audit, open_: int, verdict: str, credit: float) -> None:
    item = items(audit(pairs=[pair(True)] + [pair(False)] * open_))["problems-answered"]
    assert (item.verdict, item.credit) == (verdict, credit)
    assert f"共{open_ + 1}条不足" in item.reason


def test_no_pairs(audit: Audit) -> None:
    assert items(audit())["problems-answered"].verdict == "needs_human"
    nothing = FORM | {"has_problems": False}
    assert items(audit(form=nothing))["problems-answered"].verdict == "not_applicable"


@pytest.mark.parametrize(
    ("share", "credit"), [(1, 1), (0.6, 1), (0.599, 0.6), (0.4, 0.6), (0.2, 0.3), (0.19, 0), (0, 0)]
)
def test_share_of_paragraphs_with_figures(audit: Audit, share: float, credit: float) -> None:
    item = items(audit(substance={"quantified": share}))["quantified"]
    assert item.credit == credit
    assert f"{100 * share:.4g}%的段落" in item.reason


def test_share_not_measured(audit: Audit) -> None:
    assert items(audit())["quantified"].verdict == "needs_human"
