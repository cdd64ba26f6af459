"""The result as one self-contained HTML page.

The page loads nothing; its own style and script are named by their hashes in its content-security policy.
Templates are compiled once in a process, with autoescape always on.
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from audit import wording
from audit.report import Paper
from audit.result import Result

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"
_WORD = re.compile(r"\{\{ w\.([a-z_.]+) \}\}")
_KEPT = {"n": "{n}", "all": "{all}"}
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that a page may not hold or that turn the order of what is read: each is shown as `�`."""


def _source(name: str) -> str:
    """A template with the fixed words set in, escaped, so that they cost nothing at each rendering."""

    def word(match: re.Match[str]) -> str:
        return str(escape(wording.text("page", *match[1].split("."), **_KEPT))).replace("{", "&#123;")

    return _WORD.sub(word, (TEMPLATES / name).read_text(encoding="utf-8"))


@cache
def _prepared() -> tuple[Template, dict[str, Any]]:
    from jinja2 import FunctionLoader
    from markupsafe import Markup

    from audit.report.pages import environment, policy

    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    fixed = {
        "policy": policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "w": wording.entry("page"),
        "say": partial(wording.text, "page"),
        "remark": wording.standing_remark(),
        "needs_review": wording.text("needs_review"),
    }
    return environment(FunctionLoader(_source)).get_template("page.html.j2"), fixed


def render(result: Result, paper: Paper) -> bytes:
    """The page, UTF-8.

    Raises:
        ChecklistError: the wording file lacks words that the page needs.
    """
    from audit.report.page_view import view

    template, fixed = _prepared()
    page = template.render(page=view(result, paper), **fixed)
    return _UNSAFE.sub("�", page).encode("utf-8", errors="replace")
