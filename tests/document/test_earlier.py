"""Clauses that tell of a year before the one reported on."""

import pytest

from audit.document.assemble import understand
from audit.document.model import Text

REPORT = "某县人民政府2023年度法治政府建设情况报告\n\n一、主要工作\n\n县政府扎实推进各项工作。{sentence}\n\n二、下一步打算\n\n继续努力。\n"


def earlier(sentence):
    document = understand(Text(REPORT.format(sentence=sentence)))
    return [document.norm[c.start : c.end] for c in document.clauses if c.earlier]


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年制定的2件规范性文件当年已经报备，今年没有新制定。",
        "继2022年完成800名执法人员轮训之后，持续抓好培训。",
        "去年共受理行政复议案件41件，化解了一批争议。",
    ],
)
def test_a_clause_that_begins_with_an_earlier_year_tells_of_it(sentence):
    assert len(earlier(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年以来累计办理行政复议案件96件。",
        "上年结转7件，全部办结。",
        "2023年受理行政复议案件41件，比去年增长两成。",
        "2020年至2023年培训执法人员900人次。",
        "较2022年压减事项12项。",
    ],
)
def test_a_span_that_reaches_the_year_and_a_comparison_do_not(sentence):
    assert earlier(sentence) == []
