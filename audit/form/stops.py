"""A full stop lost after a figure: “提出审核意见612条全面推行说理式执法文书”."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from audit.form.cued import data, worded
from audit.form.layout import Layout
from audit.form.model import Defect

_DETERMINING = frozenset({"个", "名", "家", "位", "户", "支", "所", "人", "种", "类", "部"})
_TIMES = frozenset({"场", "次", "期", "处", "场次", "人次"})
_OBJECT = 2
_BREAKS = ",。;:!?\n、("


_words = partial(worded, "stops")


def find(layout: Layout) -> Iterator[Defect]:
    """Results told with a figure that run into the next sentence without any mark.

    Before a new subject (…512条法律顾问列席会议44次) the figure must follow its own object: in 审查58份合同 it belongs to
    what comes after.
    """
    norm = layout.norm
    units = frozenset(data("stops")["units"])
    for quantity in layout.document.quantities:
        end = quantity.end
        if quantity.implied or quantity.kind not in ("level", "money") or norm[end : end + 1] in _BREAKS:
            continue
        begun = _words("begun").match(norm, end)
        linked = _words("linking").match(norm, end)
        begun = begun or linked
        subject = None if begun or quantity.unit in _DETERMINING else _words("subjects").match(norm, end)
        begun = begun or subject
        if not begun and quantity.unit == "%" and "率" in norm[max(0, quantity.start - 6) : quantity.start]:
            begun = _words("rated").match(norm, end)
        known = quantity.unit in units or norm[end - 1 : end] in ("元", "%")
        if not known and not linked and not (subject and quantity.unit in _TIMES):
            continue
        if not begun or layout.role_at(end) not in ("achievements", "responsible", "problems"):
            continue
        line = layout.lines[layout.line_at(quantity.start)]
        start = quantity.start
        while start > line.start and norm[start - 1] not in _BREAKS and not norm[start - 1].isdigit():
            start -= 1
        before = norm[start : quantity.start]
        rate = norm[end - 1] == "%" and ("率" in before or "占" in before)
        if line.kind != "text" or (layout.clause_end(end) - end < 6 and not linked):
            continue
        if not rate and not linked and _words("means").match(before):
            continue
        if not rate and not linked and not _ended(before, subject is not None):
            continue
        own, after = norm[quantity.start : end], begun[0]
        after = after.rstrip(",")
        why = f"“{own}”与“{after}”之间缺句号"
        stop = layout.clause_end(begun.end() if linked else end, end + 24)
        yield Defect("punctuation", layout.clause_start(start, start - 2), stop, why, f"在“{own}”后补句号")


def _ended(before: str, own_subject: bool) -> bool:
    """The words before the figure tell a result, with its object where a new subject follows."""
    if not own_subject:
        return _words("ended").search(before) is not None
    told = (*_words("ended").finditer(before), *_words("told").finditer(before))
    return any(len(before) - match.end() >= _OBJECT for match in told)
