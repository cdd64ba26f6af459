"""Role, modality and surroundings decide what an occurrence is worth."""

import pytest

from audit.document.assemble import understand
from audit.document.model import Text

RULES = {"terms": {"主题": ["信用监管"]}, "topics": [{"find": "@主题", "figures": ["次", "%"], "reach": 1}], "mention": ["@主题"]}


@pytest.mark.parametrize(
    "text,grade",
    [
        ("开展信用监管检查46次。", "data"),
        ("开展信用监管,全年检查46次。", "data"),
        ("开展信用监管,健全制度,完善机制,召开会议46次。", "action"),
        ("印发《信用监管办法》。", "action"),
        ("不断完善信用监管。", "mention"),
        ("将于明年开展信用监管检查46次。", "plan"),
        ("信用监管检查仍不够到位。", "shortfall"),
        ("第46次会议研究信用监管。", "mention"),
        ("按照46号令不断完善信用监管。", "mention"),
    ],
)
def test_surroundings(make, text, grade):
    assert make(**RULES)(text).grade == grade


def test_a_bare_name_in_a_plan_is_plan(make):
    assert make(**RULES)(plan="一是做好信用监管、社会治理等工作。").grade == "plan"


def test_done_goes_before_planned(make):
    assert make(**RULES)("开展信用监管检查46次。", "一是推进信用监管。").grade == "data"


def test_a_name_in_a_long_list_is_a_mention(make):
    assert make(**RULES)("完成市场准入、信用监管、质量提升、标准制定等工作。").grade == "mention"


def test_a_figure_whose_clause_has_a_matter_of_its_own_measures_no_other(real):
    def grade(sentence):
        text = f"某县人民政府2023年度法治政府建设情况报告\n\n一、主要工作\n\n{sentence}\n\n二、下一步打算\n\n继续努力。\n"
        return next(s.grade for s in real.find(understand(Text(text))) if s.id == "digital-enforcement")

    assert grade("推进智慧执法，全年召开工作例会9次。") == "mention"
    assert grade("推进智慧执法，全年发放宣传资料9000份。") == "mention"
