"""The sections after the findings: defects, pairs, the year's priorities, what is observed, last year's report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from audit import wording
from audit.report.page_facts import Proof, metric_rows, proofs
from audit.report.page_items import Findings
from audit.report.page_text import TextView, link
from audit.report.page_words import ORDER
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


def defect(defect: Defect, id_: str, kind: str, text: TextView) -> DefectView:
    """A defect or a hint, its place marked in the text."""
    return DefectView(
        id_, wording.defect(defect.kind),
        wording.label("severities", defect.severity), defect.scored, defect.quote or "",
        defect.why, defect.remedy, link(text.spot(defect.start, defect.end, kind, id_)),
    )  # fmt: skip


def _quoted(place: Any, text: TextView, target: str, kind: str = "n") -> Quoted:
    if isinstance(place, Mapping):
        start, end, quote = place.get("start"), place.get("end"), place.get("quote")
    else:
        start, end, quote = place.start, place.end, place.quote
    return Quoted(str(quote or ""), link(text.spot(start, end, kind, target)))


def pairs(result: Result, text: TextView) -> list[PairView]:
    """The problems with their measures."""
    return [
        PairView(
            f"q{i + 1}",
            _quoted(pair.problem, text, f"q{i + 1}"),
            [_quoted(m, text, f"q{i + 1}") for m in pair.measures],
        )
        for i, pair in enumerate(result.pairs)
    ]


def focus(result: Result, text: TextView) -> list[tuple[str, str, str, Quoted | None]]:
    """The year's priorities: title, mark, words for whether it is shown, and where."""
    rows = []
    marks = {"done": "full", "plan": "plan_only", "none": "absent"}
    for entry in result.focus:
        shown = str(entry.get("shown") or "none")
        place = _quoted(entry, text, "focus") if entry.get("quote") else None
        mark = wording.verdict_mark(marks.get(shown, "absent"))
        rows.append((str(entry.get("title") or ""), mark, wording.text("page", "focus_shown", shown), place))
    return rows


def observed(result: Result, findings: Findings, text: TextView) -> list[Observed]:
    """The indicators that are shown without score."""
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


def previous(told: Mapping[str, Any] | None, text: TextView) -> PreviousView | None:
    """What the comparison with last year's report found, if there was one."""
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


def parts(result: Result) -> list[PartView]:
    """The parts of the report that have words in them."""
    return [
        PartView(f"p{i}", wording.role(part.role), part.heading, part.end - part.start)
        for i, part in enumerate(result.document.parts)
        if result.document.text[part.start : part.end].strip()
    ]


def decision(told: Mapping[str, Any]) -> list[str]:
    """A row of the table of decisions."""
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
