"""Where a rule holds: its elements found in the right order, distance and place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audit.matching.compile import Compiled, Part, Rule
from audit.matching.scan import Figure, Hit, Scan

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
    quantity = figure.quantity
    if quantity.kind == "duration":
        return units is not None and quantity.unit in units
    if quantity.kind not in COUNTED:
        return False
    if units is None:
        return True
    unit = quantity.unit
    if unit == "个百分点":
        return "%" in units
    return unit in units or (unit.endswith("次") and len(unit) > 1 and unit[:-1] in units)


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
        self._everywhere = (1 << len(scan.document.sentences)) - 1
        self._measured: dict[frozenset[str] | None, int] = {}
        self._unmasked: dict[tuple[int, int, int], list[Hit]] = {}
        self._fitting: dict[tuple[frozenset[str] | None, int], list[Figure]] = {}
        self._alike: dict[tuple[str, str], tuple[Figure, int]] = {}
        for sentence, figures in scan.figures.items():
            for figure in figures:
                key = (figure.quantity.kind, figure.quantity.unit)
                first, bits = self._alike.get(key, (figure, 0))
                self._alike[key] = (first, bits | 1 << sentence)

    def figures(self, units: frozenset[str] | None, sentence: int) -> list[Figure]:
        """The figures of a sentence that have one of these units, in order; not to be changed."""
        known = self._fitting.get((units, sentence))
        if known is None:
            known = [f for f in self.scan.figures.get(sentence, ()) if unit_fits(f, units)]
            self._fitting[units, sentence] = known
        return known

    def _terms(self, part: Part, sentence: int, indicator: int) -> list[Hit]:
        set_id, mask = part.set_id, self.compiled.masks[indicator]
        if not self.scan.sentences.get(mask, 0) >> sentence & 1:
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

    def _candidates(self, part: Part, sentence: int, indicator: int) -> Sequence[Hit | Figure]:
        if part.kind == "term":
            return self._terms(part, sentence, indicator)
        if part.kind == "figure":
            return self.figures(part.units, sentence)
        return self._titles(part, sentence)

    def _lead(self, rule: Rule, sentence: int) -> tuple[int, int] | None:
        for lead in self.scan.leads.get(sentence, ()):
            for hit in self._terms(rule.parts[0], lead, rule.indicator):
                return (hit.start, hit.end)
        return None

    def _chains(self, rule: Rule, sentence: int, first: int) -> list[list[Hit | Figure]]:
        """For every place of the element `first` the nearest places of those after it, where all are found."""
        ways: list[Sequence[Hit | Figure]] = []
        for part in rule.parts[first:]:
            places = self._candidates(part, sentence, rule.indicator)
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
        fitting = _fitting(
            rule.relations[first + index - 1], rule.gaps[first + index - 1], chosen[-1], ways[index]
        )
        is_figure = rule.parts[first + index].kind == "figure"
        for place in fitting[:MOST_TRIED]:
            if is_figure and any(place.start < other.end and other.start < place.end for other in chosen):
                continue
            chosen.append(place)
            if index + 1 == len(ways) or self._complete(rule, ways, first, chosen):
                return True
            chosen.pop()
        return False

    def _vetoed(self, rule: Rule, spans: list[Hit | Figure], sentence: int) -> bool:
        where = self.scan.sentences
        for set_id in rule.unless_sentence:
            if where.get(set_id, 0) >> sentence & 1 and self.scan.within(set_id, sentence):
                return True
        for set_id in rule.unless:
            if where.get(set_id, 0) >> sentence & 1:
                clauses = {span.clause for span in spans}
                if any(hit.clause in clauses for hit in self.scan.within(set_id, sentence)):
                    return True
        return False

    def matches(self, rule: Rule) -> list[Match]:
        """Every place where the rule holds, in order; at most one for each place of its first element."""
        if not rule.needs <= self.scan.sentences.keys():
            return []
        sentences = self._sentences(rule)
        if not sentences:
            return []
        lead = rule.parts[0].lead and len(rule.parts) > 1
        found: list[Match] = []
        for sentence in sentences:
            chains = self._chains(rule, sentence, 0)
            if len(rule.parts) == 1 and len(chains) > 1:
                chains = _longest(chains)
            prefix = None
            if not chains and lead:
                prefix = self._lead(rule, sentence)
                if prefix is not None:
                    chains = self._chains(rule, sentence, 1)
            for chain in chains:
                if (rule.unless or rule.unless_sentence) and self._vetoed(rule, chain, sentence):
                    continue
                found.append(_match(rule, chain, sentence, prefix))
        return found

    def _sentences(self, rule: Rule) -> list[int]:
        """Sentences that hold something for every element, in order; a lead may stand elsewhere."""
        parts, where = rule.parts, self.scan.sentences
        common = self._everywhere
        for part in parts[1:] if parts[0].lead and len(parts) > 1 else parts:
            if part.set_id >= 0:
                common &= where[part.set_id]
            elif part.kind == "figure":
                common &= self._with_figures(part.units)
            if not common:
                return []
        return _numbers(common)

    def _with_figures(self, units: frozenset[str] | None) -> int:
        """The bits of the sentences that hold a figure with one of these units."""
        bits = self._measured.get(units)
        if bits is None:
            bits = 0
            for figure, sentences in self._alike.values():
                if unit_fits(figure, units):
                    bits |= sentences
            self._measured[units] = bits
        return bits


def _numbers(bits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    numbers = []
    while bits:
        low = bits & -bits
        numbers.append(low.bit_length() - 1)
        bits ^= low
    return numbers


def _match(rule: Rule, chain: list[Hit | Figure], sentence: int, prefix: tuple[int, int] | None) -> Match:
    offset = 0 if prefix is None else 1
    spans = [place[:2] for place in chain]
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


def _fitting(
    relation: str, gap: int, left: Hit | Figure, places: Sequence[Hit | Figure]
) -> list[Hit | Figure]:
    """The places that stand in a relation to the one on the left, those of its clause first, then the nearest."""
    start, end, clause, _ = left[:4]
    same, onward = relation in ("~", ">", "+"), relation in ("~", ">", ">>")
    fitting = []
    for place in places:
        if same and place[2] != clause:
            continue
        if place[0] >= end:
            if place[0] - end > gap:
                continue
        elif onward:
            continue
        elif start >= place[1]:
            if start - place[1] > gap:
                continue
        elif not (place[0] <= start and end <= place[1] or start <= place[0] and place[1] <= end):
            continue
        fitting.append(place)
    if len(fitting) > 1:
        fitting.sort(key=lambda c: (c[2] != clause, min(abs(c[0] - end), abs(start - c[1]))))
    return fitting
