"""The letter that sends the findings back to the reporting body, as .docx in the layout of a 信函."""

from __future__ import annotations

from audit import wording
from audit.report import Paper
from audit.report.docx_kit import FIRST, SECOND, Sheet
from audit.report.letter_text import Letter, compose, say
from audit.report.office import read_office
from audit.result import Result


def render(result: Result, paper: Paper) -> bytes:
    """The letter; the same bytes for the same result and office file.

    Raises:
        UsageError: the office file or the office's own template cannot be used.
    """
    office = read_office(paper.office)
    letter = compose(result, paper, office)
    template = paper.letter_template or office.template
    if template is not None:
        from audit.report.letter_template import filled

        return filled(letter, template)
    sheet = Sheet(letter.title)
    sheet.letterhead(letter.sender)
    sheet.paragraph(letter.number, align="right", indent=0, after=6)
    sheet.title(letter.title, after=4 if letter.mark else 14, before_word=say("break_before"))
    if letter.mark:
        sheet.centred(letter.mark, after=6)
    sheet.flush(f"{letter.addressee}：")
    sheet.paragraph(letter.opening)
    for section in letter.sections:
        sheet.first(section.head)
        for line in section.lines:
            if line.lead:
                sheet.lead(line.lead, line.text)
            else:
                sheet.paragraph(line.text)
    sheet.paragraph(letter.closing)
    sheet.paragraph(letter.contact)
    for text, indent in annex_lines(letter.annexes):
        sheet.paragraph(text, indent=indent)
    sheet.paragraph(letter.remark, font=SECOND, size=12, pitch=18, before=4)
    if letter.signed:
        sheet.paragraph(letter.sender, align="right", indent=0, before=PITCH_ABOVE, right=2)
        sheet.paragraph(letter.date, align="right", indent=0, right=4)
    if letter.copies:
        sheet.flush(letter.copies, size=14)
    annexes(sheet, letter)
    inner(sheet, letter)
    return sheet.bytes()


PITCH_ABOVE = 28


def annex_lines(names: list[str]) -> list[tuple[str, float]]:
    """The lines that name the annexes, each with its indent in characters."""
    if len(names) == 1:
        return [(say("annex_one", name=names[0]), 2)]
    return [
        (say("annex_first", n=n, name=name), 2.0) if n == 1 else (say("annex_next", n=n, name=name), 5.0)
        for n, name in enumerate(names, start=1)
    ]


def annexes(sheet: Sheet, letter: Letter) -> None:
    """The annexes, each on a new page."""
    for number, name in enumerate(letter.annexes, start=1):
        sheet.page_break()
        sheet.flush(say("annex") + ("" if len(letter.annexes) == 1 else str(number)), font=FIRST)
        sheet.title(name, size=20, after=10)
        if name == say("annex_items"):
            sheet.table(
                list(wording.entry("letter", "annex_items_head").values()),
                letter.items,
                (12, 32, 50, 62),
                centred=(0,),
                size=11,
            )
            sheet.paragraph(say("annex_remark", you=letter.you), size=12, pitch=18, before=6, font=SECOND)
        else:
            heads = list(wording.entry("letter", "annex_defects_head").values())
            sheet.table(heads, letter.defects, (12, 22, 52, 40, 30), centred=(0, 1), size=11)


def inner(sheet: Sheet, letter: Letter) -> None:
    """The page for the office itself: blanks to fill, and what a person must look at before anything is sent."""
    if letter.signed and not letter.blanks:
        return
    sheet.page_break()
    sheet.title(say("inner_title"), size=20, after=2)
    sheet.centred(say("inner_mark"), size=14, after=8)
    blanks = "、".join(letter.blanks)
    sheet.paragraph(
        say("inner_blanks", names=blanks) if blanks else say("inner_no_blanks"), size=14, pitch=24
    )
    if letter.signed:
        return
    reviews = letter.points.reviews
    told = say("inner_reviews", n=len(reviews)) if reviews else say("inner_no_reviews")
    sheet.paragraph(told, size=14, pitch=24, after=4)
    if reviews:
        heads = list(wording.entry("letter", "review_head").values())
        rows = [
            (
                str(n),
                each.subject,
                each.outcome,
                each.why,
                f"{each.quote[:60]}（{each.where}）" if each.quote else each.where,
                "",
            )
            for n, each in enumerate(reviews, start=1)
        ]
        sheet.table(heads, rows, (10, 28, 20, 34, 48, 16), size=10, centred=(0,))
    sheet.paragraph(say("inner_signed", remark=wording.unreviewed()), size=14, pitch=24, before=6)
