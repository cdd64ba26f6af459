"""What names the matter of a sentence: the heading, the opening of the item, the clauses before a semicolon."""

from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.scan import _leads

REPORT = (
    "一、主要举措和成效\n(一)化解争议\n"
    "收到行政复议申请9件,受理7件;审结6件,维持4件;另有1件正在审理。应诉案件14件。\n二、存在的问题\n"
)


def _lead_texts(part: str) -> list[str]:
    document = understand(Text(REPORT))
    index = next(i for i, s in enumerate(document.sentences) if part in document.text[s.start : s.end])
    return [
        document.text[document.sentences[number].start : document.sentences[number].end]
        for number in _leads(document)[index]
    ]


def test_a_semicolon_carries_the_matter_on() -> None:
    assert any("行政复议申请" in lead for lead in _lead_texts("审结6件"))
    assert any("行政复议申请" in lead for lead in _lead_texts("正在审理"))


def test_a_full_stop_ends_it() -> None:
    leads = _lead_texts("应诉案件14件")
    assert not any("行政复议申请" in lead for lead in leads)
    assert any("化解争议" in lead for lead in leads)
