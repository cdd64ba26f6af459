"""Blanks of a template that were left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.data import load_yaml
from audit.form.layout import Layout
from audit.form.model import Defect

_CUES = "×＊*ＸXx○〇_＿【[(（《“〔待请此填#错{｛?？□■█●△▲—"


@cache
def _pattern() -> re.Pattern[str]:
    data = load_yaml("form/placeholders.yaml")
    return re.compile("|".join(f"(?:{piece})" for piece in data["patterns"]))


@cache
def _spared() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{piece})" for piece in load_yaml("form/placeholders.yaml")["spared"]))


def find(layout: Layout) -> Iterator[Defect]:
    """One defect for each blank; blanks of one expression (××年××月) count once."""
    text = layout.text
    last_end = -100
    for match in _pattern().finditer(text):
        start, end = match.span()
        line = layout.lines[layout.line_at(start)]
        if line.kind == "noise" or not line.start <= start < line.end:
            continue
        if _is_spared(text, start, end):
            continue
        if start - last_end <= 8 and "。" not in text[last_end:start] and "\n" not in text[last_end:start]:
            last_end = end
            continue
        last_end = end
        begin = layout.clause_start(start, max(line.start, start - 20))
        stop = layout.clause_end(end, min(line.end, end + 20))
        yield Defect("placeholder", begin, stop, "模板中的空白没有填写", "填写具体内容,或者删去", "must")


def _is_spared(text: str, start: int, end: int) -> bool:
    """Signs that only look like a blank: 7×24小时, a masked telephone number."""
    around = text[max(0, start - 12) : end + 12]
    offset = start - max(0, start - 12)
    return any(m.start() <= offset < m.end() for m in _spared().finditer(around))
