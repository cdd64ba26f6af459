"""The result of an audit: one frozen object a report, the only source of every page and paper.

Its shape is the published contract; keys may be added in later versions, none taken away.
Offsets count code points of `document.text`, and `text[start:end] == quote` always.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

Role = Literal["opening", "achievements", "responsible", "problems", "plan", "closing", "noise"]
Level = Literal["province", "city", "county", "zone", "department", "township"]
DocType = Literal["annual-report", "congress-report", "other"]
Stage = Literal["draft", "filed", "published"]
Grade = Literal["data", "action", "mention", "plan", "shortfall", "none"]
Verdict = Literal[
    "full", "weak", "plan_only", "shortfall_only", "absent", "not_applicable", "needs_human", "error"
]
Severity = Literal["must", "should", "note"]
Unit = Literal["percent", "count"]


class Frozen(BaseModel):
    """Base of all result models: immutable; unknown keys of newer versions are kept out silently."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Frozen):
    """A quote and where it stands."""

    quote: str
    start: int
    end: int


class Mark(Frozen):
    """A stretch inside a clause to be marked: `match` for matched words, `context` for deciding words."""

    start: int
    end: int
    kind: Literal["match", "context"]


class Evidence(Frozen):
    """One place that supports the grade reached."""

    quote: str
    start: int
    end: int
    part: int = Field(description="index into document.parts")
    clause_start: int
    clause_end: int
    strength: Grade
    marks: list[Mark] = []
    pattern: str = Field("", description="the pattern that matched, as written in the checklist")
    found: list[str] = Field([], description="the parts of the pattern that were found, in words")


class Metric(Frozen):
    """A figure extracted for an indicator; `scope` is `all` or the limiting words."""

    key: str
    name: str = ""
    value: float
    unit: Unit
    scope: str = "all"
    approx: bool = False
    mixed: bool = False
    quote: str
    start: int
    end: int


class Nearest(Frozen):
    """A sentence that was looked at for an uncovered indicator and refused."""

    quote: str
    start: int
    end: int
    refused_because: str


class IndicatorResult(Frozen):
    """What the text shows of one indicator: facts only, no weights."""

    id: str
    title: str
    grade: Grade
    needs_review: bool = False
    review_because: str = ""
    reason: str
    nil: Place | None = None
    evidence: list[Evidence] = []
    metrics: list[Metric] = []
    nearest: list[Nearest] = []


class Source(Frozen):
    """The file handed in."""

    path: str
    sha256: str
    bytes: int
    format: str


class Body(Frozen):
    """The reporting body: its level, kind and powers (true, false or null for unknown)."""

    level: Level | None = None
    kind: str | None = None
    powers: dict[str, bool | None] = {}


class Page(Frozen):
    """A page of a paged source."""

    number: int
    start: int
    end: int


class Part(Frozen):
    """A passage with one role; parts cover the text in order."""

    role: Role
    heading: str
    start: int
    end: int


class DocumentResult(Frozen):
    """The document facts and the text itself."""

    name: str
    title: str | None = None
    source: Source
    stage: Stage = "filed"
    body: Body = Body()
    publisher: str | None = None
    level: Level | None = None
    report_year: int | None = None
    doc_type: DocType = "other"
    signed_on: str | None = None
    published_on: str | None = None
    addressee: str | None = None
    filed_on: str | None = None
    notes: list[str] = []
    characters: int
    text: str
    pages: list[Page] = []
    parts: list[Part] = []
    paragraph_starts: list[int] = Field([], description="offsets at which source paragraphs (docx) begin")


class Pair(Frozen):
    """A problem and the measures of the plan that answer it (none: unanswered)."""

    problem: Place
    measures: list[Place] = []


class Defect(Frozen):
    """A defect of form. `score` false: a hint without points."""

    kind: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    why: str
    remedy: str = ""
    severity: Severity = "should"
    scored: bool = True


class Item(Frozen):
    """An item of a checklist, judged."""

    id: str
    title: str
    indicator: str | None = None
    clause: str | None = None
    basis: str | None = None
    verified: bool = False
    requires: str | None = None
    verdict: Verdict
    credit: float | None = None
    weight: float
    points_possible: float
    points: float
    points_lost: float
    score_if_mended: float | None = None
    reason: str
    advice: str | None = None
    needs_review: bool = False
    decided: dict[str, Any] | None = Field(None, description="a reviewer's decision, with the verdict before")
    basis_verified: bool = Field(False, description="the basis was compared with the published text")


class Group(Frozen):
    """A group of items in the outline's order."""

    id: str
    title: str
    weight: float | None = None
    score: float | None = None
    items: list[Item]


class Gate(Frozen):
    """A rule that caps the score, and whether it fired."""

    id: str
    text: str
    cap: float
    fired: bool


class ChecklistResult(Frozen):
    """One checklist judged on 100 points."""

    id: str
    title: str
    version: str
    sha256: str
    score: float | None = None
    judged_share: float = 0.0
    score_low: float | None = None
    score_high: float | None = None
    withheld_because: str | None = None
    carried_on: bool = Field(False, description="used beyond its years for want of a newer outline")
    groups: list[Group] = []
    gates: list[Gate] = []
    kind: str = Field("", description="outline, statutory, editorial or other")


class Overall(Frozen):
    """The weighted mean of the checklists' scores."""

    score: float | None = None
    scheme: dict[str, float] = {}
    band: str | None = None
    formula: str = ""


class Warning_(Frozen):
    """A remark on the whole result."""

    code: str
    text: str


class Tool(Frozen):
    """The program that made the result."""

    name: str
    version: str


class Result(Frozen):
    """The whole result of one report."""

    schema_version: str = SCHEMA_VERSION
    tool: Tool
    generated_at: str | None = None
    document: DocumentResult
    indicators: list[IndicatorResult]
    form: dict[str, bool | None]
    pairs: list[Pair] = []
    defects: list[Defect] = []
    hints: list[Defect] = Field([], description="remarks on habits of official writing, never scored")
    substance: dict[str, float | None] = Field({}, description="shares and lengths shown beside the form facts")
    previous: dict[str, Any] | None = Field(None, description="comparison with last year's report, if given")
    checklists: list[ChecklistResult] = []
    observed: list[str] = []
    focus: list[dict[str, Any]] = Field([], description="the year's priorities: shown or not, never scored")
    overall: Overall = Overall()
    profile: str | None = None
    decisions: list[dict[str, Any]] = []
    warnings: list[Warning_] = []
    method: dict[str, Any] = Field({}, description="credits, bands, gates and measured accuracy, for the method page")
