"""The second reader: what words speak for, how firmly, and what of the wrong grades is marked by it."""

import collections
import json
import pathlib
import shutil

import pytest

from audit.checklist.learned import GRADES, load_learned
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.errors import ChecklistError
from audit.matching.find import Engine, compile_library, engine
from audit.matching.review import doubt_of, to_mark
from audit.matching.scan import scan
from audit.matching.second import MOST, SecondReader
from audit.matching.words import boundaries

CASES = pathlib.Path(__file__).parents[1] / "data" / "doubt.json"
REPORT = """某县人民政府2023年度法治政府建设情况报告

一、主要工作
全县行政机关负责人出庭应诉率达到98.6%。
办理行政复议案件52件，直接纠错6件。
"""


@pytest.fixture(scope="module")
def reading():
    machine = engine()
    document = understand(Text(REPORT))
    return SecondReader(scan(document, machine.compiled, machine.search, boundaries), machine.compiled.learned)


def index(name):
    return next(n for n, matter in enumerate(engine().compiled.indicators) if matter.id == name)


def sentence(words):
    document = understand(Text(REPORT))
    at = document.text.index(words)
    return next(n for n, each in enumerate(document.sentences) if each.start <= at < each.end)


def test_a_sentence_speaks_for_its_matter(reading):
    court, review = {sentence("出庭应诉率")}, {sentence("行政复议案件")}
    head, cases = index("head-appearance"), index("reconsideration")
    assert reading.speaks(head, court) > 0 > reading.speaks(head, review)
    assert reading.speaks(cases, review) > 0 > reading.speaks(cases, court)
    assert -MOST <= reading.speaks(index("emergency-plans"), court) < 0


def test_what_is_taken_does_not_speak_elsewhere(reading):
    head, court = index("head-appearance"), {sentence("出庭应诉率")}
    assert reading.elsewhere(head, set(), done=True) > 0 > reading.elsewhere(head, court, done=True)
    assert reading.elsewhere(head, set(), done=False) < 0


def test_odds_of_grades_add_up_and_know_figures(reading):
    shown = next(e for e in engine().find(understand(Text(REPORT))) if e.id == "head-appearance")
    odds = reading.odds(shown.index, shown.evidence[0].match)
    assert sum(odds) == pytest.approx(1)
    assert GRADES[odds.index(max(odds))] == shown.grade == "data"


def test_half_of_the_wrong_grades_are_marked_and_less_than_a_tenth_of_all():
    weights = load_learned(checklist_root()).doubt
    reports = collections.defaultdict(list)
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    for case in cases:
        reports[case["report"]].append((doubt_of(case["signs"], weights), case["wrong"]))
    marked = []
    for rows in reports.values():
        rows.sort(reverse=True)
        marked += rows[: to_mark([doubt for doubt, _ in rows])]
    wrong = sum(case["wrong"] for case in cases)
    assert wrong > 150
    assert len(marked) <= 0.1 * len(cases)
    assert sum(is_wrong for _, is_wrong in marked) >= 0.5 * wrong


def test_without_the_file_nothing_is_marked():
    from audit.checklist.library import load_library

    found = Engine.of(compile_library(load_library(checklist_root()))).find(understand(Text(REPORT)))
    assert not any(entry.review for entry in found)
    assert [entry.grade for entry in found] == [entry.grade for entry in engine().find(understand(Text(REPORT)))]


def test_a_spoilt_file_is_told(tmp_path):
    assert load_learned(tmp_path) is None
    shutil.copy(checklist_root() / "second-reader.json", tmp_path)
    (tmp_path / "second-reader.json").write_text('{"matters": {}}', encoding="utf-8")
    with pytest.raises(ChecklistError) as told:
        load_learned(tmp_path)
    assert "second-reader.json" in str(told.value)
    assert "请从原来的发行包中恢复" in str(told.value)
