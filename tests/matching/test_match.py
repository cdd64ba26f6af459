"""Elements, order, distance, and what must not stand beside them."""

import pytest


@pytest.mark.parametrize(
    "pattern,text,grade",
    [
        ("审核 > 文件", "审核文件。", "action"),
        ("审核 > 文件", "文件审核。", "none"),
        ("审核 + 文件", "文件审核。", "action"),
        ("审核 > 文件", "审核合同,文件另行处理。", "none"),
        ("审核 >> 文件", "审核合同,文件另行处理。", "action"),
        ("审核 >> 文件", "审核合同。文件另行处理。", "none"),
        ("文件 & 审核", "审核合同,文件另行处理。", "action"),
        ("审核 ~ 文件", "审核有关文件。", "action"),
        ("审核 ~ 文件", "审核了来自各方面的文件。", "none"),
        ("审核 >3 文件", "审核来自各方面的文件。", "none"),
        ("审{核|查} > 文件", "审查文件。", "action"),
        ("印发 > 《》", "印发《若干规定》。", "action"),
        ("印发 > 《文件》", "印发《文件管理办法》。", "action"),
        ("印发 > 《文件》", "印发《若干规定》,说明文件要求。", "none"),
    ],
)
def test_relations(make, pattern, text, grade):
    assert make(action=[pattern])(text).grade == grade


def test_full_width_writing_is_the_same(make):
    look = make(terms={"主题": ["村(居)顾问"]}, topics=[{"find": "@主题", "figures": ["人"]}])
    assert look("聘请村（居）顾问１２名。").grade == look("聘请村(居)顾问12名。").grade == "data"


def test_masks_and_unless_refuse(make):
    look = make(action=[{"find": "备案", "unless": ["项目"]}], masks=["备案登记处"])
    assert look("完成备案。").grade == "action"
    assert look("完成项目备案。").grade == "none"
    assert look("走访备案登记处。").grade == "none"


def test_the_matter_may_stand_in_the_heading_of_the_item(make):
    look = make(data=["^复议 > 办结 > #件"])
    assert look("二是加强复议工作。畅通渠道,办结23件案件。").grade == "data"
    assert look("二是加强应诉工作。畅通渠道,办结23件案件。").grade == "none"


def test_bounded_terms_need_word_boundaries(make):
    look = make(mention=["=政协"])
    assert look("接受政协监督。").grade == "mention"
    assert look("审查行政协议。").grade == "none"
