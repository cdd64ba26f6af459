"""Planted defects and their look-alikes: hand-written passages in a frame, and mutations of clean reports."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from audit.document.assemble import understand  # noqa: E402
from audit.document.model import Document, Text  # noqa: E402
from audit.form import FormFindings, examine  # noqa: E402

DATA = ROOT / "tests" / "data"
UNMEASURED = {"typo", "political"}


@dataclass(frozen=True)
class Case:
    """A report with exactly the defects that are listed.

    Attributes:
        name: what it is.
        text: the report.
        wanted: kind and quote of each planted defect; empty for a look-alike.
        resembles: the kind of defect that a look-alike must not be taken for.
    """

    name: str
    text: str
    wanted: tuple[tuple[str, str], ...]
    resembles: str = ""


FRAME = """{head}东坪县人民政府关于{year}年度法治政府建设情况的报告

市人民政府：

{year}年，东坪县坚持以习近平法治思想为指导，扎实推进法治政府建设，各项工作取得新进展。现将有关情况报告如下：

一、主要工作和成效

（一）强化组织领导。召开推进会2次，印发年度工作要点，分解任务45项，逐项明确责任单位和完成时限。

（二）推动工作落实。

{results}

二、党政主要负责人履行推进法治建设第一责任人职责情况

县委、县政府主要负责人主持会议研究法治建设工作6次，带头讲授法治课，作出批示17次。

三、存在的问题

{problems}

四、{next}年工作安排

{plan}

特此报告。

{foot}{tail}
"""
PROBLEMS = "一是乡镇执法力量不足，由于编制有限，持证人员仅有36名。二是普法针对性不强，对青年群体覆盖不够。"
PLAN = (
    "（一）充实执法力量。选派骨干下沉乡镇，开展岗位练兵。\n\n（二）改进普法方式。面向青年群体开展以案释法。"
)


def framed(entry: dict[str, Any]) -> str:
    """The report that holds a hand-written passage."""
    if entry.get("part") == "whole":
        return str(entry["text"])
    year, part = entry.get("year", 2023), entry.get("part", "results")
    pieces = {
        "head": "",
        "results": "坚持法治引领，办理复议案件21件，均在法定期限内办结。",
        "problems": PROBLEMS,
        "plan": entry.get("plan_text", PLAN),
        "foot": f"东坪县人民政府\n{year + 1}年1月10日",
        "tail": "",
    }
    pieces[part] = {"head": entry["text"] + "\n\n", "tail": "\n\n" + entry["text"]}.get(part, entry["text"])
    return FRAME.format(year=year, next=year + 1, **pieces)


@cache
def passages() -> dict[str, list[dict[str, Any]]]:
    """The hand-written passages of all files."""
    found: dict[str, list[dict[str, Any]]] = {"defects": [], "lookalikes": []}
    for path in sorted((DATA / "form").glob("passages*.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for group in found:
            found[group] += loaded[group]
    return found


def written() -> Iterator[Case]:
    """The hand-written cases."""
    for number, entry in enumerate(passages()["defects"]):
        wanted = ((entry["kind"], str(entry["quote"])),)
        yield Case(f"passage {number} {entry['kind']}: {entry['quote']}", framed(entry), wanted)
    for number, entry in enumerate(passages()["lookalikes"]):
        shown = entry["text"] if entry.get("part") != "whole" else f"whole report {number}"
        yield Case(f"look-alike {number} {entry['kind']}: {shown[:50]!r}", framed(entry), (), entry["kind"])


@cache
def clean() -> dict[str, str]:
    """Reports without a defect."""
    found = {}
    for name in ("qingao-police-2024", "shidu-county-2018", "zhugaoping-township-2022"):
        found[name] = (DATA / "labelled" / "reports" / f"{name}.txt").read_text(encoding="utf-8")
    for path in sorted((DATA / "form" / "clean").glob("*.txt")):
        found[path.stem] = path.read_text(encoding="utf-8")
    return found


def labelled() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The labelled reports: name, text, label."""
    for path in sorted((DATA / "labelled" / "labels").glob("*.json")):
        text = (DATA / "labelled" / "reports" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield path.stem, text, json.loads(path.read_text(encoding="utf-8"))


def examined(text: str, stage: str = "filed") -> tuple[Document, FormFindings]:
    """A report read and examined."""
    document = understand(Text(text))
    return document, examine(document, report_year=document.facts.report_year, stage=stage)


def planted() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Made-up whole reports with planted defects and look-alikes, by an author who knew no rule: name, text, label."""
    for path in sorted((DATA / "form" / "planted" / "labels").glob("*.json")):
        text = (DATA / "form" / "planted" / "reports" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield path.stem, text, json.loads(path.read_text(encoding="utf-8"))


def asked(label: dict[str, Any]) -> list[tuple[str, str | tuple[str, ...]]]:
    """Kind and places of the defects of a label that are measured."""
    return [
        (d["kind"], (d.get("quote") or "", *d["also_at"]) if d.get("also_at") else d.get("quote") or "")
        for d in label["defects"]
        if d["kind"] not in UNMEASURED
    ]


@cache
def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", ROOT / "tests" / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(
    text: str, wanted: list[tuple[str, str]] | list[tuple[str, str | tuple[str, ...]]]
) -> tuple[int, list[str], list[str]]:
    """Hits, false findings and misses of one report, by the rule of the scorer; several quotes are one defect's places."""
    _, findings = examined(text)
    left = [d for d in findings.defects if d.kind not in UNMEASURED]
    hits, missed = 0, []
    for kind, places in wanted:
        quotes = (places,) if isinstance(places, str) else places
        for defect in left:
            shown = text[defect.start : defect.end] if defect.start is not None else ""
            if (
                defect.kind == kind
                and any(_scorer().overlaps(shown, quote, text) for quote in quotes)
                and (kind == "noise" or len(shown) <= 240)
            ):
                hits += 1
                left.remove(defect)
                break
        else:
            missed.append(f"{kind}: {quotes[0][:40]}")
    false = [f"{d.kind}: {text[d.start : d.end][:50]!r} ({d.why})" for d in left if d.start is not None]
    return hits, false, missed
