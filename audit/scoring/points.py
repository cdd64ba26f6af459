"""Points, score, interval and gates of one checklist, in whole units of 0.01 point.

A reader can recompute everything with a pencil: shares of the items that apply are scaled to 10,000
units, points are possible × credit, the score is 100 × Σ points / Σ possible over the judged items.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from audit.checklist.instruments import GateSpec, Instrument
from audit.checklist.rules import exact
from audit.result import Verdict
from audit.scoring.outcome import Outcome, is_full

WHOLE = 10_000


class Tally(NamedTuple):
    """The count of one checklist; scores and points in units of 0.01.

    Attributes:
        possible: units that each item can earn, 0 where it does not apply; sums to 10,000.
        points: units earned.
        score: None where nothing was judged or too little.
        judged: share (0–1) of the possible units that were judged.
        low: score if everything unsure earned nothing.
        high: score if everything unsure earned all.
        mended: score if this item alone were full; None where there is nothing to mend.
        fired: for each gate, whether its condition holds.
        too_little: the score is withheld because `judged` is below what the file asks for.
    """

    possible: tuple[int, ...]
    points: tuple[int, ...]
    score: int | None
    judged: Fraction
    low: int | None
    high: int | None
    mended: tuple[int | None, ...]
    fired: tuple[bool, ...]
    too_little: bool


def apportion(shares: Sequence[int], whole: int = WHOLE) -> list[int]:
    """Whole units in proportion to shares, by largest remainder, ties in order.

    Args:
        shares: non-negative; where all are 0 nothing is given out.
        whole: units to give out.
    """
    total = sum(shares)
    if not total:
        return [0] * len(shares)
    units = [share * whole // total for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (-(shares[i] * whole % total), i))
    for i in order[: whole - sum(units)]:
        units[i] += 1
    return units


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves up; for values that are not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def earned(possible: int, credit: Fraction) -> int:
    """Units earned of the possible ones, halves up."""
    return (2 * possible * credit.numerator + credit.denominator) // (2 * credit.denominator)


def tally(instrument: Instrument, outcomes: Sequence[Outcome]) -> Tally:
    """Counts a checklist.

    Args:
        instrument: for shares, gates and the judged share asked for.
        outcomes: one for each item, in file order.
    """
    applies = [outcome.verdict != "not_applicable" for outcome in outcomes]
    possible = apportion(
        [share if there else 0 for share, there in zip(instrument.shares, applies, strict=True)]
    )
    points = [
        earned(units, outcome.credit) if outcome.credit is not None else 0
        for units, outcome in zip(possible, outcomes, strict=True)
    ]
    judged_units = sum(units for units, o in zip(possible, outcomes, strict=True) if o.credit is not None)
    verdicts = [outcome.verdict for outcome in outcomes]
    gates = _Gates(instrument)
    fired = tuple(gates.holds(gate, verdicts) for gate in instrument.gates)
    judged = Fraction(judged_units, WHOLE)
    too_little = judged_units > 0 and judged < exact(instrument.judged_share_at_least)
    if not judged_units:
        nothing = (None,) * len(outcomes)
        return Tally(tuple(possible), tuple(points), None, judged, None, None, nothing, fired, False)
    total = sum(points)
    score = gates.capped(ratio(total, judged_units), verdicts)
    low, high = _interval(outcomes, possible, points, verdicts, gates)
    mended: list[int | None] = []
    for i, outcome in enumerate(outcomes):
        if too_little or outcome.credit is None or is_full(outcome.credit):
            mended.append(None)
            continue
        other = [*verdicts[:i], "full", *verdicts[i + 1 :]]
        mended.append(gates.capped(ratio(total - points[i] + possible[i], judged_units), other))
    return Tally(
        possible=tuple(possible),
        points=tuple(points),
        score=None if too_little else score,
        judged=judged,
        low=low,
        high=high,
        mended=tuple(mended),
        fired=fired,
        too_little=too_little,
    )


def ratio(points: int, possible: int) -> int:
    """10,000 × points / possible, halves up."""
    return (2 * WHOLE * points + possible) // (2 * possible)


def _interval(
    outcomes: Sequence[Outcome],
    possible: Sequence[int],
    points: Sequence[int],
    verdicts: Sequence[Verdict],
    gates: _Gates,
) -> tuple[int, int]:
    """The scores from giving what is unsure nothing to giving it everything."""
    unsure = [outcome.verdict == "needs_human" or outcome.review for outcome in outcomes]
    counted = [outcome.credit is not None or sure for outcome, sure in zip(outcomes, unsure, strict=True)]
    whole = sum(units for units, there in zip(possible, counted, strict=True) if there)
    safe = sum(got for got, sure in zip(points, unsure, strict=True) if not sure)
    more = sum(units for units, sure in zip(possible, unsure, strict=True) if sure)
    worst: list[Verdict] = ["absent" if sure else v for v, sure in zip(verdicts, unsure, strict=True)]
    best: list[Verdict] = ["full" if sure else v for v, sure in zip(verdicts, unsure, strict=True)]
    return gates.capped(ratio(safe, whole), worst), gates.capped(ratio(safe + more, whole), best)


class _Gates:
    """The gates of an instrument, asked with verdicts."""

    def __init__(self, instrument: Instrument) -> None:
        self.gates = instrument.gates
        self.index = {item.key: i for i, (_, item) in enumerate(instrument.specs)} if self.gates else {}

    def holds(self, gate: GateSpec, verdicts: Sequence[Verdict]) -> bool:
        """Whether the gate's condition holds."""
        when = gate.when
        at = [self.index[name] for name in when.any_of if name in self.index]
        return sum(verdicts[i] == when.verdict for i in at) >= when.count

    def capped(self, score: int, verdicts: Sequence[Verdict]) -> int:
        """The score under the lowest cap that fires."""
        for gate in self.gates:
            if score > exact(gate.at_most) * 100 and self.holds(gate, verdicts):
                score = int(exact(gate.at_most) * 100)
        return score
