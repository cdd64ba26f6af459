"""素材摘编 and its sums, and the search of the command line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import batch_world as world
import openpyxl

from audit.batch.digest import Source, Value, sums


def value(
    report: int,
    number: float,
    scope: str = "总体",
    table: str = "区县",
    unit: str = "count",
    approx: bool = False,
) -> Value:
    return Value(Source(report, f"第{report}县", table, "p"), "案件数", number, unit, scope, approx, "……")


def test_sums_only_over_equal_scope_and_kind() -> None:
    found = [
        value(1, 10),
        value(2, 20),
        value(3, 30, "一审"),
        value(4, 5, table="部门"),
        value(5, 7),
        value(5, 9),
        value(6, 90, unit="percent"),
    ]
    assert [(s.table, s.scope, s.bodies, s.total) for s in sums(found)] == [("区县", "总体", 2, 30)]
    assert sums([value(1, 10, "合并计数"), value(2, 20, "合并计数")]) == []
    assert sums([value(1, 10, approx=True), value(2, 20)])[0].approx


def digest(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        world.command("digest", *arguments), env=world.environment(), capture_output=True, text=True
    )


def test_papers(done: Path, tmp_path: Path) -> None:
    run = digest(
        done,
        "-o",
        tmp_path,
        "--item",
        "行政诉讼与败诉率",
        "--item",
        "mediation",
        "--format",
        "html,xlsx,docx",
    )
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "素材摘编.html").read_text("utf-8")
    assert page.count("<section") == 2 and "——<a href=" in page
    book = openpyxl.load_workbook(tmp_path / "素材摘编.xlsx", read_only=True)
    assert book.sheetnames == ["原句摘编", "数据", "同口径合计"]
    book.close()
    again = tmp_path / "again"
    assert (
        digest(
            done, "-o", again, "--item", "litigation", "--item", "mediation", "--format", "html,xlsx,docx"
        ).returncode
        == 0
    )
    for name in ("素材摘编.html", "素材摘编.xlsx", "素材摘编.docx"):
        assert (tmp_path / name).read_bytes() == (again / name).read_bytes()


def test_search(done: Path) -> None:
    run = digest(done, "--search", "听取 法治政府建设", "--limit", 3)
    assert run.returncode == 0 and len(run.stdout.splitlines()) == 3
    assert digest(done, "--search", "绝无此词").stdout == ""


def test_wrong_calls(done: Path, tmp_path: Path) -> None:
    for arguments, words in (
        ((done, "--item", "无此事项"), "没有事项"),
        ((done, "--year", 2001), "没有 2001 年度"),
        ((tmp_path / "x.sqlite",), "没有这个结果库"),
        ((done, "--format", "pdf"), "没有输出格式"),
    ):
        run = digest(*arguments)
        assert run.returncode in (2, 3) and words in run.stderr and "Traceback" not in run.stderr
