import pathlib
import shutil

import pytest

from audit.checklist.library import load_library
from audit.checklist.lint import lint_library
from audit.data import checklist_root
from audit.errors import ChecklistError

GOOD = """id: demo
title: 示范
asks: 报告写到示范
terms:
  主题: [示范事项]
topics:
  - {find: "@主题", figures: [件]}
examples:
  hit:
    - {text: "办理示范事项12件。", grade: data}
  miss:
    - {text: "办理其他事项12件。", grade: none}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "indicators").mkdir()
    shutil.copy(checklist_root() / "lexicon.yaml", tmp_path / "lexicon.yaml")

    def put(text, name="demo"):
        (tmp_path / "indicators" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return put


def faults(root: pathlib.Path) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        load_library(root)
    return caught.value.faults


def test_a_good_file_loads(folder):
    assert [i.id for i in load_library(folder(GOOD)).indicators] == ["demo"]


def test_an_indicator_without_near_misses_does_not_load(folder):
    said = faults(folder(GOOD.split("  miss:")[0]))
    assert any("miss" in line for line in said)


def test_all_faults_of_a_file_are_told_at_once_with_line_and_remedy(folder):
    text = GOOD.replace("asks:", "ask:").replace("grade: data", "grade: gold").replace('"@主题"', '"@没有 >"')
    said = faults(folder(text))
    assert len(said) >= 3
    assert all("demo.yaml:" in line and ";" in line for line in said)
    assert any("asks" in line for line in said)


def test_double_keys_are_faults(folder):
    assert any("重复" in line for line in faults(folder(GOOD + "title: 又一个\n")))


def test_unknown_sets_and_metrics_are_told_with_their_line(folder):
    text = GOOD.replace("topics:", 'data:\n  - "@主题 > #件=nowhere"\n  - "@别处 > #件"\ntopics:')
    said = faults(folder(text))
    assert any(":7:" in line and "nowhere" in line for line in said)
    assert any(":8:" in line and "@别处" in line for line in said)


def test_file_name_and_identifier_must_agree(folder):
    assert any("改名为 demo.yaml" in line for line in faults(folder(GOOD, "other")))


def codes(root, asked=("demo",)):
    return {issue.code for issue in lint_library(load_library(root), asked) if "lexicon" not in issue.file}


def test_lint_is_silent_on_a_good_file(folder):
    assert codes(folder(GOOD)) == set()


@pytest.mark.parametrize(
    "old,new,code",
    [
        ("topics:", "mention:\n  - \"@主题\"\n  - \"@主题\"\ntopics:", "doubled"),
        ("  主题: [示范事项]", "  主题: [示范事项]\n  闲置: [没人用的词]", "unused-set"),
        ("[示范事项]", "[示范事项, 示范（全角）]", "never"),
        ("[示范事项]", "[示范事项, 示范事项]", "doubled-term"),
        ("figures: [件]", "figures: [件儿]", "unknown-unit"),
        ("topics:", 'data:\n  - "@主题 > #件儿"\ntopics:', "unknown-unit"),
    ],
)
def test_lint_finds(folder, old, new, code):
    assert code in codes(folder(GOOD.replace(old, new, 1)))


def test_lint_finds_indicators_that_nothing_asks_for(folder):
    assert "unasked" in codes(folder(GOOD), asked=())
