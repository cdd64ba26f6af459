"""All indicators turned into one plain structure that matching can run, cheap to keep in a cache."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, cast

from audit.matching.second import Learned, learned_of

if TYPE_CHECKING:
    from collections.abc import Collection, KeysView, Sequence

    from audit.checklist.indicators import Indicator, Lexicon, PatternSpec
    from audit.checklist.learned import SecondReaderData

Level = Literal["data", "action", "mention", "topic", "nil"]
V = TypeVar("V")


class MetricInfo(NamedTuple):
    """A metric as matching needs it (see `audit.checklist.indicators.MetricSpec`)."""

    key: str
    name: str
    unit: Literal["percent", "count"]
    scoped: bool
    parts: bool
    inherits: bool
    follows: str
    common: bool
    limits: str


class Matter(NamedTuple):
    """An indicator as matching needs it: no examples, no patterns; `observed` ones are shown and never scored."""

    id: str
    title: str
    advice: str
    metrics: tuple[MetricInfo, ...]
    observed: bool = False


class Part(NamedTuple):
    """An element made ready: `set_id` of a term or title, or `units` of a figure (None: any unit)."""

    kind: Literal["term", "figure", "title"]
    set_id: int
    units: frozenset[str] | None
    metric: str
    lead: bool
    label: str


class Rule(NamedTuple):
    """A pattern made ready.

    Attributes:
        here: set ids that must occur in the sentence itself.
        ahead: set ids that must occur somewhere in the text (the first element may stand in a lead).
        measures: for each figure element its units.
        figures: for topics the units that measure the matter (None: any; empty set: no figure does).
    """

    indicator: int
    level: Level
    parts: tuple[Part, ...]
    relations: tuple[str, ...]
    gaps: tuple[int, ...]
    here: tuple[int, ...]
    ahead: tuple[int, ...]
    measures: tuple[frozenset[str] | None, ...]
    unless: tuple[int, ...]
    unless_sentence: tuple[int, ...]
    roles: frozenset[str]
    scope: str
    sure: bool
    text: str
    figures: frozenset[str] | None = frozenset()
    reach: int = 0
    before: bool = True
    acts: bool = True


class Stage(NamedTuple):
    """The rules of one level of an indicator.

    Attributes:
        enough: the rank of a grade from which these rules need no look.
        firsts, seconds: for each rule two sets that a sentence must hold, -1 where there is none.
    """

    level: Level
    enough: int
    rules: list[Rule]
    firsts: array[int]
    seconds: array[int]


ORDER: dict[Level, int] = {"data": 6, "nil": 6, "topic": 5, "action": 5, "mention": 4}
"""The levels in the order in which they are asked, each with the rank of a grade from which it adds nothing.

Topics, which recognise a matter in general, come late: where a rule of its own has found a figure they add nothing.
"""


class Rows(dict[int, tuple[int, ...]]):
    """Rows of whole numbers, all in one array that is read from the cache quickly; each is cut when first asked for."""

    def __init__(self, values: array[int], bounds: array[int]) -> None:
        super().__init__()
        self._values, self._bounds = values, bounds

    @classmethod
    def of(cls, rows: Collection[Sequence[int]]) -> Rows:
        """The rows, numbered in order."""
        return cls(array("I", chain.from_iterable(rows)), array("I", accumulate(map(len, rows), initial=0)))

    def __missing__(self, number: int) -> tuple[int, ...]:
        row = self[number] = tuple(self._values[self._bounds[number] : self._bounds[number + 1]])
        return row

    def __reduce__(self) -> tuple[type[Rows], tuple[array[int], array[int]]]:
        return Rows, (self._values, self._bounds)


PREFIX = 3
"""Characters by which literals are put together; fewer would spell out many that a text does not hold."""


class Spellings:
    """The texts of all literals in the order of their ids, in one stretch of bytes that the cache gives at once.

    Those that begin with the same three characters stand together; they are spelt out when first asked for.
    """

    def __init__(self, prefixes: str, firsts: array[int], ends: array[int], spelt: bytes) -> None:
        self._state = (prefixes, firsts, ends, spelt)

    @classmethod
    def of(cls, by_prefix: dict[str, list[str]]) -> Spellings:
        """The texts under their first characters, the ids running through all of them in order."""
        pieces = ["\n".join(words).encode() for words in by_prefix.values()]
        return cls(
            "\n".join(by_prefix),
            array("I", accumulate(map(len, by_prefix.values()), initial=0))[:-1],
            array("I", accumulate(len(piece) + 1 for piece in pieces)),
            b"\n".join(pieces),
        )

    def __reduce__(self) -> tuple[type[Spellings], tuple[str, array[int], array[int], bytes]]:
        return Spellings, self._state

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {prefix: at for at, prefix in enumerate(self._state[0].split("\n"))}

    def prefixes(self) -> KeysView[str]:
        """The first three characters of all texts, shorter texts whole."""
        return self._numbers.keys()

    def under(self, prefix: str) -> tuple[int, list[str]]:
        """The id of the first text with these beginnings, and all of them in order."""
        _, firsts, ends, spelt = self._state
        at = self._numbers[prefix]
        return firsts[at], spelt[ends[at - 1] if at else 0 : ends[at] - 1].decode().split("\n")

    def words(self) -> list[str]:
        """All texts, by id."""
        return self._state[3].decode().split("\n")


@dataclass(slots=True)
class Compiled:
    """Everything that matching needs.

    Attributes:
        stages: for each indicator its rules, by level in the order in which they are asked.
        literals: the texts of the literals; a bounded and an unbounded one of the same text stand one after the other.
        literal_sets: for each literal id the number of the combination of sets that hold it.
        combinations: the different combinations of set ids that occur.
        holders: for each set the numbers of the combinations that it is in.
        bounded: ids of literals that must begin and end at word boundaries.
        masks: for each indicator the set id of its masks, or -1.
        telling: for each indicator the words that its description uses, by set id, with their weight.
        learned: what the second reader knows.
    """

    indicators: list[Matter]
    stages: list[list[Stage]]
    literals: Spellings
    literal_sets: array[int]
    combinations: Rows
    holders: Rows
    bounded: frozenset[int]
    masks: list[int]
    set_names: list[str]
    named: dict[str, int]
    telling: list[list[tuple[int, float]]] = field(default_factory=list)
    units: dict[str, frozenset[str]] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)


class _Builder:
    def __init__(self, lexicon: Lexicon) -> None:
        from audit.checklist.terms import TermBook

        self.book = TermBook(lexicon)
        self.literals: dict[tuple[str, bool], int] = {}
        self.literal_sets: list[set[int]] = []
        self.sets: dict[str, int] = {}
        self.set_names: list[str] = []
        self.known: dict[tuple[type, object], object] = {}

    def same(self, value: V) -> V:
        """The first value made that equals this one: what rules share is kept, and read from the cache, once."""
        return cast("V", self.known.setdefault((type(value), value), value))

    def literal(self, text: str, bounded: bool) -> int:
        key = (text, bounded)
        if key not in self.literals:
            self.literals[key] = len(self.literal_sets)
            self.literal_sets.append(set())
        return self.literals[key]

    def set_of(self, name: str, literals: set[tuple[str, bool]]) -> int:
        key = "|".join(sorted(("=" if b else "") + t for t, b in literals))
        if key not in self.sets:
            self.sets[key] = len(self.set_names)
            self.set_names.append(name)
            for text, bounded in literals:
                self.literal_sets[self.literal(text, bounded)].add(self.sets[key])
        return self.sets[key]


def _matter(indicator: Indicator) -> Matter:
    metrics = tuple(
        MetricInfo(
            m.key,
            m.name,
            m.unit,
            m.scoped,
            m.parts,
            m.inherits,
            m.follows,
            m.common,
            "|".join(f"(?:{each})" for each in m.limits),
        )  # fmt: skip
        for m in indicator.metrics
    )
    return Matter(indicator.id, indicator.title, indicator.advice, metrics, indicator.observed_only)


def _rule(builder: _Builder, index: int, indicator: Indicator, level: Level, spec: PatternSpec) -> Rule:
    from audit.checklist.indicators import TopicSpec
    from audit.checklist.pattern import parse

    pattern = parse(spec.find)
    parts: list[Part] = []
    for element in pattern.elements:
        if element.kind == "figure":
            parts.append(
                Part(
                    "figure",
                    -1,
                    builder.book.units(element.units),
                    element.metric,
                    element.lead,
                    "#" + "|".join(element.units),
                )
            )
        elif element.kind == "title" and not element.name:
            parts.append(Part("title", -1, None, "", element.lead, "《》"))
        else:
            literals = builder.book.terms_of(element.name, indicator.terms)
            set_id = builder.set_of(element.name, literals)
            label = element.name.removeprefix("@").removeprefix("=")
            parts.append(Part(element.kind, set_id, None, "", element.lead, label))
    unless = tuple(builder.set_of(t, builder.book.terms_of(t, indicator.terms)) for t in spec.unless)
    unless_sentence = tuple(
        builder.set_of(t, builder.book.terms_of(t, indicator.terms)) for t in spec.unless_sentence
    )
    roles = frozenset(spec.roles or ["achievements", "responsible"])
    own = 1 if parts[0].lead and len(parts) > 1 else 0
    ahead, here = (
        tuple(part.set_id for part in some if part.set_id >= 0) for some in (parts[:own], parts[own:])
    )
    measures = tuple(builder.same(part.units) for part in parts if part.kind == "figure")
    extra: dict[str, object] = {}
    if isinstance(spec, TopicSpec):
        extra = {
            "figures": builder.book.units(spec.figures) if spec.figures else frozenset(),
            "reach": spec.reach,
            "before": spec.before,
            "acts": spec.acts,
        }
    shared = tuple(builder.same(Part._make(map(builder.same, part))) for part in parts)
    rule = Rule(
        index, level, shared, pattern.relations, pattern.gaps, here, ahead, measures, unless, unless_sentence, roles,
        spec.scope, spec.sure, spec.find, **extra,  # type: ignore[arg-type]
    )  # fmt: skip
    return Rule._make(map(builder.same, rule))


def _stage(level: Level, rules: list[Rule]) -> Stage:
    pairs = [(*rule.here, -1, -1)[:2] for rule in rules]
    firsts, seconds = (array("i", column) for column in zip(*pairs, strict=True))
    return Stage(level, ORDER[level], rules, firsts, seconds)


def compile_indicators(
    indicators: list[Indicator],
    lexicon: Lexicon,
    words: dict[str, list[tuple[int, float]]],
    learned: SecondReaderData | None = None,
) -> Compiled:
    """Makes the indicators ready for matching.

    Args:
        indicators: in the library's order.
        lexicon: shared sets.
        words: vocabulary of the indicators' descriptions, for finding the nearest sentences.
        learned: what the second reader learned, None for nothing.

    Raises:
        PatternError: a pattern or set that cannot be read (loading the library tells them all).
    """
    from audit.checklist.pattern import expand

    builder = _Builder(lexicon)
    stages: list[list[Stage]] = []
    masks: list[int] = []
    for index, indicator in enumerate(indicators):
        specs: dict[Level, list[PatternSpec]] = {
            "topic": list(indicator.topics),
            "data": list(indicator.data),
            "action": list(indicator.action),
            "mention": list(indicator.mention),
            "nil": list(indicator.nil),
        }
        rules = {
            level: [_rule(builder, index, indicator, level, spec) for spec in own]
            for level, own in specs.items()
        }
        stages.append([_stage(level, rules[level]) for level in ORDER if rules[level]])
        if indicator.masks:
            literals: set[tuple[str, bool]] = set()
            for entry in indicator.masks:
                literals |= builder.book.terms_of(entry, indicator.terms)
            masks.append(builder.set_of(f"masks of {indicator.id}", literals))
        else:
            masks.append(-1)
    named: dict[str, int] = {}
    for kind, verbs in lexicon.acts.items():
        named["act:" + kind] = builder.set_of(
            "act:" + kind, {(t, False) for verb in verbs for t in expand(verb)}
        )
    for name, entries in (
        ("no_acts", lexicon.no_acts),
        ("general", lexicon.general),
        ("scope", lexicon.scope),
        ("scope_not", lexicon.scope_not),
        ("scope_upper", lexicon.scope_upper),
        ("elsewhere", lexicon.elsewhere),
        ("whole", lexicon.whole),
        ("stages", lexicon.stages),
    ):
        named[name] = builder.set_of(name, {(t, False) for entry in entries for t in expand(entry)})
    telling: list[list[tuple[int, float]]] = [[] for _ in indicators]
    for word, uses in words.items():
        for index, weight in uses:
            telling[index].append((builder.set_of(word, {(word, False)}), weight))
    ordered = sorted(builder.literals, key=lambda key: (key[0][:PREFIX], key))
    by_prefix: dict[str, list[str]] = {}
    for text, _ in ordered:
        by_prefix.setdefault(text[:PREFIX], []).append(text)
    combinations: dict[tuple[int, ...], int] = {}
    literal_sets = array("I")
    for key in ordered:
        sets = tuple(sorted(builder.literal_sets[builder.literals[key]]))
        literal_sets.append(combinations.setdefault(sets, len(combinations)))
    combination_of = {text: literal_sets[number] for number, (text, _) in reversed(list(enumerate(ordered)))}
    holders: list[list[int]] = [[] for _ in builder.set_names]
    for sets, number in combinations.items():
        for set_id in sets:
            holders[set_id].append(number)
    return Compiled(
        indicators=[_matter(indicator) for indicator in indicators],
        stages=stages,
        literals=Spellings.of(by_prefix),
        literal_sets=literal_sets,
        combinations=Rows.of(combinations),
        holders=Rows.of(holders),
        bounded=frozenset(number for number, (_, is_bounded) in enumerate(ordered) if is_bounded),
        masks=masks,
        set_names=builder.set_names,
        named=named,
        telling=telling,
        units={name: frozenset(values) for name, values in lexicon.units.items()},
        learned=learned_of(learned, [each.id for each in indicators], combination_of)
        if learned
        else Learned(),
    )
