"""Items that ask for the report's own contents and dates."""

from __future__ import annotations

import datetime

from audit import wording
from audit.checklist.items import ItemSpec
from audit.checklist.rules import DateRule, Deadline, FormRule, exact
from audit.scoring.outcome import ONE, ZERO, Outcome, by_credit, needs_human, not_applicable, percent
from audit.scoring.subject import Subject


def judge_form(spec: ItemSpec, rule: FormRule, subject: Subject) -> Outcome:
    """Judges an item by a form fact."""
    title = spec.title or spec.key
    there = subject.form.get(rule.fact)
    if there is None and subject.form.get("has_problems") is False:
        there = False if rule.fact == "gives_causes" else None
    if there is None:
        return needs_human("form_unknown", title=title)
    if not there:
        if spec.from_year is not None and subject.year is None:
            return needs_human("year_unknown")
        return by_credit(ZERO, wording.reason("form_false", title=title), _advice(spec))
    if rule.also is not None and subject.form.get(rule.also) is False:
        credit = exact(rule.also_credit)
        return by_credit(
            credit, wording.reason("form_also", title=title, percent=percent(credit)), _advice(spec)
        )
    if rule.note is not None and subject.form.get(rule.note) is False:
        return Outcome(
            "full", ONE, wording.reason("form_note", title=title), wording.advice("note", title=title)
        )
    return by_credit(ONE, wording.reason("form_true", title=title))


def judge_date(spec: ItemSpec, rule: DateRule, subject: Subject) -> Outcome:
    """Judges an item by a date that is known; what the day is today plays no part.

    A date of filing or publication decides. A date of signing only proves lateness: signed in time, the
    report may still have been handed in late.
    """
    document = subject.document
    given = document.filed_on if rule.of == "filed" else document.published_on
    signed = document.signed_on if rule.of == "filed" else None
    if document.stage == "draft" and given is None:
        return not_applicable("date_draft")
    check = wording.advice(f"{rule.of}_check")
    if given is None and signed is None:
        return needs_human(f"{rule.of}_unknown", check)
    if subject.year is None:
        return needs_human("date_no_year")
    if not subject.letter:
        return needs_human("date_no_level")
    deadline = deadline_for(rule, subject.letter, subject.year)
    if deadline is None:
        return needs_human("date_no_rule", level=wording.level(subject.level))
    said = given or signed or ""
    try:
        date = datetime.date.fromisoformat(said)
    except ValueError:
        return needs_human("date_unreadable", date=said)
    if date < datetime.date(subject.year, 12, 1):
        return needs_human("date_implausible", wording.advice("date"), date=_day(date))
    kind = rule.of if given else "signed"
    outcome = _against(date, deadline, kind, subject.year, wording.advice(_key(spec)))
    if deadline.remark:
        reason = f"{outcome.reason.rstrip('。')}（{deadline.remark}）。"
        return Outcome(outcome.verdict, outcome.credit, reason, outcome.advice)
    return outcome


def deadline_for(rule: DateRule, letter: str, year: int) -> Deadline | None:
    """The first deadline for a level's letter and a reporting year."""
    for deadline in rule.deadlines:
        first, last = deadline.years
        fits = (first is None or first <= year) and (last is None or year <= last)
        if fits and letter in deadline.for_:
            return deadline
    return None


def _against(date: datetime.date, deadline: Deadline, kind: str, year: int, advice: str) -> Outcome:
    limit = datetime.date.fromisoformat(f"{year + 1}-{deadline.before or deadline.until}")
    values = {"date": _day(date), "limit": _day(limit)}
    if date > limit:
        return by_credit(ZERO, wording.reason(f"{kind}_late", **values), advice)
    if date == limit and deadline.before is not None:
        return needs_human(f"{kind}_same_day", advice, **values)
    if kind == "signed":
        return needs_human("signed_early", wording.advice("filed_check"), **values)
    return by_credit(ONE, wording.reason(f"{kind}_in_time", **values))


def _key(spec: ItemSpec) -> str:
    return spec.key if spec.key in wording.entry("advice") else "date"


def _advice(spec: ItemSpec) -> str:
    if spec.advice:
        return spec.advice
    return wording.advice(spec.key if spec.key in wording.entry("advice") else "form")


def _day(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
