"""Scope words of figures that hang together: a rate and its count, a level told from another, stages."""

from functools import cache

from audit.checklist.library import load_library
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.find import Engine, compile_library

IDS = (
    "licensing-reform", "normative-cleanup", "normative-filing", "litigation", "post-supervision", "reconsideration",
    "decision-legality-review", "mediation", "first-responsible", "law-popularisation",
)  # fmt: skip


@cache
def _engine() -> Engine:
    root = checklist_root() / "indicators"
    return Engine.of(compile_library(load_library(only=[root / f"{name}.yaml" for name in IDS])))


def _scopes(sentence: str, key: str, title: str = "") -> dict[float, str]:
    document = understand(Text(f"{title}\n一、主要举措和成效\n{sentence}\n"))
    return {row.value: row.scope for shown in _engine().find(document) for row in shown.metrics if row.key == key}


def test_a_rate_takes_the_scope_of_its_count() -> None:
    found = _scopes("以县政府名义印发规范性文件6件,报备率100%。", "filing_rate")
    assert "名义" in found[100]
    assert _scopes("印发规范性文件6件,报备率100%。", "filing_rate") == {100: "all"}


def test_a_level_told_from_another_keeps_its_scope() -> None:
    assert "市级" in _scopes("市级行政许可事项由312项精简为287项。", "licensing_items")[287]


def test_two_ends_of_a_cleanup_are_told_apart() -> None:
    found = _scopes("清理规范性文件80件,废止12件,宣布失效7件。", "normative_repealed")
    assert (found[12], found[7]) == ("废止", "失效")


def test_a_loss_is_limited_as_the_cases_before_it() -> None:
    assert "一审" in _scopes("全县一审行政诉讼案件38件,败诉2件。", "lost_cases")[2]


def test_levels_side_by_side_are_parts_unless_one_is_divided() -> None:
    found = _scopes("组织随机抽查67批次,其中跨部门联合抽查9批次。", "random_inspections")
    assert found[67] == "all" and found[9] != "all"
    assert "all" not in _scopes("收到行政复议申请23件,受理20件,审结18件。", "reconsideration_cases").values()


def test_one_meeting_count_speaks_for_the_whole_several_for_their_meetings() -> None:
    assert _scopes("县长先后4次主持召开会议研究法治政府建设工作。", "meetings_led") == {4: "all"}


def test_kinds_that_are_listed_are_a_part_of_what_is_reviewed() -> None:
    assert _scopes("全年审查工程、租赁、采购等各类合同46份。", "decisions_reviewed")[46] != "all"
    assert _scopes("全年审查重大行政决策、招商协议、政府合同126件。", "decisions_reviewed")[126] != "all"
    assert _scopes("全年办理各类合法性审查事项126件,其中合同30件。", "decisions_reviewed")[126] == "all"


def test_opinions_take_the_scope_of_what_was_reviewed() -> None:
    sentence = "全年审查合同、协议52份,提出修改意见80条。"
    assert _scopes(sentence, "decisions_reviewed")[52] != "all"
    assert _scopes(sentence, "review_opinions")[80] == _scopes(sentence, "decisions_reviewed")[52]
    whole = "全年办理合法性审查事项90件,其中合同30件,提出法律意见120条。"
    assert _scopes(whole, "review_opinions") == {120: "all"}


def test_parts_limit_nothing_after_them() -> None:
    sentence = "全县行政诉讼案件26件,其中一审18件、二审8件,已审结22件,败诉3件。"
    assert _scopes(sentence, "lost_cases") == {3: "all"}


def test_the_bodys_own_level_limits_nothing_below_a_city() -> None:
    county = "公布县本级行政许可事项清单,共245项。"
    assert _scopes(county, "licensing_items", title="云岭县人民政府2023年法治政府建设情况报告")[245] == "all"
    city = _scopes("公布市本级行政许可事项清单,共245项。", "licensing_items", title="云岭市人民政府2023年法治政府建设情况报告")
    assert "本级" in city[245]


def test_named_campaigns_and_kinds_of_meeting_limit() -> None:
    assert _scopes("开展“宪法宣传周”“民法典进校园”等活动64场次。", "publicity_events")[64] != "all"
    assert _scopes("全县开展普法活动64场次。", "publicity_events") == {64: "all"}
    assert "常务会议" in _scopes("县长主持召开县政府常务会议研究法治工作5次。", "meetings_led")[5]
    assert _scopes("局长主持召开党组会、局长办公会研究法治议题7次。", "meetings_led") == {7: "all"}
