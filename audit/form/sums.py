"""Parts against totals, and what came in against what was closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from audit.form.cued import data, worded
from audit.form.figures import Figure, alike, same_unit
from audit.form.layout import Layout
from audit.form.model import Defect

_TOTAL = re.compile(r"^(?:以上)?(?:共|共计|合计|总计|累计|一共|总共|总数)(?:为|有|达)?$")
_AGAIN = re.compile(r"^(?:以上)?(?:共计?|合计|总计|总共)(?!计)(?P<verb>[\u4e00-\u9fff]{2})")
_REST = re.compile(r"^(?:(?:其余|剩余|余下|剩下)的?[\u4e00-\u9fff]{0,4}|其他的?)$")
_OTHERS = re.compile(r"^(?:其他|其它|其余|另外|余下)")
_KINDS = re.compile(r"[类级案档件层]")
_ETC = re.compile(r"\)?等|以及其他|及其他")
_MORE = re.compile(r"等|以及其他|[,、;](?:其余|其他|其它|余下|剩余)")
_FULL = re.compile(r"^\(?(?:总|共|满分|全|原|应|上年|去年|上一年|前年|往年|同期|20\d\d年|目标|计划)")
_OPEN = re.compile(r"^(?:正在|尚|仍|未|在办|在审|结转)")
_CARRIED = re.compile(r"结转|旧存|存案|转入")
_ONLY = re.compile(r"其中|包括|包含|含|如|等")


class Family(NamedTuple):
    """Results that exclude each other.

    Attributes:
        parts: words of its parts.
        total: words beside the total that they make up.
        complete: words that, all present, make a list without 其中 complete.
        between: the words of the total must stand between it and its parts.
        needs: a word that one part must have, so that the parts exclude each other.
        includes: words of a part that, told first, takes in the later ones (合格 before 优秀).
        never: words of a count that is not their total (印发 for what is kept or annulled).
        most: how far (as a share of the total) the parts may lie above it and still be meant for it.
    """

    parts: re.Pattern[str]
    total: re.Pattern[str]
    complete: list[re.Pattern[str]]
    between: bool
    needs: re.Pattern[str] | None
    most: float
    includes: re.Pattern[str] | None
    never: re.Pattern[str] | None


@cache
def _families_known() -> dict[str, Family]:
    return {
        name: Family(
            re.compile("|".join(f["parts"])),
            re.compile(f["total"]),
            [re.compile(w) for w in f.get("complete", [])],
            f.get("between", False),
            re.compile(f["needs"]) if "needs" in f else None,
            f.get("most", 99.0),
            re.compile(f["includes"]) if "includes" in f else None,
            re.compile(f["never"]) if "never" in f else None,
        )
        for name, f in data("arithmetic")["families"].items()
    }


_words = partial(worded, "arithmetic")


def find(layout: Layout, end: int, figures: Sequence[Figure]) -> Iterator[Defect]:
    """Sums in one sentence that do not hold."""
    counts = [f for f in figures if f.unit != "%" and not f.change and not f.measure]
    if len(counts) < 2:
        return
    seen: set[int] = set()
    for index in range(len(counts) - 1):
        defect = _partition(layout, counts, index, seen) if index not in seen else None
        if defect:
            yield defect
    for index in range(1, len(counts)):
        defect = _closing_total(layout, counts, index) or _remainder(layout, counts, index)
        if defect:
            yield defect
    yield from _flow(layout, counts)


@cache
def _any_family() -> re.Pattern[str]:
    return re.compile("|".join(f.parts.pattern for f in _families_known().values()))


def families(figure: Figure) -> dict[str, str]:
    """The families that a count belongs to, with the word that shows it."""
    return _families_of(figure.label, figure.tail)


@lru_cache(maxsize=16)
def _families_of(label: str, tail: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not _any_family().search(label + "#" + tail[:8]):
        return found
    for name, family in _families_known().items():
        match = family.parts.search(label) or family.parts.match(tail)
        if match:
            found[name] = match[0]
    return found


def _partition(layout: Layout, counts: list[Figure], index: int, seen: set[int]) -> Defect | None:
    """A total and the parts that follow it."""
    total = counts[index]
    one_of_several = index > 0 and layout.norm[counts[index - 1].end : total.start] in ("、", "和")
    if total.approx or total.slack or one_of_several:
        return None
    first = counts[index + 1]
    between = layout.norm[total.end : first.start]
    if len(between) > 40 or not same_unit(total.unit, first.unit):
        return None
    name, parts = _run(counts, index + 1)
    bracket = first.lead == "(" and between.rstrip().startswith(("(", "("))
    known = _families_known().get(name)
    around = between if known and known.between else layout.norm[max(0, total.start - 24) : first.start]
    if _CARRIED.search(total.label) and "其中" not in between:
        return None
    if known and known.never and known.never.search(total.label):
        return None
    if name and name not in families(total) and known and known.total.search(around):
        seen.update(range(index + 1, index + 1 + len(parts)))
        after = counts[index + 1 + len(parts) :]
        if _others_total(total, parts, counts[:index]):
            return None
        wrong = _judge(layout, total, parts, name, between, bracket, after)
        longer = after and after[0].lead == "、" and same_unit(after[0].unit, total.unit)
        return wrong or (_listed(layout, total, counts, index, between) if longer else None)
    return _listed(layout, total, counts, index, between)


def _others_total(total: Figure, parts: Sequence[Figure], before: Sequence[Figure]) -> bool:
    """The parts make a count told before (审结61件,正在审理3件;维持43件……), alone or with `total` as one of them."""
    sum_ = sum(p.value for p in parts)
    told = {f.value for f in before if same_unit(f.unit, total.unit)}
    return sum_ in told or sum_ + total.value in told


def _run(counts: list[Figure], index: int) -> tuple[str, list[Figure]]:
    """The longest run of counts from `index` that belong to one family."""
    best: tuple[str, list[Figure]] = ("", [])
    for name in families(counts[index]):
        run: list[Figure] = []
        words: set[str] = set()
        for figure in counts[index:]:
            word = families(figure).get(name)
            if (
                word is None
                or figure.approx
                or word in words
                or not same_unit(figure.unit, counts[index].unit)
            ):
                break
            if run and (figure.start - run[-1].end > 30 or "其中" in figure.label):
                break
            run.append(figure)
            words.add(word)
        needs = _families_known()[name].needs
        if needs and (len(run) < 3 or not any(needs.search(f.words) for f in run)):
            continue
        if len(run) > len(best[1]):
            best = (name, run)
    return best if len(best[1]) >= 2 else ("", [])


def _judge(
    layout: Layout,
    total: Figure,
    parts: list[Figure],
    name: str,
    between: str,
    bracket: bool,
    after: list[Figure],
) -> Defect | None:
    sum_ = sum(p.value for p in parts)
    if sum_ == total.value:
        return None
    rest = after[0] if after and alike(after[0].unit, total.unit) else None
    if rest is not None and rest.start - parts[-1].end <= 30 and sum_ + rest.value == total.value:
        return None
    family, shown = _families_known()[name], "|".join(p.words for p in parts)
    if sum_ > total.value:
        if (
            family.includes
            and family.includes.search(parts[0].words)
            and not family.complete[0].search(shown)
        ):
            return None
        whole = any(sum(p.value for p in parts[:size]) == total.value for size in range(2, len(parts)))
        return None if whole or sum_ > total.value * (1 + family.most) else wrong_sum(layout, total, parts)
    complete = family.complete
    told = bool(complete) and all(w.search(shown) for w in complete)
    if (
        told
        and "其中" in between
        and sum_ >= total.value * 0.95
        and not _ETC.match(layout.norm, parts[-1].end)
    ):
        return wrong_sum(layout, total, parts)
    if _ONLY.search(between) or _MORE.match(layout.norm, parts[-1].end):
        return None
    if rest is not None and rest.start - parts[-1].end <= 12 and rest.lead in (",", "、", ";"):
        return None
    if (told and len(parts) >= 2) or _words("divided").search(between):
        return wrong_sum(layout, total, parts)
    return None


def _listed(layout: Layout, total: Figure, counts: list[Figure], index: int, between: str) -> Defect | None:
    """Parts after 其中 that are no known family: they may not exceed the total."""
    bracketed = counts[index + 1].lead == "(" and between.lstrip().startswith("(")
    if ("其中" not in between and not bracketed) or total.approx:
        return None
    parts: list[Figure] = []
    for figure in counts[index + 1 :]:
        linked = not parts or (figure.lead in ("、", ",", "") and figure.start - parts[-1].end <= 14)
        if (
            not linked
            or figure.approx
            or not same_unit(figure.unit, total.unit)
            or ";" in layout.norm[total.end : figure.start]
        ):
            break
        if parts and "其中" in figure.label:
            break
        parts.append(figure)
    if not parts:
        return None
    if bracketed and "其中" not in between and _FULL.match(between.lstrip()):
        return None
    if parts[0].value > total.value and len(between) <= 20 and not _words("recount").search(between):
        return exceeds(layout, total, parts[0])
    return _enumerated(layout, total, parts, counts[:index])


def overlapping(parts: Sequence[Figure]) -> bool:
    """The parts belong to different kinds of classes (党员、女性、本科), so that one may stand in several."""
    kinds = _classes()
    return len({i for f in parts for i, words in enumerate(kinds) if words.search(f.words)}) > 1


@cache
def _classes() -> list[re.Pattern[str]]:
    return [re.compile(words) for words in data("sums")["classes"]]


def _enumerated(
    layout: Layout, total: Figure, parts: list[Figure], counts: Sequence[Figure]
) -> Defect | None:
    """A list whose items exclude each other: joined by 、, of one kind of name, or closed by 其他."""
    closed = bool(_OTHERS.match(parts[-1].label)) and len(parts) >= 3
    ends = {p.label[-1:] for p in parts if not _OTHERS.match(p.label)}
    uniform = len(ends) == 1 and _KINDS.match(ends.pop()) is not None
    listed = parts if closed or uniform else [p for p in parts if p is parts[0] or p.lead == "、"]
    if len(listed) < 2 or any(_words("stages").search(p.words) for p in listed):
        return None
    sum_ = sum(p.value for p in listed)
    if overlapping(listed) or any(c.value == sum_ and same_unit(c.unit, total.unit) for c in counts):
        return None
    return (
        wrong_sum(layout, total, listed) if sum_ > total.value or (closed and sum_ != total.value) else None
    )


def _closing_total(layout: Layout, counts: list[Figure], index: int) -> Defect | None:
    """“……57份、……6件、……73件,共136件”."""
    total = counts[index]
    again = _AGAIN.match(total.label)
    if (
        not (again or _TOTAL.match(total.label))
        or total.approx
        or total.slack
        or total.lead not in (",", "、", "")
    ):
        return None
    closes = total.label.startswith(("合计", "共计", "总计"))
    parts: list[Figure] = []
    for figure in reversed(counts[:index]):
        gap = layout.norm[figure.end : (parts[0] if parts else total).start]
        if figure.approx or figure.slack or len(gap) > 28 or any(mark in gap for mark in ";:()"):
            break
        if parts and parts[0].lead != "、" and not (closes and parts[0].lead == "," and len(gap) <= 18):
            break
        parts.insert(0, figure)
    if len(parts) < 2 or not all(alike(p.unit, total.unit) for p in parts):
        return None
    if again and not _says_again(again["verb"], total, parts):
        return None
    if any(sum(p.value for p in parts[k:]) == total.value for k in range(len(parts))):
        return None
    if sum(p.value for p in counts[:index] if alike(p.unit, total.unit)) == total.value:
        return None
    if "等" in layout.norm[parts[-1].end : total.start]:
        return None
    return wrong_sum(layout, total, parts)


def _says_again(verb: str, total: Figure, parts: list[Figure]) -> bool:
    """“检查餐饮单位312户、药店86户,共检查398户”: the verb of the first part, one unit, and no other order of size."""
    near = abs(sum(p.value for p in parts) - total.value) <= 0.3 * total.value
    return near and parts[0].label.startswith(verb) and all(same_unit(p.unit, total.unit) for p in parts)


def _remainder(layout: Layout, counts: list[Figure], index: int) -> Defect | None:
    """“14件,已化解11件,其余3件”."""
    rest = counts[index]
    if not _REST.match(rest.label) or rest.lead not in (",", ";", "") or index < 2 or rest.approx:
        return None
    before = [f for f in counts[:index] if f.unit == rest.unit]
    inner = next((i for i, f in enumerate(before) if "其中" in f.label), len(before))
    whole = before
    if 2 <= inner < len(before) and rest.lead == ";" and _OPEN.search(rest.tail):
        before = before[inner - 2 : inner]
    elif inner == len(before) - 1 >= 2 and rest.lead == ",":
        before = before[-2:]
    for top in range(len(whole)):
        for low in range(top + 1, len(whole)):
            if whole[top].value == sum(f.value for f in whole[low:]) + rest.value:
                return None
    if len(before) != 2 or any(f.approx or f.slack for f in before) or before[1].value >= before[0].value:
        return None
    total, part = before
    if (
        total.value == part.value + rest.value
        or ";" in layout.norm[total.end : part.start]
        or part.start - total.end > 40
    ):
        return None
    return wrong_sum(layout, total, [part, rest])


def _flow(layout: Layout, counts: list[Figure]) -> Iterator[Defect]:
    """Carried over + received = closed + pending; received = accepted + refused."""
    words = layout.norm[counts[0].start - len(counts[0].label) : counts[-1].end + 16]
    if "结" not in words and "受理" not in words:
        return
    stage: dict[str, Figure] = {}
    for figure in counts:
        for name, pattern in _stage_patterns():
            if pattern.search(figure.label) or (
                name in ("pending", "refused") and pattern.search(figure.tail)
            ):
                if name in stage or figure.approx or figure.slack:
                    return
                stage[name] = figure
                break
    units = {f.unit for f in stage.values()}
    if len(units) > 1:
        return
    accepted, received, carried = stage.get("accepted"), stage.get("received"), stage.get("carried")
    refused, closed, pending = stage.get("refused"), stage.get("closed"), stage.get("pending")
    other = _words("other_stages").search(layout.norm, counts[0].start, counts[-1].end + 12) is not None
    if received and accepted and refused and not carried and not other and received.start < accepted.start:
        wrong = accepted.value + refused.value != received.value
        yield from [wrong_sum(layout, received, [accepted, refused])] if wrong else []
    base = accepted or received
    if base and closed and pending and base.start < closed.start < pending.start and not other:
        bases = [b.value for b in (accepted, received) if b]
        extra = [0.0] + ([carried.value] if carried else [])
        extra += [e - refused.value for e in extra] if refused and not accepted else []
        holds = any(b + e == closed.value + pending.value for b in bases for e in extra)
        unclear = not carried and re.search(
            r"结转|旧存|上年", layout.norm[max(0, counts[0].start - 30) : base.start]
        )
        if not holds and not unclear:
            yield _wrong_flow(layout, base, carried, closed, pending)


@cache
def _stage_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile("|".join(words))) for name, words in data("arithmetic")["flow"].items()]


def wrong_sum(layout: Layout, total: Figure, parts: list[Figure]) -> Defect:
    """The parts do not make the total."""
    sum_ = sum(p.value for p in parts)
    formula = "＋".join(p.shown for p in parts) + f"＝{sum_:g}"
    why = f"{formula},文中总数为{total.shown}{total.unit}"
    return defect(layout, [total, *parts], why, "核对各分项和总数")


def exceeds(layout: Layout, total: Figure, part: Figure) -> Defect:
    """One part is more than the total."""
    why = f"其中一项{part.shown}{part.unit},大于总数{total.shown}{total.unit}"
    return defect(layout, [total, part], why, "核对分项和总数")


def _wrong_flow(
    layout: Layout, base: Figure, carried: Figure | None, closed: Figure, pending: Figure
) -> Defect:
    head = (f"{carried.shown}＋" if carried else "") + base.shown
    why = f"结案与未结之和为{closed.shown}＋{pending.shown}＝{closed.value + pending.value:g},收案为{head}件,两者不等"
    return defect(layout, [f for f in (carried, base, closed, pending) if f], why, "核对收案、结案和未结数")


def defect(layout: Layout, figures: Sequence[Figure], why: str, remedy: str) -> Defect:
    """A sum that does not hold, shown with the clauses of its figures."""
    first, last = min(f.start for f in figures), max(f.end for f in figures)
    start = layout.clause_start(first, max(0, first - 40))
    end = min(layout.clause_end(last, last + 30), start + 240)
    return Defect("arithmetic", start, max(end, first + 1), why, remedy, "must")
