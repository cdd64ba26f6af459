"""A problem is answered by measures of its own matter."""

from audit.document.assemble import understand
from audit.document.model import Text
from audit.form import examine

REPORT = """某县人民政府2023年度法治政府建设情况报告

一、主要工作

扎实推进各项工作。

二、存在的问题

一是基层执法力量薄弱。
二是数据没有打通。
三是普法形式单一。
四是司法所人员不足。

三、下一步工作打算

一是加强法律顾问队伍建设。
二是创新普法方式。
三是优化营商环境。
四是充实一线执法人员。
五是为司法所配齐工作人员。
"""


def test_measures_of_the_same_matter_answer_a_problem():
    document = understand(Text(REPORT))
    found = examine(document, report_year=2023, stage="filed", previous=None)
    told = {
        document.text[pair.problem.start + 2 : pair.problem.end]: [document.text[m.start + 2 : m.end] for m in pair.measures]
        for pair in found.pairs
    }
    assert told == {
        "基层执法力量薄弱": ["充实一线执法人员"],
        "数据没有打通": [],
        "普法形式单一": ["创新普法方式"],
        "司法所人员不足": ["为司法所配齐工作人员"],
    }
