"""Terms and sets turned into literals; every pattern of an indicator checked, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit.checklist.indicators import Indicator, Lexicon, PatternSpec
from audit.checklist.pattern import PatternError, expand, parse

_SET = re.compile(r"@([^\s{}|@《》()=#]+)")

Literal_ = tuple[str, bool]
"""A literal and whether it must begin and end at word boundaries."""


class TermBook:
    """The literals of terms and sets, an indicator's own sets before the shared ones."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def terms_of(self, entry: str, local: dict[str, list[str]], seen: tuple[str, ...] = ()) -> set[Literal_]:
        """The literals of a term, of `@set`, or of a term that holds sets: `@述法{工作|}`, `{@印发|审议}`.

        Raises:
            PatternError: no such set, a set that holds itself, or unpaired braces.
        """
        bounded = entry.startswith("=")
        entry = entry.removeprefix("=")
        if "@" not in entry:
            return {(literal, bounded) for literal in expand(entry)}
        if self._entries(entry[1:], local) is not None and entry[0] == "@":
            return self._set(entry[1:], local, seen)
        text = entry
        for found in reversed(list(_SET.finditer(entry))):
            name = self._known(found.group(1), local)
            if name is None:
                raise PatternError(
                    f"没有名为“@{found.group(1)}”的词组,请在本指标 terms 或 lexicon.yaml 的 sets 中写明"
                )
            options = "|".join(sorted({literal for literal, _ in self._set(name, local, seen)}))
            text = text[: found.start()] + "{" + options + "}" + text[found.start() + 1 + len(name) :]
        return {(literal, bounded) for literal in expand(text)}

    def _entries(self, name: str, local: dict[str, list[str]]) -> list[str] | None:
        return local.get(name) or self.lexicon.sets.get(name)

    def _known(self, name: str, local: dict[str, list[str]]) -> str | None:
        for length in range(len(name), 0, -1):
            if self._entries(name[:length], local) is not None:
                return name[:length]
        return None

    def _set(self, name: str, local: dict[str, list[str]], seen: tuple[str, ...]) -> set[Literal_]:
        if name in seen:
            raise PatternError(f"词组“@{name}”引用了自己,请去掉循环引用")
        found: set[Literal_] = set()
        for inner in self._entries(name, local) or []:
            found |= self.terms_of(inner, local, (*seen, name))
        return found

    def units(self, names: Iterable[str]) -> frozenset[str] | None:
        """The units of unit classes; None for `*`."""
        found: set[str] = set()
        for name in names:
            if name == "*":
                return None
            found |= set(self.lexicon.units.get(name, [name]))
        return frozenset(found)


def specs_of(indicator: Indicator) -> Iterator[tuple[str, int, PatternSpec]]:
    """Every pattern of an indicator with its key and number."""
    for key in ("topics", "data", "action", "mention", "nil"):
        for number, spec in enumerate(getattr(indicator, key)):
            yield key, number, spec


def pattern_faults(indicator: Indicator, book: TermBook) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every fault in the patterns and terms of an indicator: (key path, what is wrong and how to mend it)."""
    keys = {metric.key for metric in indicator.metrics}
    for name, entries in indicator.terms.items():
        for number, entry in enumerate(entries):
            try:
                book.terms_of(entry, indicator.terms, (name,))
            except PatternError as error:
                yield ("terms", name, number), str(error)
    for number, entry in enumerate(indicator.masks):
        try:
            book.terms_of(entry, indicator.terms)
        except PatternError as error:
            yield ("masks", number), str(error)
    for key, number, spec in specs_of(indicator):
        try:
            pattern = parse(spec.find)
            for element in pattern.elements:
                if element.kind != "figure" and element.name:
                    book.terms_of(element.name, indicator.terms)
                if element.metric and element.metric not in keys:
                    raise PatternError(
                        f"模式“{spec.find}”引用了没有列出的指标值“{element.metric}”,请在 metrics 中写明"
                    )
            if key == "data" and not any(element.kind == "figure" for element in pattern.elements):
                raise PatternError(f"data 下的模式“{spec.find}”没有数字(#单位),请补上或移到 action")
            for entry in [*spec.unless, *spec.unless_sentence]:
                book.terms_of(entry, indicator.terms)
        except PatternError as error:
            yield (key, number), str(error)
