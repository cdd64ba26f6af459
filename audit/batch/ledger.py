"""The report against what the office knows: court's lists, registers, dates. Rates of different scope are not compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from audit import wording
from audit.batch import tables as t
from audit.batch.bodies import body_id
from audit.batch.roster import Roster, Row, day, sheet
from audit.batch.store import Store
from audit.data import load_yaml
from audit.errors import UsageError

DATES = {"received": "received_on", "published": "published_on"}


@dataclass(frozen=True, slots=True)
class Known:
    """One value that the office knows.

    Attributes:
        body: name of the body.
        year: year that it is about, None for the year of the batch.
        key: metric, or received_on, published_on.
        value: percent or count; None for a date.
        date: ISO, None for a figure.
        scope: `all` or the limiting words.
    """

    body: str
    year: int | None
    key: str
    value: float | None
    date: str | None
    scope: str


def read_ledger(path: Path) -> list[Known]:
    """Reads a ledger, wide (one column a metric) or long (columns 指标 and 数值).

    Raises:
        UsageError: it cannot be read, or a column or value is not understood.
    """
    rows = sheet(path, load_yaml("batch.yaml")["ledger_columns"], "台账")
    names = {str(said): key for key, said in wording.entry("metrics").items()} | {
        key: key for key in wording.entry("metrics")
    }
    own = {"body", "year", "scope", "metric", "value", "received", "published", "remark", "序号", "备注"}
    out: list[Known] = []
    for line, cells in rows:
        body = str(cells.get("body") or "").strip()
        if not body:
            continue
        year = _year(cells.get("year"), line, path)
        scope = str(cells.get("scope") or "").strip()
        scope = "all" if scope in ("", "全部", "总体", "全市", "全县", "全区", "all") else scope
        for column, key in DATES.items():
            if date := day(cells.get(column), f"台账第 {line} 行的日期", path):
                out.append(Known(body, year, key, None, date, "all"))
        said = (
            {cells.get("metric"): cells.get("value")}
            if cells.get("metric")
            else {k: v for k, v in cells.items() if k not in own}
        )
        for name, value in said.items():
            if value is None or str(value).strip() in ("", "-", "—", "/"):
                continue
            plain_name = re.sub(r"\s|[(\uff08]%[)\uff09]|%", "", str(name))
            if plain_name not in names:
                raise UsageError(
                    f"台账的指标“{name}”不认识",
                    str(path),
                    "请用“负责人出庭应诉率”“败诉率”等名称,见 docs/batch.md",
                )
            out.append(
                Known(
                    body, year, names[plain_name], _number(value, names[plain_name], line, path), None, scope
                )
            )
    if not out:
        raise UsageError("台账里没有可核对的数据", str(path), "第一行写列名:单位、负责人出庭应诉率、败诉率等")
    return out


def _year(value: Any, line: int, path: Path) -> int | None:
    said = str(value or "").strip().rstrip("年度").removesuffix(".0")
    if not said:
        return None
    if not re.fullmatch(r"20\d\d", said):
        raise UsageError(f"台账第 {line} 行的年度“{value}”读不懂", str(path), "请写成 2024")
    return int(said)


def _number(value: Any, key: str, line: int, path: Path) -> float:
    said = str(value).strip().replace(",", "")
    percent = said.endswith(("%", "\uff05"))
    try:
        number = float(said.rstrip("%\uff05件人次份项条起个"))
    except ValueError:
        raise UsageError(
            f"台账第 {line} 行的数值“{value}”不是数字", str(path), "请只写数字,如 92.5"
        ) from None
    if key.endswith("rate") and not percent and isinstance(value, float) and 0 < number <= 1:
        return round(number * 100, 4)
    return number


def check(
    store: Store,
    known: Sequence[Known],
    roster: Roster | None,
    chosen: dict[tuple[int, int], int],
    year: int | None,
) -> list[str]:
    """Compares and writes the table `checks`.

    Returns:
        Bodies of the ledger that are not in the batch, to be told.
    """
    names = roster or Roster([Row(row[0], n) for n, row in enumerate(store.rows(select(t.bodies.c.name)))])
    wanted = set(chosen.values())
    c, r = t.metrics.c, t.reports.c
    figures: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in store.rows(
        select(c.report, c.key, c.value, c.unit, c.scope, c.approx, c.mixed, c.quote).order_by(
            c.report, c.number
        )
    ):
        if row.report in wanted:
            figures[row.report][row.key].append(row)
    dates = {
        row.id: row
        for row in store.rows(select(r.id, r.signed_on, r.published_on, r.title))
        if row.id in wanted
    }
    rows: list[tuple[Any, ...]] = []
    strangers: list[str] = []
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    for each in known:
        of = names.of_publisher(each.body)
        body = body_id(of.body if of else each.body)
        of_year = each.year or year or 0
        report = chosen.get((body, of_year))
        if of is None:
            strangers.append(each.body)
            continue
        numbers[body, of_year] += 1
        head = (body, of_year, numbers[body, of_year], each.key)
        if each.date is not None:
            rows.append(
                (
                    *head,
                    wording.text("batch", "dates", each.key),
                    "all",
                    each.date,
                    *_dated(each, dates.get(report or 0)),
                )
            )
        else:
            name = wording.label("metrics", each.key)
            found = figures[report][each.key] if report else []
            rows.append(
                (
                    *head,
                    name,
                    each.scope,
                    _shown(each.value, each.key),
                    *_compared(each, found, report is not None),
                )
            )
    store.replace(t.checks, rows, t.checks.c.year.in_({of_year for _, of_year in numbers}))
    return sorted(set(strangers))


def _dated(known: Known, row: Any) -> tuple[Any, ...]:
    if row is None:
        return None, None, "no_report", None
    said = row.published_on if known.key == "published_on" else row.signed_on
    if said is None:
        return None, None, "silent", None
    if known.key == "published_on":
        return said, None, "same" if said == known.date else "differs", None
    return said, None, "same" if said <= (known.date or "") else "differs", None


def _compared(known: Known, found: Sequence[Any], filed: bool) -> tuple[Any, ...]:
    """What the report says, its scope, the outcome and the quote."""
    if not filed:
        return None, None, "no_report", None
    like = [row for row in found if _scope(row) == known.scope]
    if like:
        best = next((row for row in like if _same(known.value or 0, row)), like[0])
        outcome = "same" if _same(known.value or 0, best) else "differs"
        return _shown(best.value, best.key), best.scope, outcome, best.quote
    if found:
        return _shown(found[0].value, found[0].key), found[0].scope, "other_scope", found[0].quote
    return None, None, "silent", None


def _scope(row: Any) -> str:
    return "mixed" if row.mixed else str(row.scope)


def _same(known: float, row: Any) -> bool:
    """Equal as written: rounded or truncated to the digits that the report shows; 余, 约 leave a tenth."""
    value = float(row.value)
    if row.approx:
        return abs(known - value) <= 0.1 * max(abs(known), abs(value))
    if row.unit == "count":
        return abs(known - value) < 0.5
    shown = [said for said in re.findall(r"\d+(?:\.\d+)?", row.quote or "") if float(said) == value]
    digits = len((shown[0] if shown else f"{value:.10f}".rstrip("0")).partition(".")[2])
    return abs(known - value) < float(10.0**-digits) - 1e-9


def _shown(value: float | None, key: str) -> str:
    said = f"{value:.4f}".rstrip("0").rstrip(".") if value is not None else ""
    return said + ("%" if key.endswith(("rate", "coverage")) else "")
