"""Instruments: which document asks for which indicator, of whom, with what weight and evidence.

An instrument is an outline (its items refer to indicators), the statutory requirements (its items ask
for form facts and dates) or the editorial norms (its items count defects). How many points an item
carries, what counts as full, what caps a score: all of it stands in the file.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from audit.checklist.items import ItemSpec
from audit.checklist.rules import (
    LETTERS,
    CountStep,
    Credit,
    Grade,
    Identifier,
    Levels,
    Need,
    Points,
    Strict,
    Verdict,
    Weight,
    Years,
    exact,
)

if TYPE_CHECKING:
    from audit.checklist.source import Sourced

M = TypeVar("M", bound=BaseModel)


class GroupSpec(Strict):
    """A group of items; `verified` speaks of its title."""

    id: Identifier
    title: str
    section: str | None = None
    verified: bool = False
    weight: Weight
    items: Annotated[list[ItemSpec], Field(min_length=1)]


class GateWhen(Strict):
    """Fires when at least `count` of the items have the verdict."""

    verdict: Verdict
    any_of: Annotated[list[Identifier], Field(min_length=1)]
    count: Annotated[int, Field(ge=1)] = 1


class GateSpec(Strict):
    """A rule that caps the score."""

    id: Identifier
    text: str
    when: GateWhen
    at_most: Points


class CreditTable(Strict):
    """Credit of each grade, for one kind of evidence required."""

    data: Credit
    action: Credit
    mention: Credit
    plan: Credit
    shortfall: Credit
    none: Credit

    def of(self, grade: Grade) -> Fraction:
        """The credit of a grade, exactly as written."""
        return exact(getattr(self, grade))


class Credits(Strict):
    """The credits of grades for items that require data and for those that require action."""

    data: CreditTable
    action: CreditTable

    def table(self, need: Need) -> CreditTable:
        """The table for one kind of evidence required."""
        return self.data if need == "data" else self.action


class Instrument(Strict):
    """An instrument file.

    Attributes:
        kind: part that it plays in the overall score.
        report_years: first and last year of the reports that it is for; null is open.
        judged_share_at_least: below it the score is withheld.
        heaviest: points (of 100) above which lint calls an item too heavy, for all levels or by level.
        threshold_missed: what full credit becomes where the report's own level misses a threshold.
        credits: credit of each grade; needed where items refer to indicators.
        by_count: credit by number of findings, for rules that count and name no steps.
        observed: indicators that are shown without score.
        sha256: of the file, and of the profile where that changed something; set when loaded.
    """

    id: Identifier
    title: str
    kind: Literal["outline", "statutory", "editorial", "other"]
    version: str
    basis: str | None = None
    issued_by: str | None = None
    issued: str | None = None
    report_years: Years
    note: str | None = None
    judged_share_at_least: Credit = 0.6
    heaviest: Points | dict[Levels, Points] = 10.0
    threshold_missed: Credit = 0.8
    credits: Credits | None = None
    by_count: list[CountStep] = []
    gates: list[GateSpec] = []
    groups: list[GroupSpec] = []
    items: list[ItemSpec] = []
    observed: list[Identifier] = []
    sha256: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Instrument":
        if bool(self.groups) == bool(self.items):
            raise PydanticCustomError(
                "instrument", "groups 和 items 应写其一;分组的清单写 groups,不分组的写 items"
            )
        if self.credits is None and any(item.indicator for _, item in self.specs):
            raise PydanticCustomError("instrument", "缺少 credits;请写明各等级得分比例")
        return self

    @cached_property
    def specs(self) -> tuple[tuple[GroupSpec | None, ItemSpec], ...]:
        """All items in file order, each with its group."""
        if self.items:
            return tuple((None, item) for item in self.items)
        return tuple((group, item) for group in self.groups for item in group.items)

    @cached_property
    def shares(self) -> tuple[int, ...]:
        """Each item's share in file order, as integers over one common denominator.

        Group weight × weight / Σ weight of all items of the group in the file; without groups the weight.
        """
        exacts = []
        for group, item in self.specs:
            total = sum(
                (exact(other.weight) for other in (group.items if group else self.items)), Fraction(0)
            )
            exacts.append((exact(group.weight) if group else Fraction(1)) * exact(item.weight) / total)
        common = lcm(*(share.denominator for share in exacts))
        whole = [int(share * common) for share in exacts]
        factor = gcd(*whole)
        return tuple(share // factor for share in whole)

    def heaviest_at(self, level: str) -> float:
        """The points above which an item is too heavy at a level (`province` …)."""
        if not isinstance(self.heaviest, dict):
            return self.heaviest
        letter = LETTERS[level]
        return next((limit for letters, limit in self.heaviest.items() if letter in letters), 10)

    def covers(self, year: int) -> bool:
        """Whether reports of this year are what the instrument is for."""
        first, last = self.report_years
        return (first is None or first <= year) and (last is None or year <= last)


def outline_for(year: int, instruments: Iterable[Instrument]) -> tuple[Instrument | None, bool]:
    """The outline for reports of a year.

    Returns:
        The outline, and whether it is carried on beyond its years for want of a newer one; None where
        the year lies before every outline.
    """
    outlines = [instrument for instrument in instruments if instrument.kind == "outline"]
    for outline in outlines:
        if outline.covers(year):
            return outline, False
    ended = [(outline.report_years[1], outline) for outline in outlines]
    earlier = [(last, outline) for last, outline in ended if last is not None and last < year]
    if not earlier:
        return None, False
    return max(earlier, key=lambda pair: pair[0])[1], True


def load_instruments(folder: Path | None = None) -> tuple[Instrument, ...]:
    """All instruments of a folder (default: `instruments/` of the checklists), by file name.

    Raises:
        ChecklistError: with every fault of every file.
    """
    from audit.data import cached, checklist_root

    files = sorted((folder or checklist_root() / "instruments").glob("*.yaml"))
    return cached("instruments", files, lambda: _read(files))


def _read(files: Sequence[Path]) -> tuple[Instrument, ...]:
    import hashlib

    from audit.checklist.source import load
    from audit.errors import ChecklistError

    faults: list[str] = []
    loaded: list[Instrument] = []
    seen: dict[str, str] = {}
    for file in files:
        sourced = load(file)
        instrument, found = checked(Instrument, sourced)
        faults += found
        if instrument is None:
            continue
        if instrument.id in seen:
            line, column = sourced.at(("id",))
            faults.append(
                f"{sourced.name}:{line}:{column}: 键 id:“{instrument.id}”已用于 {seen[instrument.id]};请另取一个"
            )
        seen[instrument.id] = sourced.name
        digest = hashlib.sha256(sourced.content).hexdigest()
        loaded.append(instrument.model_copy(update={"sha256": digest}))
    if faults:
        raise ChecklistError(faults)
    return tuple(loaded)


def checked(model: type[M], sourced: "Sourced") -> tuple[M | None, list[str]]:
    """A file checked by its typed model and by its published schema."""
    from audit.checklist.source import validate

    return validate(model, sourced, schema=published_schema(model))


def published_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a checklist file, as it is published under `schemas/`."""
    schema: dict[str, Any] = model.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"].pop("sha256", None)
    return schema
