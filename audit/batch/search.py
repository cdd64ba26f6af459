"""Full-text search over all reports of a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.store import Store


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that holds every word asked for.

    Attributes:
        body: name of the body, or of the file where the body is not known.
        year: reported on.
        role: of the part that the paragraph stands in.
        text: the paragraph.
        page: stem of the report's page.
        path: of the report.
        start: offset of the paragraph in the report's text.
    """

    body: str
    year: int | None
    role: str
    text: str
    page: str
    path: str
    start: int


def search(
    store: Store, words: Sequence[str], year: int | None = None, roles: Sequence[str] = ()
) -> Iterator[Hit]:
    """Paragraphs that hold every word, in the roster's order, newest year first within a body.

    Args:
        store: the store.
        words: exact strings; all must stand in the paragraph.
        year: only reports of this year.
        roles: only parts with these roles.
    """
    p, r, b = t.paragraphs.c, t.reports.c, t.bodies.c
    query = (
        select(b.name, r.report_year, p.role, p.text, r.name, r.path, p.start_pos)
        .join(t.reports, r.id == p.report)
        .outerjoin(t.bodies, b.id == r.body)
        .where(r.present)
        .order_by(b.sort_order.is_(None), b.sort_order, b.name, r.report_year.desc(), r.path, p.number)
    )
    for word in words:
        query = query.where(p.text.contains(word, autoescape=True))
    if year is not None:
        query = query.where(r.report_year == year)
    if roles:
        query = query.where(p.role.in_(list(roles)))
    for row in store.rows(query):
        yield Hit(row[0] or row[4], *row[1:])
