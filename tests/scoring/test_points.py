"""Points in whole units: the example done with a pencil, and what must hold for every checklist."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_facts import CREDITS, instrument

from audit.checklist.instruments import Instrument
from audit.scoring.outcome import Outcome
from audit.scoring.points import Tally, apportion, earned, ratio, rounded, tally

TENTHS = {"full": Fraction(1), "weak": Fraction(3, 5), "plan_only": Fraction(1, 10), "absent": Fraction(0)}


def item(name: str, weight: float, **more: Any) -> dict[str, Any]:
    return {"indicator": name, "requires": "data", "weight": weight, **more}


def outcome(verdict: str, credit: Fraction | None = None, review: bool = False) -> Outcome:
    return Outcome(verdict, TENTHS.get(verdict) if credit is None else credit, "理由。", None, review)  # type: ignore[arg-type]


def test_the_example_done_with_a_pencil() -> None:
    """Two groups, five items.

    甲 (weight 60): a1 weight 2, a2 weight 1.   乙 (weight 40): b1, b2, b3 weight 1 each.
    Shares: a1 60×2/3 = 40, a2 60×1/3 = 20, b1 = b2 = b3 = 40/3 = 13.333…
    a2 does not apply (nil statement): 80 are left, to be scaled to 10,000 units of 0.01 point.
      a1  40/80 × 10,000 = 5,000
      b1, b2, b3  13.333/80 × 10,000 = 1,666.67 → 1,666 each; 9,998 given out, 2 over: to b1 and b2,
      whose remainders equal b3's and which stand before it → 1,667, 1,667, 1,666.
    Credits: a1 action where data is asked, 0.6 → 3,000. b1 mention where action is asked, 0.4 → 666.8 → 667.
    b2 needs a person. b3 full → 1,666.
    Judged: 5,000 + 1,667 + 1,666 = 8,333 of 10,000 → share 0.8333.
    Points: 3,000 + 667 + 1,666 = 5,333.   Score: 5,333 / 8,333 = 63.9986 → 64.00.
    Low: b2 gets nothing, 5,333 / 10,000 = 53.33.   High: (5,333 + 1,667) / 10,000 = 70.00.
    a1 mended: (5,333 + 2,000) / 8,333 = 87.9995 → 88.00.   b1 mended: 6,333 / 8,333 = 75.9990 → 76.00.
    """
    small = instrument(
        {"jia": (60, [item("a1", 2), item("a2", 1)]), "yi": (40, [item(f"b{i}", 1) for i in (1, 2, 3)])}
    )
    counted = tally(
        small,
        [
            outcome("weak"),
            outcome("not_applicable"),
            outcome("weak", Fraction(2, 5)),
            outcome("needs_human"),
            outcome("full"),
        ],
    )
    assert counted == Tally(
        possible=(5000, 0, 1667, 1667, 1666),
        points=(3000, 0, 667, 0, 1666),
        score=6400,
        judged=Fraction(8333, 10_000),
        low=5333,
        high=7000,
        mended=(8800, None, 7600, None, None),
        fired=(),
        too_little=False,
    )


def test_halves_are_rounded_up() -> None:
    assert [rounded(Fraction(n, 2)) for n in (1, 3, 4, 5)] == [1, 2, 2, 3]
    assert earned(5, Fraction(1, 10)) == 1
    assert earned(4, Fraction(1, 10)) == 0
    assert ratio(1, 3) == 3333
    assert ratio(2, 3) == 6667


def test_largest_remainder_with_ties_in_order() -> None:
    assert apportion([1, 1, 1]) == [3334, 3333, 3333]
    assert apportion([2, 1, 0, 4], 10) == [3, 1, 0, 6]
    assert apportion([0, 0]) == [0, 0]
    assert apportion([]) == []


def test_review_widens_the_interval_and_changes_no_score() -> None:
    small = instrument({"jia": (100, [item("a", 1), item("b", 1)])})
    sure = tally(small, [outcome("full"), outcome("weak")])
    unsure = tally(small, [outcome("full", review=True), outcome("weak")])
    assert sure.score == unsure.score == 8000
    assert (sure.low, sure.high) == (8000, 8000)
    assert (unsure.low, unsure.high) == (3000, 8000)


def test_too_small_a_judged_share_withholds_the_score() -> None:
    small = instrument({"jia": (100, [item("a", 59), item("b", 41)])})
    counted = tally(small, [outcome("full"), outcome("needs_human")])
    assert counted.too_little and counted.score is None and counted.mended == (None, None)
    assert (counted.low, counted.high) == (5900, 10_000)
    enough = tally(
        instrument({"jia": (100, [item("a", 6), item("b", 4)])}), [outcome("full"), outcome("error")]
    )
    assert not enough.too_little and enough.score == 10_000 and enough.judged == Fraction(6, 10)


def test_nothing_judged_has_no_number() -> None:
    small = instrument({"jia": (100, [item("a", 1), item("b", 1), item("c", 1)])})
    counted = tally(small, [outcome("needs_human"), outcome("error"), outcome("not_applicable")])
    assert (counted.score, counted.low, counted.high, counted.judged) == (None, None, None, 0)
    assert not counted.too_little
    assert sum(counted.possible) == 10_000
    nothing = tally(small, [outcome("not_applicable")] * 3)
    assert nothing.score is None and nothing.possible == (0, 0, 0)


def gated() -> Instrument:
    gate = {
        "id": "g",
        "text": "缺一项不超过 60",
        "at_most": 60,
        "when": {"verdict": "absent", "any_of": ["a", "b"]},
    }
    return instrument({"jia": (100, [item("a", 1), item("b", 1), item("c", 8)])}, gates=[gate])


def test_a_gate_caps_the_score_and_mending_its_item_lifts_it() -> None:
    counted = tally(gated(), [outcome("absent"), outcome("full"), outcome("full")])
    assert counted.fired == (True,)
    assert counted.score == 6000
    assert counted.mended == (10_000, None, None)
    both = tally(gated(), [outcome("absent"), outcome("absent"), outcome("full")])
    assert both.mended == (6000, 6000, None)


def test_a_gate_fires_though_the_score_lies_below_its_cap() -> None:
    counted = tally(gated(), [outcome("absent"), outcome("full"), outcome("plan_only")])
    assert counted.fired == (True,) and counted.score == 1800


def test_an_unsure_item_may_fire_a_gate_at_the_low_end_only() -> None:
    counted = tally(gated(), [outcome("needs_human"), outcome("full"), outcome("full")])
    assert counted.fired == (False,)
    assert (counted.low, counted.score, counted.high) == (6000, 10_000, 10_000)


def test_an_item_that_does_not_apply_fires_no_gate() -> None:
    counted = tally(gated(), [outcome("not_applicable"), outcome("full"), outcome("full")])
    assert counted.fired == (False,) and counted.score == 10_000


VERDICTS = st.sampled_from(["full", "weak", "plan_only", "absent", "not_applicable", "needs_human", "error"])
WEIGHTS = st.sampled_from([1, 2, 3, 0.5, 1.25, 7])


@st.composite
def cases(draw: Any) -> tuple[Instrument, list[Outcome]]:
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=6))
    groups = {
        f"g{n}": (draw(WEIGHTS), [item(f"i{n}-{k}", draw(WEIGHTS)) for k in range(size)])
        for n, size in enumerate(sizes)
    }
    made = instrument(groups)
    outcomes = [outcome(draw(VERDICTS), None, draw(st.booleans())) for _ in made.specs]
    return made, outcomes


@settings(max_examples=150, deadline=None)
@given(cases())
def test_printed_lines_add_up_exactly(case: tuple[Instrument, list[Outcome]]) -> None:
    made, outcomes = case
    counted = tally(made, outcomes)
    applies = [each.verdict != "not_applicable" for each in outcomes]
    assert sum(counted.possible) == (10_000 if any(applies) else 0)
    printed = [Decimal(units) / 100 for units in counted.possible]
    assert sum(printed) in (Decimal(100), Decimal(0))
    judged = [i for i, each in enumerate(outcomes) if each.credit is not None]
    possible = sum(counted.possible[i] for i in judged)
    assert all(0 <= counted.points[i] <= counted.possible[i] for i in range(len(outcomes)))
    assert all(counted.points[i] == 0 for i in range(len(outcomes)) if i not in judged)
    if possible and not counted.too_little:
        exact = Decimal(100) * sum(counted.points) / possible
        assert abs(Decimal(counted.score or 0) / 100 - exact) <= Decimal("0.005")


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_item_is_worth_more_because_its_group_has_little_else(
    case: tuple[Instrument, list[Outcome]],
) -> None:
    made, outcomes = case
    counted = tally(made, outcomes)
    applying = [
        share for share, each in zip(made.shares, outcomes, strict=True) if each.verdict != "not_applicable"
    ]
    for share, units, each in zip(made.shares, counted.possible, outcomes, strict=True):
        if each.verdict == "not_applicable":
            assert units == 0
        else:
            assert abs(units - Fraction(10_000 * share, sum(applying))) < 1


@settings(max_examples=150, deadline=None)
@given(cases())
def test_score_lies_in_its_interval_and_mending_never_lowers_it(
    case: tuple[Instrument, list[Outcome]],
) -> None:
    made, outcomes = case
    counted = tally(made, outcomes)
    judged = any(
        units for units, each in zip(counted.possible, outcomes, strict=True) if each.credit is not None
    )
    if not judged:
        assert (counted.score, counted.low, counted.high) == (None, None, None)
        return
    assert counted.low is not None and counted.high is not None
    assert 0 <= counted.low <= counted.high <= 10_000
    if counted.score is not None:
        assert counted.low <= counted.score <= counted.high
        assert all(mended is None or mended >= counted.score for mended in counted.mended)


def test_credits_are_those_of_the_table() -> None:
    """The table of the scoring rules, by grade, for items that require data and for those that require action."""
    made = instrument({"jia": (100, [item("a", 1)])}, credits=CREDITS)
    assert made.credits is not None
    grades = ("data", "action", "mention", "plan", "shortfall", "none")
    data = [made.credits.data.of(grade) for grade in grades]  # type: ignore[arg-type]
    action = [made.credits.action.of(grade) for grade in grades]  # type: ignore[arg-type]
    assert [str(Decimal(float(credit)).quantize(Decimal("0.1"))) for credit in data] == [
        "1.0",
        "0.6",
        "0.2",
        "0.1",
        "0.2",
        "0.0",
    ]
    assert action == [1, 1, Fraction(2, 5), Fraction(1, 5), Fraction(2, 5), 0]
