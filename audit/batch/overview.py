"""The overview of a batch as one self-contained HTML page, quick with thousands of bodies.

All rows lie in the page as compact JSON that is never run as a script; the page's own script draws only the
rows in view. Nothing is loaded from anywhere, and the content-security policy names style and script by hash.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from audit import wording
from audit.batch.figures import Figure
from audit.batch.overview_data import CODES, BodyRow, Overview
from audit.data import load_yaml

TEMPLATES = Path(__file__).parent / "templates"
MOST_PAIRS = 300
"""Pairs of like paragraphs in the page; the workbook holds all."""
MARKS = ("over", "far", "jump", "several")


def page(data: Overview, ranks: bool) -> bytes:
    """The page, UTF-8.

    Args:
        data: what it shows.
        ranks: show ranks too, not only 档.
    """
    from jinja2 import FileSystemLoader
    from markupsafe import Markup

    from audit.report.pages import environment, policy

    style, script = (
        (TEMPLATES / name).read_text(encoding="utf-8") for name in ("overview.css", "overview.js")
    )
    words = wording.entry("batch")
    content = (
        environment(FileSystemLoader(TEMPLATES))
        .get_template("overview.html.j2")
        .render(
            policy=policy(style, script),
            style=Markup(style),
            script=Markup(script),
            data=Markup(_embedded(payload(data, ranks))),
            w=words,
            title=words["title"].format(year=data.year) if data.year else words["title_plain"],
            remark=wording.standing_remark(),
            unreviewed=wording.unreviewed(),
            summary=summary(data),
        )
    )
    return content.encode("utf-8", errors="replace")


def _embedded(data: Any) -> str:
    """JSON that cannot end the element it stands in, whatever a report says."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def summary(data: Overview) -> dict[str, Any]:
    """What is said in plain text at the head: numbers of reports of the batch's year, bands by table."""
    counted = data.counted
    states = Counter(row.state for row in counted)
    titles = {table["id"]: table["title"] for table in load_yaml("batch.yaml")["tables"]}
    bands = _bands(data)
    tables = []
    for name, title in titles.items():
        rows = [row for row in counted if row.table == name and row.state == "filed"]
        if rows:
            counts = Counter(row.band for row in rows)
            scores = sorted(row.score for row in rows if row.score is not None)
            middle = scores[len(scores) // 2] if scores else None
            tables.append(
                {"title": title, "count": len(rows), "bands": [counts[band] for band in bands], "none": counts[""],
                 "low": scores[0] if scores else None, "middle": middle, "high": scores[-1] if scores else None}
            )  # fmt: skip
    late = sum(1 for row in counted if row.filed_late)
    return {
        "total": len(counted),
        "aside": data.aside_note(),
        "states": [(wording.text("batch", "states", name), count) for name, count in sorted(states.items())],
        "late": late,
        "published_late": sum(1 for row in counted if row.published_late),
        "bands": bands,
        "tables": tables,
        "bars": _bars([row.score for row in counted if row.score is not None]),
        "failed": data.failed,
        "doubles": data.doubles,
        "unknown": data.unknown,
        "shared": len(data.shared),
    }


def _bands(data: Overview) -> list[str]:
    from audit.checklist.profiles import load_profile

    named = [band.name for band in load_profile(None).bands]
    return named + sorted({row.band for row in data.rows if row.band} - set(named))


def _bars(scores: list[float]) -> list[dict[str, Any]]:
    """The distribution in steps of five points, as heights of 0 to 100."""
    steps = Counter(min(int(score // 5), 19) for score in scores)
    if not steps:
        return []
    first = min(steps)
    most = max(steps.values())
    return [
        {"from": n * 5, "count": steps[n], "height": round(100 * steps[n] / most, 1)}
        for n in range(first, 20)
    ]


def payload(data: Overview, ranks: bool) -> dict[str, Any]:
    """The rows as the script reads them."""
    tables = [(table["id"], table["title"]) for table in load_yaml("batch.yaml")["tables"]]
    at = {name: n for n, (name, _) in enumerate(tables)}
    superiors = sorted({row.superior for row in data.rows if row.superior})
    states = list(wording.entry("batch", "states"))
    bands = _bands(data)
    keys = _keys(data)
    kinds = sorted({kind for row in data.rows for kind in row.defects})
    first = {row.report: n for n, row in enumerate(data.rows) if row.state == "filed"}
    return {
        "year": data.year,
        "ranks": ranks,
        "tables": [title for _, title in tables],
        "superiors": superiors,
        "states": [wording.text("batch", "states", name) for name in states],
        "bands": bands,
        "codes": {CODES[name]: [wording.verdict_mark(name), wording.verdict(name)] for name in CODES},
        "items": [[c.checklist_title, c.section, c.title, c.indicator or "", c.item, c.kind] for c in data.columns],
        "special": _special(data),
        "rows": [_row(row, at, superiors, states, bands) for row in data.rows],
        "keys": [[wording.label("metrics", key), unit] for key, unit in keys],
        "marks": [wording.text("batch", "marks", mark) for mark in MARKS],
        "values": [[first[report], *_values(found, keys)] for report, found in data.figures.items() if report in first],
        "kinds": [wording.defect(kind) for kind in kinds],
        "defects": [[n, *[row.defects.get(kind, 0) for kind in kinds]] for n, row in enumerate(data.rows) if row.defects],
        "examples": {name: [[a, b, _link(c)] for a, b, c in said] for name, said in data.examples.items()},
        "shared": [
            [p["a"], p["b"], p["year"] if p["kind"] == "last-year" else 0, p["likeness"], p["text_a"], p["text_b"],
             _link(p["page_a"]), _link(p["page_b"])] for p in data.shared[:MOST_PAIRS]
        ],
        "checks": [
            [c["body"], c["name"], c["scope"], c["known"], c["said"] or "", c["said_scope"] or "",
             wording.text("batch", "outcomes", c["outcome"]), c["quote"] or ""] for c in data.checks
        ],
    }  # fmt: skip


def _row(
    row: BodyRow, at: dict[str, int], superiors: list[str], states: list[str], bands: list[str]
) -> list[Any]:
    return [
        row.name, at[row.table], superiors.index(row.superior) if row.superior else -1, row.year, states.index(row.state),
        row.score, row.low, row.high, row.statutory, row.outline, row.editorial,
        bands.index(row.band) if row.band else -1, row.tier, row.rank, row.rank_low, row.rank_high, row.peer_count,
        _link(row.page) if row.state != "missing" and row.page else "", row.filed_on, row.published_on,
        _flag(row.filed_late), _flag(row.published_late), row.remark, row.verdicts,
    ]  # fmt: skip


def _flag(late: bool | None) -> int:
    return 0 if late is None else 2 if late else 1


def _link(page_name: str) -> str:
    return quote(page_name + ".html") if page_name else ""


def _special(data: Overview) -> dict[str, dict[str, str]]:
    """Words for verdicts of items that have their own: column → letter → words."""
    out: dict[str, dict[str, str]] = {}
    for n, column in enumerate(data.columns):
        own = {
            CODES[v]: said
            for v in CODES
            if (said := wording.verdict(v, column.checklist, column.item)) != wording.verdict(v)
        }
        if own:
            out[str(n)] = own
    return out


def _keys(data: Overview) -> list[tuple[str, str]]:
    """Metrics that stand in the reports, the ones asked about most first."""
    units: dict[str, str] = {}
    for found in data.figures.values():
        for figure in found:
            units.setdefault(figure.key, figure.unit)
    first = [key for key in load_yaml("batch.yaml")["metrics_first"] if key in units]
    return [(key, units[key]) for key in [*first, *sorted(set(units) - set(first))]]


def _values(found: list[Figure], keys: list[tuple[str, str]]) -> list[Any]:
    """For each metric 0, or [value, marks as bits, limited, quote, last year's]: the whole before a part."""
    best: dict[str, Figure] = {}
    for figure in found:
        held = best.get(figure.key)
        if (
            held is None
            or figure.whole
            and not held.whole
            or figure.whole == held.whole
            and figure.marks
            and not held.marks
        ):
            best[figure.key] = figure
    out: list[Any] = []
    for key, _ in keys:
        got = best.get(key)
        if got is None:
            out.append(0)
            continue
        bits = sum(1 << n for n, mark in enumerate(MARKS) if mark in got.marks)
        scope = "" if got.whole else got.scope if got.scope != "all" else "合并计数"
        out.append(
            [got.value, bits, scope, got.quote[:60], got.before]
            if bits or scope or got.before is not None
            else [got.value]
        )
    return out
