"""Ranks of comparable reports, and how far each rank depends on the weights.

Every weight (of items, groups and of the scheme) is drawn anew, uniformly within ±20%, a thousand times
with a fixed seed; a rank is given with the interval of the ranks that the report takes. Thousands of
reports are counted at once: the credits of one item lie side by side in one long integer, 64 bits a
report, so that a weight is applied to all reports by one multiplication.
"""

from __future__ import annotations

import math
import random
import struct
from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from audit.result import ChecklistResult, Result

DRAWS = 1000
SPREAD = 0.2
SEED = 20190415

_CREDIT = 1000
_JUDGED_BITS = 24
_JUDGED = (1 << _JUDGED_BITS) - 1
_WEIGHTS = 1 << 22


Weights = tuple[tuple[float, tuple[float, ...]], ...]
"""For each group its weight and the weights of its items."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What ranking needs of one checklist.

    Attributes:
        weights: of groups and items, applicable or not.
        credits: of the items in order, in thousandths; -1 where not judged.
        cap: lowest cap of the gates that fired, 100 if none.
    """

    weights: Weights
    credits: tuple[int, ...]
    cap: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What ranking needs of one report: small enough to hold for every body of a province.

    Attributes:
        likeness: what must agree for two reports to be ranked together: the body's level and kind, the
            checklists' ids, versions and hashes, the scheme.
        score: overall score, 0–100; None: not ranked.
        scheme: weight of each checklist.
        sheets: the checklists of the scheme.
    """

    likeness: Hashable
    score: float | None
    scheme: tuple[tuple[str, float], ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of one report among its like.

    Attributes:
        index: position in the sequence handed in.
        score: overall score, 0–100.
        rank: standard competition rank (1, 2, 2, 4).
        low: best rank within 95% of the draws (never worse than `rank`).
        high: worst rank within 95% of the draws (never better than `rank`).
        tier: 档, counted from 1; reports whose intervals overlap share one.
    """

    index: int
    score: float
    rank: int
    low: int
    high: int
    tier: int


def entry(result: Result) -> Entry:
    """What ranking needs of a result."""
    body = result.document.body
    scheme = tuple(result.overall.scheme.items())
    sheets = {sheet.id: sheet for sheet in result.checklists}
    return Entry(
        likeness=(
            body.level or result.document.level,
            body.kind,
            tuple((sheet.id, sheet.version, sheet.sha256) for sheet in result.checklists),
            tuple(sorted(scheme)),
        ),
        score=result.overall.score,
        scheme=scheme,
        sheets=tuple(_sheet(sheets[name]) for name, _ in scheme if name in sheets),
    )


def _sheet(sheet: ChecklistResult) -> Sheet:
    credits = [item.credit for group in sheet.groups for item in group.items]
    return Sheet(
        weights=_shared(
            tuple((group.weight or 1.0, tuple(item.weight for item in group.items)) for group in sheet.groups)
        ),
        credits=tuple(-1 if credit is None else round(credit * _CREDIT) for credit in credits),
        cap=min((gate.cap for gate in sheet.gates if gate.fired), default=100.0),
    )


@lru_cache(maxsize=64)
def _shared(weights: Weights) -> Weights:
    return weights


def rank(entries: Sequence[Entry], *, draws: int = DRAWS, seed: int = SEED) -> list[Ranked]:
    """Ranks reports of one likeness; those without an overall score are left out.

    Returns:
        In order of rank, equal ranks in the order handed in.

    Raises:
        ValueError: the reports are not of one likeness.
    """
    taken = [(i, each) for i, each in enumerate(entries) if each.score is not None]
    if len({each.likeness for _, each in taken}) > 1:
        raise ValueError("reports of different checklists, levels or kinds cannot be ranked together")
    if not taken:
        return []
    scores = [round((each.score or 0) * 100) for _, each in taken]
    ranks = competition(scores)
    columns = _drawn([each for _, each in taken], draws, random.Random(seed))
    first, last = int(0.025 * draws), max(math.ceil(0.975 * draws) - 1, 0)
    spans = []
    for place, column in zip(ranks, columns, strict=True):
        ordered = sorted(column)
        spans.append((min(place, ordered[first]), max(place, ordered[last])))
    tiers = overlapping(spans)
    ranked = [
        Ranked(i, scores[n] / 100, ranks[n], spans[n][0], spans[n][1], tiers[n])
        for n, (i, _) in enumerate(taken)
    ]
    return sorted(ranked, key=lambda entry: (entry.rank, entry.index))


def competition(scores: Sequence[int]) -> list[int]:
    """Standard competition ranks, the highest score first: equal scores share a rank, the next are skipped."""
    places: dict[int, int] = {}
    above = 1
    for score, count in sorted(Counter(scores).items(), reverse=True):
        places[score] = above
        above += count
    return [places[score] for score in scores]


def overlapping(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers from 1: spans that overlap, directly or through others, share one."""
    tiers = [0] * len(spans)
    number, reach = 0, -1
    for i in sorted(range(len(spans)), key=lambda i: spans[i]):
        low, high = spans[i]
        if low > reach:
            number += 1
        reach = max(reach, high)
        tiers[i] = number
    return tiers


def _drawn(entries: Sequence[Entry], draws: int, source: random.Random) -> Iterable[tuple[int, ...]]:
    """For each report the ranks that it takes in the draws."""
    weights = [weight for _, weight in entries[0].scheme]
    columns = zip(*(each.sheets for each in entries), strict=True)
    packed = [_Packed(list(column)) for column in columns]
    kind = "H" if len(entries) < 1 << 16 else "L"
    taken = []
    for _ in range(draws):
        shares = [weight * source.uniform(1 - SPREAD, 1 + SPREAD) for weight in weights]
        whole = sum(shares)
        total: Sequence[float] = [0.5] * len(entries)
        for share, sheet in zip(shares, packed, strict=True):
            total = list(map(add, total, sheet.draw(source, share / whole)))
        taken.append(array(kind, competition(list(map(int, total)))))
    return zip(*taken, strict=True)


class _Packed:
    """One checklist of many reports: for each item one long integer with 64 bits a report."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.weights = sheets[0].weights
        self.lanes = struct.Struct(f"<{len(sheets)}Q")
        columns = zip(*(sheet.credits for sheet in sheets), strict=True)
        self.items = [self._pack(column) for column in columns]
        caps = [sheet.cap * 100 for sheet in sheets]
        self.caps = caps if min(caps) < 10_000 else None

    def _pack(self, credits: Sequence[int]) -> int:
        values = [0 if credit < 0 else credit << _JUDGED_BITS | 1 for credit in credits]
        return int.from_bytes(self.lanes.pack(*values), "little")

    def draw(self, source: random.Random, share: float) -> list[float]:
        """Scores (0–10,000) under weights drawn anew, times `share`."""
        drawn: list[float] = []
        for weight, items in self.weights:
            varied = [each * source.uniform(1 - SPREAD, 1 + SPREAD) for each in items]
            factor = weight * source.uniform(1 - SPREAD, 1 + SPREAD) / sum(varied)
            drawn += [each * factor for each in varied]
        scale = _WEIGHTS / sum(drawn)
        total = 0
        for weight, item in zip(drawn, self.items, strict=True):
            total += item * round(weight * scale)
        factor = 10_000 / _CREDIT
        sums = self.lanes.unpack(total.to_bytes(self.lanes.size, "little"))
        scores = [(lane >> _JUDGED_BITS) / ((lane & _JUDGED) or 1) * factor for lane in sums]
        if self.caps is not None:
            scores = list(map(min, scores, self.caps))
        return [score * share for score in scores]
