"""Labelled passages, each for one indicator: written and labelled without a look at the rules."""

import json
import pathlib

import pytest

from audit.checklist.indicators import Example
from audit.matching.examples import document_of
from audit.matching.find import engine

PASSAGES = pathlib.Path(__file__).parent / "data" / "passages" / "passages.jsonl"
DONE = ("data", "action")


@pytest.fixture(scope="module")
def graded():
    machine = engine()
    index = {matter.id: number for number, matter in enumerate(machine.compiled.indicators)}
    rows = []
    for line in PASSAGES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        example = Example(text=row["text"], grade=row["grade"], role=row["role"])
        found = machine.find(document_of(example), only={index[row["id"]]})[0]
        rows.append((row, found.grade))
    return rows


def test_most_passages_are_graded_as_a_reader_grades_them(graded):
    wrong = [f"{row['id']}: {row['grade']}, read as {got}: {row['text']}" for row, got in graded if got != row["grade"]]
    assert len(graded) == 1050
    assert len(wrong) <= 0.06 * len(graded), "\n".join(wrong)


def test_what_is_missing_or_planned_is_hardly_ever_taken_for_done(graded):
    low = [(row, got) for row, got in graded if row["grade"] in ("plan", "shortfall", "none")]
    wrong = [row["text"] for row, got in low if got in DONE]
    assert len(wrong) <= 0.02 * len(low), "\n".join(wrong)
