"""The lists and paragraph styles of a .docx: numbering.xml and styles.xml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audit.document.readers.lists import Level, List
from audit.document.readers.package import W

_W = f"{{{W}}}"
_VAL = _W + "val"
_OFF = ("0", "false", "off", "none")


def value(parent: Any, tag: str) -> str | None:
    """The `w:val` of a child element, None where there is no such child; "" where it has no value."""
    child = parent.find(_W + tag) if parent is not None else None
    return None if child is None else str(child.get(_VAL, ""))


def switched_on(parent: Any, tag: str) -> bool:
    """Whether an on/off property is set."""
    found = value(parent, tag)
    return found is not None and found.lower() not in _OFF


def _number(text: str | None) -> int | None:
    try:
        return int(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits.

    Attributes:
        name: as the user sees it, lower case.
        list: numId, "" for none.
        rank: level in the list.
        outline: 0 for headings of the first rank … 8, None for body text.
    """

    name: str = ""
    list: str = ""
    rank: int = 0
    outline: int | None = None


class Styles:
    """The styles of a document; see `of`."""

    def __init__(self, root: Any | None) -> None:
        self._elements = {} if root is None else {s.get(_W + "styleId"): s for s in root.iter(_W + "style")}
        self._known: dict[str, Style] = {}
        self._default = next(
            (
                key
                for key, s in self._elements.items()
                if s.get(_W + "type") == "paragraph" and (s.get(_W + "default") or "0").lower() not in _OFF
            ),
            "",
        )

    def of(self, key: str | None, depth: int = 0) -> Style:
        """The style with id `key`, or the default paragraph style."""
        key = key or self._default
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > 20:
            return Style()
        parent = value(element, "basedOn")
        base = self.of(parent, depth + 1) if parent else Style()
        properties = element.find(_W + "pPr")
        numbered, rank = numbering_of(properties)
        outline = _number(value(properties, "outlineLvl"))
        style = Style(
            (value(element, "name") or key).lower(),
            base.list if numbered is None else numbered,
            base.rank if rank is None else rank,
            base.outline if outline is None else outline,
        )
        self._known[key] = style
        return style

    def numbering_style(self, key: str) -> str | None:
        """The numId that a numbering style stands for."""
        element = self._elements.get(key)
        return None if element is None else numbering_of(element.find(_W + "pPr"))[0]


def numbering_of(properties: Any | None) -> tuple[str | None, int | None]:
    """The numId ("" where numbering is switched off) and level in a `w:pPr`, None for what is not said."""
    block = properties.find(_W + "numPr") if properties is not None else None
    if block is None:
        return None, None
    name = value(block, "numId")
    return ("" if name == "0" else name), _number(value(block, "ilvl"))


def lists_of(root: Any | None, styles: Styles) -> dict[str, List]:
    """The lists of numbering.xml by numId."""
    if root is None:
        return {}
    abstract = {a.get(_W + "abstractNumId"): a for a in root.findall(_W + "abstractNum")}
    targets = {n.get(_W + "numId"): value(n, "abstractNumId") for n in root.findall(_W + "num")}

    def followed(key: str | None) -> str | None:
        """Goes from a list that only names a numbering style to the list that defines it."""
        for _ in range(5):
            link = value(abstract.get(key), "numStyleLink") if key in abstract else None
            if not link:
                return key
            key = targets.get(styles.numbering_style(link) or "")
        return key

    lists: dict[str, List] = {}
    for element in root.findall(_W + "num"):
        key = followed(value(element, "abstractNumId"))
        if key not in abstract:
            continue
        levels = {
            _number(level.get(_W + "ilvl")) or 0: _level(level) for level in abstract[key].findall(_W + "lvl")
        }
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in element.findall(_W + "lvlOverride"):
            rank = _number(override.get(_W + "ilvl")) or 0
            level = override.find(_W + "lvl")
            if level is not None:
                own[rank] = _level(level)
            start = _number(value(override, "startOverride"))
            if start is not None:
                starts[rank] = start
        lists[element.get(_W + "numId")] = List(str(key), levels).with_levels(own, starts)
    return lists


def _level(element: Any) -> Level:
    formats = list(element.iter(_W + "numFmt"))
    style = str(formats[0].get(_VAL, "decimal")) if formats else "decimal"
    if style == "custom":
        style = "decimalZero" if str(formats[0].get(_W + "format", "")).startswith("01") else "decimal"
    start = _number(value(element, "start"))
    return Level(
        0 if start is None else start,
        style,
        value(element, "lvlText") or "",
        _number(value(element, "lvlRestart")),
        switched_on(element, "isLgl"),
        value(element, "suff") != "nothing",
        value(element, "pStyle") or "",
    )
