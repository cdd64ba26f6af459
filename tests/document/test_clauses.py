from __future__ import annotations

from pathlib import Path

import pytest

from audit.document.clauses import split
from audit.document.context import later_years
from audit.document.model import Clause, Part, Sentence
from audit.document.normal import normalise
from audit.document.paragraphs import divide
from audit.document.roles import find_parts

DATA = Path(__file__).parent.parent / "data"
LETTERS = {"done": "d", "future": "f", "fault": "x"}


def of(text: str, year: int | None = 2023, role: str = "") -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    norm = normalise(text)
    paragraphs = divide(text, norm)
    parts = (
        (Part(role, "", 0, len(text)),)  # type: ignore[arg-type]
        if role
        else find_parts(text, norm, paragraphs, report_year=year)
    )
    return split(text, norm, paragraphs, parts, report_year=year)


def cases() -> list[tuple[str, str]]:
    lines = (DATA / "modality.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(line.rsplit("|", 1)) for line in lines if "|" in line and not line.startswith("#")]  # type: ignore[misc]


@pytest.mark.parametrize(("sentence", "letters"), cases())
def test_modality_among_the_results(sentence: str, letters: str) -> None:
    _, clauses = of(sentence, role="achievements")
    assert "".join(LETTERS[c.modality] for c in clauses) == letters
    for c in clauses:
        assert (c.cue is None) == (c.modality == "done")


def test_the_part_decides_in_plan_and_problems() -> None:
    _, plan = of("已建成平台，出台办法3件。", role="plan")
    assert [c.modality for c in plan] == ["future", "future"]
    _, problems = of("办结案件23件，仍有2件未结。", role="problems")
    assert [c.modality for c in problems] == ["fault", "fault"]


def test_the_cue_is_a_place_in_the_text() -> None:
    text = "《办法》已完成征求意见，将于明年提请审议。"
    _, clauses = of(text, role="achievements")
    cue = clauses[1].cue
    assert cue is not None
    assert text[cue.start : cue.end] == "将"


def test_a_later_year_is_known_only_with_the_year_reported_on() -> None:
    text = "平台在2024年上半年建成投用。"
    assert [c.modality for c in of(text, 2023, "achievements")[1]] == ["future"]
    assert [c.modality for c in of(text, 2024, "achievements")[1]] == ["done"]
    assert [c.modality for c in of(text, None, "achievements")[1]] == ["done"]
    assert later_years(None) == "(?!)"


def test_a_part_may_change_within_a_sentence() -> None:
    text = "一、工作情况\n审查合同3份。\n二、存在问题\n一是法律意识不强，要加强学法普法力度。\n三、下步打算\n抓好落实。"
    _, clauses = of(text)
    roles = {text[c.start : c.end]: (c.role, c.modality) for c in clauses}
    assert roles["一是法律意识不强"] == ("problems", "fault")
    assert roles["要加强学法普法力度"] == ("plan", "future")


TEXT = (
    "一、主要工作\n（一）良法善治\n二是加强行政复议工作。收案30件，办结23件。三是做好应诉。出庭6次。\n"
    "推进权责清单规范化。公布清单312项。动态调整26项。\n"
    "（二）规范执法。组织培训2期；考试1次。\n二、存在的问题\n人员不足。"
)


def test_sentences_know_the_item_that_they_belong_to() -> None:
    sentences, _ = of(TEXT)
    words = [TEXT[s.start : s.end] for s in sentences]
    item = {w: (words[s.item] if s.item >= 0 else None) for w, s in zip(words, sentences, strict=True)}
    assert item["一、主要工作"] is None
    assert item["（一）良法善治"] == "（一）良法善治"
    assert item["收案30件，办结23件。"] == "二是加强行政复议工作。"
    assert item["出庭6次。"] == "三是做好应诉。"
    assert item["公布清单312项。"] == "推进权责清单规范化。"
    assert item["考试1次。"] == "（二）规范执法。"
    assert item["人员不足。"] is None


def test_sentences_and_clauses_fit_together() -> None:
    sentences, clauses = of(TEXT)
    paragraphs = divide(TEXT, normalise(TEXT))
    for number, s in enumerate(sentences):
        inside = clauses[s.first_clause : s.last_clause]
        assert inside
        assert all(c.sentence == number and s.start <= c.start < c.end <= s.end for c in inside)
        assert paragraphs[s.paragraph].start <= s.start < s.end <= paragraphs[s.paragraph].end
    assert sum(s.last_clause - s.first_clause for s in sentences) == len(clauses)
    assert all(a.end <= b.start for a, b in zip(clauses, clauses[1:], strict=False))


def test_headings_are_marked() -> None:
    _, clauses = of(TEXT)
    assert [TEXT[c.start : c.end] for c in clauses if c.heading] == [
        "一、主要工作",
        "（一）良法善治",
        "（二）规范执法",
        "二、存在的问题",
    ]


def test_what_is_only_intended_in_a_list_of_figures_stands_alone() -> None:
    text = "清理规范性文件119件，继续有效98件、废止17件、拟修改4件。"
    _, clauses = of(text, role="achievements")
    told = {text[c.start : c.end]: c.modality for c in clauses}
    assert told["继续有效98件、废止17件"] == "done"
    assert told["拟修改4件"] == "future"
