import re

import pytest
from makers import html_maker as make

from audit.document.model import Text
from audit.document.readers import read_bytes
from audit.errors import InputError

_RESIDUE = re.compile(
    r"上一[篇条]|下一[篇条]|附件下载|打印|浏览|当前.{0,3}位置|无障碍|发布时间|来源|日期[:：]|备案|公网安备|扫一扫|ICP"
)


def spaced(line: str) -> str:
    return re.sub(r"[ \t\xa0\u3000]+", " ", line)


def read(page: str) -> Text:
    return read_bytes(page.encode(), "报告.html")


def shown(text: Text, noise: bool) -> list[str]:
    spans = {(span.start, span.end) for span in text.noise}
    return [text.text[b.start : b.end] for b in text.blocks if ((b.start, b.end) in spans) == noise]


@pytest.mark.parametrize("frame", make.FRAMES)
def test_the_report_comes_out_of_every_frame(lines: list[str], frame: str) -> None:
    text = read_bytes(make.FRAMES[frame](lines), "a.html")
    expected = [spaced(line) for line in lines]
    got = [line for line in map(spaced, text.text.splitlines()) if line in expected]
    assert got == expected
    added = [line for line in shown(text, noise=False) if spaced(line) not in expected]
    assert added == []


def test_facts_of_the_page() -> None:
    lines = [
        "关于2023年度法治政府建设情况的报告",
        "县人民政府:",
        "2023年,全县办结行政复议案件128件,负责人出庭应诉率100%。" * 4,
    ]
    text = read_bytes(make.modern(lines), "a.html")
    assert text.hints == {
        "title": lines[0],
        "site": "青溪县人民政府门户网站",
        "published_on": "2024-03-28",
        "from_web": "1",
    }
    assert shown(text, noise=True) == [
        "索引号:\t53000/2024-00012\t发布机构:\t青溪县人民政府",
        "发布日期:\t2024-03-28\t文号:\t青政发〔2024〕5号",
        "来源:青溪县司法局 发布时间:2024-03-28 16:42 浏览次数:37次 【字体:大 中 小】",
    ]
    assert shown(text, noise=False) == lines
    assert "今天是" not in text.text
    assert text.blocks[0].kind == "row"


def test_a_title_outside_the_content_is_kept_once() -> None:
    lines = [
        "青溪县2023年度法治政府建设情况报告",
        "2023年,全县办结行政复议案件128件,负责人出庭应诉率100%。" * 4,
    ]
    inside = read_bytes(make.modern(lines), "a.html").text
    outside = read_bytes(make.modern(lines[1:], title=lines[0]), "a.html").text
    assert inside.count(lines[0]) == outside.count(lines[0]) == 1
    assert outside.index(lines[0]) < outside.index(lines[1])


def test_text_beside_the_content_is_left_out() -> None:
    lines = [
        "青溪县2023年度法治政府建设情况报告",
        "2023年,全县办结行政复议案件128件,负责人出庭应诉率100%。" * 20,
    ]
    page = make.modern(lines).decode()
    news = "<p>县委书记调研时强调,要坚持问题导向,以更高标准推进依法治县工作,切实保障群众合法权益。</p>" * 2
    page = page.replace('<div class="side">', f'<div class="side">{news}')
    assert "县委书记" not in read(page).text
    assert lines[1] in read(page).text


def test_very_deep_pages_are_no_crash() -> None:
    with pytest.raises(InputError, match="已损坏"):
        read("<html><body>" + "<div>" * 20000 + "一、成效" + "</div>" * 20000)


def test_gbk_declared_as_gb2312_and_wrong_charsets() -> None:
    page = "<html><head><meta charset=gb2312></head><body><p>赵喆、李玥〇件镕</p></body></html>"
    assert read_bytes(page.encode("gb18030"), "a.htm").text == "赵喆、李玥〇件镕\n"
    wrong = page.replace("gb2312", "utf-8")
    assert read_bytes(wrong.encode("gb18030"), "a.htm").text == "赵喆、李玥〇件镕\n"
    assert read_bytes(page.replace("gb2312", "utf-16").encode("utf-16"), "a.htm").text == "赵喆、李玥〇件镕\n"


def test_pages_from_word_keep_their_list_numbers() -> None:
    page = (
        "<html><head><meta name=Generator content='Microsoft Word 15'></head><body><p class=MsoListParagraph>"
        "<![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp; </span></span></span>"
        "<![endif]><span>主要\r\n成效<o:p></o:p></span></p><p>办结案件\r\n12件。<o:p>&nbsp;</o:p></p></body></html>"
    )
    text = read(page)
    assert text.text == "一、主要成效\n办结案件12件。\n"
    assert "from_web" not in text.hints


def test_ordered_lists_show_their_numbers() -> None:
    page = "<body><ol start=3><li>甲</li><li value=7>乙</li><li>丙</li></ol><ol style='list-style:none'><li>丁</li></ol>"
    page += "<ol style='list-style-type:cjk-ideographic'><li>戊</li></ol><ul><li>己</li></ul></body>"
    assert read("<html>" + page).text.splitlines() == ["3. 甲", "7. 乙", "8. 丙", "丁", "一、戊", "己"]


def test_tables_are_read_by_rows_and_layout_tables_are_not() -> None:
    page = (
        "<html><body><table><tr><td><p>一、成效</p><p>见表。</p><table><tr><th>类别</th><th>件数</th></tr>"
        "<tr><td rowspan=2>复议</td><td>128</td></tr><tr><td>27</td></tr></table></td></tr></table></body></html>"
    )
    text = read(page)
    assert text.text.splitlines() == ["一、成效", "见表。", "类别\t件数", "复议\t128", "27"]
    assert [b.kind for b in text.blocks] == ["paragraph", "paragraph", "row", "row", "row"]


def test_hidden_parts_and_scripts_are_left_out() -> None:
    page = "<html><body><div style='display: none'>藏</div><script>var a='脚本';</script><p hidden>藏</p><p>露</p></body></html>"
    assert read(page).text == "露\n"


def test_archived_pages() -> None:
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><body><p>=D2=BB=A1=A2=B3=C9=D0=A7</p></body></html>\r\n--b--\r\n"
    )
    text = read_bytes(data, "报告.doc")
    assert (text.format, text.text) == ("html", "一、成效\n")


def test_a_page_without_text_says_what_to_do() -> None:
    with pytest.raises(InputError, match="网页里没有正文") as fault:
        read("<html><body><div id='app'></div><script>render()</script></body></html>")
    assert "另存为" in str(fault.value)
