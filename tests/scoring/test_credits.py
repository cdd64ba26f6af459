"""From grades to verdicts: credits, nil statements, powers, thresholds, reasons and advice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from scoring_facts import indicator, instrument, metric, subject

from audit.checklist.items import ItemSpec
from audit.scoring.credits import judge_indicator
from audit.scoring.outcome import Outcome

SMALL = instrument({"jia": (100, [{"indicator": "reconsideration", "requires": "data", "weight": 1}])})
GRADES = ["data", "action", "mention", "plan", "shortfall", "none"]


def judged(found: Any = "data", frame: str = "", facts: dict[str, Any] | None = None, **spec: Any) -> Outcome:
    item = ItemSpec.model_validate({"indicator": "reconsideration", "requires": "data", "weight": 1, **spec})
    if isinstance(found, str):
        found = indicator("reconsideration", found, title="行政复议")
    return judge_indicator(item, SMALL, subject(**(facts or {})), found, frame)


@pytest.mark.parametrize(
    ("requires", "verdicts", "credits"),
    [
        ("data", "full weak weak plan_only shortfall_only absent", "1 3/5 1/5 1/10 1/5 0"),
        ("action", "full full weak plan_only shortfall_only absent", "1 1 2/5 1/5 2/5 0"),
    ],
)
def test_verdict_and_credit_of_each_grade(requires: str, verdicts: str, credits: str) -> None:
    outcomes = [judged(grade, requires=requires) for grade in GRADES]
    assert [outcome.verdict for outcome in outcomes] == verdicts.split()
    assert [outcome.credit for outcome in outcomes] == [Fraction(credit) for credit in credits.split()]


@pytest.mark.parametrize("requires", ["data", "action"])
@pytest.mark.parametrize("grade", GRADES)
def test_every_verdict_has_one_sentence_and_full_has_no_advice(grade: str, requires: str) -> None:
    outcome = judged(grade, requires=requires)
    assert outcome.reason.endswith("。") and outcome.reason.count("。") == 1
    assert "行政复议" in outcome.reason
    assert (outcome.advice is None) == (outcome.verdict == "full")
    if outcome.advice:
        assert "2022年" in outcome.advice and "__" in outcome.advice and "应当" not in outcome.advice


def test_quotation_marks_inside_a_title_are_single() -> None:
    outcome = judged(indicator("reconsideration", "mention", title="“互联网+”监管"))
    assert "“‘互联网+’监管”" in outcome.reason


def test_candour_counts_as_a_mention() -> None:
    for requires in ("data", "action"):
        assert judged("shortfall", requires=requires).credit == judged("mention", requires=requires).credit


def test_matching_that_failed_is_an_error_and_no_zero() -> None:
    outcome = judged(None)
    assert (outcome.verdict, outcome.credit) == ("error", None)


def test_review_is_carried_on_and_changes_nothing() -> None:
    plain, flagged = (
        judged(indicator("reconsideration", "action", title="行政复议", needs_review=review))
        for review in (False, True)
    )
    assert flagged.review and not plain.review
    assert (flagged.verdict, flagged.credit) == (plain.verdict, plain.credit)


NIL = "本年度没有行政复议案件"


@pytest.mark.parametrize("grade", ["mention", "plan", "shortfall", "none"])
def test_nil_statement_takes_the_item_out(grade: str) -> None:
    outcome = judged(indicator("reconsideration", grade, nil=NIL))
    assert (outcome.verdict, outcome.credit) == ("not_applicable", None)
    assert outcome.reason == f"报告已说明本年度无此事项：“{NIL}”。"


@pytest.mark.parametrize(("grade", "verdict"), [("data", "full"), ("action", "weak")])
def test_nil_statement_beside_facts_takes_nothing_away(grade: str, verdict: str) -> None:
    assert judged(indicator("reconsideration", grade, nil=NIL)).verdict == verdict


DEPARTMENT = {"level": "department"}


def test_power_unknown_and_text_silent_needs_a_person() -> None:
    outcome = judged("none", facts=DEPARTMENT, when="reconsiders")
    assert (outcome.verdict, outcome.credit) == ("needs_human", None)
    assert outcome.reason == "该单位有无办理行政复议的职能不明，报告也没有写到，需人工判定。"


@pytest.mark.parametrize("grade", GRADES[:-1])
def test_power_unknown_but_the_text_speaks_of_it(grade: str) -> None:
    assert judged(grade, facts=DEPARTMENT, when="reconsiders").verdict == judged(grade).verdict


def test_power_unknown_and_nil_statement() -> None:
    outcome = judged(indicator("reconsideration", "none", nil=NIL), facts=DEPARTMENT, when="reconsiders")
    assert outcome.verdict == "not_applicable" and NIL in outcome.reason


@pytest.mark.parametrize("level", ["province", "city", "county"])
def test_governments_have_every_power(level: str) -> None:
    assert judged("none", facts={"level": level}, when="reconsiders").verdict == "absent"


def test_power_denied() -> None:
    without = {"level": "zone", "powers": {"reconsiders": False}}
    outcome = judged("none", facts=without, when="reconsiders")
    assert outcome.verdict == "not_applicable"
    assert outcome.reason == "该单位没有办理行政复议的职能，本项不适用。"
    assert "请核对职能信息" in judged("data", facts=without, when="reconsiders").reason


def test_power_given_goes_before_the_level() -> None:
    denied = {"level": "county", "powers": {"reconsiders": False}}
    assert judged("none", facts=denied, when="reconsiders").verdict == "not_applicable"


BOUND = {"metric": "appearance", "at_least": 90}


def with_metrics(*metrics: Any, **spec: Any) -> Outcome:
    found = indicator("reconsideration", "data", title="出庭应诉", metrics=list(metrics))
    return judged(found, **{"threshold": BOUND, **spec})


def rate(value: float, **facts: Any) -> Any:
    return metric("appearance", value, name="出庭应诉率", **facts)


def test_threshold_missed_turns_full_credit_into_four_fifths() -> None:
    outcome = with_metrics(rate(85.5))
    assert (outcome.verdict, outcome.credit) == ("weak", Fraction(4, 5))
    assert outcome.reason == "报告写明出庭应诉率为85.5%，低于所设的90%，按80%计分。"
    assert outcome.advice == "请核实出庭应诉率；如有客观原因，建议一并说明。"


@pytest.mark.parametrize("value", [90, 90.01, 100])
def test_threshold_met(value: float) -> None:
    outcome = with_metrics(rate(value))
    assert outcome.verdict == "full" and f"出庭应诉率为{value:g}%" in outcome.reason


def test_rate_of_limited_scope_or_none_leaves_the_credit_and_is_said() -> None:
    limited = with_metrics(rate(50, scope="区政府为被告的案件"))
    assert limited.verdict == "full" and "限于“区政府为被告的案件”，不作总体水平比较" in limited.reason
    nothing = with_metrics(metric("other", 3, "count"))
    assert nothing.verdict == "full" and "没有写总体的appearance" in nothing.reason
    mixed = with_metrics(rate(50, mixed=True))
    assert mixed.verdict == "full" and "合并计数" in mixed.reason


def test_level_for_the_whole_goes_before_limited_ones() -> None:
    assert with_metrics(rate(100, scope="重大案件"), rate(80)).verdict == "weak"
    assert with_metrics(rate(10, scope="一季度"), rate(95)).verdict == "full"


def test_threshold_touches_only_full_credit_and_its_levels() -> None:
    found = indicator("reconsideration", "action", metrics=[rate(10)])
    assert judged(found, threshold=BOUND).credit == Fraction(3, 5)
    for_departments = BOUND | {"for": "D"}
    assert with_metrics(rate(10), threshold=for_departments).verdict == "full"
    assert with_metrics(rate(10), threshold=for_departments, facts=DEPARTMENT).verdict == "weak"


def test_upper_bound() -> None:
    outcome = with_metrics(rate(12.5), threshold={"metric": "appearance", "at_most": 10})
    assert outcome.verdict == "weak" and "高于所设的10%" in outcome.reason


def test_high_rates_of_lost_or_corrected_cases_lower_nothing(instruments: Any) -> None:
    """No shipped threshold is an upper bound."""
    bounds = [spec.threshold for each in instruments for _, spec in each.specs if spec.threshold]
    assert bounds and all(bound.at_most is None for bound in bounds)


def test_frame_of_item_or_indicator_goes_before_the_usual_one() -> None:
    frame = "建议写明:{year}年度收到复议申请__件,受理__件,审结__件"
    outcome = judged("action", frame=frame)
    assert outcome.advice == "建议补充数据：2022年度收到复议申请__件，受理__件，审结__件。"
    own = judged("none", frame=frame, advice="本年度复议案件数。")
    assert own.advice == "如有此项工作，建议写明：本年度复议案件数。如本年度无此事项，请注明。"


def test_year_unknown_leaves_a_blank_in_the_frame() -> None:
    advice = judged("none", facts={"report_year": None}).advice
    assert advice is not None and "____年度行政复议共__件" in advice
