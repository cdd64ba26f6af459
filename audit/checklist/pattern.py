"""The language in which indicators say what they look for.

A *term* is a literal with alternatives in braces: `{行政|}规范性文件`, `审{核|查}`.
`@name` stands for a set of terms; a leading `=` asks that the term begins and ends at word boundaries.

A *pattern* is a chain of elements joined by relations:

=========  =====================================================================================
element    meaning
=========  =====================================================================================
`词`       a term
`@name`    any term of the set `name` (of the indicator itself, else of the lexicon)
`#件`      a figure with a unit of class 件 (else with that very unit); `#%` a rate; `#件|人` either; `#*` any
`#件=key`  the same, and its value is the metric `key`
`《@name》`  a document title in book-title marks that holds a term of the set (`《》` any title)
`^x`       the element x may also stand in the heading or opening sentence of the item
=========  =====================================================================================

=========  =====================================================================================
relation   the next element stands
=========  =====================================================================================
`A ~ B`    right after A (at most 4 characters between), in one clause
`A > B`    after A in the same clause
`A + B`    in the same clause, before or after A
`A >> B`   after A in the same sentence
`A & B`    in the same sentence, before or after A
=========  =====================================================================================

A number behind a relation limits the gap in characters: `A >12 B`. Texts are compared in normalised form
(half-width punctuation), so terms are written with half-width brackets and commas.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Relation = Literal["~", ">", "+", ">>", "&"]
GAPS: dict[str, int] = {"~": 4, ">": 60, "+": 60, ">>": 140, "&": 140}
_RELATION = re.compile(r"^(~|>>|>|\+|&)(\d*)$")
_BRACE = re.compile(r"\{([^{}]*)\}")


class PatternError(ValueError):
    """A pattern that cannot be read; the message is Chinese, for the author of the checklist."""


class Element(NamedTuple):
    """One element of a pattern.

    Attributes:
        kind: `term` (literal or set), `figure`, or `title` (inside book-title marks).
        name: the set's name with `@`, or the literal term as written; "" for any title.
        units: unit classes of a figure.
        metric: the metric that the figure's value is, or "".
        lead: may also stand in the lead of the item.
    """

    kind: Literal["term", "figure", "title"]
    name: str
    units: tuple[str, ...] = ()
    metric: str = ""
    lead: bool = False


class Pattern(NamedTuple):
    """A chain of elements; `relations[i]` and `gaps[i]` stand between element i and i + 1."""

    elements: tuple[Element, ...]
    relations: tuple[Relation, ...]
    gaps: tuple[int, ...]
    text: str


@lru_cache(maxsize=65536)
def expand(term: str) -> tuple[str, ...]:
    """All literals of a term: `审{核|查}` → 审核, 审查; nested braces are expanded from the inside.

    Raises:
        PatternError: a brace is unpaired, or a literal is shorter than two characters.
    """
    found, todo = [], [term]
    while todo:
        current = todo.pop()
        inner = _BRACE.search(current)
        if inner is None:
            found.append(current)
            continue
        for option in inner.group(1).split("|"):
            todo.append(current[: inner.start()] + option + current[inner.end() :])
    for literal in found:
        if any(sign in literal for sign in "{}|"):
            raise PatternError(f"词语“{term}”的花括号或竖线不成对,应写作 审{{核|查}}")
        if not literal.strip():
            raise PatternError(f"词语“{term}”展开后有空词,请删去空的选项")
    return tuple(sorted(set(found)))


def _element(token: str, pattern: str) -> Element:
    lead = token.startswith("^")
    if lead:
        token = token[1:]
    if not token:
        raise PatternError(f"模式“{pattern}”中“^”后缺少词语")
    if token.startswith("#"):
        units, _, metric = token[1:].partition("=")
        names = tuple(name for name in units.split("|") if name)
        if not names:
            raise PatternError(f"模式“{pattern}”中“#”后缺少单位,任意单位写作 #*")
        return Element("figure", "", names, metric, lead)
    if token.startswith("《"):
        if not token.endswith("》"):
            raise PatternError(f"模式“{pattern}”中书名号不成对")
        return Element("title", token[1:-1], lead=lead)
    return Element("term", token, lead=lead)


def parse(text: str) -> Pattern:
    """Reads a pattern.

    Raises:
        PatternError: what is wrong with it, in Chinese.
    """
    tokens = text.split()
    if not tokens:
        raise PatternError("模式为空,请写出要找的词语")
    elements: list[Element] = []
    relations: list[Relation] = []
    gaps: list[int] = []
    expect_element = True
    for token in tokens:
        relation = _RELATION.match(token)
        if expect_element:
            if relation:
                raise PatternError(f"模式“{text}”中关系符“{token}”前后应各有一个词语")
            elements.append(_element(token, text))
        else:
            if not relation:
                raise PatternError(f"模式“{text}”中“{token}”之前缺少关系符(~ > + >> &)")
            sign: Relation = relation.group(1)  # type: ignore[assignment]
            relations.append(sign)
            gaps.append(int(relation.group(2)) if relation.group(2) else GAPS[sign])
        expect_element = not expect_element
    if expect_element:
        raise PatternError(f"模式“{text}”以关系符结尾,请补上词语")
    if all(element.kind == "figure" for element in elements):
        raise PatternError(f"模式“{text}”只有数字,没有说明数字是关于什么的词语")
    return Pattern(tuple(elements), tuple(relations), tuple(gaps), text)
