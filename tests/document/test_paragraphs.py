from __future__ import annotations

import pytest

from audit.document.assemble import understand
from audit.document.model import Block, Paragraph, Text
from audit.document.normal import normalise
from audit.document.paragraphs import divide
from audit.document.punctuation import hide, numeral, pieces


def paragraphs(text: str, blocks: tuple[Block, ...] = ()) -> tuple[Paragraph, ...]:
    return divide(text, normalise(text), blocks)


@pytest.mark.parametrize(
    ("line", "kind", "level", "number", "words"),
    [
        ("一、工作开展情况", "heading", 1, "一、", "一、工作开展情况"),
        ("二、2023年主要举措和成效", "heading", 1, "二、", "二、2023年主要举措和成效"),
        ("第一部分 2025年工作情况", "heading", 1, "第一部分", "第一部分 2025年工作情况"),
        ("（一）加强领导。县委印发要点，组织督察。", "lead", 2, "（一）", "（一）加强领导"),
        (
            "(三)高水平做好制度供给,提升规范性水平。一是提升能力。",
            "lead",
            2,
            "(三)",
            "(三)高水平做好制度供给,提升规范性水平",
        ),
        ("一、主要成效。全年审查合同146件。", "lead", 1, "一、", "一、主要成效"),
        ("1．放得更活。新一轮权责清单调整到位。", "lead", 3, "1．", "1．放得更活"),
        ("1、加强领导，健全机制。成立领导小组。", "lead", 3, "1、", "1、加强领导，健全机制"),
        ("⑴推进依法决策。重大事项集体讨论。", "lead", 4, "⑴", "⑴推进依法决策"),
        ("①健全制度", "heading", 4, "①", "①健全制度"),
        ("㈡深化改革", "heading", 2, "㈡", "㈡深化改革"),
        ("一是加强行政复议工作。办结23件。", "text", 3, "一是", ""),
        ("首先，健全机制，完善制度，落实责任。", "text", 3, "首先,", ""),
        ("第一，全面清理文件，废止12件。", "text", 3, "第一,", ""),
        ("(二)执法人员1086名全部持证上岗。年内培训2期。", "text", 2, "(二)", ""),
        ("3.5亿元资金全部到位。", "text", 0, "", ""),
        ("12345热线办结率99%。", "text", 0, "", ""),
        ("一、二审案件败诉率下降。", "text", 0, "", ""),
        ("全年办结案件23件，均在期限内。", "text", 0, "", ""),
    ],
)
def test_numbers_and_headings(line: str, kind: str, level: int, number: str, words: str) -> None:
    (found,) = paragraphs(line)
    assert (found.kind, found.level, found.number) == (kind, level, normalise(number))
    assert line[found.start : found.heading_end] == words


def test_a_short_numbered_sentence_is_a_heading_only_with_text_under_it() -> None:
    first, *_ = paragraphs("（一）责任落实到位。\n区委书记主持召开会议3次。")
    assert first.kind == "heading"
    items = paragraphs("1.加强学习。\n2.规范执法。\n3.做好宣传。")
    assert [p.kind for p in items] == ["text"] * 3


def test_a_paragraph_begins_after_its_indent() -> None:
    text = "　　一、主要工作\n\n  　　全年审查合同12份。  \n"
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["一、主要工作", "全年审查合同12份。"]


def test_headings_without_number() -> None:
    text = (
        "河口镇2023年法治政府建设报告\n主要工作成效\n"
        + "全年调解纠纷156起，成功152起。" * 5
        + "\n党建引领强基层\n"
        + "成立工作专班，召开专题会议3次，研究解决问题8个。" * 4
        + "\n存在的问题\n执法力量不足。\n河口镇人民政府\n2024年1月3日"
    )
    kinds = {text[p.start : p.end][:8]: (p.kind, p.level) for p in paragraphs(text)}
    assert kinds["主要工作成效"] == ("heading", 1)
    assert kinds["党建引领强基层"] == ("heading", 3)
    assert kinds["存在的问题"] == ("heading", 1)
    assert kinds["河口镇人民政府"] == ("text", 0)


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置: 首页> 政务公开> 法治政府建设年度报告",
        "发布时间：2022-01-20 10:11  浏览次数：88",
        "渝公网安备 50011202501447号",
        "当前浏览器版本过低,可能会有安全风险且无法正常显示。建议您升级或使用其他浏览器。",
        "扫一扫在手机打开当前页",
        "字体：[大 中 小] 打印本页",
    ],
)
def test_web_residue(line: str) -> None:
    assert paragraphs(line)[0].kind == "noise"


def test_running_text_is_no_residue() -> None:
    line = "县政府网站改版，开设“扫一扫”办事入口，全年浏览量达到320万次，群众足不出户就能办理事项。"
    assert paragraphs(line)[0].kind == "text"


def test_blocks_of_a_format() -> None:
    text = "工作报告\n" + "全年审查合同12份。" * 8 + "\n依法决策\n项目\t数量\n" + "加强执法。" * 20
    at = text.index("依法决策")
    row = text.index("项目")
    blocks = (
        Block(0, 4),
        Block(5, at - 1),
        Block(at, at + 4, "heading", 2),
        Block(row, row + 5, "row"),
        Block(row + 6, len(text), "heading", 1),
    )
    found = paragraphs(text, blocks)
    assert [(p.kind, p.level) for p in found[2:]] == [("heading", 2), ("row", 0), ("text", 0)]


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    body = (
        "一、工作情况\n" + "　　" + "全年审查合同12份，提出意见36条，办理复议案件42件，" * 20 + "全部办结。"
    )
    wrapped = "\n".join(line[i : i + 38] for line in body.split("\n") for i in range(0, len(line), 38))
    found = paragraphs(wrapped)
    assert len(found) == 2
    assert found[1].end == len(wrapped)


def test_a_text_without_line_ends_is_cut_at_its_highest_headings() -> None:
    text = (
        "现将情况报告如下：一、工作情况（一）依法决策。"
        + "全年审查合同12份，提出意见36条。" * 20
        + "二、存在问题。执法力量不足。三、下步打算。加强培训。"
    )
    assert [text[p.start : p.heading_end] for p in paragraphs(text)[1:]] == [
        "一、工作情况",
        "二、存在问题",
        "三、下步打算",
    ]
    assert (
        len(
            paragraphs(
                "全市聚焦重点，推进三项任务：一、二审案件败诉率下降；二、三级联动。" + "调解纠纷12件。" * 50
            )
        )
        == 1
    )


def words(text: str, forced: int = -1) -> list[str]:
    return [text[p.start : p.end] for p in pieces(normalise(text), 0, len(text), forced)]


def test_marks_divide_outside_quotations_titles_brackets_and_figures() -> None:
    text = "印发《办法，细则》和“一，二”方案(共3件，均备案)，投入1,000万元；12:30到场。完"
    assert words(text) == [
        "印发《办法，细则》和“一，二”方案(共3件，均备案)",
        "投入1,000万元",
        "12:30到场",
        "完",
    ]


def test_an_unpaired_quotation_mark_hides_nothing() -> None:
    assert words("坚持新时代“枫桥经验，推行“炕头调解”做法，调处纠纷12件")[0] == "坚持新时代“枫桥经验"


def test_a_lost_full_stop_before_the_next_item() -> None:
    text = "一是化解纠纷，满意率达95%二是优化环境，减免收费三是加强监督。"
    assert words(text) == ["一是化解纠纷", "满意率达95%", "二是优化环境", "减免收费", "三是加强监督"]
    assert words("这二是关键") == ["这二是关键"]


def test_numerals_and_hiding() -> None:
    assert [numeral(n) for n in ("一、", "(十二)", "二十三", "10.", "③", "一是")] == [1, 12, 23, 10, 3, 1]
    assert hide("按“八五”普法《规划》办") == "按“□□”普法《□□》办"


@pytest.mark.parametrize(
    "lines",
    [
        "| 部门 | 行政处罚 | 行政许可 |\n| --- | --- | --- |\n| 市场监管局 | 126 | 3400 |\n| 合计 | 126 | 3400 |",
        "收案 | 审结 | 维持 | 撤销\n31 | 28 | 22 | 3",
    ],
)
def test_a_table_drawn_with_bars_is_no_page_residue(lines):
    norm = normalise(f"一、主要工作\n\n各部门办案情况如下:\n{lines}\n\n二、存在的问题\n\n一是力度不够。\n")
    kinds = [p.kind for p in divide(norm, norm) if "|" in norm[p.start : p.end]]
    assert kinds == ["row"] * len(lines.split("\n"))


def test_a_row_of_links_stays_residue():
    norm = normalise(
        "首页 | 政务公开 | 政务服务 | 互动交流\n某县2023年度法治政府建设情况报告\n\n一、主要工作\n\n扎实推进。\n"
    )
    assert divide(norm, norm)[0].kind == "noise"


def test_headings_of_one_length_are_no_broken_lines() -> None:
    body = (
        "区政府常务会议研究法治议题22个,听取行政复议与应诉、规范涉企行政执法等专题汇报,对有关报告作出批示。"
        * 2
    )
    titles = [f"({number})坚持高站位统筹谋划推进法治建设根基不断夯实" for number in "一二三四五六七八九十"]
    text = (
        "一、履行推进法治建设第一责任人职责基本情况说明\n\n"
        + body
        + "\n\n二、二〇二五年主要工作举措以及取得的成效情况\n\n"
    )
    text += "\n\n".join(title + "\n\n" + body for title in titles)
    found = understand(Text(text + "\n")).paragraphs
    assert [(p.kind, p.level) for p in found[:4]] == [
        ("heading", 1),
        ("text", 0),
        ("heading", 1),
        ("heading", 2),
    ]
