"""What changed between two audits of one body: closed, opened, unchanged.

A finding is known by its item and its normalised quote, not by its place: moved text is no new finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.result import Item, Result

MET = ("full", "not_applicable")


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose verdict differs; `kind`: closed, opened, better, worse."""

    checklist: str
    item: str
    title: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two results.

    Attributes:
        changes: items whose verdict changed.
        unchanged: number of open items that stayed as they were.
        defects_closed: (kind, quote) gone.
        defects_opened: (kind, quote) new.
        scores: checklist id → (before, after).
    """

    changes: tuple[Change, ...]
    unchanged: int
    defects_closed: tuple[tuple[str, str], ...]
    defects_opened: tuple[tuple[str, str], ...]
    scores: dict[str, tuple[float | None, float | None]]


def _items(result: Result) -> dict[tuple[str, str], Item]:
    return {(sheet.id, item.id): item for sheet in result.checklists for group in sheet.groups for item in group.items}


def _defects(result: Result) -> dict[tuple[str, str], tuple[str, str]]:
    return {(d.kind, re.sub(r"[\W_]+", "", d.quote or d.why)): (d.kind, d.quote or d.why) for d in result.defects}


def compare(old: Result, new: Result) -> Comparison:
    """Compares two results of one body, the older first."""
    before, after = _items(old), _items(new)
    order = {"full": 4, "not_applicable": 4, "weak": 3, "needs_human": 2, "error": 2, "plan_only": 1, "shortfall_only": 1, "absent": 0}
    changes: list[Change] = []
    unchanged = 0
    for key, item in after.items():
        was = before.get(key)
        if was is None:
            continue
        if was.verdict == item.verdict:
            unchanged += item.verdict not in MET
            continue
        if was.verdict in MET and item.verdict in MET:
            continue
        if item.verdict in MET and was.verdict not in MET:
            kind = "closed"
        elif was.verdict in MET:
            kind = "opened"
        else:
            kind = "better" if order[item.verdict] > order[was.verdict] else "worse"
        changes.append(Change(key[0], key[1], item.title, was.verdict, item.verdict, kind))
    gone, come = _defects(old), _defects(new)
    scores = {sheet.id: sheet.score for sheet in old.checklists}
    return Comparison(
        tuple(changes),
        unchanged,
        tuple(gone[key] for key in gone if key not in come),
        tuple(come[key] for key in come if key not in gone),
        {sheet.id: (scores.get(sheet.id), sheet.score) for sheet in new.checklists},
    )
