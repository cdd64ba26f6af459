"""A verdict with its credit, reason and advice, before points are counted."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from audit import wording
from audit.result import Verdict

ONE = Fraction(1)
ZERO = Fraction(0)


class Outcome(NamedTuple):
    """How one item was judged.

    Attributes:
        verdict: identifier of the verdict.
        credit: 0 to 1; None for verdicts without credit.
        reason: one Chinese sentence.
        advice: what to do about it, None where nothing is to be done.
        review: the facts that it rests on ask for a look by a person.
    """

    verdict: Verdict
    credit: Fraction | None
    reason: str
    advice: str | None = None
    review: bool = False


def not_applicable(key: str, **values: object) -> Outcome:
    """The item does not apply; `key` names the reason."""
    return Outcome("not_applicable", None, wording.reason(key, **values))


def needs_human(key: str, advice: str | None = None, **values: object) -> Outcome:
    """Only a person can tell; `key` names the reason."""
    return Outcome("needs_human", None, wording.reason(key, **values), advice)


def by_credit(credit: Fraction, reason: str, advice: str | None = None) -> Outcome:
    """The verdict that a rule's credit stands for: 1 full, 0 absent, between them weak."""
    if is_full(credit):
        return Outcome("full", ONE, reason)
    return Outcome("weak" if credit > ZERO else "absent", credit, reason, advice)


def is_full(credit: Fraction) -> bool:
    """Whether a credit is the whole."""
    return credit.numerator >= credit.denominator


@lru_cache(maxsize=256)
def percent(credit: Fraction) -> str:
    """A credit or share as printed: `60%`, `66.7%`."""
    return f"{float(credit * 100):.4g}%"
