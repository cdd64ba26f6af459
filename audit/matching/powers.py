"""Which powers the report itself shows its publisher to have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from audit.checklist.pattern import expand
from audit.data import load_yaml
from audit.document.model import Document
from audit.result import IndicatorResult

GOVERNMENTS = ("province", "city", "county")


@cache
def _rules() -> Mapping[str, Mapping[str, list[str]]]:
    rules: Mapping[str, Mapping[str, list[str]]] = load_yaml("powers.yaml")
    return rules


def infer_powers(
    document: Document, level: str | None, indicators: list[IndicatorResult]
) -> dict[str, bool | None]:
    """The answer for every power: true, false, or None where the text is silent.

    A government of a province, city or county has them all; others have what the report shows
    (an act or a figure about the matter) and lack what it denies (我局无行政执法权).
    """
    table = _rules()
    if level in GOVERNMENTS:
        return dict.fromkeys(table, True)
    grades = {item.id: item for item in indicators}
    answers: dict[str, bool | None] = {}
    for name, rule in table.items():
        denied = any(word in document.norm for term in rule["denied"] for word in expand(term))
        shown = any(
            i in grades and grades[i].grade in ("data", "action") and not _only_zero(grades[i])
            for i in rule["shown"]
        )
        answers[name] = True if shown else False if denied else None
    return answers


def _only_zero(item: IndicatorResult) -> bool:
    """The figures say only that there was none: a case that did not arise shows no power."""
    return bool(item.metrics) and all(metric.value == 0 for metric in item.metrics)
