"""Role, modality and surroundings decide what an occurrence is worth."""

import pytest

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
