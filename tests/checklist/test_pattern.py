import pytest

from audit.checklist.pattern import PatternError, expand, parse


def test_braces_expand_to_every_literal():
    assert expand("审{核|查}") == ("审查", "审核")
    assert expand("{行政|}规范性文件") == ("行政规范性文件", "规范性文件")
    assert expand("{a|b{c|d}}") == ("a", "bc", "bd")


@pytest.mark.parametrize("term", ["审{核|查", "核}", "a|b"])
def test_unpaired_braces_are_told_with_a_remedy(term):
    with pytest.raises(PatternError, match="审{核"):
        expand(term)


def test_a_chain_keeps_order_relations_and_gaps():
    pattern = parse("^@主题 >12 审核 & #件|份=normative_reviewed")
    first, second, third = pattern.elements
    assert first.lead and first.name == "@主题"
    assert second.kind == "term"
    assert (third.kind, third.units, third.metric) == ("figure", ("件", "份"), "normative_reviewed")
    assert pattern.relations == (">", "&") and pattern.gaps == (12, 140)


@pytest.mark.parametrize(
    "text,said",
    [
        ("", "模式为空"),
        ("> 审核", "前后应各有一个词语"),
        ("审核 文件", "缺少关系符"),
        ("审核 >", "以关系符结尾"),
        ("#件 > #份", "只有数字"),
        ("审核 > #", "缺少单位"),
        ("《办法 > 审核", "书名号不成对"),
    ],
)
def test_faulty_patterns_say_what_is_wrong_in_chinese(text, said):
    with pytest.raises(PatternError, match=said):
        parse(text)
