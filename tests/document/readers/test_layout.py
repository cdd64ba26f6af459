import pytest
from makers.binary_maker import turned_pdf

from audit.document.readers import read_bytes
from audit.document.readers.grid import grids
from audit.document.readers.layout import Line, Sheet, compose

EM, WIDTH, HEIGHT, LEFT, COLUMNS = 10.0, 595.0, 842.0, 70.0, 40


def line(text: str, top: float, indent: float = 0.0) -> Line:
    left = LEFT + indent * EM
    width = sum(EM if ord(sign) > 0x2000 else EM / 2 for sign in text)
    return Line(text, left, left + width, top, top + EM)


def page(number: int, *lines: Line) -> Sheet:
    return Sheet(number, WIDTH, HEIGHT, list(lines))


def paragraphs(*sheets: Sheet) -> list[str]:
    return compose(list(sheets), "pdf", {}).text.splitlines()


FULL = "依法行政工作取得明显成效全年共办结行政复议案件一百二十八件并按规定公开有关信息接受社会监督"[:COLUMNS]


def body(count: int, top: float = 100) -> list[Line]:
    return [line(FULL, top + 20 * i) for i in range(count)]


def test_running_heads_and_page_numbers_are_dropped_wherever_they_are_drawn() -> None:
    sheets = [
        page(n, *body(4), line("青溪县人民政府文件", 40), line(f"— {n} —", 790), line(f"第{n}页 共3页", 805))
        for n in (1, 2, 3)
    ]
    assert "".join(paragraphs(*sheets)) == FULL * 12


def test_a_single_page_loses_its_number_but_not_its_title() -> None:
    sheet = page(1, line("青溪县法治报告", 60, 14), *body(4), line("- 1 -", 800, 20))
    assert paragraphs(sheet) == ["青溪县法治报告", FULL * 4]


def test_a_paragraph_goes_on_overleaf() -> None:
    first = page(1, line(FULL[:38], 100, 2), *body(3, 120))
    second = page(2, line("的工作。", 100), line(FULL[:38], 120, 2), line(FULL, 140), line(FULL[:38], 160, 2))
    second.lines.append(line(FULL[:38], 180, 2))
    assert paragraphs(first, second) == [
        FULL[:38] + FULL * 3 + "的工作。",
        FULL[:38] + FULL,
        FULL[:38],
        FULL[:38],
    ]


def test_without_indents_a_short_line_ends_a_paragraph() -> None:
    sheet = page(1, line("一、主要成效", 100), *body(2, 120), line("有关情况如下。", 160), *body(2, 180))
    assert paragraphs(sheet) == ["一、主要成效", FULL * 2 + "有关情况如下。", FULL * 2]


def test_what_cannot_be_broken_does_not_make_a_line_short() -> None:
    sheet = page(
        1, *body(2), line(FULL[:36], 140), line("2021-2025年规划已经印发并组织实施。", 160), *body(2, 180)
    )
    assert paragraphs(sheet)[0].startswith(FULL * 2 + FULL[:36] + "2021")


def test_contents_are_left_out() -> None:
    sheet = page(
        1,
        line("目 录", 60, 18),
        line("一、成效............1", 80),
        line("二、问题............3", 100),
        *body(3, 130),
    )
    assert paragraphs(sheet) == [FULL * 3]


def test_columns_are_read_one_after_the_other() -> None:
    def column(left: float, word: str) -> list[Line]:
        return [Line(word * 10, left, left + 220, 100 + 20 * i, 110 + 20 * i) for i in range(6)]

    assert "".join(paragraphs(page(1, *column(60, "左"), *column(310, "右")))) == "左" * 60 + "右" * 60


def test_footnotes_go_to_the_end() -> None:
    notes = [Line("①数据截至2023年底。", LEFT, LEFT + 80, 760, 767)]
    sheets = [page(1, *body(5), *notes), page(2, line("其余部分。", 100), *body(3, 120))]
    text = compose(sheets, "pdf", {})
    assert text.text.splitlines()[-1] == "①数据截至2023年底。"
    assert text.blocks[-1].kind == "note"


def test_frames_and_lines_make_grids() -> None:
    def stroke(
        left: float, top: float, right: float, bottom: float
    ) -> tuple[tuple[float, float, float, float], bool]:
        return (left, top, right, bottom), False

    across = [stroke(0, y, 100, y + 0.5) for y in (0, 20, 40)]
    down = [stroke(x, 0, x + 0.5, 40) for x in (0, 50, 100)]
    cells = {(0, 0): "甲", (50, 0): "1", (0, 20): "乙", (50, 20): ""}

    def inside(box: tuple[float, float, float, float]) -> str:
        return cells[round(box[0], -1), round(box[1], -1)]

    (table,) = grids(across + down)
    assert [text for text, _ in table.rows(inside) or []] == ["甲\t1", "乙"]
    frames = [((x, y, x + 50, y + 20), True) for x in (0.0, 50.0) for y in (0.0, 20.0)]
    (framed,) = grids(frames)
    assert [text for text, _ in framed.rows(inside) or []] == ["甲\t1", "乙"]
    assert grids(across) == []
    assert table.rows(lambda box: "字" * 400) is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    assert read_bytes(turned_pdf(turn), "a.pdf").text == "first line\nsecond\n"
