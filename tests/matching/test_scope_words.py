"""Scope words of figures that hang together: a rate and its count, a level told from another, stages."""

from functools import cache

from audit.checklist.library import load_library
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.find import Engine, compile_library

IDS = (
    "licensing-reform", "normative-cleanup", "normative-filing", "litigation", "post-supervision", "reconsideration",
    "decision-legality-review", "mediation", "first-responsible",
)  # fmt: skip


@cache
def _engine() -> Engine:
    root = checklist_root() / "indicators"
    return Engine.of(compile_library(load_library(only=[root / f"{name}.yaml" for name in IDS])))


def _scopes(sentence: str, key: str) -> dict[float, str]:
    document = understand(Text(f"一、主要举措和成效\n{sentence}\n"))
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


def test_contracts_alone_are_a_part_of_what_is_reviewed() -> None:
    assert _scopes("全年审查工程、租赁、采购等各类合同46份。", "decisions_reviewed")[46] != "all"
    assert _scopes("全年审查重大行政决策、招商协议、政府合同126件。", "decisions_reviewed")[126] == "all"
