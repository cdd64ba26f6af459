"""Where the engine is not sure, a person should look: one indicator in ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import TYPE_CHECKING

from audit.matching.grade import RANK
from audit.matching.second import SecondReader

if TYPE_CHECKING:
    from audit.matching.compile import Compiled
    from audit.matching.scan import Scan
    from audit.matching.shown import Shown

LEAST_DOUBT = 0.05
SHARE = 0.1
PRESSING = 0.26
"""A doubt from which one more is marked than a tenth rounded down; on unseen reports the share stays below a tenth."""
MOST_PASSAGES = 4
"""Passages of an indicator that the second reader grades."""


def signs_of(shown: Shown, reader: SecondReader, scan: Scan) -> dict[str, float]:
    """The signs that a grade is right or wrong, by name.

    `own` is how likely the second reader finds the grade, `…_better` a higher one; `…_speaks` how much the passage
    speaks for the matter, `…_elsewhere` and `…_not_done` how much another one does so, in what is told as done or
    outside it (log odds).
    """
    grade, taken = shown.grade, {finding.match.sentence for finding in shown.evidence}
    signs = {
        "grade_" + grade: 1.0,
        grade + "_elsewhere": reader.elsewhere(shown.index, taken, done=True),
        grade + "_not_done": reader.elsewhere(shown.index, taken, done=False),
    }
    if grade == "none":
        return signs
    rank = RANK["data"] - RANK[grade]
    odds = [reader.odds(shown.index, finding.match) for finding in shown.evidence[:MOST_PASSAGES]]
    signs["own"] = max(each[rank] for each in odds)
    signs[grade + "_better"] = max(sum(each[:rank]) for each in odds)
    signs[grade + "_speaks"] = reader.speaks(shown.index, taken)
    signs[grade + "_several"] = float(len(shown.evidence) > 1)
    signs[grade + "_topic"] = float(shown.evidence[0].match.rule.level == "topic")
    signs[grade + "_figures"] = float(any(number in scan.figures for number in taken))
    return signs


def doubt_of(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How likely a grade with these signs is wrong (0 to 1)."""
    total = weights.get("all", 0.0) + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + exp(-total))


def to_mark(doubts: Sequence[float]) -> int:
    """How many of a report's grades are marked, given the doubts of all of them, the greatest first."""
    most = int(len(doubts) * SHARE)
    pressing = most < len(doubts) and doubts[most] >= PRESSING
    return sum(doubt >= LEAST_DOUBT for doubt in doubts[:most]) + pressing


def _reason(shown: Shown) -> str:
    """The key of the reason in the wording file."""
    if shown.grade == "none":
        return "near_miss"
    if shown.grade in ("data", "action") and any(RANK[finding.grade] <= 2 for finding in shown.weaker):
        return "contradiction"
    return "general_words" if shown.grade in ("action", "mention") else "loose"


def doubtful(shown: list[Shown], scan: Scan, compiled: Compiled) -> None:
    """Marks the most doubtful of the grades that can be scored for review, about a tenth of them.

    The weights of the signs were learned from how often grades were wrong on reports that the rules had not been
    tuned to (`tests/tools/learn.py`).
    """
    weights = compiled.learned.doubt
    if not weights:
        return
    reader = SecondReader(scan, compiled.learned)
    asked = [entry for entry in shown if not compiled.indicators[entry.index].observed]
    for entry in asked:
        entry.doubt = doubt_of(signs_of(entry, reader, scan), weights)
    ranked = sorted(asked, key=lambda entry: (-entry.doubt, entry.index))
    for entry in ranked[: to_mark([entry.doubt for entry in ranked])]:
        entry.review = _reason(entry)
