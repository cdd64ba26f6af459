"""Facts over many results: small records of each body, and counts that the papers put into words."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern

from audit.gap.load import Filing
from audit.report.letter_points import STATUTORY_PARTS, items_of, shorten, sort_points
from audit.result import Result
from audit.scoring.ranking import Entry, entry

GROUPS = (
    "province",
    "city",
    "county",
    "enforcing",
    "other_department",
    "unknown_department",
    "zone",
    "township",
    "street",
    "other",
)
"""Kinds of bodies that have a table of their own, in order."""
PRAISE = 0.8
"""Share of well shown items from which a report may be praised by name."""


@dataclass(slots=True)
class BodyFacts:
    """What the papers need of one body.

    Attributes:
        group: one of GROUPS.
        filed_state: in_time, late, unknown, missing, or why another document does not count.
        published_state: in_time, late, unknown, none.
        lacking: ids of statutory contents to be supplied.
        vague: the shortcomings are written without a fact.
        unanswered: shortcomings without a measure in the plan.
        items: item id → verdict, of items judged and not waiting for a person.
        reviews: findings that wait for a person.
        figures: quotes of figures to verify.
        wording: kinds of other defects, counted.
        entry: for the ranking.
    """

    name: str
    order: int
    due: bool
    group: str
    year: int
    state: str
    filed: str | None = None
    published: str | None = None
    filed_state: str = "unknown"
    published_state: str = "unknown"
    stage: str = ""
    statutory: float | None = None
    outline: float | None = None
    editorial: float | None = None
    band: str | None = None
    lacking: list[str] = field(default_factory=list)
    vague: bool = False
    unanswered: int = 0
    items: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    reviews: int = 0
    figures: list[str] = field(default_factory=list)
    wording: dict[str, int] = field(default_factory=dict)
    entry: Entry | None = None

    @property
    def audited(self) -> bool:
        """Whether there is a result."""
        return self.entry is not None

    @property
    def whole(self) -> bool:
        """Whether no statutory content has to be supplied."""
        return self.audited and not self.lacking

    @property
    def share(self) -> float:
        """Share of the judged items that are well shown, 0–1."""
        return (
            sum(verdict == "full" for verdict in self.items.values()) / len(self.items) if self.items else 0.0
        )


@dataclass(slots=True)
class Facts:
    """All bodies of one year, with the titles of the items."""

    year: int
    bodies: list[BodyFacts]
    titles: dict[str, str]
    weights: dict[str, float]
    outlines: list[str]
    versions: list[str]
    carried: bool = False

    @property
    def audited(self) -> list[BodyFacts]:
        """Bodies with a result."""
        return [body for body in self.bodies if body.audited]

    def groups(self) -> list[tuple[str, list[BodyFacts]]]:
        """The bodies by kind, each kind in the roster's order."""
        return [
            (name, rows) for name in GROUPS if (rows := [body for body in self.bodies if body.group == name])
        ]

    def verdicts(self, item: str) -> Counter[str]:
        """How often an item got each verdict."""
        return Counter(body.items[item] for body in self.bodies if item in body.items)


def collect(found: Iterable[Filing], year: int) -> Facts:
    """The facts of one year; each result is read, used and let go."""
    facts = Facts(year, [], {}, {}, [], [])
    for filing in found:
        if filing.year != year:
            continue
        body = BodyFacts(
            filing.name,
            filing.order,
            filing.due,
            group_of(filing),
            year,
            filing.state,
            filing.filed,
            filing.published,
        )
        result = filing.load() if filing.load else None
        if result is None:
            body.filed_state, body.published_state = (
                (filing.state if filing.state != "filed" else "missing"),
                "none",
            )
        else:
            _read(body, result, facts)
        facts.bodies.append(body)
    return facts


def group_of(filing: Filing) -> str:
    """The kind of body whose table it stands in."""
    if filing.level in ("province", "city", "county", "zone"):
        return filing.level
    if filing.level == "township":
        return "street" if "街道" in filing.name else "township"
    if filing.level == "department":
        return (
            "unknown_department"
            if filing.enforces is None
            else "enforcing"
            if filing.enforces
            else "other_department"
        )
    return "other"


def _read(body: BodyFacts, result: Result, facts: Facts) -> None:
    points = sort_points(result)
    body.entry = entry(result)
    body.stage = result.document.stage
    body.band = result.overall.band
    verdicts = {item.id: item.verdict for _, _, item in items_of(result, ("statutory",))}
    body.filed_state = _dated("filed", verdicts, body, result.document.filed_on)
    body.published_state = _dated("published", verdicts, body, result.document.published_on)
    body.lacking = [intern(each.item.id) for each in points.statutory if each.item.verdict != "weak"]
    body.vague = any(
        each.item.id == "part-problems" and each.item.verdict == "weak" for each in points.statutory
    )
    body.unanswered = sum(1 for pair in result.pairs if not pair.measures)
    body.reviews = len(points.reviews)
    body.figures = [shorten(" ".join((each.quote or each.why).split()), 40) for each in points.figures]
    body.wording = dict(Counter(each.kind for each in points.wording))
    for sheet in result.checklists:
        if sheet.kind in ("statutory", "outline", "editorial"):
            setattr(body, sheet.kind, sheet.score)
        if sheet.kind == "outline":
            facts.carried |= sheet.carried_on
            if sheet.title not in facts.outlines:
                facts.outlines.append(sheet.title)
        version = f"{sheet.title} {sheet.version}"
        if version not in facts.versions:
            facts.versions.append(version)
    for _, _, item in items_of(result, ("outline",)):
        if item.credit is None or item.needs_review:
            continue
        key = intern(f"{item.indicator or item.id}")
        body.items[key] = intern(item.verdict)
        facts.titles.setdefault(key, item.title)
        facts.weights[key] = max(item.weight, facts.weights.get(key, 0.0))
    body.open = [intern(each.item.indicator or each.item.id) for each in points.items]
    for _, _, item in items_of(result, ("statutory",)):
        if item.id in STATUTORY_PARTS:
            facts.titles.setdefault(item.id, item.title)


def _dated(kind: str, verdicts: Mapping[str, str], body: BodyFacts, told: str | None) -> str:
    """Whether a date is in time: as judged where the report's result knows the date, else by the national limits."""
    verdict = verdicts.get(f"{kind}-on-time")
    date = body.filed if kind == "filed" else body.published
    if date and date == told and verdict in ("full", "absent"):
        return "in_time" if verdict == "full" else "late"
    limit = datetime.date(body.year + 1, 3, 1) if kind == "filed" else datetime.date(body.year + 1, 4, 1)
    if date and body.group not in ("township", "street", "other") and body.year >= 2019:
        try:
            given = datetime.date.fromisoformat(date[:10])
        except ValueError:
            return "unknown"
        if kind == "filed" and body.group == "province":
            limit = datetime.date(body.year + 1, 4, 1)
        return "in_time" if given < limit else "late" if given > limit else "unknown"
    return "unknown"
