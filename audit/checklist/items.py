"""One item of an instrument."""

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from audit.checklist.rules import (
    LETTERS,
    DocType,
    Identifier,
    Levels,
    Need,
    Power,
    Rule,
    Strict,
    Threshold,
    Weight,
)


class ItemSpec(Strict):
    """One item: an indicator that is asked for, or a rule on the report itself.

    Attributes:
        id: identifier inside the instrument; default: the indicator's.
        clause: number of the clause in the instrument.
        basis: standing law beside the instrument.
        verified: the clause was compared with the published text.
        basis_verified: the same for `basis`.
        requires: evidence that full credit takes, for all levels or by level.
        weight: 1 ordinary, 2 important, 3 core.
        for_: letters of the levels that are asked.
        when: asked only of bodies with this power.
        from_year: asked of reports of this year and later.
        not_for: document types that are not asked.
        advice: a wording frame instead of the usual one.
    """

    id: Identifier | None = None
    indicator: Identifier | None = None
    title: str | None = None
    clause: str | None = None
    basis: str | None = None
    verified: bool = False
    basis_verified: bool = False
    requires: Need | dict[Levels, Need] | None = None
    weight: Weight
    for_: Levels | None = Field(None, alias="for")
    when: Power | None = None
    from_year: int | None = None
    not_for: list[DocType] = []
    threshold: Threshold | None = None
    rule: Rule | None = None
    checks: str | None = None
    advice: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ItemSpec":
        if (self.indicator is None) == (self.rule is None):
            raise PydanticCustomError("item", "每项应引用一个指标或写一条规则;indicator 和 rule 只写一个")
        if self.indicator is None and (self.id is None or self.title is None):
            raise PydanticCustomError("item", "按规则核查的事项缺少 id 或 title;请补上")
        if self.indicator is not None and self.requires is None:
            raise PydanticCustomError("item", "引用指标的事项缺少 requires;请写 data 或 action")
        if isinstance(self.requires, dict):
            named = "".join(self.requires)
            lacking = "".join(letter for letter in self.levels if letter not in named)
            if len(set(named)) < len(named):
                raise PydanticCustomError("item", "requires 里有主体写了两次;每个主体只写一次")
            if lacking:
                raise PydanticCustomError(
                    "item", "requires 没有写到主体 {lacking};请补上,或从 for 中去掉", {"lacking": lacking}
                )
        return self

    @property
    def key(self) -> str:
        """The identifier inside the instrument."""
        return self.id or self.indicator or ""

    @property
    def levels(self) -> str:
        """Letters of the levels that are asked; by default governments and zones, all for rules."""
        return self.for_ or ("PCXZ" if self.indicator else "PCXZDT")

    def needs(self, level: str | None) -> Need | None:
        """The evidence that full credit takes at a level (`province` …); unknown level: the stricter."""
        if not isinstance(self.requires, dict):
            return self.requires
        letter = LETTERS.get(level or "", "")
        for letters, need in self.requires.items():
            if letter and letter in letters:
                return need
        return "data" if "data" in self.requires.values() else "action"
