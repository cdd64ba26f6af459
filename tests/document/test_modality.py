"""Promises and admitted faults among the results, told from what only sounds so."""

import pytest

from audit.document.assemble import understand
from audit.document.model import Text

FRAME = "某县人民政府2023年度法治政府建设情况报告\n\n一、主要工作\n\n{}\n\n二、下一步打算\n\n继续努力。\n"
CASES = [
    ("基层执法力量仍显薄弱。", "fault"),
    ("基层执法力量仍然薄弱。", "fault"),
    ("部门之间衔接不够顺畅。", "fault"),
    ("平台功能不完善。", "fault"),
    ("执法装备老化。", "fault"),
    ("部分司法所缺编缺人。", "fault"),
    ("有的单位对规范性文件报备不及时。", "fault"),
    ("个别执法人员业务能力还有差距。", "fault"),
    ("法治审核人员配备仍显不足。", "fault"),
    ("将在机构改革完成后尽快修订权责清单。", "future"),
    ("待省级清单印发后及时制定县级清单。", "future"),
    ("拟于年底前建成投用。", "future"),
    ("2024年起将全面推行。", "future"),
    ("将行政执法事项纳入清单管理。", "done"),
    ("平台计划明年上半年投入使用。", "future"),
    ("力争年内完成。", "future"),
    ("将基层薄弱的执法力量下沉到一线。", "done"),
    ("下一步将打通接口36个。", "future"),
    ("拟提请市人大常委会审议。", "future"),
    ("待遇保障逐步提高。", "done"),
    ("开展“将军井”普法活动3场。", "done"),
    ("预计2024年上半年上线。", "future"),
    ("老化管网改造完成12公里。", "done"),
    ("对设施老化的小区依法督促整改。", "done"),
    ("工作机制还不够健全。", "fault"),
    ("信息化水平有待提高。", "fault"),
    ("解决了平台功能不完善的问题。", "done"),
    ("数据壁垒尚未打通。", "fault"),
    ("将依托政务云平台推动数据共享。", "future"),
    ("将组织各单位开展自查。", "future"),
    ("将研究制定实施细则。", "future"),
    ("将开展合法性审查情况纳入年度考核。", "done"),
    ("将依法行政工作经费列入财政预算。", "done"),
    ("拟于2026年上半年出台办法。", "future"),
    ("对拟出台的12件文件开展审查。", "done"),
    ("败诉率仍低于全市平均水平问题依然存在。", "fault"),
    ("执法人员业务水平参差不齐。", "fault"),
    ("司法所工作人员身兼数职。", "fault"),
    ("聚焦执法不规范、案卷不完整等问题开展整治。", "done"),
    ("责令8家单位对报备不及时问题限期整改。", "done"),
]


def modalities(sentence):
    document = understand(Text(FRAME.format(sentence)))
    return [c.modality for c in document.clauses if c.role == "achievements" and not c.heading]


@pytest.mark.parametrize(("sentence", "modality"), CASES, ids=[case[0] for case in CASES])
def test_a_clause_of_the_results_is_done_promised_or_lacking(sentence, modality):
    assert set(modalities(sentence)) == {modality}


def test_what_is_mended_is_no_fault():
    assert modalities("针对基层力量薄弱问题，新招录12人。") == ["done", "done"]


def test_a_promise_goes_on_over_its_sentence():
    assert modalities("明年将全面推行柔性执法，完善免罚清单。") == ["future", "future"]


def test_what_is_under_way_is_neither_promised_nor_finished():
    document = understand(Text(FRAME.format("实施方案正在制定，应急预案已形成征求意见稿，数据目录已编制完成。")))
    told = [c for c in document.clauses if c.role == "achievements" and not c.heading]
    assert [c.modality for c in told] == ["done"] * 3
    assert [c.under_way for c in told] == [True, True, False]
