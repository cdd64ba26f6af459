"""Word documents (.docx, .docm, and the single-file XML form), whoever wrote them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from audit.document.model import Text
from audit.document.readers.docx_lines import Line, Walker
from audit.document.readers.docx_lists import Styles, lists_of
from audit.document.readers.interface import Composer, damaged
from audit.document.readers.package import Package, W, names_of

FORMAT = "docx"
_KIND = "Word "
_W = f"{{{W}}}"
_SPACE = re.compile(r"\s+")


def recognises(data: bytes) -> bool:
    """Whether the content is a zip with a Word body."""
    return any(re.fullmatch(r"word[/\\]document\d*\.xml", n, re.IGNORECASE) for n in names_of(data))


def read(data: bytes, name: str) -> Text:
    """The body in order, automatic numbers resolved, notes at the end, headers and footers left out."""
    package = Package(data, name, _KIND)
    composer = Composer()
    for line in lines(package):
        composer.add(line.text, line.kind, line.level, line.index)
    return composer.text(FORMAT, _hints(package))


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
            title = _SPACE.sub(" ", element.text).strip()
            if title:
                return {"title": title}
    return {}
