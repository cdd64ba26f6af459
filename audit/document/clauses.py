"""Sentences and clauses of a report, each clause with its role and modality."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from audit.document import context
from audit.document.cues import heading_roles
from audit.document.edges import norm_words
from audit.document.model import Clause, Modality, Paragraph, Part, Sentence
from audit.document.paragraphs import opener
from audit.document.punctuation import Piece, cutter, hide

_TOPIC = 16


def split(
    text: str,
    norm: str,
    paragraphs: Sequence[Paragraph],
    parts: Sequence[Part],
    *,
    report_year: int | None = None,
) -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    """Divides a report into sentences and clauses.

    A clause in a plan is `future` and one in the problems `fault`; elsewhere the cues of
    `checklists/context.yaml` decide, and `done` is what they leave.

    Args:
        text: the text that offsets refer to.
        norm: the same, normalised.
        paragraphs: its paragraphs.
        parts: its parts, covering the text.
        report_year: the year reported on, where known.

    Returns:
        The sentences and the clauses, in order.
    """
    shown = hide(norm)
    found: list[Sentence] = []
    clauses: list[Clause] = []
    items = _Items(norm)
    under_way = context.under_way(norm)
    part = 0
    for index, p in enumerate(paragraphs):
        lead = p.kind == "lead"
        rows = cutter(norm).paragraph(p)
        items.paragraph(p, rows, len(found))
        for order, row in enumerate(rows):
            first = len(clauses)
            while part + 1 < len(parts) and parts[part + 1].start <= row[0].start:
                part += 1
            judged = None
            for at, piece in enumerate(row):
                while part + 1 < len(parts) and parts[part + 1].start <= piece.start:
                    part += 1
                role = parts[part].role
                modality: Modality = "future" if role == "plan" else "fault" if role == "problems" else "done"
                cue = None
                if role in ("achievements", "responsible", "opening"):
                    judged = judged or context.judge(shown, row, report_year)
                    modality, cue = judged[at]
                heading = p.kind == "heading" or (lead and piece.start < p.heading_end)
                earlier = context.tells_of_earlier(norm, piece, report_year)
                going = bisect_left(under_way, piece.start) < bisect_left(under_way, piece.end)
                clauses.append(
                    Clause(piece.start, piece.end, len(found), role, modality, cue, heading, earlier, going)
                )
            item = items.of(p, row, order, len(found))
            found.append(Sentence(row[0].start, row[-1].closed, first, len(clauses), index, item))
    return tuple(found), tuple(clauses)


class _Items:
    """Which sentence opened the list item that a sentence belongs to."""

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self.headings: dict[int, int] = {}
        self.inner = -1

    def paragraph(self, p: Paragraph, rows: Sequence[Sequence[Piece]], index: int) -> None:
        """Begins a paragraph whose first sentence will have the number `index`."""
        self.inner = -1
        if p.kind in ("heading", "lead"):
            for level in [level for level in self.headings if level >= p.level]:
                del self.headings[level]
            if p.level > 1 or not heading_roles(norm_words(self.norm[p.start : p.end], p)):
                self.headings[p.level] = index
        elif not p.level and len(rows) > 2 and len(rows[0]) == 1:
            first = self.norm[rows[0][0].start : rows[0][0].end]
            if len(first) <= _TOPIC and not any(c.isdigit() for c in first):
                self.inner = index

    def of(self, p: Paragraph, row: Sequence[Piece], order: int, index: int) -> int:
        """The item of a sentence: its own number where it opens one, -1 where there is none."""
        heading = order == 0 and p.kind in ("heading", "lead")
        if heading and p.level in self.headings:
            return index
        if not heading and any(opener(self.norm, piece.start, piece.end) for piece in row):
            self.inner = index
        if self.inner >= 0:
            return self.inner
        return self.headings[max(self.headings)] if self.headings else -1
