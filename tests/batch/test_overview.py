"""The overview: page and workbook of the whole batch."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import batch_world as world
import openpyxl
import pytest

from audit import wording
from audit.batch.figures import Figure, _far, _jumps
from audit.batch.overview_data import EXAMPLES, _examples, table_of
from audit.data import load_yaml


@pytest.fixture(scope="module")
def page(done: Path) -> str:
    return (done / "总览.html").read_text("utf-8")


@pytest.fixture(scope="module")
def data(page: str) -> dict[str, list[list[object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_the_page_stands_alone(page: str) -> None:
    assert wording.standing_remark() in page and wording.unreviewed() in page
    assert "default-src &#39;none&#39;" in page and "unsafe-inline" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "<b>40</b>家单位" in page


def test_rows_stand_in_the_rosters_order(data: dict[str, list[list[object]]], small: Path) -> None:
    planted = json.loads((small / "planted.json").read_text("utf-8"))["reports"]
    assert [row[0] for row in data["rows"]] == [p["body"] for p in planted]
    assert all(len(str(row[-1])) in (0, len(data["items"])) for row in data["rows"])
    missing = [p["body"] for p in planted if p["state"] == "missing"]
    assert [row[0] for row in data["rows"] if data["states"][int(str(row[4]))] == "未报送"] == missing


def test_the_matrix_is_what_the_results_say(data: dict[str, list[list[object]]], done: Path) -> None:
    letters = {
        "full": "f",
        "weak": "w",
        "absent": "a",
        "plan_only": "p",
        "not_applicable": "n",
        "needs_human": "h",
        "shortfall_only": "s",
    }
    row = next(row for row in data["rows"] if row[-1])
    result = (
        json.loads((done / f"{bytes(str(row[17]), 'ascii').decode()}".replace(".html", ".json")).read_bytes())
        if str(row[17]).isascii() and "%" not in str(row[17])
        else None
    )
    if result is None:
        from urllib.parse import unquote

        result = json.loads((done / unquote(str(row[17])).replace(".html", ".json")).read_bytes())
    verdicts = {
        (s["title"], i["title"]): letters[i["verdict"]]
        for s in result["checklists"]
        for g in s["groups"]
        for i in g["items"]
    }
    shown = {(str(item[0]), str(item[2])): str(row[-1])[n] for n, item in enumerate(data["items"])}
    assert shown == verdicts


def test_no_report_can_break_out_of_the_page(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    text = world.text("青河县").replace("县委书记主持", f"县委书记{evil}主持")
    (reports / "青河县.txt").write_text(text, encoding="utf-8")
    (reports / "b&<i>.txt").write_text(world.text("白沙县", seed=3), encoding="utf-8")
    run = world.batch(reports, "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "out" / "总览.html").read_text("utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page and "<i>.txt" not in page


def test_the_workbook(done: Path, small: Path) -> None:
    book = openpyxl.load_workbook(done / "总览.xlsx", read_only=True)
    assert book.sheetnames[:6] == ["总表", "事项矩阵", "指标值", "缺项", "规范性问题", "未报送"]
    planted = json.loads((small / "planted.json").read_text("utf-8"))["reports"]
    rows = list(book["总表"].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == [p["body"] for p in planted]
    head = list(next(book["总表"].iter_rows(min_row=2, max_row=2, values_only=True)))
    assert "档" in head and "名次" not in head
    unfiled = [row[1] for row in book["未报送"].iter_rows(min_row=3, values_only=True)]
    assert unfiled == [p["body"] for p in planted if p["state"] != "filed"]
    for sheet in book:
        first = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True))[0]
        assert str(first).startswith(wording.standing_remark())
    book.close()


def test_ranks_only_on_request_and_only_among_the_comparable(small: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(done, out)
    run = world.batch(small / "reports", "-o", out, "--roster", small / "roster.csv", "--rank")
    assert run.returncode == 0
    book = openpyxl.load_workbook(out / "总览.xlsx", read_only=True)
    head = list(next(book["总表"].iter_rows(min_row=2, max_row=2, values_only=True)))
    rank, score = head.index("名次"), head.index("综合得分")
    ranked = [
        (row[rank], row[score]) for row in book["总表"].iter_rows(min_row=3, values_only=True) if row[rank]
    ]
    assert sorted(r for r, _ in ranked)[0] == 1
    for place, points in ranked:
        assert place == 1 + sum(other > points for _, other in ranked)
    book.close()


@pytest.mark.parametrize(
    ("level", "name", "enforces", "table"),
    [
        ("county", "青河县人民政府", True, "county"),
        ("department", "青河县水利局", True, "enforcing"),
        ("department", "青河县档案局", False, "other-department"),
        ("department", "青河县研究室", None, "department"),
        ("zone", "青河高新区", None, "zone"),
        ("township", "长宁街道办事处", None, "street"),
        ("township", "青石镇人民政府", None, "township"),
        (None, "某大学", None, "other"),
    ],
)
def test_tables_of_kinds(level: str | None, name: str, enforces: bool | None, table: str) -> None:
    assert table_of(level, name, enforces) == table


def figure(value: float, unit: str = "percent", before: float | None = None) -> Figure:
    return Figure(1, "k", value, unit, "all", False, False, "", [], before)


def test_values_far_from_the_rest() -> None:
    limits = load_yaml("batch.yaml")["outliers"]
    group = [figure(v) for v in (90, 92, 95, 96, 97, 98, 99, 100, 12)]
    _far(group, limits)
    assert [f.value for f in group if f.marks] == [12]
    counts = [figure(v, "count") for v in (20, 31, 45, 52, 60, 75, 88, 120, 900_000)]
    _far(counts, limits)
    assert [f.value for f in counts if f.marks] == [900_000]
    few = [figure(v) for v in (90, 91, 5)]
    _far(few, limits)
    assert not any(f.marks for f in few)


def test_jumps_from_last_year() -> None:
    limits = load_yaml("batch.yaml")["outliers"]
    assert _jumps(figure(95, before=40), limits) and not _jumps(figure(95, before=80), limits)
    assert _jumps(figure(600, "count", 100), limits) and not _jumps(figure(3, "count", 0), limits)


def test_examples_do_not_depend_on_the_order_of_the_rows() -> None:
    """A database hands out rows in whatever order it holds them; alike sentences stand once."""
    chance = random.Random(3)
    words = [
        ("甲办理案件{}件，结案{}件。" if n % 3 else "乙" * (n % 40 + 1) + "办理案件{}件，结案{}件。")
        for n in range(400)
    ]
    rows = [(n, "litigation", word.format(n + 10, n + 3)) for n, word in enumerate(words)]
    reports: Any = {n: SimpleNamespace(name=f"{n}县", page=str(n)) for n in range(len(rows))}
    found = []
    for _ in range(4):
        chance.shuffle(rows)
        store: Any = SimpleNamespace(rows=lambda query, rows=tuple(rows): iter(rows))
        found.append(_examples(store, reports))
    assert found[0] == found[1] == found[2] == found[3]
    bare = [re.sub(r"\d", "", sentence) for _, sentence, _ in found[0]["litigation"]]
    assert len(bare) == len(set(bare)) == EXAMPLES
