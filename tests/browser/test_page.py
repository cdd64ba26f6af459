"""Every way through the page in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from page_cases import seed

WIDTHS = (360, 768, 1440)


def shown(page: Any) -> list[Any]:
    return [item for item in page.query_selector_all(".item") if item.get_attribute("hidden") is None]


def in_view(page: Any, selector: str) -> bool:
    return bool(
        page.evaluate(
            "s => { const b = document.querySelector(s).getBoundingClientRect();"
            " return b.width > 0 && b.bottom > 0 && b.top < innerHeight }",
            selector,
        )
    )


def test_the_drafting_version_opens_folded(opened: Any) -> None:
    page = opened()
    assert page.get_attribute("html", "data-depth") == "draft"
    assert page.locator(".item[open]").count() == 0
    assert page.locator("#tools").is_visible() and page.locator("#text").is_visible()
    assert not page.locator("#method").is_visible()
    assert page.faults == []


def test_three_depths(opened: Any) -> None:
    page = opened()
    page.check("input[value=lead]", force=True)
    assert not page.locator("#text").is_visible() and not page.locator("#method").is_visible()
    assert page.locator(".card").is_visible() and page.locator(".item[data-v=absent]").first.is_visible()
    assert not page.locator(".chips").is_visible()
    page.check("input[value=review]", force=True)
    assert page.locator("#method").is_visible() and page.locator("#text").is_visible()
    page.reload()
    assert page.get_attribute("html", "data-depth") == "review"


def test_filters_and_their_counts(opened: Any) -> None:
    page = opened()
    result = seed("qingzhen-2022")
    items = [item for sheet in result.checklists for group in sheet.groups for item in group.items]
    absent = sum(item.verdict == "absent" for item in items)
    page.check("input[name=v][value=absent]", force=True)
    assert len(shown(page)) == absent
    assert str(absent) in page.inner_text("#told") and str(len(items)) in page.inner_text("#told")
    group = page.get_attribute("#group optgroup:nth-of-type(2) option:nth-child(4)", "value")
    page.select_option("#group", group)
    inside = page.locator(f"[id='{group}'] .item[data-v=absent]").count()
    assert len(shown(page)) == inside == int(page.inner_text("[data-count=absent]"))
    page.check("input[name=v][value=full]", force=True)
    full = page.locator(f"[id='{group}'] .item[data-v=full]").count()
    assert len(shown(page)) == inside + full
    assert page.locator(f"[id='{group}'] .item[data-v=full]").first.is_visible()
    page.uncheck("input[name=v][value=full]", force=True)
    page.uncheck("input[name=v][value=absent]", force=True)
    page.select_option("#group", "")
    page.check("#needs", force=True)
    assert len(shown(page)) == sum(item.needs_review for item in items)
    page.uncheck("#needs", force=True)
    page.select_option("#weight", "3")
    assert len(shown(page)) == sum(item.weight == 3 for item in items)
    page.select_option("#weight", "")
    assert len(shown(page)) == len(items)


def test_search_in_findings_and_text(opened: Any) -> None:
    page = opened()
    text = seed("qingzhen-2022").document.text
    page.fill("#q", "行政复议")
    page.wait_for_timeout(300)
    assert f"全文{text.count('行政复议')}处" in page.inner_text("#told")
    assert 0 < len(shown(page)) < 79
    assert all("行政复议" in (item.text_content() or "") for item in shown(page))
    before = page.evaluate("document.getElementById('paper').scrollTop")
    page.press("#q", "Enter")
    page.press("#q", "Enter")
    assert page.locator("#paper .flash").count() == 1
    assert "行政复议" in page.inner_text("#paper .flash")
    assert page.evaluate("document.getElementById('paper').scrollTop") != before
    page.fill("#q", "没有这样的词句")
    page.wait_for_selector("#empty:not([hidden])")
    page.fill("#q", "")
    page.wait_for_selector("#empty", state="hidden")


def test_from_a_finding_to_its_place_and_back(opened: Any) -> None:
    page = opened()
    item = page.locator(".item[data-v=plan_only]").first
    item.locator("summary").click()
    link = item.locator("a.go").first
    key = link.get_attribute("data-k")
    link.click()
    assert page.locator("#paper .on").count() >= 1
    assert page.locator(f"#paper [data-k~='{key}']").first.evaluate("e => e.classList.contains('on')")
    assert in_view(page, "#paper .on")
    page.click("#back")
    assert in_view(page, f"#{item.get_attribute('id')} summary")
    assert page.evaluate("document.activeElement.dataset.k") == key


def test_from_a_mark_to_its_finding(opened: Any) -> None:
    page = opened()
    single = page.evaluate(
        "[...document.querySelectorAll('#paper a')].find(a => a.dataset.k.split(' ').length === 1).id ||"
        "(document.querySelector('#paper a').id = 'probe')"
    )
    goal = page.get_attribute(f"[id='{single}']", "href")[1:]
    page.evaluate("id => document.getElementById(id).click()", single)
    assert page.get_attribute(f"#{goal}", "open") is not None or goal.startswith("d")
    assert in_view(page, f"#{goal}")


def test_a_mark_of_several_findings_offers_them(opened: Any) -> None:
    page = opened()
    page.evaluate(
        "[...document.querySelectorAll('#paper a')].find(a => new Set(a.dataset.k.split(' ').map(k => {"
        "const l = document.querySelector('.findings .go[data-k=\"' + k + '\"]');"
        "return l && l.closest('.item') ? l.closest('.item').id : '' }).filter(Boolean)).size > 1).focus()"
    )
    page.keyboard.press("Enter")
    assert page.locator("#menu a").count() >= 2
    page.keyboard.press("ArrowDown")
    goal = page.evaluate("document.activeElement.hash.slice(1)")
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert in_view(page, f"#{goal}") and page.get_attribute(f"#{goal}", "open") is not None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_what_is_filtered_away_comes_back_when_gone_to(opened: Any) -> None:
    page = opened()
    page.check("input[name=v][value=absent]", force=True)
    page.evaluate("document.querySelector('#paper a[href^=\"#f\"]').click()")
    if page.locator("#menu a").count():
        page.locator("#menu a").first.click()
    assert page.locator(".item[open]").first.is_visible()


def test_groups_and_first_items_are_links(opened: Any) -> None:
    page = opened()
    page.locator(".mend a").nth(2).click()
    assert page.locator(".item[open]").count() == 1 and in_view(page, ".item[open]")
    page.locator(".chart a").nth(3).click()
    assert in_view(page, page.locator(".chart a").nth(3).get_attribute("href"))


def test_the_band_beside_the_text(opened: Any) -> None:
    page = opened()
    page.evaluate("document.getElementById('text').scrollIntoView()")
    box = page.locator("#strip").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] * 0.8)
    page.wait_for_timeout(200)
    assert page.evaluate("document.getElementById('paper').scrollTop") > 200
    assert float(page.get_attribute("#view", "y")) > 100


def test_on_a_phone_the_two_are_tabs(opened: Any) -> None:
    page = opened(width=360, height=780)
    assert page.locator("#findings").is_visible() and not page.locator("#text").is_visible()
    page.click("#tab-t")
    assert page.locator("#text").is_visible() and not page.locator("#findings").is_visible()
    page.focus("#tab-t")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#findings").is_visible()
    page.locator(".item[data-v=plan_only] summary").first.click()
    page.locator(".item[open] a.go").first.click()
    assert page.get_attribute("#tab-t", "aria-selected") == "true" and in_view(page, "#paper .on")
    page.click("#back")
    assert page.get_attribute("#tab-f", "aria-selected") == "true"
    assert in_view(page, ".item[open] a.go")


def test_by_keyboard_alone(opened: Any) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator(".item[open]").count() == 1
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_all_unfolded_and_folded(opened: Any) -> None:
    page = opened()
    page.click("#unfold")
    assert page.locator("details:not([open])").count() == 0
    page.click("#fold")
    assert page.locator(".findings details[open]").count() == 0


@pytest.mark.parametrize("width", [*WIDTHS, 720])
@pytest.mark.parametrize("name", ["qingzhen-2022", "hostile"])
def test_nothing_runs_out_of_the_page(opened: Any, name: str, width: int) -> None:
    """720 is 1440 at a zoom of 200%."""
    page = opened(name, width, depth="review")
    page.click("#unfold")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(opened: Any, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened("wulong-2020", width, color_scheme=scheme, depth="review")
    page.click("#unfold")
    faults = Axe().run(page).response["violations"]
    if width < 1000:
        page.click("#tab-t")
        faults += Axe().run(page, context="#text").response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []


def test_without_scripts(opened: Any) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#method").is_visible() and page.locator("#paper").is_visible()
    assert not page.locator("#tools").is_visible() and not page.locator(".tabs").is_visible()
    assert page.locator("details:not([open])").count() == 0
    tops = [
        page.locator(s).bounding_box()["y"]
        for s in (".who", ".mend", "#findings", "#defects", "#text", "#method")
    ]
    assert tops == sorted(tops)
    assert page.faults == []


@pytest.mark.parametrize("name", ["hostile", "wulong-2020"])
def test_a_report_never_becomes_markup(opened: Any, name: str) -> None:
    page = opened(name, depth="review")
    page.click("#unfold")
    page.fill("#q", "<script>")
    page.wait_for_timeout(300)
    page.press("#q", "Enter")
    for link in page.query_selector_all("#paper a")[:5]:
        link.evaluate("e => e.click()")
    assert page.faults == []
    assert page.locator("img").count() == 0 and page.locator("script").count() == 1


def test_a_script_that_got_in_would_not_run(opened: Any) -> None:
    page = opened()
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'document.title = \"broken\"';"
        " document.body.append(s) }"
    )
    assert page.title() != "broken"


def printed(page: Any, path: Path) -> tuple[list[str], str]:
    """Text of each page of the print, and what pdfinfo says of it."""
    page.pdf(path=str(path), prefer_css_page_size=True, print_background=True)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return text.split("\f")[:-1], told


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
@pytest.mark.parametrize("depth", ["lead", "draft", "review"])
def test_printing(opened: Any, depth: str, tmp_path: Path) -> None:
    page = opened(depth=depth, color_scheme="dark")
    if depth == "review":
        page.click("#unfold")
    pages, told = printed(page, tmp_path / "page.pdf")
    assert "A4" in told
    assert len(pages) <= {"lead": 4, "draft": 14, "review": 60}[depth]
    for number, text in enumerate(pages, 1):
        assert re.search(rf"(?m)^\s*{number} ?/ ?{len(pages)}\s*$", text)
    whole = re.sub(r"\s", "", "".join(pages))
    result = seed("qingzhen-2022")
    for sheet in result.checklists:
        for group in sheet.groups:
            for item in group.items:
                if depth == "review" or item.verdict not in ("full", "not_applicable"):
                    assert re.sub(r"\s", "", item.title) in whole
    last = re.sub(r"\s", "", result.document.text)[-12:]
    assert (last in whole) == (depth != "lead")
    assert ("sha256" in whole) == (depth == "review")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
