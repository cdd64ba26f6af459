"""Zip packages (docx, odt, ofd): parts read within bounds, XML parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from audit.document.readers.interface import damaged, locked
from audit.errors import InputError

MOST = 128 * 1024 * 1024
"""Bytes that the parts of one package may take when unpacked; a report takes a hundredth."""


def names_of(data: bytes) -> tuple[str, ...]:
    """The names inside a zip, none where it is no zip or cannot be opened."""
    if not data.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return tuple(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ()


class Package:
    """An opened zip package.

    Args:
        data: the file.
        name: shown in faults.
        kind: the format as the user knows it, such as `Word `.
    """

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise damaged(name, kind) from error
        self._entries = {i.filename.replace("\\", "/").lstrip("/").lower(): i for i in self._zip.infolist()}
        self._left = MOST

    def part(self, path: str) -> bytes | None:
        """A part's bytes, None where there is none.

        Raises:
            InputError: damaged, encrypted, or unpacked far larger than any report.
        """
        entry = self._entries.get(path.lstrip("/").lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise locked(self.name)
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(self._left + 1)
        except RuntimeError as error:
            raise locked(self.name) from error
        except Exception as error:
            raise damaged(self.name, self.kind) from error
        self._left -= len(content)
        if self._left < 0:
            raise InputError("文件解压后过大,不像一份报告", self.name, "请向报送单位索取原件")
        return content

    def xml(self, path: str) -> Any | None:
        """The root of an XML part, None where there is none."""
        content = self.part(path)
        if content is None:
            return None
        root = parse_xml(content)
        if root is None:
            raise damaged(self.name, self.kind)
        return root


def parse_xml(content: bytes) -> Any | None:
    """The root of an XML text, mended where it is slightly broken; None where nothing can be made of it."""
    from lxml import etree

    content = content.replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode())
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=recover, huge_tree=True, remove_comments=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            return root
    return None


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of WordprocessingML; the strict variant is read as this one."""
