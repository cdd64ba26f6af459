import pytest

from audit.document.readers import read_bytes

TEXT = (
    "青溪县人民政府\n关于2023年度法治政府建设情况的报告\n\n　　一、主要成效(“放管服”)：网办率98.6%，①②③。\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_text(encoding: str, end: str) -> None:
    data = TEXT.replace("\n", end).encode(encoding)
    assert read_bytes(data, "报告.txt").text == TEXT


def test_reports_are_unchanged(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert read_bytes(text.encode(), "a.txt").text == text
    assert read_bytes(text.encode("gb18030"), "a.txt").text == text


def test_one_bad_byte_costs_one_character() -> None:
    data = TEXT.encode("gb18030")
    cut = data[:20] + b"\xff" + data[20:]
    text = read_bytes(cut, "a.txt").text
    assert text.count("\ufffd") <= 2
    assert text.endswith(TEXT[-30:])
    broken = TEXT.encode()[:-2] + b"\xff\n"
    assert read_bytes(broken, "a.txt").text.startswith(TEXT[:-3])


def test_the_name_does_not_matter() -> None:
    text = read_bytes(TEXT.encode(), "报告.docx")
    assert (text.format, text.text) == ("txt", TEXT)
