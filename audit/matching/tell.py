"""Findings told in the terms of the result: quotes cut from the text, reasons in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from audit.document.model import Document
from audit.matching.compile import Compiled
from audit.matching.grade import Finding
from audit.matching.shown import Shown
from audit.result import IndicatorResult
from audit.wording import text as say

SHORTEST, LONGEST = 4, 120
_TRIM = " \t　,，;；:：。、"


class Teller:
    """Tells what was found in one document.

    The parts of a result are gathered plainly and checked in one go, which takes half the time.
    """

    def __init__(self, document: Document, compiled: Compiled) -> None:
        self.document, self.compiled = document, compiled
        self.text = document.text
        self.part_starts = [part.start for part in document.parts]

    def tell(self, shown: Shown) -> IndicatorResult:
        """One indicator's result."""
        indicator = self.compiled.indicators[shown.index]
        metrics = {spec.key: spec for spec in indicator.metrics}
        evidence = [self._evidence(finding) for finding in shown.evidence]
        nil = None
        if shown.nil is not None:
            start, end = self._stretch(shown.nil.start, shown.nil.end, shown.nil.clauses)
            nil = {"quote": self.text[start:end], "start": start, "end": end}
        first = evidence[0]["quote"] if evidence else ""
        reason = say("findings", shown.grade, quote=_short(first), figures=self._figures(shown))
        told = {
            "id": indicator.id,
            "title": indicator.title,
            "grade": shown.grade,
            "needs_review": bool(shown.review),
            "review_because": say("findings", "review", shown.review) if shown.review else "",
            "reason": reason,
            "nil": nil,
            "evidence": evidence,
            "metrics": [
                {
                    "key": row.key,
                    "name": metrics[row.key].name,
                    "value": row.value,
                    "unit": metrics[row.key].unit,
                    "scope": row.scope,
                    "approx": row.figure.quantity.approx,
                    "mixed": row.mixed,
                    "quote": self.text[row.start : row.end],
                    "start": row.start,
                    "end": row.end,
                }
                for row in shown.metrics
            ],
            "nearest": [self._nearest(r.start, r.end, r.because) for r in shown.refusals],
        }
        return IndicatorResult.model_validate(told)

    def _figures(self, shown: Shown) -> str:
        found = [
            self.text[f.start : f.end].strip() for finding in shown.evidence[:3] for f in finding.figures
        ]
        return "、".join(dict.fromkeys(found))

    def _part(self, start: int) -> int:
        return max(0, bisect_right(self.part_starts, start) - 1)

    def _stretch(self, start: int, end: int, clauses: tuple[int, ...]) -> tuple[int, int]:
        """The match widened to its clauses where that stays short, never empty, at most 120 characters."""
        first, last = self.document.clauses[clauses[0]], self.document.clauses[clauses[-1]]
        wide_start, wide_end = min(start, first.start), max(end, last.end)
        if wide_end - wide_start <= LONGEST:
            start, end = wide_start, wide_end
        elif end - start > LONGEST:
            end = start + LONGEST
        else:
            room = LONGEST - (end - start)
            start = max(first.start, start - room // 2)
            end = min(last.end, start + LONGEST)
        while start < end and self.text[start] in _TRIM + "\n":
            start += 1
        while end > start and self.text[end - 1] in _TRIM + "\n":
            end -= 1
        if end - start < SHORTEST:
            end = min(len(self.text), start + SHORTEST)
        return start, end

    def _evidence(self, finding: Finding) -> dict[str, Any]:
        match = finding.match
        own = list(match.clauses)
        own += [figure.clause for figure in finding.figures]
        start = min([match.start] + [f.start for f in finding.figures])
        end = max([match.end] + [f.end for f in finding.figures])
        clauses = tuple(sorted(set(own)))
        first, last = self.document.clauses[clauses[0]], self.document.clauses[clauses[-1]]
        start, end = self._stretch(start, end, clauses)
        marks = [(s, e, "match") for s, e in match.spans] + [
            (f.start, f.end, "match") for f in finding.figures
        ]
        if finding.act:
            marks.append((*finding.act, "match"))
        marks += [(s, e, "context") for s, e in finding.context]
        unique = sorted({(s, e): kind for s, e, kind in marks}.items())
        names = [part.label for part in match.rule.parts]
        return {
            "quote": self.text[start:end],
            "start": start,
            "end": end,
            "part": self._part(start),
            "clause_start": first.start,
            "clause_end": last.end,
            "strength": finding.grade,
            "marks": [{"start": s, "end": e, "kind": kind} for (s, e), kind in unique],
            "pattern": match.rule.text,
            "found": [f"{name}:{self.text[s:e]}" for name, (s, e) in zip(names, match.spans, strict=False)],
        }

    def _nearest(self, start: int, end: int, because: str) -> dict[str, Any]:
        end = min(end, start + 2 * LONGEST)
        quote = self.text[start:end]
        lead = len(quote) - len(quote.lstrip(_TRIM + "\n"))
        start, quote = start + lead, quote.strip(_TRIM + "\n")
        because = say("findings", "refused", because)
        return {"quote": quote, "start": start, "end": start + len(quote), "refused_because": because}


def _short(quote: str) -> str:
    one_line = re.sub(r"\s+", " ", quote)
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"


def tell_all(document: Document, compiled: Compiled, shown: list[Shown]) -> list[IndicatorResult]:
    """Every indicator's result, in the library's order."""
    teller = Teller(document, compiled)
    return [teller.tell(entry) for entry in shown]
