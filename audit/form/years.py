"""Years that cannot be right: left over from the last report, not yet come, or no dates at all."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from audit.form import stale
from audit.form.claims import agreed_year, around, outside_titles, report_claims, stands_alone, year_words
from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.markers import Marker
from audit.form.model import Defect


class Written(NamedTuple):
    """Digits before 年.

    Attributes:
        value: the year, 0 where it is none.
        start: where the digits begin.
        end: where 年 stands.
        double: two years without the dash between them (20212025年, 2021 2025年).
        odd: no year of our times.
    """

    value: int
    start: int
    end: int
    double: bool
    odd: bool


_DIGITS = re.compile(r"[12]\d{3}(?:\d{0,4}(?= ?年)|(?<=20\d\d) ?20[1-4]\d(?=年?\)))")


def _written(layout: Layout) -> list[Written]:
    norm, found = layout.norm, []
    for match in _DIGITS.finditer(norm):
        start, end = match.span()
        if (
            norm[start - 1 : start].isdigit()
            or norm[start - 1 : start] == "."
            or not _outside_noise(layout, start)
        ):
            continue
        word, value = match[0], int(match[0][:4])
        double = len(word) >= 8 and word[:2] == word[-4:-2] == "20" and 0 < int(word[-4:]) - value <= 15
        odd = len(word) == 5 or (len(word) == 4 and not 1800 <= value < 2060)
        found.append(Written(value if len(word) == 4 and not odd else 0, start, end, double, odd))
    return found


@cache
def _regex(name: str) -> re.Pattern[str]:
    name_of = "法治政府建设实施纲要|法治社会建设实施纲要|法治中国建设规划"
    patterns = {
        "docno": r"[\[(](?P<year>20\d\d)[\])] ?第?\d+ ?号",
        "outline": rf"(?P<name>{name_of})[》]?\((?P<a>\d{{4}})年?[-~至到]+(?P<b>\d{{4}})年?\)",
        "past": r"(?:底|末|年底|\d{1,2}月底?|上半年|下半年|[一二三四]季度)?(?:之前|以前|前)",
        "later": r"(?=度|底|初|末|上半年|下半年|全年|\d{1,2}月|,)(?!底?[前之以])",
        "odd": r"度|底|初|末|\d{1,2}月|[,。;]|以来|全[省市县区]",
        "month": r"(?:1[3-9]|[2-9]\d)月(?:份|[上中下]旬|初|底|末)",
        "date": r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号](?!\d)",
    }
    return re.compile(patterns[name])


def find(layout: Layout, found: list[Marker], report_year: int | None) -> Iterator[Defect]:
    """Years that contradict the year reported on, the date of signing, or the calendar."""
    claims = list(report_claims(layout, found))
    written = _written(layout)
    year = agreed_year(claims, report_year)
    yield from _impossible(layout, written)
    if year is None:
        return
    for claim in claims:
        if claim.year != year and stands_alone(claim, claims, year):
            wanted = year + claim.shown - claim.year
            why = f"{claim.what}写作{claim.shown}年,与报告年度{year}年不符,疑为沿用往年文稿"
            yield Defect("year", *around(layout, claim), why, f"核对后改为{wanted}年", "must")
    yield from _signing(layout, year)
    yield from _periods(layout, year)
    yield from _past_deadlines(layout, year, written)
    claimed = {claim.start for claim in claims}
    swapped = dict(_swapped(layout, year, written)) if any(w.value > year + 5 for w in written) else {}
    yield from swapped.values()
    yield from _not_yet(layout, year, written, claimed | swapped.keys())
    for defect in stale.find(layout, year):
        if not any((defect.start or 0) <= place < (defect.end or 0) for place in claimed):
            yield defect


def _impossible(layout: Layout, written: list[Written]) -> Iterator[Defect]:
    norm = layout.norm
    for said in written:
        if said.double:
            end = said.end + norm.startswith("年", said.end)
            yield Defect("year", said.start, end, "起止年份之间缺连接号", "补上“—”", "should")
        elif said.odd and (_regex("odd").match(norm, said.end + 1) or _shuffled(norm[said.start : said.end])):
            start = layout.clause_start(said.start, said.start - 12)
            end = layout.clause_end(said.end, said.end + 12)
            why = f"年份“{norm[said.start : said.end]}年”有误"
            yield Defect("year", start, end, why, "核对后改正", "must")
    for match in _at_months(norm, "month"):
        if not norm[match.start() - 1 : match.start()].isdigit() and _outside_noise(layout, match.start()):
            yield Defect("year", match.start(), match.end(), f"月份“{match[0]}”不存在", "核对后改正", "must")
    for match in _at_months(norm, "date"):
        month, day, before = (
            int(match["month"]),
            int(match["day"]),
            norm[max(0, match.start() - 5) : match.start()],
        )
        year = int(before[:4]) if re.fullmatch(r"20\d\d年", before) else 2024
        exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        if not exists and before[-1:] not in "-." and _outside_noise(layout, match.start()):
            yield Defect("year", match.start(), match.end(), f"日期“{match[0]}”不存在", "核对后改正", "must")


def _at_months(norm: str, name: str) -> Iterator[re.Match[str]]:
    """The matches of an expression that begins with the digits of a month, in order."""
    pattern = _regex(name)
    place = norm.find("月", 1)
    while place >= 0:
        start = place - 1 - norm[max(0, place - 2) : place - 1].isdigit()
        match = pattern.match(norm, start)
        if match:
            yield match
        place = norm.find("月", place + 1)


def _shuffled(digits: str) -> bool:
    """A year of our times with two digits changed round: 2204年."""
    return len(digits) == 4 and any(sorted(digits) == sorted(str(year)) for year in range(2015, 2032))


def _outside_noise(layout: Layout, place: int) -> bool:
    return layout.lines[layout.line_at(place)].kind == "text"


def _signing(layout: Layout, year: int) -> Iterator[Defect]:
    """The date of signing and the document number against the year reported on."""
    facts = layout.document.facts
    signed = facts.signed_on
    signed_year = int(signed[:4]) if signed else None
    if signed and signed_year is not None and facts.doc_type == "annual-report":
        early = signed_year < year or (signed_year == year and int(signed[5:7]) <= 9)
        if early:
            place = _date_place(layout, signed)
            if place:
                why = f"成文日期早于报告年度({year}年)结束,疑为沿用往年文稿"
                yield Defect("year", *place, why, "核对成文日期", "must")
                signed_year = None
    for line in layout.lines[:12]:
        if line.role not in ("opening", "achievements") or line.end - line.start > 80:
            continue
        match = _regex("docno").search(layout.norm, line.start, line.end)
        if match and outside_titles(layout.norm, match.start(), line):
            number = int(match["year"])
            border = signed is not None and number == int(signed[:4]) - 1 and signed[5:7] == "01"
            if number < year or (signed_year is not None and number != signed_year and not border):
                start = layout.clause_start(match.start(), max(line.start, match.start() - 12))
                why = (
                    f"发文字号年份为{number}年,与"
                    + (f"成文日期({signed_year}年)" if signed_year else f"报告年度({year}年)")
                    + "不符"
                )
                yield Defect("year", start, match.end(), why, "核对发文字号", "must")
            return


def _date_place(layout: Layout, iso: str) -> tuple[int, int] | None:
    year, month, day = (int(piece) for piece in iso.split("-"))
    pattern = re.compile(rf"{year} ?年 ?0?{month} ?月 ?0?{day} ?日")
    places = [m.span() for m in pattern.finditer(layout.norm)]
    return places[-1] if places else None


def _periods(layout: Layout, year: int) -> Iterator[Defect]:
    """National outlines with years that no outline has."""
    known = {name: [tuple(p) for p in periods] for name, periods in data("years")["periods"].items()}
    for match in _regex("outline").finditer(layout.norm):
        period = (int(match["a"]), int(match["b"]))
        if period in known[match["name"]] or (period[0] == 2026 and year >= 2024):
            continue
        right = "或".join(f"{a}—{b}年" for a, b in known[match["name"]])
        start = match.start() - (layout.norm[match.start() - 1] == "《")
        end = match.end() + (layout.norm[match.end() : match.end() + 1] == "》")
        yield Defect(
            "year",
            start,
            end,
            f"《{match['name']}》没有{period[0]}—{period[1]}年的",
            f"核对,应为{right}",
            "must",
        )


def _past_deadlines(layout: Layout, year: int, written: list[Written]) -> Iterator[Defect]:
    """A plan that is to be done before a date already past."""
    for said in written:
        if not 2000 < said.value <= year or layout.role_at(said.start) != "plan":
            continue
        match = _regex("past").match(layout.norm, said.end + 1)
        if not match:
            continue
        start, end = layout.clause_start(said.start), layout.clause_end(match.end())
        words = layout.norm[match.end() : end]
        if year_words("aims").search(words) and not year_words("done").search(words):
            shown = layout.norm[said.start : match.end()]
            why = f"下一年度安排的期限“{shown}”在报告年度({year}年)内已经过去"
            yield Defect("year", start, end, why, "核对期限", "must")


def _not_yet(layout: Layout, year: int, written: list[Written], spared: set[int]) -> Iterator[Defect]:
    """Something told as done in a year that had not come."""
    signed = layout.document.facts.signed_on
    norm = layout.norm
    for said in written:
        place = said.start
        if said.value <= year or place in spared or _aimed_at(norm, place):
            continue
        if layout.role_at(place) not in ("achievements", "responsible") or not _regex("later").match(
            norm, said.end + 1
        ):
            continue
        if said.value == year + 1 and not (signed and _after(norm, said, signed)):
            continue
        line = layout.lines[layout.line_at(place)]
        start, end = layout.clause_start(place), layout.clause_end(said.end)
        coming = norm[end + 1 : layout.clause_end(end + 1)] if end - start <= 12 else ""
        ahead = year_words("ahead").search(norm, start, end) or year_words("coming").search(coming)
        if line.kind != "text" or not outside_titles(norm, place, line) or ahead:
            continue
        why = f"工作成效中出现{said.value}年,晚于报告年度{year}年" + (
            "且晚于成文日期" if said.value == year + 1 else ""
        )
        stop = layout.clause_end(said.end + 2, said.end + 42)
        yield Defect("year", layout.clause_start(place), stop, why, "核对年份", "must")


def _aimed_at(norm: str, place: int) -> bool:
    """The year ends a span or a term: 到2025年, but not 截至2025年."""
    return norm[place - 1] in "至到~前-—" and norm[place - 2 : place] not in ("截至", "止到", "止至")


def _swapped(layout: Layout, year: int, written: list[Written]) -> Iterator[tuple[int, Defect]]:
    """“2042年度重大行政决策事项目录” in a report for 2024: two digits changed round."""
    norm = layout.norm
    for said in written:
        right = next((y for y in (year, year + 1, year - 1) if sorted(str(y)) == sorted(str(said.value))), 0)
        if said.value <= year + 5 or not right or norm[said.start - 1] in "至到~前-—后":
            continue
        end = layout.clause_end(said.end, said.end + 24)
        if year_words("own_year").match(norm, said.end + 1, end) and not year_words("far").search(
            norm, said.start, end
        ):
            why = f"年份“{said.value}年”远在报告年度({year}年)之后,疑为{right}年之误"
            start = layout.clause_start(said.start, said.start - 12)
            yield said.start, Defect("year", start, end, why, f"核对后改为{right}年", "must")


def _after(norm: str, said: Written, signed: str) -> bool:
    match = re.match(r"(\d{1,2})月(?:(\d{1,2})日)?", norm[said.end + 1 : said.end + 9])
    if not match:
        return False
    return (said.value, int(match[1]), int(match[2] or 0)) > tuple(int(piece) for piece in signed.split("-"))
