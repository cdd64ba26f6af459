"""The manual names what is there."""

from __future__ import annotations

import re

import batch_world as world

from audit.batch import tables as t
from audit.cli.batch import batch

MANUAL = (world.ROOT / "docs" / "batch.md").read_text("utf-8")


def test_every_table_and_column_that_the_manual_names_is_there() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| [^|]+ \| ([^|]+) \|$", MANUAL, re.M)
    assert {name for name, _ in rows} == {table.name for table in t.EXPORTED}
    for name, told in rows:
        for column in re.findall(r"(?:^|、)([a-z][a-z_0-9]+)", re.sub(r"[(\uff08].*?[)\uff09]", "", told)):
            assert column in t.metadata.tables[name].c, (name, column)


def test_options_of_the_manual_are_options() -> None:
    known = {option for param in batch.params for option in param.opts}
    told = "\n".join(line for line in MANUAL.splitlines() if "python -m benchmarks" not in line)
    for option in set(re.findall(r"`(--[a-z-]+)", told)) - {"--search", "--item"}:
        assert option in known, option
