"""Indicators: what a report can show, how it is found, and the examples that prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Grade = Literal["data", "action", "mention", "plan", "shortfall", "none"]
Role = Literal["opening", "achievements", "responsible", "problems", "plan"]


class Strict(BaseModel):
    """Base of all checklist models: unknown keys are errors, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_spec(value: Any) -> Any:
    return {"find": value} if isinstance(value, str) else value


class PatternSpec(Strict):
    """A pattern and what must not stand beside it.

    Attributes:
        find: the pattern (see `audit.checklist.pattern`).
        unless: terms or sets that must not stand in the clauses of the match.
        unless_sentence: the same for the whole sentence.
        roles: the parts in which it counts as done; default achievements and responsible.
        scope: fixed scope words of its metrics, for stages such as 受理; `own` lets only the metric's own limits count.
        sure: false where the pattern is a guess: its finding is offered for review.
    """

    find: str
    unless: list[str] = []
    unless_sentence: list[str] = []
    roles: list[Role] | None = None
    scope: str = ""
    sure: bool = True


class TopicSpec(PatternSpec):
    """A pattern that says what the matter is; its grade follows from what stands around it.

    Attributes:
        figures: unit classes that measure the matter when they stand in the same clause.
        reach: number of following clauses of the sentence in which such a figure may stand.
        before: such a figure may also stand before the matter in its clause.
        acts: a finished act in the same clause makes it `action`.
    """

    figures: list[str] = []
    reach: int = Field(0, ge=0, le=6)
    before: bool = True
    acts: bool = True


Spec = Annotated[PatternSpec, BeforeValidator(_as_spec)]
Topic = Annotated[TopicSpec, BeforeValidator(_as_spec)]


class MetricSpec(Strict):
    """A figure to extract.

    Attributes:
        key: identifier.
        name: what it is called in Chinese.
        unit: percent (0–100) or count.
        scoped: its values speak of a named kind (会前学法12次), so the words before the figure are the scope.
        parts: several levels of it stand side by side (废止9件、失效4件); none of them speaks for the whole.
        inherits: what limits an earlier figure of the sentence limits it too (一审案件38件，败诉2件).
        follows: key of the metric of the same indicator whose last figure before it in the sentence lends it its
            scope (审查合同40件，提出意见73条).
        common: the limiting words of the lexicon limit it; where false only its own `limits` do.
        limits: what else limits it to a part of the place or year; regular expressions, looked for in the words
            before the figure.
    """

    key: str
    name: str
    unit: Literal["percent", "count"]
    scoped: bool = False
    parts: bool = False
    inherits: bool = False
    follows: str = ""
    common: bool = True
    limits: list[str] = []


class Example(Strict):
    """A sentence and the grade that it must get.

    Attributes:
        text: one or more sentences as an office would write them.
        grade: the grade of this indicator for this text alone.
        role: the part in which it stands.
        metrics: metric values that must be found, exactly these where given.
        why: what the example shows.
    """

    text: str = Field(min_length=4)
    grade: Grade
    role: Role = "achievements"
    metrics: dict[str, float | list[float]] | None = None
    why: str = ""


class Examples(Strict):
    """The proof of the rules: `hit` must be found, `miss` only looks like it; `todo` are known errors."""

    hit: list[Example] = Field(min_length=1)
    miss: list[Example] = Field(min_length=1)
    todo: list[Example] = []


class Indicator(Strict):
    """One matter that a report can show.

    Attributes:
        id: identifier, kebab-case.
        title: name.
        asks: what the report should let the reviewer see.
        counts: which ways of writing count.
        traps: what looks like it and does not count.
        metrics: figures to extract.
        terms: synonym sets of this indicator.
        masks: terms inside which nothing of this indicator is looked for.
        topics: what the matter is; the grade follows from the surroundings.
        data: patterns that show a figure about the matter.
        action: patterns that show a finished act.
        mention: patterns that only name it.
        nil: patterns that say the matter did not arise this year.
        advice: a wording frame for what to add, without invented facts.
        observed_only: shown without score and outside the labelled library.
        examples: sentences that prove the rules.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    asks: str
    counts: str = ""
    traps: str = ""
    metrics: list[MetricSpec] = []
    terms: dict[str, list[str]] = {}
    masks: list[str] = []
    topics: list[Topic] = []
    data: list[Spec] = []
    action: list[Spec] = []
    mention: list[Spec] = []
    nil: list[Spec] = []
    advice: str = ""
    observed_only: bool = False
    examples: Examples


class Lexicon(Strict):
    """Synonym sets that indicators share, classes of units, and words that decide how a matter is told.

    Attributes:
        sets: name → terms; a term may be `@other`.
        units: class of units → units.
        acts: verbs of finished acts by kind.
        no_acts: longer words inside which a verb of an act is none (社会组织、检查站).
        general: words that make an act general (持续推进、不断完善).
        scope: words that limit a rate or count to a part of the place or year.
        scope_not: longer words that hold one of these and limit nothing.
        scope_upper: those that limit only in reports of provinces and cities, elsewhere naming the body itself.
        whole: words that speak for the whole (全市、全年).
        stages: words of stages of one flow (收到、受理、审结).
    """

    sets: dict[str, list[str]]
    units: dict[str, list[str]]
    acts: dict[str, list[str]]
    no_acts: list[str] = []
    general: list[str]
    elsewhere: list[str] = []
    scope: list[str]
    scope_not: list[str] = []
    scope_upper: list[str] = []
    whole: list[str]
    stages: list[str]


def indicator_files(root: Path) -> list[Path]:
    """The indicator files under a checklists folder, by name."""
    return sorted((root / "indicators").rglob("*.yaml"))
