"""What the text shows of an indicator, for the page: evidence, figures, refused sentences, the ladder of grades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from audit import wording
from audit.report.page_text import TextView, link
from audit.result import IndicatorResult

SHOWN = 3
"""Places of evidence that a finding quotes; the others are named by their place only."""
LADDER = ("data", "action", "mention", "plan", "shortfall")


@dataclass(frozen=True, slots=True)
class Proof:
    """A place that supports a finding, quoted in its sentence."""

    link: Markup
    words: Markup
    found: list[tuple[str, str]]
    pattern: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence that was looked at and not taken, with the reason."""

    link: Markup
    quote: str
    because: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A figure with its unit and scope, in words."""

    name: str
    value: str
    scope: str
    remark: str
    link: Markup


def number(value: float) -> str:
    """A plain number without a needless point: 90.45, 28000."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def metric_rows(indicator: IndicatorResult, text: TextView, target: str) -> list[MetricRow]:
    """The figures extracted for an indicator."""
    rows = []
    for metric in indicator.metrics:
        value = number(metric.value) + wording.label("units", metric.unit)
        if metric.approx:
            value = wording.text("page", "about", value=value)
        scope = wording.text("page", "scope_all") if metric.scope == "all" else metric.scope
        remark = wording.text("page", "mixed") if metric.mixed else ""
        place = link(text.spot(metric.start, metric.end, "n", target))
        rows.append(MetricRow(metric.name or metric.key, value, scope, remark, place))
    return rows


def proofs(indicator: IndicatorResult, text: TextView, target: str) -> tuple[list[Proof], list[Markup]]:
    """The evidence of an indicator: the first places quoted, the other lines named."""
    quoted: list[Proof] = []
    more: list[Markup] = []
    seen: set[str] = set()
    for evidence in indicator.evidence:
        place = link(text.spot(evidence.start, evidence.end, "e", target))
        if len(quoted) < SHOWN:
            words = text.sentence(evidence.start, evidence.end, evidence.marks)
            quoted.append(Proof(place, words, _parts(evidence.found), evidence.pattern))
        elif place and place.striptags() not in seen:
            more.append(place)
        seen.add(place.striptags())
        text.note(evidence.marks)
    return quoted, more


def _parts(found: Iterable[str]) -> list[tuple[str, str]]:
    """The parts of a pattern with the words found for each; a long list of alternatives is not repeated."""
    rows = []
    for told in found:
        name, _, words = told.rpartition(":")
        if name[:1] == "#":
            name = wording.text("page", "figure")
        elif "|" in name:
            name = wording.text("page", "one_of")
        rows.append((name.strip("{}^="), words))
    return rows


def ladder(reached: frozenset[str], wanted: str | None) -> Markup:
    """The steps of the ladder of grades: whether the text reaches each, and which one full points need."""
    say = partial(wording.text, "page")
    steps = [
        (grade in reached, say("steps", grade), f"（{say('step_wanted')}）" if grade == wanted else "")
        for grade in LADDER[: 1 + next((i for i, grade in enumerate(LADDER) if grade in reached), 9)]
    ]
    html = [
        f'<span class="{"yes" if found else "no"}">{escape(say("step_found" if found else "step_not"))} {escape(name)}{escape(need)}</span>'
        for found, name, need in steps
    ]
    return Markup("".join(html))
