"""Evidence for absence: the sentences that come nearest to an uncovered indicator, and why they do not do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from audit.matching.compile import Compiled
from audit.matching.grade import Finding
from audit.matching.scan import Scan

MOST = 3
LEAST_WEIGHT = 5.0
"""A sentence must share words of at least this weight (about two telling words)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence looked at and refused; `because` is a key of the wording file under `refused`."""

    start: int
    end: int
    because: str
    weight: float


def weigh(scan: Scan, compiled: Compiled, indicator: int) -> list[tuple[float, int]]:
    """The sentences that share telling words with an indicator's description, (weight, sentence), heaviest first."""
    scores: defaultdict[int, float] = defaultdict(float)
    for word, weight in compiled.telling[indicator]:
        for sentence in scan.sentences_with(word):
            scores[sentence] += weight
    return sorted(
        ((weight, sentence) for sentence, weight in scores.items() if weight >= LEAST_WEIGHT),
        key=lambda row: (-row[0], row[1]),
    )


def nearest(
    scan: Scan, findings: list[Finding], ranked: list[tuple[float, int]], taken: set[int]
) -> list[Refusal]:
    """At most three refused sentences: matches that were refused first, then sentences of like words.

    Args:
        scan: of the report.
        findings: its findings, refused ones among them.
        ranked: from `weigh`.
        taken: sentences already shown as evidence.
    """
    sentences = scan.document.sentences
    chosen: dict[int, Refusal] = {}
    for finding in findings:
        number = finding.match.sentence
        if number in chosen or number in taken or finding.grade != "none":
            continue
        chosen[number] = Refusal(
            sentences[number].start, sentences[number].end, finding.refused or "other", 99.0
        )
    for weight, number in ranked:
        if len(chosen) >= MOST:
            break
        if number in chosen or number in taken:
            continue
        sentence = sentences[number]
        clause = scan.document.clauses[sentence.first_clause]
        if clause.role in ("noise", "closing"):
            continue
        because = {"opening": "opening", "plan": "words_plan", "problems": "words_problems"}.get(
            clause.role, "words"
        )
        chosen[number] = Refusal(sentence.start, sentence.end, because, weight)
    return list(chosen.values())[:MOST]
