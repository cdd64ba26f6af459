"""Plans that promise to keep a level which the report itself has not reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from audit.document.model import Quantity
from audit.form.cued import data
from audit.form.layout import Layout
from audit.form.model import Defect

_KEEP = re.compile(
    r"(?:继续|持续|稳定|始终|总体|动态|稳步)*(?:保持|稳定|维持|巩固)(?:在|为|到)?(?:不低于|不少于|高于|不高于|低于|不超过|达到?)?$"
)
_KEEP_BEFORE = re.compile(
    r"(?:保持|维持|巩固|稳定|稳住)(?P<name>[\u4e00-\u9fff]{2,20}?(?:率|比例|占比|比重|满意度|知晓度))(?:稳定)?(?:在|为|达到?|不低于)?$"
)
_NAME = re.compile(
    r"([\u4e00-\u9fff]{2,22}?(?:率|比例|占比|比重|满意度|知晓度))(?:均|都|已|分别|总体)?(?:[\u4e00-\u9fff]{0,4}?(?:为|是|达到?了?|约为?|跃?升至?到?|降至?到?|提高到|提升[至到]|上升[至到]|保持在|稳定在|实现|高达|超过?|在))?[: ]*$"
)


class Level(NamedTuple):
    """A rate that the report tells.

    Attributes:
        name: its bare name.
        value: in percent.
        scoped: limited to some part of the cases.
        quantity: where it stands.
        shown: the figure as written.
        before: the words of the sentence in front of it.
    """

    name: str
    value: float
    scoped: bool
    quantity: Quantity
    shown: str
    before: str


@cache
def _dropped() -> re.Pattern[str]:
    return re.compile("|".join(data("targets")["dropped"]))


@cache
def _scope() -> re.Pattern[str]:
    return re.compile("|".join(data("targets")["scope"]))


def find(layout: Layout) -> Iterator[Defect]:
    """Targets of the plan with 保持 above (or, for 以下, below) what the year reached."""
    kept = []
    for quantity in layout.document.quantities:
        if quantity.unit == "%" and not quantity.implied and layout.role_at(quantity.start) == "plan":
            clause = layout.norm[layout.clause_start(quantity.start, quantity.start - 60) : quantity.start]
            match, turned = _KEEP.search(clause), _KEEP_BEFORE.search(clause)
            if match:
                kept.append((quantity, clause[: match.start()]))
            elif turned:
                kept.append((quantity, turned["name"]))
    if not kept:
        return
    reached = list(levels(layout))
    for quantity, before in kept:
        name = bare_name(before)
        after = layout.norm[quantity.end - 2 : quantity.end + 2]
        upper = bool(re.search(r"以下|以内|之内", after)) or re.search(
            r"(?:不高于|低于|不超过|控制在)$", layout.norm[quantity.start - 4 : quantity.start]
        )
        known = [level for level in reached if _meant(name, level) and not level.scoped]
        if not known or not name:
            continue
        missed = all(
            level.value > quantity.value if upper else level.value < quantity.value for level in known
        )
        if missed:
            start = layout.clause_start(quantity.start, quantity.start - 60)
            shown = "、".join(dict.fromkeys(f"{level.shown}%" for level in known))
            figure = layout.norm[quantity.number_start : quantity.number_end].rstrip("%")
            why = f"计划写“保持”{figure}%,而本报告期实际为{shown},尚未达到的水平不能说“保持”"
            yield Defect("target", start, quantity.end, why, "改为“达到”“提高到”等,或者核对数据", "should")


def levels(layout: Layout) -> Iterator[Level]:
    """The rates that the report tells as reached."""
    for quantity in layout.document.quantities:
        if quantity.unit != "%" or quantity.kind != "level" or quantity.implied:
            continue
        if layout.role_at(quantity.start) in ("plan", "problems", "closing", "noise"):
            continue
        begin = layout.clause_start(quantity.start, quantity.start - 60)
        clause = layout.norm[begin : quantity.start]
        match = _NAME.search(clause)
        if not match:
            continue
        sentence = layout.norm[max(layout.sentence_start(begin), begin - 40) : begin]
        before = sentence[sentence.rfind(",", 0, -1) + 1 :].rstrip(",") if sentence else ""
        scoped = bool(_scope().search(clause[: match.end()])) or (
            not re.search(r"\d", before) and bool(_scope().search(before))
        )
        shown = layout.norm[quantity.number_start : quantity.number_end].rstrip("%")
        yield Level(bare_name(match[1]), quantity.value, scoped, quantity, shown, sentence + clause)


def bare_name(words: str) -> str:
    """A rate's name without who acts, how much and how: 全市行政机关负责人出庭应诉率 → 出庭应诉率."""
    name = words.strip(" ,、")
    for mark in ",、:":
        name = name[name.rfind(mark) + 1 :]
    return _dropped().sub("", name)


def same_rate(one: str, two: str) -> bool:
    """One name is the end of the other, and long enough to be told from its kin."""
    short, long = sorted((one, two), key=len)
    return (
        len(short) >= 3
        and (long.endswith(short) or _alias(short) == _alias(long))
        and short not in data("targets")["too_general"]
    )


def _meant(name: str, level: Level) -> bool:
    """The level is of the rate named; a general name (成功率) counts with its subject (调解) before it."""
    if same_rate(name, level.name):
        return True
    subject = name.removesuffix(level.name)
    general = level.name in data("targets")["too_general"] and subject != name
    return general and len(subject) >= 2 and subject[-2:] in level.before


def _alias(name: str) -> str:
    for whole, pattern in _aliases():
        if pattern.search(name):
            return whole
    return name


@cache
def _aliases() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry.split("=")[0], re.compile(entry.split("=")[1])) for entry in data("targets")["aliases"]]
