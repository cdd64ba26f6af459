"""What a JSON Schema finds wrong with a checklist file, in Chinese."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

from audit.checklist.faults import Fault, close_hint, near, shown_value


def schema_faults(schema: Mapping[str, Any], data: Any) -> list[Fault]:
    """What a JSON Schema finds wrong, one fault for each key."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    faults: list[Fault] = []
    for found in Draft202012Validator(schema).iter_errors(_jsonable(data)):
        error = found
        while error.validator in ("anyOf", "oneOf") and error.context:
            inner = best_match(error.context)
            if inner is None or len(inner.absolute_path) <= len(error.absolute_path):
                break
            error = inner
        faults += _schema_fault(error)
    return faults


def _schema_fault(error: Any) -> list[Fault]:
    key = tuple(error.absolute_path)
    rule, limit, value = error.validator, error.validator_value, error.instance
    if rule == "required":
        return [Fault((*key, name), f"缺少“{name}”", "请补上") for name in limit if name not in value]
    if rule in ("additionalProperties", "unevaluatedProperties"):
        known = list(error.schema.get("properties", ()))
        patterns = [re.compile(pattern) for pattern in error.schema.get("patternProperties", ())]
        extra = [n for n in value if n not in known and not any(p.search(n) for p in patterns)]
        return [Fault((*key, name), f"不认识的键“{name}”", near(name, known)) for name in extra]
    if rule in ("enum", "const"):
        names = [str(name) for name in (limit if rule == "enum" else [limit])]
        return [
            Fault(key, f"不能是{shown_value(value)}", "只能是 " + "、".join(names) + close_hint(value, names))
        ]
    what, mend = _SCHEMA_SAID.get(rule, ("写法不对,现为{value}", "请对照示例文件改正"))
    words = {"value": shown_value(value), "limit": _types(limit) if rule == "type" else str(limit)}
    return [Fault(key, what.format(**words), mend.format(**words))]


_SCHEMA_SAID = {
    "type": ("应为{limit},现为{value}", "请改为{limit}"),
    "pattern": ("{value}不合格式", "应合于 {limit}"),
    "minLength": ("文字太短", "至少 {limit} 个字"),
    "maxLength": ("文字太长", "至多 {limit} 个字"),
    "minItems": ("条目太少", "至少 {limit} 条"),
    "maxItems": ("条目太多", "至多 {limit} 条"),
    "uniqueItems": ("有重复的条目", "请删去重复的"),
    "minimum": ("{value}太小", "不小于 {limit}"),
    "maximum": ("{value}太大", "不大于 {limit}"),
    "exclusiveMinimum": ("{value}太小", "应大于 {limit}"),
    "exclusiveMaximum": ("{value}太大", "应小于 {limit}"),
}
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": " true 或 false",
    "array": "列表",
    "object": "“键: 值”",
    "null": "空",
}


def _types(limit: Any) -> str:
    names = [limit] if isinstance(limit, str) else list(limit)
    return "或".join(_TYPES.get(name, str(name)) for name in names)


def _jsonable(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            name if isinstance(name, str) else json.dumps(name, default=str): _jsonable(value)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [_jsonable(value) for value in data]
    if isinstance(data, (datetime.date, datetime.datetime)):
        return data.isoformat()
    return data
