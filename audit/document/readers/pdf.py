"""PDF with a text layer."""

from __future__ import annotations

import re
from typing import Any

from audit.document.model import Text
from audit.document.readers.interface import damaged, locked, title_hint
from audit.document.readers.layout import Sheet, compose
from audit.document.readers.pdf_sheets import Page
from audit.document.readers.refuse import EDITABLE
from audit.errors import ScanError

FORMAT = "pdf"
MOST_PAGES = 500
"""Pages read at most; no report is longer."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def recognises(data: bytes) -> bool:
    """Whether the mark of a PDF stands near the beginning."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Text:
    """The pages' text in paragraphs, without running heads and page numbers.

    Raises:
        InputError: damaged or locked.
        ScanError: no text layer, or one that cannot be turned into characters.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise locked(name) from error
        raise damaged(name, "PDF ") from error
    try:
        sheets, scanned = _sheets(document, min(count, MOST_PAGES), name)
        hints = _hints(document)
    finally:
        document.close()
    if scanned:
        hints["scanned_pages"] = ",".join(map(str, scanned))
    return compose(sheets, FORMAT, hints)


def _sheets(document: Any, count: int, name: str) -> tuple[list[Sheet], list[int]]:
    """The pages, and the numbers of those that are pictures only."""
    sheets: list[Sheet] = []
    scanned: list[int] = []
    for index in range(count):
        try:
            page = Page(document, index)
        except Exception as error:
            raise damaged(name, "PDF ") from error
        sheet = page.sheet()
        if sum(len(line.text) for line in sheet.lines) < 20 and page.has_pictures():
            scanned.append(index + 1)
        page.close()
        sheets.append(sheet)
    text = "".join(line.text for sheet in sheets for line in sheet.lines)
    if scanned and len(text) < 40 * count or not text:
        raise ScanError("PDF 是扫描件,没有文字层", name, EDITABLE)
    if len(_UNREADABLE.findall(text)) > 0.2 * len(text):
        raise ScanError("PDF 的文字层是乱码,无法还原成文字", name, EDITABLE)
    return sheets, scanned


def _hints(document: Any) -> dict[str, str]:
    try:
        return title_hint(document.get_metadata_value("Title"))
    except Exception:  # noqa: BLE001 - a broken title must not stop the reading
        return {}
