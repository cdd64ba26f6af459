"""OFD (GB/T 33190): pages of characters at their places."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from audit.document.model import Text
from audit.document.readers.glyphs import mended
from audit.document.readers.grid import Box, grids
from audit.document.readers.interface import damaged, locked, title_hint
from audit.document.readers.layout import Line, Sheet, compose
from audit.document.readers.package import Package, names_of
from audit.document.readers.refuse import EDITABLE
from audit.document.readers.signs import Sign, lines_of, text_of
from audit.errors import ScanError

FORMAT = "ofd"
_KIND = "OFD "
_POINT = 72 / 25.4
"""Millimetres to points, so that all page formats are measured alike."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_STEP = re.compile(r"([MLBQCAS])|(-?\d+(?:\.\d+)?)")


def recognises(data: bytes) -> bool:
    """Whether the content is a zip with OFD.xml at its root."""
    return any(name.lower() == "ofd.xml" for name in names_of(data))


def read(data: bytes, name: str) -> Text:
    """The pages' text in paragraphs, without running heads and page numbers.

    Raises:
        InputError: damaged or locked.
        ScanError: pictures of pages only.
    """
    package = Package(data, name, _KIND)
    root = package.xml("OFD.xml")
    if package.part("Encryptions.xml") is not None:
        raise locked(name)
    sheets: list[Sheet] = []
    hints: dict[str, str] = {}
    for body in _all(root, "DocBody"):
        hints = hints or title_hint(_text(body, "Title"))
        path = _text(body, "DocRoot").strip()
        if path:
            sheets += _document(package, path, len(sheets))
    if not sheets:
        raise damaged(name, _KIND)
    if not any(line.text.strip() for sheet in sheets for line in sheet.lines):
        raise ScanError("OFD 只有图像,没有文字层", name, EDITABLE)
    return compose(sheets, FORMAT, hints)


def _document(package: Package, path: str, before: int) -> list[Sheet]:
    root = package.xml(path)
    if root is None:
        raise damaged(package.name, _KIND)
    folder = posixpath.dirname(path)
    common = next(_all(root, "CommonData"), None)
    size = _numbers(_text(common, "PhysicalBox")) if common is not None else ()
    sheets: list[Sheet] = []
    pages = next(_all(root, "Pages"), None)
    for page in () if pages is None else _all(pages, "Page"):
        location = page.get("BaseLoc", "")
        content = package.xml(_resolved(folder, location))
        if content is not None:
            sheets.append(_sheet(content, before + len(sheets) + 1, size))
    return sheets


def _resolved(folder: str, location: str) -> str:
    return location if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))


def _sheet(content: Any, number: int, size: tuple[float, ...]) -> Sheet:
    area = next(_all(content, "Area"), None)
    own = _numbers(_text(area, "PhysicalBox")) if area is not None else ()
    x, y, width, height = (own if len(own) == 4 else size if len(size) == 4 else _A4)[:4]
    signs: list[Sign] = []
    for item in _all(content, "TextObject"):
        signs += _signs(item, x, y)
    lines = lines_of(signs)
    boxes = [box for item in _all(content, "PathObject") for box in _path(item, x, y)]
    for table in grids([(box, False) for box in boxes]):
        rows = table.rows(lambda box: text_of(signs, box))
        if rows:
            kept = [
                line
                for line in lines
                if not table.holds((line.left + line.right) / 2, (line.top + line.bottom) / 2)
            ]
            lines = kept + [Line(text, box[0], box[2], box[1], box[3], True) for text, box in rows]
    return Sheet(number, width * _POINT, height * _POINT, lines)


def _signs(item: Any, x: float, y: float) -> Iterator[Sign]:
    """The characters of a text object at their places."""
    left, top = (*_numbers(item.get("Boundary", "")), 0.0, 0.0)[:2]
    matrix = _numbers(item.get("CTM", ""))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    size = (_numbers(item.get("Size", "")) or (3.5,))[0]
    stretch = (_numbers(item.get("HScale", "")) or (1.0,))[0]
    height = size * ((c * c + d * d) ** 0.5 or 1.0)
    scale = (a * a + b * b) ** 0.5 or 1.0
    at_x = at_y = 0.0
    for code in _all(item, "TextCode"):
        text = "".join(code.itertext())
        at_x = (_numbers(code.get("X", "")) or (at_x,))[0]
        at_y = (_numbers(code.get("Y", "")) or (at_y,))[0]
        steps, falls = _deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", ""))
        for place, sign in enumerate(text):
            shown = mended(sign)
            own = size * stretch * (0.5 if ord(sign) < 0x2000 else 1.0)
            px, py = left + a * at_x + c * at_y + e - x, top + b * at_x + d * at_y + f - y
            yield Sign(
                shown,
                px * _POINT,
                (px + own * scale) * _POINT,
                (py - 0.86 * height) * _POINT,
                (py + 0.14 * height) * _POINT,
            )
            at_x += steps[place] if place < len(steps) else (0.0 if falls else own)
            at_y += falls[place] if place < len(falls) else 0.0


def _deltas(text: str) -> list[float]:
    """The steps from character to character; `g 3 6.35` stands for three steps of 6.35."""
    values: list[float] = []
    words = text.split()
    at = 0
    while at < len(words):
        try:
            if words[at] == "g" and at + 2 < len(words):
                values += [float(words[at + 2])] * min(int(words[at + 1]), 10000)
                at += 3
                continue
            values.append(float(words[at]))
        except ValueError:
            pass
        at += 1
    return values


def _path(item: Any, x: float, y: float) -> Iterator[Box]:
    """The straight horizontal and vertical strokes of a path as thin boxes."""
    left, top = (*_numbers(item.get("Boundary", "")), 0.0, 0.0)[:2]
    matrix = _numbers(item.get("CTM", ""))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    points: list[tuple[float, float]] = []
    waiting: list[float] = []
    command = ""
    first: tuple[float, float] | None = None
    for letter, number in _STEP.findall(_text(item, "AbbreviatedData")):
        if letter:
            command, waiting = letter, []
            if letter == "C" and first and points:
                yield from _stroke(points[-1], first)
            continue
        waiting.append(float(number))
        if len(waiting) == 2 and command in ("M", "S", "L"):
            at = (
                (left + a * waiting[0] + c * waiting[1] + e - x) * _POINT,
                (top + b * waiting[0] + d * waiting[1] + f - y) * _POINT,
            )
            if command == "L" and points:
                yield from _stroke(points[-1], at)
            else:
                first = at
            points.append(at)
            waiting = []


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, down) < 1 < max(across, down):
        yield (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split())
    except ValueError:
        return ()


def _all(element: Any, tag: str) -> Iterator[Any]:
    """The descendants of a local name, whatever the namespace (2016 and earlier drafts)."""
    if element is not None:
        yield from element.iter("{*}" + tag)


def _text(element: Any, tag: str) -> str:
    found = next(_all(element, tag), None)
    return "" if found is None else found.text or ""
