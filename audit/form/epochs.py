"""Five-year plans for spreading the law against the report's year: 落实“七五”普法规划 in a report for 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.model import Defect

_NAME = re.compile(r"(?P<name>[五六七八九]五)”?(?=普法|法治宣传|法制宣传|规划|依法治理)")


def find(layout: Layout, year: int | None) -> Iterator[Defect]:
    """The first place where a plan is carried out that had ended, or had not begun."""
    norm = layout.norm
    if year is None or "五" not in norm:
        return
    lists = data("names")["popularisation"]
    for match in _NAME.finditer(norm):
        first, last = lists["periods"][match["name"]]
        place = match.start() - (norm[match.start() - 1] == "“")
        role, line = layout.role_at(place), layout.lines[layout.line_at(place)]
        if line.kind != "text" or norm[place - 1] in "一二三四五六七八九十":
            continue
        then = year + (role == "plan")
        if first <= then <= last or first <= year <= last:
            continue
        start, end = layout.sentence_start(place), layout.sentence_end(match.end())
        near = norm[max(start, place - 24) : min(end, match.end() + 24)]
        if last < then and re.search(lists["past"], near) and then - last <= 5:
            continue
        if first > then and first - then <= 2 and re.search(lists["coming"], near):
            continue
        names = {tuple(period): name for name, period in lists["periods"].items()}
        due = next((name for (a, b), name in names.items() if a <= then <= b), "")
        why = f"“{match['name']}”普法为{first}—{last}年,报告年度为{year}年" + (f",应为“{due}”" if due else "")
        begin = layout.clause_start(place, place - 30)
        stop = layout.clause_end(match.end(), match.end() + 20)
        yield Defect("name", begin, stop, why, f"核对后改为“{due}”普法" if due else "核对", "should")
        return
