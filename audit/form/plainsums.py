"""Plain sums as clerks write them: a list before its 共计, or after 分为, 分别为, 包括, 其中, money and shares included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from audit.form import sums
from audit.form.cued import data, worded
from audit.form.figures import Figure, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect
from audit.form.sums import families, overlapping

_CUES = re.compile(r"[共总]|[合累]计|分[为成别]|包[括含]|[(,]含|其中|组成|构成|男性|其[他它余]|[结办]|整改")
_ETC = re.compile(
    r"\)?等|以及其[他它]|及其[他它]|[,、;和及]?(?:其余|其他|其它|余下|剩余|另有|另外|尚有|还有)"
)
_ITEMS = re.compile(r"、|和|及|与|以及")
_ASIDE = re.compile(r"\([^()\d]*\)")
_SUBTOTAL = re.compile(r"[共累]计|合计|总计|半年共|季度共")
_FIRM = re.compile(r"合计|总计|共计|总投入|总投资|总额|总金额")
_PAIRED = re.compile(r"(?:中|当中)?[,(]?.{0,2}")
_SHARE = re.compile(r"(?:占比?|占比为|比例为|比重为)$")
_OTHERS = re.compile(r"^(?:其他|其它|其余|余下|另外)")
_AGO = re.compile(r"上年|去年|往年|历年|上一年|结转|旧存|以前年度|存量")


_words = partial(worded, "sums")


def find(layout: Layout, start: int, end: int, figures: Sequence[Figure]) -> Iterator[Defect]:
    """Sums of one sentence that do not hold; nothing where it is not certain that they should.

    Args:
        layout: the report.
        start: where the sentence begins.
        end: where it ends.
        figures: its figures.
    """
    if len(figures) < 3 or not _CUES.search(layout.norm, start, end):
        return
    counts = [f for f in figures if not f.change and (f.unit == "元" or not f.measure) and f.unit]
    levels = [f for f in counts if f.unit != "%"]
    for index in range(len(levels)):
        defect = _after(layout, levels, index) or _before(layout, levels, index)
        defect = defect or _open_and_closed(layout, start, levels, index)
        if defect:
            yield defect
    yield from _shares(layout, counts)


def _near(total: Figure, parts: Sequence[Figure], share: float) -> bool:
    return abs(sum(p.value for p in parts) - total.value) <= share * total.value


def _holds(total: Figure, parts: Sequence[Figure]) -> bool:
    """The parts make the total, the rounding of 万 and 亿 allowed for."""
    slack = sum(f.slack for f in (total, *parts)) / 2
    return abs(sum(p.value for p in parts) - total.value) <= slack + 1e-6


def _exact(figures: Sequence[Figure]) -> bool:
    return not any(f.approx or f.change for f in figures)


def _before(layout: Layout, counts: list[Figure], index: int) -> Defect | None:
    """“分别培训120人、135人、98人,共计363人”: the total closes the list."""
    total = counts[index]
    told = _words("closing").fullmatch(total.label)
    first = index
    if not told or index < 2 or total.approx or total.lead not in (",", "、", ";", ""):
        return None
    if total.lead == "":
        first -= 1
        if not _words("groups").search(counts[first].label + counts[first].unit) or counts[first].lead != ",":
            return None
    run: list[Figure] = []
    stop = (counts[first] if first < index else total).start
    for figure in reversed(counts[:first]):
        gap = _ASIDE.sub("", layout.norm[figure.end : stop])
        if (
            figure.approx
            or _SUBTOTAL.search(figure.label)
            or not same_unit(figure.unit, total.unit)
            or len(gap) > 28
            or any(m in gap for m in ";:(")
            or "其中" in gap
        ):
            break
        run.insert(0, figure)
        stop = figure.start
    for low in range(len(run)):
        if _holds(total, run[low:]):
            return None
    others = [f for f in counts[:first] if same_unit(f.unit, total.unit)]
    while len(run) > 2 and _words("closing").fullmatch(run[0].label):
        run.pop(0)
    if len(run) < 2 or _holds(total, others) or "等" in layout.norm[run[-1].end : total.start][:2]:
        return None
    if first < index and counts[first].value != len(run):
        return None
    return _wrong(layout, total, run) if _sums_up(total, run, told["verb"] or "") else None


def _sums_up(total: Figure, run: list[Figure], verb: str) -> bool:
    """It is certain that the total is of this list."""
    bare = all(not f.label and f.lead == "、" for f in run[1:])
    if verb:
        return _near(total, run, 0.3) and (verb in run[0].label or all(verb in f.label for f in run))
    if bare:
        return _near(total, run, 0.5)
    if any(_words("stages").search(f.words) for f in run) and not _one_stage(run):
        return False
    if len(run) == 2 and _FIRM.search(total.label) and all(0 < len(f.label) <= 10 for f in run):
        return _near(total, run, 0.1)
    joined = all(f.lead == "、" for f in run[1:]) or _parallel(run)
    return joined and _near(total, run, 0.3)


def _one_stage(run: Sequence[Figure]) -> bool:
    """All parts are told with one verb (所受理…、所受理…), or are the old and the new cases."""
    told = [_words("stages").findall(f.label)[-1:] for f in run]
    return all(t and t == told[0] for t in told)


def _parallel(run: Sequence[Figure]) -> bool:
    """The parts are told alike: their names end alike, or are short, or tell what was there and what came."""
    labels = [f.label for f in run]
    if all(_words("periods").search(label) for label in labels):
        return True
    if len(run) == 2 and _AGO.search(labels[0]) and re.search(r"新收|本年|今年|当年|收到|受理", labels[1]):
        return True
    ends = {label[-2:] for label in labels}
    return len(run) >= 3 and (len(ends) == 1 or all(0 < len(label) <= 8 for label in labels[1:]))


def _alike(run: Sequence[Figure]) -> bool:
    """A list with commas whose parts bear names of one kind."""
    return len(run) >= 3 and _parallel(run) and not any(_words("fresh").search(f.label) for f in run)


def _after(layout: Layout, counts: list[Figure], index: int) -> Defect | None:
    """“186人,分为在编61人、事业88人、聘用27人”: the list follows its total."""
    total = counts[index]
    if index + 2 >= len(counts) or total.approx or _AGO.search(total.label):
        return None
    at = index + 1
    first = counts[at]
    if _words("groups").fullmatch(first.unit) and not same_unit(total.unit, first.unit):
        at += 1
        first = counts[at]
    between = layout.norm[total.end : first.start]
    if len(between) > 40 or not same_unit(total.unit, first.unit) or ";" in between or "%" in between:
        return None
    if at > index + 1 and not _words("divided").search(between):
        return None
    if index and layout.norm[counts[index - 1].end : total.start] in ("、", "和"):
        return None
    run = _listed(layout, counts, at)
    if len(run) < 2 or _holds(total, run) or families(total).keys() & families(run[0]).keys():
        return None
    sum_ = sum(f.value for f in run)
    if any(_holds(c, run) or _holds(c, [total, *run]) for c in counts[:index] if same_unit(c.unit, total.unit)):
        return None
    if any(_holds(total, run[:size]) for size in range(2, len(run))):
        return None
    if "(" in between and ")" not in between:
        close = layout.norm.find(")", run[-1].end, run[-1].end + 12)
        if close < 0:
            return None
    etc = _ETC.match(layout.norm, run[-1].end) is not None
    complete = _complete(layout, total, run, between)
    if not complete and any(f.lead == "," for f in run[1:]) and not _alike(run):
        return None
    over = sum_ > total.value and (complete or _words("holding").search(between) is not None)
    if not over and (not complete or etc):
        return None
    if not _near(total, run, 0.5) or overlapping(run) or (not complete and _mixed(run)):
        return None
    return _wrong(layout, total, run)


def _listed(layout: Layout, counts: list[Figure], index: int) -> list[Figure]:
    """The parts from `index` on, what stands in brackets beside them passed over."""
    run: list[Figure] = []
    for figure in counts[index:]:
        gap = layout.norm[run[-1].end : figure.start] if run else ""
        if run and gap.count("(") > gap.count(")"):
            continue
        bare = not figure.label
        if (
            not _exact((figure,))
            or not same_unit(figure.unit, counts[index].unit)
            or (run and (figure.lead not in ("、", ",") or len(gap) > 30 or any(m in gap for m in ";:")))
            or (run and ("其中" in figure.label or _words("closing").fullmatch(figure.label)))
            or (run and not bare and _words("other").search(figure.label))
            or (run and bare and figure.lead != "、")
        ):
            break
        run.append(figure)
    return run


def _complete(layout: Layout, total: Figure, run: list[Figure], between: str) -> bool:
    """The words say that the list is all: 分为, 分别为, 由……组成, 男……女……, closed by 其他."""
    if _words("divided").search(between):
        return "其中" not in between and (any(f.label for f in run[1:]) or _counted(layout, total, run))
    if "由" in between and _words("made").match(layout.norm, run[-1].end):
        return True
    if len(run) >= 3 and _OTHERS.match(run[-1].label):
        return _words("opening").search(between) is not None
    if len(run) == 2 and _PAIRED.fullmatch(between.removesuffix(run[0].label) + run[0].label[:2]):
        pairs = data("sums")["pairs"]
        return any(re.search(a, run[0].words) and re.search(b, run[1].words) for a, b in pairs)
    return False


def _counted(layout: Layout, total: Figure, run: list[Figure]) -> bool:
    """Parts without names: the total says 共, or names as many things before it."""
    if re.search(r"共|合计|总计|总数", total.label):
        return True
    head = layout.norm[layout.clause_start(total.start, total.start - 40) : total.start]
    return len(_ITEMS.split(head)) == len(run)


def _mixed(run: Sequence[Figure]) -> bool:
    return any(_words("stages").search(f.words) for f in run)


def _open_and_closed(layout: Layout, start: int, counts: list[Figure], index: int) -> Defect | None:
    """“520件,办结498件,正在办理24件”: what is closed and what is open make what came."""
    if index + 2 >= len(counts):
        return None
    total, closed, pending = counts[index : index + 3]
    norm = layout.norm
    if not _exact((total, closed, pending)) or any(f.slack for f in (total, closed, pending)):
        return None
    if not total.unit == closed.unit == pending.unit or not _words("done").fullmatch(closed.label):
        return None
    waiting = _words("waiting").match(pending.label) or _words("waiting").match(pending.tail)
    if not waiting or closed.lead != "," or pending.lead not in (",", "、"):
        return None
    if norm[total.end : closed.start].count(",") > 1 or norm[closed.end : pending.start].count(",") > 1:
        return None
    words = norm[start : layout.clause_end(pending.end, pending.end + 16)]
    sum_ = closed.value + pending.value
    if _AGO.search(words) or _words("elsewhere").search(words) or sum_ == total.value:
        return None
    if any(c.value == sum_ for c in counts[:index]) or _ETC.match(norm, pending.end):
        return None
    return _wrong(layout, total, [closed, pending]) if _near(total, [closed, pending], 0.1) else None


def _shares(layout: Layout, counts: list[Figure]) -> Iterator[Defect]:
    """“行政处罚占46%、行政许可占23%、其他占31%”: shares closed by 其他 make all."""
    run: list[Figure] = []
    for figure in (*counts, None):
        told = figure is not None and figure.unit == "%" and not figure.approx and _SHARE.search(figure.label)
        if (
            figure is not None
            and told
            and (not run or (figure.lead in ("、", ",") and figure.start - run[-1].end <= 24))
        ):
            run.append(figure)
            continue
        if len(run) >= 3 and _OTHERS.match(run[-1].label):
            sum_ = sum(f.value for f in run)
            if (
                abs(sum_ - 100) > max(1.0, 0.3 * len(run)) * 10.0 ** -min(f.decimals for f in run)
                and 80 <= sum_ <= 120
            ):
                why = "＋".join(f.shown for f in run) + f"＝{sum_:g},各项占比之和应为100%"
                first = layout.clause_start(run[0].start, run[0].start - 40)
                yield Defect("arithmetic", first, run[-1].end, why, "核对各项占比", "must")
        run = [figure] if figure is not None and told else []


def _wrong(layout: Layout, total: Figure, parts: Sequence[Figure]) -> Defect:
    scale = 1e8 if total.value >= 1e8 else 1e4 if total.unit == "元" and total.value >= 1e4 else 1.0
    sign = {1e8: "亿", 1e4: "万"}.get(scale, "")
    sum_ = sum(p.value for p in parts)
    formula = "＋".join(f"{p.value / scale:g}" for p in parts) + f"＝{sum_ / scale:g}"
    why = f"{formula},文中总数为{total.value / scale:g}{sign}{total.unit}"
    return sums.defect(layout, [total, *parts], why, "核对各分项和总数")
