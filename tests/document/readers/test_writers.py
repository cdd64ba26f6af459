"""Files of other writers: LibreOffice (pdf, doc, odt, rtf, docx) and Chromium (pdf), read back."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from makers import docx_maker, ofd_maker, programs
from makers.html_maker import FRAMES

from audit.document.readers import read_bytes

TABLE = [["类别", "数量(件)", "说明"], ["行政复议", "128", "直接纠错9件"], ["^", "27", "下降3%"]]
ROWS = ["类别\t数量(件)\t说明", "行政复议\t128\t直接纠错9件", "27\t下降3%"]
Files = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, reports: dict[str, list[str]]) -> Files:
    """For each target format the converted files: every report by hand and with automatic numbers."""
    folder = tmp_path_factory.mktemp("writers")
    programs.needed("soffice", "libreoffice")
    sources = []
    for name, lines in reports.items():
        for form, data in (
            ("plain", docx_maker.hand_numbered(lines, rows=TABLE)),
            ("hand", docx_maker.hand_numbered(lines, changes=True, rows=TABLE)),
            ("auto", docx_maker.auto_numbered(lines)),
        ):
            path = folder / f"{form}-{name}.docx"
            path.write_bytes(data)
            sources.append(path)
    made = {target: programs.converted(folder, sources, target) for target in ("doc", "odt", "rtf", "pdf")}
    again = [folder / "odt" / f"{path.stem}.odt" for path in sources]
    made["docx"] = programs.converted(folder, again, "docx")
    return made


@pytest.mark.parametrize("target", ["doc", "odt", "rtf", "docx"])
def test_hand_numbered_with_tracked_changes_and_a_table(
    files: Files, lines: list[str], report: str, target: str
) -> None:
    text = read_bytes(files[target][f"hand-{report}"], "报告")
    assert text.format == target
    assert [" ".join(line.split(" ")).strip() for line in text.text.splitlines()] == [*lines, *ROWS]
    assert [block.kind for block in text.blocks][-3:] == ["row"] * 3


def test_wps_files_are_word_files_by_content(files: Files, reports: dict[str, list[str]]) -> None:
    data = files["doc"]["hand-chongqing-2023"]
    text = read_bytes(data, "报告.wps")
    assert text.format == "wps"
    assert text.text == read_bytes(data, "报告.doc").text


@pytest.mark.parametrize("target", ["doc", "odt", "rtf", "docx", "pdf"])
def test_automatic_numbers(
    files: Files,
    lines: list[str],
    report: str,
    target: str,
    share: Callable[[list[str], str], float],
    numbers: Callable[[list[str]], list[str]],
) -> None:
    """LibreOffice itself loses the start of a list that begins anew when it writes .doc."""
    text = read_bytes(files[target][f"auto-{report}"], "报告").text
    archive = zipfile.ZipFile(BytesIO(docx_maker.auto_numbered(lines)))
    restarted = b"startOverride" in archive.read("word/numbering.xml")
    assert share(lines, text) >= 0.995
    if not (target == "doc" and restarted):
        assert numbers(text.splitlines()) == numbers(lines)


def test_pdf_of_libreoffice(
    files: Files, lines: list[str], report: str, share: Callable[[list[str], str], float]
) -> None:
    text = read_bytes(files["pdf"][f"plain-{report}"], "a.pdf")
    assert "法治政府建设年度报告" not in text.text.splitlines()
    assert share([*lines, *ROWS], text.text) >= 0.995
    assert text.pages[-1].number > 1
    assert text.text.splitlines()[-3:] == ROWS


@pytest.mark.parametrize("name", ["chongqing-2023", "wulong-2020"])
def test_pdf_of_chromium(
    tmp_path: Path, reports: dict[str, list[str]], name: str, share: Callable[[list[str], str], float]
) -> None:
    lines = reports[name]
    text = read_bytes(programs.printed(tmp_path, programs.printable(lines), name), "a.pdf")
    assert ["".join(line.split()) for line in text.text.splitlines()] == [
        "".join(line.split()) for line in lines
    ]
    assert share(lines, text.text) == 1.0
    assert "file:///" not in text.text
    assert not any(0x2E80 <= ord(sign) < 0x2FE0 for sign in text.text)
    assert text.hints == {"title": "法治报告"}
    assert [page.number for page in text.pages] == list(range(1, len(text.pages) + 1))


def test_ten_pages_take_little_time(files: Files, reports: dict[str, list[str]]) -> None:
    name = max(reports, key=lambda key: sum(map(len, reports[key])))
    lines = reports[name] * 2
    made = {
        "docx": docx_maker.auto_numbered(lines),
        "html": FRAMES["modern"](lines),
        "ofd": ofd_maker.ofd(lines),
        "pdf": files["pdf"][f"plain-{name}"],
    }
    for kind, data in made.items():
        taken = []
        for _ in range(3):
            start = perf_counter()
            read_bytes(data, "a")
            taken.append(perf_counter() - start)
        assert min(taken) < 0.15, kind
