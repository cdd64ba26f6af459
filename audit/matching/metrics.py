"""Figures extracted for indicators, with the part of the place or year that each speaks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit.matching.compile import Compiled, Matter, MetricInfo
from audit.matching.grade import Finding
from audit.matching.scan import Figure, Scan

_EDGES = " ,，、;；的中内"
_TERRITORY = re.compile("全[省市区县旗州盟乡镇域局系](?!政府|直)|我[市县区省旗州镇乡]|所有|整体")


@dataclass(slots=True)
class Found:
    """A metric's value and where it stands; `scope` is `all` or the limiting words."""

    key: str
    value: float
    figure: Figure
    start: int
    end: int
    scope: str
    stage: str
    mixed: bool
    finding: Finding


class Extractor:
    """Collects the metrics of one report."""

    def __init__(self, scan: Scan, compiled: Compiled) -> None:
        self.scan, self.compiled = scan, compiled
        self.norm, self.text = scan.document.norm, scan.document.text
        self.upper = scan.document.facts.level in (None, "", "province", "city")
        self.trade = scan.document.facts.level == "department"
        self.own = scan.document.facts.publisher or "" if self.trade else ""

    def collect(self, indicator: Matter, findings: list[Finding]) -> list[Found]:
        """The metrics among the findings that count as done, each figure once for a key."""
        specs = {metric.key: metric for metric in indicator.metrics}
        found: dict[tuple[str, int], Found] = {}
        for finding in findings:
            if finding.grade not in ("data", "action", "mention"):
                continue
            for index, figure in finding.match.figures.items():
                key = finding.match.rule.parts[index].metric
                quantity = figure.quantity
                if not key or quantity.kind != "level":
                    continue
                if (specs[key].unit == "percent") != (quantity.unit == "%"):
                    continue
                if (key, figure.start) in found:
                    continue
                found[key, figure.start] = self._make(specs[key], figure, finding)
        rows = sorted(found.values(), key=lambda row: (row.key, row.figure.start))
        for key in {row.key for row in rows}:
            self._several([row for row in rows if row.key == key], specs[key])
        for row in rows:
            if specs[row.key].follows and row.scope == "all":
                row.scope = self._followed(row, [r for r in rows if r.key == specs[row.key].follows])
        return rows

    def _followed(self, row: Found, leaders: list[Found]) -> str:
        """The scope of the figures of another metric before it in its sentence: `all` where one speaks for all."""
        before = [
            each.scope
            for each in leaders
            if each.figure.sentence == row.figure.sentence and each.figure.start < row.figure.start
        ]
        return before[-1] if before and "all" not in before else "all"

    def _make(self, spec: MetricInfo, figure: Figure, finding: Finding) -> Found:
        match = finding.match
        clause = self.scan.document.clauses[figure.clause]
        spans = [span for span in match.body if clause.start <= span[0] < clause.end]
        start = min([figure.start] + [s for s, _ in spans])
        end = max([figure.end] + [e for _, e in spans])
        if end - start < 4:
            start = max(clause.start, end - 12)
        scope = match.rule.scope if not self.trade else ""
        if scope not in ("", "own", "all") and self._whole(figure, clause.start):
            scope = "all"
        if not scope or scope == "own":
            scope = self._limits(figure, match.sentence, spec, only_own=scope == "own")
        stage = self._stage(figure)
        return Found(
            spec.key,
            figure.quantity.value,
            figure,
            start,
            end,
            scope or "all",
            stage,
            self._mixed(figure, start),
            finding,
        )

    def _stretch(self, figure: Figure, sentence: int) -> tuple[int, int]:
        """From the last figure before (or the sentence's start) to the end of this figure's clause."""
        start = self.scan.document.sentences[sentence].start
        for other in self.scan.figures.get(sentence, ()):
            if other.quantity.kind in ("level", "change") and other.end <= figure.start:
                if any(sign in self.norm[max(0, other.start - 5) : other.start] for sign in "由从"):
                    continue
                start = max(start, other.end)
        return start, figure.start

    def _limits(self, figure: Figure, sentence: int, spec: MetricInfo, *, only_own: bool = False) -> str:
        """The limiting words before the figure, or ""; a rate also takes them from before the count that it belongs to.

        Args:
            figure: the figure.
            sentence: its sentence.
            spec: its metric.
            only_own: only the metric's own limits count, since the rule's words are themselves among the common ones.
        """
        start, end = self._stretch(figure, sentence)
        opens = self.scan.document.sentences[sentence].start
        begin = opens if spec.inherits else start
        named = self.compiled.named
        masks = self.scan.within(named["scope_not"], sentence)
        if not self.upper:
            masks = masks + self.scan.within(named["scope_upper"], sentence)
        places = [
            hit.start
            for hit in ([] if only_own or not spec.common else self.scan.within(named["scope"], sentence))
            if begin <= hit.start
            and hit.end <= end
            and not any(m.start <= hit.start and hit.end <= m.end for m in masks)
            and not (hit.start < start and self._parts(hit.clause))
            and not self._own_trade(hit.start, hit.end)
        ]
        limits = _compiled(spec.limits) if spec.limits else None
        if limits is not None:
            if spec.unit == "percent":
                own = self.scan.document.clauses[figure.clause].start
                begin = own if self._whole(figure, own) else self._counted(figure, sentence)
            words = self.norm[begin:end]
            places += [
                begin + match.end() - len(match.group().lstrip(",;、:。")) for match in limits.finditer(words)
            ]
        if not places:
            after = self._after(figure)
            if spec.unit == "count" and limits is not None and limits.search(after):
                return after
            return (
                (self._words(figure, start) or after)
                if spec.scoped and not self._whole(figure, start)
                else ""
            )
        first = min(places)
        left = max(self.norm.rfind(sign, 0, first) for sign in ",;:。、(\n") + 1
        left = left if first < start else max(left, start)
        right_candidates = [self.norm.find(sign, first, end) for sign in ",;:"]
        right = min([c for c in right_candidates if c >= 0] or [end])
        words = self.text[left:right].strip(_EDGES)
        return words[:40]

    def _own_trade(self, start: int, end: int) -> bool:
        """The words name the trade of the reporting department itself, or a field of that trade."""
        return bool(self.own) and (self.norm[start:end] in self.own or self.norm[max(0, start - 2) : start] in self.own)

    def _parts(self, clause: int) -> bool:
        """The clause tells of parts of a figure before it, which limit nothing after it (其中一审18件、二审8件)."""
        return self.norm.startswith("其中", self.scan.document.clauses[clause].start)

    def _counted(self, figure: Figure, sentence: int) -> int:
        """The start of the clause with the count that a rate belongs to, else that of the sentence."""
        clauses, start = self.scan.document.clauses, self.scan.document.sentences[sentence].start
        for other in self.scan.figures.get(sentence, ()):
            if other.start < figure.start and other.quantity.kind == "level" and other.quantity.unit != "%":
                start = clauses[other.clause].start
        return start

    def _words(self, figure: Figure, start: int) -> str:
        """The words right before the figure, in its clause."""
        clause = self.scan.document.clauses[figure.clause]
        words = self.text[max(clause.start, start) : figure.start].strip(" ,，、;；:：")
        return words[-40:]

    def _whole(self, figure: Figure, start: int) -> bool:
        """The clause speaks of the whole place (全市), right before or after the figure's own words."""
        clause = self.scan.document.clauses[figure.clause]
        stretch = self.norm[max(clause.start, start) : figure.start]
        return bool(_TERRITORY.search(stretch)) and len(stretch) < 16

    def _after(self, figure: Figure) -> str:
        """The noun right after a count of persons or bodies (52个市级部门): whom it counts."""
        clause = self.scan.document.clauses[figure.clause]
        end = min(clause.end, figure.end + 14)
        cuts = [at for sign in "、,;:。的和向在作" if (at := self.norm.find(sign, figure.end, end)) >= 0]
        return self.text[figure.end : min([end, *cuts])].strip(" ")

    def _stage(self, figure: Figure) -> str:
        stages = self.compiled.named["stages"]
        clause = figure.clause
        start, _ = self._stretch(figure, figure.sentence)
        near = [
            hit
            for hit in self.scan.within(stages, figure.sentence)
            if hit.clause == clause and start <= hit.start and hit.end <= figure.start
        ]
        if not near:
            return ""
        last = max(near, key=lambda hit: hit.end)
        return self.text[last.start : last.end]

    def _mixed(self, figure: Figure, start: int) -> bool:
        start = max(start, self._stretch(figure, figure.sentence)[0] + 1)
        stretch = self.norm[start : figure.start]
        return ("、" in stretch or "和" in stretch[2:]) and figure.start - start < 40

    def _divided(self, row: Found) -> bool:
        """What follows the figure in its sentence are parts of it (67批次,其中跨部门9批次)."""
        return "其中" in self.norm[row.figure.end : row.figure.end + 12]

    def _several(self, rows: list[Found], spec: MetricInfo) -> None:
        """Several levels of one metric: all but the total are limited by their stage or nearest words."""
        if len({row.value for row in rows}) < 2:
            return
        open_rows = [row for row in rows if row.scope == "all"]
        stages = {row.stage for row in open_rows if row.stage}
        total = max(open_rows, key=lambda row: row.value, default=None)
        greatest = max(row.value for row in rows)
        for row in open_rows:
            if spec.parts:
                whole = row.value == greatest and (row.mixed or self._divided(row))
            else:
                whole = row is total and (row.value == greatest or not row.stage)
            if whole:
                continue
            words = self._words(row.figure, self._stretch(row.figure, row.figure.sentence)[0])
            row.scope = row.stage if row.stage and len(stages) >= 2 else (words or row.stage or "其中")[:40]


@cache
def _compiled(limits: str) -> re.Pattern[str]:
    return re.compile(limits)
