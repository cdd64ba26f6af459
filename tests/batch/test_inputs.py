"""What is found, and what the outputs are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.batch.inputs import RESERVED, gather
from audit.errors import UsageError


def found(tmp_path: Path, *arguments: str) -> list[tuple[str, str]]:
    got = gather(arguments or (str(tmp_path / "in"),), tmp_path / "out", tmp_path / "spool")
    return [(r.relative, r.name) for r in got.reports]


def put(tmp_path: Path, *names: str) -> None:
    for name in names:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_stems_are_the_file_names(tmp_path: Path) -> None:
    put(tmp_path, "乙.docx", "甲.txt", "子/丙.pdf")
    assert found(tmp_path) == [("乙.docx", "乙"), ("子/丙.pdf", "丙"), ("甲.txt", "甲")]


def test_a_stem_that_stands_twice_gets_suffix_then_folder_then_a_hash(tmp_path: Path) -> None:
    put(tmp_path, "报告.docx", "报告.pdf", "a/报告.pdf", "b-c/报告.txt", "b/c/报告.txt", "总览.txt")
    names = dict(found(tmp_path))
    assert names["报告.docx"] == "报告-docx" and names["a/报告.pdf"] == "a-报告-pdf"
    assert names["总览.txt"] == "总览-txt"
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names["b-c/报告.txt"] != names["b/c/报告.txt"]


def test_names_do_not_depend_on_the_order_of_the_arguments(tmp_path: Path) -> None:
    put(tmp_path, "a/报告.txt", "b/报告.txt", "报告.html")
    one = found(tmp_path, str(tmp_path / "in" / "a"), str(tmp_path / "in" / "b"))
    two = found(tmp_path, str(tmp_path / "in" / "b"), str(tmp_path / "in" / "a"))
    assert one == two


def test_litter_tables_and_the_output_folder_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "~$a.docx", ".b.txt", "c.xlsx", "d.json", "__MACOSX/x.txt", "out/e.txt")
    got = gather([str(tmp_path / "in")], tmp_path / "in" / "out", tmp_path / "spool")
    assert [r.relative for r in got.reports] == ["a.txt"]
    assert dict(got.passed_over) == {".xlsx": 1, ".json": 1}


def test_the_same_file_is_taken_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    folder = tmp_path / "in"
    assert len(found(tmp_path, str(folder), str(folder / "a.txt"), str(folder / "*.txt"))) == 2


def test_names_that_file_systems_refuse(tmp_path: Path) -> None:
    put(tmp_path, "甲:乙?.txt", "长" * 80 + ".txt")
    for _, name in found(tmp_path):
        assert ":" not in name and "?" not in name and len(name.encode()) <= 150
        assert name.casefold() not in {r.casefold() for r in RESERVED}


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不存在"):
        found(tmp_path, str(tmp_path / "no"))
    with pytest.raises(UsageError, match="没有符合"):
        found(tmp_path, str(tmp_path / "*.pdf"))
