"""Where the engine is not sure, a person should look: at most one indicator in ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.matching.grade import RANK

if TYPE_CHECKING:
    from audit.matching.compile import Matter
    from audit.matching.scan import Scan
    from audit.matching.shown import Shown

LEAST_DOUBT = 0.2
SHARE = 0.1
LONG = 80
"""Characters of a sentence that holds so much that something may be overlooked."""
FAR = 20
"""Characters between a matter and its figure from which the figure may well belong to another matter."""


def doubt_of(shown: Shown, ranked: dict[int, list[tuple[float, int]]], scan: Scan) -> tuple[float, str]:
    """How doubtful a grade is (0 to 1), and the key of the reason in the wording file.

    The weights are how often grades of a kind were wrong on realistic reports that the rules had not been tuned
    to: a bare mention beside figures more often than not, a figure of a rule's own hardly ever.
    """
    if shown.grade == "none":
        words = ranked.get(shown.index, [])
        weight = words[0][0] if words else 0.0
        return (0.5 if weight >= 20 else 0.3 if weight >= 12 else weight / 100), "near_miss"
    best = shown.evidence[0]
    topic, several = best.match.rule.level == "topic", len(shown.evidence) > 1
    sentence = scan.document.sentences[best.match.sentence]
    figures = scan.figures.get(best.match.sentence, [])
    crowded = 0.15 if sentence.end - sentence.start >= LONG else 0.0
    contradicted = any(RANK[finding.grade] <= 2 for finding in shown.weaker)
    if shown.grade == "mention":
        doubt = (0.2 if several else 0.45) + 0.2 * topic + 0.3 * bool(figures) + crowded
        return min(1.0, doubt), "general_words"
    if shown.grade == "action":
        beside = any(figure.clause in best.match.clauses for figure in figures)
        return (
            0.2 + 0.1 * topic + 0.35 * beside + crowded,
            "contradiction" if contradicted else "general_words",
        )
    if shown.grade == "data":
        if not topic or several:
            return 0.01 + 0.02 * (topic or not several), "contradiction" if contradicted else "loose"
        apart = min(abs(figure.start - best.match.end) for figure in best.figures) if best.figures else 0
        return (0.6 if apart >= FAR else 0.17), "contradiction" if contradicted else "loose"
    if shown.grade == "shortfall":
        return 0.25, "loose"
    return (0.3 if best.match.rule.level == "action" and not several else 0.07), "loose"


def doubtful(
    shown: list[Shown], ranked: dict[int, list[tuple[float, int]]], scan: Scan, matters: list[Matter]
) -> None:
    """Marks the most doubtful of the grades that can be scored for review, at most a tenth of them."""
    for entry in shown:
        entry.doubt, entry.review = doubt_of(entry, ranked, scan)
    asked = [entry for entry in shown if not matters[entry.index].observed]
    marked = sorted(asked, key=lambda entry: (-entry.doubt, entry.index))[: int(len(asked) * SHARE)]
    keep = {entry.index for entry in marked if entry.doubt >= LEAST_DOUBT}
    for entry in shown:
        if entry.index not in keep:
            entry.review = ""
