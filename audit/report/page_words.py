"""What is said of an item beside its verdict: requirement, sums, a reviewer's decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit import wording
from audit.result import ChecklistResult, Item

ORDER = ("absent", "shortfall_only", "plan_only", "weak", "error", "needs_human", "full", "not_applicable")
"""Verdicts in the order of the page: not-met first."""


def requirement(sheet: ChecklistResult, item: Item) -> list[str]:
    """Where an item comes from, what it rests on and what full points need."""
    say = wording.text
    rows = []
    if item.clause:
        unsure = "" if item.verified else say("page", "unsure", remark=say("unverified_clause"))
        rows.append(say("page", "clause", title=sheet.title, clause=item.clause, unsure=unsure))
    if item.basis:
        unsure = "" if item.basis_verified else say("page", "unsure", remark=say("unverified_clause"))
        rows.append(say("page", "basis", basis=item.basis, unsure=unsure))
    if item.requires:
        rows.append(say("page", "requires", need=wording.label("needs", item.requires)))
    return rows


def sums(item: Item, sheet: ChecklistResult) -> str:
    """How an item's points come about, and what its checklist would reach if it were mended."""
    if item.credit is None:
        return wording.text("page", "sums_none")
    told = wording.text(
        "page",
        "sums",
        possible=f"{item.points_possible:.2f}",
        credit=f"{item.credit * 100:.0f}%",
        points=f"{item.points:.2f}",
    )
    if item.score_if_mended is not None and sheet.score is not None:
        told += wording.text(
            "page", "sums_mended", name=wording.label("parts", sheet.kind or "other"),
            now=f"{sheet.score:.2f}", then=f"{item.score_if_mended:.2f}",
        )  # fmt: skip
    return told


def decided_words(decided: Mapping[str, Any], sheet: ChecklistResult, item: Item) -> str:
    """A reviewer's decision in words."""
    before = decided.get("verdict_before")
    told = wording.text(
        "page", "decided", who=decided.get("who") or "", when=decided.get("when") or "", why=decided.get("why") or "",
        before=wording.verdict(str(before), sheet.kind, item.id) if before in ORDER else before or "",
        now=wording.verdict(item.verdict, sheet.kind, item.id),
    )  # fmt: skip
    if decided.get("until"):
        told += wording.text("page", "decided_until", until=decided["until"])
    return told
