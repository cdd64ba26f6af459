"""Small parts of instrument and profile files: levels, years, thresholds, and the rules of items."""

import datetime
import re
from fractions import Fraction
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Need = Literal["data", "action"]
Grade = Literal["data", "action", "mention", "plan", "shortfall", "none"]
Power = Literal["enforces", "makes_normative", "litigates", "reconsiders", "has_congress", "delegated"]
DocType = Literal["annual-report", "congress-report", "other"]
Verdict = Literal[
    "full", "weak", "plan_only", "shortfall_only", "absent", "not_applicable", "needs_human", "error"
]

LETTERS = {
    "province": "P",
    "city": "C",
    "county": "X",
    "zone": "Z",
    "department": "D",
    "township": "T",
}
"""Level of a body → the letter under which instruments speak of it."""


def _levels(value: str) -> str:
    if not value or set(value) - set("PCXZDT") or len(set(value)) < len(value):
        raise PydanticCustomError(
            "levels", "主体“{value}”写法不对;只能由 P C X Z D T 组成且不重复", {"value": value}
        )
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError(
            "identifier", "“{value}”不能作标识;只能用小写字母、数字和连字符", {"value": value}
        )
    return value


def _month_day(value: str) -> str:
    try:
        datetime.date.fromisoformat(f"2001-{value}")
    except ValueError:
        raise PydanticCustomError(
            "month_day", "“{value}”不是月日;请写成 03-01 的样子并加引号", {"value": value}
        ) from None
    return value


def _years(value: list[int | None]) -> list[int | None]:
    first, last = value
    if first is not None and last is not None and first > last:
        raise PydanticCustomError("years", "起始年度晚于截止年度;请写成 [2021, 2025]")
    return value


Levels = Annotated[str, AfterValidator(_levels)]
Identifier = Annotated[str, AfterValidator(_identifier)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Years = Annotated[list[int | None], Field(min_length=2, max_length=2), AfterValidator(_years)]
Weight = Annotated[float, Field(gt=0, le=1000)]
Credit = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]


class Strict(BaseModel):
    """Base of the models of instruments and profiles: unknown keys are errors, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


@cache
def exact(value: float) -> Fraction:
    """The decimal number as it is written in a file, without the error of a binary float."""
    return Fraction(repr(value))


class Threshold(Strict):
    """A bound on a metric; missing it lowers full credit, see `Instrument.threshold_missed`."""

    metric: str
    at_least: float | None = None
    at_most: float | None = None
    for_: Levels = Field("PCXZDT", alias="for")
    basis: str | None = None

    @model_validator(mode="after")
    def _bounded(self) -> "Threshold":
        if self.at_least is None and self.at_most is None:
            raise PydanticCustomError("bound", "阈值没有上下限;请写明 at_least 或 at_most")
        return self


class FormRule(Strict):
    """Judged by a form fact.

    Attributes:
        fact: true is full, false is absent.
        also: a second fact; where it is false the verdict is weak with `also_credit`.
        note: a fact whose absence is only told in the reason.
    """

    kind: Literal["form"]
    fact: str
    also: str | None = None
    also_credit: Credit = 0.4
    note: str | None = None


class Deadline(Strict):
    """A day of the year after the reporting year, for some bodies and years.

    Attributes:
        before: the day itself is undecided, later days are late.
        until: the day itself is in time, later days are late.
        remark: said beside the verdict.
    """

    years: Years = [None, None]
    for_: Levels = Field("PCXZDT", alias="for")
    before: MonthDay | None = None
    until: MonthDay | None = None
    basis: str | None = None
    remark: str | None = None

    @model_validator(mode="after")
    def _one_day(self) -> "Deadline":
        if (self.before is None) == (self.until is None):
            raise PydanticCustomError("day", "期限应写一个日期;before 和 until 只写一个")
        return self


class DateRule(Strict):
    """Judged by a date: `filed` (with the date of signing as a proof of lateness only) or `published`."""

    kind: Literal["date"]
    of: Literal["filed", "published"]
    deadlines: list[Deadline]


class CountStep(Strict):
    """Credit for up to so many findings."""

    up_to: Annotated[int, Field(ge=1)]
    credit: Credit


class CountRule(Strict):
    """Judged by a number of findings: none is full, more earns what `steps` give, beyond them nothing.

    Attributes:
        of: what is counted: `defects` of `defect` (default: the item's id), `title` elements that
            are lacking, or `unanswered` problems.
        kinds: for `title`: words that name the kind of document.
        unscored_on_web: in text copied off the web the findings are hints without points.
    """

    kind: Literal["count"]
    of: Literal["defects", "title", "unanswered"]
    defect: str | None = None
    kinds: list[str] = []
    unscored_on_web: bool = False
    steps: list[CountStep] | None = None


class ShareStep(Strict):
    """Credit from a share on."""

    at_least: Credit
    credit: Credit


class ShareRule(Strict):
    """Judged by a share (0–1) measured in the text; below the lowest step nothing is earned."""

    kind: Literal["share"]
    of: str
    steps: Annotated[list[ShareStep], Field(min_length=1)]


Rule = Annotated[FormRule | DateRule | CountRule | ShareRule, Field(discriminator="kind")]
