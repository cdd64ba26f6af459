"""Single characters at their places, put together to lines (page formats without lines of their own)."""

from __future__ import annotations

from dataclasses import dataclass

from audit.document.readers.glyphs import joined, wide
from audit.document.readers.grid import Box
from audit.document.readers.layout import Line


@dataclass(slots=True)
class Sign:
    """A character and its square, from the top left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def lines_of(signs: list[Sign]) -> list[Line]:
    """Lines from characters: those of one height, from left to right, divided at very wide gaps."""
    lines: list[Line] = []
    for row in _rows(signs):
        shown = [sign for sign in row if sign.text.strip()]
        if shown:
            lines.append(
                Line(
                    _written(row),
                    shown[0].left,
                    max(sign.right for sign in shown),
                    min(sign.top for sign in shown),
                    max(sign.bottom for sign in shown),
                )
            )
    return lines


def text_of(signs: list[Sign], box: Box) -> str:
    """The text of the characters whose middle lies in a box, its lines joined."""
    inside = [
        sign
        for sign in signs
        if box[0] <= (sign.left + sign.right) / 2 <= box[2]
        and box[1] <= (sign.top + sign.bottom) / 2 <= box[3]
    ]
    text = ""
    for row in _rows(inside):
        line = _written(row)
        text = joined(text, line) if text else line
    return text


def _rows(signs: list[Sign]) -> list[list[Sign]]:
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda one: (one.top + one.bottom) / 2):
        middle = (sign.top + sign.bottom) / 2
        if rows and middle < _base(rows[-1]) + 0.4 * (sign.bottom - sign.top):
            rows[-1].append(sign)
        else:
            rows.append([sign])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _base(row: list[Sign]) -> float:
    return (row[0].top + row[0].bottom) / 2


def _written(row: list[Sign]) -> str:
    """The characters of a line; spaces beside Han characters only where a square is left free."""
    text = ""
    last: Sign | None = None
    for sign in row:
        if not sign.text.strip():
            continue
        if last is not None:
            gap = sign.left - last.right
            square = sign.bottom - sign.top
            han = wide(last.text[-1]) or wide(sign.text[0])
            if gap > (0.9 if han else 0.18) * square:
                text += " "
        text += sign.text
        last = sign
    return text
