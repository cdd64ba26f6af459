from __future__ import annotations

from pathlib import Path

import pytest

from audit.document.assemble import understand
from audit.document.model import Facts, Text

REPORTS = sorted((Path(__file__).parent.parent / "data" / "labelled" / "reports").glob("*.txt"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_offset_lies_in_the_text(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    document = understand(Text(text))
    assert len(document.norm) == len(text)
    for clause in document.clauses:
        assert 0 <= clause.start < clause.end <= len(text)
        assert not text[clause.start].isspace()
        part = next(p for p in document.parts if p.start <= clause.start < p.end)
        assert part.role == clause.role
    assert all(0 <= q.start < q.end <= len(text) for q in document.quantities)


def test_the_year_found_tells_what_is_still_to_come() -> None:
    text = "一、工作情况\n平台在2024年上半年建成投用。\n二、存在问题\n人员不足。"
    for year, modality in ((2023, "future"), (2024, "done")):
        document = understand(
            Text(text),
            find_facts=lambda *_, y=year: Facts(report_year=y),  # type: ignore[misc]
            find_quantities=lambda *_: (),
        )
        assert document.facts.report_year == year
        assert document.clauses[1].modality == modality
