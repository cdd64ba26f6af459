"""`gap` from the command line, over results and over a store."""

from __future__ import annotations

from pathlib import Path

import pytest
from gap_cases import ROOT, made

from audit.cli.main import main
from audit.report.json import dump


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "results"
    place.mkdir()
    for number, name in enumerate(("甲县人民政府", "乙县/人民政府")):
        (place / f"{number}.json").write_bytes(dump(made(name, ("power-list", "absent"))))
    return place


def test_all_papers_and_letters(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["gap", str(folder), "-o", str(out)]) == 0
    names = sorted(path.name for path in out.iterdir())
    stems = ("审核情况报告", "文本质量情况表（内部参考）")
    assert names == sorted(
        [f"{stem}.{kind}" for stem in stems for kind in ("docx", "html", "xlsx")] + ["反馈函"]
    )
    letters = sorted(path.name for path in (out / "反馈函").iterdir())
    assert len(letters) == 2 and "002-甲县人民政府.docx" in letters
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert main(["gap", str(folder), "-o", str(out)]) == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert capsys.readouterr().out == ""


def test_faults(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", str(tmp_path / "none")]) == 3
    assert main(["gap", str(folder), "--format", "pdf"]) == 2
    assert main(["gap", str(folder), "--year", "1999"]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 3 and "Traceback" not in "".join(lines)


def test_over_a_store(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("qingzhen-2022", "wulong-2020"):
        (reports / f"{name}.txt").write_bytes((ROOT / "seeds" / f"{name}.txt").read_bytes())
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "单位,层级,报送日期\n清镇市人民政府,县级,2023-02-01\n甲县人民政府,县级,\n", encoding="utf-8"
    )
    command = [
        "batch",
        str(reports),
        "-o",
        str(tmp_path / "b"),
        "--year",
        "2022",
        "--roster",
        str(roster),
        "--jobs",
        "1",
    ]
    assert main([*command, "--format", "json", "--no-timestamp"]) == 0
    assert (
        main(["gap", str(tmp_path / "b"), "-o", str(tmp_path / "o"), "--year", "2022", "--format", "html"])
        == 0
    )
    page = (tmp_path / "o" / "审核情况报告.html").read_text(encoding="utf-8")
    assert "未收到报告的单位：甲县人民政府。" in page and "清镇市人民政府" in page
    assert [path.name for path in (tmp_path / "o" / "反馈函").iterdir()] == ["001-清镇市人民政府.docx"]
