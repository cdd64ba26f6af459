"""What a text shows of one indicator."""

from __future__ import annotations

from dataclasses import dataclass

from audit.matching.grade import Finding, Grade
from audit.matching.match import Match
from audit.matching.metrics import Found
from audit.matching.nearest import Refusal


@dataclass(slots=True)
class Shown:
    """What the text shows of one indicator.

    Attributes:
        grade: the highest that the text supports.
        evidence: the findings of that grade, best first.
        weaker: findings of lower grades.
        nil: the place that says that the matter did not arise.
        doubt: 0 to 1.
        review: key of the reason for review in the wording file, or "".
    """

    index: int
    id: str
    grade: Grade
    evidence: list[Finding]
    weaker: list[Finding]
    metrics: list[Found]
    nil: Match | None
    refusals: list[Refusal]
    doubt: float = 0.0
    review: str = ""
