"""Averages, shares of opinion and results of a count that contradict the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.form.figures import Figure, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect

_EACH = re.compile(
    r"(?:平均每(?:个|名|家|所|户)?|每(?:个|名|家|所|户)?(?=.{1,6}平均))(?P<noun>[\u4e00-\u9fff]{1,6}?)(?:平均)?(?:配备|培育|有|为|达|达到|办理|开展|约)?$"
)
_OF = "个家所户名支"
_OPINION = re.compile(
    r"(?:非常|很|比较|较|基本|不太|不)?满意(?:的)?(?:占|为)?$|(?:一般|不了解|说不清)(?:的)?(?:占|为)?$"
)
_NEGATED = re.compile(r"(?:尚?未|不|没有)(?P<what>[\u4e00-\u9fff]{2})")
_AMONG = re.compile(r"[^,。;、\d(]{0,12}(?<![其集途空])(?:中|里|当中),?(?:有|已有)?")


def find(layout: Layout, figures: Sequence[Figure], words: str) -> Iterator[Defect]:
    """Defects of one sentence.

    Args:
        layout: the report.
        figures: the figures of the sentence.
        words: its text.
    """
    if "平均每" in words:
        yield from _average(layout, figures)
    if "不满意" in words:
        yield from _opinions(layout, figures)
    if "未" in words or "不" in words:
        yield from _both(layout, figures)


def _average(layout: Layout, figures: Sequence[Figure]) -> Iterator[Defect]:
    """“98个村共培育……412名,平均每村3.2名”."""
    for index, figure in enumerate(figures):
        each = _EACH.search(figure.label)
        if not each or figure.approx or not figure.unit:
            continue
        before = [f for f in figures[:index] if not f.change]
        bases = [f for f in before if f.unit in _OF and f.tail.startswith(each["noun"])]
        totals = [f for f in before if same_unit(f.unit, figure.unit) and f not in bases]
        if len(bases) != 1 or len(totals) != 1 or bases[0].approx or totals[0].approx or not bases[0].value:
            continue
        base, total = bases[0], totals[0]
        exact = total.value / base.value
        digits = layout.norm[figure.start : figure.end].partition(".")[2]
        unit = 10.0 ** -sum(c.isdigit() for c in digits)
        if abs(exact - figure.value) < unit + total.slack / base.value - 1e-9:
            continue
        why = f"{total.shown}÷{base.shown}＝{exact:.1f},文中平均为{figure.value:g}"
        start = layout.clause_start(min(base.start, total.start), min(base.start, total.start) - 30)
        yield Defect("arithmetic", start, figure.end, why, "核对总数、个数和平均数", "must")


def _opinions(layout: Layout, figures: Sequence[Figure]) -> Iterator[Defect]:
    """“满意86%、基本满意12%、不满意4%”: shares of one question that make more than all."""
    run: list[Figure] = []
    for figure in (*figures, None):
        told = (
            figure is not None and figure.unit == "%" and not figure.approx and _OPINION.search(figure.label)
        )
        if figure is not None and told and (not run or _next(run[-1], figure)):
            run.append(figure)
            continue
        total = sum(f.value for f in run)
        names = [f.label for f in run]
        if (
            len(run) >= 2
            and total > 100.5
            and len(set(names)) == len(names)
            and any("不满意" in n for n in names)
        ):
            why = "＋".join(f.shown for f in run) + f"＝{total:g},各项之和超过100%"
            yield Defect(
                "arithmetic", layout.clause_start(run[0].start), run[-1].end, why, "核对各项占比", "must"
            )
        run = []


def _next(last: Figure, figure: Figure) -> bool:
    """It goes on with the list: nothing but its own name stands between."""
    return _OPINION.match(figure.label) is not None and figure.start - last.end <= len(figure.label) + 1


def _both(layout: Layout, figures: Sequence[Figure]) -> Iterator[Defect]:
    """“12个乡镇中10个达标、3个未达标”: the ones and the others must make the whole."""
    for whole, one, two in zip(figures, figures[1:], figures[2:], strict=False):
        if not whole.unit or not (whole.unit == one.unit == two.unit) or whole.unit == "%":
            continue
        if any(f.approx or f.change or f.slack for f in (whole, one, two)) or two.start - one.end > 16:
            continue
        if not _AMONG.fullmatch(layout.norm[whole.end : one.start]):
            continue
        other = _NEGATED.match(two.tail)
        said = one.tail.removeprefix("已").removeprefix("全部")
        if other and said.startswith(other["what"]) and one.value + two.value != whole.value:
            why = f"{one.shown}＋{two.shown}＝{one.value + two.value:g},文中总数为{whole.shown}{whole.unit}"
            start = layout.clause_start(whole.start, whole.start - 30)
            end = layout.clause_end(two.end, two.end + 10)
            yield Defect("arithmetic", start, end, why, "核对各分项和总数", "must")
