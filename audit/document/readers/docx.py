"""Word documents (.docx)."""

from __future__ import annotations

import io
import zipfile

from audit.document.model import Text
from audit.document.readers.interface import Composer, damaged, empty

FORMAT = "docx"


def recognises(data: bytes) -> bool:
    """Whether the content is a zip with a Word body."""
    if not data.startswith(b"PK"):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return any(name.startswith("word/document") for name in names)


def read(data: bytes, name: str) -> Text:
    """The paragraphs of the body in order."""
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise damaged(name, "Word ") from error
    composer = Composer()
    for index, paragraph in enumerate(document.paragraphs, 1):
        composer.add(paragraph.text, index=index)
    text = composer.text(FORMAT)
    if not text.text:
        raise empty(name)
    return text
