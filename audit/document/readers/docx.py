"""Word documents (.docx, .docm, and the single-file XML form), whoever wrote them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from audit.document.model import Text
from audit.document.readers.docx_lines import Line, Walker
from audit.document.readers.docx_lists import Styles, lists_of
from audit.document.readers.interface import Composer, damaged, title_hint
from audit.document.readers.package import Package, W, names_of, parse_xml

FORMAT = "docx"
_KIND = "Word "
_W = f"{{{W}}}"


_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def recognises(data: bytes) -> bool:
    """Whether the content is a zip with a Word body, or one XML file that holds such a package."""
    if _flat(data):
        return True
    return any(re.fullmatch(r"word[/\\]document\d*\.xml", n, re.IGNORECASE) for n in names_of(data))


def read(data: bytes, name: str) -> Text:
    """The body in order, automatic numbers resolved, notes at the end, headers and footers left out."""
    package = FlatPackage(data, name, _KIND) if _flat(data) else Package(data, name, _KIND)
    composer = Composer()
    for line in lines(package):
        composer.add(line.text, line.kind, line.level, line.index)
    text = composer.text(FORMAT, _hints(package))
    return text if text.text else _chunk(package) or text


class FlatPackage(Package):
    """A package whose parts stand in one XML file (“Word XML 文档”)."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        root = parse_xml(data)
        if root is None:
            raise damaged(name, kind)
        self.name, self.kind = name, kind
        self._parts = {part.get(_PACKAGE + "name", "").lstrip("/").lower(): part for part in root}

    def part(self, path: str) -> bytes | None:
        """The bytes of an XML part."""
        from lxml import etree

        element = self._parts.get(path.lstrip("/").lower())
        content = element.find(_PACKAGE + "xmlData") if element is not None else None
        return etree.tostring(content[0]) if content is not None and len(content) else None


def _flat(data: bytes) -> bool:
    return data[:4].lstrip(b"\xef\xbb\xbf").startswith(b"<") and b"<pkg:package" in data[:1024]


def _chunk(package: Package) -> Text | None:
    """The page that a body without paragraphs takes in (altChunk), as web tools make such files."""
    from audit.document.readers import html

    path = _related(package, body_path(package)).get("aFChunk")
    content = package.part(path) if path else None
    return replace(html.read(content, package.name), format=FORMAT) if content else None


def body_path(package: Package) -> str:
    """Where the body lies in the package."""
    root = package.xml("_rels/.rels")
    for relation in () if root is None else root:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def lines(package: Package) -> Iterator[Line]:
    """The lines of a document as they stand in its text, with the runs that they come from.

    Raises:
        InputError: damaged or locked.
    """
    path = body_path(package)
    root = package.xml(path)
    body = root.find(_W + "body") if root is not None else None
    if body is None:
        raise damaged(package.name, _KIND)
    yield from lines_of(package, path, body)


def lines_of(package: Package, path: str, body: Any) -> Iterator[Line]:
    """The lines of a body that is already parsed, then those of the notes it refers to."""
    parts = _related(package, path)
    styles = Styles(package.xml(parts["styles"]) if "styles" in parts else None)
    numbering = package.xml(parts["numbering"]) if "numbering" in parts else None
    walker = Walker(styles, lists_of(numbering, styles))
    yield from walker.lines(body)
    for kind in ("footnote", "endnote"):
        wanted = [r.get(_W + "id") for r in body.iter(f"{_W}{kind}Reference")]
        notes = package.xml(parts[kind + "s"]) if wanted and kind + "s" in parts else None
        if notes is not None:
            by_id = {n.get(_W + "id"): n for n in notes.iter(_W + kind)}
            for key in wanted:
                if key in by_id:
                    yield from walker.lines(by_id[key], "note")


def _related(package: Package, path: str) -> dict[str, str]:
    """The parts that a body refers to, by the last word of their relation."""
    folder, file = posixpath.split(path)
    root = package.xml(f"{folder}/_rels/{file}.rels")
    parts: dict[str, str] = {}
    for relation in () if root is None else root:
        target = str(relation.get("Target", ""))
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        parts[kind] = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return parts


def _hints(package: Package) -> dict[str, str]:
    root = package.xml("docProps/core.xml")
    for element in () if root is None else root:
        if element.tag == "{http://purl.org/dc/elements/1.1/}title" and element.text:
            return title_hint(element.text)
    return {}
