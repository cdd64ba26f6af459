"""One quantity in the text and in a table, or twice with its digits changed round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from audit.document.model import Quantity
from audit.form.cued import worded
from audit.form.figures import scaled
from audit.form.layout import CLAUSE_ENDS, Layout, Line
from audit.form.model import Defect

if TYPE_CHECKING:
    from audit.form.yeartable import Table

_BREAKS = frozenset(CLAUSE_ENDS + "、(")
_ROLES = frozenset({"opening", "achievements", "responsible"})
_ROW = re.compile(
    r"(?:\d{1,2}[.、 |]+)?(?P<name>[\u4e00-\u9fff“”]{4,20}) ?(?:\((?P<unit>[\u4e00-\u9fff]{1,4})\))?[ |]+(?P<value>\d+(?:\.\d+)?) ?\|?"
)
_VALUE = re.compile(r"\d+(?:\.\d+)?")
_JOINS = re.compile(r"(?:均|共|共计|累计|总数|已|数|数量)?(?:为|是|达到?了?|至|到|有|了)?[: ]*$")
_LEAST = 4
_FAR = 20


class Row(NamedTuple):
    """A row with one value: its line, its name, its unit without 万, the value."""

    line: Line
    name: str
    unit: str
    value: float


class Statement(NamedTuple):
    """A quantity of the text: where its clause begins, the words before it without joints, the quantity."""

    start: int
    words: str
    quantity: Quantity


_scope = partial(worded, "twice", "scope")
_words = partial(worded, "restated")


def find(layout: Layout, by_year: Sequence[Table], known: set[int | None]) -> Iterator[Defect]:
    """What a table gives otherwise than the text, and values that differ by digits changed round.

    Args:
        layout: the report.
        by_year: its tables with a column for each year.
        known: where defects already found begin; rows that begin there are passed over.
    """
    rows = [row for row in (*_rows(layout), *_of_year(layout, by_year)) if row.line.start not in known]
    if rows:
        yield from _against_rows(layout, rows)
    yield from _turned(layout)


def _rows(layout: Layout) -> Iterator[Row]:
    norm = layout.norm
    for line in layout.lines:
        length = line.end - line.start
        if length > 44 or length < 6 or norm[line.end - 1] not in "0123456789|" or line.kind == "noise":
            continue
        match = _ROW.fullmatch(norm, line.start + norm.startswith("|", line.start), line.end)
        if match is None:
            match = _ROW.fullmatch(norm[line.start : line.end].strip("| "))
        if match:
            unit = match["unit"] or ""
            plain, scale = scaled(unit)
            yield Row(line, match["name"], plain, float(match["value"]) * scale)


def _of_year(layout: Layout, by_year: Sequence[Table]) -> Iterator[Row]:
    """The rows of tables by years, with the value of the report's year."""
    year = layout.document.facts.report_year
    for table in by_year:
        if year not in table.years:
            continue
        column = table.years.index(year)
        for row in table.rows:
            cell, (unit, scale) = row.cells[column], scaled(row.unit)
            if row.unit != "%" and _VALUE.fullmatch(cell):
                yield Row(row.line, row.name, unit, float(cell) * scale)


def _against_rows(layout: Layout, rows: list[Row]) -> Iterator[Defect]:
    statements = list(_statements(layout, layout.document.quantities))
    for row in rows:
        core = _words("verbs").sub("", row.name)
        if len(core) < _LEAST:
            continue
        same = [
            s
            for s in statements
            if s.words.endswith(core)
            and (not row.unit or s.quantity.unit == row.unit)
            and _whole(layout, s, row)
        ]
        values = {s.quantity.value for s in same}
        if len(values) != 1 or row.value in values or _near(row.value, same[0].quantity.value):
            continue
        shown = layout.norm[row.line.start : row.line.end].strip("| ")
        yield _defect(layout, same[0], f"表中“{shown}”")


def _statements(layout: Layout, quantities: tuple[Quantity, ...] | list[Quantity]) -> Iterator[Statement]:
    norm = layout.norm
    for quantity in quantities:
        plain = quantity.kind in ("level", "money") and not quantity.implied and not quantity.approx
        if not plain or quantity.unit == "%":
            continue
        if layout.role_at(quantity.start) not in _ROLES:
            continue
        line = layout.lines[layout.line_at(quantity.start)]
        start, floor = quantity.start, max(line.start, quantity.start - 30)
        while start > floor and norm[start - 1] not in _BREAKS:
            start -= 1
        if line.kind == "text" and quantity.start - start >= _LEAST:
            words = norm[start : quantity.start]
            joint = _JOINS.search(words)
            yield Statement(start, words[: joint.start()] if joint else words, quantity)


def _whole(layout: Layout, statement: Statement, row: Row) -> bool:
    """It speaks of the whole place and year, in the words of the row."""
    name = row.name if statement.words.endswith(row.name) else _words("verbs").sub("", row.name)
    before = statement.words[: -len(name)]
    return _words("plain").fullmatch(before) is not None and _open(layout, statement)


def _open(layout: Layout, statement: Statement) -> bool:
    """Nothing beside the figure narrows it, and no other year is spoken of."""
    norm, start, end = layout.norm, statement.start, statement.quantity.end
    lead = norm[max(layout.sentence_start(start), start - _FAR) : end]
    after = norm[end : layout.clause_end(end, end + 12)]
    own = f"{layout.document.facts.report_year or ''}年"
    return not _scope().search(lead.replace(own, "")) and not _scope().search(after) and "其中" not in lead


def _turned(layout: Layout) -> Iterator[Defect]:
    """“调处矛盾纠纷186起” in the introduction, “排查调处矛盾纠纷168起” further on."""
    norm = layout.norm
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in layout.document.quantities:
        if quantity.kind in ("level", "money") and quantity.number_end - quantity.number_start >= 3:
            digits = "".join(sorted(norm[quantity.number_start : quantity.number_end]))
            unit = "人" if quantity.unit in ("名", "位") else quantity.unit
            groups.setdefault((digits, unit), []).append(quantity)
    for group in groups.values():
        if len(group) < 2 or len({q.value for q in group}) < 2:
            continue
        told = list(_statements(layout, group))
        for index, one in enumerate(told):
            for two in told[index + 1 :]:
                if one.quantity.value != two.quantity.value and _same(layout, one, two):
                    yield _defect(layout, two, f"前文“{norm[one.start : one.quantity.end]}”")
        for one in told:
            for quantity in group:
                if quantity.value != one.quantity.value and _led(layout, one, quantity):
                    yield _later(layout, one, quantity)


def _same(layout: Layout, one: Statement, two: Statement) -> bool:
    """The words of one are the last words of the other, and both are of the whole."""
    names = [_words("lead").sub("", s.words) for s in (one, two)]
    short, long = sorted(names, key=len)
    if len(short) <= _LEAST or not long.endswith(short) or "\n" not in layout.norm[one.start : two.start]:
        return False
    rest = long[: len(long) - len(short)]
    if not _words("plain").fullmatch(rest) or not _words("verbs").match(short) and rest != "":
        return False
    return _open(layout, one) and _open(layout, two)


def _led(layout: Layout, one: Statement, two: Quantity) -> bool:
    """“全局持证执法人员286人” and “268名持证执法人员全部参加”: the noun before one figure stands after the other."""
    norm = layout.norm
    noun = _words("verbs").sub("", _words("held").sub("", _words("lead").sub("", one.words)))
    if len(noun) < _LEAST or not norm.startswith(noun, two.end) or two.approx or two.implied:
        return False
    line = layout.lines[layout.line_at(two.start)]
    if line.kind != "text" or layout.role_at(two.start) not in _ROLES:
        return False
    first, last = sorted((one.quantity.end, two.start))
    start = layout.clause_start(two.start, two.start - 20)
    whole = _words("wholly").match(norm, two.end + len(noun)) or norm[start : two.start].startswith(
        ("全", "我")
    )
    if not whole or "\n" not in norm[first:last]:
        return False
    return _open(layout, one) and _open(layout, Statement(start, norm[start : two.start], two))


def _later(layout: Layout, one: Statement, two: Quantity) -> Defect:
    """The later of the two is shown."""
    norm = layout.norm
    words = [norm[one.start : one.quantity.end], norm[two.start : layout.clause_end(two.end, two.end + 12)]]
    if two.start < one.start:
        return _defect(layout, one, f"前文“{words[1]}”")
    start, end = layout.clause_start(two.start, two.start - 20), layout.clause_end(two.end, two.end + 20)
    why = f"同一数据前后不一:前文“{words[0]}”,此处为{norm[two.start : two.end]}"
    return Defect("arithmetic", start, end, why, "核对后统一", "must")


def _near(one: float, two: float) -> bool:
    """The same value shown with fewer digits."""
    return max(one, two) >= 10000 and abs(one - two) / max(one, two) < 0.006


def _defect(layout: Layout, statement: Statement, other: str) -> Defect:
    end = statement.quantity.end
    own = layout.norm[statement.quantity.start : end]
    why = f"同一数据前后不一:{other},此处为{own}"
    return Defect("arithmetic", layout.clause_start(statement.start), end, why, "核对后统一", "must")
