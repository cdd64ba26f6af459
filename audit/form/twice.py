"""One quantity given twice with different values: in the text, in the summary, in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.document.model import Quantity
from audit.form.cued import data
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


@cache
def _scope() -> re.Pattern[str]:
    return re.compile("|".join(data("twice")["scope"]))


def find(layout: Layout) -> Iterator[Defect]:
    """The later of two statements that give different values of the very same quantity."""
    known: dict[tuple[str, str], tuple[Quantity, str, str]] = {}
    for quantity in layout.document.quantities:
        if quantity.kind != "level" or quantity.implied or quantity.approx:
            continue
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
    if match is None:
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
