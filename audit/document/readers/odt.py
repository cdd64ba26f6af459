"""OpenDocument texts (.odt): the body in order, list numbers resolved."""

from __future__ import annotations

import re
from typing import Any

from audit.document.model import Text
from audit.document.readers.interface import Composer, damaged, locked, title_hint
from audit.document.readers.lists import Counter, Level, List
from audit.document.readers.package import Package, names_of

FORMAT = "odt"
_KIND = "ODT "
_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
_OFFICE, _STYLE, _XML = (
    f"{{{_NS}office:1.0}}",
    f"{{{_NS}style:1.0}}",
    "{http://www.w3.org/XML/1998/namespace}",
)
_GONE = {
    _TEXT + "tracked-changes", _TEXT + "table-of-content", _TEXT + "sequence-decls", _OFFICE + "annotation",
    _OFFICE + "annotation-end", _TEXT + "note-citation", _TEXT + "ruby-text", _TEXT + "number",
    _OFFICE + "forms", _TEXT + "soft-page-break", _TEXT + "bibliography", _TEXT + "alphabetical-index",
}  # fmt: skip
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "壱": "chineseLegalSimplified",
    "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth", "01": "decimalZero", "⑴": "decimalEnclosedParen", "⒈": "decimalEnclosedFullstop",
}  # fmt: skip
_PLACE = re.compile(r"%(\d+)%")
_SPACES = re.compile(r"[ \t\r\n]+")


def recognises(data: bytes) -> bool:
    """Whether the content is a zip with a text document's type."""
    return data.startswith(b"PK") and (
        b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:128]
        or {"content.xml", "META-INF/manifest.xml"} <= set(names_of(data))
        and b"opendocument.text" in (Package(data, "", _KIND).part("mimetype") or b"")
    )


def read(data: bytes, name: str) -> Text:
    """The body in order; headers and footers left out, notes at the end.

    Raises:
        InputError: damaged or locked.
    """
    package = Package(data, name, _KIND)
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise locked(name)
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = content.find(f".//{_OFFICE}text") if content is not None else None
    if body is None:
        raise damaged(name, _KIND)
    composer = Composer()
    walker = _Walker([root for root in (styles, content) if root is not None], composer)
    walker.blocks(body, "paragraph")
    notes, walker.notes = walker.notes, []
    for note in notes:
        walker.blocks(note, "note")
    meta = package.xml("meta.xml")
    title = next(meta.iter("{http://purl.org/dc/elements/1.1/}title"), None) if meta is not None else None
    return composer.text(FORMAT, title_hint(title.text if title is not None else None))


class _Walker:
    """Adds the blocks of a document to a composer."""

    def __init__(self, roots: list[Any], composer: Composer) -> None:
        self._composer = composer
        self._counter = Counter({})
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._index = self._count = 0
        self.notes: list[Any] = []
        self._boxes: list[Any] = []
        for root in roots:
            for style in root.iter(_TEXT + "list-style", _TEXT + "outline-style"):
                key = "" if style.tag == _TEXT + "outline-style" else style.get(_STYLE + "name", "")
                self._levels[key] = {rank: level for element in style for rank, level in _level(element)}
            for style in root.iter(_STYLE + "style"):
                key = style.get(_STYLE + "name", "")
                self._parents[key] = style.get(_STYLE + "parent-style-name", "")
                if style.get(_STYLE + "list-style-name"):
                    self._list_of[key] = style.get(_STYLE + "list-style-name")
        self._counter.define("", List("", self._levels.get("", {})))

    def blocks(self, parent: Any, kind: str) -> None:
        """Adds what stands below an element."""
        for child in parent:
            tag = child.tag
            if tag in (_TEXT + "p", _TEXT + "h"):
                number = ""
                if tag == _TEXT + "h" and child.get(_TEXT + "is-list-header") != "true":
                    number = self._counter.number("", _whole(child.get(_TEXT + "outline-level"), 1) - 1)
                self._paragraph(child, kind, number)
            elif tag == _TEXT + "list":
                self._list(child, kind, "", 0)
            elif tag == _TABLE + "table":
                self._table(child, kind)
            elif tag == _DRAW + "frame" or tag == _DRAW + "text-box":
                self.blocks(child, "box" if kind == "paragraph" else kind)
            elif isinstance(tag, str) and tag not in _GONE:
                self.blocks(child, kind)

    def _paragraph(self, element: Any, kind: str, number: str = "") -> None:
        level = _whole(element.get(_TEXT + "outline-level"), 0) if element.tag == _TEXT + "h" else 0
        self._index += kind != "note"
        heading = level > 0 and kind == "paragraph"
        pieces: list[str] = []
        self._inline(element, pieces)
        self._composer.add(
            number + "".join(pieces).strip(),
            "heading" if heading else kind,
            level if heading else 0,
            self._index if kind != "note" else 0,
        )
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, "box" if kind == "paragraph" else kind)

    def _inline(self, element: Any, pieces: list[str]) -> None:
        if element.text:
            pieces.append(_SPACES.sub(" ", element.text))
        for child in element:
            tag = child.tag
            if tag == _TEXT + "s":
                pieces.append(" " * min(_whole(child.get(_TEXT + "c"), 1), 200))
            elif tag == _TEXT + "tab":
                pieces.append("\t")
            elif tag == _TEXT + "line-break":
                pieces.append("\n")
            elif tag == _TEXT + "note":
                body = child.find(_TEXT + "note-body")
                if body is not None:
                    self.notes.append(body)
            elif tag == _DRAW + "text-box":
                self._boxes.append(child)
            elif isinstance(tag, str) and tag not in _GONE:
                self._inline(child, pieces)
            if child.tail:
                pieces.append(_SPACES.sub(" ", child.tail))

    def _list(self, element: Any, kind: str, name: str, rank: int) -> None:
        style = element.get(_TEXT + "style-name") or name.partition("\0")[0]
        if not rank:
            name = self._begun(element, style)
        for item in element:
            if item.tag not in (_TEXT + "list-item", _TEXT + "list-header"):
                continue
            start = item.get(_TEXT + "start-value")
            if start is not None:
                self._counter.begin(name, rank, _whole(start, 1))
            first = item.tag == _TEXT + "list-item"
            for child in item:
                if child.tag == _TEXT + "list":
                    self._list(child, kind, name, rank + 1)
                elif child.tag in (_TEXT + "p", _TEXT + "h"):
                    self._paragraph(child, kind, self._counter.number(name, rank) if first else "")
                    first = False

    def _begun(self, element: Any, style: str) -> str:
        """The name of the list that a `text:list` opens or goes on with."""
        continued = self._keys.get(element.get(_TEXT + "continue-list", ""))
        if continued is None and element.get(_TEXT + "continue-numbering") == "true":
            continued = self._last.get(style)
        self._count += continued is None
        name = continued or f"{style}\0{self._count}"
        if continued is None:
            self._counter.define(name, List(name, self._levels.get(style, {})))
        self._last[style] = name
        self._keys[element.get(_XML + "id", "")] = name
        return name

    def _table(self, table: Any, kind: str) -> None:
        for row in table.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table")) is not table:
                continue
            first = self._index + 1
            cells: list[list[str]] = []
            for cell in row.iterchildren(_TABLE + "table-cell"):
                outer, self._composer = self._composer, Composer()
                self.blocks(cell, "paragraph")
                inner, self._composer = self._composer, outer
                cells.append(inner.text(FORMAT).text.splitlines())
            self._composer.row(cells, "row" if kind == "paragraph" else kind, first)


def _level(element: Any) -> list[tuple[int, Level]]:
    """A level of a list style, with its rank from 0."""
    rank = _whole(element.get(_TEXT + "level"), 1) - 1
    shown = element.get(_STYLE + "num-format") or ""
    if element.tag == _TEXT + "list-level-style-bullet" or not element.tag.startswith(_TEXT):
        return [(rank, Level(style="bullet"))]
    pattern = next((v for k, v in element.attrib.items() if k.endswith("}num-list-format")), None)
    if pattern is None:
        above = _whole(element.get(_TEXT + "display-levels"), 1)
        numbers = ".".join(f"%{r}%" for r in range(rank + 2 - min(above, rank + 1), rank + 2))
        inner = numbers if shown else ""
        pattern = (
            (element.get(_STYLE + "num-prefix") or "") + inner + (element.get(_STYLE + "num-suffix") or "")
        )
    style = _STYLES.get(shown.split(",")[0].strip(), "decimal") if shown else "none"
    follow = next(
        (v for e in element.iter() for k, v in e.attrib.items() if k.endswith("label-followed-by")), ""
    )
    start = _whole(element.get(_TEXT + "start-value"), 1)
    return [(rank, Level(start, style, _PLACE.sub(r"%\1", pattern), None, False, follow != "nothing"))]


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default
