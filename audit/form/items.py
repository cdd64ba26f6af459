"""The items of the problems and of the plan: 一是……, (一)……, or sentences where nothing is numbered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit.document.model import Role, Span
from audit.form.layout import Layout
from audit.form.markers import RANKS, Marker

_SHORTEST = 8
_STOPS = re.compile(r"[。；;\n]")


def passages(layout: Layout, role: Role) -> list[Span]:
    """The stretches with one role, level-1 heading lines left out."""
    spans: list[Span] = []
    for part in layout.document.parts:
        if part.role != role:
            continue
        start = part.start
        for line in layout.lines[layout.line_at(part.start) :]:
            if line.start >= part.end:
                break
            if line.start < part.start:
                continue
            if layout.is_section_heading(line):
                if line.start > start and layout.text[start : line.start].strip():
                    spans.append(Span(start, line.start))
                start = line.end
        if layout.text[start : part.end].strip():
            spans.append(Span(start, part.end))
    return spans


def split(layout: Layout, spans: Sequence[Span], found: Sequence[Marker]) -> list[Span]:
    """The items of some passages, in order, without the words that lead up to the first one."""
    inside = [
        m
        for m in found
        if any(s.start <= m.start < s.end for s in spans) and m.style not in ("section", "circle")
    ]
    style = _style(inside)
    result: list[Span] = []
    for span in spans:
        starts = [m.start for m in inside if m.style == style and span.start <= m.start < span.end]
        for begin, end in zip(starts, [*starts[1:], span.end], strict=False):
            _add(layout, result, begin, end)
    return result or _sentences(layout, spans)


def _style(inside: list[Marker]) -> str:
    """The coarsest style that makes more than one item."""
    counts = Counter(m.style for m in inside)
    several = [style for style, count in counts.items() if count > 1]
    return min(several, key=lambda style: RANKS[style], default=next(iter(counts), ""))


def _sentences(layout: Layout, spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    for span in spans:
        at = span.start
        for stop in [*(m.end() for m in _STOPS.finditer(layout.text, span.start, span.end)), span.end]:
            _add(layout, result, at, stop)
            at = stop
    return result


def _add(layout: Layout, result: list[Span], begin: int, end: int) -> None:
    text = layout.text
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1] in " \u3000\t\n。；;":
        end -= 1
    if end - begin >= _SHORTEST:
        result.append(Span(begin, end))


def measures(layout: Layout, spans: Sequence[Span], found: Sequence[Marker]) -> list[Span]:
    """The sentences of the plan, cut also before each list number."""
    cuts = {m.start for m in found}
    result: list[Span] = []
    for span in spans:
        places = sorted(
            {m.end() for m in _STOPS.finditer(layout.text, span.start, span.end)}
            | {c for c in cuts if span.start < c < span.end}
            | {span.end}
        )
        at = span.start
        for place in places:
            _add(layout, result, at, place)
            at = place
    return result
