"""How much something rose or fell against the two values given: 由312项压减到287项,减少12%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.form.figures import Figure, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect

_UP = r"增加|增长|上升|提高|提升|净增|新增|多"
_DOWN = r"压减|减少|压缩|精简|缩短|下降|降低|缩减|少"
_BY = re.compile(
    rf"^(?:同比|比上年|较上年|共|累计|,)*(?:降幅|减幅|增幅|压减率|压缩率|精简率)?(?:为|达)?(?P<way>{_UP}|{_DOWN})?"
    r"(?:率|了|幅度)?(?:为|达)?$"
)
_FROM = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_CHANGED = re.compile(rf"(?P<way>{_UP}|{_DOWN})(?:了|率为)?$")
_STRAIGHT = re.compile(r",?(?:由|从)(?:上一?年|去年|20\d\d年)?(?:度|同期)?的?")
_TO = re.compile(r"[^,。;]{0,14}(?:到|至|为)[^,。;\d]{0,4}")
_THAT_YEAR = re.compile(r"^(?:而)?(?:20\d\d年|上一?年|去年)(?:度|同期)?[\u4e00-\u9fff]{0,10}$")
_LAST_YEAR = re.compile(r"(?:比|较)(?:上一?年|去年|20\d\d年)(?:度|同期)?(?:的)?$")


def find(layout: Layout, figures: Sequence[Figure]) -> Iterator[Defect]:
    """Changes of one sentence that their own values do not give."""
    yield from _told_first(layout, figures)
    for index, figure in enumerate(figures):
        if index < 2 or figure.approx:
            continue
        later, earlier = figures[index - 1], figures[index - 2]
        if figure.unit == "个百分点" and earlier.unit == later.unit == "%":
            defect = _points(layout, earlier, later, figure)
        else:
            defect = None
        if defect:
            yield defect
            continue
        if not same_unit(earlier.unit, later.unit) or later.unit in ("%", "个百分点"):
            continue
        if later.approx or earlier.approx:
            continue
        defect = _moved(layout, earlier, later, figure) or _against_last_year(layout, earlier, later, figure)
        if defect:
            yield defect


def _told_first(layout: Layout, figures: Sequence[Figure]) -> Iterator[Defect]:
    """“同比增长12%,由420件增至460件”: the change stands before its values."""
    for figure, earlier, later in zip(figures, figures[1:], figures[2:], strict=False):
        if (
            figure.unit != "%"
            or figure.approx
            or earlier.approx
            or later.approx
            or earlier.change
            or later.change
        ):
            continue
        way = _CHANGED.search(figure.label)
        if not way or not _STRAIGHT.fullmatch(layout.norm[figure.end : earlier.start]):
            continue
        if not same_unit(earlier.unit, later.unit) or not _TO.fullmatch(
            layout.norm[earlier.end : later.start]
        ):
            continue
        wrong = _turned(layout, earlier, later, figure, way["way"]) or _compared(
            layout, earlier, later, figure
        )
        if wrong:
            yield wrong._replace(start=layout.clause_start(figure.start, figure.start - 40), end=later.end)


def _moved(layout: Layout, earlier: Figure, later: Figure, figure: Figure) -> Defect | None:
    way = _BY.match(figure.label)
    if not way or figure.start - later.end > 14 or not _FROM.search(earlier.label):
        return None
    if figure.unit != "%" and not way["way"]:
        return None
    if not _TO.fullmatch(layout.norm[earlier.end : later.start]):
        return None
    return _turned(layout, earlier, later, figure, way["way"]) or _compared(layout, earlier, later, figure)


def _points(layout: Layout, earlier: Figure, later: Figure, figure: Figure) -> Defect | None:
    """“由8.2%下降到6.1%,下降2.1个百分点”."""
    way = _BY.match(figure.label)
    if not way or figure.start - later.end > 14 or not _FROM.search(earlier.label):
        return None
    if not _TO.fullmatch(layout.norm[earlier.end : later.start]):
        return None
    gap = abs(later.value - earlier.value)
    unit = 10.0 ** -min(earlier.decimals, later.decimals)
    if abs(gap - figure.value) < unit + 1e-9:
        return None
    small, large = sorted((earlier, later), key=lambda f: f.value)
    why = f"{large.shown}%－{small.shown}%＝{gap:g}个百分点,文中为{figure.value:g}个百分点"
    start = layout.clause_start(earlier.start, earlier.start - 40)
    return Defect("arithmetic", start, figure.end, why, "核对数据", "must")


def _against_last_year(layout: Layout, now: Figure, before: Figure, figure: Figure) -> Defect | None:
    """“37件,比上年28件增加8件”, “37件,上年为28件,同比增长20%”."""
    way = _BY.match(figure.label)
    if not way or not way["way"] or figure.start - before.end > 8:
        return None
    compared = figure.label.startswith("同比") and before.start - now.end <= 24
    if not _LAST_YEAR.search(before.label) and not (compared and _THAT_YEAR.search(before.label)):
        return None
    return _turned(layout, before, now, figure, way["way"]) or _compared(layout, before, now, figure)


def _turned(layout: Layout, earlier: Figure, later: Figure, figure: Figure, way: str | None) -> Defect | None:
    """A rise that is told as a fall, or a fall as a rise."""
    if not way or way == "新增" or later.value == earlier.value or later.slack or earlier.slack:
        return None
    rose = later.value > earlier.value
    if (re.fullmatch(_UP, way) is not None) == rose:
        return None
    told, right = ("增加", "减少") if rose else ("减少", "增加")
    why = f"由{earlier.shown}变为{later.shown}是{told},文中写作{right}"
    start = layout.clause_start(min(earlier.start, later.start), min(earlier.start, later.start) - 40)
    return Defect("arithmetic", start, figure.end, why, "核对数据", "must")


def _compared(layout: Layout, earlier: Figure, later: Figure, figure: Figure) -> Defect | None:
    if earlier.value == later.value or not earlier.value:
        return None
    slack = earlier.slack + later.slack
    gap = abs(later.value - earlier.value)
    small, large = sorted((earlier, later), key=lambda f: f.value)
    if figure.unit == "%":
        unit = max(figure.slack, 10.0**-figure.decimals)
        low = (gap - slack) / (earlier.value + earlier.slack) * 100 - unit
        high = (gap + slack) / max(earlier.value - earlier.slack, 1e-9) * 100 + unit
        shown = f"{gap / earlier.value * 100:.{max(1, figure.decimals)}f}%"
        why = f"({large.shown}－{small.shown})÷{earlier.shown}＝{shown},文中为{figure.shown}%"
    elif same_unit(figure.unit, later.unit):
        low, high = gap - slack - figure.slack - 0.5, gap + slack + figure.slack + 0.5
        why = f"{large.shown}－{small.shown}＝{gap:g},文中为{figure.shown}{figure.unit}"
    else:
        return None
    if low + 1e-9 < figure.value < high - 1e-9:
        return None
    start = layout.clause_start(min(earlier.start, later.start), min(earlier.start, later.start) - 40)
    return Defect("arithmetic", start, figure.end, why, "核对数据", "must")
