import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from makers import docx_maker as make

from audit.document.model import Text
from audit.document.readers import read_bytes

ABSTRACT = '<w:abstractNum w:abstractNumId="{}">{}</w:abstractNum>'


def read(body: str, **parts: str) -> Text:
    return read_bytes(make.package(body, **parts), "报告.docx")


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.splitlines()


def lists(levels: str, *nums: str, more: str = "") -> str:
    """numbering.xml with one abstract list and its uses; a use may carry overrides."""
    uses = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/>{num}</w:num>'
        for i, num in enumerate(nums or ("",), 1)
    )
    return ABSTRACT.format(0, levels) + more + uses


def override(rank: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{rank}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


OFFICIAL = (
    make.level(0, "chineseCountingThousand", "%1、")
    + make.level(1, "chineseCounting", "（%2）")
    + make.level(2, "decimal", "%3.")
    + make.level(3, "decimalEnclosedCircleChinese", "%4")
)


@pytest.mark.parametrize("form", ["hand", "auto", "tracked"])
def test_reports_come_back_line_by_line(lines: list[str], form: str) -> None:
    data = {
        "hand": lambda: make.hand_numbered(lines),
        "auto": lambda: make.auto_numbered(lines),
        "tracked": lambda: make.hand_numbered(lines, changes=True),
    }[form]()
    text = read_bytes(data, "a.docx")
    assert text.text.splitlines() == lines
    assert [text.text[b.start : b.end] for b in text.blocks] == lines
    assert [b.source_index for b in text.blocks] == list(range(1, len(lines) + 1))


def test_official_ranks_restart_under_each_heading() -> None:
    ranks = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1, 2]
    body = "".join(make.in_list("项", 1, rank) for rank in ranks)
    numbers = ["一、", "（一）", "（二）", "1.", "2.", "①", "（三）", "1.", "二、", "（一）", "1."]
    assert lines(body, numbering=lists(OFFICIAL)) == [n + "项" for n in numbers]


def test_lists_of_one_kind_go_on_unless_told_to_begin_anew() -> None:
    body = "".join(make.in_list("项", number) for number in (1, 1, 2, 3, 3))
    numbering = lists(OFFICIAL, "", "", override(0, 1))
    assert lines(body, numbering=numbering) == ["一、项", "二、项", "三、项", "一、项", "二、项"]


def test_a_start_override_holds_for_later_restarts_too() -> None:
    """ECMA-376, 17.9.26."""
    body = "".join(make.in_list("项", 1, rank) for rank in (0, 1, 1, 0, 1))
    numbering = lists(OFFICIAL, override(1, 5))
    assert lines(body, numbering=numbering) == ["一、项", "（五）项", "（六）项", "二、项", "（五）项"]


def test_start_restart_and_legal_numbers() -> None:
    levels = (
        make.level(0, "chineseCounting", "第%1章", start=3)
        + make.level(1, "decimal", "%1.%2", more="<w:isLgl/>")
        + make.level(2, "decimal", "%3）", more='<w:lvlRestart w:val="0"/>')
    )
    body = "".join(make.in_list("总则", 1, rank) for rank in (0, 1, 2, 1, 2, 0, 1, 2))
    assert lines(body, numbering=lists(levels)) == [
        "第三章 总则",
        "3.1 总则",
        "1）总则",
        "3.2 总则",
        "2）总则",
        "第四章 总则",
        "4.1 总则",
        "3）总则",
    ]


def test_restart_only_after_a_named_level() -> None:
    levels = OFFICIAL.replace(
        '<w:lvl w:ilvl="2"><w:start w:val="1"/>',
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:lvlRestart w:val="1"/>',
    )
    body = "".join(make.in_list("项", 1, rank) for rank in (0, 1, 2, 1, 2, 0, 1, 2))
    numbers = ["一、", "（一）", "1.", "（二）", "2.", "二、", "（一）", "1."]
    assert lines(body, numbering=lists(levels)) == [n + "项" for n in numbers]


def test_numbers_from_styles_and_their_parents() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/><w:basedOn w:val="T1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T3"><w:name w:val="小节"/><w:basedOn w:val="T2"/></w:style>'
    )
    levels = make.level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="T1"/>') + make.level(
        1, "chineseCounting", "（%2）", more='<w:pStyle w:val="T2"/>'
    )
    body = "".join(make.para("题", f'<w:pStyle w:val="{key}"/>') for key in ("T1", "T2", "T3", "T1"))
    body += make.para("无号", '<w:pStyle w:val="T1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    text = read(body, styles=styles, numbering=lists(levels))
    assert text.text.splitlines() == ["一、题", "（一）题", "（二）题", "二、题", "无号"]
    assert [(b.kind, b.level) for b in text.blocks] == [("heading", n) for n in (1, 2, 2, 1, 1)]


def test_a_list_that_only_names_a_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="公文"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:numStyleLink w:val="L"/>'
    numbering = (
        ABSTRACT.format(0, link)
        + ABSTRACT.format(1, '<w:styleLink w:val="L"/>' + OFFICIAL)
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert lines(make.in_list("项", 1) + make.in_list("项", 1, 1), numbering=numbering, styles=styles) == [
        "一、项",
        "（一）项",
    ]


def test_bullets_show_nothing_and_replaced_levels_count() -> None:
    other = make.level(0, "upperLetter", "%1)")
    numbering = lists(
        make.level(0, "bullet", "\uf0b7"), "", f'<w:lvlOverride w:ilvl="0">{other}</w:lvlOverride>'
    )
    body = make.in_list("点", 1) + make.in_list("项", 2)
    assert lines(body, numbering=numbering)[0] == "点"
    assert lines(body, numbering=numbering)[1] in ("A)项", "B)项")


def test_numbers_of_deleted_paragraphs_do_not_count() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>旧项</w:delText></w:r></w:del></w:p>'
    )
    body = make.in_list("项", 1) + deleted + make.in_list("项", 1)
    assert lines(body, numbering=lists(OFFICIAL)) == ["一、项", "二、项"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = make.para("前半句,", '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>') + make.para("后半句。")
    assert lines(body) == ["前半句,后半句。"]


def test_tables_stand_where_they_are_and_merged_cells_come_once() -> None:
    rows = [
        ["类别", "数量", "说明"],
        ["行政复议", "128件", "直接纠错9件"],
        ["^", "27件", ""],
        ["合计", "155件", ""],
    ]
    text = read(make.para("见下表。") + make.table(rows) + make.para("二、问题"))
    assert text.text.splitlines() == [
        "见下表。",
        "类别\t数量\t说明",
        "行政复议\t128件\t直接纠错9件",
        "27件",
        "合计\t155件",
        "二、问题",
    ]
    assert [b.kind for b in text.blocks] == ["paragraph", "row", "row", "row", "row", "paragraph"]


def test_a_report_laid_out_in_one_cell_is_no_row() -> None:
    cell = "".join(make.para(line) for line in ("一、成效", "办结案件12件。", "二、问题"))
    body = f"<w:tbl><w:tr><w:tc>{make.para('审批表')}</w:tc></w:tr><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    text = read(body)
    assert text.text.splitlines() == ["审批表", "一、成效", "办结案件12件。", "二、问题"]
    assert [b.kind for b in text.blocks] == ["paragraph"] * 4


def test_automatic_numbers_in_a_column() -> None:
    cells = "".join(
        f"<w:tr><w:tc>{make.in_list('', 1)}</w:tc><w:tc>{make.para(word)}</w:tc></w:tr>"
        for word in ("甲", "乙")
    )
    numbering = lists(make.level(0, "decimal", "%1"))
    assert lines(f"<w:tbl>{cells}</w:tbl>", numbering=numbering) == ["1\t甲", "2\t乙"]


def test_wrapped_content_is_read_in_place() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{make.para('控件里的段落')}</w:sdtContent></w:sdt>"
        + make.paragraph(
            make.run("甲")
            + f'<w:hyperlink r:id="x">{make.run("链接")}</w:hyperlink>'
            + f"<w:smartTag>{make.run('标记')}</w:smartTag>"
            + f"<w:sdt><w:sdtContent>{make.run('控件')}</w:sdtContent></w:sdt>"
            + f'<w:fldSimple w:instr="DATE">{make.run("2024年")}</w:fldSimple>'
            + "<w:r><w:ruby><w:rt><w:r><w:t>zhuyin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>注</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>" + "<m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath>" + make.run("乙")
        )
    )
    assert lines(body) == ["控件里的段落", "甲链接标记控件2024年注≥95%乙"]


def test_fields_show_their_result_and_contents_tables_are_left_out() -> None:
    def field(instruction: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    contents = make.paragraph(field("TOC \\o", make.run("一、成效……1") + field("PAGEREF x", make.run("1"))))
    body = contents + make.paragraph(make.run("办结") + field("=SUM(A1)", make.run("12")) + make.run("件。"))
    body += make.paragraph(field("HYPERLINK x", make.run("正文")))
    assert lines(body) == ["办结12件。", "正文"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    body = make.paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + make.run("一、成效")) + make.para(
        "正文。"
    )
    assert lines(body) == ["一、成效", "正文。"]


def test_circled_numbers_made_with_a_field() -> None:
    circled = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\o\\ac(○,3)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(make.paragraph(circled + make.run("规范执法"))) == ["③规范执法"]


def test_text_boxes_come_once() -> None:
    inner = f"<w:txbxContent>{make.para('方框里的话')}</w:txbxContent>"
    drawn = f"<w:drawing><wp:inline><a:graphic><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    empty = f'<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    for content in (drawn, old, both, empty):
        text = read(
            make.paragraph(make.run("前") + f"<w:r>{content}</w:r>" + make.run("后")) + make.para("末")
        )
        assert text.text.splitlines() == ["前后", "方框里的话", "末"]
        assert [b.kind for b in text.blocks] == ["paragraph", "box", "paragraph"]


def test_signs_breaks_and_hidden_text() -> None:
    body = make.paragraph(
        make.run("甲")
        + "<w:r><w:br/></w:r>"
        + make.run("乙")
        + "<w:r><w:tab/></w:r>"
        + make.run("丙")
        + "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>"
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>'
        + make.run("藏", "<w:vanish/>")
        + make.run("露", '<w:vanish w:val="0"/>')
    )
    assert lines(body) == ["甲", "乙\t丙-☑□露"]


def test_notes_stand_at_the_end_and_heads_are_left_out() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{make.para("数据截至2023年底。")}</w:footnote>'
    )
    body = make.paragraph(
        make.run("办结12件") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + make.run("。")
    )
    text = read(body + make.para("特此报告。"), footnotes=notes, header="页眉")
    assert text.text.splitlines() == ["办结12件。", "特此报告。", "数据截至2023年底。"]
    assert text.blocks[-1].kind == "note"
    assert text.blocks[-1].source_index == 0


def test_the_title_of_the_file_is_a_hint() -> None:
    assert read(make.para("正文"), title="关于法治政府建设的报告").hints == {
        "title": "关于法治政府建设的报告"
    }


def test_strict_flat_and_page_in_a_chunk() -> None:
    data = make.package(make.para("一、成效") + make.para("正文。"))
    parts = {
        name: zipfile.ZipFile(BytesIO(data)).read(name) for name in zipfile.ZipFile(BytesIO(data)).namelist()
    }
    strict = {
        n: c.replace(make.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for n, c in parts.items()
    }
    assert read_bytes(make.zipped(strict), "a.docx").text == "一、成效\n正文。\n"
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    )
    for name, content in parts.items():
        inner = content.decode().partition("?>")[2]
        flat += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{inner}</pkg:xmlData></pkg:part>'
    assert read_bytes((flat + "</pkg:package>").encode(), "a.xml").text == "一、成效\n正文。\n"
    with_chunk = make.package('<w:altChunk r:id="rId8"/>')
    parts["word/document.xml"] = zipfile.ZipFile(BytesIO(with_chunk)).read("word/document.xml")
    relation = (
        b'<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"'
        b' Target="/word/page.htm"/></Relationships>'
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", relation
    )
    parts["word/page.htm"] = "<html><meta charset=utf-8><body><p>网页里的正文。</p></body></html>".encode()
    text = read_bytes(make.zipped(parts), "a.docx")
    assert (text.format, text.text) == ("docx", "网页里的正文。\n")


def test_python_docx_files(reports: dict[str, list[str]]) -> None:
    import docx

    for report in reports.values():
        document = docx.Document()
        for line in report:
            document.add_paragraph(line)
        buffer = BytesIO()
        document.save(buffer)
        assert read_bytes(buffer.getvalue(), "a.docx").text.splitlines() == report


def test_numbers_of_python_docx_styles(numbers: Callable[[list[str]], list[str]]) -> None:
    import docx

    document = docx.Document()
    for word in ("甲", "乙", "丙"):
        document.add_paragraph(word, style="List Number")
    document.add_paragraph("点", style="List Bullet")
    document.add_heading("标题", 2)
    buffer = BytesIO()
    document.save(buffer)
    text = read_bytes(buffer.getvalue(), "a.docx")
    assert text.text.splitlines() == ["1.甲", "2.乙", "3.丙", "点", "标题"]
    assert [b.level for b in text.blocks] == [0, 0, 0, 0, 2]
