"""The verdict on a report in one plain sentence."""

from __future__ import annotations

from collections import Counter

from audit import wording
from audit.result import ChecklistResult, Item, Result

JUDGED = ("full", "weak", "plan_only", "shortfall_only", "absent")


def sentence(result: Result) -> str:
    """The verdict in one plain sentence: statutory content, content items, wording."""
    say = wording.text
    told = []
    content = _content_items(result)
    if content:
        told.append(_content(content))
    for sheet in result.checklists:
        if sheet.kind in ("statutory", "editorial") or not sheet.groups:
            continue
        counts: Counter[str] = Counter(item.verdict for group in sheet.groups for item in group.items)
        judged = sum(counts[name] for name in JUDGED)
        if not judged:
            continue
        rows = [
            say("page", "count_of", verdict=wording.verdict(name), n=counts[name])
            for name in JUDGED
            if counts[name]
        ]
        told.append(say("page", "counted", name=_content_name(sheet), n=judged, rows="、".join(rows)))
    waiting = sum(
        item.verdict in ("needs_human", "error") and item not in content
        for sheet in result.checklists
        for group in sheet.groups
        for item in group.items
    )
    if waiting:
        told.append(say("page", "waiting", n=waiting))
    scored = sum(1 for defect in result.defects if defect.scored)
    hints = len(result.defects) - scored
    if scored:
        told.append(say("page", "defects_some", n=scored))
    elif hints:
        told.append(say("page", "defects_hints", n=hints))
    else:
        told.append(say("page", "defects_none"))
    return "；".join(told) + "。"


def _content_name(sheet: ChecklistResult) -> str:
    return wording.text("page", "content_check") if sheet.kind == "outline" else sheet.title


def _content_items(result: Result) -> list[Item]:
    return [
        item
        for sheet in result.checklists
        if sheet.kind == "statutory"
        for group in sheet.groups
        for item in group.items
        if item.id.startswith("part-") and item.verdict != "not_applicable"
    ]


def _count(n: int) -> str:
    return "零一二三四五六七八九十"[n] if n <= 10 else str(n)


def _content(items: list[Item]) -> str:
    say = wording.text
    n = _count(len(items))
    lacking = [item for item in items if item.verdict in ("absent", "plan_only", "shortfall_only")]
    unsure = [item for item in items if item.verdict in ("needs_human", "error")]
    weak = [item for item in items if item.verdict == "weak"]

    def names(rows: list[Item]) -> str:
        return "、".join(f"“{item.title}”" for item in rows)

    if not (lacking or unsure or weak):
        return say("page", "content_whole", n=n)
    told = []
    if lacking:
        told.append(
            say(
                "page",
                "content_lacks",
                n=n,
                k=_count(len(items) - len(lacking) - len(unsure)),
                names=names(lacking),
            )
        )
    elif not unsure:
        told.append(say("page", "content_there", n=n))
    else:
        told.append(say("page", "content_of", n=n))
    if weak:
        told.append(say("page", "content_weak", names=names(weak)))
    if unsure:
        told.append(say("page", "content_unsure", names=names(unsure)))
    return "，".join(told)
