"""The form facts of a report and the figures shown beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from audit.document.model import Role, Span
from audit.form.cued import data
from audit.form.items import passages, split
from audit.form.layout import Layout
from audit.form.markers import Marker

_LEAST = 10


@cache
def _causes() -> re.Pattern[str]:
    return re.compile("|".join(data("causes")["causes"]))


@cache
def _specific() -> re.Pattern[str]:
    lists = data("specific")
    return re.compile("|".join([*lists["places"], *lists["facts"]]))


@cache
def _planned() -> re.Pattern[str]:
    return re.compile("|".join(data("specific")["plans"]))


@cache
def _duty() -> re.Pattern[str]:
    return re.compile("|".join(data("causes")["duty_headings"]))


def form_facts(layout: Layout) -> dict[str, bool | None]:
    """The seven form facts of labelling.md; None where a fact does not apply."""
    problems = passages(layout, "problems")
    has_problems = _length(layout, problems) >= _LEAST
    has_responsible = _length(layout, passages(layout, "responsible")) >= _LEAST
    return {
        "has_achievements": _length(layout, passages(layout, "achievements")) >= _LEAST,
        "has_problems": has_problems,
        "has_responsible": has_responsible,
        "has_plan": _length(layout, passages(layout, "plan")) >= _LEAST,
        "own_heading_responsible": _own_heading(layout) if has_responsible else None,
        "gives_causes": _any(layout, problems, _causes()) if has_problems else None,
        "problems_specific": names_something(layout, problems) if has_problems else None,
    }


def substance(layout: Layout, found: Sequence[Marker]) -> dict[str, float | None]:
    """Share of result paragraphs with a checkable figure, length of the problems, shares that name something."""
    results = [
        line
        for line in layout.lines
        if line.role in ("achievements", "responsible")
        and line.kind == "text"
        and line.end - line.start >= 30
    ]
    figures = [
        q.start
        for q in layout.document.quantities
        if q.kind in ("level", "change", "money") and not q.implied
    ]
    problems, plan = passages(layout, "problems"), passages(layout, "plan")
    faults, tasks = split(layout, problems, found), split(layout, plan, found)
    return {
        "quantified": _share(
            [bisect_left(figures, line.start) < bisect_left(figures, line.end) for line in results]
        ),
        "problems_characters": float(_length(layout, problems)) if problems else None,
        "problems_specific_share": _share([names_something(layout, [item]) for item in faults]),
        "plan_specific_share": _share([plans_something(layout, item) for item in tasks]),
    }


def _share(answers: Sequence[bool]) -> float | None:
    return round(sum(answers) / len(answers), 4) if answers else None


def _length(layout: Layout, spans: Sequence[Span]) -> int:
    return sum(len("".join(layout.text[s.start : s.end].split())) for s in spans)


def _any(layout: Layout, spans: Sequence[Span], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(layout.norm, s.start, s.end) for s in spans)


def names_something(layout: Layout, spans: Sequence[Span]) -> bool:
    """A problem names a fact, a figure, a place or a kind of unit."""
    if _any(layout, spans, _specific()):
        return True
    return any(
        s.start <= q.start < s.end
        for q in layout.document.quantities
        if q.kind in ("level", "money", "change") and not q.implied
        for s in spans
    )


def plans_something(layout: Layout, item: Span) -> bool:
    """A task of the plan names a document, a number, a date, a body or a kind of unit."""
    if _planned().search(layout.norm, item.start, item.end):
        return True
    return any(
        item.start <= q.start < item.end and q.kind in ("level", "money", "date")
        for q in layout.document.quantities
        if not q.implied
    )


def _own_heading(layout: Layout) -> bool:
    """The passage on the responsible persons begins with a heading of rank 1 or 2, or right below one."""
    headings = {
        p.start: p for p in layout.document.paragraphs if p.kind in ("heading", "lead") and 0 < p.level <= 2
    }
    role: Role = "responsible"
    for part in layout.document.parts:
        if part.role != role:
            continue
        index = layout.line_at(part.start)
        line = layout.lines[index]
        if line.start < part.start:
            continue
        if line.start in headings or line.end <= part.start:
            return True
        above = layout.lines[index - 1] if index else line
        heading = headings.get(above.start)
        if (
            heading is not None
            and heading.kind == "heading"
            and _duty().search(layout.norm, above.start, above.end)
        ):
            return True
    return False
