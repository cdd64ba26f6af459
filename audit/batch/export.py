"""The store as CSV or Parquet, one file a table; the same results give the same bytes."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, Integer, LargeBinary, Table, select

from audit.batch import tables as t
from audit.batch.store import Store
from audit.errors import InputError, UsageError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BLOCK = 20_000
"""Rows of a Parquet row group."""


def export(
    store: Store, folder: Path, form: str, names: tuple[str, ...] = (), years: tuple[int, ...] = ()
) -> list[Path]:
    """Writes tables of the store.

    Args:
        store: the store.
        folder: where to.
        form: csv or parquet.
        names: tables; none: all.
        years: only what belongs to reports of these years; none: all.

    Returns:
        The files written.

    Raises:
        UsageError: no such table, or Parquet without the extra.
        InputError: a file of that name stands there that is no export.
    """
    known = {table.name: table for table in t.EXPORTED}
    for name in names:
        if name not in known:
            raise UsageError(f"没有表“{name}”", "", f"可用:{'、'.join(known)}")
    write = {"csv": _csv, "parquet": _parquet}[form]
    made = []
    for name in names or known:
        path = folder / f"{name}.{form}"
        if path.is_dir():
            raise InputError("同名的是文件夹,没有覆盖", str(path), "请用 -o 另选输出文件夹")
        write(store, known[name], columns(known[name]), years, path)
        made.append(path)
    return made


def columns(table: Table) -> list[str]:
    """The columns that are exported: packed ones and the time of the audit are not."""
    hidden = {"reports": {"key", "audited_at"}, "filings": {"batch"}}.get(table.name, set())
    return [c.name for c in table.columns if not isinstance(c.type, LargeBinary) and c.name not in hidden]


def _rows(store: Store, table: Table, names: list[str], years: tuple[int, ...]) -> Iterator[Any]:
    query = select(*[table.c[name] for name in names]).order_by(*table.primary_key.columns)
    r = t.reports.c
    if years:
        if "report" in table.c:
            query = query.where(table.c.report.in_(select(r.id).where(r.report_year.in_(years))))
        elif table is t.reports:
            query = query.where(r.report_year.in_(years))
        elif table is t.shared:
            query = query.where(t.shared.c.report_a.in_(select(r.id).where(r.report_year.in_(years))))
        elif "year" in table.c:
            query = query.where(table.c.year.in_(years))
    yield from store.rows(query)


def _csv(store: Store, table: Table, names: list[str], years: tuple[int, ...], path: Path) -> None:
    """UTF-8 with a mark, so that spreadsheets read it; a text that would be a formula gets an apostrophe."""
    booleans = {n for n, name in enumerate(names) if isinstance(table.c[name].type, Boolean)}
    with _whole(path) as out:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(names)
        for row in _rows(store, table, names, years):
            rows.writerow([_cell(value, n in booleans) for n, value in enumerate(row)])
        text.detach()


def _cell(value: Any, boolean: bool) -> Any:
    if value is None:
        return ""
    if boolean:
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _parquet(store: Store, table: Table, names: list[str], years: tuple[int, ...], path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "没有安装 Parquet 组件", "", "请安装:pip install fazhi-audit[parquet],或用 --format csv"
        ) from error
    kinds = [(BigInteger, pa.int64()), (Integer, pa.int64()), (Boolean, pa.bool_()), (Float, pa.float64())]
    shape = pa.schema(
        [
            (name, next((kind for of, kind in kinds if isinstance(table.c[name].type, of)), pa.string()))
            for name in names
        ]
    )
    booleans = [n for n, name in enumerate(names) if isinstance(table.c[name].type, Boolean)]
    with _whole(path) as out, pq.ParquetWriter(out, shape, compression="snappy") as writer:
        block: list[list[Any]] = []

        def put() -> None:
            lists = list(zip(*block, strict=True)) if block else [()] * len(names)
            writer.write_table(
                pa.table(
                    [pa.array(c, kind) for c, kind in zip(lists, shape.types, strict=True)], schema=shape
                )
            )
            block.clear()

        for row in _rows(store, table, names, years):
            values = list(row)
            for n in booleans:
                values[n] = None if values[n] is None else bool(values[n])
            block.append(values)
            if len(block) >= BLOCK:
                put()
        put()


class _whole:
    """A file written beside its place and put there when whole."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> io.BufferedWriter:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, self.beside = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
        self.out = os.fdopen(handle, "wb")
        return self.out

    def __exit__(self, kind: Any, *_: Any) -> None:
        if not self.out.closed:
            self.out.close()
        if kind is None:
            os.chmod(self.beside, 0o644)
            os.replace(self.beside, self.path)
        else:
            Path(self.beside).unlink(missing_ok=True)
