"""A full stop lost after a figure: “提出审核意见612条全面推行说理式执法文书”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.model import Defect

_DETERMINING = frozenset({"个", "名", "家", "位", "户", "支", "所", "人", "种", "类", "部"})
_OBJECT = 2
_BREAKS = ",。;:!?\n、("


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(data("stops")[name])


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
        if quantity.unit not in units and norm[end - 1 : end] not in ("元", "%"):
            continue
        begun = _words("begun").match(norm, end)
        subject = None if begun or quantity.unit in _DETERMINING else _words("subjects").match(norm, end)
        begun = begun or subject
        if not begun or layout.role_at(end) not in ("achievements", "responsible", "problems"):
            continue
        line = layout.lines[layout.line_at(quantity.start)]
        start = quantity.start
        while start > line.start and norm[start - 1] not in _BREAKS and not norm[start - 1].isdigit():
            start -= 1
        before = norm[start : quantity.start]
        rate = norm[end - 1] == "%" and ("率" in before or "占" in before)
        if line.kind != "text" or layout.clause_end(end) - end < 6:
            continue
        if not rate and _words("means").match(before):
            continue
        if not rate and not any(
            len(before) - match.end() >= _OBJECT * (subject is not None)
            for match in _words("ended").finditer(before)
        ):
            continue
        own, after = norm[quantity.start : end], begun[0]
        why = f"“{own}”与“{after}”之间缺句号"
        stop = layout.clause_end(end, end + 24)
        yield Defect("punctuation", layout.clause_start(start, start - 2), stop, why, f"在“{own}”后补句号")
