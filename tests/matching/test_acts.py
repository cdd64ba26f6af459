"""Verbs of finished acts: what lifts a matter to `action`, and the nouns that only look like one."""

import pytest

from audit.checklist.indicators import Example, Examples, Indicator
from audit.checklist.library import load_library
from audit.matching.compile import compile_indicators
from audit.matching.examples import document_of
from audit.matching.find import Engine


def _grade(text: str) -> str:
    example = Example(text=text, grade="none")
    indicator = Indicator(
        id="matter", title="矛盾纠纷", asks="", topics=["矛盾纠纷"], examples=Examples(hit=[example], miss=[example])
    )
    lexicon = load_library(only=[]).lexicon
    engine = Engine.of(compile_indicators([indicator], lexicon, {}))
    return engine.find(document_of(example))[0].grade


@pytest.mark.parametrize("text", ["引导社会组织参与矛盾纠纷化解。", "加强组织领导,推动矛盾纠纷源头化解。"])
def test_a_verb_inside_a_noun_is_no_act(text: str) -> None:
    assert _grade(text) == "mention"


def test_the_verb_itself_is_one() -> None:
    assert _grade("组织网格员入户排查矛盾纠纷。") == "action"
