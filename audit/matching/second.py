"""A second reader, who knows no rules: learned words tell what a sentence speaks of and how firmly.

Where this reader and the rules disagree, a person should look (`audit.matching.review`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.checklist.learned import SecondReaderData
    from audit.matching.match import Match
    from audit.matching.scan import Scan

MOST = 4.0
"""Evidence for or against a matter counts no more than this (log odds)."""


@dataclass(slots=True)
class Learned:
    """What was learned, by the numbers of the compiled terms.

    Attributes:
        speaks: for each combination of sets the indicators that its words speak for, with weights.
        base: for each indicator how much a sentence speaks for it without any word.
        tells: for each combination of sets what its words tell of the grade of their passage.
        grades: for each indicator which grades it usually has.
        figure: what a figure tells of the grade.
        doubt: weights of the signs of doubt.
    """

    speaks: dict[int, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    base: tuple[float, ...] = ()
    tells: dict[int, tuple[float, ...]] = field(default_factory=dict)
    grades: tuple[tuple[float, ...], ...] = ()
    figure: tuple[float, ...] = ()
    doubt: dict[str, float] = field(default_factory=dict)


def learned_of(data: SecondReaderData, names: list[str], combination_of: dict[str, int]) -> Learned:
    """Puts what was learned into the numbers of compiled indicators and terms; unknown words are left out.

    Args:
        data: the file.
        names: the ids of the indicators in order.
        combination_of: for each literal the number of its combination of sets.
    """
    speaks: dict[int, list[tuple[int, float]]] = {}
    base, grades = [], []
    for index, name in enumerate(names):
        matter = data.matters.get(name)
        base.append(matter.base if matter else -MOST)
        grades.append(matter.grades if matter else (0.0,) * 6)
        for word, weight in matter.words.items() if matter else ():
            if word in combination_of:
                speaks.setdefault(combination_of[word], []).append((index, weight))
    return Learned(
        {combination: tuple(rows) for combination, rows in speaks.items()},
        tuple(base),
        {combination_of[word]: odds for word, odds in data.words.items() if word in combination_of},
        tuple(grades),
        data.figure,
        data.doubt,
    )


class SecondReader:
    """Reads one report."""

    def __init__(self, scan: Scan, learned: Learned) -> None:
        self._scan, self._learned = scan, learned
        self._done = [
            scan.document.clauses[sentence.first_clause].role in ("achievements", "responsible")
            for sentence in scan.document.sentences
        ]
        self._clauses: dict[int, list[tuple[int, set[int]]]] = {}
        self._spoken: list[dict[int, float]] = [{} for _ in learned.base]
        for number in range(len(self._done)):
            self._read(number)

    def _read(self, sentence: int) -> None:
        """Notes what a sentence speaks for."""
        held, speaks = self._scan.combinations(sentence), self._learned.speaks
        sums: dict[int, float] = {}
        for combination in held.keys() & speaks.keys():
            for index, weight in speaks[combination]:
                sums[index] = sums.get(index, 0.0) + weight
        share = 1 / sqrt(max(1, len(held)))
        for index, weight in sums.items():
            self._spoken[index][sentence] = weight * share

    def speaks(self, index: int, sentences: set[int]) -> float:
        """How much the sentence among these that speaks most for an indicator does so (log odds, ±4)."""
        spoken = self._spoken[index]
        return self._bounded(index, max([spoken.get(number, 0.0) for number in sentences]))

    def elsewhere(self, index: int, taken: set[int], *, done: bool) -> float:
        """The same for the sentences that are not taken, in what is told as done or outside it."""
        best = 0.0
        for number, weight in self._spoken[index].items():
            if weight > best and self._done[number] == done and number not in taken:
                best = weight
        return self._bounded(index, best)

    def _bounded(self, index: int, weight: float) -> float:
        return max(-MOST, min(MOST, weight + self._learned.base[index]))

    def _telling(self, sentence: int) -> list[tuple[int, set[int]]]:
        """The combinations in a sentence that tell of grades, each with the clauses that hold it."""
        known = self._clauses.get(sentence)
        if known is None:
            held = self._scan.combinations(sentence)
            known = self._clauses[sentence] = [
                (combination, {self._scan.clause_at(start) for _, start, _ in held[combination]})
                for combination in held.keys() & self._learned.tells.keys()
            ]
        return known

    def odds(self, index: int, match: Match) -> list[float]:
        """How likely the passage of a match has each grade, in the order of `GRADES`; they add up to 1."""
        learned, scan = self._learned, self._scan
        first, last = match.clauses[0], match.clauses[-1]
        rows = [
            learned.tells[combination]
            for combination, held in self._telling(match.sentence)
            if not held.isdisjoint(range(first, last + 1))
        ]
        share = 1 / sqrt(max(1, len(rows)))
        sums = map(sum, zip(*rows, strict=True)) if rows else [0.0] * 6
        clauses = scan.document.clauses
        stretch = scan.document.norm[clauses[first].start : clauses[last].end]
        figure = any(map(str.isdigit, stretch))
        usual = learned.grades[index]
        raw = [
            exp(total * share + usual[grade] + figure * learned.figure[grade])
            for grade, total in enumerate(sums)
        ]
        whole = sum(raw)
        return [each / whole for each in raw]
