"""A batch as a user runs it: what is made, what is passed over, what is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import batch_world as world


def base(out: Path) -> sqlite3.Connection:
    return sqlite3.connect(out / "batch.sqlite")


def test_every_report_gets_its_pages(small: Path, done: Path) -> None:
    stems = {p.stem for p in (small / "reports").iterdir()}
    made = world.pages(done)
    assert {f"{s}.html" for s in stems} | {f"{s}.json" for s in stems} | {"总览.html", "总览.xlsx"} == set(
        made
    )
    states = dict(base(done).execute("SELECT state, COUNT(*) FROM filings GROUP BY 1").fetchall())
    planted = json.loads((small / "planted.json").read_text("utf-8"))["reports"]
    for state in ("filed", "missing", "wrong_type"):
        assert states.get(state, 0) == sum(p["state"] == state for p in planted)
    late = {
        r[0]
        for r in base(done).execute(
            "SELECT b.name FROM filings f JOIN bodies b ON b.id = f.body WHERE filed_late"
        )
    }
    assert late == {
        p["body"] for p in planted if p["state"] == "filed" and p["statutory"]["filed-on-time"] == "absent"
    }


def test_what_has_not_changed_is_not_audited_again(small: Path, done: Path) -> None:
    before = world.pages(done)
    stamps = {p.name: p.stat().st_mtime_ns for p in done.glob("*.html")}
    again = world.batch(small / "reports", "-o", done, "--roster", small / "roster.csv")
    assert again.returncode == 0 and "需审核 0 份" in again.stderr
    assert world.pages(done) == before
    assert {p.name: p.stat().st_mtime_ns for p in done.glob("*.html")} == stamps


def test_a_lost_page_is_written_again_from_the_store(small: Path, done: Path) -> None:
    before = world.pages(done)
    victim = next(p for p in sorted(done.glob("*.html")) if p.name != "总览.html")
    victim.unlink()
    again = world.batch(small / "reports", "-o", done, "--roster", small / "roster.csv")
    assert "需审核 0 份" in again.stderr and "补写文件" in again.stderr
    assert world.pages(done) == before


def test_changes_and_removals(tmp_path: Path) -> None:
    """A changed report is audited again and its older version named; the page of a removed one goes."""
    reports, out = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    for n, body in enumerate(("青河县", "白沙县", "碧湖县")):
        (reports / f"{body}.txt").write_text(world.text(body, seed=n), encoding="utf-8")
    assert world.batch(reports, "-o", out).returncode == 0
    (reports / "青河县.txt").write_text(world.text("青河县", seed=9), encoding="utf-8")
    (reports / "白沙县.txt").unlink()
    again = world.batch(reports, "-o", out)
    assert "需审核 1 份,未变化 1 份" in again.stderr
    assert not (out / "白沙县.html").exists() and (out / "碧湖县.html").exists()
    why = base(out).execute("SELECT why FROM doubles").fetchall()
    assert why == [("older",)]
    forced = world.batch(reports, "-o", out, "--force")
    assert "需审核 2 份" in forced.stderr


def test_doubles_are_named_and_not_merged(tmp_path: Path) -> None:
    reports, out = tmp_path / "in", tmp_path / "out"
    (reports / "a").mkdir(parents=True)
    (reports / "b").mkdir()
    text = world.text("青河县")
    (reports / "a" / "报告.txt").write_text(text, encoding="utf-8")
    (reports / "b" / "报告.txt").write_text(text, encoding="utf-8")
    page = "".join(f"<p>{line}</p>" for line in text.splitlines())
    (reports / "a" / "报告.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    (reports / "b" / "另一份.txt").write_text(world.text("青河县", seed=5), encoding="utf-8")
    run = world.batch(reports, "-o", out)
    assert run.returncode == 0, run.stderr
    names = {p.name for p in out.glob("*.html")}
    assert names == {"总览.html", "a-报告-txt.html", "b-报告-txt.html", "报告-html.html", "另一份.html"}
    why = sorted(row[0] for row in base(out).execute("SELECT why FROM doubles"))
    assert why == ["format", "same-file", "second"]
    assert base(out).execute("SELECT COUNT(*) FROM filings").fetchone() == (1,)


def test_a_zip_is_read_like_a_folder(small: Path, done: Path, tmp_path: Path) -> None:
    archive = tmp_path / "上报.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for file in sorted((small / "reports").iterdir())[:6]:
            out.write(file, f"材料/{file.name}")
        out.writestr("材料/汇总.xlsx", b"x")
    run = world.batch(archive, "-o", tmp_path / "out")
    assert run.returncode == 0 and "共 6 份" in run.stderr and ".xlsx 1 个" in run.stderr
    assert len(list((tmp_path / "out").glob("0*.html"))) == 6
    assert not (tmp_path / "out" / ".batch-unpacked").exists()
    again = world.batch(archive, "-o", tmp_path / "out")
    assert "需审核 0 份,未变化 6 份" in again.stderr


def test_faults_are_named_and_the_rest_goes_on(small: Path, tmp_path: Path) -> None:
    reports, out = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    for file in sorted((small / "reports").iterdir())[:5]:
        shutil.copy(file, reports)
    (reports / "空.docx").write_bytes(b"")
    (reports / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    run = world.batch(reports, "-o", out)
    assert run.returncode == 3
    lines = run.stderr.splitlines()
    assert sum("空.docx" in line for line in lines) == 1 and sum("坏.pdf" in line for line in lines) == 1
    assert len(list(out.glob("0*.html"))) == 5
    again = world.batch(reports, "-o", out)
    assert again.returncode == 3 and "需审核 0 份" in again.stderr and "空.docx" in again.stderr


def test_a_file_that_is_not_ours_is_not_replaced(tmp_path: Path) -> None:
    reports, out = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    out.mkdir()
    (reports / "青河县.txt").write_text(world.text("青河县"), encoding="utf-8")
    (out / "青河县.html").write_text("<p>own notes</p>", encoding="utf-8")
    run = world.batch(reports, "-o", out)
    assert run.returncode == 3 and "没有覆盖" in run.stderr
    assert (out / "青河县.html").read_text("utf-8") == "<p>own notes</p>"


def test_wrong_calls(tmp_path: Path, small: Path) -> None:
    for arguments, words in (
        ((tmp_path / "none",), "不存在"),
        ((small / "reports", "--roster", tmp_path / "none.csv"), "没有这份名册"),
        ((str(tmp_path / "*.docx"),), "没有符合的文件"),
    ):
        run = world.batch(*arguments, "-o", tmp_path / "out")
        assert run.returncode == 2 and words in run.stderr and "Traceback" not in run.stderr


def test_an_empty_folder_is_said_unless_a_roster_tells_who_is_due(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    found = world.batch(tmp_path / "空", "-o", tmp_path / "out")
    assert found.returncode == 2 and "没有找到报告" in found.stderr
    assert not (tmp_path / "out" / "总览.html").exists()
    (tmp_path / "名册.csv").write_text("单位,层级,备忘\n甲县司法局,部门,无\n", encoding="utf-8")
    found = world.batch(tmp_path / "空", "-o", tmp_path / "out", "--roster", tmp_path / "名册.csv")
    assert found.returncode == 0 and "不认识的列“备忘”" in found.stderr
    assert found.stderr.strip().splitlines()[-1] == f"请打开 {tmp_path / 'out' / '总览.html'}"
