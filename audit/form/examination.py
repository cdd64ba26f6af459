"""One examination of a report's form: every family of checks in turn."""

from __future__ import annotations

from collections.abc import Iterator

from audit.document.model import Document
from audit.form import (
    announced,
    arithmetic,
    duplicates,
    habits,
    headings,
    names,
    noise,
    numbering,
    placeholders,
    political,
    privacy,
    punctuation,
    years,
)
from audit.form.facts import form_facts, substance
from audit.form.layout import Layout
from audit.form.markers import Marker, markers
from audit.form.model import Defect, FormFindings
from audit.form.pairs import problem_pairs

_COPIED = frozenset({"noise", "privacy", "punctuation"})
_FROM_WEB = "(可能为网页复制所致,请与原件核对)"


def examine(
    document: Document,
    *,
    report_year: int | None,
    stage: str,
    previous: Document | None = None,
    limit: int | None = None,
) -> FormFindings:
    """Examines the form of a report and whether it holds together.

    Args:
        document: the report.
        report_year: the year reported on, None where it is not known.
        stage: `draft`, `filed` or `published`; in published text residue, personal data and punctuation
            are hints without points.
        previous: last year's report, for the comparison.
        limit: the greatest number of characters that the office allows, None for no limit.
    """
    layout = Layout(document)
    found = markers(layout)
    defects = [_staged(defect, stage) for defect in _defects(layout, found, report_year)]
    defects.sort(key=lambda d: (d.start is None, d.start or 0, d.end or 0, d.kind))
    comparison = None
    if previous is not None:
        from audit.form.previous import compare

        comparison = compare(layout, found, previous)
    return FormFindings(
        facts=form_facts(layout),
        pairs=problem_pairs(layout, found),
        defects=tuple(defects),
        hints=tuple(habits.find(layout, report_year, stage, limit)),
        substance=substance(layout, found),
        previous=comparison,
    )


def _defects(layout: Layout, found: list[Marker], report_year: int | None) -> Iterator[Defect]:
    ordered = numbering.sequences(found)
    yield from numbering.find(layout, ordered)
    yield from announced.find(layout, ordered)
    yield from headings.find(layout, ordered)
    yield from punctuation.find(layout, found)
    yield from arithmetic.find(layout)
    yield from names.find(layout, report_year)
    yield from political.find(layout, report_year)
    yield from placeholders.find(layout)
    yield from years.find(layout, found, report_year)
    yield from privacy.find(layout)
    yield from duplicates.find(layout)
    yield from noise.find(layout)


def _staged(defect: Defect, stage: str) -> Defect:
    """In text copied off the web, what the copying may have done is a hint."""
    if stage != "published" or defect.kind not in _COPIED:
        return defect
    return defect._replace(why=defect.why + _FROM_WEB, severity="note", scored=False)
