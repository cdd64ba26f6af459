"""Filings from a folder of results or from a batch's store: who was to file, and what was audited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.errors import InputError, UsageError
from audit.result import Result


@dataclass(frozen=True, slots=True)
class Filing:
    """One body and year: its place in the roster, and the result of its report.

    Attributes:
        name: of the body.
        year: reported on.
        order: place in the roster; a large number for bodies outside it.
        due: whether the roster names the body.
        level: of the body, None for unknown.
        kind: as the roster says.
        enforces: whether it enforces; None for unknown.
        filed: date of receipt, ISO.
        published: date of publication, ISO.
        state: filed, missing, unreadable, wrong_type, wrong_year, wrong_body.
        load: gives the result when called; None where there is none.
    """

    name: str
    year: int
    order: int = 10**9
    due: bool = False
    level: str | None = None
    kind: str | None = None
    enforces: bool | None = None
    filed: str | None = None
    published: str | None = None
    state: str = "filed"
    load: Callable[[], Result | None] | None = None


def filings(source: str | Path, roster: Iterable[Any] = ()) -> list[Filing]:
    """Every filing of a folder, a result file or a store, in the roster's order.

    Args:
        source: a folder with results, one result, a store's file or a store's URL.
        roster: rows with `body`, `order`, `level`, `kind`, `filed`, `published` (objects or mappings).

    Raises:
        InputError: nothing is there, or it holds no result.
    """
    if "://" in str(source):
        return _of_store(str(source))
    path = Path(source)
    if not path.exists():
        raise InputError("没有这个文件夹或结果库", str(source), "请先用 check 或 batch 审核,或核对路径")
    if path.is_file() and path.suffix.lower() != ".json":
        return _of_store(path)
    if path.is_dir():
        stores = [each for name in ("*.sqlite", "*.sqlite3", "*.db") for each in sorted(path.glob(name))]
        if len(stores) > 1:
            raise UsageError(
                "文件夹里有几个结果库", str(path), f"请写明用哪一个:{'、'.join(each.name for each in stores)}"
            )
        if stores:
            return _of_store(stores[0])
    files = [path] if path.is_file() else sorted(path.rglob("*.json"))
    found = of_results(_results(files), roster)
    if not any(each.load for each in found):
        raise InputError("没有找到审核结果", str(source), "请先用 check 或 batch 审核")
    return found


def _results(files: Sequence[Path]) -> Iterator[tuple[Result, Callable[[], Result]]]:
    from audit.report.json import read

    for file in files:
        content = file.read_bytes()
        if b'"fazhi-audit"' not in content[:400]:
            continue

        def load(file: Path = file) -> Result:
            return read(file.read_bytes(), str(file))

        yield read(content, str(file)), load


def of_results(
    results: Iterable[Result | tuple[Result, Callable[[], Result]]], roster: Iterable[Any] = ()
) -> list[Filing]:
    """Filings from results themselves; bodies of the roster without a result are missing.

    Of two results of one body and year the first counts.
    """
    rows = [_row(row) for row in roster]
    by_name = {_plain(str(row["body"])): row for row in rows}
    found: dict[tuple[str, int], Filing] = {}
    years: dict[int, int] = {}
    for each in results:
        result, load = each if isinstance(each, tuple) else (each, _given(each))
        document = result.document
        if document.doc_type != "annual-report" or document.report_year is None:
            continue
        name = document.publisher or document.title or document.name
        row = by_name.get(_plain(name), {})
        key = (_plain(name), document.report_year)
        years[document.report_year] = years.get(document.report_year, 0) + 1
        if key in found:
            continue
        found[key] = Filing(
            name=str(row.get("body") or name), year=document.report_year,
            order=int(row.get("order") or 10**9), due=bool(row),
            level=row.get("level") or document.body.level or document.level, kind=row.get("kind") or document.body.kind,
            enforces=document.body.powers.get("enforces"),
            filed=row.get("filed") or document.filed_on, published=row.get("published") or document.published_on,
            load=load,
        )  # fmt: skip
    if rows:
        year = max(years, key=lambda y: (years[y], y)) if years else 0
        for row in rows:
            key = (_plain(str(row["body"])), year)
            if key not in found:
                found[key] = Filing(
                    name=str(row["body"]), year=year, order=int(row.get("order") or 10**9), due=True,
                    level=row.get("level"), kind=row.get("kind"), enforces=(row.get("powers") or {}).get("enforces"), state="missing",
                )  # fmt: skip
    return sorted(found.values(), key=lambda each: (each.year, each.order, each.name))


def _given(result: Result) -> Callable[[], Result]:
    return lambda: result


def _row(row: Any) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return row
    return {
        key: getattr(row, key, None)
        for key in ("body", "order", "level", "kind", "filed", "published", "powers")
    }


def _plain(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")


def _of_store(where: str | Path) -> list[Filing]:
    from sqlalchemy import select

    from audit.batch import tables as t
    from audit.batch.store import Store

    store = Store(where)
    f, b, r = t.filings.c, t.bodies.c, t.reports.c
    query = (
        select(
            f.year, f.state, f.report, f.filed_on, f.published_on, b.name, b.sort_order, b.level, b.kind, b.source,
            r.level, r.kind, r.enforces,
        )
        .select_from(t.filings.join(t.bodies, b.id == f.body).outerjoin(t.reports, r.id == f.report))
        .order_by(f.year, b.sort_order, b.name)
    )  # fmt: skip
    found = []
    for (
        year,
        state,
        report,
        filed,
        published,
        name,
        order,
        level,
        kind,
        source,
        own_level,
        own_kind,
        enforces,
    ) in store.rows(query):

        def load(report: int = report) -> Result | None:
            return store.result(report)

        found.append(
            Filing(
                name=name, year=year, order=10**9 if order is None else order, due=source == "roster",
                level=level or own_level, kind=kind or own_kind, enforces=enforces, filed=filed, published=published,
                state=state, load=load if state == "filed" and report is not None else None,
            )
        )  # fmt: skip
    if not any(each.load for each in found):
        raise InputError("结果库里没有审核结果", store.shown, "请先用 batch 审核")
    return sorted(found, key=lambda each: (each.year, each.order, each.name))


def main_year(found: Sequence[Filing], year: int | None = None) -> int:
    """The year that the papers are about: the one named, else the one with most results, the later of two.

    Raises:
        UsageError: no result of the named year.
    """
    counts: dict[int, int] = {}
    for each in found:
        if each.load:
            counts[each.year] = counts.get(each.year, 0) + 1
    if year is not None:
        if year not in counts:
            raise UsageError(
                f"没有{year}年度的审核结果", "", f"现有 {'、'.join(str(each) for each in sorted(counts))}"
            )
        return year
    return max(counts, key=lambda each: (counts[each], each))
