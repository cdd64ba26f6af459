"""Single checks: what they say, not only where."""

import pytest
from form_corpus import examined, framed

from audit.document.assemble import understand
from audit.document.model import Text
from audit.form import examine


def found(kind, text, **entry):
    body = framed({"text": text, **entry})
    _, findings = examined(body)
    return [
        (body[d.start : d.end] if d.start is not None else None, d)
        for d in findings.defects
        if d.kind == kind
    ]


@pytest.mark.parametrize(
    "text, formula",
    [
        ("受理纠纷430件，调解成功412件，成功率97.1%。", "412÷430＝95.8%,文中为97.1%"),
        ("清理文件96件，保留61件，废止22件，失效9件，修改6件。", "61＋22＋9＋6＝98,文中总数为96件"),
        ("许可事项由312项压减到287项，减少12%。", "(312－287)÷312＝8.0%,文中为12%"),
        ("上年结转5件，新收60件，审结58件，结转下年8件。", "58＋8＝66"),
        ("出动检查86次，较上年的72次增加16次。", "86－72＝14,文中为16次"),
    ],
)
def test_sum_is_shown(text, formula):
    (_, defect), *rest = found("arithmetic", text)
    assert formula in defect.why
    assert rest == []


@pytest.mark.parametrize(
    "rate, fine",
    [("97.4%", True), ("97.5%", True), ("97%", True), ("98%", True), ("97.3%", False), ("96%", False)],
)
def test_rounding_and_truncation_pass(rate, fine):
    """264÷271 is 97.417%: one unit of the last digit shown is allowed."""
    assert (found("arithmetic", f"受理纠纷271件，调解成功264件，成功率{rate}。") == []) is fine


def test_numbering_says_what_is_missing():
    ((quote, defect),) = found(
        "numbering", "一是建机制，出台文件6件。二是强队伍，培训300人。四是抓落实，督查5次。"
    )
    assert quote.startswith("四是抓落实")
    assert defect.why == "“四是”之前缺“三是”"


def test_every_lost_mark_of_a_sentence_is_one_defect():
    ((quote, _),) = found("punctuation", "通过老带新”“技能练兵”“跟班学习等形式，强化实务技能。")
    assert "老带新”“技能练兵”“跟班学习" in quote


def test_identity_number_says_how_sure():
    (_, right), *_ = found("privacy", "申请人身份证号11010519491231002X已登记。")
    (_, wrong), *_ = found("privacy", "申请人身份证号110105194912310021已登记。")
    assert "校验位相符" in right.why
    assert "校验位不符" in wrong.why


def test_published_text_gets_hints_only():
    text = framed({"text": "深化“放管服改革，联系人手机13912345678。"})
    document = understand(Text(text))
    filed = examine(document, report_year=2023, stage="filed")
    published = examine(document, report_year=2023, stage="published")
    assert {d.kind for d in filed.defects} == {"punctuation", "privacy"}
    assert all(d.scored for d in filed.defects)
    assert {d.kind for d in published.defects} == {"punctuation", "privacy"}
    assert not any(d.scored for d in published.defects)
    assert all("可能为网页复制所致,请与原件核对" in d.why and d.severity == "note" for d in published.defects)


@pytest.mark.parametrize(
    "text, year, flagged",
    [
        ("坚持以习近平新时代中国特色社会主义思想和法治思想为指导，开展学习6次。", 2023, True),
        ("深入学习贯彻习近平法制思想，开展学习6次。", 2023, True),
        ("深入学习贯彻习近平法治思想，开展学习6次。", 2023, False),
        ("深入学习贯彻习近平法治思想，开展学习6次。", 2018, True),
        ("坚决做到“两个维护”，深刻领悟“两个确立”的决定性意义。", 2023, False),
        ("坚决做到“两个确立”，召开会议3次。", 2023, True),
        ("认真学习贯彻党的二十届三中全会精神，宣讲60场。", 2022, True),
        ("认真学习贯彻党的二十大精神，宣讲60场。", 2023, False),
    ],
)
def test_political_phrases_are_shown_and_never_scored(text, year, flagged):
    hits = [
        d
        for _, d in found("political", text, year=year)
        if "法治思想”前" not in d.why or "和法治思想" in text
    ]
    if year == 2018:
        assert hits
        return
    assert bool(hits) is flagged
    assert all(not d.scored and d.severity == "note" and d.why.startswith("请人工核对") for d in hits)


@pytest.mark.parametrize(
    "text, word",
    [
        ("恳请上级增加行政编制和工作经费支持解决执法力量不足问题。", "请示"),
        ("截止2023年底，全县共办理案件320件。", "截至"),
    ],
)
def test_hints(text, word):
    _, findings = examined(framed({"text": text}))
    assert any(word in hint.why for hint in findings.hints)
    assert all(not hint.scored for hint in findings.hints)


def test_length_over_the_limit():
    document = understand(Text(framed({"text": "办理案件320件。"})))
    findings = examine(document, report_year=2023, stage="filed", limit=100)
    assert any("超过规定的100字" in hint.why for hint in findings.hints)


def test_empty_and_strange_texts():
    for text in ("", "\n\n", "一、", "（", "“”", "100%", "一是\n二是\n", "a" * 3000, "2023年" * 500):
        document = understand(Text(text))
        examine(document, report_year=None, stage="draft", previous=document)


def test_likeness_is_the_common_subsequence_of_both() -> None:
    from rapidfuzz.distance import Indel

    from audit.form.duplicates import likeness

    pairs = [
        ("", ""),
        ("行政复议", ""),
        ("行政复议案件", "行政复议案件"),
        ("受理行政复议案件12件", "共受理复议案件13件"),
        ("开展执法检查三次并通报结果", "通报结果,三次检查执法"),
    ]
    for one, two in pairs:
        assert likeness(one, two) == Indel.normalized_similarity(one, two)
