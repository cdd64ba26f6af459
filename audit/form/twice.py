"""One quantity given twice with different values: in the text, in the summary, in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from audit.document.model import Quantity
from audit.form.cued import data, worded
from audit.form.layout import CLAUSE_ENDS, Layout
from audit.form.model import Defect

_BLANKS = re.compile(r"[\s“”|的]+")
_JOINS = r"(?:均|共|共计|累计|总数|已|数|数量)?(?:为|是|达到?了?|约为?|跃?升至?到?|降至?到?|提高到|提升[至到]|有|在)?[: |]*$"


@cache
def _names() -> re.Pattern[str]:
    """What is counted, with the words before it that leave it the quantity of the whole."""
    lists = data("twice")
    plain, names = "|".join(lists["plain"]), "|".join(lists["quantities"])
    return re.compile(rf"(?:^|[| ])(?:{plain})*(?P<name>{names}){_JOINS}")


_scope = partial(worded, "twice", "scope")
_words = partial(worded, "twice")


_HEAD = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.])?(?:(?:[一二三四五六七八九十]是|虽然|但|全[省市县区旗州乡镇局系统年]{1,4}|今年|年内|本年度?|"
    r"一年来|共|共计|累计|总共|我[省市县区局镇乡]|各级|各类|各[\u4e00-\u9fff]{2,4}?部门|已|还|20\d\d年度?)的?)*"
)
_FOOT = re.compile(r"(?:均|共|共计|累计|总数|已)?(?:为|是|达到?了?|至|到|有|了)?[: ]*$")
_INNER = re.compile(r"共计?|累计|各类|[\s“”‘’]")
_YEAR = re.compile(r"20\d\d(?=年)|上一?年|去年|往年|历年")
_ACTOR = re.compile(
    r"(?!全[市县区省])[\u4e00-\u9fff]{1,8}?(?:局|部门|委|队(?!伍)|中心|街道|乡|镇|法院|顾问|律师|所)(?![长理事法案公镇])"
)
_DIGIT = re.compile(r"\d")
_LOOSE = "共计累总数已均为是达到了至有 :“”‘’|"
_JOINING = _LOOSE + "数量约跃升降提高在"
_NAME_ENDS = frozenset(CLAUSE_ENDS + "、(")
_SHORTEST = 6
_COUNTED = frozenset({"level", "change"})
_WITH_MONEY = frozenset({"level", "change", "money"})


def find(layout: Layout) -> Iterator[Defect]:
    """The later of two statements that give different values of the very same quantity."""
    seen: set[int] = set()
    for defect in (*_named(layout), *_same_words(layout)):
        if defect.end not in seen:
            seen.add(defect.end or 0)
            yield defect


def _same_words(layout: Layout) -> Iterator[Defect]:
    """“全年我局共收到行政诉讼案件11件” here, “全年我局共收到行政诉讼案件13件” in another paragraph."""
    norm = layout.norm
    known: dict[tuple[str, str], Quantity] = {}
    for name, start, quantity in _statements(layout, _recurring(layout)):
        if _words("contextual").search(name) or not _words("subjects").search(name):
            continue
        if _elsewhere(layout, start, quantity, start):
            continue
        first = known.setdefault((name, quantity.unit), quantity)
        if first.value == quantity.value or "\n" not in norm[first.end : quantity.start]:
            continue
        if not _rounded(first, quantity):
            shown, own = norm[first.start : first.end], norm[quantity.start : quantity.end]
            why = f"同一数据前后不一:前文“{name}”为{shown},此处为{own}"
            yield Defect("arithmetic", start, quantity.end, why, "核对后统一", "must")


def told(layout: Layout) -> Iterator[tuple[str, float, str, str]]:
    """What the results say of the whole place and year: its name, the value, the unit, the figure as it stands."""
    for name, start, quantity in _statements(layout, layout.document.quantities, _WITH_MONEY):
        if quantity.kind != "change" and not _elsewhere(layout, start, quantity, start):
            yield name, quantity.value, quantity.unit, layout.norm[quantity.start : quantity.end]


def _recurring(layout: Layout) -> list[Quantity]:
    """The quantities whose last characters and unit stand elsewhere with another value: the only ones worth a look."""
    norm = layout.norm
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in layout.document.quantities:
        if quantity.kind in ("level", "change") and not quantity.implied and not quantity.approx:
            last = norm[max(0, quantity.start - 9) : quantity.start].rstrip(_LOOSE)[-3:]
            groups.setdefault((last, quantity.unit), []).append(quantity)
    found = [q for group in groups.values() if len({q.value for q in group}) > 1 for q in group]
    return sorted(found, key=lambda q: q.start)


def _statements(
    layout: Layout, quantities: Iterable[Quantity], kinds: frozenset[str] = _COUNTED
) -> Iterator[tuple[str, int, Quantity]]:
    """The quantities with their full name in the clause, and where that clause begins."""
    norm = layout.norm
    for quantity in quantities:
        if quantity.kind not in kinds or quantity.implied or quantity.approx:
            continue
        if layout.role_at(quantity.start) not in ("achievements", "responsible", "opening", "problems"):
            continue
        line = layout.lines[layout.line_at(quantity.start)]
        start, floor = quantity.start, max(line.start, quantity.start - 40)
        while start > floor and norm[start - 1] not in _NAME_ENDS:
            start -= 1
        words = norm[start : quantity.start]
        if line.kind != "text" or len(words) < _SHORTEST:
            continue
        head = _HEAD.match(words)
        name = _FOOT.sub("", _INNER.sub("", words[head.end() if head else 0 :]))
        if len(name) >= _SHORTEST and not _DIGIT.search(name):
            yield name, start, quantity


def _elsewhere(layout: Layout, start: int, quantity: Quantity, stop: int | None = None) -> bool:
    """The statement speaks of another year or of a part only, by the words before `stop` or after the figure."""
    norm = layout.norm
    before = norm[max(layout.sentence_start(start), start - 60) : quantity.start]
    after = norm[quantity.end : layout.clause_end(quantity.end, quantity.end + 12)]
    own = str(layout.document.facts.report_year or "")
    if any(match[0] != own for match in _YEAR.finditer(before[-30:])):
        return True
    lead = layout.sentence_start(start)
    whole = norm.startswith(("全", "各级", "我"), start) and not norm.startswith("全年", start)
    if lead < start and not whole and _ACTOR.match(norm, lead, start):
        return True
    if stop is None:
        return False
    return bool(_narrow().search(before[: len(before) - (quantity.start - stop)]) or _narrow().search(after))


@cache
def _narrow() -> re.Pattern[str]:
    return re.compile("|".join(word for word in data("twice")["scope"] if word != "同比"))


def _named(layout: Layout) -> Iterator[Defect]:
    """The well-known quantities of the whole."""
    known: dict[tuple[str, str], tuple[Quantity, str, str]] = {}
    for quantity in _differing(layout):
        if layout.role_at(quantity.start) not in ("achievements", "responsible", "opening"):
            continue
        name = _name(layout, quantity)
        if name is None:
            continue
        key = (_key(name), quantity.unit)
        if key not in known:
            known[key] = (quantity, layout.norm[quantity.start : quantity.end], name)
            continue
        first, shown, named = known[key]
        apart = (
            "。" in layout.norm[first.end : quantity.start] or "\n" in layout.norm[first.end : quantity.start]
        )
        if apart and first.value != quantity.value and not _rounded(first, quantity):
            own = layout.norm[quantity.start : quantity.end]
            start = layout.clause_start(quantity.start, quantity.start - 40)
            why = f"同一数据前后不一:前文“{named}”为{shown},此处为{own}"
            yield Defect("arithmetic", start, quantity.end, why, "核对后统一", "must")


def _differing(layout: Layout) -> Iterator[Quantity]:
    """The levels whose unit and last character before stand elsewhere with another value."""
    norm = layout.norm
    groups: dict[tuple[str, str], set[float]] = {}
    levels: list[tuple[tuple[str, str], Quantity]] = []
    for quantity in layout.document.quantities:
        if quantity.kind == "level" and not quantity.implied and not quantity.approx:
            last = norm[max(0, quantity.start - 9) : quantity.start].rstrip(_JOINING)[-1:]
            key = (last, quantity.unit)
            levels.append((key, quantity))
            groups.setdefault(key, set()).add(quantity.value)
    return (quantity for key, quantity in levels if len(groups[key]) > 1)


def _key(name: str) -> str:
    for pattern, replacement in data("twice")["same"].items():
        name = re.sub(pattern, replacement, name)
    return name


def _name(layout: Layout, quantity: Quantity) -> str | None:
    """What is counted, None where it is not a well-known quantity of the whole."""
    norm = layout.norm
    line = layout.lines[layout.line_at(quantity.start)]
    start = quantity.start
    while start > line.start and norm[start - 1] not in CLAUSE_ENDS:
        start -= 1
    match = _names().search(norm[start : quantity.start])
    if match is None or _elsewhere(layout, start, quantity):
        return None
    before = norm[max(layout.sentence_start(start), start - 60) : start]
    after = norm[quantity.end : layout.clause_end(quantity.end, quantity.end + 12)]
    if _scope().search(before) or _scope().search(after):
        return None
    return _BLANKS.sub("", match["name"])


def _rounded(one: Quantity, two: Quantity) -> bool:
    """The same value shown with fewer digits."""
    small, large = sorted((one.value, two.value))
    if one.unit == "%":
        return round(one.value) == round(two.value) and small == round(small) != large
    return large >= 10000 and (large - small) / large < 0.006
