"""Papers as files: DOCX in the layout of official papers, one self-contained HTML, XLSX."""

from __future__ import annotations

from html import escape
from pathlib import Path

from audit.data import write_whole
from audit.gap.blocks import Document, Table, Text
from audit.report import keep_foreign
from audit.report.docx_kit import BLANK, FIRST, SECOND, Sheet

STYLE = (
    "body{max-width:52em;margin:2em auto;padding:0 1em;font:17px/1.8 FangSong,仿宋,'Noto Serif CJK SC',serif;color:#111;background:#fff}"
    "h1{font-size:1.5em;text-align:center;font-weight:600}h2,h3{font-size:1em;margin:.6em 0 .2em}h2{font-family:SimHei,'Noto Sans CJK SC',sans-serif}"
    "p{margin:.2em 0;text-indent:2em}.mark,.sign{text-indent:0}.mark{text-align:center}.sign{text-align:right}.to{text-indent:0}.note{font-size:.85em;color:#333}"
    "h2.annex{margin-top:2.5em}table{border-collapse:collapse;width:100%;font-size:.82em;line-height:1.4;margin:.6em 0}"
    "th,td{border:1px solid #555;padding:.25em .45em;vertical-align:top}body.wide{max-width:68em}td{min-width:3.2em}td:nth-child(2){min-width:8em}td.c{text-align:center;white-space:nowrap}th{background:#eee}.wrap{overflow-x:auto}mark{background:#ff0;color:#111}"
    "@page{size:A4;margin:22mm}@media print{body{margin:0;max-width:none}tr{break-inside:avoid}thead{display:table-header-group}}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}.note{color:#ccc}th{background:#333}}"
)
_BROAD, _MIDDLE = ' class="wide"', ' class="c"'


def docx(paper: Document) -> bytes:
    """The paper as .docx."""
    sheet = Sheet(paper.title, landscape=paper.landscape)
    room = 249 if paper.landscape else 156
    for block in paper.blocks:
        if isinstance(block, Table):
            scale = room / sum(block.widths)
            rows = [
                [_cell(value, block.formats.get(i, "")) for i, value in enumerate(row)] for row in block.rows
            ]
            sheet.table(
                block.head, rows, [width * scale for width in block.widths], centred=block.centred, size=10.5
            )
        else:
            _paragraph(sheet, block)
    return sheet.bytes()


def _paragraph(sheet: Sheet, block: Text) -> None:
    kind, text = block.kind, block.text
    if kind == "title":
        sheet.title(text, after=4, before_word="年度报告")
    elif kind == "mark":
        sheet.centred(text, after=8)
    elif kind == "to":
        sheet.flush(text)
    elif kind == "first":
        sheet.first(text)
    elif kind == "second":
        sheet.second(text)
    elif kind == "annex":
        sheet.page_break()
        sheet.flush(block.lead, font=FIRST)
        sheet.title(text, size=18, after=8)
    elif kind == "caption":
        sheet.paragraph(text, font=FIRST, size=14, indent=0, pitch=24, before=8, keep=True)
    elif kind == "note":
        sheet.paragraph(text, font=SECOND, size=12, pitch=18, before=4)
    elif kind == "attached":
        sheet.paragraph(text, indent=2 if block.lead else 5)
    elif kind == "sign":
        sheet.paragraph(text, align="right", indent=0, right=2)
    elif block.lead:
        sheet.lead(block.lead, text)
    else:
        sheet.paragraph(text)


def _whole(block: Text) -> str:
    return block.text if block.kind == "attached" else block.lead + block.text


def _cell(value: object, form: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0%}" if "%" in form else f"{value:.2f}"
    return str(value)


def html(paper: Document) -> bytes:
    """The paper as one HTML file without scripts."""
    rows = [
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="generator" content="fazhi-audit">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(paper.title)}</title>'
        f"<style>{STYLE}</style></head><body{_BROAD if paper.landscape else ''}><main>"
    ]
    tags = {"title": "h1", "first": "h2", "second": "h3", "caption": "h3"}
    for block in paper.blocks:
        if isinstance(block, Table):
            head = "".join(f'<th scope="col">{escape(word)}</th>' for word in block.head)
            body = "".join(
                "<tr>"
                + "".join(
                    f"<td{_MIDDLE if i in block.centred else ''}>{escape(_cell(v, block.formats.get(i, '')))}</td>"
                    for i, v in enumerate(row)
                )
                + "</tr>\n"
                for row in block.rows
            )
            rows.append(
                f'<div class="wrap" tabindex="0" role="region" aria-label="{escape(block.name)}"><table><thead><tr>{head}</tr></thead>'
                f"<tbody>{body}</tbody></table></div>"
            )
        elif block.kind == "annex":
            rows.append(f'<h2 class="annex">{escape(block.lead)} {escape(block.text)}</h2>')
        else:
            tag = tags.get(block.kind, "p")
            text = BLANK.sub(lambda match: f"<mark>{match[0]}</mark>", escape(_whole(block)))
            rows.append(f'<{tag} class="{block.kind}">{text}</{tag}>')
    rows.append("</main></body></html>\n")
    return "\n".join(rows).encode("utf-8", errors="replace")


def xlsx(paper: Document) -> bytes:
    """The paper as a workbook: its text on the first sheet, a sheet for each table."""
    from audit.report.workbook import Book, height

    book = Book(paper.title)
    lines = [(_whole(block),) for block in paper.blocks if isinstance(block, Text)]
    cover = book.book.add_worksheet("正文")
    cover.set_column(0, 0, 110)
    for number, (line,) in enumerate(lines):
        cover.set_row(number, height([line], (110,)) + (6 if number == 0 else 0))
        book.words(
            cover, number, 0, line, text_wrap=True, bold=number == 0, font_size=14 if number == 0 else 10.5
        )
    book.printed(cover)
    used: set[str] = {"正文"}
    for block in paper.blocks:
        if isinstance(block, Table):
            book.table(
                sheet_name(block.name, used),
                block.head,
                block.rows,
                [width * 1.2 for width in block.widths],
                formats=block.formats,
                keep=2,
            )
    return book.bytes()


def sheet_name(name: str, used: set[str]) -> str:
    """A name that a sheet may bear: 31 characters, none of []:*?/\\, not used before."""
    base = "".join("_" if char in "[]:*?/\\" else char for char in name)[:28].strip("'") or "表"
    number, made = 2, base
    while made in used:
        made, number = f"{base}{number}", number + 1
    used.add(made)
    return made


WRITERS = {"docx": docx, "html": html, "xlsx": xlsx}


def write(paper: Document, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Writes a paper in each format; a file that the program did not make is never replaced.

    Raises:
        InputError: such a file stands there.
    """
    return [put(folder / f"{paper.name}.{name}", WRITERS[name](paper)) for name in formats]


def put(path: Path, content: bytes) -> Path:
    """Writes a file whole.

    Raises:
        InputError: a file stands there that this program did not make.
    """
    keep_foreign(path)
    if not (path.exists() and path.read_bytes() == content):
        write_whole(path, content)
    return path
