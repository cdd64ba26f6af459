"""The report's text for the page: where things stand in it, and its stretches with their marks.

Every character of the text appears once on the page; findings point to it by the keys given out here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from audit import wording
from audit.result import DocumentResult, Mark

_END = re.compile(r"[。；;！!？?\n]")
_AROUND = 60
"""Characters of a sentence shown at most on either side of a quote."""

Piece = tuple[str, str]
"""Words and their class: `` context, `q` quote, `m` matched words, `c` deciding words."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A marked place as a finding shows it: its key, the anchor to go to, and where it stands, in words."""

    key: int
    anchor: str
    part: str
    where: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line under the same marks.

    Attributes:
        text: the words.
        classes: space-separated: `e` evidence, `m` matched, `c` deciding, `d` defect, `n` other places.
        keys: keys of the marks that cover it, space-separated.
        href: id of the finding that it belongs to, "" for none.
        anchor: id of the segment where a mark begins here, else "".
        role: words for the part that begins here, else "".
        part: id of that part, else "".
    """

    text: str
    classes: str
    keys: str
    href: str
    anchor: str
    role: str
    part: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with the number that the places use."""

    number: int
    heading: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle of the narrow band, in thousandths of the text."""

    kind: str
    top: int
    height: int
    label: str = ""


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    kind: str
    key: int
    target: str


class TextView:
    """Places in one report's text, and the marks that findings put there."""

    def __init__(self, document: DocumentResult) -> None:
        self.document = document
        self.spans: list[_Span] = []
        self.words: list[tuple[int, int, str]] = []
        self._known: dict[tuple[int, int, str, str], Spot] = {}
        text = document.text
        self._ends = [match.end() for match in _END.finditer(text)]
        self._parts = [part.start for part in self.document.parts]
        self._pages = [page.start for page in self.document.pages]
        self._paragraphs = self.document.paragraph_starts
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def part(self, at: int) -> str:
        """The role of the part around an offset, in words."""
        index = bisect_right(self._parts, at) - 1
        return wording.role(self.document.parts[index].role) if index >= 0 else ""

    def where(self, at: int) -> str:
        """Page, paragraph or line of an offset, in words."""
        if self._pages:
            page = self.document.pages[max(0, bisect_right(self._pages, at) - 1)]
            return wording.text("page", "on_page", n=page.number)
        if self._paragraphs:
            return wording.text("page", "on_paragraph", n=max(1, bisect_right(self._paragraphs, at)))
        return wording.text("page", "on_line", n=bisect_right(self._lines, at))

    def spot(self, start: int | None, end: int | None, kind: str, target: str) -> Spot | None:
        """Marks a place for a finding; None where the text has no such place.

        Args:
            start: first offset.
            end: offset after the last character.
            kind: class of the mark, see `Segment.classes`.
            target: id of the finding.
        """
        text = self.document.text
        if start is None or end is None or not 0 <= start < end <= len(text):
            return None
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            return None
        known = self._known.get((start, end, kind, target))
        if known is None:
            known = Spot(len(self.spans) + 1, f"t{start}", self.part(start), self.where(start))
            self._known[start, end, kind, target] = known
            self.spans.append(_Span(start, end, kind, known.key, target))
        return known

    def sentence(self, start: int, end: int, marks: Iterable[Mark] = ()) -> list[Piece]:
        """The sentence around a quote in pieces, the quote and the marked words told apart."""
        text = self.document.text
        if not 0 <= start < end <= len(text):
            return []
        before = bisect_right(self._ends, start)
        left = self._ends[before - 1] if before else 0
        after = bisect_right(self._ends, end - 1)
        right = self._ends[after] if after < len(self._ends) else len(text)
        cut_left, cut_right = left < start - _AROUND, right > end + _AROUND
        left, right = max(left, start - _AROUND), min(right, end + _AROUND)
        own = sorted(
            (max(m.start, left), min(m.end, right), m.kind[0]) for m in marks if m.start < right and m.end > left
        )
        self.words += [(m.start, m.end, m.kind[0]) for m in marks if 0 <= m.start < m.end <= len(text)]
        pieces: list[Piece] = [("…", "")] if cut_left else []
        at = left

        def plain(until: int) -> None:
            for a, b, kind in ((at, min(until, start), ""), (max(at, start), min(until, end), "q"), (max(at, end), until, "")):
                if a < b and (words := text[a:b].replace("\n", " ")).strip():
                    pieces.append((words, kind))

        for a, b, kind in own:
            if a < at or a >= b:
                continue
            plain(a)
            pieces.append((text[a:b].replace("\n", " "), kind))
            at = b
        plain(right)
        if cut_right:
            pieces.append(("…", ""))
        return pieces

    def lines(self) -> list[Line]:
        """The whole text in lines, each in segments under the same marks."""
        text = self.document.text
        parts = self._part_anchors()
        opens: dict[int, list[_Span]] = {}
        cuts = {0, len(text), *parts}
        for span in self.spans:
            opens.setdefault(span.start, []).append(span)
            cuts.add(span.start)
            cuts.add(span.end)
        words: dict[int, tuple[int, str]] = {}
        for start, end, kind in self.words:
            words[start] = max(words.get(start, (0, "")), (end, kind))
            cuts.add(start)
            cuts.add(end)
        for start in self._lines[1:]:
            cuts.add(start)
            cuts.add(start - 1)
        ordered = sorted(cuts)
        active: list[_Span] = []
        word: tuple[int, str] = (0, "")
        made: list[Line] = []
        row: list[Segment] = []
        number = 1
        headings = {part.heading.strip() for part in self.document.parts if part.heading}

        def close() -> None:
            if row:
                whole = "".join(segment.text for segment in row).strip()
                if whole:
                    made.append(Line(number, whole in headings, tuple(row)))
                row.clear()

        for start, end in zip(ordered, ordered[1:], strict=False):
            if any(span.end <= start for span in active):
                active = [span for span in active if span.end > start]
            active += opens.get(start, ())
            if start in words and words[start][0] > word[0]:
                word = words[start]
            stretch = text[start:end]
            if stretch == "\n":
                close()
                if not self._paragraphs:
                    number += 1
                continue
            if self._paragraphs:
                number = max(1, bisect_right(self._paragraphs, start))
            row.append(self._segment(stretch, start, active, word[1] if word[0] > start else "", opens, parts))
        close()
        return made

    def _segment(
        self,
        stretch: str,
        start: int,
        active: list[_Span],
        word: str,
        opens: dict[int, list[_Span]],
        parts: dict[int, tuple[str, str]],
    ) -> Segment:
        role, part = parts.get(start, ("", ""))
        anchor = f"t{start}" if start in opens else ""
        if not active:
            return Segment(stretch, "", "", "", anchor, role, part)
        kinds = {span.kind for span in active}
        shown = kinds - {"n"}
        classes = " ".join(sorted(kinds) + ([word] if word and shown else []))
        href = next((span.target for kind in "de" for span in active if span.kind == kind), "")
        return Segment(stretch, classes, " ".join(str(s.key) for s in active), href, anchor, role, part)

    def _part_anchors(self) -> dict[int, tuple[str, str]]:
        text, anchors = self.document.text, {}
        for index, part in enumerate(self.document.parts):
            at = part.start
            while at < part.end and at < len(text) and text[at].isspace():
                at += 1
            if at < min(part.end, len(text)):
                anchors[at] = (wording.role(part.role), f"p{index}")
        return anchors

    def bands(self) -> list[Band]:
        """What the narrow band beside the text shows: the parts, then evidence and defects."""
        size = max(1, len(self.document.text))

        def band(kind: str, start: int, end: int, least: int, label: str = "") -> Band:
            top = start * 1000 // size
            return Band(kind, top, max(least, end * 1000 // size - top), label)

        rows = [band(f"r-{p.role}", p.start, p.end, 0, wording.role(p.role)) for p in self.document.parts]
        seen: set[tuple[str, int]] = set()
        for kind in "ed":
            for span in self.spans:
                row = band(kind, span.start, span.end, 3)
                if span.kind == kind and (kind, row.top) not in seen:
                    seen.add((kind, row.top))
                    rows.append(row)
        return rows
