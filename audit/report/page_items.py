"""The findings for the page: groups in the outline's order, not-met items first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from audit import wording
from audit.report.page_facts import MetricRow, Proof, Refusal, ladder, metric_rows, number, proofs
from audit.report.page_text import TextView, link
from audit.report.page_words import ORDER, decided_words, requirement, sums
from audit.result import ChecklistResult, IndicatorResult, Item, Result

OPEN = frozenset(ORDER[:6])
ROLE_OF_ITEM = {
    "part-achievements": ("achievements",),
    "part-problems": ("problems",),
    "problem-causes": ("problems",),
    "part-responsible": ("responsible",),
    "part-plan": ("plan",),
}
"""Where the parts stand that the items of form speak of."""


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
            about=sums(item, sheet) + "".join(requirement(sheet, item)),
        )
        if item.decided:
            view.decided = decided_words(item.decided, sheet, item)
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
        known = self.ladders.get((reached, wanted))
        if known is None:
            known = self.ladders[reached, wanted] = ladder(reached, wanted)
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
