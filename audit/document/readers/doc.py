"""The text of a Word binary file, paragraph by paragraph, with numbers, rows and tracked changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.document.readers import doc_tables as tables
from audit.document.readers.interface import Composer
from audit.document.readers.lists import Counter
from audit.document.readers.symbols import symbol

_FIRST_PAIR = 154
_STSH, _CHPX, _PAPX, _CLX, _LST, _LFO = 1, 12, 13, 33, 73, 74
_COUNTS = 76
"""Where the lengths of the texts stand: body, footnotes, headers, macros, comments, endnotes, boxes."""
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_LEFT_OUT = dict.fromkeys([*range(9), *range(14, 19), *range(22, 30), 0x1F])
_CLEAN = {**_LEFT_OUT, 0x09: "\t", 0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " ", 0xAD: ""}


@dataclass(slots=True)
class _Paragraph:
    """What is known of a paragraph besides its text."""

    in_table: bool = False
    row_end: bool = False
    list: int = 0
    rank: int = 0
    level: int = 0


@dataclass(slots=True)
class _Row:
    """The cells of a row that is being read."""

    cells: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


class Body:
    """A Word binary document.

    Args:
        stream: the `WordDocument` stream.
        table: the table stream that belongs to it.
    """

    def __init__(self, stream: bytes, table: bytes) -> None:
        self._stream, self._table = stream, table
        self._pieces = tables.Pieces(stream, self._part(_CLX))
        self._styles = tables.styles(self._part(_STSH))
        start = tables.long(stream, _FIRST_PAIR + 8 * _LST)
        length = tables.long(stream, _FIRST_PAIR + 8 * _LST + 4)
        self._counter = Counter(tables.lists(table[start:] if length else b"", self._part(_LFO)))
        formatted = sorted(tables.runs(stream, self._part(_PAPX), True))
        self._starts = [run[0] for run in formatted]
        self._formats = [run[2] for run in formatted]
        self._signs = self._marked_signs()

    def compose(self, composer: Composer) -> None:
        """Adds the body, then footnotes, endnotes and text boxes."""
        lengths = [tables.long(self._stream, _COUNTS + 4 * i) for i in range(7)]
        first = 0
        for length, kind in zip(lengths, ("paragraph", "note", "", "", "", "note", "box"), strict=True):
            if kind:
                self._story(composer, first, first + length, kind)
            first += length

    def _part(self, index: int) -> bytes:
        where = _FIRST_PAIR + 8 * index
        if where + 8 > len(self._stream):
            return b""
        start, length = tables.long(self._stream, where), tables.long(self._stream, where + 4)
        return self._table[start : start + length]

    def _marked_signs(self) -> str:
        """The text with deleted and hidden characters blanked out and symbols put in their places."""
        signs = list(self._pieces.text)
        for start, end, raw in tables.runs(self._stream, self._part(_CHPX), False):
            changes = tables.operations(raw)
            gone = any(changes.get(code, b"\0") == b"\1" for code in (tables.C_DELETED, tables.C_HIDDEN))
            sign = changes.get(tables.C_SYMBOL)
            if not gone and not sign:
                continue
            for first, last in self._pieces.positions(start, end):
                for position in range(first, last):
                    if gone and signs[position] != "\x07":
                        signs[position] = "\0"
                    elif sign and len(sign) >= 4 and signs[position] == "(":
                        signs[position] = symbol("wingdings", tables.short(sign, 2)) or "\0"
        return "".join(signs)

    def _story(self, composer: Composer, first: int, last: int, kind: str) -> None:
        row = _Row()
        index = 0
        for start, end, shown in self._paragraphs(first, last):
            mark = self._signs[end - 1 : end]
            known = self._known(end - 1)
            text = _plain(self._signs[start : end - 1]) if shown else ""
            index += 1
            if known.row_end:
                composer.row(row.cells, kind if kind != "paragraph" else "row", index)
                row = _Row()
                continue
            number = self._counter.number(str(known.list), known.rank) if known.list and shown else ""
            text = number + text.strip() if number else text
            if known.in_table:
                if text.strip():
                    row.cell += [line for line in text.split("\n") if line.strip()]
                if mark == "\x07":
                    row.cells.append(row.cell)
                    row.cell = []
                continue
            heading = known.level and kind == "paragraph"
            composer.add(text, "heading" if heading else kind, known.level if heading else 0, index)

    def _paragraphs(self, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
        """Where paragraphs begin and end, the end mark included; whether they are shown."""
        fields: list[tuple[int, bool]] = []
        start = first
        hidden = False
        for position in range(first, min(last, len(self._signs))):
            sign = self._signs[position]
            if sign == "\x13":
                fields.append((position, False))
            elif sign == "\x14" and fields:
                instruction = self._signs[fields[-1][0] + 1 : position]
                fields[-1] = fields[-1][0], bool(_CONTENTS.match(instruction))
            elif sign == "\x15" and fields:
                fields.pop()
            elif sign in "\r\x07\x0c":
                yield start, position + 1, not hidden
                start = position + 1
            hidden = any(contents for _, contents in fields)
        if start < last:
            yield start, min(last, len(self._signs)) + 1, not hidden

    def _known(self, position: int) -> _Paragraph:
        offset = self._pieces.offset(position)
        at = bisect_right(self._starts, offset) - 1
        raw = self._formats[at] if at >= 0 else b""
        own = tables.operations(raw[2:])
        changes = {**self._style(tables.short(raw, 0) if len(raw) >= 2 else 0), **own}
        outline = changes.get(tables.P_OUTLINE, b"\x09")
        level = outline[0] + 1 if outline and outline[0] < 9 else 0
        return _Paragraph(
            changes.get(tables.P_IN_TABLE, b"\0")[:1] == b"\1",
            changes.get(tables.P_ROW_END, b"\0")[:1] == b"\1",
            tables.short(changes[tables.P_LIST], 0) if len(changes.get(tables.P_LIST, b"")) >= 2 else 0,
            changes.get(tables.P_LEVEL, b"\0")[0],
            level,
        )

    def _style(self, index: int, depth: int = 0) -> dict[int, bytes]:
        style = self._styles[index] if index < len(self._styles) else None
        if style is None or depth > 12:
            return {}
        inherited = self._style(style.base, depth + 1) if style.base != 0xFFF else {}
        if 1 <= style.kind <= 9:
            inherited = {**inherited, tables.P_OUTLINE: bytes([style.kind - 1])}
        return {**inherited, **style.changes}


def _plain(text: str) -> str:
    """The characters that are shown: fields by their result, control signs dropped."""
    if "\x13" in text or "\x15" in text or "\x14" in text:
        kept: list[str] = []
        waiting: list[bool] = []
        for sign in text:
            if sign == "\x13":
                waiting.append(True)
            elif sign == "\x14" and waiting:
                waiting[-1] = False
            elif sign == "\x15" and waiting:
                waiting.pop()
            elif not any(waiting):
                kept.append(sign)
        text = "".join(kept)
    text = text.translate(_CLEAN)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
