"""YAML with places, and faults in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from audit.checklist.faults import fields_at
from audit.checklist.source import load, parse, shown, validate


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str
    weight: int = Field(1, ge=1, le=3)
    kind: Literal["data", "action"] = "data"


class Left(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Literal["left"]
    fact: str


class Right(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    kind: Literal["right"]
    days: list[int]


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    groups: list[Inner] = []
    named: dict[str, Inner] = {}
    needs: Literal["data", "action"] | dict[str, Literal["data", "action"]] | None = None
    rule: Annotated[Left | Right, Field(discriminator="kind")] | None = None


def faults(text: str, model: type[BaseModel] = Outer, **more: Any) -> list[str]:
    return validate(model, parse(text.encode(), "甲.yaml"), **more)[1]


def test_data_and_places_of_keys_and_entries() -> None:
    sourced = parse(b"id: a\ngroups:\n- name: x\n  weight: 2\n- {name: y}\n", "甲.yaml")
    assert sourced.data == {"id": "a", "groups": [{"name": "x", "weight": 2}, {"name": "y"}]}
    assert sourced.places[("id",)] == (1, 1)
    assert sourced.places[("groups", 0, "weight")] == (4, 3)
    assert sourced.places[("groups", 1)] == (5, 3)
    assert sourced.at(("groups", 1, "missing")) == (5, 3)


def test_key_paths_are_shown_as_users_write_them() -> None:
    assert shown(("a", "b", 2, "c")) == "a.b[2].c"


def test_a_good_file_has_a_value_and_no_faults() -> None:
    value, found = validate(Outer, parse(b"id: a\n", "x.yaml"))
    assert found == [] and value is not None and value.id == "a"


def test_a_line_names_file_line_column_key_fault_and_remedy() -> None:
    (line,) = faults("id: a\ngroups:\n- name: x\n  weight: 二\n")
    assert line == "甲.yaml:4:3: 键 groups[0].weight:应为整数,现为“二”;请写成整数,例如 2,不加引号"


def test_all_faults_of_a_file_are_told_at_once_in_its_order() -> None:
    found = faults("id: 3\nid: b\ngroups:\n- wieght: 2\n  name: x\n  kind: datas\n- weight: 9\n")
    places = [tuple(map(int, line.split(":")[1:3])) for line in found]
    assert places == sorted(places)
    text = "\n".join(found)
    assert "键“id”重复,第 1 行已经写过" in text
    assert "键 id:应为文字,现为“3”;若确为文字,请加引号" in text
    assert "键 groups[0].wieght:不认识的键“wieght”;是否想写“weight”" in text
    assert "键 groups[0].kind:不能是“datas”;只能是 data、action,是否想写“data”" in text
    assert "键 groups[1].name:缺少“name”;请补上" in text
    assert "键 groups[1].weight:“9”太大;不大于 3" in text
    assert len(found) == 6


def test_unknown_key_without_a_near_one_lists_what_there_is() -> None:
    (line,) = faults("id: a\nzzz: 1\n")
    assert "可用的有:id、groups、named、needs、rule" in line


def test_suggestions_reach_into_lists_mappings_and_unions() -> None:
    assert fields_at(Outer, ("groups", 3)) == ["name", "weight", "kind"]
    assert fields_at(Outer, ("named", "x")) == ["name", "weight", "kind"]
    assert fields_at(Outer, ("rule",)) == ["kind", "fact", "days"]
    assert "是否想写“weight”" in faults("id: a\nnamed: {x: {name: b, weigth: 1}}\n")[0]


def test_branches_of_a_union_make_one_fault() -> None:
    (line,) = faults("id: a\nneeds: {P: datum}\n")
    assert "键 needs.P:" in line and "只能是 data、action" in line
    (line,) = faults("id: a\nneeds: 3\n")
    assert "键 needs:" in line


def test_rules_told_apart_by_kind() -> None:
    (line,) = faults("id: a\nrule: {kind: right, days: [x]}\n")
    assert line.startswith("甲.yaml:2:28: 键 rule.days[0]:应为整数")
    (line,) = faults("id: a\nrule: {kind: up}\n")
    assert "kind 只能是 left、right" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: 3\nid: a\n", "键 groups:应为列表,现为“3”"),
        ("id: a\ngroups: [x]\n", "键 groups[0]:应为“键: 值”,现为“x”"),
        ("id: no\n", "现为“false”;若确为文字,请加引号"),
        ("id: 2024-03-01\n", "现为“2024-03-01”;若确为文字,请加引号"),
        ("id:\n", "键 id:应为文字,现为空"),
        ("- a\n", "应为“键: 值”,现为一个列表"),
        ("id: a\nid2: 2024-13-01\n", "“2024-13-01”不是有效的日期或数字"),
    ],
)
def test_wrong_types(text: str, said: str) -> None:
    assert any(said in line for line in faults(text))


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("id: a\n\tb: 1\n", "2:", "请"),
        ("id: [a\nb: 1\n", "甲.yaml:", "括号"),
        ("id: a: b\n", "甲.yaml:1:6", "冒号的位置不对"),
        ('id: "a\n', "甲.yaml:", "引号"),
        ("id: *x\n", "甲.yaml:1:5", "锚点"),
        ("id: a\ntitle:行政指导\nb: 1\n", "甲.yaml:2:6", "冒号须用半角并在后面空一格"),
        ('id: a\ntopics：\n  - {find: "x"}\n', "甲.yaml:2:7", "冒号须用半角并在后面空一格"),
        ("id:a\ntitle: b\n", "甲.yaml:1:3", "冒号须用半角并在后面空一格"),
        ("id: !!python/object:os.system x\n", "甲.yaml:1:5", "标签"),
        ("a: &a [*a]\n", "甲.yaml:1:1", "不要反复引用"),
        ("", "甲.yaml:1:1", "没有内容"),
        ("# 只有注释\n", "甲.yaml:1:1", "没有内容"),
    ],
)
def test_yaml_that_cannot_be_read(text: str, place: str, said: str) -> None:
    (line,) = faults(text)
    assert place in line and said in line and "\n" not in line


def test_repeated_references_do_not_blow_up() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefgh", "abcdefg", strict=True):
        text += f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    (line,) = faults(text)
    assert "反复引用" in line


def test_double_keys_before_a_syntax_fault_are_kept() -> None:
    found = faults("id: a\nid: b\nrule: {kind: [}\n")
    assert any("不是正确的" in line or "缩进或括号" in line for line in found)


def test_other_encodings_and_missing_files(tmp_path: Path) -> None:
    gbk = tmp_path / "a.yaml"
    gbk.write_bytes("id: 甲\n标题: 乙\n".encode("gbk"))
    value, found = validate(Outer, load(gbk))
    assert value is None and "不是 UTF-8 编码;请用编辑器另存为 UTF-8" in found[0]
    assert "找不到这个文件" in validate(Outer, load(tmp_path / "none.yaml"))[1][0]
    marked = tmp_path / "b.yaml"
    marked.write_bytes("\ufeffid: 甲\n".encode())
    assert validate(Outer, load(marked))[1] == []


def test_schema_tells_only_what_the_model_did_not() -> None:
    schema = Outer.model_json_schema()
    text = "id: 3\ngroups:\n- {weight: 7, other: 1}\n"
    assert faults(text, schema=schema) == faults(text)
    schema["properties"]["id"]["pattern"] = "^[a-z]+$"
    (line,) = faults("id: 甲\n", schema=schema)
    assert "键 id:“甲”不合格式;应合于 ^[a-z]+$" in line


def test_schema_alone_says_the_same_kinds_of_things() -> None:
    class Free(BaseModel):
        model_config = ConfigDict(extra="allow")

    found = "\n".join(
        faults(
            "groups:\n- {wieght: 2, name: x, kind: datas, weight: 9}\n3: x\n",
            Free,
            schema=Outer.model_json_schema(),
        )
    )
    for said in ("键 id:缺少“id”", "是否想写“weight”", "只能是 data、action", "“9”太大;不大于 3"):
        assert said in found
