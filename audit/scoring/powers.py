"""Whether a body has a power on which an item depends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from audit.checklist.rules import Power

POWERS: tuple[str, ...] = get_args(Power)
_GOVERNMENTS = ("province", "city", "county")


def merge(
    level: str | None,
    given: Mapping[str, bool | None],
    inferred: Mapping[str, bool | None] | None = None,
) -> dict[str, bool | None]:
    """The answer for each power: true, false, or None for unknown.

    What the user or the roster says goes first; a government of province, city or county has every
    power; for other bodies the report itself is asked.

    Args:
        level: level of the body.
        given: answers of the user or the roster.
        inferred: answers taken from the report.
    """
    answers: dict[str, bool | None] = {}
    for power in POWERS:
        answer = given.get(power)
        if answer is None and level in _GOVERNMENTS:
            answer = True
        if answer is None and inferred is not None:
            answer = inferred.get(power)
        answers[power] = answer
    return answers
