"""Word comments set into a .docx whose text stays as it is.

Places are given as offsets of the report's text; the runs of the file are found again by their words, in
order, so that nothing but the text itself is needed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WINDOW = 400
"""How far ahead a short paragraph is looked for."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


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
    package = _Parts({name: content for name, (_, content) in parts.items()})
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


class _Parts:
    """The parts of a package, to be read, changed and packed again."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts

    def xml(self, name: str) -> Any | None:
        """The root of a part."""
        from lxml import etree

        content = self._parts.get(name.lstrip("/"))
        if content is None:
            return None
        try:
            return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise ValueError("not a .docx") from error

    def set_xml(self, name: str, root: Any) -> None:
        """Puts a part in the package."""
        from lxml import etree

        self._parts[name.lstrip("/")] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def body_path(self) -> str:
        """Where the body lies."""
        root = self.xml("_rels/.rels")
        for relation in () if root is None else root:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def comments(self, body: str, space: str) -> tuple[str, Any]:
        """The part of the comments, made where there is none."""
        from lxml import etree

        folder, file = posixpath.split(body)
        kind = _RELATED_STRICT if "purl.oclc.org" in space else _RELATED
        relations = f"{folder}/_rels/{file}.rels"
        target = self._relate(relations, f"{kind}/comments", "comments.xml")
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        self._declare(path, _WORD)
        root = self.xml(path)
        return path, etree.Element(space + "comments", nsmap={"w": space[1:-1]}) if root is None else root

    def mark(self) -> None:
        """Says in the file's properties that this program made the copy."""
        from lxml import etree

        name = self._relate("_rels/.rels", f"{_RELATED}/custom-properties", "docProps/custom.xml").lstrip("/")
        self._declare(name, _CUSTOM)
        root = self.xml(name)
        if root is None:
            root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
        if any(entry.get("name") == "fazhi-audit" for entry in root):
            return
        numbers = [int(entry.get("pid", "1")) for entry in root if entry.get("pid", "").isdigit()]
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
        entry.set("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
        entry.set("pid", str(max(numbers, default=1) + 1))
        entry.set("name", "fazhi-audit")
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = "annotated"
        self.set_xml(name, root)

    def zipped(self, infos: dict[str, zipfile.ZipInfo]) -> bytes:
        """The package; parts keep the dates they had, new ones get a fixed one."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in self._parts.items():
                info = zipfile.ZipInfo(name, infos[name].date_time if name in infos else _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                out.writestr(info, content)
        return buffer.getvalue()

    def _relate(self, name: str, kind: str, target: str) -> str:
        """The target of the first relation of a kind, made where there is none."""
        from lxml import etree

        space = f"{{{_PACKAGE}relationships}}"
        root = self.xml(name)
        if root is None:
            root = etree.Element(space + "Relationships", nsmap={None: space[1:-1]})
        for relation in root:
            if str(relation.get("Type", "")).rsplit("/", 1)[-1] == kind.rsplit("/", 1)[-1]:
                return str(relation.get("Target"))
        taken = {relation.get("Id") for relation in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdF{n}" not in taken)
        etree.SubElement(root, space + "Relationship", Id=f"rIdF{number}", Type=kind, Target=target)
        self.set_xml(name, root)
        return target

    def _declare(self, name: str, kind: str) -> None:
        from lxml import etree

        space = f"{{{_PACKAGE}content-types}}"
        root = self.xml("[Content_Types].xml")
        if root is None:
            raise ValueError("not a .docx")
        if not any(entry.get("PartName", "").lower() == f"/{name}".lower() for entry in root):
            etree.SubElement(root, space + "Override", PartName=f"/{name}", ContentType=kind)
            self.set_xml("[Content_Types].xml", root)
