"""One A4 page for the leader, legible in black and white: conclusion, scores, what to mend, what to verify."""

from __future__ import annotations

from audit import wording
from audit.report import Paper
from audit.report.docx_kit import SECOND, Sheet, lines_of
from audit.report.letter_points import (
    STATUTORY_PARTS,
    Points,
    inner_marks,
    items_of,
    shorten,
    shown,
    sort_points,
)
from audit.report.page_scores import scores, sentence
from audit.report.xlsx import heading
from audit.result import Result

MENDS, CHECKS = 5, 3
SMALL = 12
"""Body size of the page in points."""


def say(key: str, **values: object) -> str:
    """A text of the page."""
    return wording.text("leader", key, **values)


def render(result: Result, paper: Paper) -> bytes:
    """The page; the same bytes for the same result."""
    title = heading(result, "leader")
    points = sort_points(result)
    sheet = Sheet(title, numbered=False)
    from docx.shared import Mm

    section = sheet.section
    section.top_margin, section.bottom_margin = Mm(18), Mm(12)
    section.left_margin = section.right_margin = Mm(24)
    sheet.title(title, size=18, after=2, before_word=wording.text("letter", "break_before"))
    mark = say("mark") if paper.reviewed_by else wording.text("letter", "mark", remark=wording.unreviewed())
    sheet.centred(mark, size=SMALL, after=4)
    _text(sheet, say("conclusion", text=wording.wide(sentence(result))))
    _scores(sheet, result)
    _parts(sheet, result)
    _mends(sheet, result, points)
    _checks(sheet, result, points)
    _head(sheet, say("wait"))
    _text(sheet, say("wait_row", n=len(points.reviews)) if points.reviews else say("wait_none"))
    sheet.paragraph(wording.standing_remark(), font=SECOND, size=10.5, pitch=15, indent=0, before=4)
    return sheet.bytes()


def _head(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, font="黑体", size=SMALL + 1, pitch=19, indent=0, before=3, keep=True)


def _text(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, size=SMALL, pitch=17)


def _scores(sheet: Sheet, result: Result) -> None:
    told = scores(result)
    if not told.rows:
        return
    _head(sheet, say("scores"))
    rows = []
    for row in told.rows:
        note = "；".join([*([row.withheld] if row.withheld else []), *row.fired])
        rows.append(
            (
                row.name,
                f"{row.score:.2f}" if row.score is not None else say("none"),
                _interval(row.low, row.high),
                row.share,
                wording.wide(note),
            )
        )
    band = say("band", shape=told.shape, band=told.band) if told.band else wording.wide(told.why_none)
    rows.append(
        (
            say("overall"),
            f"{told.overall:.2f}" if told.overall is not None else say("none"),
            _interval(told.low, told.high),
            "",
            band,
        )
    )
    heads = list(wording.entry("leader", "scores_head").values())
    sheet.table(heads, rows, (24, 20, 36, 24, 58), size=10.5, centred=(0, 1, 2, 3))


def _interval(low: float | None, high: float | None) -> str:
    """From … to …; a dash where nothing is open."""
    if low is None or high is None:
        return ""
    return "—" if low == high else say("interval", low=f"{low:.2f}", high=f"{high:.2f}")


def _parts(sheet: Sheet, result: Result) -> None:
    rows = []
    for checklist, _, item in items_of(result, ("statutory",)):
        outcome = (
            f"{wording.verdict_mark(item.verdict)} {wording.verdict(item.verdict, checklist.kind, item.id)}"
        )
        rows.append((item.title, outcome))
    if rows:
        _head(sheet, say("parts"))
        sheet.table(
            [str(word) for word in wording.entry("leader", "parts_head").values()], rows, (112, 50), size=10.5
        )


def _mends(sheet: Sheet, result: Result, points: Points) -> None:
    _head(sheet, say("mend"))
    listed = [*points.statutory, *points.items]
    for number, each in enumerate(listed[:MENDS], start=1):
        kind = "statutory" if each.item.id in STATUTORY_PARTS else "outline"
        outcome = wording.verdict(each.item.verdict, kind, each.item.id)
        told = say("mend_row", n=number, title=each.item.title, outcome=outcome)
        if each.quote and len(each.item.title) < 18:
            told += f"（“{shorten(inner_marks(each.quote), max(8, 30 - len(each.item.title)))}”）"
        _text(sheet, told)
    if len(listed) > MENDS:
        _text(sheet, say("more", n=len(listed) - MENDS))
    if not listed:
        _text(sheet, say("mend_none"))


def _checks(sheet: Sheet, result: Result, points: Points) -> None:
    _head(sheet, say("check"))
    for number, defect in enumerate(points.figures[:CHECKS], start=1):
        quote = shown(defect, 30) or wording.defect(defect.kind)
        line = say("check_row", n=number, quote=f"“{inner_marks(quote)}”", why=wording.wide(defect.why))
        _text(sheet, shorten(line, 70) if lines_of(line, size=SMALL) > 2 else line)
    if len(points.figures) > CHECKS:
        _text(sheet, say("more", n=len(points.figures) - CHECKS))
    if not points.figures:
        _text(sheet, say("check_none"))
