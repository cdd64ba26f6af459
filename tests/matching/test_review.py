"""Grades that a person should look at: few, and those that are most often wrong."""

import pathlib

import pytest

from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.find import engine
from audit.matching.review import SHARE

REPORTS = pathlib.Path(__file__).parents[1] / "data" / "labelled" / "reports"
HEAD = "某县人民政府2023年度法治政府建设情况报告\n\n一、主要工作\n\n"


def shown(sentence, name):
    document = understand(Text(HEAD + sentence + "\n\n二、下一步打算\n\n继续努力。\n"))
    return next(entry for entry in engine().find(document) if entry.id == name)


def test_a_bare_mention_beside_figures_is_more_doubtful_than_one_alone():
    alone = shown("加强政务诚信建设。", "integrity")
    beside = shown("加强政务诚信建设，全年召开例会9次。", "integrity")
    assert alone.grade == beside.grade == "mention"
    assert beside.doubt > alone.doubt


def test_a_figure_of_a_rule_of_its_own_is_hardly_doubtful():
    found = shown("全县行政机关负责人出庭应诉率达到98.6%。", "head-appearance")
    assert found.grade == "data"
    assert found.doubt < 0.1
    assert not found.review


@pytest.mark.parametrize("name", ["wulong-2020", "qijiang-justice-2023"])
def test_at_most_a_tenth_is_marked(name):
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8-sig")
    found = engine().find(understand(Text(text)))
    marked = [entry for entry in found if entry.review]
    assert 0 < len(marked) <= len(found) * SHARE
    observed = {matter.id for matter in engine().compiled.indicators if matter.observed}
    assert not observed & {entry.id for entry in marked}
    rest = [entry.doubt for entry in found if not entry.review and entry.id not in observed]
    assert min(entry.doubt for entry in marked) >= max(rest)
