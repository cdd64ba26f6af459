"""The library of indicators, loaded, checked and kept in the user's cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.checklist.faults import Fault
from audit.checklist.indicators import Indicator, Lexicon, indicator_files
from audit.checklist.source import lines, load, validate
from audit.checklist.terms import TermBook, pattern_faults
from audit.data import checklist_root
from audit.errors import ChecklistError


@dataclass(frozen=True, slots=True)
class Library:
    """All indicators in the library's order, and the lexicon that they share."""

    indicators: tuple[Indicator, ...]
    lexicon: Lexicon
    files: tuple[Path, ...]


def load_library(root: Path | None = None, only: list[Path] | None = None) -> Library:
    """Reads every indicator file and the lexicon.

    Args:
        root: the checklists folder.
        only: read just these indicator files.

    Raises:
        ChecklistError: with every fault of every file.
    """
    base = root or checklist_root()
    lexicon, faults = validate(Lexicon, load(base / "lexicon.yaml"))
    indicators: list[Indicator] = []
    homes: dict[str, Path] = {}
    files = only if only is not None else indicator_files(base)
    for path in files:
        sourced = load(path)
        indicator, found = validate(Indicator, sourced)
        faults += found
        if indicator is None:
            continue
        own: list[Fault] = []
        if indicator.id in homes:
            own.append(
                Fault(
                    ("id",), f"指标“{indicator.id}”已在 {homes[indicator.id].name} 中定义", "请改名或删去其一"
                )
            )
        if indicator.id != path.stem:
            own.append(
                Fault(("id",), f"“{indicator.id}”与文件名不一致", f"请把文件改名为 {indicator.id}.yaml")
            )
        if lexicon is not None:
            for key, told in pattern_faults(indicator, TermBook(lexicon)):
                what, _, mend = told.partition(",")
                own.append(Fault(key, what, mend or "请改正"))
        faults += lines(sourced, own)
        homes[indicator.id] = path
        indicators.append(indicator)
    if faults or lexicon is None:
        raise ChecklistError(faults)
    return Library(tuple(indicators), lexicon, tuple(files))
