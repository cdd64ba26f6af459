"""The store's tables. `docs/batch.md` tells an analyst what each column holds.

Ids are 52-bit numbers drawn from names and contents, never counted up: the same inputs give the same ids
on every machine and after every interruption, and a spreadsheet shows them exactly.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA = "1"
"""Version of the tables; a store of another version is refused with a clear line."""

metadata = MetaData()


def number(*parts: str) -> int:
    """The id of what `parts` name: 52 bits of a hash."""
    return int(hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:13], 16)


def _table(name: str, keys: list[Column[Any]], *columns: Column[Any]) -> Table:
    for key in keys:
        key.primary_key, key.nullable = True, False
        key.autoincrement = False
    return Table(name, metadata, *keys, *columns, sqlite_with_rowid=name in ("reports", "paragraphs"))


def _report() -> Column[int]:
    return Column("report", BigInteger)


meta = _table("meta", [Column("key", Text)], Column("value", Text))
bodies = _table(
    "bodies",
    [Column("id", BigInteger)],
    Column("name", Text),
    Column("level", Text),
    Column("kind", Text),
    Column("superior", Text),
    Column("region", Text),
    Column("sort_order", Integer),
    Column("powers", Text),
    Column("expected", Text),
    Column("address", Text),
    Column("source", Text),
)
reports = _table(
    "reports",
    [Column("id", BigInteger)],
    Column("path", Text),
    Column("name", Text),
    Column("root", Text),
    Column("present", Boolean),
    Column("sha256", Text),
    Column("bytes", Integer),
    Column("format", Text),
    Column("key", Text),
    Column("state", Text),
    Column("fault", Text),
    Column("fault_kind", Text),
    Column("body", BigInteger),
    Column("publisher", Text),
    Column("level", Text),
    Column("kind", Text),
    Column("enforces", Boolean),
    Column("doc_type", Text),
    Column("stage", Text),
    Column("report_year", Integer),
    Column("title", Text),
    Column("signed_on", Text),
    Column("filed_on", Text),
    Column("published_on", Text),
    Column("characters", Integer),
    Column("text_sha", Text),
    Column("score", Float),
    Column("score_low", Float),
    Column("score_high", Float),
    Column("band", Text),
    Column("judged_share", Float),
    Column("statutory", Float),
    Column("outline", Float),
    Column("editorial", Float),
    Column("outline_id", Text),
    Column("warnings", Text),
    Column("tool", Text),
    Column("audited_at", Text),
    Column("entry", LargeBinary),
    Column("result", LargeBinary),
)
Index("reports_body", reports.c.body, reports.c.report_year)
Index("reports_path", reports.c.path)
requirements = _table(
    "requirements",
    [Column("sha256", Text), Column("item", Text)],
    Column("checklist", Text),
    Column("kind", Text),
    Column("version", Text),
    Column("checklist_title", Text),
    Column("number", Integer),
    Column("section", Text),
    Column("section_title", Text),
    Column("title", Text),
    Column("indicator", Text),
    Column("clause", Text),
    Column("basis", Text),
    Column("weight", Float),
)
sheets = _table(
    "sheets",
    [_report(), Column("checklist", Text)],
    Column("kind", Text),
    Column("version", Text),
    Column("sha256", Text),
    Column("score", Float),
    Column("score_low", Float),
    Column("score_high", Float),
    Column("judged_share", Float),
    Column("withheld_because", Text),
)
items = _table(
    "items",
    [_report(), Column("checklist", Text), Column("item", Text)],
    Column("number", Integer),
    Column("indicator", Text),
    Column("verdict", Text),
    Column("credit", Float),
    Column("points_possible", Float),
    Column("points", Float),
    Column("points_lost", Float),
    Column("needs_review", Boolean),
    Column("reason", Text),
)
indicators = _table(
    "indicators",
    [_report(), Column("indicator", Text)],
    Column("grade", Text),
    Column("needs_review", Boolean),
    Column("nil", Text),
)
evidence = _table(
    "evidence",
    [_report(), Column("indicator", Text), Column("number", Integer)],
    Column("strength", Text),
    Column("quote", Text),
    Column("sentence", Text),
    Column("start_pos", Integer),
    Column("end_pos", Integer),
)
metrics = _table(
    "metrics",
    [_report(), Column("number", Integer)],
    Column("indicator", Text),
    Column("key", Text),
    Column("value", Float),
    Column("unit", Text),
    Column("scope", Text),
    Column("approx", Boolean),
    Column("mixed", Boolean),
    Column("quote", Text),
    Column("sentence", Text),
    Column("start_pos", Integer),
    Column("end_pos", Integer),
)
Index("metrics_key", metrics.c.key)
defects = _table(
    "defects",
    [_report(), Column("number", Integer)],
    Column("kind", Text),
    Column("severity", Text),
    Column("scored", Boolean),
    Column("quote", Text),
    Column("why", Text),
    Column("start_pos", Integer),
    Column("end_pos", Integer),
)
form = _table("form", [_report(), Column("fact", Text)], Column("value", Boolean))
paragraphs = _table(
    "paragraphs",
    [_report(), Column("number", Integer)],
    Column("role", Text),
    Column("start_pos", Integer),
    Column("end_pos", Integer),
    Column("text", Text),
    Column("grams", LargeBinary),
)
outputs = _table(
    "outputs",
    [Column("folder", Text), Column("report", BigInteger), Column("format", Text)],
    Column("file", Text),
    Column("bytes", Integer),
)
filings = _table(
    "filings",
    [Column("body", BigInteger), Column("year", Integer)],
    Column("state", Text),
    Column("report", BigInteger),
    Column("filed_on", Text),
    Column("published_on", Text),
    Column("filed_late", Boolean),
    Column("published_late", Boolean),
    Column("remark", Text),
    Column("batch", Text),
)
doubles = _table(
    "doubles",
    [Column("report", BigInteger)],
    Column("body", BigInteger),
    Column("year", Integer),
    Column("kept", BigInteger),
    Column("why", Text),
)
standings = _table(
    "standings",
    [Column("report", BigInteger)],
    Column("peers", BigInteger),
    Column("peer_count", Integer),
    Column("rank", Integer),
    Column("rank_low", Integer),
    Column("rank_high", Integer),
    Column("tier", Integer),
)
shared = _table(
    "shared",
    [
        Column("report_a", BigInteger),
        Column("paragraph_a", Integer),
        Column("report_b", BigInteger),
        Column("paragraph_b", Integer),
    ],
    Column("kind", Text),
    Column("likeness", Float),
    Column("characters", Integer),
)
checks = _table(
    "checks",
    [Column("body", BigInteger), Column("year", Integer), Column("number", Integer)],
    Column("key", Text),
    Column("name", Text),
    Column("scope", Text),
    Column("known", Text),
    Column("said", Text),
    Column("said_scope", Text),
    Column("outcome", Text),
    Column("quote", Text),
)
artifacts = _table(
    "artifacts", [Column("folder", Text), Column("file", Text)], Column("key", Text), Column("bytes", Integer)
)

CHILDREN = (sheets, items, indicators, evidence, metrics, defects, form, paragraphs)
"""Tables whose rows belong to one report and are replaced with it."""

EXPORTED = (
    bodies, filings, doubles, standings, reports, requirements, sheets, items, indicators, evidence, metrics,
    defects, form, paragraphs, shared, checks,
)  # fmt: skip
"""What `export` writes; the others only serve the program."""
