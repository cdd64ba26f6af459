"""Items that count findings or measure a share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from audit import wording
from audit.checklist.instruments import Instrument
from audit.checklist.items import ItemSpec
from audit.checklist.rules import CountRule, CountStep, ShareRule, exact
from audit.scoring.outcome import ONE, ZERO, Outcome, by_credit, needs_human, not_applicable, percent
from audit.scoring.subject import Subject

_DIGITS = str.maketrans("〇○零一二三四五六七八九0123456789", "0001234567890123456789")
_COMMON = re.compile(r"依法行政|法治政府|人民政府|党委和政府|政府|管理委员会|委员会|办事处|街道办")


def judge_count(spec: ItemSpec, rule: CountRule, instrument: Instrument, subject: Subject) -> Outcome:
    """Judges an item by the number of findings."""
    steps = rule.steps if rule.steps is not None else instrument.by_count
    if rule.of == "title":
        return _title(spec, rule, steps, subject)
    if rule.of == "unanswered":
        return _answers(spec, steps, subject)
    kind = rule.defect or spec.key
    defects = [defect for defect in subject.defects if defect.kind == kind]
    count = sum(defect.scored for defect in defects)
    hints_only = bool(defects) and not count
    if rule.unscored_on_web and (subject.from_web or hints_only):
        return not_applicable("count_web" if defects else "count_web_zero", count=len(defects))
    if hints_only:
        return by_credit(ONE, wording.reason("count_hints", count=len(defects)))
    credit = _step(steps, count)
    key = "count_zero" if count == 0 else "count_some" if credit > ZERO else "count_many"
    reason = wording.reason(key, count=count, percent=percent(credit))
    return by_credit(credit, reason, spec.advice or wording.advice("count"))


def judge_share(spec: ItemSpec, rule: ShareRule, subject: Subject) -> Outcome:
    """Judges an item by a share of the text."""
    share = subject.substance.get(rule.of)
    if share is None:
        return needs_human("share_unknown")
    reached = [step for step in rule.steps if exact(share) >= exact(step.at_least)]
    credit = max((exact(step.credit) for step in reached), default=ZERO)
    key = "share_full" if credit >= ONE else "share_some" if credit > ZERO else "share_low"
    reason = wording.reason(key, share=f"{100 * share:.4g}%", percent=percent(credit))
    return by_credit(credit, reason, spec.advice or wording.advice("share"))


def _step(steps: Sequence[CountStep], count: int) -> Fraction:
    """The credit for a number of findings: none is full, beyond the last step nothing."""
    if count == 0:
        return ONE
    fitting = [step for step in steps if count <= step.up_to]
    return exact(min(fitting, key=lambda step: step.up_to).credit) if fitting else ZERO


def _answers(spec: ItemSpec, steps: Sequence[CountStep], subject: Subject) -> Outcome:
    if subject.form.get("has_problems") is False:
        return not_applicable("answered_nothing")
    if not subject.pairs:
        return needs_human("answered_unknown")
    unanswered = sum(not pair.measures for pair in subject.pairs)
    credit = _step(steps, unanswered)
    key = "answered_all" if not unanswered else "answered_some" if credit > ZERO else "answered_few"
    values = {"count": len(subject.pairs), "open": unanswered, "percent": percent(credit)}
    return by_credit(credit, wording.reason(key, **values), spec.advice or wording.advice("unanswered"))


def _title(spec: ItemSpec, rule: CountRule, steps: Sequence[CountStep], subject: Subject) -> Outcome:
    document = subject.document
    advice = spec.advice or wording.advice("title")
    if not document.title:
        if subject.from_web:
            return needs_human("title_web", advice)
        return by_credit(ZERO, wording.reason("title_none"), advice)
    lacking = title_lacks(document.title, document.publisher, subject.year, rule.kinds)
    credit = _step(steps, len(lacking))
    names = "、".join(wording.label("title_parts", part) for part in lacking)
    reason = wording.reason(
        "title_lacks" if lacking else "title_whole", lacking=names, percent=percent(credit)
    )
    return by_credit(credit, reason, advice)


def title_lacks(title: str, publisher: str | None, year: int | None, kinds: Sequence[str]) -> list[str]:
    """What a title does not say, of `body`, `year`, `kind`.

    The body counts as named when title and publisher share two characters in a row that are no common
    word of bodies (綦江 of 重庆市綦江区司法局 will do).
    """
    plain = re.sub(r"\s+", "", title)
    digits = plain.translate(_DIGITS)
    lacking = []
    if not _named(plain, publisher):
        lacking.append("body")
    if not (str(year) in digits if year else re.search(r"20\d\d", digits)):
        lacking.append("year")
    if not any(kind in plain for kind in kinds):
        lacking.append("kind")
    return lacking


def _named(title: str, publisher: str | None) -> bool:
    text = _COMMON.sub("#", title)
    if publisher is None:
        return False
    name = _COMMON.sub("#", re.sub(r"\s+", "", publisher))
    pieces = {name[i : i + 2] for i in range(len(name) - 1)}
    return any("#" not in piece and piece in text for piece in pieces)
