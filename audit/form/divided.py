"""Totals whose parts are said to be complete, and parts of a total that stands further back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audit.form.cued import data
from audit.form.figures import Figure, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect
from audit.form.sums import exceeds, wrong_sum

_CUE = re.compile(r"分别(?:为|是|有)|按[^,。;:、]{1,10}?(?:划|来|区)?分(?:类)?(?:看|为)?(?=[,:]|$)")
_OPENS = re.compile(r"(?:其中)?,?按[^,。;:、]{1,10}?(?:划|来|区)?分(?:类)?(?:看|为)?[,:]?")
_OTHER_COUNT = re.compile(r"^(?:其中)?(?:共|合计|共计|总计|累计|同比|较|比|平均|收缴|涉及|金额)")
_AMONG = re.compile(r"^的?[^,。;:、\d(]{0,14}(?<![其集途空])(?:中|里|当中)(?:[,:]|(?=有))")
_NAMES = re.compile(r"、|和|及|与|以及")
_ETC = re.compile(r"^\)?等|^(?:以及|及)其他")


@cache
def _recount() -> re.Pattern[str]:
    return re.compile("|".join(data("arithmetic")["recount"]))


@cache
def _stages() -> re.Pattern[str]:
    return re.compile("|".join(data("arithmetic")["stages"]))


def find(layout: Layout, start: int, figures: Sequence[Figure], before: Sequence[Figure]) -> Iterator[Defect]:
    """Sums of one sentence whose parts are said to make up the total.

    Args:
        layout: the report.
        start: where the sentence begins.
        figures: its figures.
        before: the figures of the sentence before it in the same paragraph.
    """
    counts = [f for f in figures if f.unit != "%" and not f.measure]
    norm = layout.norm
    if before and norm.startswith("其中", start):
        yield from _among_before(layout, counts, before)
    if len(counts) < 2:
        return
    words = norm[start : counts[-1].end]
    if "分" in words:
        yield from _said(layout, start, counts, before)
    if "其中" in words:
        yield from _among_far(layout, counts)
    for index, total in enumerate(counts[:-1]):
        first = counts[index + 1]
        between = norm[total.end : first.start]
        if total.change or total.approx or not same_unit(total.unit, first.unit) or len(between) > 36:
            continue
        opened = _AMONG.match(between)
        if opened and first.value > total.value and not first.approx and not first.change:
            if not _recount().search(between) and not first.label.startswith(("增", "同比", "较", "比")):
                yield exceeds(layout, total, first)
        elif "其中" in between[:3] and (total.slack or first.slack):
            if (
                first.value - first.slack > total.value + total.slack
                and not first.approx
                and not first.change
            ):
                yield exceeds(layout, total, first)
        elif between.startswith((",其中", "(其中", "(", ",", ",分别")):
            yield from _named(layout, total, counts, index, between)


def _said(layout: Layout, start: int, counts: list[Figure], before: Sequence[Figure]) -> Iterator[Defect]:
    """“23项,分别为行政许可12项、行政确认7项、其他权力5项”; “供应土地47宗。按供应方式分,划拨20宗、……”."""
    norm = layout.norm
    for index, first in enumerate(counts):
        low = counts[index - 1].end if index else start
        words = norm[low : first.start]
        cues = list(_CUE.finditer(words))
        if not cues:
            continue
        cue = cues[-1]
        if not words[cue.end() :].strip(" ,:") or len(words) - cue.end() > 24:
            continue
        run = _run(layout, counts, index)
        if len(run) < 2 or _ETC.match(norm[run[-1].end : run[-1].end + 6]):
            continue
        totals = [c for c in counts[:index] if same_unit(c.unit, first.unit) and not c.change]
        if not totals and cue.start() <= 6 and _OPENS.match(words.lstrip()):
            totals = [c for c in before if same_unit(c.unit, first.unit) and not c.change]
        if not totals or totals[-1].approx or totals[-1].slack or ";" in norm[totals[-1].end : first.start]:
            continue
        if "其中" in words and sum(p.value for p in run) <= totals[-1].value:
            continue
        sums = {sum(p.value for p in run[:size]) for size in range(2, len(run) + 1)}
        if not sums & {c.value for c in totals} and first.start - totals[-1].end <= 70:
            yield wrong_sum(layout, totals[-1], run)


def _run(layout: Layout, counts: list[Figure], index: int) -> list[Figure]:
    """The parts from `index` on that are listed with 、 or commas, each with a name of its own."""
    norm, run = layout.norm, [counts[index]]
    if counts[index].approx or counts[index].change or counts[index].slack:
        return []
    for figure in counts[index + 1 :]:
        gap = norm[run[-1].end : figure.start]
        if figure.lead == "(" or ("其中" in figure.label and same_unit(figure.unit, run[0].unit)):
            continue
        if (
            figure.approx
            or figure.change
            or not same_unit(figure.unit, run[0].unit)
            or len(gap) > 40
            or any(mark in gap for mark in ";。")
            or not figure.label
            or _OTHER_COUNT.match(figure.label)
        ):
            break
        run.append(figure)
    return run


def _among_far(layout: Layout, counts: list[Figure]) -> Iterator[Defect]:
    """A part after 其中 whose total is not the count right before it."""
    norm = layout.norm
    for index, part in enumerate(counts):
        if index < 2 or "其中" not in part.label or part.approx or part.change:
            continue
        if same_unit(counts[index - 1].unit, part.unit):
            continue
        known = [c for c in counts[:index] if same_unit(c.unit, part.unit) and not c.change]
        if not known or known[-1].approx or ";" in norm[known[-1].end : part.start]:
            continue
        if part.start - known[-1].end > 60 or _recount().search(norm[counts[index - 1].end : part.start]):
            continue
        parts = [part]
        for figure in counts[index + 1 :]:
            if figure.lead != "、" or figure.approx or not same_unit(figure.unit, part.unit):
                break
            parts.append(figure)
        if part.value > max(c.value for c in known):
            yield exceeds(layout, known[-1], part)
        elif sum(p.value for p in parts) > max(c.value for c in known) and not any(
            _stages().search(p.words) for p in parts
        ):
            yield wrong_sum(layout, known[-1], parts)


def _among_before(layout: Layout, counts: list[Figure], before: Sequence[Figure]) -> Iterator[Defect]:
    """“……2316件。其中,婚姻家庭类612件、邻里类1104件、其他类630件”: the total ends the sentence before."""
    if not counts or counts[0].approx or counts[0].change or counts[0].slack:
        return
    known = [c for c in before if same_unit(c.unit, counts[0].unit) and not c.change and c.unit != "%"]
    if not known or known[-1].approx or known[-1].slack:
        return
    parts = [counts[0]]
    for figure in counts[1:]:
        if figure.lead != "、" or figure.approx or not same_unit(figure.unit, parts[0].unit):
            break
        parts.append(figure)
    total, most = known[-1], max(c.value for c in known)
    sum_ = sum(p.value for p in parts)
    closed = len(parts) >= 3 and parts[-1].label.startswith(("其他", "其它", "其余"))
    if counts[0].value > most:
        yield exceeds(layout, total, counts[0])
        return
    wrong = sum_ > most or (closed and not any(c.value == sum_ for c in known))
    if len(parts) > 1 and wrong and not any(_stages().search(p.words) for p in parts):
        yield wrong_sum(layout, total, parts)


def _named(layout: Layout, total: Figure, counts: list[Figure], index: int, between: str) -> Iterator[Defect]:
    """“代表建议、政协提案541件,其中代表建议218件、政协提案313件”: the total names its own parts."""
    norm = layout.norm
    begin = layout.clause_start(total.start, total.start - 40)
    head = norm[begin : total.start]
    if "、" not in head and "和" not in head or "等" in head[-3:]:
        return
    names = [name for name in _NAMES.split(head) if name]
    run = _run_any(counts, index + 1)
    size = len(run)
    if size < 2 or size > len(names) or any(f.slack for f in (total, *run)):
        return
    names = names[-size:]
    if len(_NAMES.split(head)) > size + 1:
        return
    labels = [re.sub(r"^(?:其中|分别为|包括|:|,)+", "", f.label) for f in run]
    if not all(_akin(name, label) for name, label in zip(names, labels, strict=True)):
        return
    after = norm[run[-1].end : run[-1].end + 6]
    sum_ = sum(f.value for f in run)
    if sum_ != total.value and 0.7 * total.value < sum_ < 1.3 * total.value and not _ETC.match(after):
        yield wrong_sum(layout, total, run)


def _run_any(counts: list[Figure], index: int) -> list[Figure]:
    run = [counts[index]]
    for figure in counts[index + 1 :]:
        gap = figure.start - run[-1].end
        if figure.approx or figure.change or gap > 20 or figure.lead not in ("、", ","):
            break
        if not same_unit(figure.unit, run[0].unit):
            break
        run.append(figure)
    return run if not (run[0].approx or run[0].change) else []


def _akin(name: str, label: str) -> bool:
    """A part is called by the name or by a piece of it."""
    return len(label) >= 2 and (label in name or label.removesuffix("案件") in name)
