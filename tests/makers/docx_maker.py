"""Makes .docx files part by part, as ECMA-376 describes them, without any library."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HAN = "一二三四五六七八九十"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="heading {i}"/><w:basedOn w:val="a"/>'
    f'<w:pPr><w:outlineLvl w:val="{i - 1}"/></w:pPr></w:style>'
    for i in (1, 2, 3)
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of finished run XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def para(text: str, properties: str = "") -> str:
    """A paragraph of plain text."""
    return paragraph(run(text), properties)


def in_list(text: str, number: int, rank: int = 0) -> str:
    """A paragraph that is numbered by list `number` on level `rank`."""
    return para(text, f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{number}"/></w:numPr>')


def level(rank: int, style: str, text: str, start: int = 1, more: str = "", suffix: str = "tab") -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def table(rows: list[list[str]]) -> str:
    """A table; a cell `^` goes on with the cell above."""
    tall = {(i - 1, j) for i, cells in enumerate(rows) for j, cell in enumerate(cells) if cell == "^"}
    xml = ""
    for i, cells in enumerate(rows):
        xml += "<w:tr>"
        for j, cell in enumerate(cells):
            merge = "<w:vMerge/>" if cell == "^" else '<w:vMerge w:val="restart"/>' if (i, j) in tall else ""
            xml += f"<w:tc><w:tcPr>{merge}</w:tcPr>{para('' if cell == '^' else cell)}</w:tc>"
        xml += "</w:tr>"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in sides)
    width = f'<w:gridCol w:w="{9000 // len(rows[0])}"/>' * len(rows[0])
    style = f'<w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tblGrid>{width}</w:tblGrid>{xml}</w:tbl>"


def package(
    body: str,
    numbering: str = "",
    styles: str = STYLES,
    footnotes: str = "",
    title: str = "",
    header: str = "",
) -> bytes:
    """The whole file from the content of its parts."""
    parts = {"styles": styles, "numbering": numbering, "footnotes": footnotes}
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    types = f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    relations = ""
    files: dict[str, str] = {}
    for number, (kind, content) in enumerate(parts.items(), 1):
        if content:
            files[f"word/{kind}.xml"] = f"{_HEAD}<w:{roots[kind]} {_SPACES}>{content}</w:{roots[kind]}>"
            types += f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
            relations += f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    if header:
        files["word/header1.xml"] = f"{_HEAD}<w:hdr {_SPACES}>{para(header)}</w:hdr>"
        types += f'<Override PartName="/word/header1.xml" ContentType="{_TYPES}.header+xml"/>'
        relations += f'<Relationship Id="rId9" Type="{_OFFICE}/header" Target="header1.xml"/>'
        section = section.replace("<w:pgSz", '<w:headerReference w:type="default" r:id="rId9"/><w:pgSz')
    files["word/document.xml"] = f"{_HEAD}<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>"
    files["word/_rels/document.xml.rels"] = _relations(relations)
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    if title:
        files["docProps/core.xml"] = (
            f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
        )
        types += (
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        )
        core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        root += f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
    files["_rels/.rels"] = _relations(root)
    files["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    return zipped({name: content.encode() for name, content in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of the files given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return buffer.getvalue()


def _relations(inner: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'


def hand_numbered(lines: list[str], changes: bool = False, rows: list[list[str]] | None = None) -> bytes:
    """A report as typed: every number is text.

    Args:
        lines: its lines.
        changes: tracked insertions and deletions are woven in, such that the accepted text is `lines`.
        rows: a table at the end.
    """
    body = ""
    for number, line in enumerate(lines):
        body += paragraph(_changed(line, number) if changes else run(line))
    return package(body + (table(rows) if rows else ""), header="法治政府建设年度报告")


def _changed(line: str, number: int) -> str:
    """The line with every third paragraph edited under tracking."""
    who = f'w:id="{number}" w:author="审核" w:date="2024-01-01T00:00:00Z"'
    middle = len(line) // 2
    if number % 3 != 1 or len(line) < 6:
        return run(line)
    return (
        run(line[: middle - 2])
        + f"<w:del {who}><w:r><w:delText>删去的旧文字</w:delText></w:r></w:del>"
        + f"<w:ins {who}>{run(line[middle - 2 : middle])}</w:ins>"
        + f"<w:moveFrom {who}>{run('移走的文字')}</w:moveFrom>"
        + run(line[middle:])
    )


@dataclass
class _Lists:
    """Gives each numbered line its list; a count that does not go on gets a list of its own."""

    xml: str = ""
    count: int = 0
    values: dict[int, int] = field(default_factory=dict)
    start: dict[int, int] = field(default_factory=dict)

    def place(self, rank: int, number: int) -> int:
        expected = self.values[rank] + 1 if rank in self.values else self.start.get(rank, 1)
        if not self.count or number != expected:
            self.count += 1
            override = f'<w:lvlOverride w:ilvl="{rank}"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            self.start = {rank: number} if number != expected else {}
            inner = '<w:abstractNumId w:val="0"/>' + (override if self.start else "")
            self.xml += f'<w:num w:numId="{self.count}">{inner}</w:num>'
        self.values[rank] = number
        for deeper in [r for r in self.values if r > rank]:
            del self.values[deeper]
        return self.count


_NUMBERED = (
    (re.compile(rf"([{HAN}]+)、"), "chineseCountingThousand", "%1、"),
    (re.compile(rf"[（(]([{HAN}]+)[）)]"), "chineseCounting", "{}%2{}"),
    (re.compile(r"(\d+)[.．](?!\d)"), "decimal", "%3."),
    (re.compile(r"[（(](\d+)[）)]"), "decimal", "{}%4{}"),
    (re.compile(r"([①-⑳])"), "decimalEnclosedCircleChinese", "%5"),
)


def auto_numbered(lines: list[str]) -> bytes:
    """The same report with the numbers of its headings left to Word's lists."""
    full = any(line.startswith("（一）") for line in lines)
    brackets = "（）" if full else "()"
    lists, body = _Lists(), ""
    texts = [text.format(*brackets) if "{" in text else text for _, _, text in _NUMBERED]
    for line in lines:
        for rank, (pattern, _, _) in enumerate(_NUMBERED):
            found = pattern.match(line)
            if not found:
                continue
            shown = texts[rank].replace(f"%{rank + 1}", found[1])
            if shown == found[0] and len(line) > found.end():
                number = _value(found[1])
                style = f'<w:pStyle w:val="{rank + 1}"/>' if rank < 3 and len(line) < 40 else ""
                numbered = f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{lists.place(rank, number)}"/></w:numPr>'
                body += para(line[found.end() :], style + numbered)
                break
        else:
            body += para(line)
    levels = "".join(
        level(rank, style, text)
        for rank, ((_, style, _), text) in enumerate(zip(_NUMBERED, texts, strict=True))
    )
    abstract = (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    return package(body, abstract + lists.xml)


def _value(sign: str) -> int:
    if sign.isdecimal():
        return int(sign)
    if "①" <= sign[0] <= "⑳":
        return ord(sign[0]) - ord("①") + 1
    high, ten, low = sign.rpartition("十")
    return (
        (HAN.index(high or "一") + 1) * 10 + (HAN.index(low) + 1 if low else 0)
        if ten
        else HAN.index(sign) + 1
    )
