"""The steps that need all reports at once; passed over where nothing has changed since they were last done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from audit.batch import tables as t
from audit.batch.bodies import body_id, settle
from audit.batch.plan import version
from audit.batch.progress import say
from audit.batch.store import Store
from audit.data import write_whole

if TYPE_CHECKING:
    from audit.batch.inputs import Inputs
    from audit.batch.plan import Plan
    from audit.batch.roster import Roster
    from audit.batch.run import Batch

OVERVIEW = "总览.html"
WORKBOOK = "总览.xlsx"
CHECKS = "数据核实单.xlsx"


def together(
    batch: Batch, store: Store, inputs: Inputs, plan: Plan, roster: Roster | None, ledger: Any
) -> None:
    """Does them in order: bodies and filings, ranks, shared text, ledger, overview.

    Raises:
        InputError: a file of the overview's name stands there that this program did not make.
    """
    folder = str(batch.output)
    files = [OVERVIEW, WORKBOOK, *([CHECKS] if ledger else [])]
    key = _key(batch, store, inputs, plan)
    if not batch.force and _unchanged(store, batch.output, files, key):
        return
    from audit.batch.similar import compare
    from audit.batch.tiers import place

    settled = store.patiently(settle, store, plan.ids, inputs.roots, roster, plan.guessed, batch.year, folder)
    store.patiently(place, store, settled.chosen, settled.years)
    store.patiently(compare, store, settled.chosen, settled.year)
    if ledger:
        from audit.batch.ledger import check

        for name in store.patiently(check, store, ledger, roster, settled.chosen, settled.year):
            say(f"台账中的“{name}”不在本批单位中,未核对")
    if settled.doubles:
        say(f"同一单位有重复报告、旧版本或多种格式,未计入的 {settled.doubles} 份,见{OVERVIEW}")
    due = {body_id(row.body) for row in roster.rows} if roster else set()
    made = _overview(batch, store, plan, settled.year, due, bool(ledger))
    key = _key(batch, store, inputs, plan)
    rows = [(folder, name, key, (batch.output / name).stat().st_size) for name in made]
    store.patiently(store.replace, t.artifacts, rows, t.artifacts.c.folder == folder)


def _overview(
    batch: Batch, store: Store, plan: Plan, year: int | None, due: set[int], ledger: bool
) -> list[str]:
    from audit.batch.overview import page
    from audit.batch.overview_data import collect
    from audit.batch.overview_xlsx import checks_book, workbook
    from audit.report import keep_foreign

    data = collect(store, plan.ids, year, due)
    made: dict[str, Any] = {
        OVERVIEW: lambda: page(data, batch.rank),
        WORKBOOK: lambda: workbook(data, store, batch.rank),
    }
    if ledger:
        made[CHECKS] = lambda: checks_book(data)
    for name, make in made.items():
        path: Path = batch.output / name
        keep_foreign(path)
        write_whole(path, make())
    return list(made)


def _key(batch: Batch, store: Store, inputs: Inputs, plan: Plan) -> str:
    """What the steps depend on, hashed: every report of the store, and what the user said."""
    code = Path(__file__).parent
    digest = hashlib.sha256(version().encode())
    for file in sorted([*code.glob("*.py"), *code.glob("templates/*")]):
        digest.update(file.read_bytes())
    for given in (batch.roster, batch.ledger):
        digest.update(b"-" if given is None else given.read_bytes())
    said = [batch.year, batch.rank, sorted(plan.ids), inputs.roots, list(batch.formats), batch.store is None]
    digest.update(json.dumps(said).encode())
    c = t.reports.c
    for row in store.rows(select(c.id, c.key, c.state, c.present, c.body).order_by(c.id)):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _unchanged(store: Store, folder: Path, files: list[str], key: str) -> bool:
    c = t.artifacts.c
    held = {
        row[0]: (row[1], row[2])
        for row in store.rows(select(c.file, c.key, c.bytes).where(c.folder == str(folder)))
    }
    for name in files:
        path = folder / name
        if held.get(name, ("", -1)) != (key, path.stat().st_size if path.is_file() else -2):
            return False
    return True
