"""Tables whose last (or first) row is a total: the columns must add up to it."""

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
    """Columns that do not add up to the row of the total, the rounding of decimals allowed for."""
    rows: list[tuple[Line, list[str]]] = []
    for line in layout.lines:
        cells = _cells(layout, line)
        if rows and (not cells or len(cells) != len(rows[0][1])):
            yield from _check(layout, rows)
            rows = []
        if cells and any(cell.strip("-: ") for cell in cells):
            rows.append((line, cells))
    yield from _check(layout, rows)


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


def _check(layout: Layout, rows: list[tuple[Line, list[str]]]) -> Iterator[Defect]:
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
