"""Tables with a column for each year: rates and growth against their rows, and values against the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.form.figures import scaled
from audit.form.layout import Layout, Line
from audit.form.model import Defect
from audit.form.twice import told

_YEAR = re.compile(r"(20\d\d)年?(?:度)?(?:实际|完成)?(?:数|值)?(?:\(.*\))?$")
_CHANGE = re.compile(r"(?:同比)?(?:增长|增减|增幅|变化|升降)(?:率|幅度?|%|情况)?(?:\(?%?\)?)$|^同比")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
_UNIT = re.compile(r"\(([\u4e00-\u9fff%]{1,4})\)$")
_SPLIT = re.compile(r" *\| *|\t+| {1,}")
_VERBS = re.compile(r"^(?:办理|受理|收到|新收|查处|作出|发生|办结|完成|共|实现|达到)?$")
_LONGEST = 90
_SHORTEST = 5


class Row(NamedTuple):
    """A row: its line, its name, its unit (`%` for rates) and its cells by column."""

    line: Line
    name: str
    unit: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """Rows under a head of years.

    Attributes:
        years: the year of each column of values, 0 for others.
        change: index of the column of growth, -1 for none.
        rows: the rows.
    """

    years: tuple[int, ...]
    change: int
    rows: tuple[Row, ...]


def find(layout: Layout, found: Sequence[Table]) -> Iterator[Defect]:
    """Rows of the tables found that contradict their own table or the text."""
    for table in found:
        taken: set[int] = set()
        for defect in (*_rates(table), *_growth(table), *_against_text(layout, table)):
            if defect.start not in taken:
                taken.add(defect.start or 0)
                yield defect


def tables(layout: Layout) -> Iterator[Table]:
    """The tables of the report whose head names at least two years."""
    norm = layout.norm
    for index, line in enumerate(layout.lines):
        if line.end - line.start > _LONGEST or norm.count("20", line.start, line.end) < 2:
            continue
        head = _cells(norm[line.start : line.end])
        years = [int(m[1]) if (m := _YEAR.fullmatch(cell)) else 0 for cell in head]
        if sum(year > 0 for year in years) < 2 or "。" in norm[line.start : line.end]:
            continue
        first = next(i for i, year in enumerate(years) if year)
        changes = [i for i, cell in enumerate(head) if i > first and _CHANGE.search(cell)]
        rows = []
        for below in layout.lines[index + 1 :]:
            cells = _cells(norm[below.start : below.end])
            if below.end - below.start > _LONGEST or "。" in norm[below.start : below.end]:
                break
            if all(set(cell) <= set("-: ") for cell in cells):
                continue
            if len(cells) != len(head) or not any(_NUMBER.fullmatch(cell) for cell in cells[first:]):
                break
            rows.append(_row(below, cells, first))
        if rows:
            change = changes[0] - first if changes else -1
            yield Table(tuple(years[first:]), change, tuple(rows))


def _cells(words: str) -> list[str]:
    bars = words.strip().strip("|").strip()
    return [cell.strip() for cell in _SPLIT.split(bars)]


def _row(line: Line, cells: list[str], first: int) -> Row:
    names = [c for c in cells[:first] if c and not c.isdigit()]
    unit = names.pop() if len(names) > 1 and len(names[-1]) <= 3 else ""
    name = names[-1] if names else ""
    inner = _UNIT.search(name)
    if inner:
        name, unit = name[: inner.start()], inner[1]
    if any(c.endswith("%") for c in cells[first:]):
        unit = unit or "%"
    return Row(line, name, unit, tuple(cells[first:]))


def _value(cell: str) -> float | None:
    return float(cell.rstrip("%")) if _NUMBER.fullmatch(cell) else None


def _fits(cell: str, exact: float) -> bool:
    shown = cell.rstrip("%").partition(".")[2]
    return abs(float(cell.rstrip("%")) - exact) < 10.0 ** -len(shown) - 1e-9


def _defect(row: Row, why: str, remedy: str) -> Defect:
    return Defect("arithmetic", row.line.start, row.line.end, why, remedy, "must")


def _rates(table: Table) -> Iterator[Defect]:
    """A rate that its two rows give in every other year but not in this one."""
    columns = [i for i, year in enumerate(table.years) if year]
    counts = [row for row in table.rows if row.unit != "%" and not row.name.endswith("率")]
    for row in table.rows:
        if not row.name.endswith("率") or row.unit not in ("%", ""):
            continue
        stem = row.name[:-1]
        for part in counts:
            if not (part.name in stem or stem in part.name or part.name.endswith(stem[-2:])):
                continue
            for whole in counts:
                right = (
                    {c: _quotient(part.cells[c], whole.cells[c]) for c in columns}
                    if whole is not part
                    else {}
                )
                if (
                    any(exact is None or _value(row.cells[c]) is None for c, exact in right.items())
                    or not right
                ):
                    continue
                wrong = [
                    c for c, exact in right.items() if exact is not None and not _fits(row.cells[c], exact)
                ]
                if len(wrong) == 1 and len(columns) - len(wrong) >= 1:
                    at = wrong[0]
                    why = (
                        f"{part.cells[at]}÷{whole.cells[at]}＝{right[at]:.1f}%,"
                        f"表中{table.years[at]}年为{row.cells[at].rstrip('%')}%"
                    )
                    yield _defect(row, why, "核对计数和比率")


def _quotient(part: str, whole: str) -> float | None:
    one, two = _value(part), _value(whole)
    return one / two * 100 if one is not None and two and one < two else None


def _growth(table: Table) -> Iterator[Defect]:
    """A column of growth against the two years beside it."""
    columns = [i for i, year in enumerate(table.years) if year]
    if table.change < 0 or len(columns) != 2:
        return
    early, late = sorted(columns, key=lambda c: table.years[c])
    wrong, right = [], 0
    for row in table.rows:
        told_change = row.cells[table.change]
        one, two = _value(row.cells[early]), _value(row.cells[late])
        if _value(told_change) is None or not one or two is None or row.unit == "%":
            continue
        exact = (two - one) / one * 100
        if _fits(told_change, exact) or _fits(told_change, two - one):
            right += 1
        elif told_change.endswith("%") or "." in told_change:
            wrong.append((row, exact, told_change))
    if right >= len(wrong):
        for row, exact, told_change in wrong:
            why = f"由{row.cells[early]}到{row.cells[late]}为{exact:.1f}%,表中为{told_change.rstrip('%')}%"
            yield _defect(row, why, "核对增减幅度")


def _against_text(layout: Layout, table: Table) -> Iterator[Defect]:
    """A value of the report's year that the text gives otherwise."""
    year = layout.document.facts.report_year
    if year not in table.years:
        return
    column = table.years.index(year)
    statements: list[tuple[str, float, str, str]] | None = None
    for row in table.rows:
        value = _value(row.cells[column])
        if value is None or len(row.name) < _SHORTEST:
            continue
        unit, scale = scaled(row.unit)
        statements = list(told(layout)) if statements is None else statements
        same = [
            (number, shown)
            for name, number, measure, shown in statements
            if name.endswith(row.name)
            and _VERBS.match(name[: -len(row.name)])
            and (not unit or measure == unit)
        ]
        if same and all(abs(number - value * scale) > 1e-6 * number for number, _ in same):
            own = row.cells[column].rstrip("%")
            why = f"表中{year}年“{row.name}”为{own},正文为{same[0][1]},前后不一"
            yield _defect(row, why, "核对后统一")
