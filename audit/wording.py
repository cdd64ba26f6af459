"""The words that users read, from `wording.yaml`: verdicts, grades, roles, reasons, advice, remarks.

Every part of the program takes its wording from here; an office may change the file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from audit.errors import ChecklistError

FILE = "wording.yaml"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}


@cache
def _table() -> dict[str, Any]:
    from audit.data import load_yaml

    table = load_yaml(FILE)
    if not isinstance(table, dict):
        raise ChecklistError([f"{FILE}:1:1: 内容不是“键: 值”;请对照原来的文件改正"])
    return table


def entry(*path: str) -> Any:
    """What stands under a path of keys: a text, a mapping or a list.

    Raises:
        ChecklistError: nothing stands there.
    """
    here: Any = _table()
    try:
        for step in path:
            here = here[step]
    except (KeyError, TypeError) as error:
        raise ChecklistError([f"{FILE}: 键 {'.'.join(path)}:缺少这一条用语;请补上"]) from error
    return here


def text(*path: str, **values: object) -> str:
    """The text under a path of keys, its `{placeholders}` filled.

    Raises:
        ChecklistError: no such text, or a placeholder that the program does not fill.
    """
    pattern = entry(*path)
    if not isinstance(pattern, str):
        raise ChecklistError([f"{FILE}: 键 {'.'.join(path)}:应为一句文字;请改正"])
    try:
        return pattern.format_map(values)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        known = "、".join(f"{{{name}}}" for name in values) or "无"
        raise ChecklistError(
            [f"{FILE}: 键 {'.'.join(path)}:花括号里的词不对({error});可用的有:{known}"]
        ) from error


def label(section: str, name: str | None) -> str:
    """The word for an identifier: `label("levels", "county")`; the identifier itself where none is given."""
    if name is None:
        return ""
    words = entry(section)
    return str(words.get(name, name)) if isinstance(words, dict) else name


def verdict(name: str, checklist: str = "", item: str = "") -> str:
    """The words for a verdict, with what is special to a checklist or to one of its items."""
    special = entry("verdicts_of")
    for key in (f"{checklist}/{item}", checklist):
        words = special.get(key)
        if words and name in words:
            return str(words[name])
    return str(entry("verdicts", name, "label"))


def verdict_mark(name: str) -> str:
    """The sign that stands beside the words of a verdict."""
    return str(entry("verdicts", name, "mark"))


def grade(name: str) -> str:
    """The words for a grade."""
    return label("grades", name)


def role(name: str) -> str:
    """The words for the role of a part."""
    return label("roles", name)


def level(name: str | None) -> str:
    """The words for a level of bodies."""
    return label("levels", name)


def power(name: str) -> str:
    """The words for a power."""
    return label("powers", name)


def defect(kind: str) -> str:
    """The words for a kind of defect."""
    return label("defects", kind)


def reason(key: str, **values: object) -> str:
    """A reason sentence."""
    return text("reasons", key, **values)


def advice(key: str, **values: object) -> str:
    """An advice sentence."""
    return text("advice", key, **values)


def standing_remark() -> str:
    """The remark that every page, letter and table carries."""
    return text("standing_remark")


def unreviewed() -> str:
    """The remark that every paper carries until a reviewer has confirmed it."""
    return text("unreviewed")


@cache
def _narrow() -> re.Pattern[str]:
    return re.compile(
        r"“[^“”]*”|(?<=[^\x00-\x7f])[,;:?!()]+|[,;:?!(]+(?=[^\x00-\x7f])|(?<=[\w%])\)(?=[^\x00-\x7f]|$)"
    )


def wide(text: str) -> str:
    """Half-width punctuation beside Chinese characters made full-width; what stands in “ ” stays as it is."""
    return _narrow().sub(
        lambda match: match[0] if match[0][0] == "“" else "".join(_WIDE[sign] for sign in match[0]), text
    )
