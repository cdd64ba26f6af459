"""Reviewers' decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audit.result import Item
from audit.scoring import Judgement

Audit = Callable[..., Judgement]
WHO = {"who": "张三", "when": "2023-03-10", "why": "附件中有统计表"}


def decision(item: str, verdict: str, **more: Any) -> dict[str, Any]:
    return {"item": item, "verdict": verdict, **WHO, **more}


def item(judgement: Judgement, name: str) -> Item:
    return next(i for sheet in judgement.checklists for g in sheet.groups for i in g.items if i.id == name)


def score(judgement: Judgement, name: str) -> float | None:
    return next(sheet.score for sheet in judgement.checklists if sheet.id == name)


def test_a_decision_takes_the_place_of_the_verdict(audit: Audit) -> None:
    grades = {"organisation": "none"}
    plain = audit(grades=grades)
    judged = audit(grades=grades, decisions=[decision("organisation", "full", until="2024-03-01")])
    found = item(judged, "organisation")
    assert (item(plain, "organisation").verdict, found.verdict, found.credit) == ("absent", "full", 1)
    assert found.reason == "经张三于2023-03-10复核，判定为“已充分反映”（有效至2024-03-01）：附件中有统计表。"
    assert found.decided == {**WHO, "verdict_before": "absent", "until": "2024-03-01", "status": "applied"}
    (record,) = judged.decisions
    assert record["status"] == "applied"
    assert (record["verdict_before"], record["verdict_after"]) == ("absent", "full")
    assert record["score_before"] == score(plain, "outline-2021-2025")
    assert record["score_after"] == score(judged, "outline-2021-2025") == 100
    assert (record["overall_before"], record["overall_after"]) == (plain.overall.score, judged.overall.score)
    assert judged.warnings == []


def test_words_of_users_and_names_of_checklists_are_understood(audit: Audit) -> None:
    grades = {"organisation": "none"}
    judged = audit(grades=grades, decisions=[decision("outline-2021-2025/organisation", "不适用")])
    assert item(judged, "organisation").verdict == "not_applicable"
    assert item(judged, "organisation").points_possible == 0


@pytest.mark.parametrize(
    ("verdict", "credit"),
    [("weak", 0.4), ("plan_only", 0.2), ("shortfall_only", 0.4), ("absent", 0), ("needs_human", None)],
)
def test_credit_of_a_decided_verdict(audit: Audit, verdict: str, credit: float | None) -> None:
    assert item(audit(decisions=[decision("organisation", verdict)]), "organisation").credit == credit


def test_credit_may_be_given_with_weak(audit: Audit) -> None:
    judged = audit(decisions=[decision("organisation", "weak", credit=0.75)])
    assert item(judged, "organisation").credit == 0.75


def test_a_decision_that_the_text_has_made_unnecessary_is_stale(audit: Audit) -> None:
    judged = audit(decisions=[decision("organisation", "full")])
    assert judged.decisions[0]["status"] == "stale"
    assert item(judged, "organisation").decided is None
    (warning,) = judged.warnings
    assert warning.code == "decision_stale" and "organisation" in warning.text


def test_a_verdict_that_changed_since_is_pointed_out(audit: Audit) -> None:
    entry = decision("organisation", "full", before="absent")
    judged = audit(grades={"organisation": "mention"}, decisions=[entry])
    assert judged.decisions[0]["status"] == "changed"
    assert item(judged, "organisation").verdict == "full"
    assert judged.warnings[0].code == "decision_changed"


@pytest.mark.parametrize(
    ("as_of", "status"), [("2024-03-01", "applied"), ("2024-03-02", "expired"), (None, "applied")]
)
def test_decisions_run_out(audit: Audit, as_of: str | None, status: str) -> None:
    entry = decision("organisation", "full", until="2024-03-01")
    judged = audit(grades={"organisation": "none"}, decisions=[entry], as_of=as_of)
    assert judged.decisions[0]["status"] == status
    assert item(judged, "organisation").verdict == ("full" if status == "applied" else "absent")


def test_unknown_items_and_entries_that_are_not_whole(audit: Audit) -> None:
    entries = [
        decision("no-such-item", "full"),
        decision("organisation", "perfect"),
        decision("organisation", "full") | {"who": ""},
        decision("organisation", "error"),
    ]
    judged = audit(grades={"organisation": "none"}, decisions=entries)
    assert [record["status"] for record in judged.decisions] == ["unknown", "invalid", "invalid", "invalid"]
    assert item(judged, "organisation").verdict == "absent"
    assert len(judged.warnings) == 4


def test_a_decision_takes_the_flag_for_review_away(audit: Audit) -> None:
    from scoring_facts import indicator

    flagged = [indicator("organisation", "none", needs_review=True)]
    judged = audit(indicators=flagged, decisions=[decision("organisation", "full")])
    assert not item(judged, "organisation").needs_review


def test_a_decision_on_content_lifts_the_gate(audit: Audit) -> None:
    from scoring_facts import FORM

    form = FORM | {"has_plan": False}
    assert score(audit(form=form), "statutory") == 60
    judged = audit(form=form, decisions=[decision("part-plan", "full")])
    assert score(judged, "statutory") == 100
    assert judged.decisions[0]["score_before"] == 60
