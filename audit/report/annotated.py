"""The handed-in .docx with a Word comment at each finding; its text stays as it is.

Findings without a place in the text stand at the head of the part where they belong, those without a
part at the title.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from audit import wording
from audit.errors import InputError
from audit.report.comments import Note, with_comments
from audit.result import ChecklistResult, IndicatorResult, Item, Result

if TYPE_CHECKING:
    from audit.report import Paper

_ROLES = {
    "part-achievements": "achievements",
    "part-problems": "problems",
    "problem-causes": "problems",
    "part-responsible": "responsible",
    "part-plan": "plan",
    "quantified": "achievements",
    "problems-answered": "plan",
    "title-complete": "opening",
    "filed-on-time": "opening",
    "published-on-time": "opening",
}
"""Where items of form belong; items of the content belong to the achievements."""
_RESPONSIBLE = "第一责任人"
_SILENT = ("full", "not_applicable")


def render(result: Result, paper: Paper) -> bytes:
    """The annotated copy.

    Raises:
        InputError: the report is no .docx, or the file handed in is gone or has changed.
    """
    notes = notes_of(result, paper.reviewed_by)
    say = wording.text
    try:
        return with_comments(
            _source(result, paper),
            result.document.text,
            notes,
            say("annotated", "author"),
            say("annotated", "initials"),
            result.generated_at,
        )
    except ValueError as error:
        raise InputError(
            say("annotated", "not_docx"), result.document.source.path, say("annotated", "not_docx_mend")
        ) from error


def notes_of(result: Result, reviewed_by: str | None = None) -> list[Note]:
    """The comments of a result in the order of the text, a remark on the whole first."""
    notes = [*_defects(result), *_unanswered(result)]
    indicators = {indicator.id: indicator for indicator in result.indicators}
    marked = {defect.kind for defect in result.defects if defect.start is not None}
    for sheet in result.checklists:
        for group in sheet.groups:
            for item in group.items:
                if item.verdict in _SILENT or sheet.kind == "editorial" and item.id in marked:
                    continue
                notes.append(_item(result, sheet, item, indicators.get(item.indicator or "")))
    notes.sort(key=lambda note: note.start)
    start, end = _head(result, "opening")
    said = wording.text("annotated", "reviewed", who=reviewed_by) if reviewed_by else wording.unreviewed()
    opening = wording.text("annotated", "opening", count=len(notes), remark=wording.standing_remark())
    return [Note(start, end, (opening, said)), *notes]


def _item(result: Result, sheet: ChecklistResult, item: Item, indicator: IndicatorResult | None) -> Note:
    place = _evidence(indicator)
    if place is None:
        role = _ROLES.get(item.id) or ("responsible" if _RESPONSIBLE in item.title else "achievements")
        place = _head(result, role)
    outcome = wording.verdict(item.verdict, sheet.kind, item.id)
    part = wording.label("parts", sheet.kind or "other")
    lines = [wording.text("annotated", "finding", part=part, title=item.title, outcome=outcome), item.reason]
    if item.advice:
        lines.append(item.advice)
    if item.score_if_mended is not None and item.points_lost > 0:
        lines.append(wording.text("annotated", "gain", score=f"{item.score_if_mended:.2f}"))
    if item.needs_review:
        because = indicator.review_because if indicator is not None else ""
        lines.append(because or wording.text("needs_review"))
    return Note(*place, tuple(line for line in lines if line))


def _evidence(indicator: IndicatorResult | None) -> tuple[int, int] | None:
    if indicator is None or not indicator.evidence:
        return None
    best = indicator.evidence[0]
    return best.start, best.end


def _defects(result: Result) -> list[Note]:
    notes = []
    for defect in result.defects:
        if defect.start is None or defect.end is None:
            start, end = _head(result, "opening")
        else:
            start, end = defect.start, defect.end
        title = wording.text(
            "annotated",
            "defect",
            part=wording.text("annotated", "form_part"),
            kind=wording.defect(defect.kind),
            severity=wording.label("severities", defect.severity),
        )
        notes.append(Note(start, end, tuple(line for line in (title, defect.why, defect.remedy) if line)))
    return notes


def _unanswered(result: Result) -> list[Note]:
    lines = (wording.text("annotated", "unanswered"), wording.text("annotated", "unanswered_advice"))
    has_plan = any(part.role == "plan" for part in result.document.parts)
    return [
        Note(pair.problem.start, pair.problem.end, lines)
        for pair in result.pairs
        if has_plan and not pair.measures
    ]


def _head(result: Result, role: str) -> tuple[int, int]:
    """The first line of the first part of a role, else of the report's title."""
    text = result.document.text
    for part in result.document.parts:
        if part.role == role and role != "opening" and text[part.start : part.end].strip():
            return _line(text, part.start)
    # The title may stand on several lines.
    signs = "".join((result.document.title or "").split())
    found = re.search(r"\s*".join(map(re.escape, signs)), text) if signs else None
    return found.span() if found else _line(text, 0)


def _line(text: str, start: int) -> tuple[int, int]:
    """The first line with words from an offset on, at most sixty characters of it."""
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return start, min(end, start + 60)


def _source(result: Result, paper: Paper) -> bytes:
    """The bytes handed in, which must be those that were audited."""
    origin = result.document.source
    say = wording.text
    if origin.format != "docx":
        raise InputError(say("annotated", "not_docx"), origin.path, say("annotated", "not_docx_mend"))
    data = paper.source_data
    if data is None:
        path = paper.source or Path(origin.path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                say("annotated", "source_gone"), str(path), say("annotated", "source_mend")
            ) from error
    if hashlib.sha256(data).hexdigest() != origin.sha256:
        raise InputError(say("annotated", "source_changed"), origin.path, say("annotated", "source_mend"))
    return data
