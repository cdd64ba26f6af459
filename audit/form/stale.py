"""Years left over from an older report in the deeds that it tells, and past things dated in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from audit.form.cued import data, expression, worded
from audit.form.layout import Layout
from audit.form.model import Defect

_RESULTS = frozenset({"achievements", "responsible"})
_OUTLINE = re.compile(
    r"《(法治政府建设实施纲要|法治社会建设实施纲要|法治中国建设规划)\((20\d\d)年?[-~至到—]+(20\d\d)年?\)》?"
)
_TITLES = re.compile(r"《[^《》]*》")
_BEGUN = re.compile(r"20\d\d(?=年度?,(?!\d))")
_UNTIL = re.compile(r"截[至止]到?(20\d\d)年(?:年?底|末|12月(?:31日|底)?)")
_BEFORE = re.compile(r"(20\d\d)年(?:底)?(?:以|之)?前")


_words = partial(worded, "years")


def find(layout: Layout, year: int) -> Iterator[Defect]:
    """Deeds of the report's year with the year of another.

    Args:
        layout: the report.
        year: the year reported on.
    """
    norm = layout.norm
    yield from _issued(layout, year)
    for match in _UNTIL.finditer(norm) if "截" in norm else ():
        if (
            int(match[1]) < year
            and _deed(layout, match.start())
            and not _compared(layout, match.start(), year)
        ):
            yield _left(layout, match.start(), match.end(), match[1], year)
    yield from _begun(layout, year)
    yield from _summed_up(layout, year)
    yield from _ahead(layout, year)
    yield from _outlines(layout, year)


def _deed(layout: Layout, place: int) -> bool:
    line = layout.lines[layout.line_at(place)]
    return line.kind == "text" and layout.role_at(place) in _RESULTS


def _compared(layout: Layout, place: int, year: int) -> bool:
    """The sentence, or the next, compares years or goes on to the report's own."""
    start, end = layout.sentence_start(place), layout.sentence_end(place)
    if start > 1 and layout.norm[start - 1] in "。;":
        start = layout.sentence_start(start - 1)
    end = layout.sentence_end(end + 1) if end + 1 < len(layout.text) else end
    return (
        str(year) in layout.norm[start:end] or _words("comparing").search(layout.norm, start, end) is not None
    )


def _left(layout: Layout, start: int, end: int, shown: str, year: int) -> Defect:
    begin, stop = layout.clause_start(start, start - 40), layout.clause_end(end, end + 40)
    why = f"工作成效中写作{shown}年,与报告年度{year}年不符,疑为沿用往年文稿"
    return Defect("year", begin, stop, why, f"核对后改为{year}年", "must")


def _issued(layout: Layout, year: int) -> Iterator[Defect]:
    """“印发《……2018年法治政府建设工作要点》” in the report for 2019."""
    yearly, issuing = data("years")["yearly"], data("years")["issuing"]
    norm = layout.norm
    pattern = expression(
        rf"(?:{issuing})(?:了)?[^,。;:\n《》]{{0,10}}《[^《》\n]{{0,30}}?(?<![-~至到—\d])(?P<year>20\d\d)年?度?(?![-~至到—\d])"
        rf"[^《》\n]{{0,24}}?(?:{yearly})[^《》\n]{{0,12}}》"
    )
    for match in pattern.finditer(norm):
        if int(match["year"]) >= year or not _deed(layout, match.start()):
            continue
        before = _TITLES.sub("", norm[layout.sentence_start(match.start()) : match.start()])
        if re.search(r"20\d\d年|上一?年|去年|此前|往年", before):
            continue
        yield _left(layout, match.start(), match.end(), match["year"], year)


def _begun(layout: Layout, year: int) -> Iterator[Defect]:
    """A sentence of the results that opens with an older year and compares nothing."""
    for match in _BEGUN.finditer(layout.norm):
        place = match.start()
        if int(match[0]) >= year or year - int(match[0]) > 3 or layout.sentence_start(place) != place:
            continue
        if _deed(layout, place) and not _compared(layout, place, year):
            yield _left(layout, place, layout.sentence_end(place), match[0], year)


def _summed_up(layout: Layout, year: int) -> Iterator[Defect]:
    """“回顾2020年工作,虽然取得一定成效” or “2020年,法治建设虽有进展,但……” in the report for 2021."""
    norm = layout.norm
    for said in re.finditer(f"{year - 1}(?=年)", norm):
        place = said.start()
        match = _words("summing_up").search(norm, max(0, place - 12), place + 60)
        if (
            match is None
            or place not in (match.start("year"), match.start("opened"))
            or layout.lines[layout.line_at(place)].kind != "text"
        ):
            continue
        if layout.role_at(place) in ("plan", "noise", "closing") and not match["year"]:
            continue
        start, end = layout.sentence_start(match.start()), norm.find("。", match.end())
        line = layout.lines[layout.line_at(place)]
        end = line.end if end < 0 else min(end, line.end)
        if match["opened"] and start != place and norm[start:place].strip("(一二三四五六七八九十)、."):
            continue
        if str(year) in norm[start:end] or _words("older").search(norm, start, end):
            continue
        yield Defect(
            "year",
            layout.clause_start(match.start(), start),
            layout.clause_end(match.end(), min(end, match.end() + 30)),
            f"总结本年度工作时写作{year - 1}年,与报告年度{year}年不符,疑为沿用往年文稿",
            f"核对后改为{year}年",
            "must",
        )


def _ahead(layout: Layout, year: int) -> Iterator[Defect]:
    """“2019年以前形成的信访积案” in a report for 2017."""
    norm = layout.norm
    signed = layout.document.facts.signed_on
    limit = max(year + 1, int(signed[:4]) if signed else 0)
    for match in _BEFORE.finditer(norm):
        end = layout.clause_end(match.end(), match.end() + 30)
        if int(match[1]) <= limit or layout.lines[layout.line_at(match.start())].kind != "text":
            continue
        told = _words("long_past").search(norm, match.end(), match.end() + 10)
        if told and norm[told.end() : told.end() + 1] in ("的", ",", ""):
            start = layout.clause_start(match.start(), match.start() - 30)
            why = f"“{norm[match.start() : match.end()]}”尚未到来,不能是已经{told[0]}的时间"
            yield Defect("year", start, end, why, "核对年份", "must")


def _outlines(layout: Layout, year: int) -> Iterator[Defect]:
    """A national outline that had run out, or had not been issued."""
    norm = layout.norm
    for match in _OUTLINE.finditer(norm) if "《法治" in norm else ():
        first, last = int(match[2]), int(match[3])
        known = [tuple(period) for period in data("years")["periods"][match[1]]]
        if (first, last) not in known or layout.role_at(match.start()) == "noise":
            continue
        around = norm[layout.sentence_start(match.start()) : layout.sentence_end(match.end())]
        if last < year and not re.search(r"总结|验收|评估|收官|期满|回顾|成果|期间", around):
            newer = [period for period in known if period[0] == last + 1]
            if newer:
                why = f"该纲要到{last}年为止,报告年度为{year}年"
                yield Defect(
                    "year", match.start(), match.end(), why, f"核对,应为{newer[0][0]}—{newer[0][1]}年", "must"
                )
        elif first > year + 1 or (first == year + 1 and layout.role_at(match.start()) in _RESULTS):
            why = f"{first}—{last}年的纲要在报告年度{year}年尚未印发"
            yield Defect("year", match.start(), match.end(), why, "核对起止年份", "must")
