"""The lines of a report with the roles of their parts: what every check of the form looks at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from audit.document.model import Document, Part, Role

CLAUSE_ENDS = "，。；：！？,;:!?\n"
SENTENCE_ENDS = "。；！？;!?\n"
MAIN: frozenset[Role] = frozenset({"achievements", "responsible", "problems", "plan"})


class Line(NamedTuple):
    """A line without the blanks around it.

    Attributes:
        start: first offset.
        end: offset after the last character that is not blank.
        role: the role of the part in which the line begins.
        kind: `text`, `row` (a table row) or `noise`.
    """

    start: int
    end: int
    role: Role
    kind: str


class Layout:
    """A report cut into lines, with quick answers to what stands where.

    Attributes:
        document: the report itself.
        text: its text.
        norm: its half-width form; offsets agree.
        lines: all lines that are not blank, in order.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.norm = document.norm
        self._part_starts = [part.start for part in document.parts]
        self.lines: tuple[Line, ...] = tuple(self._tables(list(self._cut())))
        self._line_starts = [line.start for line in self.lines]
        self._headings = {p.start: p.level for p in document.paragraphs if p.kind == "heading"}

    def _cut(self) -> Iterator[Line]:
        text = self.text
        kinds = {p.start: p.kind for p in self.document.paragraphs if p.kind in ("row", "noise")}
        start = 0
        for raw in text.split("\n"):
            end = start + len(raw)
            first = start + len(raw) - len(raw.lstrip())
            last = start + len(raw.rstrip())
            if first < last:
                role = self.role_at(first)
                kind = kinds.get(first) or kinds.get(start) or ("noise" if role == "noise" else "text")
                if kind == "noise" and text[first] == "|" == text[last - 1]:
                    kind = "row"
                yield Line(first, last, role, kind)
            start = end + 1

    def _tables(self, lines: list[Line]) -> list[Line]:
        """Rows of figures between bars are a table, not the navigation of a web page."""
        if "|" not in self.text:
            return lines
        bars = [self.text.count("|", line.start, line.end) if line.kind == "noise" else 0 for line in lines]
        first = 0
        while first < len(lines):
            last = first + 1
            while last < len(lines) and bars[last] == bars[first]:
                last += 1
            if bars[first] and last - first > 1:
                cells = "|".join(self.text[line.start : line.end] for line in lines[first:last]).split("|")
                if sum(cell.strip(" %").replace(".", "").isdigit() for cell in cells) >= 2:
                    lines[first:last] = [line._replace(kind="row") for line in lines[first:last]]
            first = last
        return lines

    def part_at(self, place: int) -> Part | None:
        """The part in which `place` stands, None where the report has no parts."""
        index = bisect_right(self._part_starts, place) - 1
        return self.document.parts[index] if index >= 0 else None

    def role_at(self, place: int) -> Role:
        """The role of the part in which `place` stands."""
        part = self.part_at(place)
        return part.role if part else "achievements"

    def heading_level(self, line: Line) -> int:
        """The rank of a line that is nothing but a heading, 0 for any other line."""
        return self._headings.get(line.start, 0)

    def is_section_heading(self, line: Line) -> bool:
        """The line is a heading of the highest rank and nothing else."""
        return self.heading_level(line) == 1

    def line_at(self, place: int) -> int:
        """Index of the line in which `place` stands (the last one that begins at or before it)."""
        return max(0, bisect_right(self._line_starts, place) - 1)

    def clause_start(self, place: int, floor: int = 0) -> int:
        """Where the clause around `place` begins, blanks passed over, not before `floor`."""
        text = self.text
        place, floor = max(0, min(place, len(text))), max(0, floor)
        while place > floor and text[place - 1] not in CLAUSE_ENDS:
            place -= 1
        while place < len(text) and text[place] in " \u3000\t":
            place += 1
        return place

    def clause_end(self, place: int, ceiling: int | None = None) -> int:
        """Where the clause around `place` ends, its dividing mark excluded, not after `ceiling`."""
        text = self.text
        limit = len(text) if ceiling is None else min(ceiling, len(text))
        while place < limit and text[place] not in CLAUSE_ENDS:
            place += 1
        return place

    def excerpt(self, start: int, end: int) -> str:
        """The words of a stretch as a finding quotes them, at most 40 characters."""
        words = self.text[start:end]
        return words if len(words) <= 40 else words[:40] + "……"

    def sentence_start(self, place: int) -> int:
        """Where the sentence around `place` begins."""
        text = self.text
        while place > 0 and text[place - 1] not in SENTENCE_ENDS:
            place -= 1
        while place < len(text) and text[place] in " \u3000\t":
            place += 1
        return place

    def sentence_end(self, place: int) -> int:
        """Where the sentence around `place` ends, its closing mark excluded."""
        text, limit = self.text, len(self.text)
        while place < limit and text[place] not in SENTENCE_ENDS:
            place += 1
        return place
