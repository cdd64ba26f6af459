"""Word and WPS binary files (.doc, .wps), recognised by what they hold."""

from __future__ import annotations

import io
from typing import Any

from audit.document.model import Text
from audit.document.readers import office
from audit.document.readers.doc import Body
from audit.document.readers.interface import Composer, damaged, locked, title_hint
from audit.errors import InputError

FORMAT = "doc"
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {"workbook": "Excel 表格", "book": "Excel 表格", "powerpoint document": "演示文稿"}


def recognises(data: bytes) -> bool:
    """Whether the content is a compound file."""
    return data.startswith(_MAGIC)


def read(data: bytes, name: str) -> Text:
    """The body in order, automatic numbers resolved; older formats by way of an office program.

    Raises:
        InputError: damaged, locked, a table or slides, or an old format that nothing here reads.
    """
    import olefile

    format = "wps" if name.lower().endswith((".wps", ".wpt")) else FORMAT
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
    except Exception as error:
        raise damaged(name, "Word ") from error
    streams = {entry[0].lower() for entry in container.listdir()}
    if "encryptedpackage" in streams:
        raise locked(name)
    for stream, kind in _OTHERS.items():
        if stream in streams and "worddocument" not in streams:
            raise InputError(f"这是{kind},不是报告正文", name, "请交 .docx、.wps、.pdf、.ofd 或 .txt 的报告")
    if "worddocument" not in streams:
        return office.convert(data, name, ".wps", format)
    try:
        main = container.openstream("WordDocument").read()
        if len(main) < 512:
            raise ValueError("cut off")
        if main[11] & 0x01:
            raise locked(name)
        if main[2] | main[3] << 8 < 0xC1:
            return office.convert(data, name, ".doc", format)
        table = container.openstream("1Table" if main[11] & 0x02 else "0Table").read()
        composer = Composer()
        Body(main, table).compose(composer)
        return composer.text(format, _hints(container))
    except InputError:
        raise
    except Exception as error:
        raise damaged(name, "Word ") from error


def _hints(container: Any) -> dict[str, str]:
    try:
        facts = container.get_metadata()
        raw = facts.title or b""
        page = (facts.codepage or 0) & 0xFFFF
        for encoding in ("utf-8", "gb18030") if page == 65001 else ("gb18030", "utf-8"):
            try:
                return title_hint(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
    except Exception:  # noqa: BLE001 - a broken title must not stop the reading
        pass
    return {}
