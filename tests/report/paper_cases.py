"""Reading papers back, and results with planted findings."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from page_cases import changed, seed

from audit.result import Result

NEVER = ("未开展", "未落实", "不达标", "未履职")


def docx_text(content: bytes) -> str:
    """All the text of a .docx, headers and tables included, a paragraph a line."""
    document = Document(io.BytesIO(content))
    roots = [document.element.body]
    for section in document.sections:
        roots += [part._element for part in (section.first_page_header, section.header, section.footer)]
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join(
        "".join(t.text or "" for t in p.iter(f"{name}t")) for root in roots for p in root.iter(f"{name}p")
    )


def letter_only(content: bytes) -> str:
    """The text before the annexes and the page for the office itself."""
    text = docx_text(content)
    cuts = [text.find(mark) for mark in ("\n附件\n", "\n附件1\n", "\n发文前核对单\n") if text.find(mark) > 0]
    return text[: min(cuts)] if cuts else text


def dates_in_zip(content: bytes) -> set[tuple[int, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.date_time for info in archive.infolist()}


def without(name: str, *changes: tuple[str, str, str], **more: Any) -> Result:
    """A seed's result with verdicts planted: (checklist kind, item, verdict)."""
    data = seed(name).model_dump()
    for kind, item, verdict in changes:
        for sheet in data["checklists"]:
            for group in sheet["groups"]:
                for each in group["items"]:
                    if sheet["kind"] == kind and each["id"] == item:
                        each |= {"verdict": verdict, "credit": 0.0, "needs_review": False}
    return changed(Result.model_validate(data), **more)
