"""A folder of several years: documents stand in their own year, and counts are of one year."""

from __future__ import annotations

import json
import re
from pathlib import Path

import batch_world as world
import openpyxl
import pytest
from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.store import Store
from audit.gap.facts import collect
from audit.gap.load import filings

SEEDS = world.ROOT / "seeds"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five seeds of 2020 to 2024 and one report of 2025, of which two bodies are to file."""
    folder = tmp_path_factory.mktemp("years")
    (folder / "in").mkdir()
    for seed in SEEDS.glob("*.txt"):
        (folder / "in" / seed.name).write_bytes(seed.read_bytes())
    (folder / "in" / "青河县.txt").write_text(world.text("青河县", 2025), encoding="utf-8")
    (folder / "roster.csv").write_text(
        "单位,层级\n青河县人民政府,县级\n白沙县人民政府,县级\n", encoding="utf-8"
    )
    roster, output = folder / "roster.csv", folder / "out"
    for _ in range(2):
        run = world.batch(folder / "in", "-o", output, "--roster", roster, "--year", 2025, "--format", "json")
        assert run.returncode == 0, run.stderr
    return output


def test_a_wrong_document_stands_in_its_own_year(out: Path) -> None:
    store = Store(out / "batch.sqlite")
    f, b = t.filings.c, t.bodies.c
    query = select(b.name, f.year, f.state).join(t.bodies, b.id == f.body).where(f.state != "filed")
    rows = sorted(tuple(row) for row in store.rows(query))
    store.close()
    assert rows == [("白沙县人民政府", 2025, "missing"), ("重庆市人民政府", 2023, "wrong_type")]


def test_the_overview_counts_one_year(out: Path) -> None:
    page = (out / "总览.html").read_text("utf-8")
    assert "<h1>2025年度" in page
    assert "<b>2</b>家单位" in page and "<b>1</b>家已报送" in page and "<b>1</b>家未报送" in page
    said = "另有其他年度的报告5份（2020年度1份、2022年度1份、2023年度2份、2024年度1份）"
    assert said in page and "不计入2025年度的家数" in page
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found and len(json.loads(found[1])["rows"]) == 7
    book = openpyxl.load_workbook(out / "总览.xlsx", read_only=True)
    assert said in str(next(book["总表"].iter_rows(min_row=1, max_row=1, values_only=True))[0])
    book.close()


def test_the_papers_know_only_the_bodies_of_the_year(out: Path) -> None:
    facts = collect(filings(out), 2025)
    assert [(body.name, body.due, body.audited) for body in facts.bodies] == [
        ("青河县人民政府", True, True),
        ("白沙县人民政府", True, False),
    ]
