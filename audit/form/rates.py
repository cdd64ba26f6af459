"""Rates against the counts that stand beside them, and rates that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from audit.form.cued import data
from audit.form.figures import Figure, alike, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect

_MARKS = frozenset(",。;:!?\n()")
_VERBS = r"(?:均|都|分别|已|也|就|只|仅)?(?:为|是|达到?了?|达至?|约为?|升至|降至|提高到|提升至|上升到|下降到|保持在|保持|实现|高达|超过?|突破|在|有)?[: ]*$"
_STEM = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2}})率{_VERBS}")
_SHARE = re.compile(r"占(?:比|比例|其中|全部|[\u4e00-\u9fff]{0,6}总(?:数|量|次数|件数))?(?:的|为|达|约|到)*$")
_AMONG = re.compile(r"^[^,;:、()]{0,14}(?<![其集途空年])(?:中|里|当中),?(?:的|有)?$")
_SHARE_OF = re.compile(r"占[\u4e00-\u9fff]{0,10}$")


class Rate(NamedTuple):
    """How a rate comes about.

    Attributes:
        name: its name, as an expression that must stand right before the figure.
        part: words of the numerator.
        whole: words of the denominator.
        rest: words of what is not the numerator; numerator and rest make the whole.
        subset: the numerator can never exceed the denominator (出庭 the cases heard, 合格 the examined).
    """

    name: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    rest: re.Pattern[str] | None
    subset: bool


@cache
def _rates() -> list[Rate]:
    return [
        Rate(
            re.compile(f"(?P<name>{r['name']}){_VERBS}"),
            re.compile(r["part"]),
            re.compile(r["whole"]),
            re.compile(r["rest"]) if "rest" in r else None,
            r.get("subset", False),
        )
        for r in data("rates")["rates"]
    ]


@cache
def _expression(key: str) -> re.Pattern[str]:
    return re.compile("|".join(data("rates")[key]))


def find(layout: Layout, start: int, figures: Sequence[Figure]) -> Iterator[Defect]:
    """Rates of one sentence that their own counts do not give, or that lie above 100."""
    counts = [
        f
        for f in figures
        if f.unit not in ("%", "个百分点") and not f.change and not f.approx and f.value > 0
    ]
    for figure in figures:
        if figure.unit != "%":
            continue
        begin = figure.start
        while begin > start and layout.norm[begin - 1] not in _MARKS:
            begin -= 1
        clause = layout.norm[begin : figure.start]
        if figure.value > 100:
            defect = _impossible(layout, figure, clause)
        elif figure.approx:
            defect = None
        else:
            before = [c for c in counts if c.end <= figure.start]
            defect = None
            if not figure.change and "率" in clause:
                defect = _by_name(layout, figure, clause, before, counts[len(before) : len(before) + 1])
                defect = defect or _by_stem(layout, figure, clause, before)
            if not figure.change and "占" in clause:
                defect = defect or _by_share(layout, figure, clause, before)
        if defect:
            yield defect
    yield from _more_than_all(layout, counts)


def _more_than_all(layout: Layout, counts: list[Figure]) -> Iterator[Defect]:
    """“调解纠纷2316件,成功2371件”: a part that is more than its whole."""
    for whole, part in zip(counts, counts[1:], strict=False):
        if part.value <= whole.value or not same_unit(whole.unit, part.unit) or part.start - whole.end > 20:
            continue
        start = layout.clause_start(whole.start, whole.start - 40)
        one, two = layout.norm[start : whole.start], layout.norm[whole.end : part.start].rpartition(",")[2]
        if _scoped(layout, whole, part) or whole.slack or part.slack or "其中" in one + two or two == "":
            continue
        for rate in _rates():
            if rate.subset and _at_end(rate.part, two) and rate.whole.search(one[-14:] + whole.tail):
                if not rate.part.search(one) and not _expression("carried").search(two):
                    why = f"{part.shown}{part.unit}多于其所属的{whole.shown}{whole.unit}"
                    yield Defect("arithmetic", start, part.end, why, "核对数据", "must")
                break


def _at_end(pattern: re.Pattern[str], words: str) -> bool:
    """The words end with what the pattern finds."""
    return any(len(words) - match.end() <= 3 for match in pattern.finditer(words))


def _counts(figure: Figure) -> bool:
    """A plain count, exact and not nought."""
    plain = figure.unit not in ("%", "个百分点") and not figure.change and not figure.measure
    return plain and not figure.approx and figure.value > 0


def _impossible(layout: Layout, figure: Figure, clause: str) -> Defect | None:
    if not figure.change and _expression("at_most_100").search(clause):
        why = f"比率不可能超过100%,文中为{figure.shown}%"
    elif _expression("falls").search(clause) and not _expression("rises").search(clause):
        why = f"降幅不可能超过100%,文中为{figure.shown}%"
    else:
        return None
    start = layout.clause_start(figure.start, figure.start - 60)
    return Defect("arithmetic", start, figure.end, why, "核对数据", "must")


def _fits(part: Figure, whole: Figure, rate: Figure) -> bool:
    """The rate is the quotient, one unit of the last digit shown allowed."""
    unit = max(rate.slack, 10.0**-rate.decimals)
    low = (part.value - part.slack) / (whole.value + whole.slack) * 100
    high = (part.value + part.slack) / max(whole.value - whole.slack, 1e-9) * 100
    return low - unit + 1e-9 < rate.value < high + unit - 1e-9


def _any_pair(counts: list[Figure], rate: Figure) -> bool:
    return any(_fits(a, b, rate) for a in counts for b in counts if a is not b and a.value <= b.value)


def _explained(rate: Rate, counts: list[Figure], figure: Figure) -> bool:
    """Some count that the rate's words fit (or several of them together) gives the rate."""
    named = [c for c in counts if rate.part.search(c.words) or len(c.label) < 2]
    uppers = list(named)
    for low in range(len(named)):
        for high in range(low + 1, len(named)):
            if same_unit(named[low].unit, named[high].unit):
                both = sum(c.value for c in named[low : high + 1])
                uppers.append(named[low]._replace(value=both))
    lowers = list(counts)
    for one, two in zip(counts, counts[1:], strict=False):
        if same_unit(one.unit, two.unit):
            if one in named or two in named:
                uppers.append(one._replace(value=one.value + two.value))
            lowers.append(one._replace(value=one.value + two.value))
            if one.value > two.value:
                lowers.append(one._replace(value=one.value - two.value))
    return any(_fits(a, b, figure) for a in uppers for b in lowers if a is not b and a.value <= b.value)


def _by_name(
    layout: Layout, figure: Figure, clause: str, counts: list[Figure], after: list[Figure]
) -> Defect | None:
    """“受理100件,审结95件,结案率98%”, “审结271件,纠错率18.5%,其中撤销31件”."""
    for rate in _rates():
        named = rate.name.search(clause)
        if not named:
            continue
        if len(counts + after) < 2 or not _plain(clause[: named.start()]):
            return None
        part = next((c for c in reversed(counts[-3:]) if rate.part.search(c.words)), None)
        told_after = "" if part or not after else layout.norm[figure.end : after[0].start]
        if told_after.startswith(",其中") and len(told_after) <= 24 and rate.part.search(told_after):
            part = after[0]
        if part is None and rate.rest:
            return _by_rest(layout, rate, figure, counts)
        if part is None or figure.start - part.end > 30:
            return None
        rest = next((c for c in counts[-3:] if rate.rest and rate.rest.search(c.label)), None)
        if rest is not None and rest is not part and same_unit(rest.unit, part.unit):
            both = rest._replace(value=rest.value + part.value)
            if _fits(part, both, figure) or _explained(rate, counts, figure):
                return None
            return _wrong(layout, part, both, figure)
        wholes = [
            c
            for c in counts
            if c.end <= min(part.start, figure.start)
            and alike(c.unit, part.unit)
            and rate.whole.search(c.words)
            and c.value >= part.value
        ]
        told = counts if part in counts else [*counts, part]
        if not wholes or _explained(rate, told, figure) or _scoped(layout, wholes[-1], part):
            return None
        return _wrong(layout, part, wholes[-1], figure)
    return None


def _by_rest(layout: Layout, rate: Rate, figure: Figure, counts: list[Figure]) -> Defect | None:
    """“抽检1280批次,不合格24批次,合格率98.1%”: only what is not the numerator is told."""
    if len(counts) < 2 or not rate.rest:
        return None
    whole, rest = counts[-2:]
    told = rate.rest.search(rest.label)
    if (
        not told
        or told[0][0] not in "不未"
        or not rate.whole.search(whole.words)
        or rest.value >= whole.value
    ):
        return None
    near = rest.start - whole.end <= 16 and figure.start - rest.end <= 16
    if not near or not same_unit(whole.unit, rest.unit) or rest.slack or _scoped(layout, whole, rest):
        return None
    part = rest._replace(value=whole.value - rest.value, slack=whole.slack)
    if _fits(part, whole, figure) or _any_pair(counts, figure):
        return None
    return _wrong(layout, part, whole, figure)


def _by_stem(layout: Layout, figure: Figure, clause: str, counts: list[Figure]) -> Defect | None:
    """“发放问卷500份,回收480份,回收率92%”: a rate named after the verb of the count before it."""
    named = _STEM.search(clause)
    if not named or len(counts) < 2 or not _plain(clause[: named.start()]):
        return None
    whole, part = counts[-2:]
    if (
        not set(named["stem"]) <= set(part.words)
        or (named["stem"] in whole.words and not whole.label.endswith("应" + named["stem"]))
        or re.search(r"[不未非无]" + named["stem"][0], part.words)
        or figure.start - part.end > 20
    ):
        return None
    if not alike(whole.unit, part.unit) or whole.value < part.value or part.start - whole.end > 24:
        return None
    if part.lead != "," or whole.slack or _any_pair(counts, figure) or _scoped(layout, whole, part):
        return None
    return _wrong(layout, part, whole, figure)


def _plain(before: str) -> bool:
    """Nothing before the rate's name narrows it to something else."""
    return _expression("plain").fullmatch(before) is not None


def _scoped(layout: Layout, whole: Figure, part: Figure) -> bool:
    """Between whole and part something else begins."""
    between = layout.norm[whole.end : part.end]
    return ";" in between or len(between) > 60 or _expression("turns").search(between) is not None


def _by_share(layout: Layout, figure: Figure, clause: str, counts: list[Figure]) -> Defect | None:
    """“共办理50件,其中……20件,占45%”, “5人,占全局74名执法人员的6.8%”."""
    inside = [c for c in counts if c.start >= figure.start - len(clause)]
    if inside:
        whole = inside[-1]
        before = layout.norm[figure.start - len(clause) : whole.start]
        if not _SHARE_OF.fullmatch(before) or not re.fullmatch(
            r"[\u4e00-\u9fff]{0,10}的", layout.norm[whole.end : figure.start]
        ):
            return None
        parts = [c for c in counts if c.end <= figure.start - len(clause)]
        near = [c for c in parts if whole.start - c.end <= 30]
        if (
            len(near) != 1
            or near[0].unit != whole.unit
            or near[0].value > whole.value
            or _any_pair(counts, figure)
        ):
            return None
        return _wrong(layout, near[0], whole, figure)
    if not _SHARE.fullmatch(clause) or len(counts) < 2:
        return None
    whole, part = counts[-2:]
    if whole.unit != part.unit or part.value > whole.value:
        return None
    if figure.start - part.end > 16 or _any_pair(counts, figure):
        return None
    between = layout.norm[whole.end : part.start]
    among = _AMONG.search(between) is not None and part.value < whole.value
    meant = (
        "其中" in between
        or among
        or (
            len(between) <= 12 and part.lead == "," and abs(part.value / whole.value * 100 - figure.value) < 5
        )
    )
    return _wrong(layout, part, whole, figure) if meant else None


def _wrong(layout: Layout, part: Figure, whole: Figure, rate: Figure) -> Defect:
    value = part.value / whole.value * 100
    why = f"{part.shown}÷{whole.shown}＝{value:.{max(1, rate.decimals)}f}%,文中为{rate.shown}%"
    start = layout.clause_start(min(part.start, whole.start), min(part.start, whole.start) - 40)
    return Defect("arithmetic", start, rate.end, why, "核对计数和比率", "must")
