"""Word comments set into a .docx whose text stays as it is.

Places are given as offsets of the report's text; the runs of the file are found again by their words, in
order, so that nothing but the text itself is needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from audit.report.docx_parts import Parts

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WINDOW = 400
"""How far ahead a short paragraph is looked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: the place in the text that it speaks of, and its paragraphs."""

    start: int
    end: int
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class _Segment:
    """A stretch of the text and the `w:t` that holds it."""

    start: int
    end: int
    element: Any
    offset: int


@dataclass(slots=True)
class _Cut:
    """A comment's beginning or end inside a `w:t`."""

    offset: int
    begins: bool
    number: int


def with_comments(
    source: bytes, text: str, notes: list[Note], author: str, initials: str, date: str | None
) -> bytes:
    """The file with a comment for each note.

    Args:
        source: a .docx.
        text: the text that was read from it.
        notes: the comments; a note whose place is not found in the file stands at the nearest one.
        author: name shown beside the comments.
        initials: their short form.
        date: ISO time of the comments, None for none.

    Raises:
        ValueError: the source is no .docx.
    """
    from lxml import etree

    try:
        archive = zipfile.ZipFile(io.BytesIO(source))
        parts = {
            info.filename: (info, archive.read(info)) for info in archive.infolist() if not info.is_dir()
        }
    except (zipfile.BadZipFile, RuntimeError, OSError) as error:
        raise ValueError("not a .docx") from error
    package = Parts({name: content for name, (_, content) in parts.items()})
    path = package.body_path()
    root = package.xml(path)
    space = f"{{{etree.QName(root).namespace}}}" if root is not None else ""
    body = root.find(space + "body") if root is not None else None
    if body is None:
        raise ValueError("not a .docx")
    comments_path, comments = package.comments(path, space)
    taken = [
        int(c.get(space + "id", "-1")) for c in comments if c.get(space + "id", "").lstrip("-").isdigit()
    ]
    first = max(taken, default=-1) + 1
    segments = _segments(body, space, text)
    cuts: dict[Any, list[_Cut]] = {}
    for number, note in enumerate(notes, first):
        begin, end = _place(segments, note)
        if begin is None or end is None:
            continue
        cuts.setdefault(begin[0], []).append(_Cut(begin[1], True, number))
        cuts.setdefault(end[0], []).append(_Cut(end[1], False, number))
        comments.append(_comment(space, number, note, author, initials, date))
    for run in _runs(cuts, space):
        _divide(run, cuts, space)
    package.set_xml(path, root)
    package.set_xml(comments_path, comments)
    package.mark()
    return package.zipped({name: info for name, (info, _) in parts.items()})


def _segments(body: Any, space: str, text: str) -> list[_Segment]:
    """Where the words of the file stand in the text, in the order of the text."""
    segments: list[_Segment] = []
    cursor = 0
    for paragraph in body.iter(space + "p"):
        pieces = list(_pieces(paragraph, space))
        joined = "".join(words for words, _ in pieces)
        at = 0
        for line in joined.split("\n"):
            bare = line.strip()
            place = at + len(line) - len(line.lstrip()) if bare else at
            at += len(line) + 1
            if not bare:
                continue
            limit = cursor + len(bare) + _WINDOW if len(bare) < 10 else len(text)
            found = text.find(bare, cursor, limit)
            if found >= 0:
                cursor = found + len(bare)
            else:
                found = text.find(bare) if len(bare) >= 10 else -1
            if found >= 0:
                segments += _spread(pieces, place, len(bare), found)
            else:
                cursor = _scattered(pieces, place, place + len(bare), text, cursor, segments)
    segments.sort(key=lambda segment: segment.start)
    return segments


def _scattered(
    pieces: list[tuple[str, Any]], low: int, high: int, text: str, cursor: int, segments: list[_Segment]
) -> int:
    """Finds the stretches of a line one by one, where a sign that is no text stands between them."""
    at = 0
    for words, element in pieces:
        if element is not None and low <= at < high and len(words.strip()) > 1:
            found = text.find(words.strip(), cursor, cursor + len(words) + _WINDOW)
            if found >= 0:
                lead = len(words) - len(words.lstrip())
                cursor = found + len(words.strip())
                segments.append(_Segment(found, cursor, element, lead))
        at += len(words)
    return cursor


def _spread(pieces: list[tuple[str, Any]], place: int, length: int, found: int) -> Iterator[_Segment]:
    """The segments of a line: `place` its first character among the pieces, `found` in the text."""
    at = 0
    for words, element in pieces:
        low, high = max(at, place), min(at + len(words), place + length)
        if element is not None and low < high:
            yield _Segment(found + low - place, found + high - place, element, low - at)
        at += len(words)


def _pieces(paragraph: Any, space: str) -> Iterator[tuple[str, Any]]:
    """The shown words of a paragraph with their elements, text boxes apart."""
    skipped = {
        space + t for t in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "rt", "instrText", "delText")
    }
    for child in paragraph:
        tag = child.tag
        if tag == space + "t":
            yield (child.text or "").replace("\n", " "), child
        elif tag in (space + "tab", space + "ptab"):
            yield "\t", None
        elif tag in (space + "br", space + "cr"):
            yield "\n", None
        elif tag == space + "noBreakHyphen":
            yield "-", None
        elif tag not in skipped and isinstance(tag, str):
            yield from _pieces(child, space)


def _place(segments: list[_Segment], note: Note) -> tuple[tuple[Any, int] | None, tuple[Any, int] | None]:
    """The elements and offsets at which a comment begins and ends."""
    inside = [s for s in segments if s.end > note.start and s.start < note.end]
    if not inside:
        near = min(
            segments, key=lambda s: min(abs(s.start - note.start), abs(s.end - note.start)), default=None
        )
        if near is None:
            return None, None
        inside = [near]
    first, last = inside[0], inside[-1]
    begin = first.offset + max(0, note.start - first.start)
    end = last.offset + min(last.end, max(note.end, last.start + 1)) - last.start
    if first is last and begin >= end:
        begin, end = first.offset, first.offset + first.end - first.start
    return (first.element, begin), (last.element, end)


def _runs(cuts: dict[Any, list[_Cut]], space: str) -> list[Any]:
    runs: dict[Any, None] = {}
    for element in cuts:
        run = next(element.iterancestors(space + "r"), None)
        if run is not None:
            runs[run] = None
    return list(runs)


def _divide(run: Any, cuts: dict[Any, list[_Cut]], space: str) -> None:
    """Puts the marks of comments into a run, dividing it where they stand inside."""
    from lxml import etree

    look = run.find(space + "rPr")
    out: list[Any] = []

    def fresh() -> Any:
        made = etree.Element(run.tag, run.attrib)
        if look is not None:
            made.append(deepcopy(look))
        return made

    current, filled = fresh(), False
    for child in list(run):
        if child is look:
            continue
        marks = sorted(cuts.get(child, ()), key=lambda cut: (cut.offset, cut.begins))
        done = 0
        words = child.text or ""
        for cut in marks:
            if cut.offset > done:
                current.append(_words(words[done : cut.offset], space))
                filled, done = True, cut.offset
            if filled:
                out.append(current)
                current, filled = fresh(), False
            out += _marks(cut, space)
        if not marks:
            current.append(child)
            filled = True
        elif done < len(words):
            current.append(_words(words[done:], space))
            filled = True
    if filled:
        out.append(current)
    parent = run.getparent()
    place = parent.index(run)
    out[-1].tail = run.tail
    parent[place : place + 1] = out


def _words(words: str, space: str) -> Any:
    from lxml import etree

    element = etree.Element(space + "t")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = words
    return element


def _marks(cut: _Cut, space: str) -> list[Any]:
    from lxml import etree

    mark = etree.Element(space + ("commentRangeStart" if cut.begins else "commentRangeEnd"))
    mark.set(space + "id", str(cut.number))
    if cut.begins:
        return [mark]
    run = etree.Element(space + "r")
    reference = etree.SubElement(run, space + "commentReference")
    reference.set(space + "id", str(cut.number))
    return [mark, run]


def _comment(space: str, number: int, note: Note, author: str, initials: str, date: str | None) -> Any:
    from lxml import etree

    comment = etree.Element(space + "comment")
    for key, said in (("id", str(number)), ("author", author), ("date", date), ("initials", initials)):
        if said:
            comment.set(space + key, said)
    for place, words in enumerate(note.paragraphs):
        paragraph = etree.SubElement(comment, space + "p")
        if not place:
            etree.SubElement(etree.SubElement(paragraph, space + "r"), space + "annotationRef")
        etree.SubElement(paragraph, space + "r").append(_words(_FORBIDDEN.sub("", words), space))
    return comment
