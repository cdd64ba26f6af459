"""What a report shows of every indicator: grade, evidence, metrics, nil statements, nearest sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audit.data import cached, checklist_root
from audit.document.model import Document
from audit.matching.compile import Compiled, compile_indicators
from audit.matching.grade import RANK, Finding, Grade, Grader
from audit.matching.match import Match, Matcher
from audit.matching.metrics import Extractor
from audit.matching.nearest import Refusal, nearest, weigh
from audit.matching.review import doubtful
from audit.matching.scan import Search, Searcher, scan
from audit.matching.shown import Shown
from audit.matching.words import boundaries, vocabulary

if TYPE_CHECKING:
    from audit.checklist.learned import SecondReaderData
    from audit.checklist.library import Library

MOST_EVIDENCE = 8


@dataclass(slots=True)
class Engine:
    """Compiled indicators with their searcher; built once for a process."""

    compiled: Compiled
    search: Search

    @classmethod
    def of(cls, compiled: Compiled) -> Engine:
        """An engine over compiled indicators."""
        return cls(compiled, Searcher(compiled))

    def find(self, document: Document, only: set[int] | None = None) -> list[Shown]:
        """What the document shows, one entry for each indicator in the library's order.

        Args:
            document: the report.
            only: indexes of the indicators to look for; default all.
        """
        scanned = scan(document, self.compiled, self.search, boundaries)
        matcher, grader = Matcher(scanned, self.compiled), Grader(scanned, self.compiled)
        extractor = Extractor(scanned, self.compiled)
        shown: list[Shown] = []
        for index, indicator in enumerate(self.compiled.indicators):
            if only is not None and index not in only:
                continue
            findings: list[Finding] = []
            nil: Match | None = None
            reached = 0
            for stage in self.compiled.stages[index]:
                for rule in matcher.possible(stage) if reached < stage.enough else ():
                    if reached >= stage.enough:
                        break
                    for match in matcher.matches(rule):
                        if stage.level == "nil":
                            nil = nil or self._nil(document, match)
                        else:
                            finding = grader.grade(match)
                            findings.append(finding)
                            reached = max(reached, RANK[finding.grade])
            metrics = extractor.collect(indicator, findings)
            grade, evidence, weaker = self._best(findings)
            refusals: list[Refusal] = []
            if grade not in ("data", "action"):
                taken = {finding.match.sentence for finding in evidence}
                refusals = nearest(scanned, findings, weigh(scanned, self.compiled, index), taken)
            shown.append(Shown(index, indicator.id, grade, evidence, weaker, metrics, nil, refusals))
        doubtful(shown, scanned, self.compiled)
        return shown

    def _nil(self, document: Document, match: Match) -> Match | None:
        roles = {document.clauses[number].role for number in match.clauses}
        return match if roles & {"achievements", "responsible", "opening"} else None

    def _best(self, findings: list[Finding]) -> tuple[Grade, list[Finding], list[Finding]]:
        held = [finding for finding in findings if finding.grade != "none"]
        if not held:
            return "none", [], []
        top = max(RANK[finding.grade] for finding in held)
        best = [finding for finding in held if RANK[finding.grade] == top]
        best.sort(
            key=lambda f: (f.doubt, f.match.rule.level == "topic", f.match.end - f.match.start, f.match.start)
        )
        seen: set[tuple[int, int]] = set()
        evidence: list[Finding] = []
        for finding in best:
            key = (finding.match.sentence, finding.match.clauses[0])
            if key in seen:
                continue
            seen.add(key)
            evidence.append(finding)
        weaker = [finding for finding in held if RANK[finding.grade] < top]
        return best[0].grade, evidence[:MOST_EVIDENCE], weaker


def compile_library(library: Library, learned: SecondReaderData | None = None) -> Compiled:
    """Compiles a loaded library with the vocabulary of its descriptions and what the second reader learned."""
    descriptions = [f"{item.title}。{item.asks}{item.counts}" for item in library.indicators]
    return compile_indicators(list(library.indicators), library.lexicon, vocabulary(descriptions), learned)


@cache
def engine(root: Path | None = None) -> Engine:
    """The engine over the checklists folder, compiled once and kept in the user's cache.

    Raises:
        ChecklistError: the checklists are wrong.
    """
    base = root or checklist_root()
    files = [*sorted((base / "indicators").rglob("*.yaml")), base / "lexicon.yaml", base / "dictionary.txt"]
    files += sorted(base.glob("second-reader.json"))

    def make() -> Compiled:
        from audit.checklist.learned import load_learned
        from audit.checklist.library import load_library

        return compile_library(load_library(base), load_learned(base))

    return Engine.of(cached("engine", files, make))
