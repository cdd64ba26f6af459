"""What the examination of a report's form returns: facts, pairs, defects and hints, all frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from audit.document.model import Span

Severity = Literal["must", "should", "note"]


class Defect(NamedTuple):
    """Something that a careful editor would send back.

    Attributes:
        kind: `numbering`, `empty-heading`, `arithmetic`, `target`, `punctuation`, `year`, `privacy`,
            `duplicate`, `noise`, `name`, `placeholder`; `political` and `typo` are shown and never scored;
            hints have the kinds `habit`, `title`, `style`.
        start: first offset of the smallest passage that shows it; None where it has no place.
        end: offset after that passage.
        why: what is wrong, in Chinese.
        remedy: how to mend it, in Chinese.
        severity: `must`, `should` or `note`.
        scored: False where it costs no points.
    """

    kind: str
    start: int | None
    end: int | None
    why: str
    remedy: str
    severity: Severity = "should"
    scored: bool = True


class ProblemPair(NamedTuple):
    """A problem and the measures of the plan that answer it (none: unanswered)."""

    problem: Span
    measures: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FormFindings:
    """All that the examination of the form found.

    Attributes:
        facts: the seven form facts; None where a fact does not apply.
        pairs: every problem with its answering measures, in the order of the text.
        defects: in the order of the text, those without a place last.
        hints: remarks on habits of official writing; never scored.
        substance: `quantified` (share of the result paragraphs with a checkable figure, 0–1),
            `problems_characters` (length of the problems part), `problems_specific_share` and
            `plan_specific_share` (shares of their items that name something, 0–1); None where the part is missing.
        previous: the comparison with last year's report, None where none was given.
    """

    facts: dict[str, bool | None]
    pairs: tuple[ProblemPair, ...]
    defects: tuple[Defect, ...]
    hints: tuple[Defect, ...]
    substance: dict[str, float | None]
    previous: dict[str, Any] | None = field(default=None)
