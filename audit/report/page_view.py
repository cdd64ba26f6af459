"""The whole page as data: everything that the template prints, made from the result alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from audit import wording
from audit.report import Paper
from audit.report.page_items import (
    ORDER,
    Findings,
    Proof,
    SheetView,
    metric_rows,
    proofs,
)
from audit.report.page_method import Method, document_facts, form_facts, method
from audit.report.page_scores import FIRST, Mend, Scores, scores, sentence
from audit.report.page_text import Line, TextView, link
from audit.result import Defect, Result


@dataclass(frozen=True, slots=True)
class DefectView:
    """A defect or a hint."""

    id: str
    name: str
    severity: str
    scored: bool
    quote: str
    why: str
    remedy: str
    link: Markup


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote with its place, or words without one."""

    quote: str
    link: Markup


@dataclass(frozen=True, slots=True)
class PairView:
    """A problem with the measures that answer it."""

    id: str
    problem: Quoted
    measures: list[Quoted]


@dataclass(frozen=True, slots=True)
class Observed:
    """An indicator that is shown without score."""

    id: str
    title: str
    grade: str
    reason: str
    proofs: list[Proof]
    metrics: list[Any]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the report, for the way into the text."""

    anchor: str
    role: str
    heading: str
    characters: int


@dataclass(frozen=True, slots=True)
class PreviousView:
    """The comparison with last year's report."""

    share: str
    carried: list[tuple[Quoted, str]]
    again: list[tuple[Quoted, str]]
    targets: list[tuple[str, str, str]]


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
    reviewed: bool
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
    defects: list[DefectView]
    hints: list[DefectView]
    pairs: list[PairView]
    focus: list[tuple[str, str, str, Quoted | None]]
    observed: list[Observed]
    previous: PreviousView | None
    parts: list[PartView]
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
    view_ = PageView(
        result=result,
        publisher=publisher,
        subtitle=subtitle,
        heading=say("page", "heading", publisher=publisher, subtitle=subtitle),
        facts_line=_facts_line(result),
        review=say("page", "reviewed", who=paper.reviewed_by) if paper.reviewed_by else wording.unreviewed(),
        reviewed=bool(paper.reviewed_by),
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
        defects=[_defect(d, f"d{i + 1}", "d", text) for i, d in enumerate(result.defects)],
        hints=[_defect(d, f"h{i + 1}", "d", text) for i, d in enumerate(result.hints)],
        pairs=_pairs(result, text),
        focus=_focus(result, text),
        observed=_observed(result, findings, text),
        previous=_previous(result.previous, text),
        parts=_parts(result),
        form=form_facts(result),
        facts=document_facts(result),
        method=method(result),
        decisions=[_decision(each) for each in result.decisions],
        lines=[],
        bands=Markup(""),
    )
    # The marks are complete only when all findings have named their places.
    object.__setattr__(view_, "lines", text.lines())
    object.__setattr__(view_, "bands", text.bands())
    return view_


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


def _defect(defect: Defect, id_: str, kind: str, text: TextView) -> DefectView:
    return DefectView(
        id_, wording.text("page", "hint") if id_[0] == "h" else wording.defect(defect.kind),
        wording.label("severities", defect.severity), defect.scored, defect.quote or "",
        defect.why, defect.remedy, link(text.spot(defect.start, defect.end, kind, id_)),
    )  # fmt: skip


def _quoted(place: Any, text: TextView, target: str, kind: str = "n") -> Quoted:
    if isinstance(place, Mapping):
        start, end, quote = place.get("start"), place.get("end"), place.get("quote")
    else:
        start, end, quote = place.start, place.end, place.quote
    return Quoted(str(quote or ""), link(text.spot(start, end, kind, target)))


def _pairs(result: Result, text: TextView) -> list[PairView]:
    return [
        PairView(
            f"q{i + 1}",
            _quoted(pair.problem, text, f"q{i + 1}"),
            [_quoted(m, text, f"q{i + 1}") for m in pair.measures],
        )
        for i, pair in enumerate(result.pairs)
    ]


def _focus(result: Result, text: TextView) -> list[tuple[str, str, str, Quoted | None]]:
    rows = []
    marks = {"done": "full", "plan": "plan_only", "none": "absent"}
    for entry in result.focus:
        shown = str(entry.get("shown") or "none")
        place = _quoted(entry, text, "focus") if entry.get("quote") else None
        mark = wording.verdict_mark(marks.get(shown, "absent"))
        rows.append((str(entry.get("title") or ""), mark, wording.text("page", "focus_shown", shown), place))
    return rows


def _observed(result: Result, findings: Findings, text: TextView) -> list[Observed]:
    rows = []
    for index, id_ in enumerate(result.observed):
        indicator = findings.indicators.get(id_)
        if indicator is None:
            continue
        target = f"o{index + 1}"
        quoted, _ = proofs(indicator, text, target)
        metrics = metric_rows(indicator, text, target)
        rows.append(
            Observed(
                target, indicator.title, wording.grade(indicator.grade), indicator.reason, quoted[:1], metrics
            )
        )
    return rows


def _previous(told: Mapping[str, Any] | None, text: TextView) -> PreviousView | None:
    if not told:
        return None
    share = told.get("share_carried")
    no_level = wording.text("page", "target_silent")
    words = {True: "target_reached", False: "target_missed", None: "target_silent"}
    return PreviousView(
        share=f"{share * 100:.0f}%" if isinstance(share, int | float) else "—",
        carried=[(_quoted(row, text, "previous"), _old(row)) for row in told.get("carried") or []],
        again=[
            (_quoted(row.get("problem") or {}, text, "previous"), _old(row))
            for row in told.get("problems_again") or []
        ],
        targets=[
            (
                _old(row),
                str((row.get("now") or {}).get("quote") or no_level),
                wording.text("page", words[row.get("reached")]),
            )
            for row in told.get("targets") or []
        ],
    )


def _old(row: Mapping[str, Any]) -> str:
    return str((row.get("previous") or {}).get("quote") or "")


def _parts(result: Result) -> list[PartView]:
    return [
        PartView(f"p{i}", wording.role(part.role), part.heading, part.end - part.start)
        for i, part in enumerate(result.document.parts)
        if result.document.text[part.start : part.end].strip()
    ]


def _decision(told: Mapping[str, Any]) -> list[str]:
    verdict = told.get("verdict")
    status = told.get("status")
    words = wording.entry("decisions")
    return [
        str(told.get("item") or ""),
        wording.verdict(str(verdict)) if verdict in ORDER else str(verdict or ""),
        str(told.get("who") or ""),
        str(told.get("when") or ""),
        str(told.get("why") or ""),
        str(told.get("until") or ""),
        str(words.get(str(status), status or "")),
    ]
