"""Where something stands in a report, in words: its part, and page, paragraph or line."""

from __future__ import annotations

import re
from bisect import bisect_right

from audit import wording
from audit.result import DocumentResult


class Places:
    """The places of one report.

    Args:
        document: the report's text with its parts, pages and paragraphs.
    """

    def __init__(self, document: DocumentResult) -> None:
        self._roles = [part.role for part in document.parts]
        self._parts = [part.start for part in document.parts]
        self._pages = [(page.start, page.number) for page in document.pages]
        self._paragraphs = document.paragraph_starts
        self._lines = [0, *(match.end() for match in re.finditer("\n", document.text))]

    def part(self, at: int) -> str:
        """The role of the part around an offset."""
        index = bisect_right(self._parts, at) - 1
        return wording.role(self._roles[index]) if index >= 0 else ""

    def where(self, at: int) -> str:
        """The page, else the paragraph, else the line of an offset."""
        if self._pages:
            number = self._pages[max(0, bisect_right(self._pages, (at, 1 << 30)) - 1)][1]
            return wording.text("letter", "on_page", n=number)
        if self._paragraphs:
            return wording.text("letter", "on_paragraph", n=max(1, bisect_right(self._paragraphs, at)))
        return wording.text("letter", "on_line", n=bisect_right(self._lines, at))

    def told(self, at: int | None) -> str:
        """Part and page together; empty for no offset."""
        if at is None:
            return ""
        part, where = self.part(at), self.where(at)
        return f"{part}，{where}" if part else where
