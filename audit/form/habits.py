"""Habits of official writing: hints without points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form.cued import data, matches
from audit.form.layout import Layout
from audit.form.model import Defect
from audit.form.names import entries


@cache
def _expression(name: str) -> re.Pattern[str]:
    return re.compile("|".join(data("habits")[name]))


def find(layout: Layout, report_year: int | None, stage: str, limit: int | None) -> Iterator[Defect]:
    """Requests inside a report, several addressees, no signatory upwards, too long, an incomplete title."""
    yield from _requests(layout)
    yield from _addressees(layout)
    yield from _signatory(layout, stage)
    yield from _title(layout)
    length = len("".join(layout.text.split()))
    if limit is not None and length > limit:
        why = f"全文{length}字,超过规定的{limit}字"
        yield _hint("habit", None, None, why, "压缩篇幅,删去常规性表述")
    for entry, start, end in entries(data("habits")["wording"], layout, report_year):
        yield _hint("style", start, end, entry["why"], entry["remedy"])


def _hint(kind: str, start: int | None, end: int | None, why: str, remedy: str) -> Defect:
    return Defect(kind, start, end, why, remedy, "note", False)


def _unplaced(layout: Layout, words: str, kind: str, why: str, remedy: str) -> Defect:
    """A hint at the first place of some words, without a place where they do not stand in the text."""
    start = layout.text.find(words)
    return (
        _hint(kind, start, start + len(words), why, remedy)
        if start >= 0
        else _hint(kind, None, None, why, remedy)
    )


def _requests(layout: Layout) -> Iterator[Defect]:
    if layout.document.facts.doc_type != "annual-report":
        return
    for _, match in matches(data("habits")["requests"], layout.norm):
        if layout.role_at(match.start()) in ("opening", "noise"):
            continue
        start, end = layout.clause_start(match.start()), layout.clause_end(match.end())
        yield _hint("habit", start, end, "报告中不得夹带请示事项", "请示事项另行行文")


def _addressees(layout: Layout) -> Iterator[Defect]:
    addressee = layout.document.facts.addressee
    if not addressee or layout.document.facts.doc_type != "annual-report":
        return
    bodies = [b for b in re.split(r"[、,，]", addressee) if b.strip()]
    if len(bodies) > 1:
        why = f"报告一般只主送一个上级机关,此处有{len(bodies)}个"
        yield _unplaced(layout, addressee, "habit", why, "只主送一个,其他的改为抄送")


def _signatory(layout: Layout, stage: str) -> Iterator[Defect]:
    """An upward report with a number of its own names who signed it."""
    facts = layout.document.facts
    if facts.doc_type != "annual-report" or not facts.addressee or stage == "published":
        return
    head = layout.norm[: min(len(layout.norm), 600)]
    number = re.search(r"[\u4e00-\u9fff]{1,12}\[20\d\d\] ?\d+ ?号", head)
    if number and not re.search(r"签\s*发\s*人", head) and _expression("higher").search(facts.addressee):
        yield _hint(
            "habit", number.start(), number.end(), "上行文应当标注签发人", "在发文字号同一行右侧标注签发人"
        )


def _title(layout: Layout) -> Iterator[Defect]:
    """The title names the body or place, the year and the kind of document."""
    title = layout.document.facts.title
    if not title:
        return
    from audit.document.normal import normalise

    shown = normalise(title)
    missing = [
        name
        for name, pattern in (
            ("年度", "title_year"),
            ("报告主体(或地域)", "title_body"),
            ("文种", "title_kind"),
        )
        if not _expression(pattern).search(shown)
    ]
    if missing and layout.document.facts.doc_type != "congress-report":
        line = title.split("\n")[0].split(" ")[0]
        why = "标题没有写明" + "、".join(missing)
        yield _unplaced(layout, line, "title", why, "标题写全报告主体(或地域)、年度和文种")
