"""What is wrong with a checklist file, in Chinese: from the YAML reader and from pydantic."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from audit.checklist.source import Key


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where (key path), what is wrong, how to mend it.

    Attributes:
        key: path of the key; for a missing key the path that it would have.
        what: what is wrong, no full stop.
        mend: what to do.
        place: line and column where they are known better than by the key.
    """

    key: Key
    what: str
    mend: str
    place: tuple[int, int] | None = None


_YAML_SAID = (
    ("cannot start any token", "有 YAML 不认的字符(多半是制表符)", "请改用空格缩进"),
    ("mapping values are not allowed", "冒号的位置不对", "请检查缩进;值里有冒号的请加引号"),
    ("could not find expected ':'", "键后面缺少冒号", "请写成“键: 值”"),
    ("did not find expected", "缩进或括号不对", "请检查上一行的缩进、括号和引号是否成对"),
    ("found unexpected end", "引号或括号没有收尾", "请补上收尾的引号或括号"),
    ("undefined alias", "引用了没有定义的锚点", "请直接写出内容"),
    ("could not determine a constructor", "有不支持的标签(!…)", "请删去以 ! 开头的标签"),
)


COLON = "冒号须用半角并在后面空一格"
_SLIP = re.compile(r"\s*(?:- +)*[^\s:：#\"'{}\[\]]+(：|:(?=\S))")


def _colon_slip(text: str, error: Exception) -> Fault | None:
    """The full-width or unspaced colon that a fault told some lines later comes from."""
    if not re.search(
        r"could not find expected ':'|mapping values are not", str(getattr(error, "problem", ""))
    ):
        return None
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    rows = text.split("\n")
    for mark in marks:
        for line in range(min(mark.line, len(rows) - 1), max(mark.line - 4, -1), -1) if mark else ():
            if found := _SLIP.match(rows[line]):
                what = "冒号是全角的" if found[1] == "：" else "冒号后面没有空格"
                return Fault((), what, COLON, (line + 1, found.start(1) + 1))
    return None


def yaml_fault(error: Exception, text: str = "") -> Fault:
    """A fault of the YAML reader; a slip of a colon is told where it is, not where the reader gave up."""
    if slip := _colon_slip(text, error):
        return slip
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    problem = str(getattr(error, "problem", None) or error)
    for said, what, mend in _YAML_SAID:
        if said in problem:
            return Fault((), what, mend, place)
    if isinstance(error, (RecursionError, ValueError)):
        return Fault((), "层次太深或引用过多", "请直接写出内容,不要反复引用", place)
    return Fault((), "不是正确的 YAML", f"请检查缩进、冒号和引号(原文:{problem})", place)


_MANY = 24


def near(name: object, known: Iterable[str]) -> str:
    """How to mend an unknown name: the nearest known one, or all of them where they are not too many."""
    names = list(known)
    close = difflib.get_close_matches(str(name), names, 1, 0.6)
    if close:
        return f"是否想写“{close[0]}”"
    if len(names) > _MANY:
        return "请核对写法或删去"
    return "可用的有:" + "、".join(names) if names else "请删去"


# ── pydantic ─────────────────────────────────────────────


def pydantic_faults(error: ValidationError, model: type[BaseModel], data: Any) -> list[Fault]:
    """The errors of pydantic, branches of a union drawn together."""
    plain: list[Fault] = []
    branches: dict[Key, dict[str, list[Fault]]] = {}
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        missing = detail["type"] == "missing"
        key, skipped = _resolve(data, loc[:-1] if missing else loc)
        if missing:
            key = (*key, loc[-1])
        fault = _pydantic_fault(detail, key, model)
        if skipped is None:
            plain.append(fault)
        else:
            branches.setdefault(skipped[0], {}).setdefault(skipped[1], []).append(fault)
    for found in branches.values():
        plain += _one_branch(found)
    return plain


def _resolve(data: Any, loc: tuple[str | int, ...]) -> tuple[Key, tuple[Key, str] | None]:
    """The path in the data that an error speaks of; names of union branches stand only in `loc`."""
    here, path = data, []
    skipped: tuple[Key, str] | None = None
    for step in loc:
        if isinstance(here, dict) and step in here:
            path.append(step)
            here = here[step]
        elif isinstance(here, dict) and isinstance(step, str) and step.isdigit() and int(step) in here:
            path.append(int(step))
            here = here[int(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            path.append(step)
            here = here[step]
        elif skipped is None and step != "[key]":
            skipped = (tuple(path), str(step))
    return tuple(path), skipped


def _one_branch(found: dict[str, list[Fault]]) -> list[Fault]:
    """Of the branches of a union, the one that came furthest; if none did, one fault for all."""
    depth = {name: max(len(fault.key) for fault in faults) for name, faults in found.items()}
    deepest = max(depth.values())
    best = [name for name, reached in depth.items() if reached == deepest]
    if len(best) == 1:
        return found[best[0]]
    faults = [found[name][0] for name in best]
    first = faults[0]
    if any(fault.key != first.key for fault in faults):
        return found[best[0]]
    whats = dict.fromkeys(fault.what for fault in faults)
    mends = dict.fromkeys(fault.mend for fault in faults)
    return [Fault(first.key, ",也".join(whats), ",或".join(mends))]


def _pydantic_fault(detail: Any, key: Key, model: type[BaseModel]) -> Fault:
    kind, context, value = detail["type"], detail.get("ctx") or {}, detail.get("input")
    if kind == "missing":
        return Fault(key, f"缺少“{key[-1]}”", "请补上")
    if kind == "extra_forbidden":
        known = fields_at(model, key[:-1])
        slip = re.match(r"[^:：]+[:：]", str(key[-1]))
        return Fault(key, f"不认识的键“{key[-1]}”", COLON if slip else near(key[-1], known))
    for group, (what, mend) in _PYDANTIC_SAID.items():
        if kind in group.split():
            if "dict_type" in group and isinstance(value, str) and re.match(r"[^\s:：]+[:：]", value):
                mend = COLON
            words = {"value": shown_value(value), "limit": _limit(context)}
            return Fault(key, what.format(**words), mend.format(**words))
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'|(\d+)", str(context.get("expected", "")))
        names = [text or number for text, number in allowed]
        return Fault(
            key, f"不能是{shown_value(value)}", "只能是 " + "、".join(names) + close_hint(value, names)
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        names = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
        tag = str(context.get("discriminator", "kind")).strip("'")
        what = f"“{tag}”的取值不对" if kind == "union_tag_invalid" else f"缺少“{tag}”"
        return Fault(key, what, f"{tag} 只能是 " + "、".join(names) if names else f"请补上 {tag}")
    said = str(detail.get("msg", "")).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    what, _, mend = said.partition(";")
    if re.search(r"[\u4e00-\u9fff]", what):
        return Fault(key, what, mend or "请改正")
    return Fault(key, f"写法不对,现为{shown_value(value)}", f"请对照示例文件改正(原文:{said})")


_PYDANTIC_SAID = {
    "string_type": ("应为文字,现为{value}", "若确为文字,请加引号"),
    "string_pattern_mismatch": ("{value}不合格式", "应合于 {limit}"),
    "string_too_short": ("文字太短", "至少 {limit} 个字"),
    "string_too_long": ("文字太长", "至多 {limit} 个字"),
    "int_type int_parsing int_from_float": ("应为整数,现为{value}", "请写成整数,例如 2,不加引号"),
    "float_type float_parsing finite_number decimal_type decimal_parsing": (
        "应为数字,现为{value}",
        "请写成数字,例如 0.6,不加引号",
    ),
    "bool_type bool_parsing": ("应为 true 或 false,现为{value}", "请改为 true 或 false"),
    "list_type tuple_type set_type": ("应为列表,现为{value}", "请写成 [甲, 乙] 或逐行以“- ”开头"),
    "dict_type mapping_type model_type model_attributes_type": (
        "应为“键: 值”,现为{value}",
        "请逐行写成“键: 值”",
    ),
    "none_required": ("应当留空,现为{value}", "请写成 null"),
    "greater_than": ("{value}太小", "应大于 {limit}"),
    "greater_than_equal": ("{value}太小", "不小于 {limit}"),
    "less_than": ("{value}太大", "应小于 {limit}"),
    "less_than_equal": ("{value}太大", "不大于 {limit}"),
    "too_short": ("条目太少", "至少 {limit} 条"),
    "too_long": ("条目太多", "至多 {limit} 条"),
}


def _limit(context: Mapping[str, Any]) -> str:
    for name in ("gt", "ge", "lt", "le", "min_length", "max_length", "pattern"):
        if name in context:
            return str(context[name])
    return ""


def shown_value(value: Any) -> str:
    """A value as it stands in the file, short; lists and mappings only by their kind."""
    if value is None:
        return "空"
    if isinstance(value, bool):
        return f"“{str(value).lower()}”"
    if isinstance(value, dict):
        return "一组“键: 值”"
    if isinstance(value, list):
        return "一个列表"
    said = str(value)
    return f"“{said if len(said) <= 40 else said[:40] + '…'}”"


def close_hint(value: Any, names: list[str]) -> str:
    """A question after the nearest of some names, empty where none is near."""
    close = difflib.get_close_matches(str(value), names, 1, 0.6)
    return f",是否想写“{close[0]}”" if close else ""


def fields_at(model: Any, key: Key) -> list[str]:
    """The keys that may stand at a path of a model, as they are written in the file."""
    here = [model]
    for step in key:
        here = [inner for kind in here for inner in _step(kind, step)]
    names = [name for kind in here for model in _models(kind) for name in _names(model)]
    return list(dict.fromkeys(names))


def _names(model: Any) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _models(kind: Any) -> list[Any]:
    """The models among the members of a type."""
    if isinstance(kind, type) and hasattr(kind, "model_fields"):
        return [kind]
    if typing.get_origin(kind) in (list, dict, tuple):
        return []
    return [model for inner in typing.get_args(kind) for model in _models(inner)]


def _step(kind: Any, step: str | int) -> list[Any]:
    """The types that a key or an index of a type may hold."""
    if isinstance(kind, type) and hasattr(kind, "model_fields"):
        fields = kind.model_fields
        return [info.annotation for name, info in fields.items() if (info.alias or name) == step]
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) in (list, tuple):
        return list(arguments[:1])
    if typing.get_origin(kind) is dict:
        return list(arguments[1:])
    return [found for inner in arguments for found in _step(inner, step)]
