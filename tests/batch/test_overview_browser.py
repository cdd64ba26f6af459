"""The overview of three thousand bodies in a browser: opens, filters and sorts at once, and can be read by all."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.batch.figures import Figure
from audit.batch.overview import page
from audit.batch.overview_data import BodyRow, Column, Overview

BODIES, ITEMS = 3000, 80


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def made_up() -> Overview:
    """Three thousand bodies of three kinds, some without a report."""
    chance = random.Random(5)
    columns = [
        Column(
            "statutory" if n < 7 else "outline",
            "法定要求" if n < 7 else "纲要",
            "outline",
            f"第{n // 8}部分",
            f"i{n}",
            f"事项{n}",
            f"i{n}",
        )
        for n in range(ITEMS)
    ]
    rows, figures = [], {}
    for n in range(BODIES):
        filed = n % 25 != 0
        score = round(chance.uniform(50, 95), 2)
        rows.append(
            BodyRow(
                body=n, name=f"第{n}{'县' if n % 3 else '局'}", table=("county", "enforcing", "street")[n % 3], superior=f"第{n % 20}片区",
                year=2024, state="filed" if filed else "missing", report=n if filed else None, page=f"{n}" if filed else "",
                score=score if filed else None, low=score - 2, high=score + 2, statutory=score, outline=score, editorial=score,
                band="较完备" if score > 80 else "需补充", tier=1, verdicts="".join(chance.choices("fwpan", k=ITEMS)) if filed else "",
                filed_late=n % 30 == 1, defects={"numbering": n % 4} if filed else {},
            )
        )  # fmt: skip
        if filed:
            figures[n] = [
                Figure(
                    n,
                    "lost_rate",
                    n % 120,
                    "percent",
                    "all",
                    False,
                    False,
                    "败诉率……",
                    ["over"] if n % 120 > 100 else [],
                )
            ]
    pairs = [
        {
            "kind": "bodies",
            "a": "第1县",
            "b": "第2县",
            "year": 2024,
            "likeness": 0.97,
            "characters": 90,
            "text_a": "甲" * 90,
            "text_b": "甲" * 90,
            "page_a": "1",
            "page_b": "2",
        }
    ]
    checks = [
        {
            "body": "第1县",
            "name": "败诉率",
            "scope": "all",
            "known": "3%",
            "said": "4%",
            "said_scope": "all",
            "outcome": "differs",
            "quote": "败诉率4%",
            "year": 2024,
        }
    ]
    return Overview(
        2024,
        rows,
        columns,
        figures,
        {"i9": [("第1县", "……126件。", "1")]},
        [],
        [("坏.pdf", "坏.pdf:打不开")],
        pairs,
        checks,
        [],
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    file: Path = tmp_path_factory.mktemp("overview") / "总览.html"
    file.write_bytes(page(made_up(), ranks=True))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--headless=new", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.faults = []
        tab.on("pageerror", lambda fault: tab.faults.append(str(fault)))
        tab.on("console", lambda line: tab.faults.append(line.text) if line.type == "error" else None)
        tab.on(
            "request",
            lambda asked: tab.faults.append(asked.url) if not asked.url.startswith("file:") else None,
        )
        tab.goto(file.as_uri())
        tab.took = tab.evaluate(
            "() => { const e = performance.getEntriesByType('navigation')[0]; return e.domContentLoadedEventEnd; }"
        )
        yield tab
        browser.close()


STEP = """([label, value]) => {
  const select = [...document.querySelectorAll('#tools select')].find(s => s.getAttribute('aria-label') === label);
  select.value = value; const began = performance.now();
  select.dispatchEvent(new Event('change')); document.body.offsetHeight;
  return [performance.now() - began, document.getElementById('told').textContent];
}"""


def test_it_opens_in_less_than_three_seconds(opened: Any) -> None:
    assert opened.took < 3000
    assert opened.locator("#summary .facts li").first.inner_text().startswith("3000")


@pytest.mark.parametrize(
    "tab", ["quality", "matrix", "items", "metrics", "defects", "filing", "alike", "checks"]
)
def test_every_view_draws_at_once_and_loads_nothing(opened: Any, tab: str) -> None:
    took = opened.evaluate(
        "k => { const b = performance.now(); document.getElementById('tab-' + k).click(); document.body.offsetHeight; return performance.now() - b; }",
        tab,
    )
    assert took < 600
    assert opened.locator("#panel").inner_text().strip()
    assert opened.faults == []


def test_filters_answer_within_200_ms(opened: Any) -> None:
    opened.locator("#tab-matrix").click()
    data = made_up()
    for label, value, right in (
        ("类别", "2", sum(r.table == "county" and bool(r.verdicts) for r in data.rows)),
        ("类别", "", sum(bool(r.verdicts) for r in data.rows)),
        ("等次", "3", sum(r.band == "需补充" and bool(r.verdicts) for r in data.rows)),
        ("等次", "", sum(bool(r.verdicts) for r in data.rows)),
        ("事项", "9", sum(bool(r.verdicts) for r in data.rows)),
        ("判定", "a", sum(r.verdicts[9:10] == "a" for r in data.rows)),
    ):
        took, told = min(opened.evaluate(STEP, [label, value]) for _ in range(2))
        assert told == f"显示{right}家，共3000家", label
        assert took < 200, label


def test_only_rows_in_view_are_drawn_and_scrolling_reaches_the_last(opened: Any) -> None:
    opened.reload()
    opened.locator("#tab-filing").click()
    assert opened.locator(".view tbody tr").count() < 80
    opened.evaluate("() => { const v = document.querySelector('.view'); v.scrollTop = v.scrollHeight; }")
    opened.wait_for_timeout(200)
    assert "第2999县" in opened.locator(".view tbody").inner_text()
    height = opened.evaluate(
        "() => document.querySelectorAll('.view tbody tr')[3].getBoundingClientRect().height"
    )
    assert height == 30


def test_sorting_by_keyboard(opened: Any) -> None:
    opened.locator("#tab-quality").click()
    head = opened.locator("th.sort", has_text="综合得分")
    head.focus()
    head.press("Enter")
    assert opened.locator("th[aria-sort=ascending]").inner_text().startswith("综合得分")
    scores = [float(cell) for cell in opened.locator(".view tbody tr td:nth-child(8)").all_inner_texts()[:10]]
    assert scores == sorted(scores)


def test_axe_finds_nothing(opened: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for tab in ("summary", "quality", "items", "checks"):
        opened.locator(f"#tab-{tab}").click()
        found = axe.Axe().run(opened, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, found.generate_report()
