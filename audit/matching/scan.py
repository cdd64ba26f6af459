"""One pass over a text: every term of every indicator, placed in its clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection
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


class Figure(NamedTuple):
    """A quantity with its clause and sentence."""

    start: int
    end: int
    clause: int
    sentence: int
    quantity: Quantity


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
        sentences: set id → bits of the sentences that hold a term of the set; sets without any are absent.
    """

    __slots__ = (
        "_bounded",
        "_cuts",
        "_found",
        "_sets",
        "_within",
        "boundaries",
        "document",
        "figures",
        "leads",
        "sentences",
        "titles",
    )

    def __init__(self, document: Document, bounded: frozenset[int], boundaries: Boundaries) -> None:
        self.document = document
        self.boundaries = boundaries
        self._bounded = bounded
        self._cuts: dict[int, set[int]] = {}
        self.figures: dict[int, list[Figure]] = {}
        self.titles: list[tuple[int, int]] = []
        self.leads: dict[int, tuple[int, ...]] = {}
        self.sentences: dict[int, int] = {}
        self._found: dict[int, dict[int, list[Hit]]] = {}
        self._sets: dict[int, list[int]] = {}
        self._within: dict[tuple[int, int], list[Hit]] = {}

    def sentences_with(self, literal: int) -> Collection[int]:
        """The sentences that hold a literal."""
        return self._found.get(literal, ())

    def within(self, set_id: int, sentence: int) -> list[Hit]:
        """The hits of a set in one sentence, in order of place; not to be changed."""
        hits = self._within.get((set_id, sentence))
        if hits is None:
            found = self._found
            bounded = self._bounded
            rows = [
                found[literal][sentence]
                if literal not in bounded
                else self._whole_words(found[literal][sentence])
                for literal in self._sets.get(set_id, ())
                if sentence in found[literal]
            ]
            hits = rows[0] if len(rows) == 1 else sorted([hit for row in rows for hit in row])
            self._within[set_id, sentence] = hits
        return hits

    def _whole_words(self, hits: list[Hit]) -> list[Hit]:
        """The hits that begin and end at word boundaries; words are cut only where a rule asks for them."""
        return [hit for hit in hits if {hit.start, hit.end} <= self._words(hit)]

    def _words(self, hit: Hit) -> set[int]:
        """The word boundaries of the run of letters around a hit."""
        norm, clause = self.document.norm, self.document.clauses[hit.clause]
        start, end = hit.start, hit.end
        while start > clause.start and norm[start - 1].isalnum():
            start -= 1
        while end < clause.end and norm[end].isalnum():
            end += 1
        cuts = self._cuts.get(start)
        if cuts is None:
            cuts = self._cuts[start] = {start + cut for cut in self.boundaries(norm[start:end])}
        return cuts

    def note(self, found: dict[int, dict[int, list[Hit]]], compiled: Compiled) -> None:
        """Takes in the hits of literals, by literal and sentence, in order of place."""
        literal_sets, term_sets = compiled.literal_sets, compiled.term_sets
        self._found = found
        sets, sentences = self._sets, self.sentences
        for literal, places in found.items():
            bits = 0
            for sentence in places:
                bits |= 1 << sentence
            for set_id in term_sets[literal_sets[literal]]:
                if set_id in sets:
                    sets[set_id].append(literal)
                    sentences[set_id] |= bits
                else:
                    sets[set_id] = [literal]
                    sentences[set_id] = bits


Search = Callable[[str], list[tuple[int, int, int]]]

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
        self._numbers: list[int] = []
        self._twins: set[int] = set()
        self._opened: dict[str, dict[str, int]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> list[tuple[int, int, int]]:
        """All occurrences of all literals in the text."""
        self._searched += 1
        return self.by_index(text) if self._searched <= PATIENCE else self.by_automaton(text)

    def _open(self, prefix: str) -> dict[str, int]:
        """The literals of a prefix, text → id; of two with one text the second, which is then noted as a twin."""
        first, joined = self._literals[prefix]
        words = joined.split("\n")
        opened = dict(zip(words, range(first, first + len(words)), strict=True))
        if len(opened) < len(words):
            self._twins.update(first + at for at in range(1, len(words)) if words[at] == words[at - 1])
        return opened

    def by_index(self, text: str) -> list[tuple[int, int, int]]:
        """The search by beginnings: every place whose next two characters begin some literal is looked up."""
        found: list[tuple[int, int, int]] = []
        pairs = list(map(add, text, text[1:]))
        opened, lengths = self._opened, self._lengths
        for prefix in ({*pairs, *text} & self._literals.keys()) - opened.keys():
            opened[prefix] = words = self._open(prefix)
            lengths[prefix] = tuple(set(map(len, words)))
        for start, pair in enumerate(pairs):
            if pair in opened:
                words = opened[pair]
                for length in lengths[pair]:
                    piece = text[start : start + length]
                    if piece in words:
                        found.append((words[piece], start, start + length))
        for start, sign in enumerate(text):
            if sign in opened:
                found.append((opened[sign][sign], start, start + 1))
        return self._with_twins(found)

    def _with_twins(self, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        twins = self._twins
        found += [(number - 1, start, end) for number, start, end in found if number in twins]
        return found

    def by_automaton(self, text: str) -> list[tuple[int, int, int]]:
        """The search by the automaton."""
        if self._machine is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            words = [row for prefix in self._literals for row in self._open(prefix).items()]
            self._numbers = [number for _, number in words]
            self._machine = AhoCorasick(
                [word for word, _ in words], matchkind=MatchKind.Standard, store_patterns=False
            )
        matches: list[tuple[int, int, int]] = self._machine.find_matches_as_indexes(text, overlapping=True)
        numbers = self._numbers
        return self._with_twins([(numbers[index], start, end) for index, start, end in matches])


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
    result = Scan(document, compiled.bounded, boundaries)
    clauses = document.clauses
    if not clauses:
        return result
    norm = document.norm
    starts = [clause.start for clause in clauses]
    ends = [clause.end for clause in clauses]
    owners = [clause.sentence for clause in clauses]
    clause_at = [-1] * starts[0]
    for number, nxt in enumerate([*starts[1:], len(norm)]):
        clause_at += [number] * (nxt - starts[number])
    found: dict[int, dict[int, list[Hit]]] = {}
    make, hit_type = tuple.__new__, Hit
    for literal, start, end in search(norm):
        clause = clause_at[start]
        if clause < 0:
            continue
        if end > ends[clause] and (start >= ends[clause] or "\n" in norm[start:end]):
            continue
        sentence = owners[clause]
        hit: Hit = make(hit_type, (start, end, clause, sentence))
        if literal in found:
            places = found[literal]
            if sentence in places:
                places[sentence].append(hit)
            else:
                places[sentence] = [hit]
        else:
            found[literal] = {sentence: [hit]}
    result.note(found, compiled)
    for quantity in document.quantities:
        clause = bisect_right(starts, quantity.start) - 1
        if clause >= 0 and quantity.start < ends[clause] and not clauses[clause].earlier:
            sentence = owners[clause]
            figure = Figure(quantity.start, quantity.end, clause, sentence, quantity)
            result.figures.setdefault(sentence, []).append(figure)
    result.titles = _titles(norm)
    result.leads = _leads(document)
    return result
