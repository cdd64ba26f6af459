"""This year's report against last year's."""

from form_corpus import framed

from audit.document.assemble import understand
from audit.document.model import Text
from audit.form import examine

LAST = {
    "year": 2022,
    "text": "健全行政执法与刑事司法衔接机制，定期召开联席会议研究案件移送问题，移送案件9件。全年负责人出庭应诉率为90.2%。",
    "plan_text": "（一）强化应诉。力争负责人出庭应诉率达到95%以上。\n\n（二）规范执法。案卷合格率达到98%以上。",
}
NOW = {
    "year": 2023,
    "text": "健全行政执法与刑事司法衔接机制，定期召开联席会议研究案件移送问题，移送案件12件。全年负责人出庭应诉率为93.5%。",
}


def compared():
    now, last = understand(Text(framed(NOW))), understand(Text(framed(LAST)))
    findings = examine(now, report_year=2023, stage="filed", previous=last)
    return now.text, last.text, findings


def test_carried_over():
    text, old, findings = compared()
    quotes = [entry["quote"] for entry in findings.previous["carried"]]
    assert any("定期召开联席会议研究案件移送问题" in quote for quote in quotes)
    assert not any("习近平法治思想" in quote for quote in quotes)
    for entry in findings.previous["carried"]:
        assert text[entry["start"] : entry["end"]] == entry["quote"]
        assert old[entry["previous"]["start"] : entry["previous"]["end"]] == entry["previous"]["quote"]
        assert 0.9 <= entry["likeness"] <= 1
    assert 0 < findings.previous["share_carried"] <= 1


def test_problems_again():
    _, _, findings = compared()
    assert len(findings.previous["problems_again"]) == 2


def test_targets():
    text, _, findings = compared()
    court, files = findings.previous["targets"]
    assert court["aim"] == "95%以上"
    assert court["reached"] is False
    assert court["now"]["value"] == 93.5
    assert text[court["now"]["start"] : court["now"]["end"]] == court["now"]["quote"]
    assert files["now"] is None
    assert files["reached"] is None


def test_nothing_of_it_among_the_defects():
    _, _, findings = compared()
    assert findings.defects == ()
