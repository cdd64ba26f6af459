"""Where the engine is not sure, a person should look: at most one indicator in ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.matching.grade import RANK

if TYPE_CHECKING:
    from audit.matching.find import Shown

LEAST_DOUBT = 0.3
SHARE = 0.1


def doubt_of(shown: Shown, ranked: dict[int, list[tuple[float, int]]]) -> tuple[float, str]:
    """How doubtful a grade is (0 to 1), and the key of the reason in the wording file."""
    words = ranked.get(shown.index, [])
    heaviest = words[0][0] if words else 0.0
    if shown.grade == "none":
        return min(0.75, heaviest / 24), "near_miss"
    best = min((finding.doubt for finding in shown.evidence), default=0.0)
    doubt, why = best, "loose"
    if shown.grade == "mention":
        figures = any(f.refused == "list" for f in shown.evidence)
        doubt, why = max(doubt, 0.35 if not figures else 0.2), "general_words"
    if shown.grade in ("data", "action") and len(shown.evidence) > 1:
        doubt *= 0.6
    if shown.grade in ("data", "action") and any(RANK[f.grade] <= 2 for f in shown.weaker) and doubt > 0.3:
        doubt, why = doubt + 0.1, "contradiction"
    return doubt, why


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
