"""This year's report against last year's: carried-over sentences, problems named again, targets and results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from audit.document.model import Document, Span
from audit.form.duplicates import Statement, content, likeness, statements
from audit.form.items import passages, split
from audit.form.layout import MAIN, Layout
from audit.form.markers import Marker, markers
from audit.form.targets import Level, bare_name, levels, same_rate

_SHORTEST = 14
_CARRIED = 0.9
_AGAIN = 0.55
_DIGITS = re.compile(r"[\d.]+")


def compare(now: Layout, found: Sequence[Marker], before: Document) -> dict[str, Any]:
    """The comparison as plain data, ready for the result.

    Returns:
        `carried` (passages taken over, with the passage of last year and the likeness, 0–1),
        `share_carried` (their share of the compared sentences, 0–1), `problems_again`, `targets` (what last
        year's plan set, and this year's level, None where this report is silent).
    """
    then = Layout(before)
    carried, share = _carried(now, then)
    return {
        "carried": carried,
        "share_carried": share,
        "problems_again": _again(now, found, then),
        "targets": _targets(now, then),
    }


def _place(layout: Layout, span: Span | Statement) -> dict[str, Any]:
    return {"quote": layout.text[span.start : span.end], "start": span.start, "end": span.end}


def _carried(now: Layout, then: Layout) -> tuple[list[dict[str, Any]], float | None]:
    old = [(s, content(s.bare)) for s in statements(then, MAIN)]
    exact = {bare: s for s, bare in old if len(bare) >= _SHORTEST}
    grams: dict[str, list[int]] = {}
    for index, (_, bare) in enumerate(old):
        for at in range(0, max(1, len(bare) - 5), 3):
            grams.setdefault(bare[at : at + 6], []).append(index)
    result, compared = [], 0
    for statement in statements(now, MAIN):
        bare = content(statement.bare)
        if len(bare) < _SHORTEST:
            continue
        compared += 1
        twin, close = exact.get(bare), 1.0
        if twin is None:
            near = {i for at in range(len(bare) - 5) for i in grams.get(bare[at : at + 6], ())}
            plain = _DIGITS.sub("", bare)
            scores = [
                (likeness(plain, _DIGITS.sub("", old[i][1])), -i) for i in near if len(old[i][1]) >= _SHORTEST
            ]
            close, index = max(scores, default=(0.0, 0))
            twin = old[-index][0] if close >= _CARRIED else None
        if twin is not None:
            entry = _place(now, statement)
            result.append({**entry, "previous": _place(then, twin), "likeness": round(close, 3)})
    return result, round(len(result) / compared, 4) if compared else None


def _again(now: Layout, found: Sequence[Marker], then: Layout) -> list[dict[str, Any]]:
    old = split(then, passages(then, "problems"), markers(then))
    result = []
    for problem in split(now, passages(now, "problems"), found):
        mine = _heart(now, problem)
        scores = [(likeness(mine, _heart(then, other)), -i) for i, other in enumerate(old)]
        close, index = max(scores, default=(0.0, 0))
        if close >= _AGAIN:
            result.append(
                {
                    "problem": _place(now, problem),
                    "previous": _place(then, old[-index]),
                    "likeness": round(close, 3),
                }
            )
    return result


def _heart(layout: Layout, span: Span) -> str:
    """What a problem says first, without its number."""
    words = layout.norm[span.start : span.end]
    first = re.split(r"[。;:]", words, maxsplit=1)[0]
    return re.sub(r"^(?:\(?[一二三四五六七八九十\d]+\)?[是、.]?)|[^\u4e00-\u9fff]", "", first)


def _targets(now: Layout, then: Layout) -> list[dict[str, Any]]:
    reached = [level for level in levels(now) if not level.scoped]
    result = []
    for quantity in then.document.quantities:
        if (
            quantity.unit != "%"
            or quantity.implied
            or quantity.kind != "level"
            or then.role_at(quantity.start) != "plan"
        ):
            continue
        start = then.clause_start(quantity.start, quantity.start - 60)
        name = bare_name(
            re.sub(
                r"(?:达到?|提高到|提升[至到]|保持在?|稳定在?|控制在|降[至到]|不低于|力争|超过|为|在)*$",
                "",
                then.norm[start : quantity.start],
            )
        )
        if not name.endswith(("率", "比例", "满意度", "占比")):
            continue
        end = quantity.end
        aim = then.text[quantity.start : end]
        upper = bool(re.search(r"以下|以内|降|控制|不超过", then.norm[start : end + 2]))
        level = _match(name, reached)
        hit = (
            None
            if level is None
            else (level.value <= quantity.value if upper else level.value >= quantity.value)
        )
        result.append(
            {
                "name": name,
                "aim": aim,
                "previous": {"quote": then.text[start:end], "start": start, "end": end},
                "now": None if level is None else _level(now, level),
                "reached": hit,
            }
        )
    return result


def _match(name: str, reached: Sequence[Level]) -> Level | None:
    return next((level for level in reached if same_rate(name, level.name)), None)


def _level(layout: Layout, level: Level) -> dict[str, Any]:
    start = layout.clause_start(level.quantity.start, level.quantity.start - 60)
    span = Span(start, level.quantity.end)
    return {**_place(layout, span), "value": level.value}
