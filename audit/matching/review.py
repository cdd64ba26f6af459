"""Where the engine is not sure, a person should look: at most one indicator in ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.matching.grade import RANK

if TYPE_CHECKING:
    from audit.matching.find import Shown

LEAST_DOUBT = 0.25
SHARE = 0.1


LIKELY: dict[tuple[str, bool], tuple[float, float]] = {
    ("action", True): (0.9, 0.3),
    ("action", False): (0.5, 0.15),
    ("mention", True): (0.7, 0.4),
    ("mention", False): (0.75, 0.35),
    ("shortfall", True): (0.6, 0.5),
    ("shortfall", False): (0.6, 0.5),
    ("data", True): (0.25, 0.05),
    ("data", False): (0.12, 0.03),
    ("plan", True): (0.12, 0.08),
    ("plan", False): (0.14, 0.1),
}
"""How often a grade was wrong on reports that the rules had not been tuned to, by grade and by whether a
general topic found it: with a single place of evidence, and with more."""


def doubt_of(shown: Shown, ranked: dict[int, list[tuple[float, int]]]) -> tuple[float, str]:
    """How doubtful a grade is (0 to 1), and the key of the reason in the wording file."""
    if shown.grade == "none":
        words = ranked.get(shown.index, [])
        return min(0.6, (words[0][0] if words else 0.0) / 24), "near_miss"
    best = shown.evidence[0]
    single, several = LIKELY[shown.grade, best.match.rule.level == "topic"]
    doubt = several if len(shown.evidence) > 1 else single
    why = "general_words" if shown.grade in ("mention", "action") else "loose"
    unsure = min(finding.doubt for finding in shown.evidence)
    if shown.grade in ("data", "action") and any(RANK[finding.grade] <= 2 for finding in shown.weaker):
        doubt, why = doubt + 0.08, "contradiction"
    return min(1.0, doubt + unsure * 0.2), why


def doubtful(shown: list[Shown], ranked: dict[int, list[tuple[float, int]]]) -> None:
    """Marks the most doubtful grades for review, at most a tenth of them."""
    for entry in shown:
        entry.doubt, entry.review = doubt_of(entry, ranked)
    most = int(len(shown) * SHARE)
    order = sorted(shown, key=lambda entry: (-entry.doubt, entry.index))
    for entry in order[most:]:
        entry.review = ""
    for entry in order[:most]:
        if entry.doubt < LEAST_DOUBT:
            entry.review = ""
