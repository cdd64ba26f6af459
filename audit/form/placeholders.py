"""Blanks of a template that were left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.form.cued import data, matches
from audit.form.layout import Layout
from audit.form.model import Defect

_MARKS = "，。；：、,;:（(《》）)“” \u3000\n"


@cache
def _spared() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{piece})" for piece in data("placeholders")["spared"]))


def find(layout: Layout) -> Iterator[Defect]:
    """One defect for each blank; blanks of one expression (××年××月) count once."""
    text, last_end = layout.text, -100
    spans = sorted(match.span() for _, match in matches(data("placeholders")["blanks"], text, layout.norm))
    for start, end in spans:
        line = layout.lines[layout.line_at(start)]
        if line.kind == "noise" or not line.start <= start < line.end or _is_spared(text, start, end):
            continue
        between = text[last_end:start] if last_end >= 0 else "\n"
        last_end = max(end, last_end)
        if len(between) > 8 or "。" in between or "\n" in between:
            begin, stop = _word(text, start, end, line.start, line.end)
            yield Defect("placeholder", begin, stop, "模板中的空白没有填写", "填写具体内容,或者删去", "must")


def _word(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
    """The blank with the words that it stands in."""
    begin, stop = start, end
    while begin > max(floor, start - 16) and text[begin - 1] not in _MARKS:
        begin -= 1
    while stop < min(ceiling, end + 16) and text[stop] not in _MARKS:
        stop += 1
    return begin, stop


def _is_spared(text: str, start: int, end: int) -> bool:
    """Signs that only look like a blank: 7×24小时, a masked telephone number."""
    around = text[max(0, start - 12) : end + 12]
    offset = start - max(0, start - 12)
    return any(m.start() <= offset < m.end() for m in _spared().finditer(around))
