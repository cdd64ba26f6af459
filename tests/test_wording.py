"""The words that users read."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from audit import wording
from audit.checklist.rules import Power
from audit.errors import ChecklistError
from audit.result import DocType, Grade, Level, Role, Severity, Stage, Verdict

ROOT = Path(__file__).parent.parent
TABLE = yaml.safe_load((ROOT / "checklists" / "wording.yaml").read_text(encoding="utf-8"))
FORBIDDEN = ("未开展", "未落实", "不达标", "未履职", "没有开展", "没有落实", "未依法")


def texts(here: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(here, dict):
        for name, inner in here.items():
            assert isinstance(name, str), f"{path}.{name}"
            yield from texts(inner, f"{path}.{name}")
    else:
        yield path, here


def test_every_entry_is_text() -> None:
    assert [
        path
        for path, text in texts(TABLE)
        if not isinstance(text, str) or not text and path != ".units.count"
    ] == []


def test_nothing_is_said_of_the_work_of_a_body() -> None:
    """Only the standing remark may use one of the words, to say that it is not meant."""
    for path, text in texts(TABLE):
        if path == ".standing_remark":
            text = text.replace("报告未写到,不等于工作未开展", "")
        assert not any(word in text for word in FORBIDDEN), path


def test_nor_in_the_files_that_users_read_beside_it() -> None:
    for file in [
        *(ROOT / "checklists" / "instruments").glob("*.yaml"),
        *(ROOT / "checklists" / "profiles").glob("*.yaml"),
    ]:
        content = file.read_text(encoding="utf-8")
        assert not any(word in content for word in FORBIDDEN), file.name


def test_the_set_words() -> None:
    assert (
        wording.standing_remark()
        == "本结果仅反映报告文本,不代表法治政府建设成效;报告未写到,不等于工作未开展。"
    )
    assert wording.unreviewed() == "机器初核稿,未经复核"
    said = [wording.verdict(name) for name in get_args(Verdict)]
    assert said == [
        "已充分反映",
        "反映不够具体",
        "仅见于下一步安排",
        "仅见于问题部分",
        "报告中未见",
        "不适用",
        "需人工判定",
        "出错",
    ]
    assert wording.verdict("full", "editorial", "numbering") == "未发现问题"
    assert wording.verdict("absent", "statutory", "filed-on-time") == "晚于期限"
    assert wording.verdict("absent", "statutory", "part-plan") == "报告中未见"


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("verdicts", get_args(Verdict)),
        ("grades", get_args(Grade)),
        ("roles", get_args(Role)),
        ("levels", get_args(Level)),
        ("doc_types", get_args(DocType)),
        ("stages", get_args(Stage)),
        ("severities", get_args(Severity)),
        ("powers", get_args(Power)),
    ],
)
def test_every_identifier_has_words(section: str, names: tuple[str, ...]) -> None:
    assert set(names) == set(TABLE[section])
    marks = [wording.verdict_mark(name) for name in get_args(Verdict)]
    assert len(set(marks)) == len(marks)


def test_every_kind_of_defect_and_hint_has_words() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "audit" / "form").glob("*.py"))
    kinds = set(re.findall(r'(?:Defect|_hint)\(\s*"([a-z-]+)"|, "(habit|title)", why', code))
    used = {kind for pair in kinds for kind in pair if kind}
    assert {"numbering", "habit", "style", "title"} <= used <= set(TABLE["defects"])


def test_reasons_and_advice_that_the_program_uses_are_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "audit" / "scoring").glob("*.py"))
    for section, pattern in {
        "reasons": r'(?:reason|not_applicable|needs_human)\(\s*"([a-z_]+)"',
        "advice": r'advice\(\s*"([a-z_]+)"',
    }.items():
        used = set(re.findall(pattern, code))
        assert used and used <= set(TABLE[section]), used - set(TABLE[section])


def test_chinese_sentences_have_full_width_punctuation() -> None:
    """But for the two remarks whose letters are set, and formulas."""
    for path, text in texts(TABLE):
        if path not in (".standing_remark", ".unreviewed", ".overall.formula_divided"):
            assert not re.search(r"[\u4e00-\u9fff”》}][,;:?!()]|[,;:(][\u4e00-\u9fff“《{]", text), path


def test_wide() -> None:
    assert wording.wide("见表(一),共3项:甲1,200件(约);“a,b”") == "见表（一），共3项：甲1,200件（约）；“a,b”"
    assert wording.wide("清单(____年版),__月") == "清单（____年版），__月"
    assert wording.wide("f(x), 12:30") == "f(x), 12:30"


def test_reasons_are_one_sentence() -> None:
    for name, text in TABLE["reasons"].items():
        assert text.endswith("。") or name.startswith("decided"), name
        assert text.count("。") <= 1, name


def test_placeholders_are_names() -> None:
    for path, text in texts(TABLE):
        for _, field, form, _ in string.Formatter().parse(text):
            assert field is None or (re.fullmatch(r"[a-z_]+", field) and not form), path


def test_unknown_names_are_shown_as_they_are_and_missing_words_are_told() -> None:
    assert wording.level("moon") == "moon" and wording.level(None) == ""
    with pytest.raises(ChecklistError, match="reasons.no_such:缺少这一条用语"):
        wording.reason("no_such")
    with pytest.raises(ChecklistError, match="花括号里的词不对"):
        wording.reason("data")


def test_an_office_may_change_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = yaml.safe_dump(TABLE | {"unreviewed": "初核稿"}, allow_unicode=True)
    (tmp_path / "wording.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setenv("FAZHI_AUDIT_CHECKLISTS", str(tmp_path))
    monkeypatch.setenv("FAZHI_AUDIT_CACHE", str(tmp_path / "cache"))
    wording._table.cache_clear()
    try:
        assert wording.unreviewed() == "初核稿"
        (tmp_path / "wording.yaml").write_text("a: [", encoding="utf-8")
        wording._table.cache_clear()
        with pytest.raises(ChecklistError, match="wording.yaml:"):
            wording.unreviewed()
    finally:
        wording._table.cache_clear()
