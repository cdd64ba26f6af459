"""Ranks, their intervals, and 档."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scoring_facts import document, pair

from audit.result import Result, Tool
from audit.scoring import Judgement
from audit.scoring.ranking import Entry, Sheet, competition, entry, overlapping, rank

Audit = Callable[..., Judgement]
WEIGHTS = ((60.0, (1.0, 2.0, 3.0)), (40.0, (1.0, 1.0)))


def made(score: float | None, credits: tuple[int, ...], cap: float = 100, likeness: str = "x") -> Entry:
    return Entry(likeness, score, (("outline", 1.0),), (Sheet(WEIGHTS, credits, cap),))


def test_standard_competition_ranking() -> None:
    assert competition([90, 95, 90, 80, 95]) == [3, 1, 3, 5, 1]
    assert competition([]) == []


def test_overlapping_spans_share_a_tier() -> None:
    assert overlapping([(1, 2), (2, 3), (4, 4), (6, 9), (5, 6)]) == [1, 1, 2, 3, 3]
    assert overlapping([(3, 3), (1, 1), (2, 2)]) == [3, 1, 2]


def test_equal_reports_share_a_rank_under_every_weight() -> None:
    ranked = rank(
        [made(50, (1000, 0, 500, -1, 0)), made(50, (1000, 0, 500, -1, 0)), made(0, (0, 0, 0, 0, 0))]
    )
    assert [(r.index, r.rank, r.low, r.high, r.tier) for r in ranked] == [
        (0, 1, 1, 1, 1),
        (1, 1, 1, 1, 1),
        (2, 3, 3, 3, 2),
    ]


def test_reports_that_weights_decide_between_share_a_tier() -> None:
    """a: 60 × 1/2 = 30 points for its group; b: 40 × 3/4 = 30: which is ahead hangs on the weights."""
    best, worst = made(100, (1000,) * 5), made(0, (0,) * 5)
    a, b = made(30, (0, 0, 1000, 0, 0)), made(30, (0, 0, 0, 500, 1000))
    by_index = {r.index: r for r in rank([worst, a, b, best])}
    assert [by_index[i].rank for i in range(4)] == [4, 2, 2, 1]
    assert (by_index[1].low, by_index[1].high) == (2, 3)
    assert [by_index[i].tier for i in range(4)] == [3, 2, 2, 1]


def test_items_not_judged_leave_the_denominator_and_gates_cap() -> None:
    """a has full credit in all that was judged of it; b too, but a gate holds it at 60; c has 70 of 100."""
    entries = [made(100, (1000, -1, 1000, -1, 1000)), made(60, (1000,) * 5, cap=60), made(70, (700,) * 5)]
    assert [(r.index, r.rank, r.low, r.high) for r in rank(entries)] == [
        (0, 1, 1, 1),
        (2, 2, 2, 2),
        (1, 3, 3, 3),
    ]


def test_same_seed_same_intervals() -> None:
    entries = [made(10 * n, ((100 * n) % 1001, 1000 - 90 * n, 500, 70 * n, 1000)) for n in range(10)]
    assert rank(entries, draws=200) == rank(entries, draws=200)


def test_only_like_is_ranked_with_like_and_nothing_without_a_score() -> None:
    assert rank([made(None, (0,) * 5)]) == []
    assert [r.index for r in rank([made(None, (0,) * 5, likeness="y"), made(5, (50,) * 5)])] == [1]
    with pytest.raises(ValueError, match="different"):
        rank([made(5, (50,) * 5), made(5, (50,) * 5, likeness="y")])


def test_entry_of_a_result(audit: Audit) -> None:
    def result(**facts: str) -> Result:
        judged = audit(pairs=[pair(True)], substance={"quantified": 1.0}, **facts)
        return Result(
            tool=Tool(name="t", version="1"),
            document=document(),
            indicators=[],
            form={},
            checklists=judged.checklists,
            overall=judged.overall,
        )

    strong, weak = entry(result(grade="data")), entry(result(grade="mention"))
    assert strong.likeness == weak.likeness
    assert [len(sheet.credits) for sheet in strong.sheets] == [7, 58, 14]
    assert strong.sheets[0].weights is weak.sheets[0].weights
    ranked = rank([weak, strong], draws=50)
    assert [(r.index, r.rank, r.tier) for r in ranked] == [(1, 1, 1), (0, 2, 2)]
    assert ranked[0].score == strong.score


def test_many_reports_take_seconds_not_minutes() -> None:
    import time

    entries = [
        made(n % 101, (n * 7 % 1001, n * 13 % 1001, n * 29 % 1001, -1 if n % 5 else 300, n * 3 % 1001))
        for n in range(3000)
    ]
    begin = time.perf_counter()
    assert len(rank(entries, draws=100)) == 3000
    assert time.perf_counter() - begin < 5
