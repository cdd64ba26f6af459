"""Results for the tests of the page: seeds, and results that no kind report would give."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from audit.document.model import Text
from audit.options import Options
from audit.pipeline import audit_file, audit_text
from audit.result import Result

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}${x}\u202egnp.exe&lt;=cmd|' /C calc'!A0"
FREE_KEYS = frozenset(
    [
        "title",
        "publisher",
        "name",
        "path",
        "addressee",
        "reason",
        "review_because",
        "quote",
        "why",
        "remedy",
        "refused_because",
        "scope",
        "advice",
        "clause",
        "basis",
        "text",
        "version",
        "formula",
        "band",
        "pattern",
        "heading",
        "sha256",
        "generated_at",
        "note",
        "issued_by",
        "who",
        "found",
        "profile",
    ]
)
"""Keys of a result whose values are free text."""


@cache
def seed(name: str) -> Result:
    return audit_file(ROOT / "seeds" / f"{name}.txt", Options(timestamp=False))


def of_text(text: str, **options: Any) -> Result:
    return audit_text(
        Text(text), text.encode(errors="replace"), "报告.txt", Options(timestamp=False, **options), "报告"
    )


@cache
def hostile() -> Result:
    """A report whose title, headings, sentences and file name are full of markup."""
    plain = (ROOT / "seeds" / "wulong-2020.txt").read_text(encoding="utf-8")
    lines = [line + EVIL if i % 3 == 0 and line.strip() else line for i, line in enumerate(plain.split("\n"))]
    text = f"{EVIL}政府2020年度法治政府建设情况报告\n" + "\n".join(lines) + f"\n=1+1{EVIL}\n" + "长" * 5000
    return audit_text(Text(text), b"", f"a/{EVIL}.txt", Options(timestamp=False), EVIL)


@cache
def poisoned() -> Result:
    """A result file whose every free text was tampered with."""

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: spoil(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner, key) for inner in value]
        return value + EVIL if isinstance(value, str) and key in FREE_KEYS else value

    data = json.loads(seed("liangjiang-2024").model_dump_json())
    data["decisions"] = [
        {"item": EVIL, "verdict": EVIL, "who": EVIL, "when": EVIL, "why": EVIL, "status": EVIL}
    ]
    data["previous"] = {
        "share_carried": 0.5,
        "carried": [{"quote": EVIL, "start": 5, "end": 9, "previous": {"quote": EVIL}}],
        "problems_again": [
            {"problem": {"quote": EVIL, "start": -3, "end": 99999999}, "previous": {"quote": EVIL}}
        ],
        "targets": [{"name": EVIL, "previous": {"quote": EVIL}, "now": None, "reached": None}],
    }
    data["checklists"][0]["groups"][0]["items"][0]["decided"] = {
        "verdict_before": EVIL, "who": EVIL, "when": EVIL, "why": EVIL, "until": EVIL,
    }  # fmt: skip
    for holder in (data["document"]["body"], *data["defects"], data["checklists"][1]):
        holder["kind"] += EVIL
    data["document"]["notes"] = [EVIL]
    data["warnings"] = [{"code": EVIL, "text": EVIL}]
    return Result.model_validate(spoil(data))


def changed(result: Result, **changes: Any) -> Result:
    """A result with fields replaced; `document__x` replaces one of the document."""
    data = result.model_dump()
    for key, value in changes.items():
        outer, _, inner = key.partition("__")
        if inner:
            data[outer][inner] = value
        else:
            data[outer] = value
    return Result.model_validate(data)
