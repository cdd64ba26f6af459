"""What a letter may say of a report: findings sorted by the tone in which they may be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.report.docx_kit import plain
from audit.report.places import Places
from audit.result import ChecklistResult, Defect, IndicatorResult, Item, Result

CHECK = frozenset({"arithmetic", "target", "year"})
"""Kinds of defects that the body is asked to verify."""
TWIN = {"part-responsible": frozenset({"first-responsible"})}
"""Outline items that are left out of the letter where the statutory item already says the same."""
OPEN = ("weak", "plan_only", "shortfall_only", "absent")
STATUTORY_PARTS = ("part-achievements", "part-problems", "problem-causes", "part-responsible", "part-plan")


@dataclass(frozen=True, slots=True)
class Subject:
    """An item with what the report says of it.

    Attributes:
        item: the judged item.
        group: title of its group.
        quote: the report's own words, in one line; empty where there are none.
        where: part and page, paragraph or line of the quote, in words.
    """

    item: Item
    group: str
    quote: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Something that a person has to look at before anything is sent."""

    subject: str
    outcome: str
    why: str
    quote: str = ""
    where: str = ""


@dataclass(slots=True)
class Points:
    """The findings of a result, sorted.

    Attributes:
        judged: items of the outline that were judged.
        full: those of them that are well shown.
        statutory: statutory contents to be supplied.
        statutory_judged: statutory contents that were judged, by id.
        items: items of the outline to be enriched, the heaviest first.
        figures: defects whose figures or words are to be verified.
        wording: other defects.
        reviews: what goes to the 复核单.
        well: titles of items that figures support, the weightiest first.
    """

    judged: int = 0
    full: int = 0
    statutory: list[Subject] = field(default_factory=list)
    statutory_judged: dict[str, str] = field(default_factory=dict)
    items: list[Subject] = field(default_factory=list)
    figures: list[Defect] = field(default_factory=list)
    wording: list[Defect] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    well: list[str] = field(default_factory=list)

    def of(self, *verdicts: str) -> list[Subject]:
        """The items to be enriched with one of these verdicts."""
        return [each for each in self.items if each.item.verdict in verdicts]


def sort_points(result: Result) -> Points:
    """The findings of a result as a letter needs them."""
    from audit import wording

    points = Points()
    text = Places(result.document)
    indicators = {indicator.id: indicator for indicator in result.indicators}
    hidden: set[str] = set()
    well: list[tuple[float, int, str]] = []
    for sheet, group, item in items_of(result, ("statutory",)):
        if item.id not in STATUTORY_PARTS:
            if item.verdict in ("needs_human", "error"):
                points.reviews.append(_review(sheet, item, None, text))
            continue
        if item.credit is not None:
            points.statutory_judged[item.id] = item.verdict
        if item.needs_review or item.verdict in ("needs_human", "error"):
            points.reviews.append(_review(sheet, item, None, text))
        elif item.verdict in OPEN:
            points.statutory.append(Subject(item, group))
            hidden |= TWIN.get(item.id, frozenset())
    for sheet, group, item in items_of(result, ("outline", "other", "")):
        indicator = indicators.get(item.indicator or item.id)
        if item.credit is not None:
            points.judged += 1
            points.full += item.verdict == "full"
        if item.needs_review or item.verdict in ("needs_human", "error"):
            points.reviews.append(_review(sheet, item, indicator, text))
        elif item.verdict in OPEN:
            if item.id not in hidden and (item.indicator or "") not in hidden:
                quote, where = said(indicator, text)
                points.items.append(Subject(item, group, quote, where))
        elif item.verdict == "full" and indicator is not None and indicator.grade == "data":
            well.append((-item.weight, len(well), item.title))
    points.items.sort(key=lambda each: -each.item.points_lost)
    points.well = [title for _, _, title in sorted(well)]
    for defect in result.defects:
        if not defect.scored or defect.severity == "note":
            spot = text.told(defect.start)
            name = wording.defect(defect.kind)
            points.reviews.append(
                Review(name, wording.text("letter", "hint"), wording.wide(defect.why), shown(defect), spot)
            )
        elif defect.kind in CHECK:
            points.figures.append(defect)
        else:
            points.wording.append(defect)
    return points


def items_of(result: Result, kinds: tuple[str, ...]) -> Iterator[tuple[ChecklistResult, str, Item]]:
    """The items of the checklists of some kinds, with the title of their group."""
    for sheet in result.checklists:
        if sheet.kind in kinds:
            for group in sheet.groups:
                for item in group.items:
                    yield sheet, group.title, item


def said(indicator: IndicatorResult | None, text: Places) -> tuple[str, str]:
    """The report's own words on an indicator and where they stand; empty where there are none."""
    if indicator is None or not indicator.evidence:
        return "", ""
    best = indicator.evidence[0]
    where = text.told(best.start)
    return plain(best.quote), where


def shown(defect: Defect, limit: int = 60) -> str:
    """A defect's quote for a paper: one line, shortened; personal data are covered."""
    quote = plain(defect.quote or "")
    if defect.kind == "privacy":
        quote = cover(quote)
    return shorten(quote, limit)


def inner_marks(quote: str) -> str:
    """A quote that is to stand in “ ”: its own “ ” become ‘ ’."""
    return quote.replace("“", "‘").replace("”", "’")


def cover(quote: str) -> str:
    """Runs of seven digits or more with all but the first three covered."""
    return re.sub(
        r"(?<!\d)(\d{3})\d{4,}([0-9Xx]?)", lambda match: match[1] + "*" * (len(match[0]) - 3), quote
    )


def shorten(quote: str, limit: int) -> str:
    """A quote of at most `limit` characters, cut at the end with ……"""
    return quote if len(quote) <= limit else quote[: limit - 2].rstrip("，,、；;") + "……"


def _review(sheet: ChecklistResult, item: Item, indicator: IndicatorResult | None, text: Places) -> Review:
    from audit import wording

    quote, where = said(indicator, text)
    if not quote and indicator is not None and indicator.nearest:
        near = indicator.nearest[0]
        quote, where = plain(near.quote), text.told(near.start)
    why = indicator.review_because if indicator is not None and item.needs_review else ""
    outcome = wording.verdict(item.verdict, sheet.kind, item.id)
    return Review(item.title, outcome, wording.wide(why or item.reason), quote, where)
