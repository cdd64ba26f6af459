"""An office's own letter template: a .docx with places such as {{标题}} and {{正文}}."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.errors import UsageError, system_fault
from audit.report.docx_kit import CREATOR, MOMENT, Sheet, settled
from audit.report.letter import annex_lines, annexes, inner
from audit.report.letter_text import Letter

PLACE = re.compile(r"\{\{\s*([^{}\s]+?)\s*\}\}")
NAMES = {
    "标题": "title", "复核标记": "mark", "主送机关": "addressee", "正文": "body", "发文机关": "sender",
    "发文字号": "number", "落款机关": "signature", "成文日期": "date", "期限": "deadline", "联系人": "contact", "附件": "annexes",
    "说明": "remark", "抄送": "copies", "导语": "opening", "结束语": "closing", "总体情况": "overall",
    "法定内容": "statutory", "建议内容": "items", "核实内容": "figures", "文字规范": "wording",
}  # fmt: skip
SECTIONS = ("overall", "statutory", "items", "figures", "wording")


def filled(letter: Letter, template: Path) -> bytes:
    """The office's template with its places filled, the annexes behind it.

    Raises:
        UsageError: the template cannot be read, or holds a place that the program does not know.
    """
    from docx import Document

    try:
        document: Any = Document(io.BytesIO(template.read_bytes()))
    except OSError as error:
        raise UsageError(f"反馈函模板读不出来({system_fault(error)[0]})", str(template), system_fault(error)[1]) from None
    except Exception:  # noqa: BLE001 - whatever a broken package raises
        raise UsageError("反馈函模板不是 .docx 文件", str(template), "请用 Word 另存为 .docx") from None
    values = _values(letter)
    used: set[str] = set()
    for paragraph in list(_paragraphs(document)):
        text = "".join(run.text for run in paragraph.runs)
        keys = [NAMES.get(name, name) for name in PLACE.findall(text)]
        for key, name in zip(keys, PLACE.findall(text), strict=True):
            if key not in values:
                known = "、".join("{{" + each + "}}" for each in NAMES)
                raise UsageError(f"反馈函模板里的“{{{{{name}}}}}”不认识", str(template), f"可用 {known}")
        if keys:
            used.update(keys)
            _fill(paragraph, text, values)
    if not used:
        raise UsageError("反馈函模板里没有占位符", str(template), "请在模板中写明 {{标题}}、{{主送机关}}、{{正文}} 等位置")
    if letter.mark and "mark" not in used:
        first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
        first.insert_paragraph_before(letter.mark)
    if "remark" not in used:
        document.add_paragraph(letter.remark)
    sheet = Sheet.over(document)
    annexes(sheet, letter)
    inner(sheet, letter)
    core = document.core_properties
    core.title = letter.title
    core.author = core.last_modified_by = CREATOR
    core.created = core.modified = MOMENT.replace(tzinfo=None)
    core.last_printed = MOMENT.replace(tzinfo=None)
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _values(letter: Letter) -> dict[str, list[str]]:
    """What stands at each place: one text a paragraph."""
    sections: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for section in letter.sections:
        sections[section.key] = [section.head, *(line.lead + line.text for line in section.lines)]
    body = [text for name in SECTIONS for text in sections[name]]
    return {
        "title": [letter.title],
        "mark": [letter.mark] if letter.mark else [],
        "addressee": [letter.addressee],
        "body": [letter.opening, *body, letter.closing],
        "sender": [letter.sender],
        "number": [letter.number],
        "signature": [letter.sender] if letter.signed else [],
        "date": [letter.date] if letter.signed else [],
        "deadline": [letter.deadline],
        "contact": [letter.contact],
        "annexes": [text for text, _ in annex_lines(letter.annexes)],
        "remark": [letter.remark],
        "copies": [letter.copies] if letter.copies else [],
        "opening": [letter.opening],
        "closing": [letter.closing],
        **sections,
    }


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph of the body, its tables, headers and footers."""
    from docx.text.paragraph import Paragraph

    roots = [(document.element.body, document)]
    for section in document.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.first_page_footer,
            section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous:
                roots.append((part._element, part))
    for element, owner in roots:
        for each in element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            yield Paragraph(each, owner)


def _fill(paragraph: Any, text: str, values: dict[str, list[str]]) -> None:
    """Fills the places of a paragraph, in the form of its first run; several texts make several paragraphs."""
    only = PLACE.fullmatch(text.strip())
    if only is not None:
        texts = values[NAMES.get(only[1], only[1])]
    else:
        texts = [PLACE.sub(lambda match: " ".join(values[NAMES.get(match[1], match[1])]), text)]
    for extra in paragraph.runs[1:]:
        extra._r.getparent().remove(extra._r)
    if not texts:
        paragraph.runs[0].text = ""
        return
    model = copy.deepcopy(paragraph._p)
    paragraph.runs[0].text = texts[0]
    last = paragraph._p
    for more in texts[1:]:
        made = copy.deepcopy(model)
        last.addnext(made)
        type(paragraph)(made, paragraph._parent).runs[0].text = more
        last = made


__all__ = ["NAMES", "filled"]
