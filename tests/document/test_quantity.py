"""Every number of a text is read with its value, unit and kind."""

from __future__ import annotations

import time

import pytest

from audit.document.model import Quantity
from audit.document.normal import normalise
from audit.document.quantity import find_quantities, is_figure, is_level


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, normalise(text))


def shown(text: str) -> list[tuple[float, str, str]]:
    return [
        (q.value, q.unit, q.kind + ("~" if q.approx else "") + ("!" if q.implied else "")) for q in read(text)
    ]


LEVELS = [
    # counts
    ("办理行政复议案件8628件", 8628, "件", ""),
    ("受理审批服务办件106.89万件", 1068900, "件", ""),
    ("办件量超过2.6亿件", 260000000, "件", "~"),
    ("举办宣传宣讲10万余场次", 100000, "场次", "~"),
    ("惠及群众3.2万余人次", 32000, "人次", "~"),
    ("代办各类事项近4000件", 4000, "件", "~"),
    ("制作并送达法律文书120余件次", 120, "件次", "~"),
    ("提出修改意见540多条", 540, "条", "~"),
    ("提出修改意见一百来条", 100, "条", "~"),
    ("全年调处各类纠纷一百余起", 100, "起", "~"),
    ("提出修改意见七百余条", 700, "条", "~"),
    ("聘请的两名法律顾问", 2, "名", ""),
    ("继续聘请一名执业律师", 1, "名", ""),
    ("二十三个部门参与", 23, "个", ""),
    ("一千二百六十三件规范性文件", 1263, "件", ""),
    ("十余万件", 100000, "件", "~"),
    ("数十家企业", 10, "家", "~"),
    ("几十件次", 10, "件次", "~"),
    ("上百场宣讲", 100, "场", "~"),
    ("采纳近百条", 100, "条", "~"),
    ("千余名干部旁听", 1000, "名", "~"),
    ("受教育群众超万人次", 10000, "人次", "~"),
    ("惠及购房人六千多户", 6000, "户", "~"),
    ("十几件案件", 10, "件", "~"),
    ("二三十件案件", 20, "件", "~"),
    ("走访三五家企业", 3, "家", "~"),
    ("全年入库登记1870余件(批)", 1870, "件", "~"),
    ("颁发证书18.7万本（份）", 187000, "本", ""),
    ("办结3件(次)", 3, "件次", ""),
    ("不少于三名", 3, "名", "~"),
    ("退回重拟的不下20份", 20, "份", "~"),
    ("注册用户突破610万户", 6100000, "户", "~"),
    ("主动公开信息1,234,567条", 1234567, "条", ""),
    ("主动公开信息１．１５万余条", 11500, "条", "~"),
    ("选择1至2项决策", 1, "项", "~"),
    ("抽查3~5家单位", 3, "家", "~"),
    ("安排任务5大类", 5, "类", ""),
    ("推出12个方面", 12, "个", ""),
    ("覆盖13乡镇", 13, "乡镇", ""),
    ("64镇街全部完成", 64, "镇街", ""),
    ("核定编制共215名", 215, "名", ""),
    ("考核占4分", 4, "分", ""),
    ("公众满意度得分92.5分", 92.5, "分", ""),
    ("恢复草原植被1.9万亩", 19000, "亩", ""),
    ("拆除违法建筑4.3万平方米", 43000, "平方米", ""),
    ("减少对守信企业检查320余次", 320, "次", "~"),
    ("先后两次对规范性文件进行清理", 2, "次", ""),
    ("注销不再从事执法工作人员的证件2.1万个", 21000, "个", ""),
    # rates
    ("出庭应诉率跃升至90.45%", 90.45, "%", ""),
    ("出庭应诉率达到95％以上", 95, "%", "~"),
    ("纠错率0%", 0, "%", ""),
    ("达到百分之九十五", 95, "%", ""),
    ("达到百分之九十五点三", 95.3, "%", ""),
    ("做到百分之百", 100, "%", ""),
    ("回复率百分百", 100, "%", ""),
    ("占全部行政案件的四成", 40, "%", ""),
    ("接近七成", 70, "%", "~"),
    ("五成多案件", 50, "%", "~"),
    ("占三成以上", 30, "%", "~"),
    ("出庭率四成有余", 40, "%", "~"),
    ("平均办理时间比法定时限压缩了六成半", 65, "%", ""),
    ("七八成的案件", 70, "%", "~"),
    ("超过三分之一的区县", 33.33, "%", "~"),
    ("五分之四的街道", 80, "%", ""),
    ("占一半以上", 50, "%", "~"),
    ("半数以上的案件", 50, "%", "~"),
    ("过半数的部门", 50, "%", "~"),
    ("达90%—95%", 90, "%", "~"),
    ("约占1/3", 33.33, "%", "~"),
    ("时限比法定时限平均缩减70%以上", 70, "%", "~"),
    ("平均减时间72.3%", 72.3, "%", ""),
    ("比法定时间缩短94.29%", 94.29, "%", ""),
    ("行政许可承诺时限压减一半", 50, "%", ""),
    ("办理时限较法定时限减少60%", 60, "%", ""),
    ("同比增长25%,达到95%"[7:], 95, "%", ""),
    ("较上年下降2.6个百分点，降到18.9%"[-8:], 18.9, "%", ""),
    ("案件量较上年减至62件", 62, "件", ""),
    ("上年结转7件", 7, "件", ""),
]


@pytest.mark.parametrize(("text", "value", "unit", "vague"), LEVELS, ids=[case[0] for case in LEVELS])
def test_a_level_is_read(text: str, value: float, unit: str, vague: str) -> None:
    assert shown(text)[0] == (pytest.approx(value), unit, "level" + vague)
    assert is_level(read(text)[0])


CHANGES = [
    ("负责人出庭应诉率同比增加25%", 25, "%"),
    ("较上年提高2.4个百分点", 2.4, "个百分点"),
    ("优良率提高零点五个百分点", 0.5, "个百分点"),
    ("败诉率再降0.5个百分点", 0.5, "个百分点"),
    ("比上年增加9件", 9, "件"),
    ("比上年少3件", 3, "件"),
    ("比上年多了一百来件", 100, "件"),
    ("较改革前精简5个", 5, "个"),
    ("群众重复信访总量比上年减少三分之一", 33.33, "%"),
    ("刑事警情同比下降两成以上", 20, "%"),
    ("全乡持证人员较上年翻了一番", 1, "番"),
    ("与上一年相比接近翻番", 100, "%"),
    ("比年初净增3110户", 3110, "户"),
    ("物业类投诉下降37%", 37, "%"),
    ("减幅达68%", 68, "%"),
    ("增幅为12.5%", 12.5, "%"),
    ("入企检查频次同比降了31.4%", 31.4, "%"),
    ("同比多出近一倍", 1, "倍"),
    ("比2019年增加120件", 120, "件"),
    ("满意度提升5.2%", 5.2, "%"),
    ("实现了25%的增长", 25, "%"),
    ("比上年前进3位", 3, "位"),
    ("办件量增长1.5倍", 1.5, "倍"),
    ("审批环节同比压减20%", 20, "%"),
]


@pytest.mark.parametrize(("text", "value", "unit"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_change_is_told_from_a_level(text: str, value: float, unit: str) -> None:
    one = read(text)[-1]
    assert (one.value, one.unit, one.kind) == (pytest.approx(value), unit, "change")
    assert is_figure(one) and not is_level(one)


OTHERS = [
    ("第三次会议", "ordinal"),
    ("区政府第116次常务会议", "ordinal"),
    ("列第5位", "ordinal"),
    ("2023年度", "date"),
    ("2021—2025年", "date"),
    ("20212025年", "date"),
    ("2 0 1 9年度", "date"),
    ("二〇二三年", "date"),
    ("二○一八年度", "date"),
    ("3月4日、9日", "date"),
    ("1至6月", "date"),
    ("2021-04-06 16:42", "date"),
    ("2019/3/8 11:30:01", "date"),
    ("9月底", "date"),
    ("一季度", "date"),
    ("〔2020〕27号", "docno"),
    ("[2020]27号", "docno"),
    ("国务院令第713号", "docno"),
    ("第十二条", "docno"),
    ("“1+7+N”模式", "name"),
    ("“1361”体系", "name"),
    ("“885”工作体系", "name"),
    ("“7·12”灾害", "name"),
    ("4·15国家安全教育日", "name"),
    ("12345政务服务便民热线", "name"),
    ("12389举报平台", "name"),
    ("三项制度", "name"),
    ("四个亲自", "name"),
    ("两降一保", "name"),
    ("一规划两纲要", "name"),
    ("二十届三中全会", "name"),
    ("十九大", "name"),
    ("三重一大", "name"),
    ("4A级景区", "name"),
    ("建国70周年", "name"),
    ("13800138000", "name"),
    ("6213×××", "name"),
    ("7×24小时服务", "name"),
    ("15日内报备", "duration"),
    ("压缩到5个工作日以内", "duration"),
    ("1.13天", "duration"),
    ("6至12个月观察期", "duration"),
    ("由48小时缩短至4小时", "duration"),
    ("三年行动", "duration"),
]


@pytest.mark.parametrize(("text", "kind"), OTHERS, ids=[case[0] for case in OTHERS])
def test_other_digits_are_no_figures(text: str, kind: str) -> None:
    got = read(text)
    assert [q.kind for q in got][:1] == [kind]
    assert not any(is_figure(q) for q in got)


NOTHING = """\
一体化 一是 二是 统一 第一 一把手 一网通办 一件事 一件事一次办 一站式 一般 一定 一批 一系列 一步 一并 唯一 之一
一案一评 一人一档 一企一策 一起推进 共同一起抓 一支队伍管执法 一个目标 开展了一次培训 最多跑一次 万一 零距离 零容忍 从零起步 零跑动
五调一体 谁执法谁普法 双随机、一公开 不敢腐 百名律师进百企 千家万户 平均 均衡 均等 国家安全部门 健全部门协作 健全数字政府
基本实现全覆盖 形成合力 三门峡市 五家渠市 七台河市 两级政府 《关于做好三项工作的八条措施》 数字政府 万亩良田 “八五”普法
“村村响”广播 十分重要 一成不变 成效 两会 三定 全部门 一直 张三 一方面 一带一路 每一位 每一次执法都成为普法课"""


@pytest.mark.parametrize("text", NOTHING.split())
def test_a_numeral_in_a_word_is_no_figure(text: str) -> None:
    assert [q for q in read(text) if is_figure(q)] == []


IMPLIED = [
    ("实现述法全覆盖", 100, "%"),
    ("案件全部办结", 100, "%"),
    ("均已书面回复", 100, "%"),
    ("件件有着落", 100, "%"),
    ("执法经费全额保障", 100, "%"),
    ("无一例外", 100, "%"),
    ("无一件未经合法性审核", 100, "%"),
    ("没有一人不及格", 100, "%"),
    ("每起案件都经法制审核", 100, "%"),
    ("执法人员人手一台", 100, "%"),
    ("悉数在规定期限内书面回复", 100, "%"),
    ("实现零败诉", 0, ""),
    ("一审行政诉讼案件0败诉", 0, ""),
    ("连续三年零投诉"[4:], 0, ""),
    ("没有一起因执法不当引发的案件", 0, "起"),
    ("没有发生一起败诉案件", 0, "起"),
    ("未因防控措施引发一起败诉案件", 0, "起"),
    ("未发生一起安全事故", 0, "起"),
    ("无一例投诉", 0, "例"),
    ("无一人伤亡", 0, "人"),
    ("无一败诉", 0, ""),
    ("败诉率为零", 0, "%"),
]


@pytest.mark.parametrize(("text", "value", "unit"), IMPLIED, ids=[case[0] for case in IMPLIED])
def test_words_for_all_and_none(text: str, value: float, unit: str) -> None:
    got = [q for q in read(text) if q.implied]
    assert [(q.value, q.unit, q.kind) for q in got] == [(value, unit, "level")]


MONEY = [
    ("投资460万元", 4600000, False),
    ("罚没款2260余万元", 22600000, True),
    ("涉案金额近1.75亿元", 175000000, True),
    ("1.95亿元", 195000000, False),
    ("罚款5000元", 5000, False),
    ("追回工资10万余元", 100000, True),
]


@pytest.mark.parametrize(("text", "value", "vague"), MONEY, ids=[case[0] for case in MONEY])
def test_money_is_scaled_to_yuan(text: str, value: float, vague: bool) -> None:
    (one,) = read(text)
    assert (one.value, one.unit, one.kind, one.approx) == (value, "元", "money", vague)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("收到、受理、办结分别为12、15和20件", [(12, "件"), (15, "件"), (20, "件")]),
        ("办复率、满意率分别为100%、98.7%", [(100, "%"), (98.7, "%")]),
        ("由168项精简为131项", [(168, "项"), (131, "项")]),
        ("法制大队民警由7名增加到12名", [(7, "名"), (12, "名")]),
        ("平均减时间72.3%、减材料60.1%", [(72.3, "%"), (60.1, "%")]),
        ("全区法治宣传1838场13万余人次", [(1838, "场"), (130000, "人次")]),
        ("从2018年的31%提高到46.5%", [(31, "%"), (46.5, "%")]),
        ("权责事项从上年的5317项减到4862项", [(5317, "项"), (4862, "项")]),
        ("以“一件事一次办”80件", [(80, "件")]),
        ("均为100%", [(100, "%")]),
    ],
)
def test_several_figures(text: str, want: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in read(text) if q.kind == "level"] == want


def test_a_list_of_changes() -> None:
    got = read("刑事警情、刑事立案分别同比下降35.6%、14.85%，调解成功率98%")
    assert [q.kind for q in got] == ["change", "change", "level"]


def test_spans_are_exact() -> None:
    text = "全年办理各类案件，近 4000 余件次，均已办结。"
    count, every = read(text)
    assert text[count.start : count.end] == "近 4000 余件次"
    assert text[count.number_start : count.number_end] == "4000"
    assert text[every.start : every.end] == "均"


def test_table_cells_count_and_list_numbers_do_not() -> None:
    assert [q.value for q in read("受理数 | 23 | 审结数 | 21") if is_figure(q)] == [23, 21]
    assert [q for q in read("1.健全制度\n2.规范执法\n（3）其他") if is_figure(q)] == []


def test_no_overlap_and_order() -> None:
    text = "2023年，近10余万件次（同比增长25%），第三次会议〔2020〕27号，三分之一，均达100%，没有一起。" * 3
    got = read(text)
    assert all(a.end <= b.start for a, b in zip(got, got[1:], strict=False))
    assert all(q.start <= q.number_start < q.number_end <= q.end for q in got)


@pytest.mark.parametrize(
    "noise", ["", "一" * 3000, "1" * 3000, "“" * 3000, "没有" * 2000, "1、" * 2000, "每都" * 1500]
)
def test_odd_text_is_read_in_linear_time(noise: str) -> None:
    start = time.perf_counter()
    read(noise)
    assert time.perf_counter() - start < 1
