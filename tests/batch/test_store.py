"""The store: SQLite and PostgreSQL give the same tables."""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import batch_world as world
import pytest
from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.search import search
from audit.batch.store import Store, StoreError
from audit.result import Result


def test_results_come_back_whole(done: Path) -> None:
    store = Store(done / "batch.sqlite")
    some = list(
        store.rows(select(t.reports.c.id, t.reports.c.name).where(t.reports.c.state == "done").limit(3))
    )
    for report, name in some:
        result = store.result(report)
        assert result is not None
        assert result == Result.model_validate_json((done / f"{name}.json").read_bytes())
        quotes = store.rows(
            select(t.evidence.c.quote, t.evidence.c.start_pos, t.evidence.c.end_pos).where(
                t.evidence.c.report == report
            )
        )
        assert all(result.document.text[a:b] == quote for quote, a, b in quotes)
        grades = dict(
            tuple(r)
            for r in store.rows(
                select(t.indicators.c.indicator, t.indicators.c.grade).where(t.indicators.c.report == report)
            )
        )
        assert grades == {i.id: i.grade for i in result.indicators}
    store.close()


def test_search(done: Path) -> None:
    store = Store(done / "batch.sqlite")
    hits = list(search(store, ["法治政府建设", "听取"], 2024, ["responsible"]))
    assert hits and all("听取" in h.text and h.role == "responsible" and h.year == 2024 for h in hits)
    assert not list(search(store, ["100%_"]))
    assert list(search(store, ["100%"]))
    store.close()


def test_faults(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有这个结果库"):
        Store(tmp_path / "no.sqlite")
    Store(tmp_path / "new.sqlite", create=True).close()
    store = Store(tmp_path / "new.sqlite")
    store.replace(t.meta, [("schema", "0")])
    store.close()
    with pytest.raises(StoreError, match="版本"):
        Store(tmp_path / "new.sqlite")
    with pytest.raises(StoreError, match="写法不对"):
        Store("nonsense://x")


def test_years_side_by_side(tmp_path: Path) -> None:
    """Two years in one store; what was carried over is told, what another body shares too."""
    store = tmp_path / "all.sqlite"
    passage = "针对老旧小区加装电梯引发的邻里争执,由街道牵头逐户登门,商定补偿办法后再行施工,全年没有一处因此停工,居民自发送来感谢信,商定的做法后来写成一页纸的说明贴在各单元门口供其他楼栋参照。"
    for year, extra in (
        (2023, ""),
        (
            2024,
            "另外在沿河三个村试行夜间巡查,由村民轮班记录,次日上午统一交办,所涉事项按周公示进展情况并回访当事人意见,把反复出现的事由逐一梳理出来,编成问答送到每户门前。",
        ),
    ):
        folder = tmp_path / str(year)
        folder.mkdir()
        for n, body in enumerate(("青河县", "白沙县")):
            text = world.text(body, year, seed=n)
            shared = passage if body == "青河县" else ""
            text = text.replace("(二)", f"{shared}\n{extra}\n(二)", 1)
            (folder / f"{body}.txt").write_text(text, encoding="utf-8")
        run = world.batch(folder, "-o", tmp_path / f"out{year}", "--store", store)
        assert run.returncode == 0, run.stderr
    base = Store(store)
    assert base.years() == [2023, 2024]
    texts = {
        (r, n): x
        for r, n, x in base.rows(select(t.paragraphs.c.report, t.paragraphs.c.number, t.paragraphs.c.text))
    }
    found = list(base.rows(select(t.shared)))
    bodies = {texts[x.report_a, x.paragraph_a] for x in found if x.kind == "bodies"}
    carried = {texts[x.report_a, x.paragraph_a] for x in found if x.kind == "last-year"}
    assert any(text.startswith("另外在沿河") for text in bodies)
    assert any(text.startswith("针对老旧小区") for text in carried)
    base.close()


def test_export_is_safe_for_spreadsheets(done: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite", create=True)
    row = (1, "=cmd()", None, None, None, None, 1, None, None, None, "report")
    store.replace(t.bodies, [row])
    store.close()
    content = world.exported(tmp_path / "s.sqlite", tmp_path / "x")["bodies.csv"].decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(content)))["name"] == "'=cmd()"


def test_parquet_holds_the_same(done: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run = subprocess.run(
        world.command("export", done, "-o", tmp_path, "--format", "parquet", "--table", "items"),
        env=world.environment(),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    table = parquet.read_table(tmp_path / "items.parquet")
    rows = list(
        csv.reader(io.StringIO(world.exported(done, tmp_path / "csv")["items.csv"].decode("utf-8-sig")))
    )
    assert table.num_rows == len(rows) - 1 and table.column_names == rows[0]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real PostgreSQL on a loopback port, for this module alone."""
    if sys.platform == "win32" or not shutil.which("initdb") or not shutil.which("pg_ctl"):
        if os.environ.get("CI"):
            pytest.fail("initdb is not there: install postgresql")
        pytest.skip("no PostgreSQL on this machine (initdb)")
    pytest.importorskip("pg8000")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)
        as_user = ["setpriv", "--reuid=nobody", "--clear-groups"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    made = subprocess.run(
        [*as_user, "initdb", "-D", str(data), "-U", "audit", "-A", "trust", "-E", "UTF8", "--no-sync"],
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert made.returncode == 0, made.stderr
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run(
        [*as_user, "pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"],
        check=True,
        capture_output=True,
        cwd="/",
    )
    yield f"postgresql+pg8000://audit@127.0.0.1:{port}/postgres"
    subprocess.run(
        [*as_user, "pg_ctl", "-D", str(data), "-m", "immediate", "stop"],
        check=False,
        capture_output=True,
        cwd="/",
    )
    shutil.rmtree(folder, ignore_errors=True)


def test_postgresql_gives_the_same_pages_and_export(
    server: str, small: Path, done: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = [
        small / "reports",
        "-o",
        out,
        "--roster",
        small / "roster.csv",
        "--store",
        server,
        "--jobs",
        2,
    ]
    run = world.batch(*arguments)
    assert run.returncode == 0, run.stderr
    assert world.pages(out) == world.pages(done)
    assert world.exported(server, tmp_path / "one") == world.exported(done, tmp_path / "two")
    again = world.batch(*arguments)
    assert "需审核 0 份" in again.stderr
    store = Store(server)
    assert [h.text for h in search(store, ["100%"])] == [
        h.text for h in search(Store(done / "batch.sqlite"), ["100%"])
    ]
    store.close()


def test_postgresql_that_is_not_there() -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(StoreError) as fault:
        Store("postgresql://someone:secret@127.0.0.1:9/none", create=True)
    assert "secret" not in str(fault.value)


def test_what_another_roster_found_missing_stays(tmp_path: Path) -> None:
    """Districts and departments in two batches, and two years, in one store."""
    store = tmp_path / "all.sqlite"
    plans = (
        ("a", 2024, ("青河县", "白沙县", "红石县")),
        ("b", 2024, ("金山县", "玉泉县")),
        ("c", 2023, ("青河县", "红石县")),
    )
    for name, year, bodies in plans:
        folder = tmp_path / name
        folder.mkdir()
        lines = ["序号,单位,层级", *(f"{n},{body}人民政府,县级" for n, body in enumerate(bodies, start=1))]
        (folder / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
        (folder / "in").mkdir()
        (folder / "in" / "x.txt").write_text(world.text(bodies[0], year), encoding="utf-8")
        run = world.batch(
            folder / "in", "-o", folder / "out", "--store", store, "--roster", folder / "roster.csv"
        )
        assert run.returncode == 0, run.stderr
    base = Store(store)
    query = select(t.filings.c.year, t.bodies.c.name, t.filings.c.state).join(
        t.bodies, t.bodies.c.id == t.filings.c.body
    )
    assert sorted(tuple(row) for row in base.rows(query)) == [
        (2023, "红石县人民政府", "missing"),
        (2023, "青河县人民政府", "filed"),
        (2024, "玉泉县人民政府", "missing"),
        (2024, "白沙县人民政府", "missing"),
        (2024, "红石县人民政府", "missing"),
        (2024, "金山县人民政府", "filed"),
        (2024, "青河县人民政府", "filed"),
    ]
    base.close()


def test_a_file_under_a_wrong_name_and_of_a_wrong_year(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    (reports / "青河县.txt").write_text(world.text("白沙县"), encoding="utf-8")
    (reports / "金山县.txt").write_text(world.text("金山县", 2023), encoding="utf-8")
    (reports / "红石县.txt").write_bytes(b"")
    (tmp_path / "r.csv").write_text(
        "单位\n青河县人民政府\n白沙县人民政府\n金山县人民政府\n红石县人民政府\n玉泉县人民政府",
        encoding="utf-8",
    )
    run = world.batch(reports, "-o", tmp_path / "out", "--roster", tmp_path / "r.csv", "--year", 2024)
    assert run.returncode == 3
    base = Store(tmp_path / "out" / "batch.sqlite")
    query = (
        select(t.bodies.c.name, t.filings.c.state)
        .join(t.bodies, t.bodies.c.id == t.filings.c.body)
        .where(t.filings.c.year == 2024)
    )
    assert dict(tuple(row) for row in base.rows(query)) == {
        "青河县人民政府": "wrong_body",
        "白沙县人民政府": "filed",
        "金山县人民政府": "wrong_year",
        "红石县人民政府": "unreadable",
        "玉泉县人民政府": "missing",
    }
    base.close()
