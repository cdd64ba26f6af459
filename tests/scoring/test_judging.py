"""The whole way from facts to scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from scoring_facts import FORM, defect, document, indicator, pair

from audit.checklist.instruments import Instrument
from audit.checklist.profiles import Profile, load_profile
from audit.result import ChecklistResult, Item
from audit.scoring import Judgement, judge

Audit = Callable[..., Judgement]
LABELS = Path(__file__).parent.parent / "data" / "labelled" / "labels"
FULL = {
    "pairs": [pair(True)],
    "substance": {"quantified": 0.8},
    "filed_on": "2023-02-01",
    "published_on": "2023-03-01",
}


def items(sheet: ChecklistResult) -> dict[str, Item]:
    return {item.id: item for group in sheet.groups for item in group.items}


def seed(name: str, instruments: tuple[Instrument, ...], profile: Profile) -> Judgement:
    """Judges a seed by its label's facts."""
    label = json.loads((LABELS / f"{name}.json").read_text(encoding="utf-8"))
    return judge(
        document=document(title=None, **label["meta"]),
        indicators=[indicator(id_, facts["grade"]) for id_, facts in label["indicators"].items()],
        form=label["form"],
        defects=[defect(each["kind"]) for each in label["defects"]],
        instruments=instruments,
        profile=profile,
    )


def test_a_seed_done_with_a_pencil(instruments: tuple[Instrument, ...], profile: Profile) -> None:
    """重庆市武隆区 2020, a county, by the outline of 2015—2020; the group 依法有效化解社会矛盾纠纷.

    Group weight 9, weights 3+1+1+2+1 = 8: shares 3.375, 1.125, 1.125, 2.25, 1.125.
    Of the whole outline only legislation (2) and legislation-participation (1) are not asked of a county; their
    group weighs 14 over 11, so 14 × 3/11 = 3.818 leave and 96.1818 stay, to be scaled to 10,000 units:
      reconsideration 3.375 / 96.1818 × 10,000 = 350.90 → 351
      adjudication    1.125 / 96.1818 × 10,000 = 116.97 → 117   (arbitration and petitions the same)
      mediation       2.25  / 96.1818 × 10,000 = 233.93 → 234
    Grades: data, none, none, data, data → 3.51, 0, 0, 2.34, 1.17 points; of the group 7.02 / 9.36 = 75.00.
    adjudication mended: all points and 1.17 more, over 100 that were all judged.
    """
    judged = seed("wulong-2020", instruments, profile)
    outline = next(sheet for sheet in judged.checklists if sheet.kind == "outline")
    group = next(group for group in outline.groups if group.id == "disputes")
    rows = {item.id: (item.verdict, item.points_possible, item.points) for item in group.items}
    assert rows == {
        "reconsideration": ("full", 3.51, 3.51),
        "adjudication": ("absent", 1.17, 0),
        "arbitration": ("absent", 1.17, 0),
        "mediation": ("full", 2.34, 2.34),
        "petitions": ("full", 1.17, 1.17),
    }
    assert group.score == 75
    assert items(outline)["legislation"].verdict == "not_applicable"
    assert outline.judged_share == 1
    total = sum(Decimal(str(item.points)) for item in items(outline).values())
    assert outline.score == float(total)
    assert items(outline)["adjudication"].score_if_mended == float(total + Decimal("1.17"))


@pytest.mark.parametrize("name", sorted(path.stem for path in LABELS.glob("*.json")))
def test_printed_lines_of_the_labelled_reports_add_up(
    name: str, instruments: tuple[Instrument, ...], profile: Profile
) -> None:
    for sheet in seed(name, instruments, profile).checklists:
        rows = list(items(sheet).values())
        possible = [Decimal(str(item.points_possible)) for item in rows]
        judged = sum((p for p, i in zip(possible, rows, strict=True) if i.credit is not None), Decimal(0))
        points = sum(Decimal(str(item.points)) for item in rows)
        assert sum(possible) == 100
        assert float(judged / 100) == sheet.judged_share
        for item in rows:
            assert item.reason.endswith("。")
            if item.credit is not None:
                lost = Decimal(str(item.points_possible)) - Decimal(str(item.points))
                assert float(lost) == item.points_lost
        if sheet.score is not None and not any(gate.fired for gate in sheet.gates):
            assert abs(Decimal(str(sheet.score)) - 100 * points / judged) <= Decimal("0.005")
        if sheet.score is not None:
            assert sheet.score_low is not None and sheet.score_high is not None
            assert sheet.score_low <= sheet.score <= sheet.score_high


def test_three_scores_and_their_mean(audit: Audit) -> None:
    """Statutory 100, outline 100, editorial with four numbering defects: weight 2 of 22 lost.

    2/22 = 9.0909 → 9.09 points; 90.91. 100 × 40% + 100 × 45% + 90.91 × 15% = 98.6365 → 98.64.
    """
    judged = audit(defects=[defect("numbering")] * 4, **FULL)
    assert [(sheet.id, sheet.score) for sheet in judged.checklists] == [
        ("statutory", 100),
        ("outline-2021-2025", 100),
        ("editorial", 90.91),
    ]
    assert judged.overall.score == 98.64 and judged.overall.band == "完备"
    assert judged.overall.scheme == {"statutory": 40, "outline-2021-2025": 45, "editorial": 15}
    assert (
        judged.overall.formula
        == "法定要求 100.00 × 40% + 内容反映 100.00 × 45% + 文字规范 90.91 × 15% = 98.64"
    )


def test_the_outline_of_later_years_is_carried_on_and_said(audit: Audit) -> None:
    judged = audit(report_year=2026)
    outline = judged.checklists[1]
    assert outline.id == "outline-2021-2025" and outline.carried_on
    assert [warning.code for warning in judged.warnings] == ["carried_on"]
    assert "沿用" in judged.warnings[0].text
    assert audit(report_year=2019).checklists[1].id == "outline-2015-2020"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"report_year": None}, "--year"),
        ({"level": None}, "--level"),
        ({"level": None, "report_year": None}, "--year 和 --level"),
        ({"report_year": 2014}, "没有适用于2014年度报告的内容清单"),
    ],
)
def test_level_or_year_unknown_withholds_the_outline(audit: Audit, facts: dict[str, None], said: str) -> None:
    judged = audit(**facts)
    outline = next(sheet for sheet in judged.checklists if sheet.kind == "outline")
    assert outline.score is None and outline.groups == [] and outline.withheld_because is not None
    assert said in outline.withheld_because
    assert judged.overall.score is None and "内容反映" in judged.overall.formula


def test_a_document_of_another_kind_is_not_scored_unless_asked(audit: Audit) -> None:
    judged = audit(doc_type="other")
    assert judged.checklists == [] and judged.overall.score is None
    assert [warning.code for warning in judged.warnings] == ["other_document"]
    asked = audit(doc_type="other", checklists=["editorial"])
    assert [sheet.id for sheet in asked.checklists] == ["editorial"]
    assert asked.overall.score is None and "只核查了所选清单" in asked.overall.formula


def test_checklists_asked_for(audit: Audit) -> None:
    judged = audit(checklists=["outline-2015-2020", "outline", "nothing"])
    assert [sheet.id for sheet in judged.checklists] == ["outline-2015-2020", "outline-2021-2025"]
    assert [warning.code for warning in judged.warnings] == ["outside_years", "unknown_checklist"]
    whole = audit(checklists=["statutory", "outline", "editorial"], **FULL)
    assert whole.overall.score == 100


def test_an_indicator_that_was_not_matched_is_an_error_and_no_zero(audit: Audit) -> None:
    judged = audit(indicators=[indicator("organisation")])
    outline = judged.checklists[1]
    verdicts = {item.verdict for name, item in items(outline).items() if name != "organisation"}
    assert verdicts <= {"error", "not_applicable"}
    assert outline.score is None and "不足60%" in (outline.withheld_because or "")


def test_nothing_judged_is_no_number(audit: Audit) -> None:
    outline = audit(indicators=[]).checklists[1]
    assert (outline.score, outline.score_low, outline.score_high) == (None, None, None)
    assert outline.withheld_because == "没有可判定的事项，不出分。"


def test_items_of_other_levels_do_not_apply(audit: Audit) -> None:
    outline = audit(level="township").checklists[1]
    applying = [item for item in items(outline).values() if item.verdict != "not_applicable"]
    assert len(applying) == 19
    assert items(outline)["legislation"].reason == "本项不适用于乡镇（街道）。"


def test_observed_indicators_are_not_scored(audit: Audit) -> None:
    judged = audit()
    scored = {
        item.indicator
        for sheet in judged.checklists
        for item in items(sheet).values()
        if item.credit is not None
    }
    assert "petitions" in judged.observed
    assert "admin-mediation" not in judged.observed, "no such indicator was looked for"
    assert not scored & set(judged.observed)
    assert "normative-platform" in judged.observed
    assert "normative-platform" not in audit(level="province").observed


def test_a_profile_changes_weights_scheme_and_bands(audit: Audit) -> None:
    judged = audit(profile=load_profile("example-local"), **FULL)
    assert judged.overall.scheme == {"statutory": 50, "outline-2021-2025": 40, "editorial": 10}
    assert "theory-research" not in items(judged.checklists[1])
    assert items(judged.checklists[1])["business-inspection"].verdict == "error"
    assert judged.method["profile"]["id"] == "example-local"
    assert judged.method["bands"][0]["at_least"] == 92


def test_overall_score_switched_off_and_odd_schemes(audit: Audit, profile: Profile) -> None:
    off = audit(profile=profile.model_copy(update={"overall_score": False}), **FULL)
    assert off.overall.score is None and off.overall.band is None
    thirds = audit(profile=profile.model_copy(update={"scheme": {"statutory": 1.0, "outline": 2.0}}), **FULL)
    assert thirds.overall.formula == "(法定要求 100.00 × 1 + 内容反映 100.00 × 2) ÷ 3 = 100.00"


def test_method_carries_what_the_page_prints(audit: Audit) -> None:
    method = audit().method
    outline = method["checklists"]["outline-2021-2025"]
    assert outline["credits"]["data"]["action"] == 0.6
    assert method["checklists"]["statutory"]["gates"][0]["at_most"] == 60
    assert method["checklists"]["editorial"]["by_count"][0] == {"up_to": 1, "credit": 0.6}
    assert method["scheme"] == {"statutory": 40, "outline": 45, "editorial": 15}
    json.dumps(method)


def test_a_rule_that_throws_becomes_an_error_of_its_own(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("audit.scoring.judging.judge_date", broken)
    sheet = audit(form=FORM).checklists[0]
    assert items(sheet)["filed-on-time"].verdict == "error"
    assert sheet.score == 100 and sheet.judged_share < 1
