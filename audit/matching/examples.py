"""Runs the examples that stand inside the indicators: the proof of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from audit.checklist.indicators import Example, Indicator
from audit.checklist.library import Library
from audit.document.assemble import understand
from audit.document.model import Document, Text
from audit.matching.find import Engine, compile_library
from audit.matching.shown import Shown

_FRAMES = {
    "opening": "关于2024年度法治政府建设情况的报告\n\n市政府:\n{text}\n一、主要举措和成效\n(一)有关工作\n二、存在的问题\n",
    "achievements": "一、主要举措和成效\n(一)有关工作\n{text}\n二、存在的问题\n",
    "responsible": "一、党政主要负责人履行推进法治建设第一责任人职责情况\n{text}\n二、存在的问题\n",
    "problems": "一、主要举措和成效\n二、存在的问题\n{text}\n三、下一步工作打算\n",
    "plan": "一、主要举措和成效\n二、下一年度工作安排\n{text}\n",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example.

    Attributes:
        kind: hit, miss or todo.
        number: place among the examples of its kind, from 0 as in the lint.
        wrong: what is wrong in Chinese, "" when the example holds.
    """

    indicator: str
    kind: str
    number: int
    example: Example
    got: str
    wrong: str


def document_of(example: Example) -> Document:
    """The example as a small report, in the part that it names."""
    return understand(Text(_FRAMES[example.role].format(text=example.text)))


def _metrics_wrong(example: Example, shown: Shown) -> str:
    if example.metrics is None:
        return ""
    wanted = {
        (key, float(value))
        for key, given in example.metrics.items()
        for value in (given if isinstance(given, list) else [given])
    }
    got = {(row.key, float(row.value)) for row in shown.metrics}
    if wanted == got:
        return ""
    said = [f"少 {k}={v:g}" for k, v in sorted(wanted - got)] + [
        f"多 {k}={v:g}" for k, v in sorted(got - wanted)
    ]
    return "数值不符:" + "、".join(said)


def run(engine: Engine, index: int, indicator: Indicator) -> list[Outcome]:
    """Runs the examples of one indicator; the others are not looked at."""
    outcomes: list[Outcome] = []
    for kind in ("hit", "miss", "todo"):
        for number, example in enumerate(getattr(indicator.examples, kind)):
            shown = engine.find(document_of(example), only={index})[0]
            wrong = "" if shown.grade == example.grade else f"应为 {example.grade},得 {shown.grade}"
            wrong = wrong or _metrics_wrong(example, shown)
            outcomes.append(Outcome(indicator.id, kind, number, example, shown.grade, wrong))
    return outcomes


def run_all(library: Library, names: set[str] | None = None) -> list[Outcome]:
    """Runs the examples of all (or the named) indicators."""
    compiled = compile_library(library)
    engine = Engine.of(compiled)
    return [
        outcome
        for index, indicator in enumerate(library.indicators)
        if names is None or indicator.id in names
        for outcome in run(engine, index, indicator)
    ]
