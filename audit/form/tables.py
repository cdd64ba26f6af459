"""Tables with a row or a last column of totals: what they total must add up to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.form.layout import Layout, Line
from audit.form.model import Defect

_TOTAL = re.compile(r"^(?:合 ?计|总 ?计|总 ?数|共 ?计|小 ?计)")
_CELLS = re.compile(r"[ ]*\|[ ]*|[ ]{2,}|(?<=\S)[ ](?=\d)|\t")
_SPACED = re.compile(r"[ ]{2,}|(?<=\S)[ ](?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PART = re.compile(r"^(?:其中|#|含)")


def find(layout: Layout) -> Iterator[Defect]:
    """Columns and rows that do not add up to their total, the rounding of decimals allowed for."""
    rows: list[tuple[Line, list[str]]] = []
    head: Line | None = None
    above: Line | None = None
    for line in layout.lines:
        cells = _cells(layout, line)
        if rows and (not cells or len(cells) != len(rows[0][1])):
            yield from _check(layout, rows, head)
            rows = []
        if cells and any(cell.strip("-: ") for cell in cells):
            head = head if rows else above
            rows.append((line, cells))
        above = line
    yield from _check(layout, rows, head)


def _check(layout: Layout, rows: list[tuple[Line, list[str]]], above: Line | None) -> Iterator[Defect]:
    """Both ways of a table: the row and the column of the total."""
    if rows:
        yield from _down(layout, rows)
        yield from _across(layout, rows, above)


def _across(layout: Layout, rows: list[tuple[Line, list[str]]], above: Line | None) -> Iterator[Defect]:
    """A last column 合计: the cells of a row must add up to it.

    The head may be the line above the rows, where blanks alone part its words.
    """
    head = rows[0][1]
    if above is not None and not _TOTAL.match(head[-1]):
        head = layout.norm[above.start : above.end].split()
        rows = [(above, head), *rows]
    if (
        len(head) != len(rows[-1][1])
        or len(head) < 4
        or not _TOTAL.match(head[-1])
        or any(_PART.match(cell) for cell in head)
    ):
        return
    if sum(_TOTAL.match(cell) is not None for cell in head) > 1:
        return
    for line, cells in rows[1:]:
        first = next((i for i in range(1, len(cells)) if _NUMBER.fullmatch(cells[i])), len(cells))
        values = cells[first:-1]
        if len(values) < 2 or first > 2 or not all(_NUMBER.fullmatch(cell) for cell in cells[first:]):
            continue
        if "率" in cells[0] or "均" in cells[0] or "%" in cells[0]:
            continue
        digits = max(len(value.partition(".")[2]) for value in values)
        total = sum(float(value) for value in values)
        if abs(total - float(cells[-1])) > (10.0**-digits if digits else 0.0) + 1e-6:
            why = "＋".join(values) + f"＝{total:.{digits}f},表中合计为{cells[-1]}"
            yield Defect("arithmetic", line.start, line.end, why, "核对表中各列和合计", "must")


def _cells(layout: Layout, line: Line) -> list[str]:
    words = layout.norm[line.start : line.end]
    if line.kind == "noise" or len(words) > 200 or "。" in words:
        return []
    if line.kind != "row" and "|" not in words and "\t" not in layout.text[line.start : line.end]:
        return _spaced(words) if " " in words else []
    cells = [cell.strip() for cell in _CELLS.split(words.strip("| "))]
    return cells if len(cells) >= 2 else []


def _spaced(words: str) -> list[str]:
    """The cells of a row set off by blanks alone: at least three, and no sentence."""
    if len(words) > 120 or "," in words or ";" in words:
        return []
    cells = _SPACED.split(words)
    return cells if len(cells) >= 3 or (_TOTAL.match(words) and len(cells) == 2) else []


def _down(layout: Layout, rows: list[tuple[Line, list[str]]]) -> Iterator[Defect]:
    """A row 合计: every column must add up to it."""
    totals = [i for i, (_, cells) in enumerate(rows) if _TOTAL.match(cells[0])]
    if len(totals) != 1 or len(rows) < 3:
        return
    at = totals[0]
    line, sums = rows[at]
    others = [cells for i, (_, cells) in enumerate(rows) if i != at]
    if any(_PART.match(cells[0]) for cells in others):
        return
    for column in range(1, len(sums)):
        values = [cells[column] for cells in others if _NUMBER.fullmatch(cells[column])]
        blank = [cells[column] for cells in others if not _NUMBER.fullmatch(cells[column])]
        headed = len(blank) <= 1 and (
            not blank or others[0][column] == blank[0] or blank[0] in ("-", "/", "")
        )
        if not _NUMBER.fullmatch(sums[column]) or len(values) < 2 or not headed or "%" in "".join(blank):
            continue
        total = sum(float(value) for value in values)
        digits = max(len(value.partition(".")[2]) for value in values)
        shown = len(sums[column].partition(".")[2])
        allowed = 0.0 if not digits else 10.0**-shown * (1.0 if shown < digits else max(1.0, len(values) / 2))
        if abs(total - float(sums[column])) > allowed + 1e-6:
            why = "＋".join(values) + f"＝{total:.{digits}f},表中合计为{sums[column]}"
            yield Defect("arithmetic", line.start, line.end, why, "核对表中各行和合计", "must")
            return
