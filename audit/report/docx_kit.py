"""Official papers as .docx in the layout of GB/T 9704: page, fonts, ranks, blanks; same content, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

CREATOR = "fazhi-audit"
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""The date that every paper bears inside, so that the same content gives the same bytes."""

TITLE, BODY, FIRST, SECOND = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
FALLBACKS = {
    TITLE: ("小标宋体", "宋体", "roman"),
    BODY: ("仿宋", "FangSong", "modern"),
    FIRST: ("SimHei", "Noto Sans CJK SC", "swiss"),
    SECOND: ("楷体", "KaiTi", "modern"),
}
"""Other names for each font, for machines that do not have it."""

TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""Margins in millimetres."""
PITCH = 28
"""Line pitch in points."""
SIZE = 16
"""Body size in points (三号)."""
LINE = 27
"""Characters of body size in a line of 156 mm."""
PAGE = 22
"""Lines of a page."""

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BLANK = re.compile(r"【待填[^】]*】")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
def plain(text: str) -> str:
    """Words of a report fit for a paper: one line, without characters that a .docx cannot hold."""
    return _CONTROL.sub("", re.sub(r"\s*\n\s*", " ", text.replace("\r", "\n").replace("\t", " "))).strip()


def lines_of(text: str, *, size: float = SIZE, indent: float = 2) -> int:
    """How many lines a paragraph takes, estimated: a Latin character is half a Chinese one."""
    return max(1, -(-int((indent + width(text)) * size * 10) // (SIZE * LINE * 10)))


def width(text: str) -> float:
    """How wide a text is, in Chinese characters: a Latin one is half as wide."""
    return sum(1 if ord(char) > 0x2000 else 0.52 for char in text)


class Sheet:
    """A paper that is being written, one paragraph after another.

    Args:
        title: what the file says of itself (document property).
        numbered: whether pages bear numbers.
        landscape: A4 lying.
    """

    def __init__(self, title: str, *, numbered: bool = True, landscape: bool = False) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm, Pt

        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.top_margin, section.bottom_margin = (Mm(26), Mm(24)) if landscape else (Mm(TOP), Mm(BOTTOM))
        section.left_margin, section.right_margin = (Mm(24), Mm(24)) if landscape else (Mm(LEFT), Mm(RIGHT))
        section.header_distance, section.footer_distance = Mm(20), Mm(25 if not landscape else 14)
        self.section: Any = section
        style = self.document.styles["Normal"]
        style.font.size = Pt(SIZE)
        self._fonts(style.element.get_or_add_rPr(), BODY)
        self._tongue(style.element.get_or_add_rPr())
        core = self.document.core_properties
        core.author = core.last_modified_by = CREATOR
        core.title, core.comments, core.keywords, core.subject = title, "", "", ""
        core.created = core.modified = MOMENT.replace(tzinfo=None)
        core.revision = 1
        if numbered:
            self._numbers()

    @classmethod
    def over(cls, document: Any) -> Sheet:
        """A sheet that goes on writing at the end of a document that is already there."""
        made = cls.__new__(cls)
        made.document, made.section = document, document.sections[-1]
        return made

    @property
    def line(self) -> float:
        """Width of a line in points."""
        section: Any = self.section
        return float(section.page_width - section.left_margin - section.right_margin) / 12700

    # --- what a paper is made of ---

    def title(self, text: str, *, size: float = 22, after: float = 14, before_word: str = "") -> Any:
        """The title: centred, 小标宋; a long one is broken before `before_word`, where the lines allow it."""
        from docx.shared import Pt

        made = self.paragraph(
            text, font=TITLE, size=size, align="center", indent=0, pitch=size * 1.55, after=after, keep=True
        )
        head = text[: text.index(before_word)] if before_word and before_word in text else ""
        full, need, rest = self.line, (width(head) + 0.8) * size, width(text[len(head) :]) * size
        if head and width(text) * size > full and max(need, rest) <= full and rest <= need:
            made.paragraph_format.left_indent = made.paragraph_format.right_indent = Pt((full - need) / 2)
        elif width(text) * size > full:
            rows = -(-int((width(text) + 1.5) * size * 10) // int(full * 10))
            made.paragraph_format.left_indent = made.paragraph_format.right_indent = Pt(
                max(0, (full - (width(text) / rows + 2) * size) / 2)
            )
        return made

    def centred(self, text: str, *, font: str = SECOND, size: float = SIZE, after: float = 0) -> Any:
        """A centred line."""
        return self.paragraph(text, font=font, size=size, align="center", indent=0, after=after)

    def flush(self, text: str, *, font: str = BODY, size: float = SIZE, after: float = 0) -> Any:
        """A line without indent, such as the addressee."""
        return self.paragraph(text, font=font, size=size, indent=0, after=after)

    def first(self, text: str) -> Any:
        """A heading of the first rank: 一、"""
        return self.paragraph(text, font=FIRST, keep=True)

    def second(self, text: str) -> Any:
        """A heading of the second rank on a line of its own: (一)"""
        return self.paragraph(text, font=SECOND, keep=True)

    def lead(self, heading: str, text: str, *, size: float = SIZE, pitch: float = PITCH) -> Any:
        """A paragraph whose first words are a heading of the second rank."""
        made = self.paragraph("", size=size, pitch=pitch)
        self._words(made, heading, SECOND, size, bold=False)
        self._words(made, text, BODY, size, bold=False)
        return made

    def paragraph(
        self, text: str, *, font: str = BODY, size: float = SIZE, align: str = "both", indent: float = 2,
        pitch: float = PITCH, before: float = 0, after: float = 0, bold: bool = False, keep: bool = False,
        right: float = 0,
    ) -> Any:  # fmt: skip
        """A paragraph; `indent` and `right` in characters, the rest in points. Blanks are marked."""
        made = self.document.add_paragraph()
        self._shape(made, size, align, indent, pitch, before, after, keep)
        if right:
            from docx.shared import Pt

            made.paragraph_format.right_indent = Pt(right * size)
        self._words(made, text, font, size, bold=bold)
        return made

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], *, size: float = 12,
        centred: Iterable[int] = (),
    ) -> Any:  # fmt: skip
        """A ruled table; its head is repeated on every page, no row breaks over two.

        Args:
            head: names of the columns.
            rows: their cells.
            widths: of the columns in millimetres.
            size: in points.
            centred: columns that are centred.
        """
        from docx.oxml import parse_xml

        middle = set(centred)
        twips = [round(width * 1440 / 25.4) for width in widths]
        lines = ["".join(f'<w:gridCol w:w="{width}"/>' for width in twips)]
        for number, cells in enumerate([head, *rows]):
            boxes = "".join(
                _box(words, width, size, number == 0 or index in middle, FIRST if number == 0 else BODY)
                for index, (words, width) in enumerate(zip(cells, twips, strict=True))
            )
            lines.append(
                f"<w:tr><w:trPr><w:cantSplit/>{'' if number else '<w:tblHeader/>'}</w:trPr>{boxes}</w:tr>"
            )
        rules = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table = parse_xml(
            f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{lines[0]}</w:tblGrid>{"".join(lines[1:])}</w:tbl>'
        )
        self.document.element.body.insert_element_before(table, "w:sectPr")
        return table

    def page_break(self) -> None:
        """What follows stands on a new page."""
        from docx.enum.text import WD_BREAK

        made = self.document.add_paragraph()
        self._shape(made, 2, "left", 0, 2, 0, 0, False)
        made.add_run().add_break(WD_BREAK.PAGE)

    def letterhead(self, sender: str) -> None:
        """The head of a 信函 on the first page: the sender in red over a double line, another at the foot."""
        section = self.section
        section.different_first_page_header_footer = True
        from docx.shared import Mm

        section.header_distance = Mm(28)
        head = section.first_page_header.paragraphs[0]
        size = 30 if len(sender) <= 14 else 24 if len(sender) <= 18 else 20
        self._shape(head, size, "center", 0, size * 1.3, 0, 6, False)
        self._words(head, sender, TITLE, size, bold=False, colour="C00000")
        self._rule(head, "bottom", "thickThinMediumGap")
        foot = section.first_page_footer.paragraphs[0]
        self._shape(foot, 6, "center", 0, 8, 0, 0, False)
        self._rule(foot, "top", "thinThickMediumGap")

    def bytes(self) -> bytes:
        """The finished file: the same bytes for the same content."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return settled(buffer.getvalue(), fonts=True)

    # --- how it is set ---

    def _shape(
        self,
        paragraph: Any,
        size: float,
        align: str,
        indent: float,
        pitch: float,
        before: float,
        after: float,
        keep: bool,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        places = {
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "center": WD_ALIGN_PARAGRAPH.CENTER,
            "left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }  # fmt: skip
        form = paragraph.paragraph_format
        form.alignment = places[align]
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.widow_control = False
        if indent:
            form.first_line_indent = Pt(indent * size)
        if keep:
            form.keep_with_next = True

    def _words(
        self, paragraph: Any, text: str, font: str, size: float, *, bold: bool, colour: str = ""
    ) -> None:
        from docx.enum.text import WD_COLOR_INDEX
        from docx.shared import Pt, RGBColor

        at = 0
        pieces: list[tuple[str, bool]] = []
        for match in BLANK.finditer(text):
            pieces += [(text[at : match.start()], False), (match[0], True)]
            at = match.end()
        pieces.append((text[at:], False))
        for words, blank in pieces:
            if not words:
                continue
            run = paragraph.add_run(_CONTROL.sub("", words))
            run.font.size = Pt(size)
            run.bold = bold or None
            self._fonts(run._r.get_or_add_rPr(), font)
            if blank:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour)

    @staticmethod
    def _fonts(properties: Any, font: str) -> None:
        from docx.oxml.ns import qn

        fonts = properties.get_or_add_rFonts()
        for name, value in (
            ("ascii", LATIN),
            ("hAnsi", LATIN),
            ("cs", LATIN),
            ("eastAsia", font),
            ("hint", "eastAsia"),
        ):
            fonts.set(qn(f"w:{name}"), value)
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)

    @staticmethod
    def _tongue(properties: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), "en-US")
        tongue.set(qn("w:eastAsia"), "zh-CN")
        properties.append(tongue)

    @staticmethod
    def _rule(paragraph: Any, side: str, kind: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = -Mm(7)
        borders = OxmlElement("w:pBdr")
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "24"), ("space", "4"), ("color", "C00000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders,
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:kinsoku",
            "w:wordWrap",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:rPr",
        )

    def _numbers(self) -> None:
        """Page numbers — 1 —, outside: odd pages at the right, even ones at the left."""
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, place in ((self.section.footer, "right"), (self.section.even_page_footer, "left")):
            paragraph = footer.paragraphs[0]
            self._shape(paragraph, 14, place, 0, 18, 0, 0, False)
            from docx.shared import Pt

            form = paragraph.paragraph_format
            form.right_indent, form.left_indent = (Pt(14), None) if place == "right" else (None, Pt(14))
            self._words(paragraph, "— ", "宋体", 14, bold=False)
            self._field(paragraph, "PAGE")
            self._words(paragraph, " —", "宋体", 14, bold=False)

    def _field(self, paragraph: Any, code: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        for kind in ("begin", "", "separate", "text", "end"):
            run = paragraph.add_run("1" if kind == "text" else "")
            run.font.size = Pt(14)
            self._fonts(run._r.get_or_add_rPr(), "宋体")
            if kind in ("begin", "separate", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif not kind:
                words = OxmlElement("w:instrText")
                words.text = code
                run._r.append(words)


def _box(words: str, width: int, size: float, middle: bool, font: str) -> str:
    """A table cell as XML."""
    from xml.sax.saxutils import escape

    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{font}" w:hint="eastAsia"/>'
    run = (
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{round(size * 2)}"/></w:rPr><w:t xml:space="preserve">{escape(plain(words))}</w:t></w:r>'
        if words
        else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:widowControl w:val="0"/><w:spacing w:before="20" w:after="20" w:line="{round(size * 27)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{"center" if middle else "left"}"/></w:pPr>{run}</w:p></w:tc>'
    )


def settled(content: bytes, *, fonts: bool = False) -> bytes:
    """A zip package written anew with fixed dates, its members in their order.

    Args:
        content: the package.
        fonts: whether the font table is replaced by ours, with other names for each font.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            data = _font_table() if fonts and name == "word/fontTable.xml" else old.read(name)
            new.writestr(member, data)
    return buffer.getvalue()


def _font_table() -> bytes:
    rows = []
    for name, (other, third, family) in FALLBACKS.items():
        rows.append(
            f'<w:font w:name="{name}"><w:altName w:val="{other},{third}"/>'
            f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="auto"/></w:font>'
        )
    rows.append(
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + "".join(rows)
        + "</w:fonts>"
    ).encode()
