"""What holds for every report: exact quotes, evidence that matters, order that does not."""

import pathlib

import pytest

from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.tell import tell_all

ROOT = pathlib.Path(__file__).parents[2]
REPORTS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "tests/data/labelled/reports").glob("*-20*.txt"))
RANK = {"data": 5, "action": 4, "mention": 3, "plan": 2, "shortfall": 1, "none": 0}
WIDE = str.maketrans("(),:;%", "（），：；％")
NARROW = str.maketrans("（），：；％", "(),:;%")


def told(engine, text):
    document = understand(Text(text))
    return {item.id: item for item in tell_all(document, engine.compiled, engine.find(document))}


def grades(engine, text):
    return {name: item.grade for name, item in told(engine, text).items()}


def read(path):
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_quote_stands_where_it_says(real, path):
    text = read(path)
    for item in told(real, text).values():
        pieces = [*item.evidence, *item.metrics, *item.nearest, *([item.nil] if item.nil else [])]
        for piece in pieces:
            assert text[piece.start : piece.end] == piece.quote and piece.quote.strip()
        for piece in item.evidence:
            assert 4 <= len(piece.quote) <= 120
            assert piece.clause_start <= piece.start < piece.end <= max(piece.clause_end, piece.end)
        assert (item.grade == "none") == (not item.evidence)
        assert len(item.nearest) <= 3 and not (item.nearest and item.grade in ("data", "action"))


@pytest.mark.parametrize("path", REPORTS[:4], ids=lambda p: p.stem)
def test_half_and_full_width_give_the_same(real, path):
    text = read(path)
    assert grades(real, text.translate(WIDE)) == grades(real, text.translate(NARROW))


@pytest.mark.parametrize("name", ["wulong-2020", "qingzhen-2022"])
def test_deleting_the_evidence_lowers_the_grade(real, name):
    text = read(ROOT / "seeds" / f"{name}.txt")
    before = told(real, text)
    checked = 0
    for item in before.values():
        if item.grade != "data" or len(item.evidence) > 1 or len(item.metrics) > 1:
            continue
        sentences = understand(Text(text)).sentences
        spans = {(s.start, s.end) for s in sentences for e in item.evidence if s.start <= e.start < s.end}
        cut = text
        for start, end in sorted(spans, reverse=True):
            cut = cut[:start] + cut[end:]
        after = grades(real, cut)[item.id]
        assert RANK[after] <= RANK[item.grade]
        if after != item.grade:
            checked += 1
    assert checked >= 3


def test_reordering_the_parts_changes_no_grade(real):
    head = "某县人民政府关于2023年度法治政府建设情况的报告\n"
    parts = [
        "主要举措和成效\n(一)加强审核。审核行政规范性文件12件。\n(二)化解争议。行政机关负责人出庭应诉率95%。\n",
        "存在的不足\n一是执法装备不足。\n",
        "下一步工作打算\n一是编制重大行政决策事项目录。\n",
    ]
    numbers = "一二三"
    orders = [(0, 1, 2), (1, 0, 2), (2, 0, 1)]
    found = [grades(real, head + "".join(f"{numbers[n]}、{parts[i]}" for n, i in enumerate(order))) for order in orders]
    assert found[0] == found[1] == found[2]
    assert found[0]["normative-legality-review"] == "data" and found[0]["decision-catalogue"] == "plan"


def test_at_most_a_tenth_is_offered_for_review(real):
    for path in REPORTS:
        items = told(real, read(path))
        assert sum(item.needs_review for item in items.values()) <= len(items) // 10
