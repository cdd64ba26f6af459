"""The places of a report that say, by a year, which year it is about; the majority decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from audit.form.cued import data
from audit.form.layout import Layout, Line
from audit.form.markers import Marker

_CN = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}
_YEAR = r"(?P<year>(?<![\d-])20\d\d(?!\d)|二零[一二][零一二三四五六七八九])"
_HEADED = r"[^,。;\n]{0,30}(?:法治|依法行政|依法治)[^,。;\n]{0,40}(?:报告|总结|情况|公告)"
_SAID = r"(?:报告|汇报|公布|公告|总结|通报)(?:如下|于后)"


class Claim(NamedTuple):
    """A place that says, by its year, which year the report is about.

    Attributes:
        year: the report's year by this place.
        shown: the year as it stands there.
        start: where the year stands.
        end: offset after it.
        what: the place in Chinese: 标题, 导语, 工作成效的标题 ….
    """

    year: int
    shown: int
    start: int
    end: int
    what: str


@cache
def _regex(name: str) -> re.Pattern[str]:
    patterns = {
        "title": f"{_YEAR} ?年?度?{_HEADED}",
        "intro": f"{_YEAR}年度?[,是]",
        "now": rf"现(?:将|就|把)[^。;\n]{{0,20}}?{_YEAR}年度?[^。;\n]{{0,44}}?{_SAID}",
        "heading": rf"{_YEAR}(?!年?[-~至到])年度?(?!以来|底|初|起|版|[前后]|\d{{1,2}}月)",
        "plan": f"{_YEAR}年,",
    }
    return re.compile(patterns[name])


@cache
def year_words(name: str) -> re.Pattern[str]:
    """The words of one list of `years.yaml`."""
    return re.compile("|".join(data("years")[name]))


def _value(word: str) -> int:
    return int("".join(_CN.get(c, c) for c in word)) if len(word) == 4 else 0


def report_claims(layout: Layout, found: Sequence[Marker]) -> Iterator[Claim]:
    """All such places in order."""
    starts = {marker.start: marker for marker in found if marker.at_start}
    seen: set[str] = set()
    for line in layout.lines:
        if line.kind != "text":
            continue
        marker = starts.get(line.start)
        if marker and marker.style in ("cn", "(cn)", "section"):
            seen.add("body")
            if line.end - line.start <= 60:
                yield from _heading_claim(layout, line, marker)
                continue
        yield from _running_claims(layout, line, marker, seen)


def _running_claims(layout: Layout, line: Line, marker: Marker | None, seen: set[str]) -> Iterator[Claim]:
    """The title, the first words of the introduction and of the plan, 现将……报告如下."""
    norm, length = layout.norm, line.end - line.start
    if line.role in ("opening", "achievements"):
        if not seen & {"body", "title"} and length <= 80:
            match = _regex("title").search(norm, line.start, line.end)
            if match and outside_titles(norm, match.start("year"), line):
                seen.add("title")
                yield _claim(match, 0, "标题")
                return
        if length < 30:
            return
        match = None if seen & {"body", "intro"} else _regex("intro").match(norm, line.start, line.end)
        if match:
            seen.add("intro")
            yield _claim(match, 0, "导语开头")
        match = _regex("now").search(norm, line.start, line.end)
        if match and outside_titles(norm, match.start("year"), line):
            yield _claim(match, 0, "“现将……报告如下”中")
    elif line.role == "plan" and length >= 12 and "plan" not in seen:
        seen.add("plan")
        match = _regex("plan").match(norm, marker.end if marker else line.start, line.end)
        if match:
            yield _claim(match, 1, "下一年度安排的开头")


def _heading_claim(layout: Layout, line: Line, marker: Marker) -> Iterator[Claim]:
    norm = layout.norm
    match = _regex("heading").search(norm, marker.end, min(line.end, marker.end + 30))
    if not match or not outside_titles(norm, match.start("year"), line):
        return
    rest = norm[match.end() : line.end]
    told, planned = year_words("told").search(rest), year_words("planned").search(rest)
    if told or planned:
        what = f"标题“{norm[line.start : min(line.end, line.start + 24)]}”"
        yield _claim(match, 0 if told else 1, what)


def outside_titles(norm: str, place: int, line: Line) -> bool:
    """Outside book-title marks."""
    opened = norm.rfind("《", line.start, place)
    return opened < 0 or norm.find("》", opened, place) >= 0


def _claim(match: re.Match[str], ahead: int, what: str) -> Claim:
    shown = _value(match["year"])
    return Claim(shown - ahead, shown, match.start("year"), match.end("year"), what)


def agreed_year(claims: list[Claim], report_year: int | None) -> int | None:
    """The year that most places speak of; the document's own reading decides a tie."""
    votes = Counter(claim.year for claim in claims if 2000 < claim.year < 2060)
    if report_year is not None:
        votes[report_year] += 1
    if not votes:
        return None
    best = max(votes.values())
    leaders = [year for year, count in votes.items() if count == best]
    if report_year in leaders:
        return report_year
    return leaders[0] if len(leaders) == 1 and best > 1 else report_year


def stands_alone(claim: Claim, claims: list[Claim], year: int) -> bool:
    """At least one other place speaks for the report's year, and none for this claim's."""
    return any(c.year == year for c in claims) and sum(c.year == claim.year for c in claims) == 1


def around(layout: Layout, claim: Claim) -> tuple[int, int]:
    """The smallest passage that shows a claim."""
    line = layout.lines[layout.line_at(claim.start)]
    start = line.start if claim.start - line.start <= 24 else layout.clause_start(claim.start, line.start)
    end = layout.clause_end(claim.end, min(line.end, claim.end + 40))
    return start, end
