"""Where a rule holds: its elements found in the right order, distance and place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from operator import and_

from audit.document.model import QuantityKind
from audit.matching.compile import Compiled, Part, Rule, Stage
from audit.matching.scan import Figure, Hit, Scan, numbers_of

MOST_TRIED = 3
"""Places of an element that are tried, the nearest first."""

COUNTED = ("level", "change", "money")
"""Kinds of quantity that count as a figure about a matter."""


@dataclass(slots=True)
class Match:
    """A place where a rule holds.

    Attributes:
        spans: the place of each element, in the rule's order.
        figures: the figure of each figure element, by element index.
        clauses: the clauses that the elements stand in (leads apart).
        via_lead: the first element stands in a lead, not in the sentence itself.
        start: the first place of the elements that stand in the sentence itself.
        end: the last place of the elements that stand in the sentence itself.
    """

    rule: Rule
    spans: tuple[tuple[int, int], ...]
    figures: dict[int, Figure]
    clauses: tuple[int, ...]
    sentence: int
    via_lead: bool
    start: int
    end: int

    @property
    def body(self) -> list[tuple[int, int]]:
        """The elements' places without those in leads."""
        return list(self.spans) if not self.via_lead else list(self.spans[1:]) or list(self.spans)


def unit_fits(figure: Figure, units: frozenset[str] | None) -> bool:
    """Whether a quantity may stand for a figure element with these units."""
    kind, unit = figure.quantity.kind, figure.quantity.unit
    return kind in COUNTED if units is None else not _names(kind, unit).isdisjoint(units)


@cache
def _names(kind: QuantityKind, unit: str) -> frozenset[str]:
    """The units by any of which a quantity may be asked for, none where it measures nothing."""
    if kind == "duration":
        return frozenset((unit,))
    if kind not in COUNTED:
        return frozenset()
    if unit == "个百分点":
        return frozenset("%")
    return frozenset((unit, unit[:-1] if unit.endswith("次") and len(unit) > 1 else unit))


def _longest(chains: list[list[Hit | Figure]]) -> list[list[Hit | Figure]]:
    """Of single terms those that lie in no longer one (河湖长 in 河湖长制): only those tell what stands beside."""
    kept: list[list[Hit | Figure]] = []
    for chain in sorted(chains, key=lambda chain: (chain[0].start, -chain[0].end)):
        if not kept or chain[0].end > kept[-1][0].end:
            kept.append(chain)
    return kept


class Matcher:
    """Evaluates rules over one scan."""

    def __init__(self, scan: Scan, compiled: Compiled) -> None:
        self.scan, self.compiled = scan, compiled
        self._where = scan.sentences
        self._measured: dict[frozenset[str], int] = {}
        self._unmasked: dict[tuple[int, int, int], list[Hit]] = {}
        self._fitting: dict[tuple[frozenset[str] | None, int], list[Figure]] = {}
        self._counted = 0
        self._by_unit: dict[str, int] = {}
        for sentence, figures in scan.figures.items():
            bit = 1 << sentence
            for figure in figures:
                if figure.quantity.kind in COUNTED:
                    self._counted |= bit
                for name in _names(figure.quantity.kind, figure.quantity.unit):
                    self._by_unit[name] = self._by_unit.get(name, 0) | bit

    def figures(self, units: frozenset[str] | None, sentence: int) -> list[Figure]:
        """The figures of a sentence that have one of these units, in order; not to be changed."""
        known = self._fitting.get((units, sentence))
        if known is None:
            known = [f for f in self.scan.figures.get(sentence, ()) if unit_fits(f, units)]
            self._fitting[units, sentence] = known
        return known

    def _terms(self, set_id: int, sentence: int, mask: int) -> list[Hit]:
        """The hits of a set that do not lie in one of the set `mask`, -1 for all of them."""
        if mask < 0:
            return self.scan.within(set_id, sentence)
        found = self._unmasked.get((set_id, mask, sentence))
        if found is None:
            found, masks = self.scan.within(set_id, sentence), self.scan.within(mask, sentence)
            found = [hit for hit in found if not any(m[0] <= hit[0] and hit[1] <= m[1] for m in masks)]
            self._unmasked[set_id, mask, sentence] = found
        return found

    def _titles(self, part: Part, sentence: int) -> list[Hit]:
        first = self.scan.document.sentences[sentence]
        found: list[Hit] = []
        spans = self.scan.titles
        at = max(0, bisect_right(spans, (first.start, first.start)) - 1)
        inner = self.scan.within(part.set_id, sentence) if part.set_id >= 0 else []
        while at < len(spans) and spans[at][0] < first.end:
            start, end = spans[at]
            at += 1
            if start < first.start:
                continue
            if part.set_id >= 0:
                holder = next((hit for hit in inner if start <= hit.start and hit.end <= end), None)
                if holder is None:
                    continue
                found.append(Hit(start, end, holder.clause, sentence))
            else:
                clause = next(
                    (
                        c
                        for c in range(first.first_clause, first.last_clause)
                        if self.scan.document.clauses[c].end > start
                    ),
                    first.first_clause,
                )
                found.append(Hit(start, end, clause, sentence))
        return found

    def _mask(self, rule: Rule, sentence: int) -> int:
        """The set of the words to be left out for a rule, -1 where the sentence holds none of them."""
        mask = self.compiled.masks[rule.indicator]
        return mask if mask >= 0 and self._where[mask] >> sentence & 1 else -1

    def _lead(self, rule: Rule, sentence: int) -> tuple[int, int] | None:
        for lead in self.scan.leads.get(sentence, ()):
            for hit in self._terms(rule.parts[0].set_id, lead, self._mask(rule, lead)):
                return (hit.start, hit.end)
        return None

    def _chains(self, rule: Rule, sentence: int, first: int) -> list[list[Hit | Figure]]:
        """For every place of the element `first` the nearest places of those after it, where all are found."""
        ways: list[Sequence[Hit | Figure]] = []
        mask = self._mask(rule, sentence)
        places: Sequence[Hit | Figure]
        for part in rule.parts[first:]:
            if part.kind == "term":
                places = self._terms(part.set_id, sentence, mask)
            elif part.kind == "figure":
                places = self.figures(part.units, sentence)
            else:
                places = self._titles(part, sentence)
            if not places:
                return []
            ways.append(places)
        if len(ways) == 1:
            return [[place] for place in ways[0]]
        chains: list[list[Hit | Figure]] = []
        for place in ways[0]:
            chosen = [place]
            if self._complete(rule, ways, first, chosen):
                chains.append(chosen)
        return chains

    def _complete(
        self, rule: Rule, ways: list[Sequence[Hit | Figure]], first: int, chosen: list[Hit | Figure]
    ) -> bool:
        """Adds the elements that are still wanting to a chain; whether that could be done."""
        index = len(chosen)
        step = first + index - 1
        is_figure = rule.parts[step + 1].kind == "figure"
        for place in _fitting(rule.relations[step], rule.gaps[step], chosen[-1], ways[index]):
            if is_figure and _overlaps(place, chosen):
                continue
            chosen.append(place)
            if index + 1 == len(ways) or self._complete(rule, ways, first, chosen):
                return True
            chosen.pop()
        return False

    def _vetoed(self, rule: Rule, sentence: int) -> set[int]:
        """The clauses of a sentence that hold a word which the rule does not suffer."""
        return {
            hit.clause
            for set_id in rule.unless
            if self._where[set_id] >> sentence & 1
            for hit in self.scan.within(set_id, sentence)
        }

    def possible(self, stage: Stage) -> Iterable[Rule]:
        """The rules for which some sentence holds both of the sets that a first look asks for."""
        held = self._where.__getitem__
        return compress(stage.rules, map(and_, map(held, stage.firsts), map(held, stage.seconds)))

    def matches(self, rule: Rule) -> list[Match]:
        """Every place where the rule holds, in order; at most one for each place of its first element."""
        where = self._where
        common = where[-1]
        for set_id in rule.here:
            common &= where[set_id]
            if not common:
                return []
        for set_id in rule.ahead:
            if not where[set_id]:
                return []
        for units in rule.measures:
            common &= self._with_figures(units)
        return [match for sentence in numbers_of(common) for match in self._in_sentence(rule, sentence)]

    def _in_sentence(self, rule: Rule, sentence: int) -> list[Match]:
        for set_id in rule.unless_sentence:
            if self._where[set_id] >> sentence & 1 and self.scan.within(set_id, sentence):
                return []
        chains = self._chains(rule, sentence, 0)
        if len(rule.parts) == 1 and len(chains) > 1:
            chains = _longest(chains)
        prefix = None
        if not chains and len(rule.parts) > 1 and rule.parts[0].lead:
            prefix = self._lead(rule, sentence)
            if prefix is not None:
                chains = self._chains(rule, sentence, 1)
        if chains and rule.unless and (vetoed := self._vetoed(rule, sentence)):
            chains = [chain for chain in chains if vetoed.isdisjoint([place.clause for place in chain])]
        return [_match(rule, chain, sentence, prefix) for chain in chains]

    def _with_figures(self, units: frozenset[str] | None) -> int:
        """The bits of the sentences that hold a figure with one of these units."""
        if units is None:
            return self._counted
        bits = self._measured.get(units)
        if bits is None:
            bits = 0
            for name in units & self._by_unit.keys():
                bits |= self._by_unit[name]
            self._measured[units] = bits
        return bits


def _match(rule: Rule, chain: list[Hit | Figure], sentence: int, prefix: tuple[int, int] | None) -> Match:
    offset = 0 if prefix is None else 1
    spans = [place[:2] for place in chain]
    figures: dict[int, Figure] = {}
    if rule.measures:
        figures = {number + offset: place for number, place in enumerate(chain) if type(place) is Figure}
    if len(chain) == 1:
        (start, end) = spans[0]
        clauses: tuple[int, ...] = (chain[0].clause,)
    else:
        start, end = min(spans)[0], max([e for _, e in spans])
        clauses = tuple(sorted({place.clause for place in chain}))
    if prefix is not None:
        spans.insert(0, prefix)
    return Match(rule, tuple(spans), figures, clauses, sentence, prefix is not None, start, end)


_SAME = frozenset({"~", ">", "+"})
"""Relations within one clause."""

_ONWARD = frozenset({"~", ">", ">>"})
"""Relations to what stands behind."""


def _fitting(
    relation: str, gap: int, left: Hit | Figure, places: Sequence[Hit | Figure]
) -> list[Hit | Figure]:
    """The places to be tried that stand in a relation to the one on the left, those of its clause first, then the nearest.

    Args:
        relation: the sign between the two elements.
        gap: the most characters between them.
        left: the place on the left.
        places: the places of the next element, in order.
    """
    start, end, clause = left[:3]
    same, onward = relation in _SAME, relation in _ONWARD
    fitting: list[Hit | Figure] = []
    for place in places:
        if same and place[2] != clause:
            continue
        begin = place[0]
        if begin >= end:
            if begin - end > gap:
                break
        elif onward:
            continue
        else:
            stop = place[1]
            if start >= stop:
                if start - stop > gap:
                    continue
            elif not (begin <= start and end <= stop or start <= begin and stop <= end):
                continue
        fitting.append(place)
    if len(fitting) > 1 and not onward:
        fitting.sort(key=lambda c: (c[2] != clause, min(abs(c[0] - end), abs(start - c[1]))))
    return fitting[:MOST_TRIED]


def _overlaps(place: Hit | Figure, chosen: list[Hit | Figure]) -> bool:
    start, end = place[:2]
    for other in chosen:  # noqa: SIM110 - a loop takes half the time of any()
        if start < other[1] and other[0] < end:
            return True
    return False
