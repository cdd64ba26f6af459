"""From the grade of an indicator to verdict, credit, reason and advice."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from audit import wording
from audit.checklist.instruments import Instrument
from audit.checklist.items import ItemSpec
from audit.checklist.rules import Need, Threshold, exact
from audit.result import Grade, IndicatorResult, Metric, Verdict
from audit.scoring.outcome import ONE, Outcome, is_full, needs_human, not_applicable, percent
from audit.scoring.subject import Subject

_VERDICTS: dict[Grade, Verdict] = {
    "data": "weak",
    "action": "weak",
    "mention": "weak",
    "plan": "plan_only",
    "shortfall": "shortfall_only",
    "none": "absent",
}
_COVERED = ("data", "action")
_INNER = str.maketrans("“”", "‘’")


def judge_indicator(
    spec: ItemSpec, instrument: Instrument, subject: Subject, found: IndicatorResult | None, frame: str
) -> Outcome:
    """Judges an item that asks for an indicator; level, year and document type are known to fit.

    Args:
        spec: the item.
        instrument: its instrument, for credits.
        subject: the report.
        found: what the text shows; None where matching failed.
        frame: wording frame of the indicator, may be empty.
    """
    if found is None or instrument.credits is None:
        return Outcome("error", None, wording.reason("error"))
    covered = found.grade in _COVERED
    if spec.when is not None:
        power = wording.power(spec.when)
        answer = subject.powers.get(spec.when)
        if answer is False:
            return not_applicable("power_evidence" if covered else "power", power=power)
        if answer is None and found.grade == "none" and found.nil is None:
            return needs_human("power_unknown", wording.advice("power_unknown", power=power), power=power)
    if found.nil is not None and not covered:
        return not_applicable("nil", quote=found.nil.quote)
    need = spec.needs(subject.level) or "action"
    credit = instrument.credits.table(need).of(found.grade)
    outcome = _graded(spec, found, need, credit, _frame(spec, found, need, frame, subject))
    bound = spec.threshold
    if bound is not None and outcome.verdict == "full" and (subject.letter or "P") in bound.for_:
        outcome = _compared(outcome, bound, found, exact(instrument.threshold_missed))
    return outcome


def _graded(spec: ItemSpec, found: IndicatorResult, need: Need, credit: Fraction, frame: str) -> Outcome:
    grade, review = found.grade, found.needs_review
    title = found.title.translate(_INNER)
    if is_full(credit):
        return Outcome("full", ONE, wording.reason(grade, title=title), None, review)
    key = "action_needs_data" if grade == "action" else grade
    reason = wording.reason(key, title=title, need=wording.label("needs", need), percent=percent(credit))
    names = {"none": "nil", "plan": "plan", "shortfall": "shortfall", "mention": "weak_mention"}
    advice = wording.advice(names.get(grade, "weak_action"), frame=frame, title=title)
    return Outcome(_VERDICTS[grade], credit, reason, advice, review)


def _frame(spec: ItemSpec, found: IndicatorResult, need: Need, frame: str, subject: Subject) -> str:
    """The wording frame: the item's, the indicator's, or the usual one; ends with a full stop."""
    year = str(subject.year) if subject.year else "____"
    own = _own_words(spec.advice or frame)
    if not own:
        return wording.advice(need, year=year, title=found.title)
    own = own.replace("{year}", year).replace("{title}", found.title)
    return own if own.endswith("。") else own + "。"


@lru_cache(maxsize=512)
def _own_words(advice: str) -> str:
    return wording.wide(advice.strip()).removeprefix("建议写明：")


def _compared(outcome: Outcome, bound: Threshold, found: IndicatorResult, missed: Fraction) -> Outcome:
    """Compares the report's own level for the whole with a threshold."""
    metrics = [metric for metric in found.metrics if metric.key == bound.metric]
    name = next((metric.name for metric in metrics if metric.name), "") or wording.label(
        "metrics", bound.metric
    )
    whole = [metric for metric in metrics if metric.scope == "all" and not metric.mixed]
    if not whole:
        limited = next((metric for metric in metrics if metric.scope != "all"), None)
        if limited is not None:
            suffix = wording.reason("threshold_scope", metric=name, scope=limited.scope)
        else:
            suffix = wording.reason("threshold_mixed" if metrics else "threshold_none", metric=name)
        return _with(outcome, suffix)
    upper = bound.at_least is None
    best = min(whole, key=lambda m: m.value) if upper else max(whole, key=lambda m: m.value)
    shown = _figure(best, best.value)
    low = bound.at_least is not None and best.value < bound.at_least
    high = bound.at_most is not None and best.value > bound.at_most
    if not low and not high:
        return _with(outcome, wording.reason("threshold_met", metric=name, value=shown))
    limit = bound.at_least if low else bound.at_most
    reason = wording.reason(
        "threshold_missed" if low else "threshold_over",
        metric=name,
        value=shown,
        limit=_figure(best, limit or 0),
        percent=percent(missed),
    )
    return Outcome("weak", missed, reason, wording.advice("threshold", metric=name), outcome.review)


def _with(outcome: Outcome, suffix: str) -> Outcome:
    said = outcome.reason.rstrip("。") + suffix
    return Outcome(outcome.verdict, outcome.credit, said, outcome.advice, outcome.review)


def _figure(metric: Metric, value: float) -> str:
    return f"{value:.10g}{wording.label('units', metric.unit)}"
