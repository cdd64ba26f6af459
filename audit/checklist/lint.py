"""Lint of the indicators, as a compiler would: what is visible in one file, and over the whole set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.checklist.faults import close_hint
from audit.checklist.indicators import Indicator
from audit.checklist.library import Library
from audit.checklist.pattern import parse
from audit.checklist.source import Sourced, load
from audit.checklist.terms import TermBook, specs_of
from audit.data import load_yaml


@dataclass(frozen=True, slots=True)
class Issue:
    """One remark of the lint: file, place, what, how to mend."""

    file: str
    line: int
    column: int
    code: str
    what: str
    mend: str

    def __str__(self) -> str:
        """The line that is shown."""
        return f"{self.file}:{self.line}:{self.column}: [{self.code}] {self.what};{self.mend}"


class _File:
    """One indicator with its file's places."""

    def __init__(self, indicator: Indicator, path: Path, book: TermBook) -> None:
        self.indicator, self.book = indicator, book
        self.sourced: Sourced = load(path)

    def issue(self, key: tuple[str | int, ...], code: str, what: str, mend: str) -> Issue:
        line, column = self.sourced.at(key)
        return Issue(self.sourced.name, line, column, code, what, mend)


def _doubled(file: _File) -> Iterator[Issue]:
    """The same pattern twice in one indicator."""
    seen: dict[str, str] = {}
    for key, number, spec in specs_of(file.indicator):
        said = " ".join(spec.find.split()) + repr((spec.roles, spec.unless, spec.unless_sentence))
        if said in seen:
            yield file.issue((key, number), "doubled", f"模式“{spec.find}”与 {seen[said]} 重复", "请删去一处")
        seen[said] = f"{key}[{number}]"


def _unused_sets(file: _File) -> Iterator[Issue]:
    """Sets of the indicator that nothing uses."""
    used = " ".join(
        [
            spec.find + " " + " ".join([*spec.unless, *spec.unless_sentence])
            for _, _, spec in specs_of(file.indicator)
        ]
        + [entry for entries in file.indicator.terms.values() for entry in entries]
        + list(file.indicator.masks)
    )
    for name in file.indicator.terms:
        if f"@{name}" not in used:
            yield file.issue(
                ("terms", name),
                "unused-set",
                f"词组“{name}”没有模式用到",
                "请在模式中引用 @" + name + ",或删去",
            )


def _doubled_terms(file: _File) -> Iterator[Issue]:
    """A term that another entry of the same set already holds."""
    for name, entries in file.indicator.terms.items():
        seen: dict[str, int] = {}
        for number, entry in enumerate(entries):
            literals = {literal for literal, _ in file.book.terms_of(entry, file.indicator.terms, (name,))}
            if all(literal in seen for literal in literals):
                yield file.issue(
                    ("terms", name, number), "doubled-term", f"词语“{entry}”已由本组其他词语包含", "请删去"
                )
            for literal in literals:
                seen.setdefault(literal, number)


def _never(file: _File) -> Iterator[Issue]:
    """Terms that can never match: full-width signs, line ends, spaces at the edge, or always masked."""
    masked: set[str] = set()
    for entry in file.indicator.masks:
        masked |= {literal for literal, _ in file.book.terms_of(entry, file.indicator.terms)}
    vetoes = " ".join(
        " ".join([*spec.unless, *spec.unless_sentence]) for _, _, spec in specs_of(file.indicator)
    )
    for name, entries in file.indicator.terms.items():
        for number, entry in enumerate(entries):
            literals = {literal for literal, _ in file.book.terms_of(entry, file.indicator.terms, (name,))}
            wide = [literal for literal in literals if any(0xFF01 <= ord(sign) < 0xFF5F for sign in literal)]
            if wide:
                yield file.issue(
                    ("terms", name, number),
                    "never",
                    f"词语“{wide[0]}”含全角标点,永远匹配不到",
                    "比较前全角已转为半角,请写半角",
                )
            elif literals <= masked and f"@{name}" not in vetoes:
                yield file.issue(
                    ("terms", name, number),
                    "never",
                    f"词语“{entry}”被 masks 全部屏蔽,永远匹配不到",
                    "请改词语或 masks",
                )
    for key, number, spec in specs_of(file.indicator):
        pattern = parse(spec.find)
        for relation, gap in zip(pattern.relations, pattern.gaps, strict=True):
            if gap == 0 and relation != "~":
                yield file.issue(
                    (key, number), "never", f"模式“{spec.find}”的间隔为 0", "请写大于 0 的数,或改用 ~"
                )


@cache
def _measures() -> frozenset[str]:
    """The measure words that numbers are read with."""
    said = load_yaml("units.yaml")
    words = {*said["measures"], *said["durations"], *said["money"], *said["nouns"]}
    return frozenset(words | {f"{sign}次" for sign in said["compounds"]} | {"*", "%", "‰", "个百分点"})


def _unknown_units(file: _File) -> Iterator[Issue]:
    """Units of figures that are no class of the lexicon and no measure word."""
    classes = file.book.lexicon.units
    known = {*classes, *_measures(), *(unit for units in classes.values() for unit in units)}
    for key, number, spec in specs_of(file.indicator):
        said: list[tuple[tuple[str | int, ...], str]] = [
            ((key, number, "figures", at), unit) for at, unit in enumerate(getattr(spec, "figures", []))
        ]
        said += [((key, number), unit) for element in parse(spec.find).elements for unit in element.units]
        for place, unit in said:
            if unit not in known and unit.lstrip("余万亿多") not in known:
                yield file.issue(
                    place,
                    "unknown-unit",
                    f"单位“{unit}”不认识,永远匹配不到",
                    "请改用 lexicon.yaml 的 units 或 units.yaml 的量词" + close_hint(unit, sorted(known)),
                )


def _few_examples(file: _File) -> Iterator[Issue]:
    """Metrics and grades that no example proves."""
    examples = [*file.indicator.examples.hit, *file.indicator.examples.miss]
    proven = {key for example in examples for key in example.metrics or {}}
    for number, metric in enumerate(file.indicator.metrics):
        if metric.key not in proven:
            yield file.issue(
                ("metrics", number),
                "unproven",
                f"指标值“{metric.key}”没有示例证明",
                "请在 examples.hit 中写一句并注明 metrics",
            )
    if file.indicator.data and not any(example.grade == "data" for example in examples):
        yield file.issue(("examples",), "unproven", "有 data 模式而没有得 data 的示例", "请补一句")


FILE_CHECKS = (_doubled, _unused_sets, _doubled_terms, _never, _unknown_units, _few_examples)


def _whole(files: list[_File], library: Library) -> Iterator[Issue]:
    """What is visible only over all files: shared sets that nothing uses, examples that stand twice."""
    used: set[str] = set()
    for file in files:
        said = [
            spec.find + " " + " ".join([*spec.unless, *spec.unless_sentence])
            for _, _, spec in specs_of(file.indicator)
        ]
        said += [entry for entries in file.indicator.terms.values() for entry in entries] + list(
            file.indicator.masks
        )
        used |= {name for name in library.lexicon.sets if any(f"@{name}" in text for text in said)}
    used |= {
        name
        for name in library.lexicon.sets
        for other, entries in library.lexicon.sets.items()
        if other != name and any(f"@{name}" in entry for entry in entries)
    }
    if files:
        lexicon = load(library.files[0].parent.parent / "lexicon.yaml")
        for name in library.lexicon.sets:
            if name not in used:
                line, column = lexicon.at(("sets", name))
                yield Issue(
                    lexicon.name,
                    line,
                    column,
                    "unused-set",
                    f"共用词组“{name}”没有指标用到",
                    "请删去,或在指标中引用",
                )
    seen: dict[str, str] = {}
    for file in files:
        for kind in ("hit", "miss", "todo"):
            for number, example in enumerate(getattr(file.indicator.examples, kind)):
                said_here = f"{file.indicator.id}\n{example.role}\n{example.text}"
                if said_here in seen:
                    yield file.issue(
                        ("examples", kind, number),
                        "doubled",
                        f"示例与 {seen[said_here]} 重复:{example.text[:20]}",
                        "请删去一处",
                    )
                seen[said_here] = f"{file.indicator.id}.examples.{kind}[{number}]"


def _unasked(files: list[_File], asked: frozenset[str]) -> Iterator[Issue]:
    """Indicators that no instrument, observation list or profile asks for."""
    for file in files:
        if file.indicator.id not in asked and not file.indicator.observed_only:
            yield file.issue(
                ("id",),
                "unasked",
                f"指标“{file.indicator.id}”没有任何清单引用",
                "请在 instruments 中引用,或写 observed_only: true",
            )


def lint_library(library: Library, asked: Iterable[str]) -> list[Issue]:
    """All remarks on the indicators, by file and line.

    Args:
        library: loaded without faults.
        asked: ids that the instruments ask for or observe.
    """
    book = TermBook(library.lexicon)
    files = [
        _File(indicator, path, book)
        for indicator, path in zip(library.indicators, library.files, strict=True)
    ]
    issues = [issue for file in files for check in FILE_CHECKS for issue in check(file)]
    issues += _whole(files, library)
    issues += _unasked(files, frozenset(asked))
    return sorted(issues, key=lambda issue: (issue.file, issue.line, issue.column))
