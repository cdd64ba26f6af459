"""Document facts: title, publisher, level, year, kind of document, dates, addressee."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.document.bodies import HAN, Standing, standing
from audit.document.bodies import words as body_words
from audit.document.dates import DATE, YEAR, full_date, iso, year
from audit.document.model import DocType, Facts, Level, Paragraph, Stage
from audit.document.normal import normalise
from audit.document.opening import Frame, Line, dated, frame, is_body, is_numbered, spaceless
from audit.document.publisher import Names, choose, gather, title_front

_STATEMENT = re.compile(
    rf"(?:现将|现就|就|将|报告|汇报|对)[^。;\n]{{0,40}}?(?P<year>{YEAR}) ?年(?!以来|来)[^。;\n]{{0,60}}(?:报告|汇报|公布|总结|通报|说明|工作)"
)
_LAST_YEAR = re.compile(r"(?:去年|上年度?|上一年度)")
_OPENS = re.compile(
    rf"(?:^|[\n。]) *(?P<year>{YEAR}) ?年(?:度|以来|来)?,?(?!以来| ?\d|度?[^,。]{{0,6}}(?:至|-))"
)
_HEADED = re.compile(
    rf"(?P<year>{YEAR}) ?年(?:度)?[^\n。]{{0,24}}?(?P<what>打算|安排|计划|思路|重点|举措|工作情况|成效|情况|总结|回顾)"
)
_GLUED = re.compile(
    rf"(?<!{HAN})(?P<title>{HAN}{{2,24}}(?:关于)? ?{YEAR} ?年[^。,\n]{{0,24}}(?:报告|总结)) ?(?={YEAR} ?年|根据|按照|近年|今年|一年来|现将)"
)
"""A title that the running text follows without a line's end."""
_OWN_LEVELS: dict[str, Level] = {
    **dict.fromkeys(("镇", "乡", "街道"), "township"),
    **dict.fromkeys(("局", "厅", "委"), "department"),
    **dict.fromkeys(("县", "区", "旗"), "county"),
    **dict.fromkeys(("州", "盟"), "city"),
    "省": "province",
}
_SPANS = re.compile(
    rf"{YEAR}年?[-至到~]{{1,2}}{YEAR}|“?十[二三四五六]?五”?(?:时期|期间|规划)|五年来?|{YEAR}年以来"
)


@cache
def _labelled(key: str) -> re.Pattern[str]:
    labels = sorted(body_words()[key], key=len, reverse=True)
    spread = "|".join(r"\s?".join(map(re.escape, label)) for label in labels)
    return re.compile(
        rf"(?:(?<!{HAN})|(?=[发公成更上]\S(?:日期|时间)))(?P<label>{spread})[\]):|\s]{{1,8}}{DATE}"
    )


@cache
def _any(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in body_words()[key]))


def find_facts(text: str, norm: str, paragraphs: Sequence[Paragraph], hints: dict[str, str]) -> Facts:
    """The facts of a report.

    Args:
        text: the text that offsets refer to.
        norm: the same, normalised.
        paragraphs: its lines; where empty, the lines of `norm` are taken.
        hints: what only the format knows (`title`, `published_on`, `site`, `from_web`); asked where the
            text is silent, which a note then says.
    """
    page = frame(norm, paragraphs or _lines(norm))
    notes: list[str] = []
    first, last = _title_lines(page)
    title = _title_text(text, page, first, last)
    if title is None and hints.get("title") and _any("subject_words").search(normalise(hints["title"])):
        title = re.split(r"[_|]| - |-(?=[^-]+$)", hints["title"])[0].strip()
        notes.append("标题取自文件属性")
    if title is None and page.lead and (glued := _GLUED.search(page.lead[0].words[:160])):
        begin = page.lead[0].start
        title = text[begin + glued.start("title") : begin + glued.end("title")]
    flat = normalise(title or "")
    lead = "\n".join(line.words for line in page.lead)[:900]
    session = next((line for line in page.head if line.kind == "session"), None)
    addressee = _addressee(text, page)
    doc_type = _doc_type(flat, lead, page, session, addressee)
    news = doc_type == "other" and _is_news(flat, lead)
    names = gather(norm, page, flat, (first, last))
    publisher = choose(norm, names, news)
    if publisher is None and hints.get("site"):
        publisher = hints["site"]
        notes.append("主体取自网站名称")
    published = _published(norm, page)
    if published is None and hints.get("published_on"):
        published = hints["published_on"]
        notes.append("发布日期取自网页属性")
    signed = _signed(norm, page, session, news)
    body = standing(publisher, norm, normalise(addressee or "")) if publisher else Standing(None, None)
    if publisher is None and not news:
        body = Standing(_OWN_LEVELS.get(names.own), None)
    if publisher and (at := norm.find(publisher)) >= 0:
        publisher = text[at : at + len(publisher)]
    web = bool(hints.get("from_web")) or any(_from_page(line) for line in page.head + page.tail)
    return Facts(
        title=title,
        publisher=publisher,
        level=body.level,
        kind=body.kind,
        report_year=_report_year(flat, (_introduction(page), lead), norm, doc_type, news, signed, published),
        doc_type=doc_type,
        signed_on=signed,
        published_on=published,
        addressee=addressee,
        stage=_stage(flat, published, web),
        notes=tuple(notes),
    )


def _from_page(line: Line) -> bool:
    """A line that only a web page has; 来文单位 is written by the office that received the paper."""
    return line.kind == "clock" or (line.kind == "web" and "来文单位" not in line.words)


def _lines(norm: str) -> list[Paragraph]:
    found, start = [], 0
    for line in norm.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped[0])
            found.append(Paragraph(begin, begin + len(stripped), "text", 0, "", begin))
        start += len(line) + 1
    return found


# -- title -----------------------------------------------------------------------------------------------


_FIELD = re.compile(r"^[-•]? ?(?:标 ?题|名 ?称|信息名称) ?[::] ?")
"""The name of the field that holds the title in the box of a web page."""


def _title_lines(page: Frame) -> tuple[int, int]:
    """First and last index of the title's lines in the head; (-1, -1) where there is none."""
    best, best_rank = -1, 0
    for index, line in enumerate(page.head):
        if line.kind != "title":
            continue
        words = spaceless(line.words)
        own = bool(title_front(words)) or "关于" in words or bool(re.search(YEAR, words))
        above = index > 0 and page.head[index - 1].kind in ("body", "short")
        rank = 1 + 2 * bool(_any("subject_words").search(words)) + 2 * own + above
        rank -= 2 * bool(_FIELD.match(words))
        if rank > best_rank:
            best, best_rank = index, rank
    if best < 0 or best_rank < 2:
        return (-1, -1)
    start = best
    words = spaceless(page.head[best].words)
    while start > 0 and best - start < 3 and _joins(page.head[start - 1], words):
        start -= 1
        words = spaceless(page.head[start].words) + words
    return start, best


def _joins(above: Line, words: str) -> bool:
    """The line above belongs to the title."""
    line = spaceless(above.words)
    if above.kind == "body":
        front = title_front(words)
        joint = is_body(front) and line != front and line.startswith("中共")
        return not front or joint or (front == line and words.startswith("关于"))
    if above.kind in ("short", "text") and len(line) <= 60:
        return (
            ("关于" in line or bool(re.search(rf"{YEAR} ?年度?$", line)))
            and line[-1] not in "。:;"
            and "关于" not in words
        )
    return False


def _title_text(text: str, page: Frame, first: int, last: int) -> str | None:
    if first < 0:
        return None
    pieces = [" ".join(text[line.start : line.end].split()) for line in page.head[first : last + 1]]
    pieces[0] = _FIELD.sub("", pieces[0])
    bodies = [spaceless(normalise(piece)) for piece in pieces]
    joined = ""
    for index, piece in enumerate(pieces):
        both = index > 0 and is_body(bodies[index - 1]) and is_body(title_front(bodies[index]))
        joined += (" " if both else "") + (bodies[index] if is_body(bodies[index]) else piece)
    return joined


# -- kind of document ------------------------------------------------------------------------------------


def _core(title: str) -> str:
    """The title without the titles that it quotes and the mark of a draft."""
    quoting = r"《[^》]*》|" if not re.search(r"报送|呈报|上报|呈送", title) else ""
    return re.sub(rf"{quoting}\((?:{_any('draft_words').pattern})\)", "", title)


def _introduction(page: Frame) -> str:
    """The running text above the first heading, at most the first lines."""
    above: list[str] = []
    for line in page.lead:
        if is_numbered(line.words):
            break
        above.append(line.words)
    return "\n".join(above)[:900]


def _is_news(title: str, lead: str) -> bool:
    return bool(re.search(r"听取|审议|召开|举行|举办|组织|获评", title)) or bool(
        re.match(
            rf"[^。]{{0,12}}(?:{_any('news_words').pattern})"
            r"|(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?,[^。]{0,30}(?:召开|举行|举办)",
            lead,
        )
    )


def _doc_type(title: str, lead: str, page: Frame, session: Line | None, addressee: str | None) -> DocType:
    subject, other = _any("subject_words"), _any("other_words")
    core, intro = _core(title), _introduction(page)
    if title:
        about = subject.search(core) is not None
        if not about or not re.search(r"报告|总结|汇报|情况|年报", core):
            return "other"
        rest = core.replace(title_front(core), "", 1) if title_front(core) else core
        if other.search(rest) or _SPANS.search(rest):
            return "other"
    else:
        around = lead + " ".join(line.words for line in page.head)
        begins = re.sub(r"《[^》]*》(?:等?的?通知)?|“[^”]*”(?:规划|时期|期间)?|\([^()]*\)", "", lead)
        plan = re.search("|".join(body_words()["plan_leads"]), intro)
        said = re.search(r"现[将就对][^。]{0,90}?(?:报告|汇报|总结)", re.sub("《[^》]*》", "", intro))
        told = other.search(re.split("[及和暨]", said[0])[0] if said else begins[:40])
        if not subject.search(around) or told or plan or _is_news("", lead):
            return "other"
    sent = normalise(addressee or "")
    asked = bool(re.search(r"请(?:予以?)?审议|(?:向|提请).{0,14}(?:常委会|大会|会议).{0,6}报告", intro))
    council = (
        re.search(r"人大常委会|人民代表大会", sent) is not None
        and re.search(r"政府|委员会办公室|[省市县区]委(?!员)", sent.replace("常务委员会", "")) is None
    )
    saluted = any(line.kind == "salutation" for line in page.head + page.lead)
    sure = re.search(r"请(?:予|予以)审议", intro) is not None and not sent
    if session is not None or council or sure or (asked and (saluted or "人大" in intro)):
        return "congress-report"
    return "annual-report"


def _stage(title: str, published: str | None, web: bool) -> Stage:
    if _any("draft_words").search(title):
        return "draft"
    return "published" if published or web else "filed"


# -- addressee -------------------------------------------------------------------------------------------


def _addressee(text: str, page: Frame) -> str | None:
    for line in page.head + page.lead[:2]:
        if line.kind == "addressee":
            words = text[line.start : line.end].strip()
            return re.sub(r"\s+", " ", words[:-1].strip())
    for line in page.lead[:1]:
        match = re.match(r"([^。;:,]{2,40}):(?=.{20})", line.words)
        if match and re.search(r"(?:政府|委|人大常委会|办|局|厅)$", match[1]) and "各位" not in match[1]:
            return text[line.start : line.start + match.end(1)].strip()
    return None


# -- dates -----------------------------------------------------------------------------------------------


def _published(norm: str, page: Frame) -> str | None:
    head_end = page.lead[0].start if page.lead else len(norm)
    tail_start = max(head_end, page.tail[0].start) if page.tail else head_end
    clocks = [(line.start, line.end) for line in page.head if line.kind == "clock"]
    order = {label: rank for rank, label in enumerate(body_words()["published_labels"])}
    found: list[tuple[int, str]] = []
    for start, end in ((0, head_end), (tail_start, len(norm))):
        for match in _labelled("published_labels").finditer(norm, start, end):
            if any(a <= match.start() < b and not _issue(match["label"]) for a, b in clocks):
                continue
            if value := iso(match):
                found.append((order.get(re.sub(r"\s", "", match["label"]), 99), value))
    if found:
        return min(found)[1]
    if online := re.compile(rf"{DATE}(?:上网|在网上|公开发布|公布于|发布|公开)").search(norm, tail_start):
        return iso(online)
    web = any(line.kind == "web" for line in page.head)
    for line in page.head:
        if line.kind in ("web", "short") and (
            bare := re.search(rf"(?:^|(?<= )){DATE} +(?:\d{{1,2}}:\d\d|来源|作者|浏览)", line.words)
        ):
            return iso(bare)
        if line.kind == "date" and web and "年" not in line.words:
            return iso(dated(line)[1])
    return None


def _issue(label: str) -> bool:
    return label.startswith(("发布", "发表", "公开", "更新"))


def _signed(norm: str, page: Frame, session: Line | None, news: bool) -> str | None:
    if news:
        return None
    if session is not None and (match := full_date().search(session.words)):
        return iso(match)
    for line in page.head:
        if line.kind == "date":
            found = dated(line)[1]
            if found["open"] or "年" in line.words:
                return iso(found)
    head_end = page.lead[0].start if page.lead else len(norm)
    if match := _labelled("signed_labels").search(norm, 0, head_end):
        return iso(match)
    lines = [line for line in page.dated if line.start >= head_end and not line.words.endswith("印发")]
    beside = [line for line in lines if _has_name(page, line)]
    for line in reversed(beside or lines):
        if value := iso(dated(line)[1]):
            return value
    tail_start = page.tail[0].start if page.tail else 0
    for pattern in (_labelled("signed_labels"), re.compile(rf"{DATE} ?(?:印发|印)")):
        if match := pattern.search(norm, max(tail_start, head_end)):
            return iso(match)
    return None


def _has_name(page: Frame, line: Line) -> bool:
    if dated(line)[0]:
        return True
    index = page.lines.index(line)
    return index > 0 and page.lines[index - 1].kind == "body"


# -- year ------------------------------------------------------------------------------------------------


def _report_year(
    title: str,
    leads: tuple[str, str],
    norm: str,
    doc_type: DocType,
    news: bool,
    signed: str | None,
    published: str | None,
) -> int | None:
    """The year reported on; of `leads` the introduction is asked before the first lines."""
    core = _core(title)
    if doc_type == "other" and (_SPANS.search(core) or (_any("plan_words").search(core) and not news)):
        return None
    if match := re.search(rf"(?<!\d){YEAR}(?= ?年)", core):
        return year(match[0])
    intro, quiet = (re.sub(r"《[^》]*》|\([^()]*\)", "", lead) for lead in leads)
    if doc_type == "other" and re.match(r".{0,80}(?:五年|“十)", quiet):
        return None
    if news:
        return None
    if match := _STATEMENT.search(intro):
        return year(match["year"])
    if intro and doc_type != "other" and (match := _OPENS.search(intro)) and not _LAST_YEAR.search(intro):
        return year(match["year"])
    if match := _STATEMENT.search(quiet):
        return year(match["year"])
    if doc_type == "other":
        opened = _OPENS.search(quiet)
        return year(opened["year"]) if opened else None
    day = signed or published
    told = re.search(r"(?:报告|汇报|现将|现就|就)[^。\n]{0,24}?(去年|上年度?|上一年度|今年|本年度)", quiet)
    if told and day and told[1] != "本年度":
        return int(day[:4]) - (told[1] != "今年")
    if match := _OPENS.search(quiet):
        return year(match["year"])
    if _LAST_YEAR.search(quiet[:300]) and day:
        return int(day[:4]) - 1
    for match in _HEADED.finditer(norm):
        value = year(match["year"])
        if value:
            return value - (match["what"] in ("打算", "安排", "计划", "思路"))
    if day:
        return int(day[:4]) - (int(day[5:7]) < 10)
    return None


__all__ = ["find_facts", "Names"]
