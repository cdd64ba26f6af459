"""The overall score: the weighted mean of the checklists by the profile's scheme."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from audit import wording
from audit.checklist.profiles import Profile
from audit.checklist.rules import exact
from audit.result import Overall
from audit.scoring.points import rounded


class Part(NamedTuple):
    """A checklist as a part of the overall score; `score` in units of 0.01."""

    id: str
    kind: str
    score: int | None


def overall(parts: Sequence[Part], profile: Profile, *, congress: bool, selected: bool) -> Overall:
    """The overall score with its formula, or the reason why there is none.

    Args:
        parts: the checklists that were judged.
        profile: for scheme and bands.
        congress: a report to a people's congress is shown without overall score and band.
        selected: the user asked for single checklists.
    """
    scheme: dict[str, Fraction] = {}
    scores: dict[str, tuple[str, int]] = {}
    lacking: list[str] = []
    for name, weight in profile.scheme.items():
        part = next((part for part in parts if name in (part.id, part.kind)), None)
        if part is not None:
            scheme[part.id] = exact(weight)
        if part is None or part.score is None:
            lacking.append(wording.label("parts", name))
        else:
            scores[part.id] = (wording.label("parts", name), part.score)
    shown = {name: float(weight) for name, weight in scheme.items()}
    if not parts:
        return Overall(scheme=shown, formula=wording.text("overall", "other_document"))
    if not profile.overall_score or not profile.scheme:
        return Overall(formula=wording.text("overall", "switched_off"))
    if congress:
        return Overall(scheme=shown, formula=wording.text("overall", "congress"))
    if lacking:
        absent = selected and len(parts) < len(profile.scheme)
        said = wording.text("overall", "unselected") if absent else None
        return Overall(
            scheme=shown, formula=said or wording.text("overall", "missing", names="、".join(lacking))
        )
    total = sum(scheme.values(), Fraction(0))
    units = rounded(sum((scheme[name] * score for name, (_, score) in scores.items()), Fraction(0)) / total)
    score = units / 100
    whole = total == 100
    terms = " + ".join(
        wording.text(
            "overall", "part", name=name, score=f"{got / 100:.2f}", weight=_weight(scheme[id_], whole)
        )
        for id_, (name, got) in scores.items()
    )
    formula = wording.text(
        "overall",
        "formula" if whole else "formula_divided",
        parts=terms,
        score=f"{score:.2f}",
        total=f"{float(total):.10g}",
    )
    return Overall(score=score, scheme=shown, band=profile.band(score), formula=formula)


def _weight(weight: Fraction, whole: bool) -> str:
    return f"{float(weight):.10g}{'%' if whole else ''}"
