"""The words of a letter: at most two pages and eight points, the rest in annexes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from audit import wording
from audit.report import Paper
from audit.report.docx_kit import LINE, PAGE, lines_of
from audit.report.letter_points import Points, Subject, cover, inner_marks, shorten, shown, sort_points
from audit.report.office import Blanks, Office, chinese_date
from audit.report.places import Places
from audit.result import Item, Result

POINTS = 8
"""Points that a letter makes at most."""
QUOTED = 2
"""Places with general words that are quoted before items are named in groups."""
NUMBERS = "一二三四五六七八九十"
FIRST_YEAR = 2019
"""From reports of this year on, what a report contains is prescribed."""
HEAD = 5
"""Lines that letterhead, number and title take on the first page."""
ROOM = 2 * PAGE - 1
"""Lines that the letter may take."""
TIGHT = ((40, 8, 3), (30, 6, 3))
"""Longest quote in characters, most names in a list, most figures to verify: at ease, and when room is short."""
TIGHTEST = ((24, 5, 2), (20, 4, 1))
"""The same where two points are still too many."""
REASON = 90
"""Characters of a reason in the letter at most; the annex has it whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the letter: `lead` is set as a heading in front of the text."""

    text: str
    lead: str = ""


@dataclass(slots=True)
class Section:
    """A section of the letter: its key, heading and paragraphs."""

    key: str
    head: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Letter:
    """Everything a letter says.

    Attributes:
        mark: the remark that nobody has reviewed it; empty after review.
        sections: with their numbered headings.
        annexes: names of the annexes.
        items: rows of the annex on items.
        defects: rows of the annex on figures and wording.
        signed: whether sender and date stand under it.
    """

    title: str
    mark: str
    addressee: str
    opening: str
    sections: list[Section]
    closing: str
    contact: str
    annexes: list[str]
    items: list[tuple[str, ...]]
    defects: list[tuple[str, ...]]
    sender: str
    number: str
    date: str
    deadline: str
    remark: str
    copies: str
    signed: bool
    you: str
    points: Points
    blanks: list[str]
    office: Office

    def numbered(self) -> int:
        """How many points the letter makes (the general remarks are none)."""
        return sum(
            sum(1 for line in section.lines if line.lead or len(section.lines) == 1)
            for section in self.sections[1:]
        )


def say(*path: str, **values: object) -> str:
    """A text of the letter."""
    return wording.text("letter", *path, **values)


def compose(result: Result, paper: Paper, office: Office) -> Letter:
    """The letter on a result; as many points as two pages hold."""
    tries = [(most, *room) for most in range(POINTS, 1, -1) for room in TIGHT] + [
        (2, *room) for room in TIGHTEST
    ]
    for most, quote, names, figures in tries:
        letter = _compose(result, paper, office, most, quote, names, figures)
        if _height(letter) <= ROOM and letter.numbered() <= POINTS:
            break
    return letter


def _compose(
    result: Result, paper: Paper, office: Office, most: int, quote: int, names: int, figures: int
) -> Letter:
    document = result.document
    blanks = Blanks()
    points = sort_points(result)
    body = document.publisher or blanks.fill("", "body")
    you = office.you or say("you")
    annexes: list[str] = []
    items, defects = annex_items(points), annex_defects(result, points, figures)
    if items:
        annexes.append(say("annex_items"))
    if defects:
        annexes.append(say("annex_defects"))
    sections = _sections(result, points, annexes, most, quote, names, figures)
    deadline = ""
    if len(sections) > 1:
        deadline = blanks.fill(office.deadline, "deadline")
        closing = say(
            "closing", document.stage, deadline=deadline, return_to=office.return_to or say("return_to")
        )
    else:
        closing = say("closing", "none")
    contact = {"contact": blanks.fill(office.contact, "contact"), "phone": blanks.fill(office.phone, "phone")}
    return Letter(
        title=_title(result, body, blanks),
        mark="" if paper.reviewed_by else say("mark", remark=wording.unreviewed()),
        addressee=office.addressee or body,
        opening=say("opening", document.stage, you=you, name=_name(result)),
        sections=_numbered(sections),
        closing=closing,
        contact=say("contact_mail", email=office.email, **contact)
        if office.email
        else say("contact", **contact),
        annexes=annexes,
        items=items,
        defects=defects,
        sender=blanks.fill(office.sender, "sender"),
        number=blanks.fill(office.number, "number"),
        date=blanks.fill(office.date, "date") if paper.reviewed_by else "",
        deadline=deadline,
        remark=say("remark", remark=wording.standing_remark()),
        copies=say("copies", names="、".join(office.copies)) if office.copies else "",
        signed=bool(paper.reviewed_by),
        you=you,
        points=points,
        blanks=blanks.names,
        office=office,
    )


def _title(result: Result, body: str, blanks: Blanks) -> str:
    document = result.document
    if document.doc_type == "congress-report":
        return say("title_congress", body=body)
    if document.report_year is None:
        return say("title", body=body, year=blanks.fill("", "year"))
    return say("title", body=body, year=document.report_year)


def _name(result: Result) -> str:
    document = result.document
    if document.title:
        return say("name_of", title=" ".join(document.title.split()))
    return say("name_none", year=document.report_year) if document.report_year else say("name_bare")


def _sections(
    result: Result, points: Points, annexes: list[str], most: int, quote: int, names: int, numbers: int
) -> list[Section]:
    overall = Section("overall", say("heads", "overall"))
    if result.document.doc_type == "other":
        overall.lines.append(Line(say("other")))
        return [overall]
    soft = (
        result.document.report_year or FIRST_YEAR
    ) < FIRST_YEAR or result.document.doc_type == "congress-report"
    firm = [each for each in points.statutory if each.item.verdict != "weak"]
    vague = [each for each in points.statutory if each.item.verdict == "weak"]
    text = Places(result.document)
    statutory = _statutory(firm, soft)
    figures = _figures(points, text, annexes, numbers)
    wordings = _wording(points, annexes)
    left = max(2, most - len(firm) - len(figures.lines) - len(wordings.lines))
    items = _items(vague, points, result, annexes, left, quote, names)
    overall.lines.append(Line(_overall(result, points, firm, soft)))
    sections = [section for section in (statutory, items, figures, wordings) if section.lines]
    if not sections:
        overall.lines[0] = Line(overall.lines[0].text + say("nothing"))
    return [overall, *sections]


def _overall(result: Result, points: Points, firm: list[Subject], soft: bool) -> str:
    document = result.document
    verdicts = {
        item.id: item.verdict for sheet in result.checklists for group in sheet.groups for item in group.items
    }

    def judged(kind: str) -> str:
        verdict = verdicts.get(f"{kind}-on-time")
        return (
            say(f"{kind}_in_time")
            if verdict == "full"
            else say(f"{kind}_late")
            if verdict == "absent"
            else ""
        )

    told = ""
    filed, public = document.filed_on, document.published_on
    if filed and public:
        told = say(
            "filed_published", filed=chinese_date(filed), filed_judged=judged("filed"),
            published=chinese_date(public), published_judged=judged("published"),
        )  # fmt: skip
    elif filed:
        told = say("filed", date=chinese_date(filed), judged=judged("filed"))
    elif document.signed_on and public:
        told = say(
            "signed_published",
            date=chinese_date(document.signed_on),
            published=chinese_date(public),
            published_judged=judged("published"),
        )
    elif document.signed_on:
        told = say("signed", date=chinese_date(document.signed_on))
    elif public:
        told = say("published", date=chinese_date(public), judged=judged("published"))
    if firm:
        told += say("soft" if soft else "lacking", names=quoted([each.item.title for each in firm]))
    elif points.statutory_judged:
        told += say("whole")
    if points.judged:
        told += say("counted", n=points.judged, full=points.full)
        told += "，" + say("well", names=quoted(points.well[:4])) + "。" if points.well else "。"
    return told


def quoted(names: list[str]) -> str:
    """Names side by side, each in quotation marks."""
    return "".join(f"“{inner_marks(name)}”" for name in names)


def _statutory(firm: list[Subject], soft: bool) -> Section:
    section = Section("statutory", say("heads", "statutory_soft" if soft else "statutory"))
    ids = {each.item.id for each in firm}

    def told(item: Item) -> str:
        key = "problem-causes-alone" if item.id == "problem-causes" and "part-problems" in ids else item.id
        return say("statutory_say", key)

    if len(firm) == 1:
        name = "soft_one" if soft else "statutory_one"
        section.lines.append(Line(say(name, name=firm[0].item.title, say=told(firm[0].item))))
    elif firm:
        section.lines = [Line(told(each.item), each.item.title) for each in firm]
        section.lines.insert(0, Line(say("soft_lead" if soft else "statutory_lead")))
    return section


def _items(
    vague: list[Subject], points: Points, result: Result, annexes: list[str], left: int, quote: int, most: int
) -> Section:  # fmt: skip
    section = Section("items", say("heads", "items"))
    grades = {indicator.id: indicator.grade for indicator in result.indicators}
    rows = [Line(say("problems_weak_say"), say("problems_weak")) for _ in vague]
    groups: list[Line] = []
    counts: list[int] = []
    for verdict, head, body in (
        ("absent", "absent_head", "absent"), ("plan_only", "plan_head", "plan"), ("shortfall_only", "shortfall_head", "shortfall"),
    ):  # fmt: skip
        found = points.of(verdict)
        if found:
            names = quoted([each.item.title for each in found[:most]])
            if len(found) > most:
                names = say("names", names=names, n=len(found))
            groups.append(Line(say(body, names=names), say(head)))
            counts.append(len(found))
    weak = [each for each in points.of("weak") if grades.get(each.item.indicator or each.item.id) != "data"]
    room = max(0, left - len(rows))
    first = min(len(weak), QUOTED, max(0, room - 1)) if groups else min(len(weak), room)
    kept = groups[: max(0, room - first)]
    first = min(len(weak), room - len(kept))
    for each in weak[:first]:
        name = inner_marks(each.item.title)
        rows.append(Line(_weak(each, grades.get(each.item.indicator or each.item.id, ""), quote), name))
    rows += kept
    if rows and points.items:
        number = _number(annexes, "annex_items")
        beyond = len(weak) - first + sum(count for count in counts[len(kept) :])
        tail = (
            say("more", n=beyond, k=number)
            if beyond > 0
            else say("frames" if len(rows) > 1 else "frame", k=number)
        )
        rows[-1] = Line(rows[-1].text + tail, rows[-1].lead)
    section.lines = rows
    return section


def _weak(each: Subject, grade: str, limit: int) -> str:
    if not each.quote:
        return say("weak_silent", need=wording.label("needs", each.item.requires or "action"))
    quote = inner_marks(shorten(each.quote, limit))
    if grade == "action":
        return say("weak_data", quote=quote, where=each.where)
    return say(
        "weak", quote=quote, where=each.where, need=wording.label("needs", each.item.requires or "action")
    )


def _figures(points: Points, text: Places, annexes: list[str], most: int) -> Section:
    section = Section("figures", say("heads", "figures"))
    for defect in points.figures[:most]:
        why = shorten(wording.wide(defect.why).rstrip("。"), REASON)
        quote = inner_marks(shown(defect, 50))
        where = text.told(defect.start)
        line = say("figure", quote=quote, where=where, why=why) if quote else say("figure_bare", why=why)
        section.lines.append(Line(line, wording.defect(defect.kind)))
    if len(points.figures) > most:
        last = section.lines[-1]
        more = say("figure_more", n=len(points.figures) - most, k=_number(annexes, "annex_defects"))
        section.lines[-1] = Line(last.text + more, last.lead)
    return section


def _wording(points: Points, annexes: list[str]) -> Section:
    section = Section("wording", say("heads", "wording"))
    if points.wording:
        counts = Counter(wording.defect(defect.kind) for defect in points.wording)
        kinds = "、".join(say("kind", name=name, n=n) for name, n in counts.most_common())
        section.lines.append(
            Line(say("wording", n=len(points.wording), kinds=kinds, k=_number(annexes, "annex_defects")))
        )
    return section


def _number(annexes: list[str], key: str) -> str:
    return "" if len(annexes) == 1 else str(annexes.index(say(key)) + 1)


def _numbered(sections: list[Section]) -> list[Section]:
    """Sections with 一、 before the heading and (一) before the points, where there is more than one."""
    for number, section in enumerate(sections):
        section.head = say("numbered", n=NUMBERS[number], head=section.head)
        leads = [line for line in section.lines if line.lead]
        count = 0
        for index, line in enumerate(section.lines):
            if not line.lead:
                continue
            order = say("sub", n=NUMBERS[count]) if len(leads) > 1 else ""
            section.lines[index] = Line(line.text, say("lead", n=order, name=line.lead))
            count += 1
    return sections


def annex_items(points: Points) -> list[tuple[str, ...]]:
    """Rows of the annex on items: title, the report's words, advice."""
    rows: list[tuple[str, ...]] = []
    for each in points.items:
        words = (
            say("quoted", quote=inner_marks(shorten(each.quote, 80)), where=each.where)
            if each.quote
            else say("unseen")
        )
        rows.append((str(len(rows) + 1), each.item.title, words, gaps(wording.wide(each.item.advice or ""))))
    return rows


def gaps(frame: str) -> str:
    """A wording frame with its blanks as papers write them: ××."""
    return re.sub("_+", "××", frame)


def annex_defects(result: Result, points: Points, told: int) -> list[tuple[str, ...]]:
    """Rows of the annex on figures and wording: kind, quote, why, remedy; the first `told` figures are in the letter."""
    text = Places(result.document)
    listed = [*points.figures[told:], *points.wording]
    rows: list[tuple[str, ...]] = []
    for defect in listed:
        quote, where = shown(defect, 80), text.told(defect.start)
        words = say("quoted", quote=inner_marks(quote), where=where) if quote else ""
        why = wording.wide(cover(defect.why) if defect.kind == "privacy" else defect.why)
        remedy = say("asked") if defect in points.figures else wording.wide(defect.remedy)
        rows.append((str(len(rows) + 1), wording.defect(defect.kind), words, why, remedy))
    return rows


def _height(letter: Letter) -> float:
    """Lines that the letter takes, letterhead included."""
    total: float = HEAD + max(0, -(-len(letter.title) // 19) - 2)
    total += 1 + lines_of(letter.opening) + (1.3 if letter.mark else 0)
    for section in letter.sections:
        total += 1 + sum(lines_of(line.lead + line.text) for line in section.lines)
    total += lines_of(letter.closing) + lines_of(letter.contact) + len(letter.annexes)
    total += 0.7 * lines_of(letter.remark, size=12)
    return total + (3 if letter.signed else 0) + bool(letter.copies)


__all__ = ["LINE", "Letter", "Line", "Section", "compose", "quoted", "say"]
