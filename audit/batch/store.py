"""The store of results: SQLite by default, PostgreSQL by URL, one code for both."""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, LargeBinary, Select, Table, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from audit.batch import tables as t
from audit.errors import AuditError, InputError

if TYPE_CHECKING:
    from audit.result import Result

BUSY_SECONDS = 10
"""How long one statement waits for another program that holds the store."""
PATIENCE = 120
"""How long a batch waits in all before it gives up; everything stored so far stays."""


class StoreError(InputError):
    """The store cannot be opened, read or written; `locked`: another program holds it just now."""

    locked = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the store says of a report before it is audited again."""

    key: str
    state: str
    fault: str | None
    fault_kind: str | None
    publisher: str | None
    name: str


class Store:
    """Results of many reports and years.

    Args:
        where: a file, or a URL such as `postgresql+pg8000://user:password@host/base`.
        create: make it where there is none.

    Raises:
        StoreError: it cannot be opened, is missing, or was made by another version.
    """

    def __init__(self, where: str | Path, create: bool = False) -> None:
        self.shown, url = _url(where)
        if url.startswith("sqlite:///") and not create and not Path(url[10:]).is_file():
            raise StoreError("没有这个结果库", self.shown, "请先用 batch 生成,或核对路径")
        try:
            if url.startswith("sqlite:///"):
                Path(url[10:]).parent.mkdir(parents=True, exist_ok=True)
            self.engine: Engine = create_engine(url)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"缺少数据库驱动 {error.name}", self.shown, "请安装:pip install fazhi-audit[postgres]"
            ) from error
        except SQLAlchemyError as error:
            raise StoreError(
                "结果库的地址写法不对", self.shown, "应为文件名或 postgresql+pg8000://…"
            ) from error
        self.lite = self.engine.dialect.name == "sqlite"
        if self.lite:
            event.listen(self.engine, "connect", _pragmas)
        with self.reading():
            self._check(create)

    def _check(self, create: bool) -> None:
        if create:
            t.metadata.create_all(self.engine)
            with self.engine.begin() as line:
                if line.execute(select(t.meta.c.value).where(t.meta.c.key == "schema")).scalar() is None:
                    line.execute(t.meta.insert().values(key="schema", value=t.SCHEMA))
        try:
            with self.engine.connect() as line:
                found = line.execute(select(t.meta.c.value).where(t.meta.c.key == "schema")).scalar()
        except (OperationalError, DBAPIError) as error:
            if _locked(error):
                raise
            raise StoreError("这不是本程序的结果库", self.shown, "请核对路径") from error
        if found != t.SCHEMA:
            raise StoreError(f"结果库的版本({found})与程序不符", self.shown, "请另选结果库,重新运行 batch")

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Turns the database's faults into one line.

        Raises:
            StoreError: the database failed.
        """
        try:
            yield
        except (DBAPIError, SQLAlchemyError) as error:
            raise _told(error, self.shown) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all or nothing.

        Raises:
            StoreError: the database failed.
        """
        with self.reading(), self.engine.begin() as line:
            yield line

    def patiently(self, act: Any, *args: Any) -> Any:
        """Calls `act`, again and again while another program holds the store, for `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return act(*args)
            except StoreError as error:
                if not error.locked or time.monotonic() > end:
                    raise

    def rows(self, query: Select[Any]) -> Iterator[Any]:
        """The rows of a query, read as they are asked for."""
        with self.reading(), self.engine.connect() as line:
            yield from line.execution_options(stream_results=True, yield_per=500).execute(query)

    def insert(
        self,
        line: Connection,
        table: Table,
        rows: Sequence[Sequence[Any]],
        columns: Sequence[str] | None = None,
    ) -> None:
        """Adds many rows at once; columns in the table's order unless named."""
        if not rows:
            return
        names = list(columns or table.c.keys())
        if self.lite:
            marks = ",".join("?" * len(names))
            line.exec_driver_sql(
                f"INSERT INTO {table.name} ({','.join(names)}) VALUES ({marks})", list(map(tuple, rows))
            )
            return
        binary = {name for name in names if isinstance(table.c[name].type, LargeBinary)}
        kinds = {
            name: "text" if name in binary else table.c[name].type.compile(self.engine.dialect)
            for name in names
        }
        taken = ",".join(f"decode({name},'hex')" if name in binary else name for name in names)
        shape = ",".join(f"{name} {kind}" for name, kind in kinds.items())
        data = [
            {n: v.hex() if isinstance(v, bytes) else v for n, v in zip(names, row, strict=True)}
            for row in rows
        ]
        line.execute(
            text(
                f"INSERT INTO {table.name} ({','.join(names)}) SELECT {taken} FROM json_to_recordset(CAST(:rows AS json)) AS r({shape})"
            ),
            {"rows": json.dumps(data, ensure_ascii=False)},
        )

    def replace(self, table: Table, rows: Sequence[Sequence[Any]], *where: Any) -> None:
        """Puts `rows` in the place of the rows that match."""
        with self.writing() as line:
            line.execute(table.delete().where(*where) if where else table.delete())
            self.insert(line, table, rows)

    def known(self) -> dict[int, Known]:
        """All reports of the store by id."""
        c = t.reports.c
        query = select(c.id, c.key, c.state, c.fault, c.fault_kind, c.publisher, c.name)
        return {row[0]: Known(*row[1:]) for row in self.rows(query)}

    def save(
        self,
        found: Iterable[tuple[Sequence[Any], dict[str, list[Any]], list[Any]]],
        line: Connection | None = None,
    ) -> None:
        """Stores reports with all that belongs to them, all or nothing.

        Args:
            found: for each report its row, the rows of its tables, and the rows of its checklists.
            line: the transaction to do it in; None: one of its own.
        """
        if line is None:
            with self.writing() as own:
                return self.save(found, own)
        found = sorted(found, key=lambda each: each[0][0])
        ids = [row[0] for row, _, _ in found]
        held = [row[0] for row in line.execute(select(t.reports.c.id).where(t.reports.c.id.in_(ids)))]
        if held:
            line.execute(t.reports.delete().where(t.reports.c.id.in_(held)))
        for table in t.CHILDREN:
            if held:
                line.execute(table.delete().where(table.c.report.in_(held)))
            self.insert(line, table, [row for _, rows, _ in found for row in rows.get(table.name, ())])
        self.insert(line, t.reports, [row for row, _, _ in found])
        self._save_requirements(line, [row for _, _, sheets in found for row in sheets])
        return None

    def _save_requirements(self, line: Connection, rows: list[Any]) -> None:
        """Stores the items of checklists that the store does not hold yet; rows: checklist's hash, item, …"""
        c = t.requirements.c.sha256
        named = {row[0] for row in rows}
        there = {row[0] for row in line.execute(select(c).where(c.in_(sorted(named))).distinct())}
        new = {(row[0], row[1]): row for row in rows if row[0] not in there}
        self.insert(line, t.requirements, list(new.values()))

    def result(self, report: int) -> Result | None:
        """The whole result of a report; None where it failed or is not there."""
        from audit.report.json import read

        packed = self.packed(report)
        return read(zlib.decompress(packed), str(report)) if packed else None

    def packed(self, report: int) -> bytes | None:
        """The compressed JSON of a result."""
        with self.reading(), self.engine.connect() as line:
            found: bytes | None = line.execute(
                select(t.reports.c.result).where(t.reports.c.id == report)
            ).scalar()
        return found

    def years(self) -> list[int]:
        """The years reported on, oldest first."""
        query = select(t.filings.c.year).distinct().order_by(t.filings.c.year)
        return [row[0] for row in self.rows(query)]


def located(where: str) -> str:
    """The store that a user means: a URL, a file, or the output folder of a batch."""
    return str(Path(where) / "batch.sqlite") if "://" not in where and Path(where).is_dir() else where


def _url(where: str | Path) -> tuple[str, str]:
    said = str(where)
    if "://" not in said:
        return said, f"sqlite:///{said}"
    if said.startswith(("postgres://", "postgresql://")):
        said = "postgresql+pg8000" + said[said.index("://") :]
    shown = said
    if "@" in said:
        head, _, tail = said.partition("://")
        shown = f"{head}://{tail.rpartition('@')[2]}"
    return shown, said


def _pragmas(raw: Any, _: Any) -> None:
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.execute("PRAGMA wal_autocheckpoint=4000")
    cursor.execute("PRAGMA temp_store=FILE")
    cursor.close()


def _locked(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _told(error: Exception, shown: str) -> AuditError:
    said = str(getattr(error, "orig", None) or error)
    if _locked(error):
        told = StoreError(
            "结果库正被另一个程序占用", shown, "请关闭占用它的程序后再运行同一命令,已完成的不会重做"
        )
        told.locked = True
        return told
    if "full" in said:
        return StoreError("磁盘空间不足,结果库写不进去", shown, "请腾出空间后再运行同一命令,已完成的不会重做")
    if "readonly" in said or "unable to open" in said:
        return StoreError("结果库打不开或没有写入权限", shown, "请核对路径和权限")
    if "malformed" in said or "not a database" in said:
        return StoreError("结果库文件已损坏", shown, "请移走它,再运行同一命令重新生成")
    return StoreError(f"结果库出错({said.splitlines()[0][:120]})", shown, "请核对数据库服务和权限")
