"""Contents and dates that the law asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scoring_facts import FORM

from audit.result import ChecklistResult, Item
from audit.scoring import Judgement

Audit = Callable[..., Judgement]


def sheet(judgement: Judgement) -> ChecklistResult:
    return next(each for each in judgement.checklists if each.id == "statutory")


def items(judgement: Judgement) -> dict[str, Item]:
    return {item.id: item for group in sheet(judgement).groups for item in group.items}


def form(**facts: bool | None) -> dict[str, bool | None]:
    return FORM | facts


def test_all_contents_there(audit: Audit) -> None:
    found = items(audit())
    contents = ["part-achievements", "part-problems", "problem-causes", "part-responsible", "part-plan"]
    assert [found[name].verdict for name in contents] == ["full"] * 5
    assert found["part-plan"].reason == "报告写了“下一年度推进法治政府建设的主要安排”。"


def test_points_done_with_a_pencil(audit: Audit) -> None:
    """Σ weights 3+3+1+3+3+2+2 = 17; 3/17 = 17.647, 2/17 = 11.7647, 1/17 = 5.882 of 100.

    Units of 0.01: 1,764 ×4 + 588 + 1,176 ×2 = 9,996; 4 over, to the largest remainders .7058 (weight 3, four).
    """
    found = items(audit())
    assert [found[name].points_possible for name in found] == [17.65, 17.65, 5.88, 17.65, 17.65, 11.76, 11.76]


def test_vague_problems_are_weak(audit: Audit) -> None:
    item = items(audit(form=form(problems_specific=False)))["part-problems"]
    assert (item.verdict, item.credit) == ("weak", 0.4)


def test_no_heading_of_its_own_is_only_said(audit: Audit) -> None:
    item = items(audit(form=form(own_heading_responsible=False)))["part-responsible"]
    assert item.verdict == "full" and "没有单独成题" in item.reason and "不扣分" in item.reason
    assert item.points_lost == 0 and item.advice is not None


def test_a_missing_content_fires_the_gate(audit: Audit) -> None:
    judged = sheet(audit(form=form(has_responsible=False, own_heading_responsible=None)))
    assert judged.gates[0].fired and judged.gates[0].cap == 60
    assert judged.score == 60
    item = next(i for g in judged.groups for i in g.items if i.id == "part-responsible")
    assert item.verdict == "absent" and item.score_if_mended == 100
    assert item.advice is not None and "应当写明" in item.advice


def test_missing_causes_fire_no_gate(audit: Audit) -> None:
    judged = sheet(audit(form=form(gives_causes=False)))
    assert not judged.gates[0].fired and judged.score == 92.31


def test_no_problems_no_causes(audit: Audit) -> None:
    found = items(audit(form=form(has_problems=False, gives_causes=None, problems_specific=None)))
    assert found["part-problems"].verdict == found["problem-causes"].verdict == "absent"


def test_form_that_is_not_known_needs_a_person(audit: Audit) -> None:
    found = items(audit(form=form(has_plan=None)))
    assert found["part-plan"].verdict == "needs_human"
    assert found["part-plan"].points_possible > 0


def test_before_2019_nobody_asked_for_the_responsible_persons(audit: Audit) -> None:
    found = items(audit(report_year=2018, form=form(has_responsible=False)))
    assert found["part-responsible"].verdict == "not_applicable"
    assert (
        items(audit(report_year=2019, form=form(has_responsible=False)))["part-responsible"].verdict
        == "absent"
    )
    unknown = items(audit(report_year=None, form=form(has_responsible=False)))["part-responsible"]
    assert unknown.verdict == "needs_human"


def test_report_to_a_congress(audit: Audit) -> None:
    judgement = audit(doc_type="congress-report", signed_on="2023-06-01", published_on="2023-06-01")
    out = {name for name, item in items(judgement).items() if item.verdict == "not_applicable"}
    assert out == {"part-responsible", "filed-on-time", "published-on-time"}
    assert judgement.overall.score is None and judgement.overall.band is None
    assert "不作综合评分和档次" in judgement.overall.formula
    assert all(each.score is not None for each in judgement.checklists)


@pytest.mark.parametrize(
    ("level", "year", "filed", "verdict"),
    [
        ("county", 2022, "2023-02-28", "full"),
        ("county", 2022, "2023-03-01", "needs_human"),
        ("county", 2022, "2023-03-02", "absent"),
        ("city", 2019, "2020-03-15", "absent"),
        ("department", 2022, "2023-02-10", "full"),
        ("zone", 2022, "2023-03-15", "absent"),
        ("province", 2022, "2023-03-15", "full"),
        ("province", 2022, "2023-04-02", "absent"),
        ("county", 2018, "2019-03-31", "full"),
        ("county", 2018, "2019-04-01", "absent"),
        ("department", 2016, "2017-03-20", "full"),
        ("township", 2022, "2023-02-10", "needs_human"),
        ("township", 2022, "2023-07-10", "needs_human"),
        ("county", 2022, "2023-02-30", "needs_human"),
        ("county", 2022, "2022-03-01", "needs_human"),
        (None, 2022, "2023-02-28", "needs_human"),
        ("county", None, "2023-02-28", "needs_human"),
    ],
)
def test_date_of_filing(audit: Audit, level: str, year: int, filed: str, verdict: str) -> None:
    item = items(audit(level=level, report_year=year, filed_on=filed))["filed-on-time"]
    assert item.verdict == verdict, item.reason


@pytest.mark.parametrize(
    ("signed", "verdict", "said"),
    [
        ("2023-01-15", "needs_human", "以收文登记为准"),
        ("2023-03-01", "needs_human", "恰为报送期限当日"),
        ("2023-03-09", "absent", "成文日期2023年3月9日，晚于报送期限2023年3月1日"),
        (None, "needs_human", "没有成文日期和报送日期"),
    ],
)
def test_date_of_signing_proves_lateness_only(
    audit: Audit, signed: str | None, verdict: str, said: str
) -> None:
    item = items(audit(signed_on=signed))["filed-on-time"]
    assert item.verdict == verdict and said in item.reason


def test_date_of_filing_goes_before_date_of_signing(audit: Audit) -> None:
    assert items(audit(signed_on="2023-03-09", filed_on="2023-02-09"))["filed-on-time"].verdict == "full"
    assert items(audit(signed_on="2023-02-09", filed_on="2023-03-09"))["filed-on-time"].verdict == "absent"


def test_a_township_signs_at_the_end_of_its_year_and_a_profile_sets_its_day(audit: Audit) -> None:
    from audit.checklist.profiles import load_profile

    local = load_profile("example-local")
    facts: dict[str, Any] = {"level": "township", "profile": local}
    assert items(audit(filed_on="2022-12-28", **facts))["filed-on-time"].verdict == "full"
    assert items(audit(filed_on="2023-02-02", **facts))["filed-on-time"].verdict == "absent"


def test_a_zone_is_told_what_it_is_measured_by(audit: Audit) -> None:
    assert (
        "（功能区参照市县政府掌握）。"
        in items(audit(level="zone", filed_on="2023-02-01"))["filed-on-time"].reason
    )


@pytest.mark.parametrize(
    ("level", "published", "verdict"),
    [
        ("county", "2023-03-31", "full"),
        ("county", "2023-04-01", "needs_human"),
        ("county", "2023-04-02", "absent"),
        ("province", "2023-03-01", "full"),
        ("township", "2023-03-01", "needs_human"),
        ("county", None, "needs_human"),
    ],
)
def test_date_of_publication(audit: Audit, level: str, published: str | None, verdict: str) -> None:
    assert items(audit(level=level, published_on=published))["published-on-time"].verdict == verdict


def test_a_draft_is_neither_late_nor_in_time(audit: Audit) -> None:
    found = items(audit(stage="draft", signed_on="2023-05-01"))
    assert found["filed-on-time"].verdict == found["published-on-time"].verdict == "not_applicable"
    assert items(audit(stage="draft", filed_on="2023-05-01"))["filed-on-time"].verdict == "absent"
