"""The parts of a .docx, to be read, changed and packed again."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts by name.

    Args:
        parts: the content of each; changed in place.
    """

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
            root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})  # type: ignore[dict-item]
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
            root = etree.Element(space + "Relationships", nsmap={None: space[1:-1]})  # type: ignore[dict-item]
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
