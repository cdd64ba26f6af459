"""One pass over a text: every term of every indicator, placed in its clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from operator import add
from typing import Any, NamedTuple

from audit.document.model import Document, Quantity
from audit.matching.compile import Compiled


class Hit(NamedTuple):
    """A term found."""

    start: int
    end: int
    clause: int
    sentence: int


_new: Callable[[type[Hit], tuple[int, int, int, int]], Hit] = tuple.__new__
"""Makes a hit in half the time that `Hit(…)` takes."""


class Figure(NamedTuple):
    """A quantity with its clause and sentence."""

    start: int
    end: int
    clause: int
    sentence: int
    quantity: Quantity


Place = tuple[int, int, int]
"""Where a literal stands: its id, start and end."""

Boundaries = Callable[[str], set[int]]


class Scan:
    """What one pass found; the hits of a set are put together when they are first asked for.

    Where terms stand is kept in whole numbers, a bit for each sentence, so that the sentences which several sets
    share are found by `&`; terms bounded by words are counted there before the words were looked at.

    Attributes:
        document: the report.
        figures: sentence → figures in it.
        titles: spans of book-title marks, marks included.
        leads: sentence → sentences whose words are its matter (opening of the item, headings above).
        sentences: set id → bits of the sentences that hold a term of the set; at -1, for no set, those of all.
    """

    __slots__ = (
        "_bounded",
        "_clause_at",
        "_compiled",
        "_cuts",
        "_held",
        "_within",
        "boundaries",
        "document",
        "figures",
        "leads",
        "sentences",
        "titles",
    )

    def __init__(self, document: Document, compiled: Compiled, boundaries: Boundaries) -> None:
        self.document = document
        self.boundaries = boundaries
        self.figures: dict[int, list[Figure]] = {}
        self.titles: list[tuple[int, int]] = []
        self.leads: dict[int, tuple[int, ...]] = {}
        self.sentences = [0] * len(compiled.set_names) + [(1 << len(document.sentences)) - 1]
        self._bounded = compiled.bounded
        self._clause_at: list[int] = []
        self._compiled = compiled
        self._cuts: dict[int, set[int]] = {}
        self._held: list[defaultdict[int, list[Place]]] = []
        self._within: dict[tuple[int, int], list[Hit]] = {}

    def sentences_with(self, set_id: int) -> list[int]:
        """The sentences that hold a term of a set."""
        return numbers_of(self.sentences[set_id])

    def within(self, set_id: int, sentence: int) -> list[Hit]:
        """The hits of a set in one sentence, in order of place; not to be changed."""
        hits = self._within.get((set_id, sentence))
        if hits is None:
            held = self.sentences[set_id] >> sentence & 1
            hits = self._within[set_id, sentence] = self._hits(set_id, sentence) if held else []
        return hits

    def combinations(self, sentence: int) -> dict[int, list[Place]]:
        """The combinations of sets whose terms stand in a sentence, each with the places; not to be changed."""
        return self._held[sentence] if self._held else {}

    def clause_at(self, place: int) -> int:
        """The clause that a place stands in, -1 between two."""
        return self._clause_at[place]

    def _hits(self, set_id: int, sentence: int) -> list[Hit]:
        """Puts the hits of a set in one sentence together."""
        held, clause_at, bounded = self._held[sentence], self._clause_at, self._bounded
        hits = []
        for combination in held.keys() & self._compiled.holders[set_id]:
            for literal, start, end in held[combination]:
                clause = clause_at[start]
                if literal not in bounded or self._whole_word(start, end, clause):
                    hits.append(_new(Hit, (start, end, clause, sentence)))
        if len(hits) > 1:
            hits.sort()
        return hits

    def _whole_word(self, start: int, end: int, clause: int) -> bool:
        """Whether a stretch begins and ends at word boundaries; words are cut only where a rule asks for them."""
        norm, around = self.document.norm, self.document.clauses[clause]
        left, right = start, end
        while left > around.start and norm[left - 1].isalnum():
            left -= 1
        while right < around.end and norm[right].isalnum():
            right += 1
        cuts = self._cuts.get(left)
        if cuts is None:
            cuts = self._cuts[left] = {left + cut for cut in self.boundaries(norm[left:right])}
        return start in cuts and end in cuts

    def note(self, found: list[Place]) -> None:
        """Takes in the places of literals; those between two clauses (clause -1) count for nothing.

        In a sentence, literals of the same sets are kept together, by the number of the combination.
        """
        document, literal_sets = self.document, self._compiled.literal_sets
        self._clause_at = clause_at = [-1] * len(document.norm)
        nowhere: defaultdict[int, list[Place]] = defaultdict(list)
        held_at = [nowhere] * len(document.norm)
        held: list[defaultdict[int, list[Place]]] = [defaultdict(list) for _ in document.sentences]
        self._held = held
        for number, (start, end, sentence, *_) in enumerate(document.clauses):
            clause_at[start:end] = [number] * (end - start)
            held_at[start:end] = [held[sentence]] * (end - start)
        for place in found:
            held_at[place[1]][literal_sets[place[0]]].append(place)
        bits: dict[int, int] = {}
        for sentence, combinations in enumerate(held):
            bit = 1 << sentence
            for combination in combinations:
                bits[combination] = bits.get(combination, 0) | bit
        sets, sentences = self._compiled.combinations, self.sentences
        for combination, own in bits.items():
            for set_id in sets[combination]:
                sentences[set_id] |= own


def numbers_of(bits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    numbers = []
    while bits:
        low = bits & -bits
        numbers.append(low.bit_length() - 1)
        bits ^= low
    return numbers


Search = Callable[[str], list[Place]]

PATIENCE = 3
"""Texts searched by the plain index before the automaton is built, which takes as long as some ten searches."""


class Searcher:
    """Finds all literals in a text, overlapping ones included, as (literal id, start, end).

    The first few texts are searched by an index of beginnings, which is ready at once; for more of them an
    Aho–Corasick automaton is built. Both find the same.
    """

    def __init__(self, compiled: Compiled) -> None:
        self._literals = compiled.literals
        self._searched = 0
        self._machine: Any = None
        self._twins: set[int] = set()
        self._opened: dict[str, dict[str, int]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> list[Place]:
        """All occurrences of all literals in the text."""
        self._searched += 1
        return self.by_index(text) if self._searched <= PATIENCE else self.by_automaton(text)

    def _open(self, prefix: str) -> dict[str, int]:
        """The literals of a prefix, text → id; of two with one text the second, which is then noted as a twin."""
        first, words = self._literals.under(prefix)
        opened = dict(zip(words, range(first, first + len(words)), strict=True))
        if len(opened) < len(words):
            self._twins.update(first + at for at in range(1, len(words)) if words[at] == words[at - 1])
        return opened

    def by_index(self, text: str) -> list[Place]:
        """The search by beginnings: every place whose next three characters begin some literal is looked up."""
        found: list[Place] = []
        pairs = list(map(add, text, text[1:]))
        triples = list(map(add, pairs, text[2:]))
        opened, lengths = self._opened, self._lengths
        for prefix in ({*triples, *pairs, *text} & self._literals.prefixes()) - opened.keys():
            opened[prefix] = words = self._open(prefix)
            lengths[prefix] = tuple(set(map(len, words)))
        for start, triple in enumerate(triples):
            if triple in opened:
                words = opened[triple]
                for length in lengths[triple]:
                    piece = text[start : start + length]
                    if piece in words:
                        found.append((words[piece], start, start + length))
        for size, shorter in ((2, pairs), (1, text)):
            for start, word in enumerate(shorter):
                if word in opened:
                    found.append((opened[word][word], start, start + size))
        twins = self._twins
        found += [(number - 1, start, end) for number, start, end in found if number in twins]
        return found

    def by_automaton(self, text: str) -> list[Place]:
        """The search by the automaton."""
        if self._machine is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            self._machine = AhoCorasick(
                self._literals.words(), matchkind=MatchKind.Standard, store_patterns=False
            )
        matches: list[Place] = self._machine.find_matches_as_indexes(text, overlapping=True)
        return matches


_TITLE_SIGN = re.compile("[《》\n]")


def _titles(norm: str) -> list[tuple[int, int]]:
    spans, depth, start = [], 0, 0
    for match in _TITLE_SIGN.finditer(norm):
        sign, at = match.group(), match.start()
        if sign == "《":
            if depth == 0:
                start = at
            depth += 1
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, at + 1))
        elif sign == "\n":
            depth = 0
    return spans


def _goes_on(document: Document, sentence: int) -> bool:
    """Whether a sentence ends with a semicolon, so that the next one goes on with its matter."""
    here = document.sentences[sentence]
    return document.norm[here.start : here.end].rstrip().endswith(";")


def _leads(document: Document) -> dict[int, tuple[int, ...]]:
    """For each sentence the sentences that name its matter, nearest first."""
    leads: dict[int, tuple[int, ...]] = {}
    stack: list[tuple[int, int]] = []
    paragraphs, sentences = document.paragraphs, document.sentences
    current = -1
    for index, sentence in enumerate(sentences):
        if sentence.paragraph != current:
            current = sentence.paragraph
            paragraph = paragraphs[current]
            if paragraph.level and paragraph.kind in ("heading", "lead"):
                while stack and stack[-1][0] >= paragraph.level:
                    stack.pop()
                stack.append((paragraph.level, index))
        above = [number for _, number in reversed(stack[-2:]) if number != index]
        if sentence.item >= 0 and sentence.item != index:
            above.insert(0, sentence.item)
        before = index - 1
        flow: list[int] = []
        while (
            len(flow) < 4
            and before >= 0
            and sentences[before].paragraph == current
            and _goes_on(document, before)
        ):
            flow.append(before)
            before -= 1
        above = flow + above
        leads[index] = tuple(dict.fromkeys(above))
    return leads


def scan(document: Document, compiled: Compiled, search: Search, boundaries: Boundaries) -> Scan:
    """Finds every term of every set in one pass.

    Args:
        document: the report.
        compiled: the indicators.
        search: finds the literals, see `Searcher`.
        boundaries: gives the word boundaries of a stretch of text (for bounded terms).
    """
    result = Scan(document, compiled, boundaries)
    clauses = document.clauses
    if not clauses:
        return result
    norm = document.norm
    result.note(search(norm))
    starts = [clause.start for clause in clauses]
    for quantity in document.quantities:
        number = bisect_right(starts, quantity.start) - 1
        clause = clauses[number]
        if number >= 0 and quantity.start < clause.end and not clause.earlier:
            figure = Figure(quantity.start, quantity.end, number, clause.sentence, quantity)
            result.figures.setdefault(clause.sentence, []).append(figure)
    result.titles = _titles(norm)
    result.leads = _leads(document)
    return result
