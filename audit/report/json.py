"""The result as JSON, the form that other programs rely on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from audit.errors import InputError
from audit.result import Result

if TYPE_CHECKING:
    from audit.report import Paper

_SMALL = re.compile(rb"e-(?<=\de-)\d")
"""Figures below 0.0001, which the two ways of writing JSON spell differently (0.00001, 1e-05)."""


def dump(result: Result) -> bytes:
    """UTF-8 JSON, keys in the order of the contract, one line end at the end."""
    try:
        quick = result.model_dump_json().encode()
    except ValueError:  # half a character pair, as broken files hold it
        quick = b""
    if quick and b"0.0000" not in quick and not _SMALL.search(quick):
        return quick + b"\n"
    data: dict[str, Any] = result.model_dump(mode="json")
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", errors="replace")


def render(result: Result, paper: Paper) -> bytes:
    """The file's content."""
    return dump(result)


def read(content: bytes, name: str) -> Result:
    """A result read back; results of older versions still open.

    Raises:
        InputError: not a result of this program.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        raise InputError("不是结果文件(JSON 读不出来)", name, "请给出 check 生成的 .json 文件") from None
    if not isinstance(data, dict) or data.get("tool", {}).get("name") != "fazhi-audit":
        raise InputError("不是本程序的结果文件", name, "请给出 check 生成的 .json 文件")
    try:
        return Result.model_validate(data)
    except ValueError:
        raise InputError("结果文件内容不完整", name, "请用 check 重新审核这份报告") from None
