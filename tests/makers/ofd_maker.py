"""Makes .ofd files as GB/T 33190 describes them: pages of text objects with every character placed."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from makers.docx_maker import zipped

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SIZE, _LEFT, _TOP, _PITCH, _COLUMNS, _ROWS = 5.64, 28.0, 37.0, 10.2, 28, 22
"""Millimetres: type of 16 points, 28 squares a line and 22 lines a page, as GB/T 9704 asks."""
_CLOSING = "，。、；：？！”’）》,.;:?!)%％"


def wrapped(line: str, columns: int = _COLUMNS) -> Iterator[tuple[float, str]]:
    """The lines of a paragraph with their indents in squares, closing marks never at a line's head."""
    indent, text, used = 2.0, "", 2.0
    for token in re.findall(r"[0-9A-Za-z.]+|.", line):
        width = len(token) * (0.5 if token.isascii() else 1.0)
        if used + width > columns and not (token in _CLOSING and used <= columns):
            yield indent, text
            indent, text, used = 0.0, "", 0.0
        text += token
        used += width
    if text:
        yield indent, text


def _objects(text: str, x: float, y: float, number: int, runs: bool, size: float = _SIZE) -> str:
    """The text objects of a line: one for all, or one for each run of one script, as WPS makes them."""
    xml = ""
    at = x
    for k, part in enumerate(re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text) if runs else [text]):
        steps = [size * (0.5 if sign.isascii() else 1.0) for sign in part]
        even = len(set(steps)) == 1 and len(steps) > 2
        delta = f"g {len(steps) - 1} {steps[0]}" if even else " ".join(f"{step:g}" for step in steps[:-1])
        xml += (
            f'<ofd:TextObject ID="{number * 50 + k}" Boundary="{at:.2f} {y:.2f} {sum(steps):.2f} {size * 1.3:.2f}" '
            f'Font="2" Size="{size}"><ofd:FillColor Value="0 0 0"/>'
            f'<ofd:TextCode X="0" Y="{size * 0.86:.3f}" DeltaX="{delta}">{escape(part)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )
        at += sum(steps)
    return xml


def ofd(
    lines: list[str],
    runs: bool = False,
    head: str = "法治政府建设年度报告",
    table: list[list[str]] | None = None,
) -> bytes:
    """A report on pages with a running head and page numbers, the title centred.

    Args:
        lines: its lines.
        runs: each script of a line is an object of its own.
        head: the running head.
        table: rows of a ruled table at the end.
    """
    placed: list[tuple[float, str]] = []
    for number, line in enumerate(lines):
        if number == 0 and len(line) <= _COLUMNS:
            placed.append(((_COLUMNS - len(line)) / 2, line))
        else:
            placed += wrapped(line)
    pages = [placed[i : i + _ROWS] for i in range(0, len(placed), _ROWS)] or [[]]
    files: dict[str, str] = {}
    for index, page in enumerate(pages):
        xml = _objects(head, 80, 18, 900, runs, 3.5)
        xml += _objects(f"— {index + 1} —", 160, 272, 901, runs, 4.9)
        for row, (indent, text) in enumerate(page):
            xml += _objects(text, _LEFT + indent * _SIZE, _TOP + row * _PITCH, row + 1, runs)
        if table and index == len(pages) - 1:
            xml += _table(table, _TOP + len(page) * _PITCH + 4)
        files[f"Doc_0/Pages/Page_{index}/Content.xml"] = (
            f"{_HEAD}<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="{9000 + index}" Type="Body">{xml}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return packed(files, len(pages), lines[0] if lines else "")


def _table(rows: list[list[str]], y: float) -> str:
    """A ruled table; a cell `^` goes on with the cell above."""
    width, height = 38.0, 12.0
    xml = ""
    count = 0

    def stroke(x1: float, y1: float, x2: float, y2: float) -> str:
        nonlocal count
        count += 1
        return (
            f'<ofd:PathObject ID="{7000 + count}" Boundary="{x1} {y1} {max(x2 - x1, 0.2)} {max(y2 - y1, 0.2)}" '
            f'LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>'
        )

    columns = len(rows[0])
    for i in range(len(rows) + 1):
        for j in range(columns):
            if not (0 < i < len(rows) and rows[i][j] == "^"):
                xml += stroke(_LEFT + j * width, y + i * height, _LEFT + (j + 1) * width, y + i * height)
    for j in range(columns + 1):
        xml += stroke(_LEFT + j * width, y, _LEFT + j * width, y + len(rows) * height)
    for i, cells in enumerate(rows):
        for j, cell in enumerate(cells):
            if cell != "^":
                for k, start in enumerate(range(0, len(cell), 8)):
                    place = _LEFT + j * width + 1, y + i * height + 1 + k * 5
                    xml += _objects(cell[start : start + 8], *place, 2000 + 100 * i + 10 * j + k, False, 4.2)
    return xml


def packed(files: dict[str, str], pages: int, title: str) -> bytes:
    """The package of some pages."""
    names = "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    root = (
        f'{_HEAD}<ofd:OFD {_SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
        "<ofd:Creator>maker</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>"
    )
    document = (
        f"{_HEAD}<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{names}</ofd:Pages></ofd:Document>"
    )
    fonts = f'{_HEAD}<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="仿宋_GB2312"/></ofd:Fonts></ofd:Res>'
    whole = {"OFD.xml": root, "Doc_0/Document.xml": document, "Doc_0/PublicRes.xml": fonts, **files}
    return zipped({name: content.encode() for name, content in whole.items()})
