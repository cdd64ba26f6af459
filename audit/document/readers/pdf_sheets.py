"""Pages of a PDF as lines and table rows, by way of pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from audit.document.readers.glyphs import joined, mended, units, wide
from audit.document.readers.grid import Grid, grids
from audit.document.readers.layout import Line, Sheet

Box = tuple[float, float, float, float]
"""left, top, right, bottom from the top left corner of the page."""


class Page:
    """A page whose text layer is loaded.

    Args:
        document: a pypdfium2 document.
        index: page number from 0.
    """

    def __init__(self, document: Any, index: int) -> None:
        import pypdfium2.raw as raw

        self._raw, self._number = raw, index + 1
        self._page = document[index]
        self._text_page = self._page.get_textpage()
        self._text = self._text_page.raw
        self._turn = self._direction()
        self._rectangle = raw.FS_RECTF()
        left, bottom, right, top = self._page.get_cropbox()
        self._x, self._y = left, bottom
        self.width, self.height = (
            (right - left, top - bottom) if self._turn % 180 == 0 else (top - bottom, right - left)
        )

    def _direction(self) -> int:
        """By how much the page must be turned so that most of its text is upright, clockwise."""
        count = self._raw.FPDFText_CountChars(self._text)
        places = range(0, count, max(1, count // 9))
        quarters = [round(self._raw.FPDFText_GetCharAngle(self._text, k) / 1.5708) % 4 for k in places]
        return (-max(quarters, key=quarters.count)) % 4 * 90 if quarters else 0

    def close(self) -> None:
        """Gives the memory back."""
        self._text_page.close()
        self._page.close()

    def has_pictures(self) -> bool:
        """Whether a picture covers a good part of the page."""
        for box, kind, _ in self._objects({self._raw.FPDF_PAGEOBJ_IMAGE}):
            if kind and (box[2] - box[0]) * (box[3] - box[1]) > 0.3 * self.width * self.height:
                return True
        return False

    def sheet(self) -> Sheet:
        """The lines of the page; lines inside ruled tables are replaced by rows."""
        lines, places = [], []
        tables = grids([(box, framed) for box, _, framed in self._objects({self._raw.FPDF_PAGEOBJ_PATH})])
        for start, text in self._raw_lines():
            line = self._line(start, text)
            if line:
                lines.append(line)
                places.append(start)
        for table in tables:
            lines = self._with_rows(lines, table)
        return Sheet(self._number, self.width, self.height, lines)

    def _with_rows(self, lines: list[Line], table: Grid) -> list[Line]:
        inside = [
            line for line in lines if table.holds((line.left + line.right) / 2, (line.top + line.bottom) / 2)
        ]
        if not inside:
            return lines
        rows = table.rows(self._bounded)
        if rows is None:
            return lines
        kept = [line for line in lines if line not in inside]
        return kept + [Line(text, *box[:1], box[2], box[1], box[3], True) for text, box in rows]

    def _raw_lines(self) -> list[tuple[int, str]]:
        """The lines as pdfium divides them, each with the index of its first character."""
        count = self._raw.FPDFText_CountChars(self._text)
        text = self._text_page.get_text_range() if count else ""
        if len(text) != count:
            code: Callable[[Any, int], int] = self._raw.FPDFText_GetUnicode
            text = "".join(chr(code(self._text, k) or 0xFFFD) for k in range(count))
        lines: list[tuple[int, str]] = []
        start = 0
        for end, sign in enumerate(text + "\n"):
            if sign in "\r\n\ufffe\x02":
                if end > start:
                    lines.append((start, text[start:end] + ("-" if sign in "\ufffe\x02" else "")))
                start = end + 1
        return lines

    def _line(self, start: int, text: str) -> Line | None:
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        start += lead
        if not text:
            return None
        first = self._box(start)
        last = self._box(start + len(text.rstrip("-") or text) - 1)
        if text.endswith("-") and last is None:
            last = first
        if first is None or last is None:
            return None
        left, right = min(first[0], last[0]), max(first[2], last[2])
        em = (right - left) / max(0.5, units(text))
        shown = mended(self._spaced(start, text, em))
        if not shown.strip():
            return None
        middle = self._box(start + len(text) // 2) or first
        return Line(
            shown.strip(), left, right, min(first[1], last[1], middle[1]), max(first[3], last[3], middle[3])
        )

    def _spaced(self, start: int, text: str, em: float) -> str:
        """The line without the spaces beside Han characters that are no wider than a gap."""
        if " " not in text:
            return text
        kept: list[str] = []
        for place, sign in enumerate(text):
            if sign == " " and 0 < place < len(text) - 1:
                before, after = text[place - 1], text[place + 1]
                if wide(mended(before)) or wide(mended(after)):
                    one, other = self._box(start + place - 1), self._box(start + place + 1)
                    if one and other and other[0] - one[2] < 0.9 * em:
                        continue
            kept.append(sign)
        return "".join(kept)

    def _box(self, index: int) -> Box | None:
        """The square of a character, its side bearings included (a comma's ink is but a corner)."""
        box = self._rectangle
        if not self._raw.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(box)):
            return None
        return self._turned(box.left, box.bottom, box.right, box.top)

    def _turned(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in the page's own coordinates as it is seen."""
        left, right, bottom, top = left - self._x, right - self._x, bottom - self._y, top - self._y
        if self._turn == 90:
            return bottom, left, top, right
        if self._turn == 180:
            return self.width - right, bottom, self.width - left, top
        if self._turn == 270:
            return self.width - top, self.height - right, self.width - bottom, self.height - left
        return left, self.height - top, right, self.height - bottom

    def _bounded(self, box: Box) -> str:
        """The text inside a box, its lines joined."""
        if self._turn:
            return ""
        text = self._text_page.get_text_bounded(
            box[0] + self._x, self.height - box[3] + self._y, box[2] + self._x, self.height - box[1] + self._y
        )
        cell = ""
        for line in text.replace("\ufffe", "-\n").splitlines():
            line = _tight(mended(line).strip())
            cell = joined(cell, line) if cell else line
        return cell

    def _objects(self, wanted: set[int]) -> list[tuple[Box, int, bool]]:
        """Boxes of page objects of some types, and whether they are stroked frames."""
        raw, page = self._raw, self._page.raw
        sides = tuple(ctypes.c_float() for _ in range(4))
        references = tuple(ctypes.byref(side) for side in sides)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        found: list[tuple[Box, int, bool]] = []
        for index in range(raw.FPDFPage_CountObjects(page)):
            item = raw.FPDFPage_GetObject(page, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind in wanted and raw.FPDFPageObj_GetBounds(item, *references):
                framed = False
                if kind == raw.FPDF_PAGEOBJ_PATH:
                    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
                    framed = bool(stroke.value)
                left, bottom, right, top = (side.value for side in sides)
                found.append((self._turned(left, bottom, right, top), kind, framed))
        return found


def _tight(text: str) -> str:
    """Text without spaces beside Han characters."""
    return "".join(
        sign
        for place, sign in enumerate(text)
        if sign != " " or not (wide(text[place - 1 : place]) or wide(text[place + 1 : place + 2]))
    )
