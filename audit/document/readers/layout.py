"""From lines placed on pages to paragraphs: shared by the page formats (pdf, ofd).

Coordinates run from the top left corner of the page; the unit does not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.document.model import Text
from audit.document.readers.glyphs import joined, units, wide
from audit.document.readers.interface import Composer

_PAGE_NUMBER = re.compile(
    r"[-—–－―·~\s]*(?:第\s*)?[0-9０-９]{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*[0-9]{1,4}\s*页?)?[-—–－―·~\s]*\Z"
)
_PRINTED = re.compile(r"(?:https?|file)://\S+|\d{1,4}/\d{1,2}/\d{1,4},? +\d{1,2}:\d\d")
_LEADER = re.compile(r"[.．·…⋯]{4,}\s*\d{1,3}\Z")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条、，,]"
    r"|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|特此报告|以上报告|附件[:：]"
)
_CRUMBS = re.compile(r"首页\s*[>＞»/\\]")
_STOPS = "。：:；;！？!?”）)"
_MARKER = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)、.．]|[①-⑳●■◆➢•·\-]")
_NOTE = re.compile(r"[①-⑳*＊]|\[\d{1,2}\]|\d{1,2}\s*[\u4e00-\u9fff]")
_CHUNK = re.compile(
    r"[“‘（《〈【〔(\[]*(?:[0-9A-Za-z.,%:/+\-，、。；％]{2,}|.)[，。、；：？！”’）》〉】〕,.;:?!)\]%％]*"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.12
"""Running heads stand in this share of the page at its head or foot."""


@dataclass(slots=True)
class Line:
    """A line on a page, or a row of a table (`row`, cells joined by tabs)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    row: bool = False

    @property
    def em(self) -> float:
        """The width of one square."""
        return (self.right - self.left) / max(0.5, units(self.text))


@dataclass(slots=True)
class Sheet:
    """A page with its lines."""

    number: int
    width: float
    height: float
    lines: list[Line]
    left: float = 0.0
    right: float = 0.0
    notes: list[Line] = field(default_factory=list)


def compose(sheets: list[Sheet], format: str, hints: dict[str, str]) -> Text:
    """The text of the pages: running heads and page numbers dropped, lines joined to paragraphs."""
    for sheet in sheets:
        sheet.lines = _ordered(sheet)
    _drop_running(sheets)
    em = _square(sheets)
    for sheet in sheets:
        _take_notes(sheet, em)
    _measure(sheets, em)
    composer = Composer()
    for pieces in _paragraphs(sheets, em):
        _add(composer, pieces)
    for sheet in sheets:
        for note in _merged(sheet.notes):
            composer.add(note, "note")
    return composer.text(format, hints)


def _add(composer: Composer, pieces: list[tuple[Line, int]]) -> None:
    text = ""
    marks: list[tuple[int, int]] = []
    for line, number in pieces:
        text = joined(text, line.text) if text else line.text
        marks.append((number, len(text) - len(line.text)))
    start = composer.add(text, "row" if pieces[0][0].row else "paragraph")
    for number, offset in marks:
        composer.page(number, start + offset)


def _ordered(sheet: Sheet) -> list[Line]:
    """Lines from top to bottom, those of one height put together; two columns one after the other."""
    lines = [line for line in sheet.lines if line.text.strip()]
    climbs = sum(1 for a, b in zip(lines, lines[1:], strict=False) if b.bottom < a.top)
    if climbs:
        middle = sheet.width / 2
        left = [line for line in lines if line.right < middle * 1.05]
        right = [line for line in lines if line.left > middle * 0.95]
        narrow = [line for line in (*left, *right) if line.right - line.left > sheet.width * 0.25]
        if len(narrow) > 0.6 * len(lines) and min(len(left), len(right)) > 0.3 * len(lines):
            rest = [line for line in lines if line not in left and line not in right]
            return [*_down(rest), *_down(left), *_down(right)]
    return _down(lines)


def _down(lines: list[Line]) -> list[Line]:
    ordered: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom) / 2):
        last = ordered[-1] if ordered else None
        if last and not last.row and not line.row and _same_height(last, line):
            first, second = (last, line) if last.left <= line.left else (line, last)
            gap = second.left - first.right
            space = " " if gap > 0.9 * first.em or not (wide(first.text[-1]) or wide(second.text[0])) else ""
            ordered[-1] = Line(
                first.text + space + second.text,
                first.left,
                max(first.right, second.right),
                min(first.top, second.top),
                max(first.bottom, second.bottom),
            )
        else:
            ordered.append(line)
    return ordered


def _same_height(one: Line, other: Line) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    apart = one.right <= other.left + 1 or other.right <= one.left + 1
    return apart and shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _drop_running(sheets: list[Sheet]) -> None:
    """Drops what stands at the same height at the edge of several pages, and page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[tuple[Sheet, Line, str]] = []
    for sheet in sheets:
        for line in (*sheet.lines[:3], *sheet.lines[3:][-3:]):
            if line.row:
                continue
            if line.bottom < _EDGE * sheet.height or line.top > (1 - _EDGE) * sheet.height:
                key = _DIGITS.sub("#", line.text.replace(" ", ""))
                edges.append((sheet, line, key))
                seen[key, round(line.top / sheet.height * 50)] += 1
    enough = max(2, 0.3 * len(sheets))
    for sheet, line, key in edges:
        place = round(line.top / sheet.height * 50)
        count = sum(seen[key, near] for near in (place - 1, place, place + 1))
        if count >= enough or _PAGE_NUMBER.match(line.text) or _PRINTED.match(line.text):
            sheet.lines = [other for other in sheet.lines if other is not line]


def _square(sheets: list[Sheet]) -> float:
    """The width of a square in running text."""
    sizes = sorted(
        line.em for sheet in sheets for line in sheet.lines if not line.row and units(line.text) >= 15
    )
    if not sizes:
        sizes = sorted(line.em for sheet in sheets for line in sheet.lines if not line.row) or [1.0]
    return sizes[len(sizes) // 2]


def _take_notes(sheet: Sheet, em: float) -> None:
    """Moves the footnotes of a page out of the way of a paragraph that goes on overleaf."""
    at = len(sheet.lines)
    while at and not sheet.lines[at - 1].row and sheet.lines[at - 1].em < 0.88 * em:
        if units(sheet.lines[at - 1].text) < 4:
            break
        at -= 1
    while at < len(sheet.lines) and not _NOTE.match(sheet.lines[at].text):
        at += 1
    if 0 < at < len(sheet.lines):
        sheet.lines, sheet.notes = sheet.lines[:at], sheet.lines[at:]


def _merged(lines: list[Line]) -> Iterator[str]:
    text = ""
    for line in lines:
        if text and _NOTE.match(line.text):
            yield text
            text = line.text
        else:
            text = joined(text, line.text) if text else line.text
    if text:
        yield text


def _measure(sheets: list[Sheet], em: float) -> None:
    """Finds the left and right edge of the running text on each page."""
    everywhere = [line for sheet in sheets for line in sheet.lines if not line.row]
    if not everywhere:
        return
    span = max(line.right for line in everywhere) - min(line.left for line in everywhere)
    long = [line for line in everywhere if line.right - line.left > 0.6 * span] or everywhere
    left, right = _edges(long, em)
    for sheet in sheets:
        if span < 0.45 * sheet.width:
            # A cover or a list: no line is full.
            sheet.left, sheet.right = left, float("inf")
            continue
        own = [line for line in sheet.lines if not line.row and line.right - line.left > 0.6 * span]
        sheet.left, sheet.right = _edges(own, em) if len(own) > 3 else (left, right)
        # Left and right pages may be set differently; else a page with few lines follows the others.
        if any(abs(line.left - left) < 0.7 * em for line in sheet.lines):
            sheet.left = left
        if any(abs(line.right - right) < 0.7 * em for line in sheet.lines):
            sheet.right = right


def _edges(lines: list[Line], em: float) -> tuple[float, float]:
    # Closing marks may hang out over the right edge.
    inner = [line for line in lines if line.text[-1] not in "，。、；：！？”’）》,.;:)"]
    right = -_edge([-line.right for line in (inner if len(inner) > 3 else lines)], em)
    return _edge([line.left for line in lines], em), right


def _edge(values: list[float], em: float) -> float:
    """The outermost value that is not alone."""
    ordered = sorted(values)
    for value, following in zip(ordered, ordered[1:], strict=False):
        if following - value < 0.7 * em:
            return value
    return ordered[0]


def _paragraphs(sheets: list[Sheet], em: float) -> Iterator[list[tuple[Line, int]]]:
    style = _Style(_is_indented(sheets, em), _pitch(sheets))
    current: list[tuple[Line, int]] = []
    before: tuple[Sheet, Line] | None = None
    for sheet in sheets:
        contents = [bool(_LEADER.search(line.text)) for line in sheet.lines]
        for place, line in enumerate(sheet.lines):
            title = line.text.replace(" ", "").replace("\u3000", "") == "目录"
            if contents[place] or title and any(contents):
                continue
            if current and before and _begins(before, (sheet, line), [c[0] for c in current], em, style):
                yield current
                current = []
            current.append((line, sheet.number))
            before = sheet, line
    if current:
        yield current


@dataclass(slots=True)
class _Style:
    """How the pages are set: whether paragraphs are indented, and the distance from line to line."""

    indented: bool
    pitch: float


def _pitch(sheets: list[Sheet]) -> float:
    steps = sorted(
        (b.top + b.bottom - a.top - a.bottom) / 2
        for sheet in sheets
        for a, b in zip(sheet.lines, sheet.lines[1:], strict=False)
        if not a.row and not b.row
    )
    return steps[len(steps) // 2] if steps else float("inf")


def _is_indented(sheets: list[Sheet], em: float) -> bool:
    """Whether paragraphs begin with an indent, as they do in nearly every official paper."""
    lines = [(line.left - sheet.left, line) for sheet in sheets for line in sheet.lines if not line.row]
    shifted = [line for shift, line in lines if 1.2 * em < shift < 3.2 * em]
    flush = [line for shift, line in lines if abs(shift) < 0.7 * em]
    return len(shifted) >= 3 and len(shifted) >= 0.12 * (len(flush) + 1)


def _stretch(chunk: str) -> float:
    """What a stretch that is not broken takes at most, in squares: Latin signs are set with some air."""
    narrow = sum(1 for sign in chunk if not wide(sign))
    return units(chunk) + 0.15 * narrow + (0.6 if narrow else 0.0)


def _begins(
    before: tuple[Sheet, Line], after: tuple[Sheet, Line], current: list[Line], em: float, style: _Style
) -> bool:
    """Whether a line begins a new paragraph."""
    (old, last), (new, line) = before, after
    if line.row or last.row or not style.indented and _CRUMBS.search(last.text):
        return True
    shift, former = line.left - new.left, last.left - old.left
    # What the last line still had room for tells whether it was full.
    chunk = _CHUNK.match(line.text)
    room = old.right - last.right
    if room > (_stretch(chunk[0]) if chunk else 1.0) * em + 0.3 * em:
        return True
    if old is new and (line.top + line.bottom - last.top - last.bottom) / 2 > 1.45 * style.pitch:
        return True
    if shift > 1.0 * em:
        if len(current) >= 2:
            return abs(shift - former) > 0.5 * em
        hanging = _MARKER.match(last.text) and not _MARKER.match(line.text) and shift - former > 0.5 * em
        return not hanging
    if style.indented or last.text[-1] not in _STOPS:
        return False
    alone = line.text[-1] not in _STOPS and line.right - line.left < 0.5 * (new.right - new.left)
    return alone or bool(_HEADING.match(line.text))
