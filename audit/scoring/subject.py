"""What judging knows of a report besides its indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audit.checklist.rules import LETTERS
from audit.result import Defect, DocumentResult, Pair
from audit.scoring.powers import merge


class Subject(NamedTuple):
    """The report as judging sees it.

    Attributes:
        document: the document facts.
        level: level of the body, None for unknown.
        year: the year reported on, None for unknown.
        powers: answer for each power.
        from_web: the text was copied off the web.
        form: form facts.
        defects: defects of form.
        pairs: problems with the measures that answer them.
        substance: shares and lengths by name.
    """

    document: DocumentResult
    level: str | None
    year: int | None
    powers: Mapping[str, bool | None]
    from_web: bool
    form: Mapping[str, bool | None]
    defects: Sequence[Defect]
    pairs: Sequence[Pair]
    substance: Mapping[str, float | None]

    @property
    def letter(self) -> str:
        """The letter of the level in instruments, empty for unknown."""
        return LETTERS.get(self.level or "", "")


def subject_of(
    document: DocumentResult,
    *,
    form: Mapping[str, bool | None],
    defects: Sequence[Defect] = (),
    pairs: Sequence[Pair] = (),
    substance: Mapping[str, float | None] | None = None,
    from_web: bool | None = None,
) -> Subject:
    """Draws the facts together; `from_web` None: a published text in a format that people copy into."""
    level = document.body.level or document.level
    if from_web is None:
        from_web = document.stage == "published" and document.source.format in ("txt", "html")
    return Subject(
        document=document,
        level=level,
        year=document.report_year,
        powers=merge(level, document.body.powers),
        from_web=from_web,
        form=form,
        defects=defects,
        pairs=pairs,
        substance=substance or {},
    )
