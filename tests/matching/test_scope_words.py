"""Scope words of figures that hang together: a rate and its count, a level told from another, stages."""

from functools import cache

from audit.checklist.library import load_library
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.find import Engine, compile_library

IDS = ("licensing-reform", "normative-cleanup", "normative-filing")


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
