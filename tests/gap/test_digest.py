"""素材摘编: sentences, figures, sums over equal scope, search."""

from __future__ import annotations

from typing import Any

from gap_cases import made

from audit.gap.blocks import Table
from audit.gap.digest import Figure, Topic, gather, paper, sums
from audit.gap.load import of_results
from audit.gap.write import WRITERS
from audit.result import Metric


def metric(value: float, **more: Any) -> Metric:
    given = {"key": "plans", "name": "应急预案数", "unit": "count", "quote": "x", "start": 0, "end": 1} | more
    return Metric(value=value, **given)


def test_sums_only_over_equal_scope() -> None:
    topic = Topic("预案")
    topic.figures = [
        Figure("甲", metric(3), ""), Figure("乙", metric(4), ""), Figure("丙", metric(9, scope="市本级"), ""),
        Figure("丁", metric(100, approx=True), ""), Figure("戊", metric(50, mixed=True), ""),
        Figure("己", metric(1), ""), Figure("己", metric(2), ""),
        Figure("甲", metric(90, key="rate", name="率", unit="percent"), ""), Figure("乙", metric(91, key="rate", name="率", unit="percent"), ""),
    ]  # fmt: skip
    assert sums(topic) == [("应急预案数", "all", 2, 7, 3, 4)]


def test_sentences_are_the_reports_own_in_order() -> None:
    roster = [{"body": "乙县人民政府", "order": 1}, {"body": "甲县人民政府", "order": 2}]
    found = of_results([made("甲县人民政府"), made("乙县人民政府")], roster)
    digest = gather(found, 2023, ["行政复议办案"])
    [topic] = digest.topics.values()
    assert list(dict.fromkeys(row[0] for row in topic.quotes)) == ["乙县人民政府", "甲县人民政府"]
    assert found[0].load is not None
    result = found[0].load()
    assert result is not None
    text = " ".join(result.document.text.split())
    assert all(" ".join(quote.split()) in text for _, _, quote, _ in topic.quotes)
    tables = {block.name: block for block in paper(digest).blocks if isinstance(block, Table)}
    assert {"原句表", "数据表", "合计表"} == set(tables)
    for name in WRITERS:
        assert WRITERS[name](paper(digest)) == WRITERS[name](paper(gather(found, 2023, ["行政复议办案"])))


def test_search_needs_all_words_in_one_sentence() -> None:
    found = of_results([made("甲县人民政府")])
    hits = gather(found, 2023, ["reconsideration"], "出庭 应诉").found
    assert hits and all("出庭" in sentence and "应诉" in sentence for _, sentence, _ in hits)
    assert gather(found, 2023, words="绝没有的词").found == []
    assert "没有找到。" in [getattr(block, "text", "") for block in paper(gather(found, 2023, words="绝没有的词"), "绝没有的词").blocks]
