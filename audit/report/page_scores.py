"""The first screen: the scores, and what mending earns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from audit import wording
from audit.report.page_sentence import sentence as sentence
from audit.result import ChecklistResult, Item, Result

FIRST = 5
"""Items named on the first screen as the ones to mend first."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One of the scores that stand side by side.

    Attributes:
        weight: its share of the overall score in percent, None where it has none.
        share: judged share in words, e.g. `76.48%`.
    """

    name: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    share: str
    weight: float | None
    withheld: str
    carried_on: bool
    fired: list[str]
    said: str


@dataclass(frozen=True, slots=True)
class Mend:
    """An item worth mending: what it earns overall (or in its checklist), and the score that follows."""

    title: str
    outcome: str
    mark: str
    gain: float
    then: float
    checklist: str
    gain_in_checklist: float
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a result.

    Attributes:
        scored: checklists with their weight in the overall score.
        gains: points that mending an item alone earns, by checklist and item.
    """

    rows: list[ScoreRow]
    overall: float | None
    low: float | None
    high: float | None
    band: str
    shape: str
    why_none: str
    formula: str
    mends: list[Mend]
    first_total: float | None
    all_total: float | None
    all_count: int
    gains: dict[tuple[str, str], float]


def scores(result: Result) -> Scores:
    """All that the first screen says about scores."""
    weights = _weights(result)
    mends = _mends(result, weights)
    overall = result.overall.score
    band, shape = _band(result)
    first = {mend.key for mend in mends[:FIRST]}
    every = {mend.key for mend in mends}
    return Scores(
        rows=[_row(sheet, weights.get(sheet.id)) for sheet in result.checklists],
        overall=overall,
        low=_mean(result, weights, lambda sheet: sheet.score_low) if overall is not None else None,
        high=_mean(result, weights, lambda sheet: sheet.score_high) if overall is not None else None,
        band=band,
        shape=shape,
        why_none="" if overall is not None else result.overall.formula,
        formula=result.overall.formula if overall is not None else "",
        mends=mends,
        first_total=_reached(result, weights, first) if overall is not None else None,
        all_total=_reached(result, weights, every) if overall is not None else None,
        all_count=len(mends),
        gains={mend.key: mend.gain for mend in mends},
    )


def _weights(result: Result) -> dict[str, float]:
    """Each checklist's share of the overall score, 0–1; empty where there is none."""
    if result.overall.score is None:
        return {}
    kept = {
        sheet.id: result.overall.scheme.get(sheet.id, result.overall.scheme.get(sheet.kind, 0.0))
        for sheet in result.checklists
    }
    total = sum(kept.values())
    return {key: value / total for key, value in kept.items()} if total else {}


def _mean(
    result: Result, weights: dict[str, float], of: Callable[[ChecklistResult], float | None]
) -> float | None:
    total = 0.0
    for sheet in result.checklists:
        weight = weights.get(sheet.id, 0.0)
        value = of(sheet)
        if weight and value is None:
            return None
        total += weight * (value or 0.0)
    return round(total + 1e-9, 2) if weights else None


def _row(sheet: ChecklistResult, weight: float | None) -> ScoreRow:
    name = wording.label("parts", sheet.kind or "other")
    share = f"{sheet.judged_share * 100:.4g}%"
    if sheet.score is None:
        said = wording.text("page", "score_said_none", name=name, why=sheet.withheld_because or "")
    else:
        said = wording.text(
            "page",
            "score_said",
            name=name,
            score=f"{sheet.score:.2f}",
            low=_two(sheet.score_low),
            high=_two(sheet.score_high),
        )
    return ScoreRow(
        name, sheet.title, sheet.score, sheet.score_low, sheet.score_high, share,
        None if weight is None else weight * 100, sheet.withheld_because or "", sheet.carried_on,
        [gate.text for gate in sheet.gates if gate.fired], said,
    )  # fmt: skip


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _mends(result: Result, weights: dict[str, float]) -> list[Mend]:
    rows = []
    for sheet in result.checklists:
        if sheet.score is None:
            continue
        name = wording.label("parts", sheet.kind or "other")
        for group in sheet.groups:
            for item in group.items:
                if item.score_if_mended is None or item.points_lost <= 0:
                    continue
                own = max(0.0, item.score_if_mended - sheet.score)
                gain = own * weights[sheet.id] if weights else own
                then = (result.overall.score or 0.0) + gain if weights else item.score_if_mended
                outcome = wording.verdict(item.verdict, sheet.kind, item.id)
                mark = wording.verdict_mark(item.verdict)
                rows.append(Mend(item.title, outcome, mark, gain, then, name, own, (sheet.id, item.id)))
    return sorted(rows, key=lambda row: -row.gain)


def _reached(result: Result, weights: dict[str, float], mended: Collection[tuple[str, str]]) -> float | None:
    return _mean(result, weights, lambda sheet: _mended_score(result, sheet, mended))


def _mended_score(
    result: Result, sheet: ChecklistResult, mended: Collection[tuple[str, str]]
) -> float | None:
    """A checklist's score with several items mended, its gates applied anew."""
    if sheet.score is None:
        return None
    judged = [item for group in sheet.groups for item in group.items if item.credit is not None]
    possible = sum(round(item.points_possible * 100) for item in judged)
    points = sum(
        round((item.points_possible if (sheet.id, item.id) in mended else item.points) * 100)
        for item in judged
    )
    if not possible:
        return None
    score = round(points / possible * 100 + 1e-9, 2)
    rules = {rule.get("id"): rule.get("when") or {} for rule in _rules(result, sheet)}
    for gate in sheet.gates:
        if gate.fired and _still(rules.get(gate.id), sheet, judged, mended):
            score = min(score, gate.cap)
    return score


def _rules(result: Result, sheet: ChecklistResult) -> list[dict[str, Any]]:
    told = (result.method.get("checklists") or {}).get(sheet.id) or {}
    rules = told.get("gates") or []
    return [rule for rule in rules if isinstance(rule, dict)]


def _still(
    when: dict[str, Any] | None,
    sheet: ChecklistResult,
    judged: list[Item],
    mended: Collection[tuple[str, str]],
) -> bool:
    """Whether a gate that fired would fire still."""
    if not when:
        return True
    left = [i for i in judged if i.verdict == when.get("verdict") and (sheet.id, i.id) not in mended]
    named = when.get("any_of")
    if named:
        left = [item for item in left if item.id in named]
    return len(left) >= int(when.get("count") or 1)


def _band(result: Result) -> tuple[str, str]:
    band = result.overall.band or ""
    bands = result.method.get("bands") or []
    shape = next((str(each.get("shape") or "") for each in bands if each.get("name") == band), "")
    return band, shape
