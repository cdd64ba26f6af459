"""Judging a report: from facts to verdicts, points and scores. No text is searched here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit import wording
from audit.checklist.instruments import Instrument, outline_for
from audit.checklist.items import ItemSpec
from audit.checklist.profiles import Profile, effective
from audit.checklist.rules import CountRule, DateRule, FormRule, ShareRule
from audit.result import (
    ChecklistResult,
    Defect,
    DocumentResult,
    Frozen,
    IndicatorResult,
    Overall,
    Pair,
    Warning_,
)
from audit.scoring.credits import judge_indicator
from audit.scoring.decisions import Decision, decide, read_decisions
from audit.scoring.editorial import judge_count, judge_share
from audit.scoring.outcome import Outcome, not_applicable
from audit.scoring.overall import Part, overall
from audit.scoring.points import Tally, tally
from audit.scoring.sheet import checklist_result, method, withheld_result
from audit.scoring.statutory import judge_date, judge_form
from audit.scoring.subject import Subject, subject_of

_USUAL = ("statutory", "outline", "editorial")


class Judgement(Frozen):
    """What judging adds to a result."""

    checklists: list[ChecklistResult] = []
    overall: Overall = Overall()
    observed: list[str] = []
    decisions: list[dict[str, Any]] = []
    warnings: list[Warning_] = []
    method: dict[str, Any] = {}


def judge(
    *,
    document: DocumentResult,
    indicators: Sequence[IndicatorResult],
    form: Mapping[str, bool | None],
    instruments: Sequence[Instrument],
    profile: Profile,
    defects: Sequence[Defect] = (),
    pairs: Sequence[Pair] = (),
    substance: Mapping[str, float | None] | None = None,
    checklists: Sequence[str] = (),
    decisions: Sequence[Mapping[str, Any]] = (),
    frames: Mapping[str, str] | None = None,
    from_web: bool | None = None,
    as_of: str | None = None,
) -> Judgement:
    """Judges a report by its facts.

    Args:
        document: document facts; `body.powers` as merged by `audit.scoring.powers.merge`.
        indicators: facts on indicators; one that an item asks for and that is not here is an error.
        form: form facts; None: does not apply or not known.
        instruments: all instruments at hand.
        profile: scheme, bands, changes of items.
        defects: defects of form.
        pairs: problems with the measures that answer them.
        substance: shares (0–1) by name.
        checklists: ids of the checklists asked for; `outline` is the one for the year; empty: the usual
            three, or none for a document of another kind.
        decisions: reviewers' decisions (item, verdict, who, when, why, until?, checklist?, credit?, before?).
        frames: wording frame by indicator.
        from_web: the text was copied off the web; None: taken from stage and format.
        as_of: ISO date by which decisions run out; None: none does.

    Raises:
        ChecklistError: wording is missing.
    """
    subject = subject_of(
        document, form=form, defects=defects, pairs=pairs, substance=substance, from_web=from_web
    )
    found = {indicator.id: indicator for indicator in indicators}
    taken = read_decisions(decisions)
    chosen, warnings = _choose(subject, instruments, checklists)
    sheets: list[ChecklistResult] = []
    parts: list[Part] = []
    parts_before: list[Part] = []
    used: list[Instrument] = []
    observed: list[str] = []
    for kind, plain, carried, withheld in chosen:
        if plain is None or withheld is not None:
            sheets.append(withheld_result(kind, plain, withheld or ""))
            parts.append(Part(plain.id if plain else kind, kind, None))
            parts_before.append(parts[-1])
            continue
        instrument = _effective(plain, profile)
        titles = [_title(spec, found) for _, spec in instrument.specs]
        outcomes = [_outcome(spec, instrument, subject, found, frames or {}) for _, spec in instrument.specs]
        decided, held = decide(instrument, outcomes, titles, taken, as_of)
        counted = tally(instrument, decided)
        before = tally(instrument, outcomes) if held else counted
        sheets.append(checklist_result(instrument, decided, titles, counted, held, subject, carried))
        parts.append(Part(instrument.id, instrument.kind, counted.score))
        parts_before.append(Part(instrument.id, instrument.kind, before.score))
        _note_scores(taken, instrument.id, before, counted)
        used.append(instrument)
        observed += instrument.observed if instrument.kind == "outline" else []
    congress = document.doc_type == "congress-report"
    whole = overall(parts, profile, congress=congress, selected=bool(checklists))
    whole_before = overall(parts_before, profile, congress=congress, selected=bool(checklists))
    return Judgement(
        checklists=sheets,
        overall=whole,
        observed=_observed([*observed, *profile.observed], sheets, found),
        decisions=[_record(decision, whole_before.score, whole.score) for decision in taken],
        warnings=warnings + _decision_warnings(taken),
        method=method(used, profile),
    )


_made: dict[tuple[int, int], tuple[Instrument, Profile, Instrument]] = {}


def _effective(plain: Instrument, profile: Profile) -> Instrument:
    """`effective`, made once for the same two objects."""
    known = _made.get((id(plain), id(profile)))
    if known is None or known[0] is not plain or known[1] is not profile:
        known = _made[id(plain), id(profile)] = (plain, profile, effective(plain, profile))
    return known[2]


Choice = tuple[str, Instrument | None, bool, str | None]
"""Kind, instrument, whether it is carried on beyond its years, why it is withheld."""


def _choose(
    subject: Subject, instruments: Sequence[Instrument], asked: Sequence[str]
) -> tuple[list[Choice], list[Warning_]]:
    warnings: list[Warning_] = []
    if not asked and subject.document.doc_type == "other":
        return [], [Warning_(code="other_document", text=wording.text("warnings", "other_document"))]
    known = {instrument.id: instrument for instrument in instruments}
    chosen: list[Choice] = []
    for name in asked or _USUAL:
        if name == "outline":
            chosen.append(_outline(subject, instruments, warnings))
        elif asked and name in known:
            chosen.append(_named(subject, known[name], warnings))
        elif asked:
            said = wording.text("warnings", "unknown_checklist", name=name, known="、".join(known))
            warnings.append(Warning_(code="unknown_checklist", text=said))
        else:
            fitting = [each for each in instruments if each.kind == name]
            year = subject.year
            chosen += [(name, each, False, None) for each in fitting if year is None or each.covers(year)]
    return chosen, warnings


def _outline(subject: Subject, instruments: Sequence[Instrument], warnings: list[Warning_]) -> Choice:
    year = subject.year
    if year is None:
        key = "no_year_no_level" if subject.level is None else "no_year"
        return "outline", None, False, wording.reason(key)
    outline, carried = outline_for(year, instruments)
    if outline is None:
        return "outline", None, False, wording.reason("no_outline", year=year)
    if subject.level is None:
        return "outline", outline, False, wording.reason("no_level")
    if carried:
        said = wording.text("warnings", "carried_on", year=year, title=outline.title)
        warnings.append(Warning_(code="carried_on", text=said))
    return "outline", outline, carried, None


def _named(subject: Subject, instrument: Instrument, warnings: list[Warning_]) -> Choice:
    year = subject.year
    if instrument.kind == "outline" and subject.level is None:
        return instrument.kind, instrument, False, wording.reason("no_level")
    carried = False
    if year is not None and not instrument.covers(year):
        last = instrument.report_years[1]
        carried = last is not None and last < year
        said = wording.text("warnings", "outside_years", year=year, title=instrument.title)
        warnings.append(Warning_(code="outside_years", text=said))
    return instrument.kind, instrument, carried, None


def _title(spec: ItemSpec, found: Mapping[str, IndicatorResult]) -> str:
    if spec.title:
        return spec.title
    indicator = found.get(spec.indicator or "")
    return indicator.title if indicator else spec.key


def _outcome(
    spec: ItemSpec,
    instrument: Instrument,
    subject: Subject,
    found: Mapping[str, IndicatorResult],
    frames: Mapping[str, str],
) -> Outcome:
    """Judges one item; an item that fails becomes an error of its own and never a zero."""
    if subject.letter and subject.letter not in spec.levels:
        return not_applicable("level", level=wording.level(subject.level))
    doc_type = subject.document.doc_type
    if doc_type in spec.not_for:
        return not_applicable("doc_type", doc_type=wording.label("doc_types", doc_type))
    if spec.from_year is not None and subject.year is not None and subject.year < spec.from_year:
        return not_applicable("from_year", year=subject.year)
    rule = spec.rule
    try:
        if isinstance(rule, FormRule):
            return judge_form(spec, rule, subject)
        if isinstance(rule, DateRule):
            return judge_date(spec, rule, subject)
        if isinstance(rule, CountRule):
            return judge_count(spec, rule, instrument, subject)
        if isinstance(rule, ShareRule):
            return judge_share(spec, rule, subject)
        name = spec.indicator or ""
        return judge_indicator(spec, instrument, subject, found.get(name), frames.get(name, ""))
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return Outcome("error", None, wording.reason("error"))


def _observed(
    names: Sequence[str], sheets: Sequence[ChecklistResult], found: Mapping[str, IndicatorResult]
) -> list[str]:
    """The indicators to show without score: those looked for that no item scores for this body."""
    items = [item for sheet in sheets for group in sheet.groups for item in group.items]
    scored = {item.indicator for item in items if item.verdict != "not_applicable"}
    return [name for name in dict.fromkeys(names) if name in found and name not in scored]


def _note_scores(decisions: Sequence[Decision], checklist: str, before: Tally, after: Tally) -> None:
    for decision in decisions:
        if decision.checklist == checklist and decision.before is not None:
            decision.facts.setdefault("score_before", _points(before.score))
            decision.facts.setdefault("score_after", _points(after.score))


def _points(units: int | None) -> float | None:
    return None if units is None else units / 100


def _record(decision: Decision, before: float | None, after: float | None) -> dict[str, Any]:
    """A decision as the result keeps it: the entry, its status, verdicts and scores before and after."""
    return {
        **decision.raw,
        "item": decision.item,
        "checklist": decision.checklist,
        "status": decision.status,
        "said": wording.text("decisions", decision.status),
        "verdict_before": decision.before,
        "verdict_after": decision.verdict if decision.used else decision.before,
        "score_before": decision.facts.get("score_before"),
        "score_after": decision.facts.get("score_after"),
        "overall_before": before,
        "overall_after": after,
    }


def _decision_warnings(decisions: Sequence[Decision]) -> list[Warning_]:
    return [
        Warning_(
            code=f"decision_{decision.status}",
            text=wording.text(
                "warnings", "decision", item=decision.item, said=wording.text("decisions", decision.status)
            ),
        )
        for decision in decisions
        if decision.status != "applied"
    ]
