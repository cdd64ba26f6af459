"""The whole page as data: everything that the template prints, made from the result alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from audit import wording
from audit.report import Paper
from audit.report import page_sections as sections
from audit.report.page_items import (
    Findings,
    SheetView,
)
from audit.report.page_method import Method, document_facts, form_facts, method
from audit.report.page_scores import FIRST, Mend, Scores, scores, sentence
from audit.report.page_text import Line, TextView
from audit.result import Result


@dataclass(frozen=True, slots=True)
class Chip:
    """A verdict to filter by, with the number of items that have it."""

    id: str
    mark: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything on the page."""

    result: Result
    publisher: str
    subtitle: str
    heading: str
    facts_line: list[str]
    review: str
    sentence: str
    scores: Scores
    first: list[Mend]
    later: list[Mend]
    sheets: list[SheetView]
    ids: dict[tuple[str, str], str]
    chips: list[Chip]
    weights: list[tuple[str, str]]
    reviews: int
    items: int
    searched: str
    defects: list[sections.DefectView]
    hints: list[sections.DefectView]
    pairs: list[sections.PairView]
    focus: list[tuple[str, str, str, sections.Quoted | None]]
    observed: list[sections.Observed]
    previous: sections.PreviousView | None
    parts: list[sections.PartView]
    form: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    method: Method
    decisions: list[list[str]]
    lines: list[Line]
    bands: Markup


def view(result: Result, paper: Paper) -> PageView:
    """The page of a result."""
    text = TextView(result.document)
    told = scores(result)
    findings = Findings(result, text, told.gains)
    sheets = findings.sheets()
    document = result.document
    say = wording.text
    publisher = document.publisher or document.title or document.name
    if document.report_year is None:
        subtitle = say("page", "subtitle_no_year", kind=wording.label("doc_types", document.doc_type))
    else:
        subtitle = say(
            "page", "subtitle", year=document.report_year, kind=wording.label("doc_types", document.doc_type)
        )
    items = [item for sheet in result.checklists for group in sheet.groups for item in group.items]
    counts = Counter(item.verdict for item in items)
    chips = [
        Chip(name, wording.verdict_mark(name), wording.verdict(name), counts[name])
        for name in (
            "absent",
            "shortfall_only",
            "plan_only",
            "weak",
            "needs_human",
            "error",
            "full",
            "not_applicable",
        )
        if counts[name]
    ]
    weights = sorted({f"{item.weight:g}" for item in items}, key=float, reverse=True)
    names = wording.entry("page", "weights")
    return PageView(
        result=result,
        publisher=publisher,
        subtitle=subtitle,
        heading=say("page", "heading", publisher=publisher, subtitle=subtitle),
        facts_line=_facts_line(result),
        review=say("page", "reviewed", who=paper.reviewed_by) if paper.reviewed_by else wording.unreviewed(),
        sentence=sentence(result),
        scores=told,
        first=told.mends[:FIRST],
        later=told.mends[FIRST:],
        sheets=sheets,
        ids=findings.ids,
        chips=chips,
        weights=[(weight, str(names.get(weight, say("page", "weight", n=weight)))) for weight in weights],
        reviews=sum(item.needs_review for item in items),
        items=len(items),
        searched=_searched(result),
        defects=[sections.defect(d, f"d{i + 1}", "d", text) for i, d in enumerate(result.defects)],
        hints=[sections.defect(d, f"h{i + 1}", "d", text) for i, d in enumerate(result.hints)],
        pairs=sections.pairs(result, text),
        focus=sections.focus(result, text),
        observed=sections.observed(result, findings, text),
        previous=sections.previous(result.previous, text),
        parts=sections.parts(result),
        form=form_facts(result),
        facts=document_facts(result),
        method=method(result),
        decisions=[sections.decision(each) for each in result.decisions],
        # Last, when all findings have named their places.
        lines=text.lines(),
        bands=text.bands(),
    )


def _facts_line(result: Result) -> list[str]:
    document, say = result.document, wording.text
    rows = [wording.level(document.level), wording.label("stages", document.stage)]
    for key, value in (("signed_on", document.signed_on), ("published_on", document.published_on)):
        if value:
            rows.append(say("page", "fact", name=say("page", "facts", key), value=value))
    rows.append(say("page", "characters", n=f"{document.characters:,}"))
    rows.append(say("page", "file", name=document.source.path.replace("\\", "/").rsplit("/", 1)[-1]))
    return [row for row in rows if row]


def _searched(result: Result) -> str:
    """Where an indicator was looked for, in words."""
    sizes: Counter[str] = Counter()
    for part in result.document.parts:
        sizes[part.role] += part.end - part.start
    rows = [
        wording.text("page", "searched_part", role=wording.role(role), n=sizes[role])
        for role in ("achievements", "responsible", "problems", "plan")
        if sizes[role]
    ]
    return (
        wording.text("page", "searched", rows="、".join(rows))
        if rows
        else wording.text("page", "searched_all")
    )
