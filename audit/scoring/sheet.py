"""The printed sheet of a checklist, and what its method page needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit import wording
from audit.checklist.instruments import GroupSpec, Instrument
from audit.checklist.items import ItemSpec
from audit.checklist.profiles import Profile
from audit.result import ChecklistResult, Gate, Group, Item
from audit.scoring.decisions import Decision
from audit.scoring.outcome import Outcome, percent
from audit.scoring.points import Tally, ratio
from audit.scoring.subject import Subject


def checklist_result(
    instrument: Instrument,
    outcomes: Sequence[Outcome],
    titles: Sequence[str],
    counted: Tally,
    held: Mapping[int, Decision],
    subject: Subject,
    carried_on: bool,
) -> ChecklistResult:
    """One checklist as the result shows it."""
    rows = [
        (group, outcome, _item(i, spec, outcome, titles[i], counted, held, subject))
        for i, ((group, spec), outcome) in enumerate(zip(instrument.specs, outcomes, strict=True))
    ]
    if instrument.groups:
        groups = [_group(group, [row for row in rows if row[0] is group]) for group in instrument.groups]
    else:
        groups = [_group(None, rows, instrument)]
    withheld = None
    if counted.score is None:
        withheld = wording.reason("nothing_judged")
    if counted.too_little:
        limit = f"{instrument.judged_share_at_least * 100:.4g}%"
        withheld = wording.reason("share_too_low", share=percent(counted.judged), limit=limit)
    return ChecklistResult(
        id=instrument.id,
        kind=instrument.kind,
        title=instrument.title,
        version=instrument.version,
        sha256=instrument.sha256,
        score=_points(counted.score),
        judged_share=float(counted.judged),
        score_low=_points(counted.low),
        score_high=_points(counted.high),
        withheld_because=withheld,
        carried_on=carried_on,
        groups=groups,
        gates=[
            Gate(id=gate.id, text=gate.text, cap=gate.at_most, fired=fired)
            for gate, fired in zip(instrument.gates, counted.fired, strict=True)
        ],
    )


def withheld_result(kind: str, instrument: Instrument | None, because: str) -> ChecklistResult:
    """A checklist that could not be chosen, with the reason."""
    return ChecklistResult(
        id=instrument.id if instrument else kind,
        kind=instrument.kind if instrument else kind,
        title=instrument.title if instrument else wording.label("parts", kind),
        version=instrument.version if instrument else "",
        sha256=instrument.sha256 if instrument else "",
        withheld_because=because,
        carried_on=False,
    )


def _points(units: int | None) -> float | None:
    return None if units is None else units / 100


def _item(
    i: int,
    spec: ItemSpec,
    outcome: Outcome,
    title: str,
    counted: Tally,
    held: Mapping[int, Decision],
    subject: Subject,
) -> Item:
    possible, points = counted.possible[i], counted.points[i]
    decision = held.get(i)
    return Item(
        id=spec.key,
        title=title,
        indicator=spec.indicator,
        clause=spec.clause,
        basis=spec.basis,
        verified=spec.verified,
        basis_verified=spec.basis_verified,
        requires=spec.needs(subject.level),
        verdict=outcome.verdict,
        credit=None if outcome.credit is None else float(outcome.credit),
        weight=spec.weight,
        points_possible=possible / 100,
        points=points / 100,
        points_lost=0.0 if outcome.credit is None else (possible - points) / 100,
        score_if_mended=_points(counted.mended[i]),
        reason=outcome.reason,
        advice=outcome.advice,
        needs_review=outcome.review,
        decided=None if decision is None else _decided(decision),
    )


def _decided(decision: Decision) -> dict[str, Any]:
    kept = {name: decision.raw.get(name) for name in ("who", "when", "why", "until")}
    return {"verdict_before": decision.before, **kept, "status": decision.status}


def _group(
    group: GroupSpec | None,
    rows: Sequence[tuple[GroupSpec | None, Outcome, Item]],
    instrument: Instrument | None = None,
) -> Group:
    judged = [item for _, outcome, item in rows if outcome.credit is not None]
    possible = sum(round(item.points_possible * 100) for item in judged)
    points = sum(round(item.points * 100) for item in judged)
    return Group(
        id=group.id if group else "items",
        title=group.title if group else instrument.title if instrument else "",
        weight=group.weight if group else None,
        score=_points(ratio(points, possible)) if possible else None,
        items=[item for _, _, item in rows],
    )


def method(instruments: Sequence[Instrument], profile: Profile) -> dict[str, Any]:
    """What the method page prints: credits, gates, shares asked for, scheme, bands, the profile's changes."""
    return {
        "checklists": {instrument.id: _method(instrument) for instrument in instruments},
        "profile": {
            "id": profile.id,
            "title": profile.title,
            "version": profile.version,
            "sha256": profile.sha256,
            "changes": [change.model_dump(by_alias=True, exclude_unset=True) for change in profile.changes],
            "additions": [each.model_dump(by_alias=True, exclude_unset=True) for each in profile.additions],
        },
        "scheme": dict(profile.scheme),
        "overall_score": profile.overall_score,
        "bands": [band.model_dump() for band in profile.bands],
        "colours": profile.colours,
    }


def _method(instrument: Instrument) -> dict[str, Any]:
    return {
        "kind": instrument.kind,
        "basis": instrument.basis,
        "issued_by": instrument.issued_by,
        "issued": instrument.issued,
        "report_years": list(instrument.report_years),
        "note": instrument.note,
        "judged_share_at_least": instrument.judged_share_at_least,
        "threshold_missed": instrument.threshold_missed,
        "credits": instrument.credits.model_dump() if instrument.credits else None,
        "by_count": [step.model_dump() for step in instrument.by_count],
        "gates": [gate.model_dump() for gate in instrument.gates],
    }
