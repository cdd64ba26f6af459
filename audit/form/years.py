"""Years that cannot be right: left over from the last report, not yet come, or no dates at all."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audit.data import load_yaml
from audit.form.layout import Layout, Line
from audit.form.markers import Marker
from audit.form.model import Defect

_CN = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Claim:
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
    year = r"(?P<year>(?<![\d-])20\d\d(?!\d)|二[零]一?[零一二三四五六七八九]{1,2})"
    return re.compile(
        {
            "title": year + r" ?年?度?[^,。;\n]{0,30}(?:法治|依法行政|依法治)[^,。;\n]{0,40}(?:报告|总结|情况|公告)",
            "intro": year + r"年度?,",
            "now": r"现(?:将|就|把)[^。;\n]{0,20}?" + year + r"年度?[^。;\n]{0,44}?(?:报告|汇报|公布|公告|总结|通报)(?:如下|于后)",
            "heading": year + r"(?!年?[-~至到])年度?(?!以来|底|初|起|版|[前后]|\d{1,2}月)",
            "plan": year + r"年,",
            "docno": r"[\[(](?P<year>20\d\d)[\])] ?第?\d+ ?号",
            "deadline": year + r"年(?:底|末|年底|\d{1,2}月底?|上半年|下半年|[一二三四]季度)?(?:之前|以前|前)",
            "outline": r"(?P<name>法治政府建设实施纲要|法治社会建设实施纲要|法治中国建设规划)[》]?\((?P<a>\d{4})年?[-~至到]+(?P<b>\d{4})年?\)",
            "lost": r"(?<!\d)(?P<year>20[12]\d20[1-5]\d)(?= ?年)",
            "odd": r"(?<![\d.])(?P<year>(?:2[1-9]|1[0-7])\d\d|20[6-9]\d)(?=年(?:度|底|初|末|\d{1,2}月|[,。;以来]|全[省市县区]))|(?<![\d.])(?P<long>20\d{3})(?=年(?:度|底|初|末|\d{1,2}月|[,。;]))",
            "date": r"(?<![\d-])(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号](?!\d)",
            "later": r"(?<![\d至到—~前-])(?P<year>20\d\d)年(?=度|底|初|末|上半年|下半年|全年|\d{1,2}月|,)(?!底?[前之以])",
        }[name]
    )


def _value(word: str) -> int:
    return int("".join(_CN.get(c, c) for c in word)) if len(word) == 4 else 0


def find(layout: Layout, found: list[Marker], report_year: int | None) -> Iterator[Defect]:
    """Years that contradict the year reported on, the date of signing, or the calendar."""
    claims = list(_claims(layout, found))
    year = _agreed(claims, report_year)
    yield from _impossible(layout)
    if year is None:
        return
    for claim in claims:
        if claim.year != year and _sure(claim, claims, year):
            wanted = year + claim.shown - claim.year
            why = f"{claim.what}写作{claim.shown}年,与报告年度{year}年不符,疑为沿用往年文稿"
            yield Defect("year", *_around(layout, claim), why, f"核对后改为{wanted}年", "must")
    yield from _signing(layout, year)
    yield from _periods(layout, year)
    yield from _past_deadlines(layout, year)
    yield from _not_yet(layout, year, {claim.start for claim in claims})


def _claims(layout: Layout, found: list[Marker]) -> Iterator[Claim]:
    norm = layout.norm
    starts = {marker.start: marker for marker in found if marker.at_start}
    intro = plan = titled = False
    body = False
    for line in layout.lines:
        if line.kind != "text":
            continue
        marker = starts.get(line.start)
        length = line.end - line.start
        if not body and not titled and length <= 80 and line.role in ("opening", "achievements") and not marker:
            match = _regex("title").search(norm, line.start, line.end)
            if match and _quiet(norm, match.start("year"), line):
                titled = True
                yield _claim(match, 0, "标题")
                continue
        if marker and marker.style in ("cn", "(cn)", "section") and (length <= 60):
            body = True
            match = _regex("heading").search(norm, marker.end, min(line.end, marker.end + 30))
            if match and _quiet(norm, match.start("year"), line):
                ahead = 1 if line.role == "plan" else 0
                if line.role in ("achievements", "responsible", "problems") or (ahead and marker.style != "(cn)"):
                    yield _claim(match, ahead, f"标题“{norm[line.start : min(line.end, line.start + 24)]}”")
        if length >= 30:
            if not intro and line.role in ("opening", "achievements") and not body:
                match = _regex("intro").match(norm, line.start, line.end)
                if match:
                    intro = True
                    yield _claim(match, 0, "导语开头")
            if line.role in ("opening", "achievements"):
                match = _regex("now").search(norm, line.start, line.end)
                if match and _quiet(norm, match.start("year"), line):
                    yield _claim(match, 0, "“现将……报告如下”中")
            if line.role == "plan" and not plan:
                match = _regex("plan").match(norm, marker.end if marker else line.start, line.end)
                plan = True
                if match:
                    yield _claim(match, 1, "下一年度安排的开头")


def _quiet(norm: str, place: int, line: Line) -> bool:
    """Outside book-title marks."""
    opened = norm.rfind("《", line.start, place)
    return opened < 0 or norm.find("》", opened, place) >= 0


def _claim(match: re.Match[str], ahead: int, what: str) -> Claim:
    shown = _value(match["year"])
    return Claim(shown - ahead, shown, match.start("year"), match.end("year"), what)


def _agreed(claims: list[Claim], report_year: int | None) -> int | None:
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


def _sure(claim: Claim, claims: list[Claim], year: int) -> bool:
    """At least one other place speaks for the report's year, and none for this claim's."""
    return any(c.year == year for c in claims) and sum(c.year == claim.year for c in claims) == 1


def _around(layout: Layout, claim: Claim) -> tuple[int, int]:
    line = layout.lines[layout.line_at(claim.start)]
    start = line.start if claim.start - line.start <= 24 else layout.clause_start(claim.start, line.start)
    end = layout.clause_end(claim.end, min(line.end, claim.end + 40))
    return start, end


def _impossible(layout: Layout) -> Iterator[Defect]:
    norm = layout.norm
    for match in _regex("lost").finditer(norm):
        if _outside_noise(layout, match.start()):
            yield Defect("typo", match.start(), match.end() + 1, "起止年份之间缺连接号", "补上“—”", "note", False)
    for match in _regex("odd").finditer(norm):
        if _outside_noise(layout, match.start()):
            start = layout.clause_start(match.start(), match.start() - 12)
            end = layout.clause_end(match.end(), match.end() + 12)
            yield Defect("year", start, end, f"年份“{match[0]}年”有误", "核对后改正", "must")
    for match in _regex("date").finditer(norm):
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else 2024
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            if _outside_noise(layout, match.start()):
                yield Defect("year", match.start(), match.end(), f"日期“{match[0]}”不存在", "核对后改正", "must")


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
        if match and _quiet(layout.norm, match.start(), line):
            number = int(match["year"])
            border = signed is not None and number == int(signed[:4]) - 1 and signed[5:7] == "01"
            if number < year or (signed_year is not None and number != signed_year and not border):
                start = layout.clause_start(match.start(), max(line.start, match.start() - 12))
                why = f"发文字号年份为{number}年,与" + (f"成文日期({signed_year}年)" if signed_year else f"报告年度({year}年)") + "不符"
                yield Defect("year", start, match.end(), why, "核对发文字号", "must")
            return


def _date_place(layout: Layout, iso: str) -> tuple[int, int] | None:
    year, month, day = (int(piece) for piece in iso.split("-"))
    pattern = re.compile(rf"{year} ?年 ?0?{month} ?月 ?0?{day} ?日")
    places = [m.span() for m in pattern.finditer(layout.norm)]
    return places[-1] if places else None


def _periods(layout: Layout, year: int) -> Iterator[Defect]:
    """National outlines with years that no outline has."""
    known = {name: [tuple(p) for p in periods] for name, periods in load_yaml("form/years.yaml")["periods"].items()}
    for match in _regex("outline").finditer(layout.norm):
        period = (int(match["a"]), int(match["b"]))
        if period in known[match["name"]] or (period[0] == 2026 and year >= 2024):
            continue
        right = "或".join(f"{a}—{b}年" for a, b in known[match["name"]])
        start = match.start() - (layout.norm[match.start() - 1] == "《")
        end = match.end() + (layout.norm[match.end() : match.end() + 1] == "》")
        yield Defect("year", start, end, f"《{match['name']}》没有{period[0]}—{period[1]}年的", f"核对,应为{right}", "must")


def _past_deadlines(layout: Layout, year: int) -> Iterator[Defect]:
    """A plan that is to be done before a date already past."""
    data = load_yaml("form/years.yaml")
    aims, done = re.compile("|".join(data["aims"])), re.compile("|".join(data["done"]))
    for match in _regex("deadline").finditer(layout.norm):
        if layout.role_at(match.start()) != "plan" or _value(match["year"]) > year:
            continue
        start, end = layout.clause_start(match.start()), layout.clause_end(match.end())
        words = layout.norm[match.end() : end]
        if aims.search(words) and not done.search(words):
            why = f"下一年度安排的期限“{match[0]}”在报告年度({year}年)内已经过去"
            yield Defect("year", start, end, why, "核对期限", "must")


def _not_yet(layout: Layout, year: int, spared: set[int]) -> Iterator[Defect]:
    """Something told as done in a year that had not come."""
    data = load_yaml("form/years.yaml")
    ahead = re.compile("|".join(data["ahead"]))
    signed = layout.document.facts.signed_on
    for match in _regex("later").finditer(layout.norm):
        place, said = match.start(), int(match["year"])
        if said <= year or place in spared or layout.role_at(place) not in ("achievements", "responsible"):
            continue
        if said == year + 1 and not (signed and _later_than(match, layout, signed)):
            continue
        line = layout.lines[layout.line_at(place)]
        start, end = layout.sentence_start(place), layout.sentence_end(place)
        if line.kind != "text" or not _quiet(layout.norm, place, line) or ahead.search(layout.norm, start, end):
            continue
        begin = layout.clause_start(place)
        why = f"工作成效中出现{said}年,晚于报告年度{year}年" + ("" if said > year + 1 else "且晚于成文日期")
        yield Defect("year", begin, layout.clause_end(match.end() + 1, match.end() + 40), why, "核对年份", "must")


def _later_than(match: re.Match[str], layout: Layout, signed: str) -> bool:
    after = re.match(r"(\d{1,2})月(?:(\d{1,2})日)?", layout.norm[match.end() : match.end() + 8])
    if not after:
        return False
    return (int(match["year"]), int(after[1]), int(after[2] or 0)) > tuple(int(p) for p in signed.split("-"))
