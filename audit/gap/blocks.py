"""A paper as data: paragraphs and tables, which the writers turn into DOCX, HTML and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `kind`: title, mark, to, first, second, body, attached, caption, note, sign, annex."""

    kind: str
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the name of its sheet and the widths of its columns (relative)."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float]
    centred: Sequence[int] = ()
    formats: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """A paper: file name, title, and what stands in it."""

    name: str
    title: str
    blocks: list[Text | Table] = field(default_factory=list)
    landscape: bool = False

    def say(self, kind: str, text: str, lead: str = "") -> None:
        """Adds a paragraph."""
        self.blocks.append(Text(kind, text, lead))

    def length(self) -> int:
        """Characters of the main text, annexes and tables left out."""
        total = 0
        for block in self.blocks:
            if isinstance(block, Text):
                if block.kind == "annex":
                    break
                if block.kind not in ("mark", "note"):
                    total += len(block.text) + len(block.lead)
        return total
