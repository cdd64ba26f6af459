"""Walks a WordprocessingML tree in reading order: paragraphs, rows, boxes, with their numbers.

What Word would show after all tracked changes are accepted: insertions kept, deletions and moved-away
text dropped, fields by their result, content controls and hyperlinks by their content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from audit.document.readers.docx_lists import Styles, numbering_of, switched_on, value
from audit.document.readers.interface import LONG_ROW, STOPS
from audit.document.readers.lists import Counter, List
from audit.document.readers.package import W
from audit.document.readers.symbols import symbol

_W = f"{{{W}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = {_W + t for t in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "tblGrid", "rt")}
_BREAKS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": "\t", _W + "ptab": "\t", _W + "noBreakHyphen": "-"}
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])\Z")
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_CIRCLED = re.compile(r"\s*EQ\s+\\o\s*(?:\\a[cl])?\s*\([○〇◯●Oo0][,，、;](.{1,4})\)\s*\Z", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """A stretch of text and the run (`w:r`) it stands in; None for numbers and joints."""

    text: str
    run: Any | None = None


@dataclass(slots=True)
class Line:
    """A block as it will stand in the text.

    Attributes:
        pieces: its text; no line ends, no spaces at the ends.
        kind: as `Block.kind`.
        level: rank of a heading, else 0.
        index: number of the paragraph in the body, from 1; 0 in footnotes.
        paragraph: the `w:p` in which the line begins.
    """

    pieces: list[Piece]
    kind: str
    level: int
    index: int
    paragraph: Any

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _State:
    """The fields that are open: for each its instruction, and whether its result has begun.

    Where a damaged file opens fields and never ends them, nothing is hidden.
    """

    fields: list[tuple[list[str], bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    balanced: bool = True

    @property
    def shown(self) -> bool:
        return not self.balanced or all(
            result and not _CONTENTS.match("".join(words)) for words, result in self.fields
        )


class Walker:
    """Turns the body of a document into lines; one object a document, since numbers count on."""

    def __init__(self, styles: Styles, lists: dict[str, List]) -> None:
        self._styles, self._lists = styles, lists
        self._counter = Counter(lists)
        self._index = 0
        self._state = _State()
        self._carried: list[Piece] = []

    def lines(self, body: Any, kind: str = "paragraph") -> Iterator[Line]:
        """The lines of a body, a text box or a note.

        Args:
            body: an element that holds paragraphs and tables.
            kind: `paragraph` for the body; `box` or `note` name all lines alike.
        """
        if kind == "paragraph" and body.tag == _W + "body":
            kinds = [mark.get(_W + "fldCharType") for mark in body.iter(_W + "fldChar")]
            self._state.balanced = kinds.count("begin") == kinds.count("end")
        for element in _blocks(body):
            if element.tag == _W + "tbl":
                for row in element.iter(_W + "tr"):
                    if _owner(row, _W + "tbl") is element:
                        yield from self._row(row, kind)
            else:
                yield from self._paragraph(element, kind)

    def _paragraph(self, element: Any, kind: str) -> Iterator[Line]:
        if kind != "note":
            self._index += 1
        index = self._index if kind != "note" else 0
        pieces: list[Piece] = []
        properties = element.find(_W + "pPr")
        self._run_text(element, pieces)
        boxes, self._state.boxes = self._state.boxes, []
        mark = properties.find(_W + "rPr") if properties is not None else None
        if mark is not None and (mark.find(_W + "del") is not None or mark.find(_W + "moveFrom") is not None):
            self._carried += pieces
        else:
            pieces, self._carried = self._carried + pieces, []
            key = value(properties, "pStyle")
            style = self._styles.of(key)
            hidden = mark is not None and switched_on(mark, "vanish") and not any(p.text for p in pieces)
            number = "" if hidden or not self._state.shown else self._number(properties, style, key)
            if number:
                pieces.insert(0, Piece(number))
            if not style.name.startswith("toc "):
                level = _heading_level(properties, style)
                shown = "heading" if level and kind == "paragraph" else kind
                for line in _divided(pieces):
                    yield Line(line, shown, level if shown == "heading" else 0, index, element)
        for box in boxes:
            yield from self.lines(box, "box" if kind == "paragraph" else kind)

    def _number(self, properties: Any | None, style: Any, key: str | None) -> str:
        name, rank = numbering_of(properties)
        if name is None:
            name = style.list
            if rank is None:
                levels = self._lists[name].levels if name in self._lists else {}
                bound = [r for r, level in levels.items() if key and level.linked == key]
                rank = bound[0] if bound else style.rank
        return self._counter.number(name, rank or 0) if name else ""

    def _row(self, row: Any, kind: str) -> Iterator[Line]:
        properties = row.find(_W + "trPr")
        if properties is not None and properties.find(_W + "del") is not None:
            return
        cells: list[list[Line]] = []
        own = [cell for cell in row.iter(_W + "tc") if _owner(cell, _W + "tr") is row]
        for cell in own:
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            lines = list(self.lines(cell, kind))
            if lines and (merge is None or merge.get(_W + "val") == "restart"):
                cells.append(lines)
        length = sum(len(line.text) for lines in cells for line in lines)
        several = any(len(lines) > 1 for lines in cells)
        if len(own) == 1 or several and (len(cells) == 1 or length > LONG_ROW):
            for lines in cells:
                yield from lines
            return
        if not cells:
            return
        pieces: list[Piece] = []
        for lines in cells:
            for i, line in enumerate(lines):
                if pieces:
                    pieces.append(Piece("\t" if i == 0 else _joint(pieces[-1].text)))
                pieces += line.pieces
        first = cells[0][0]
        yield Line(pieces, "row" if kind == "paragraph" else kind, 0, first.index, first.paragraph)

    def _run_text(self, element: Any, pieces: list[Piece], run: Any | None = None) -> None:
        """Collects the text under an element; text boxes are put aside for after the paragraph."""
        for child in element:
            tag = child.tag
            if tag == _W + "t" or tag == _MATH_TEXT:
                if self._state.shown and child.text:
                    pieces.append(Piece(child.text.replace("\n", " "), run))
            elif tag == _W + "r":
                properties = child.find(_W + "rPr")
                if properties is None or not switched_on(properties, "vanish"):
                    self._run_text(child, pieces, child)
            elif tag in _GONE or not isinstance(tag, str):
                continue
            elif tag in _BREAKS:
                if self._state.shown:
                    pieces.append(Piece(_BREAKS[tag], run))
            elif tag == _W + "sym":
                self._symbol(child, pieces, run)
            elif tag == _W + "fldChar":
                self._field(child.get(_W + "fldCharType"), pieces, run)
            elif tag == _W + "instrText":
                if self._state.fields:
                    self._state.fields[-1][0].append(child.text or "")
            elif tag == _MC + "AlternateContent":
                self._alternate(child, pieces, run)
            elif tag == _W + "txbxContent":
                self._state.boxes.append(child)
            else:
                self._run_text(child, pieces, run)

    def _symbol(self, element: Any, pieces: list[Piece], run: Any | None) -> None:
        try:
            code = int(element.get(_W + "char", "0"), 16)
        except ValueError:
            return
        if self._state.shown:
            pieces.append(Piece(symbol(element.get(_W + "font", ""), code), run))

    def _field(self, kind: str | None, pieces: list[Piece], run: Any | None) -> None:
        fields = self._state.fields
        if kind == "begin":
            fields.append(([], False))
        elif kind == "separate" and fields:
            fields[-1] = (fields[-1][0], True)
        elif kind == "end" and fields:
            words, result = fields.pop()
            circled = _CIRCLED.match("".join(words))
            if circled and not result and self._state.shown:
                inside = circled[1].strip()
                one = inside.isdecimal() and 1 <= int(inside) <= 20
                pieces.append(Piece(chr(0x245F + int(inside)) if one else f"({inside})", run))

    def _alternate(self, element: Any, pieces: list[Piece], run: Any | None) -> None:
        """Takes the first branch that shows anything, so that a box drawn in two ways comes once."""
        for branch in element:
            before = len(pieces), len(self._state.boxes)
            self._run_text(branch, pieces, run)
            if (len(pieces), len(self._state.boxes)) != before:
                return


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, through content controls and their like."""
    for child in body:
        if child.tag == _W + "p" or child.tag == _W + "tbl":
            yield child
        elif child.tag == _MC + "AlternateContent":
            yield from next((found for branch in child if (found := list(_blocks(branch)))), [])
        elif child.tag == _W + "sdt":
            gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
            if gallery is None or gallery.get(_W + "val") != "Table of Contents":
                yield from _blocks(child)
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _blocks(child)


def _owner(element: Any, tag: str) -> Any | None:
    return next(element.iterancestors(tag), None)


def _heading_level(properties: Any | None, style: Any) -> int:
    outline = value(properties, "outlineLvl")
    rank = int(outline) if outline and outline.isdecimal() else style.outline
    if rank is not None:
        return rank + 1 if rank < 9 else 0
    named = _HEADING.match(style.name)
    return int(named[1]) if named else 0


def _joint(before: str) -> str:
    """What joins two paragraphs of one cell: nothing after a full stop, else a space."""
    return "" if before[-1:] in STOPS else " "


def _divided(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces cut at line ends, without spaces at both ends of each line."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.run))
        for other in others:
            if _trimmed(line):
                yield line
            line = [Piece(other, piece.run)]
    if _trimmed(line):
        yield line


def _trimmed(line: list[Piece]) -> bool:
    while line and not (kept := line[0].text.lstrip()):
        line.pop(0)
    if line:
        line[0].text = kept
    while line and not (kept := line[-1].text.rstrip()):
        line.pop()
    if line:
        line[-1].text = kept
    return bool(line)
