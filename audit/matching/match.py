"""Where a rule holds: its elements found in the right order, distance and place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from audit.matching.compile import Compiled, Part, Rule
from audit.matching.scan import Figure, Hit, Scan

COUNTED = ("level", "change", "money")
"""Kinds of quantity that count as a figure about a matter."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a rule holds.

    Attributes:
        spans: the place of each element, in the rule's order.
        figures: the figure of each figure element, by element index.
        clauses: the clauses that the elements stand in (leads apart).
    """

    rule: Rule
    spans: tuple[tuple[int, int], ...]
    figures: dict[int, Figure]
    clauses: tuple[int, ...]
    sentence: int
    via_lead: bool

    @property
    def start(self) -> int:
        """The first place of the elements that stand in the sentence itself."""
        return min(s for s, _ in self.body)

    @property
    def end(self) -> int:
        """The last place of the elements that stand in the sentence itself."""
        return max(e for _, e in self.body)

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
        self._present = scan.present()
        self._owners = [clause.sentence for clause in scan.document.clauses]
        self._figure_places: dict[frozenset[str] | None, frozenset[int]] = {}
        self._alike: dict[tuple[str, str], tuple[Figure, set[int]]] = {}
        for figures in scan.figures.values():
            for figure in figures:
                key = (figure.quantity.kind, figure.quantity.unit)
                self._alike.setdefault(key, (figure, set()))[1].add(figure.clause)

    def _terms(self, part: Part, sentence: int, indicator: int) -> list[Hit]:
        found = self.scan.within(part.set_id, sentence)
        mask = self.compiled.masks[indicator]
        if found and mask in self._present:
            masks = self.scan.within(mask, sentence)
            if masks:
                return [hit for hit in found if not any(m.start <= hit.start and hit.end <= m.end for m in masks)]
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
                    (c for c in range(first.first_clause, first.last_clause) if self.scan.document.clauses[c].end > start),
                    first.first_clause,
                )
                found.append(Hit(start, end, clause, sentence))
        return found

    def _candidates(self, part: Part, sentence: int, indicator: int) -> list[Hit] | list[Figure]:
        if part.kind == "figure":
            return [f for f in self.scan.figures.get(sentence, []) if unit_fits(f, part.units)]
        if part.kind == "title":
            return self._titles(part, sentence)
        return self._terms(part, sentence, indicator)

    def _related(self, relation: str, gap: int, left: Hit | Figure, right: Hit | Figure) -> bool:
        if relation in ("~", ">", "+") and left.clause != right.clause:
            return False
        if relation in ("~", ">", ">>"):
            if right.start < left.end:
                return False
            return right.start - left.end <= gap
        if right.start >= left.end:
            return right.start - left.end <= gap
        if left.start >= right.end:
            return left.start - right.end <= gap
        return right.start <= left.start and left.end <= right.end or left.start <= right.start and right.end <= left.end

    def _lead(self, rule: Rule, sentence: int) -> tuple[int, int] | None:
        for lead in self.scan.leads.get(sentence, ()):
            for hit in self._terms(rule.parts[0], lead, rule.indicator):
                return (hit.start, hit.end)
        return None

    def _chain(self, rule: Rule, sentence: int, index: int, chosen: list[Hit | Figure]) -> list[list[Hit | Figure]]:
        if index == len(rule.parts):
            return [list(chosen)]
        results: list[list[Hit | Figure]] = []
        candidates = self._candidates(rule.parts[index], sentence, rule.indicator)
        if chosen:
            relation, gap = rule.relations[index - 1], rule.gaps[index - 1]
            left = chosen[-1]
            fitting: list[Hit | Figure] = [c for c in candidates if self._related(relation, gap, left, c)]
            fitting.sort(key=lambda c: (c.clause != left.clause, min(abs(c.start - left.end), abs(left.start - c.end))))
            fitting = fitting[:3]
        else:
            fitting = list(candidates)
        for candidate in fitting:
            if any(candidate.start < other.end and other.start < candidate.end for other in chosen) and (
                rule.parts[index].kind == "figure"
            ):
                continue
            chosen.append(candidate)
            results += self._chain(rule, sentence, index + 1, chosen)
            chosen.pop()
            if chosen and results:
                break
        return results

    def _vetoed(self, rule: Rule, spans: list[Hit | Figure], sentence: int) -> bool:
        present = self._present
        if rule.unless:
            clauses = {span.clause for span in spans}
            for set_id in rule.unless:
                if set_id in present and any(hit.clause in clauses for hit in self.scan.within(set_id, sentence)):
                    return True
        return any(set_id in present and self.scan.within(set_id, sentence) for set_id in rule.unless_sentence)

    def matches(self, rule: Rule) -> list[Match]:
        """Every place where the rule holds, in order; at most one for each place of its first element."""
        if not rule.needs <= self._present:
            return []
        lead = rule.parts[0].lead and len(rule.parts) > 1
        found: list[Match] = []
        for sentence in self._sentences(rule):
            chains = self._chain(rule, sentence, 0, [])
            if len(rule.parts) == 1 and len(chains) > 1:
                chains = _longest(chains)
            via_lead, prefix = False, None
            if not chains and lead:
                prefix = self._lead(rule, sentence)
                if prefix is not None:
                    chains = self._chain(rule, sentence, 1, [])
                    via_lead = True
            for chain in chains:
                if self._vetoed(rule, chain, sentence):
                    continue
                offset = 1 if via_lead else 0
                spans = ([prefix] if via_lead and prefix else []) + [(c.start, c.end) for c in chain]
                figures = {i + offset: c for i, c in enumerate(chain) if isinstance(c, Figure)}
                found.append(
                    Match(rule, tuple(spans), figures, tuple(sorted({c.clause for c in chain})), sentence, via_lead)
                )
        return found

    def _sentences(self, rule: Rule) -> list[int]:
        """Sentences that hold something for every element, in order; a lead may stand elsewhere."""
        owners = self._owners
        common: frozenset[int] | None = None
        for group in rule.groups:
            clauses: frozenset[int] | None = None
            for index in group:
                part = rule.parts[index]
                if part.kind == "figure":
                    where = self._with_figures(part.units)
                elif part.set_id >= 0:
                    where = self.scan.clauses(part.set_id)
                else:
                    continue
                clauses = where if clauses is None else clauses & where
                if not clauses:
                    return []
            if clauses is not None:
                sentences = frozenset([owners[clause] for clause in clauses])
                common = sentences if common is None else common & sentences
                if not common:
                    return []
        if common is None:
            return list(range(len(self.scan.document.sentences)))
        return sorted(common)

    def _with_figures(self, units: frozenset[str] | None) -> frozenset[int]:
        """The clauses that hold a figure with one of these units."""
        where = self._figure_places.get(units)
        if where is None:
            where = frozenset().union(*[clauses for figure, clauses in self._alike.values() if unit_fits(figure, units)])
            self._figure_places[units] = where
        return where
