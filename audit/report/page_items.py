"""The findings for the page: groups in the outline's order, not-met items first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from audit import wording
from audit.report.page_text import TextView, link
from audit.result import ChecklistResult, IndicatorResult, Item, Result

SHOWN = 3
"""Places of evidence that a finding quotes; the others are named by their place only."""
ORDER = ("absent", "shortfall_only", "plan_only", "weak", "error", "needs_human", "full", "not_applicable")
OPEN = frozenset(ORDER[:6])
LADDER = ("data", "action", "mention", "plan", "shortfall")
ROLE_OF_ITEM = {
    "part-achievements": ("achievements",),
    "part-problems": ("problems",),
    "problem-causes": ("problems",),
    "part-responsible": ("responsible",),
    "part-plan": ("plan",),
}
"""Where the parts stand that the items of form speak of."""


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


@dataclass(slots=True)
class Finding:
    """One item as the page shows it."""

    id: str
    item: Item
    mark: str
    outcome: str
    open: bool
    points: str
    possible: str
    gain: str
    about: str
    ladder: Markup = Markup("")
    proofs: list[Proof] = field(default_factory=list)
    more: list[Markup] = field(default_factory=list)
    metrics: list[MetricRow] = field(default_factory=list)
    nearest: list[Refusal] = field(default_factory=list)
    nil: Refusal | None = None
    places: list[Markup] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    searched: bool = False
    review_because: str = ""
    decided: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A group's points: earned, waiting for a person, lost (points of its checklist)."""

    possible: float
    points: float
    waiting: float
    lost: float
    scale: float


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with its findings: open ones first, met and inapplicable ones to be folded."""

    id: str
    title: str
    score: float | None
    bar: Bar
    open: list[Finding]
    met: list[Finding]
    aside: list[Finding]
    said: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A checklist with its groups."""

    sheet: ChecklistResult
    name: str
    groups: list[GroupView]


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
    """The evidence of an indicator: the first places quoted, the others named."""
    quoted: list[Proof] = []
    more: list[Markup] = []
    for evidence in indicator.evidence:
        place = link(text.spot(evidence.start, evidence.end, "e", target))
        if len(quoted) < SHOWN:
            words = text.sentence(evidence.start, evidence.end, evidence.marks)
            quoted.append(Proof(place, words, _parts(evidence.found), evidence.pattern))
        elif place:
            more.append(place)
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


class Findings:
    """Makes the findings of one result, marking their places in the text."""

    def __init__(self, result: Result, text: TextView, gains: Mapping[tuple[str, str], float]) -> None:
        self.result, self.text, self.gains = result, text, gains
        self.indicators = {indicator.id: indicator for indicator in result.indicators}
        self.ids: dict[tuple[str, str], str] = {}
        self.ladders: dict[tuple[frozenset[str], str | None], Markup] = {}
        self.defects: dict[str, list[str]] = {}
        for index, defect in enumerate(result.defects):
            self.defects.setdefault(defect.kind, []).append(f"d{index + 1}")

    def sheets(self) -> list[SheetView]:
        """All checklists with their groups and findings."""
        views: list[SheetView] = []
        for sheet in self.result.checklists:
            largest = max((sum(i.points_possible for i in g.items) for g in sheet.groups), default=0.0) or 1.0
            groups = []
            for number_, group in enumerate(sheet.groups):
                found = [self._finding(sheet, item) for item in group.items]
                found.sort(key=lambda f: (ORDER.index(f.item.verdict), -f.item.points_lost))
                bar = _bar([f.item for f in found], largest)
                opened = [f for f in found if f.open]
                met = [f for f in found if f.item.verdict == "full"]
                aside = [f for f in found if f.item.verdict == "not_applicable"]
                said = wording.text(
                    "page", "bar_said", title=group.title, possible=number(bar.possible), points=number(bar.points),
                    lost=number(bar.lost), waiting=number(bar.waiting),
                )  # fmt: skip
                id_ = f"g-{len(views)}-{number_}"
                groups.append(GroupView(id_, group.title, group.score, bar, opened, met, aside, said))
            views.append(SheetView(sheet, wording.label("parts", sheet.kind or "other"), groups))
        return views

    def _finding(self, sheet: ChecklistResult, item: Item) -> Finding:
        id_ = self.ids[sheet.id, item.id] = f"f{len(self.ids) + 1}"
        view = Finding(
            id=id_,
            item=item,
            mark=wording.verdict_mark(item.verdict),
            outcome=wording.verdict(item.verdict, sheet.kind, item.id),
            open=item.verdict in OPEN,
            points=f"{item.points:.2f}",
            possible=f"{item.points_possible:.2f}",
            gain=f"{self.gains.get((sheet.id, item.id), 0.0):.2f}",
            about=_sums(item, sheet) + "".join(_requirement(sheet, item)),
        )
        if item.decided:
            view.decided, view.decided_by = _decided(item.decided, sheet, item)
        indicator = self.indicators.get(item.indicator or "")
        if indicator is not None:
            self._facts(view, indicator)
        elif sheet.kind == "editorial":
            view.defects = self.defects.get(item.id, [])
        else:
            self._places(view)
        return view

    def _facts(self, view: Finding, indicator: IndicatorResult) -> None:
        item, text = view.item, self.text
        view.proofs, view.more = proofs(indicator, text, view.id)
        view.metrics = metric_rows(indicator, text, view.id)
        reached = {evidence.strength for evidence in indicator.evidence}
        view.ladder = self._ladder(frozenset(reached | {indicator.grade}), item.requires)
        view.review_because = indicator.review_because if indicator.needs_review else ""
        view.searched = item.verdict in ("absent", "plan_only", "shortfall_only")
        if item.verdict != "full":
            view.nearest = [
                Refusal(link(text.spot(near.start, near.end, "n", view.id)), near.quote, near.refused_because)
                for near in indicator.nearest
            ]
        if indicator.nil is not None:
            spot = text.spot(indicator.nil.start, indicator.nil.end, "e", view.id)
            view.nil = Refusal(link(spot), indicator.nil.quote, "")

    def _ladder(self, reached: frozenset[str], wanted: str | None) -> Markup:
        """The steps of the ladder of grades: whether the text reaches each, and which one full points need."""
        known = self.ladders.get((reached, wanted))
        if known is None:
            say = partial(wording.text, "page")
            steps = [
                (grade in reached, say("steps", grade), f"({say('step_wanted')})" if grade == wanted else "")
                for grade in LADDER[: 1 + next((i for i, grade in enumerate(LADDER) if grade in reached), 9)]
            ]
            html = [
                f'<span class="{"yes" if found else "no"}">{escape(say("step_found" if found else "step_not"))} {escape(name)}{escape(need)}</span>'
                for found, name, need in steps
            ]
            known = self.ladders[reached, wanted] = Markup("".join(html))
        return known

    def _places(self, view: Finding) -> None:
        """For items of form: the beginnings of the parts that they speak of."""
        for part in self.result.document.parts:
            if part.role in ROLE_OF_ITEM.get(view.item.id, ()):
                spot = self.text.spot(part.start, min(part.end, part.start + 20), "n", view.id)
                if spot is not None:
                    view.places.append(spot.link)
        del view.places[4:]


def _bar(items: list[Item], scale: float) -> Bar:
    possible = sum(item.points_possible for item in items)
    points = sum(item.points for item in items)
    waiting = sum(item.points_possible for item in items if item.verdict in ("needs_human", "error"))
    return Bar(possible, points, waiting, max(0.0, possible - points - waiting), scale)


def _requirement(sheet: ChecklistResult, item: Item) -> list[str]:
    say = wording.text
    rows = []
    if item.clause:
        unsure = "" if item.verified else say("page", "unsure", remark=say("unverified_clause"))
        rows.append(say("page", "clause", title=sheet.title, clause=item.clause, unsure=unsure))
    if item.basis:
        unsure = "" if item.basis_verified else say("page", "unsure", remark=say("unverified_clause"))
        rows.append(say("page", "basis", basis=item.basis, unsure=unsure))
    if item.requires:
        rows.append(say("page", "requires", need=wording.label("needs", item.requires)))
    return rows


def _sums(item: Item, sheet: ChecklistResult) -> str:
    if item.credit is None:
        return wording.text("page", "sums_none")
    told = wording.text(
        "page",
        "sums",
        possible=f"{item.points_possible:.2f}",
        credit=f"{item.credit * 100:.0f}%",
        points=f"{item.points:.2f}",
    )
    if item.score_if_mended is not None and sheet.score is not None:
        told += wording.text(
            "page", "sums_mended", name=wording.label("parts", sheet.kind or "other"),
            now=f"{sheet.score:.2f}", then=f"{item.score_if_mended:.2f}",
        )  # fmt: skip
    return told


def _decided(decided: Mapping[str, Any], sheet: ChecklistResult, item: Item) -> tuple[str, str]:
    before = decided.get("verdict_before")
    told = wording.text(
        "page", "decided", who=decided.get("who") or "", when=decided.get("when") or "", why=decided.get("why") or "",
        before=wording.verdict(str(before), sheet.kind, item.id) if before in ORDER else before or "",
        now=wording.verdict(item.verdict, sheet.kind, item.id),
    )  # fmt: skip
    if decided.get("until"):
        told += wording.text("page", "decided_until", until=decided["until"])
    return told, str(decided.get("who") or "")
