import re
from collections.abc import Callable

import pytest
from makers import ofd_maker as make

from audit.document.readers import read_bytes
from audit.document.readers.glyphs import joined, mended


@pytest.mark.parametrize("runs", [False, True])
def test_reports_come_back_in_paragraphs(
    lines: list[str], runs: bool, share: Callable[[list[str], str], float]
) -> None:
    text = read_bytes(make.ofd(lines, runs), "a.ofd")
    assert share(lines, text.text) == 1.0
    bare = [re.sub(r"\s+", "", line) for line in text.text.splitlines()]
    assert bare == [re.sub(r"\s+", "", line) for line in lines]
    assert text.format == "ofd"
    assert text.hints == ({"title": lines[0]} if len(lines[0]) <= 100 else {})


def test_pages_are_kept() -> None:
    lines = [
        "青溪县2023年度法治政府建设情况报告",
        *["县政府全年办结行政复议案件128件,负责人出庭应诉率100%。" * 9] * 6,
    ]
    text = read_bytes(make.ofd(lines), "a.ofd")
    assert [page.number for page in text.pages] == [1, 2, 3]
    assert text.pages[0].start == 0
    assert all(a.end == b.start for a, b in zip(text.pages, text.pages[1:], strict=False))
    assert text.pages[-1].end == len(text.text)
    assert "法治政府建设年度报告" not in text.text
    assert "—" not in text.text


def test_ruled_tables_are_kept_in_rows() -> None:
    table = [
        ["类别", "数量(件)", "说明"],
        ["行政复议", "128", "其中经调解和解终止的有四十六件"],
        ["^", "27", "下降3%"],
    ]
    text = read_bytes(make.ofd(["报告", "有关数据见下表。"], head="", table=table), "a.ofd")
    assert text.text.splitlines()[2:] == [
        "类别\t数量(件)\t说明",
        "行政复议\t128\t其中经调解和解终止的有四十六件",
        "27\t下降3%",
    ]
    assert [b.kind for b in text.blocks][2:] == ["row"] * 3


def test_older_namespaces_and_scaled_text() -> None:
    text = (
        '<ofd:TextObject Boundary="20 20 100 10" Size="1" CTM="6 0 0 6 0 0"><ofd:TextCode X="0" Y="1" '
        'DeltaX="1 1 1">一、成效</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject Boundary="20 40 100 10" Size="6"><ofd:TextCode X="0" Y="6">⺠⽅⻓</ofd:TextCode></ofd:TextObject>'
    )
    page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org"><ofd:Content><ofd:Layer>{text}</ofd:Layer></ofd:Content></ofd:Page>'
    data = make.packed({"Doc_0/Pages/Page_0/Content.xml": page}, 1, "")
    assert read_bytes(data, "a.ofd").text.splitlines() == ["一、成效", "民方长"]


def test_radicals_become_characters() -> None:
    assert mended("⻓⺠⻔⻅⻋⻘⻚⻛⻢⻰⽅⼀⾏⽣⼈⼯") == "长民门见车青页风马龙方一行生人工"
    assert mended("法\u200b治\ufeff\u00ad") == "法治"


def test_lines_are_joined_without_a_space_beside_han() -> None:
    assert joined("法治", "政府") == "法治政府"
    assert joined("共28", "件") == "共28件"
    assert joined("12", "8件") == "128件"
    assert joined("rule of", "law") == "rule of law"
