"""Which headings of a report announce a role, and which betray one by what stands under them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.document import turns
from audit.document.cues import heading_roles, own_roles
from audit.document.edges import Edges, norm_words
from audit.document.model import Paragraph, Role
from audit.document.punctuation import Piece, cutter

_LOOKED_AT = 8


class Announced:
    """The roles announced by the headings between opening and closing.

    Attributes:
        top: the highest rank among the headings: 1 where 一、 is used, 2 where (一) is the highest.
        roles: for each paragraph the roles that it announces as a heading, in order; mostly none.
        this_year: a heading promises for 今年 (a report given in the year after the one told of).
    """

    def __init__(self, norm: str, paragraphs: Sequence[Paragraph], edges: Edges, year: int | None) -> None:
        self._norm, self._paragraphs, self._year = norm, paragraphs, year
        body = [i for i in range(edges.body, edges.closing) if i not in edges.residue]
        headings = [i for i in body if paragraphs[i].kind in ("heading", "lead")]
        self.top = min((paragraphs[i].level for i in headings), default=1)
        self.roles: list[tuple[Role, ...]] = [()] * len(paragraphs)
        for i in headings:
            self.roles[i] = self._by_words(paragraphs[i])
        tops = [i for i in headings if paragraphs[i].level == self.top]
        for i, after in zip(tops, [*tops[1:], edges.closing], strict=False):
            if not self.roles[i]:
                self.roles[i] = self._by_content(i, after)
        self.this_year = any("plan" in self.roles[i] and "今年" in self._heading(paragraphs[i]) for i in tops)

    def anywhere(self, role: Role) -> bool:
        """Some heading announces the role."""
        return any(role in roles for roles in self.roles)

    def begins_part(self, index: int) -> bool:
        """The paragraph is a heading of the highest rank with a role of its own."""
        return bool(self.roles[index]) and self._paragraphs[index].level == self.top

    def _heading(self, p: Paragraph) -> str:
        return self._norm[p.start : p.heading_end]

    def _by_words(self, p: Paragraph) -> tuple[Role, ...]:
        words = norm_words(self._norm[p.start : p.end], p)
        if p.level == self.top:
            return heading_roles(words, self._year)
        if p.level > 3 or len(words) > 40:
            return ()
        roles = own_roles(words, self._year)
        return roles if roles != ("responsible",) or p.level == self.top + 1 else ()

    def _by_content(self, index: int, after: int) -> tuple[Role, ...]:
        told: list[str] = []
        for p in self._paragraphs[index:after]:
            if p.kind != "heading" and len(told) < _LOOKED_AT:
                told += [self._norm[row[0].start : row[-1].end] for row in rows_of(self._norm, p)]
        role = turns.speaks_of(told[:_LOOKED_AT], self._heading(self._paragraphs[index]), self._year)
        return (role,) if role else ()


def rows_of(norm: str, p: Paragraph) -> list[list[Piece]]:
    """The sentences of a paragraph, without the heading that they run on from."""
    rows = cutter(norm).paragraph(p)
    return [row for row in rows if row[0].start >= p.heading_end] if p.kind == "lead" else rows
