"""Flattens a web page into lines as a browser would show them, each with the element it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from audit.document.readers.interface import LONG_ROW
from audit.document.readers.numerals import formatted

_SKIPPED = {
    "script", "style", "noscript", "iframe", "template", "svg", "nav", "footer", "select", "button", "textarea",
    "input", "object", "embed", "audio", "video", "canvas", "map", "head", "marquee", "rt", "rp", "del",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HAN = "\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_WRAP = re.compile(f"(?<=[{_HAN}])[ \\t]*[\r\n]\\s*|[ \\t]*[\r\n]\\s*(?=[{_HAN}])")
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero",
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "cjk-decimal": "ideographDigital",
    "japanese-informal": "chineseCountingThousand", "simp-chinese-formal": "chineseLegalSimplified",
}  # fmt: skip


@dataclass(slots=True)
class Line:
    """A line of the page.

    Attributes:
        text: its characters, white space collapsed.
        element: the block element it stands in.
        kind: `paragraph`, `heading` or `row`.
        level: of `h1` … `h6`, else 0.
        linked: how many of its characters are links.
    """

    text: str
    element: Any
    kind: str
    level: int
    linked: int


class Flattener:
    """Collects the lines below an element."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._buffer: list[str] = []
        self._linked = 0
        self._links = 0
        self._plain = 0

    def collect(self, element: Any) -> list[Line]:
        """The lines below `element`, in order."""
        self._children(element, element)
        self._flush(element)
        return self.lines

    def _add(self, text: str | None) -> None:
        if text:
            self._buffer.append(text)
            if self._links:
                self._linked += len(text.strip())

    def _flush(self, block: Any) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer)
        if self._plain:
            parts = text.replace("\r\n", "\n").split("\n")
        else:
            parts = [_SPACES.sub(" ", _WRAP.sub("", part)) for part in text.split("\v")]
        tag = block.tag
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
        total = max(1, len(text.strip()))
        for part in parts:
            part = part.replace("\xa0", " ").strip()
            if part:
                linked = len(part) if self._linked >= total * 0.9 else min(len(part), self._linked)
                self.lines.append(Line(part, block, "heading" if level else "paragraph", level, linked))
        self._buffer, self._linked = [], 0

    def _children(self, element: Any, block: Any) -> None:
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child, block)
            self._add(child.tail)

    def _visit(self, element: Any, block: Any) -> None:
        tag = element.tag.lower()
        style = element.get("style") or ""
        if tag in _SKIPPED or element.get("hidden") is not None or style and _HIDDEN.search(style):
            return
        if tag == "br":
            self._buffer.append("\n" if self._plain else "\v")
        elif tag == "table":
            self._flush(block)
            self._table(element)
        elif tag in _BLOCKS:
            self._flush(block)
            self._plain += tag == "pre"
            if tag == "li":
                self._add(_marker(element))
            self._children(element, element)
            self._flush(element)
            self._plain -= tag == "pre"
        elif "mso-list" in style and "ignore" in style.lower():
            self._add("".join(element.itertext()).replace("\xa0", " ").strip())
        else:
            self._links += tag == "a"
            self._children(element, block)
            self._links -= tag == "a"

    def _table(self, table: Any) -> None:
        rows = [
            (
                row,
                [
                    Flattener().collect(cell)
                    for cell in row
                    if cell.tag in ("td", "th") and not _HIDDEN.search(cell.get("style") or "")
                ],
            )
            for row in _rows(table)
        ]
        columns = max((len(cells) for _, cells in rows), default=0)
        for row, cells in rows:
            filled = [lines for lines in cells if lines]
            length = sum(len(line.text) for lines in filled for line in lines)
            several = any(len(lines) > 1 for lines in filled)
            nested = any(line.kind == "row" for lines in filled for line in lines)
            if columns == 1 or nested or several and (len(filled) == 1 or length > LONG_ROW):
                for lines in filled:
                    self.lines += lines
            elif filled:
                text = "\t".join(" ".join(line.text for line in lines) for lines in filled)
                linked = sum(line.linked for lines in filled for line in lines)
                self.lines.append(Line(text, row, "row", 0, linked))


def _rows(table: Any) -> list[Any]:
    rows: list[Any] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
        elif child.tag == "caption":
            rows.append(child)
    return rows


def _marker(item: Any) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    declared = _LIST_STYLE.search((item.get("style") or "") + ";" + (parent.get("style") or ""))
    style = _STYLES.get(declared[1] if declared else parent.get("type", "1"))
    if style is None:
        return ""
    number = int(parent.get("start", "1")) if parent.get("start", "1").lstrip("-").isdigit() else 1
    for other in parent:
        if other.tag != "li":
            continue
        own = other.get("value", "")
        number = int(own) if own.isdigit() else number
        if other is item:
            break
        number += 1
    shown = formatted(number, style)
    return shown + ("、" if style.startswith(("chinese", "ideograph")) else ". ")
