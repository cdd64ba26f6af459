"""One quantity given twice with different values: in the text, in the summary, in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audit.document.model import Quantity
from audit.form.cued import data
from audit.form.layout import CLAUSE_ENDS, Layout
from audit.form.model import Defect

_BLANKS = re.compile(r"[\s“”|]+")


@cache
def _quantity_names() -> re.Pattern[str]:
    return re.compile(
        "(?P<name>"
        + "|".join(data("twice")["quantities"])
        + r")(?:均|共|共计|累计|总数|已|数|数量)?(?:为|是|达到?了?|约为?|跃?升至?到?|降至?到?|提高到|提升[至到]|有|在)?[: ]*$"
    )


@cache
def _scope() -> re.Pattern[str]:
    return re.compile("|".join(data("twice")["scope"]))


def find(layout: Layout) -> Iterator[Defect]:
    """The later of two statements that give different values of the very same quantity."""
    known: dict[tuple[str, str], tuple[Quantity, str]] = {}
    for quantity in layout.document.quantities:
        if quantity.kind != "level" or quantity.implied or quantity.approx:
            continue
        if layout.role_at(quantity.start) not in ("achievements", "responsible", "opening"):
            continue
        named = _name(layout, quantity)
        if named is None:
            continue
        key = (named, quantity.unit)
        if key not in known:
            known[key] = (quantity, layout.norm[quantity.start : quantity.end])
            continue
        first, shown = known[key]
        if first.value != quantity.value and not _rounded(first, quantity):
            own = layout.norm[quantity.start : quantity.end]
            start = layout.clause_start(quantity.start, quantity.start - 40)
            why = f"同一数据前后不一:前文“{named}”为{shown},此处为{own}"
            yield Defect("arithmetic", start, quantity.end, why, "核对后统一", "must")


def _name(layout: Layout, quantity: Quantity) -> str | None:
    """What is counted, None where it is not a well-known quantity of the whole."""
    norm = layout.norm
    line = layout.lines[layout.line_at(quantity.start)]
    start = quantity.start
    while start > line.start and norm[start - 1] not in CLAUSE_ENDS:
        start -= 1
    clause = norm[start : quantity.start]
    match = _quantity_names().search(clause)
    if match is None:
        return None
    sentence = norm[layout.sentence_start(start) : start]
    if _scope().search(clause) or _scope().search(sentence[-60:]):
        return None
    return _BLANKS.sub("", match["name"])


def _rounded(one: Quantity, two: Quantity) -> bool:
    """The same value shown with fewer digits."""
    small, large = sorted((one.value, two.value))
    return (
        large > 0
        and (large - small) / large < 0.006
        and (round(one.value) == round(two.value) or large >= 10000)
    )
