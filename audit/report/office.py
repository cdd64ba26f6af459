"""The office file: who sends the letters, under which number, until when, and whom to ask."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit import wording
from audit.errors import UsageError, system_fault

KEYS = {
    "sender": "发文机关", "number": "发文字号", "deadline": "期限", "contact": "联系人", "phone": "联系电话",
    "email": "电子邮箱", "date": "成文日期", "addressee": "主送机关", "copies": "抄送", "you": "称呼",
    "return_to": "报送方式", "template": "模板",
}  # fmt: skip
"""Keys of the file; either name will do."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the sending office fills in; an empty text is a blank that the paper marks.

    Attributes:
        sender: 发文机关, in full.
        number: 发文字号.
        deadline: day by which the answer is due, in words (2025年3月20日).
        contact: person to ask.
        phone: telephone of that person.
        email: electronic mail.
        date: 成文日期, in words.
        addressee: 主送机关; empty: the reporting body.
        copies: 抄送机关.
        you: how the body is addressed (贵单位, 你单位).
        return_to: how the answer is to be sent, as half a sentence.
        template: an own letter template, next to the office file unless absolute.
    """

    sender: str = ""
    number: str = ""
    deadline: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    date: str = ""
    addressee: str = ""
    copies: tuple[str, ...] = field(default=())
    you: str = ""
    return_to: str = ""
    template: Path | None = None


def chinese_date(value: Any) -> str:
    """A date as papers write it (2025年3月20日); other text is left as it is."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not isinstance(value, datetime.date):
        try:
            value = datetime.date.fromisoformat(str(value).strip().replace("/", "-").replace(".", "-"))
        except ValueError:
            return str(value).strip()
    return f"{value.year}年{value.month}月{value.day}日"


def read_office(path: Path | None) -> Office:
    """The office file (YAML or JSON; keys in Chinese or English); no file: every place is blank.

    Raises:
        UsageError: it cannot be read, or a key is unknown.
    """
    if path is None:
        return Office()
    import yaml

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"办公室信息文件读不出来({system_fault(error)[0]})", str(path), system_fault(error)[1]
        ) from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise UsageError(
            "办公室信息文件格式不对", str(path), "请照 office.example.yaml 的写法,存为 UTF-8"
        ) from None
    if said is None:
        return Office()
    if not isinstance(said, dict):
        raise UsageError(
            "办公室信息文件应为“名称: 内容”的若干行", str(path), "请照 office.example.yaml 的写法"
        )
    english = {chinese: key for key, chinese in KEYS.items()}
    given: dict[str, Any] = {}
    for name, value in said.items():
        key = english.get(str(name), str(name))
        if key not in KEYS:
            raise UsageError(
                f"办公室信息文件没有“{name}”这一项", str(path), f"可用 {'、'.join(KEYS.values())}"
            )
        if value is None:
            continue
        if key == "copies":
            given[key] = tuple(str(each).strip() for each in (value if isinstance(value, list) else [value]))
        elif key == "template":
            given[key] = path.parent / str(value)
        elif key in ("date", "deadline"):
            given[key] = chinese_date(value)
        else:
            given[key] = str(value).strip()
    return Office(**given)


class Blanks:
    """The places of a paper that a person still has to fill; each is marked where it stands, and listed."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def fill(self, value: str, key: str) -> str:
        """The value, or a marked blank under the name of `key`."""
        if value:
            return value
        name = wording.text("letter", "blanks", key)
        if name not in self.names:
            self.names.append(name)
        return f"【待填：{name}】"


__all__ = ["KEYS", "Blanks", "Office", "chinese_date", "read_office"]
