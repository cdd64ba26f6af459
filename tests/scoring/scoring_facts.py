"""Facts for the tests of judging, made short."""

from __future__ import annotations

from typing import Any

from audit.checklist.instruments import Instrument
from audit.result import Body, Defect, DocumentResult, IndicatorResult, Metric, Pair, Place, Source
from audit.scoring.subject import Subject, subject_of

CREDITS = {
    "data": {"data": 1, "action": 0.6, "mention": 0.2, "plan": 0.1, "shortfall": 0.2, "none": 0},
    "action": {"data": 1, "action": 1, "mention": 0.4, "plan": 0.2, "shortfall": 0.4, "none": 0},
}
FORM: dict[str, bool | None] = {
    "has_achievements": True,
    "has_problems": True,
    "has_responsible": True,
    "has_plan": True,
    "own_heading_responsible": True,
    "gives_causes": True,
    "problems_specific": True,
}


def document(**facts: Any) -> DocumentResult:
    powers = facts.pop("powers", {})
    defaults: dict[str, Any] = {
        "name": "某县",
        "title": "石渡县人民政府2022年法治政府建设情况报告",
        "publisher": "石渡县人民政府",
        "level": "county",
        "report_year": 2022,
        "doc_type": "annual-report",
        "characters": 2,
        "text": "报告",
    }
    source = Source(path="a.txt", sha256="0" * 64, bytes=6, format=facts.pop("format", "docx"))
    return DocumentResult(source=source, body=Body(powers=powers), **{**defaults, **facts})


def indicator(id_: str, grade: str = "data", **facts: Any) -> IndicatorResult:
    facts.setdefault("title", id_)
    nil = facts.pop("nil", None)
    if nil:
        facts["nil"] = Place(quote=nil, start=0, end=len(nil))
    return IndicatorResult(id=id_, grade=grade, reason="见原文。", **facts)  # type: ignore[arg-type]


def metric(key: str, value: float, unit: str = "percent", **facts: Any) -> Metric:
    return Metric(key=key, value=value, unit=unit, quote="x", start=0, end=1, **facts)  # type: ignore[arg-type]


def defect(kind: str, **facts: Any) -> Defect:
    return Defect(kind=kind, why="x", **facts)


def pair(answered: bool) -> Pair:
    place = Place(quote="一些单位", start=0, end=4)
    return Pair(problem=place, measures=[place] if answered else [])


def instrument(groups: dict[str, tuple[float, list[dict[str, Any]]]], **facts: Any) -> Instrument:
    """An outline of groups: name → (weight, items)."""
    return Instrument.model_validate(
        {
            "id": "small",
            "title": "小清单",
            "kind": "outline",
            "version": "1",
            "report_years": [2000, None],
            "credits": CREDITS,
            "groups": [
                {"id": name, "title": name, "weight": weight, "items": items}
                for name, (weight, items) in groups.items()
            ],
            **facts,
        }
    )


def subject(**facts: Any) -> Subject:
    outside = {
        name: facts.pop(name) for name in ("defects", "pairs", "substance", "from_web") if name in facts
    }
    form = facts.pop("form", FORM)
    return subject_of(document(**facts), form=form, **outside)
