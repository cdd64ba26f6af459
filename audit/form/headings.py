"""Headings with nothing under them."""

from __future__ import annotations

from collections.abc import Iterator

from audit.form.layout import Layout, Line
from audit.form.markers import RUNNING, Marker
from audit.form.model import Defect
from audit.form.numbering import Sequence, doubled

_LONGEST_HEADING = 60
_LONGEST_BARE_SENTENCE = 26


def find(layout: Layout, all_sequences: list[Sequence]) -> Iterator[Defect]:
    """Headings that are followed by the next heading of their rank or a higher one, or by the end."""
    opening = {m.start: (m, s) for s in all_sequences for m in s.items if m.at_start}
    for sequence in all_sequences:
        if sequence.style in RUNNING or sequence.style == "circle":
            continue
        states = {m.start: _state(layout, m, sequence, opening) for m in sequence.items if m.at_start}
        full = sum(state == "full" for state in states.values())
        if not full and sequence.style not in ("cn", "section"):
            continue
        for marker in sequence.items:
            if states.get(marker.start) == "empty" and _certain(layout, marker, states, sequence):
                line = layout.lines[marker.line]
                yield Defect(
                    "empty-heading",
                    line.start,
                    line.end,
                    "标题下没有内容",
                    "补写内容,或者删去这个标题",
                    "should",
                )


def _state(
    layout: Layout, marker: Marker, sequence: Sequence, opening: dict[int, tuple[Marker, Sequence]]
) -> str:
    """`full` with text of its own or under it, `item` for one sentence of a list, `empty` with nothing, `end` where the text breaks off."""
    line = layout.lines[marker.line]
    if not _bare(layout, line):
        return "item" if _is_item(layout, line) else "full"
    index = marker.line + 1
    while index < len(layout.lines) and layout.lines[index].kind == "noise":
        index += 1
    if index == len(layout.lines):
        return "end"
    after = layout.lines[index]
    if after.role == "closing":
        return "empty"
    found = opening.get(after.start)
    if found is None:
        return "full"
    following, owner = found
    if doubled(layout, marker, following):
        return "empty"
    if owner is sequence:
        same = layout.norm[marker.end : line.end].strip() == layout.norm[following.end : after.end].strip()
        return "full" if following.number <= marker.number and same else "empty"
    parent = sequence.parent
    while parent is not None:
        if parent is owner:
            return "empty"
        parent = parent.parent
    return "full"


def _bare(layout: Layout, line: Line) -> bool:
    """The line is nothing but a heading."""
    words = layout.norm[line.start : line.end]
    return (
        len(words) <= _LONGEST_HEADING
        and not any(mark in words[:-1] for mark in "。;")
        and words[-1] not in ";,"
    )


def _is_item(layout: Layout, line: Line) -> bool:
    """One sentence of a list, closed with a semicolon."""
    words = layout.norm[line.start : line.end]
    return words[-1] in ";," and not any(mark in words[:-1] for mark in "。;")


def _certain(layout: Layout, marker: Marker, states: dict[int, str], sequence: Sequence) -> bool:
    line = layout.lines[marker.line]
    if layout.text[line.end - 1] != "。":
        return True
    if line.end - line.start > _LONGEST_BARE_SENTENCE or any(
        c.isdigit() for c in layout.norm[marker.end : line.end]
    ):
        return False
    if line.role in ("problems", "plan") and "," in layout.norm[marker.end : line.end]:
        return False
    others = [start for start in states if start != marker.start]
    return len(others) >= 2 and all(states[start] == "full" for start in others)
