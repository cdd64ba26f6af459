"""The year's priorities: shown or not, and where; never scored."""

from __future__ import annotations

from functools import cache
from typing import Any

from audit.data import load_yaml
from audit.document.model import Document


@cache
def _priorities() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = load_yaml("focus.yaml")
    return entries


def focus_of(document: Document, year: int | None) -> list[dict[str, Any]]:
    """For each priority of the report's year: title, whether it is told as done, planned or not at all, and where."""
    rows: list[dict[str, Any]] = []
    for entry in _priorities():
        if entry["year"] != year:
            continue
        places = []
        for clause in document.clauses:
            if clause.role in ("noise", "closing", "opening"):
                continue
            stretch = document.norm[clause.start : clause.end]
            if any(word in stretch for word in entry["words"]):
                places.append(clause)
        done = [
            clause
            for clause in places
            if clause.role in ("achievements", "responsible") and clause.modality == "done"
        ]
        candidates = done or places
        best = candidates[0] if candidates else None
        row: dict[str, Any] = {
            "title": entry["title"],
            "shown": "done" if done else "plan" if places else "none",
        }
        if best is not None:
            row |= {"quote": document.text[best.start : best.end], "start": best.start, "end": best.end}
        rows.append(row)
    return rows
