"""Ruled tables on a page: cells from the lines that are drawn."""

from __future__ import annotations

from collections.abc import Callable

Box = tuple[float, float, float, float]
"""left, top, right, bottom."""
LONG_CELL = 300
"""A cell of more characters is laid out text, not data: its table is read as lines."""
_THIN = 2.5
_NEAR = 3.0


class Grid:
    """A table: the rulings that touch one another.

    Args:
        across: horizontal rulings (left, right, y).
        down: vertical rulings (top, bottom, x).
    """

    def __init__(
        self, across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
    ) -> None:
        self._across, self._down = across, down
        self._ys = _levels([y for _, _, y in across])
        self._xs = _levels([x for _, _, x in down])

    @property
    def is_table(self) -> bool:
        """Whether there are at least two columns."""
        return len(self._ys) >= 2 and len(self._xs) >= 3

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self._xs[0] - 1 <= x <= self._xs[-1] + 1 and self._ys[0] - 1 <= y <= self._ys[-1] + 1

    def rows(self, inside: Callable[[Box], str]) -> list[tuple[str, Box]] | None:
        """The rows, cells joined by tabs, empty cells left out; merged cells stand in their first row.

        Args:
            inside: gives the text in a box.

        Returns:
            Each row with its box; None where a cell holds running text.
        """
        rows: list[tuple[str, Box]] = []
        for band, (top, bottom) in enumerate(zip(self._ys, self._ys[1:], strict=False)):
            cells: list[str] = []
            middle = (top + bottom) / 2
            walls = [x for x in self._xs if self._wall(x, middle)]
            for left, right in zip(walls, walls[1:], strict=False):
                centre = (left + right) / 2
                if band and not self._floor(centre, top):
                    continue
                low = next((y for y in self._ys[band + 1 :] if self._floor(centre, y)), bottom)
                text = inside((left, top, right, low)).strip()
                if len(text) > LONG_CELL:
                    return None
                if text:
                    cells.append(text)
            if cells:
                rows.append(("\t".join(cells), (self._xs[0], top, self._xs[-1], bottom)))
        return rows

    def _wall(self, x: float, y: float) -> bool:
        return any(
            abs(at - x) < _NEAR and top - _NEAR <= y <= bottom + _NEAR for top, bottom, at in self._down
        )

    def _floor(self, x: float, y: float) -> bool:
        return any(
            abs(at - y) < _NEAR and left - _NEAR <= x <= right + _NEAR for left, right, at in self._across
        )


def grids(boxes: list[tuple[Box, bool]]) -> list[Grid]:
    """The tables that the drawn paths of a page make up.

    Args:
        boxes: the box of each path, and whether its outline is drawn.
    """
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for (left, top, right, bottom), framed in boxes:
        flat, slim = bottom - top <= _THIN, right - left <= _THIN
        if flat and not slim:
            across.append((left, right, (top + bottom) / 2))
        elif slim and not flat:
            down.append((top, bottom, (left + right) / 2))
        elif framed and not flat:
            across += [(left, right, top), (left, right, bottom)]
            down += [(top, bottom, left), (top, bottom, right)]
    if len(across) < 2 or len(down) < 3 or len(across) + len(down) > 4000:
        return []
    tables: list[Grid] = []
    for top, bottom in _regions(down):
        own = [line for line in across if top - _NEAR <= line[2] <= bottom + _NEAR]
        walls = [line for line in down if line[0] < bottom and line[1] > top]
        if own and walls:
            table = Grid(own, walls)
            if table.is_table:
                tables.append(table)
    return tables


def _regions(down: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """The stretches of the page that vertical rulings cover without a break."""
    regions: list[tuple[float, float]] = []
    for top, bottom, _ in sorted(down):
        if regions and top <= regions[-1][1] + _NEAR:
            regions[-1] = regions[-1][0], max(regions[-1][1], bottom)
        else:
            regions.append((top, bottom))
    return regions


def _levels(values: list[float]) -> list[float]:
    """Distinct values, near ones taken for one."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels
