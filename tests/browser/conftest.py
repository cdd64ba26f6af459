"""A headless Chromium for the tests of the page; without one the tests are passed over, but not in CI."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

from page_cases import hostile, seed

from audit.report import Paper
from audit.report.html import render


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--headless=new", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    results = {name: seed(name) for name in ("wulong-2020", "qingzhen-2022")} | {"hostile": hostile()}
    made = {}
    for name, result in results.items():
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(render(result, Paper()))
    return made


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page; whatever it loads, logs or throws is kept in `page.faults`."""
    contexts = []

    def open_(
        name: str = "qingzhen-2022", width: int = 1440, height: int = 900, depth: str = "", **options: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda r: page.faults.append(r.url) if not r.url.startswith("file:") else None)
        page.goto(files[name].as_uri())
        if depth:
            page.check(f"input[value={depth}]", force=True)
        return page

    yield open_
    for context in contexts:
        context.close()
