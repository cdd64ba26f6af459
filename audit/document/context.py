"""Whether a clause of the results tells of something done, promised or lacking.

After ConText (cue, direction, reach, what ends it, pseudo-cues); the cues are data in
`checklists/context.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from audit.data import load_yaml
from audit.document.model import Modality, Span
from audit.document.punctuation import Piece

Judged = tuple[Modality, Span | None]
DONE: Judged = ("done", None)

_YEAR = "20XX年"
_LABEL = re.compile(r"[一二三四五六七八九十]{1,3}[是要、]|[(\d一二三四五六七八九十]{1,4}[).、]")
_JOINERS = ("", "并", "还", "也", "同时", "且", "而", "但", "以及", "与此同时")


class _Cue:
    """One entry of the file, its patterns compiled when first asked for."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.kind: Modality = entry["type"]
        self.start = entry.get("place") == "start"
        self.sentence = entry.get("reach") == "sentence"
        self.back = bool(entry.get("back"))
        self._lists: dict[str, list[str]] = {k: v for k, v in entry.items() if isinstance(v, list)}
        self._compiled: dict[tuple[str, int | None], re.Pattern[str] | None] = {}

    def pattern(self, name: str, year: int | None) -> re.Pattern[str] | None:
        key = (name, year)
        if key not in self._compiled:
            entries = self._lists.get(name)
            self._compiled[key] = _compile(tuple(entries), name, year) if entries else None
        return self._compiled[key]


def _compile(entries: tuple[str, ...], name: str, year: int | None) -> re.Pattern[str]:
    joined = "|".join(f"(?:{entry})" for entry in entries)
    for word, choices in load_yaml("context.yaml")["sets"].items():
        joined = joined.replace("{" + word + "}", "|".join(choices))
    joined = joined.replace(_YEAR, later_years(year))
    return re.compile(f"(?:{joined})$" if name.endswith("before") else joined)


def later_years(year: int | None) -> str:
    """A pattern for the ten years after `year`; one that fits nothing where `year` is None."""
    if year is None:
        return "(?!)"
    return "(?:" + "|".join(str(y) for y in range(year + 1, year + 11)) + ")年"


@cache
def _cues() -> dict[str, list[_Cue]]:
    found: dict[str, list[_Cue]] = {}
    for entry in load_yaml("context.yaml")["cues"]:
        cue = _Cue(entry)
        for word in entry["words"]:
            found.setdefault(word, []).append(cue)
    return found


@cache
def _triggers() -> re.Pattern[str]:
    words = sorted((w for w in _cues() if w != _YEAR), key=len, reverse=True)
    return re.compile("|".join([*words, r"20\d\d年"]))


@cache
def _list(name: str, inner: str = "") -> re.Pattern[str]:
    node = load_yaml("context.yaml")[name]
    return re.compile("|".join(node[inner] if inner else node))


@cache
def _earlier(year: int) -> re.Pattern[str]:
    node = load_yaml("context.yaml")["earlier"]
    years = "(?:" + "|".join(str(y) for y in range(year - 10, year)) + ")年"
    begins = "|".join(node["begins"]).replace(_YEAR, years)
    return re.compile(f"(?:{_LABEL.pattern})?(?:{begins})(?!{'|'.join(node['not_after'])})")


def tells_of_earlier(norm: str, piece: Piece, report_year: int | None) -> bool:
    """Whether a clause begins with a year before the one reported on and stays there (2019年制定的1件当年已报备)."""
    if report_year is None or (match := _earlier(report_year).match(norm, piece.start, piece.end)) is None:
        return False
    unless = _list("earlier", "unless")
    return unless.search(norm, match.end(), piece.end) is None


def under_way(norm: str) -> list[int]:
    """Where something is told to be not finished yet (正在编制, 已形成征求意见稿), in order."""
    return [match.start() for match in _list("under_way").finditer(norm)]


def judge(shown: str, row: Sequence[Piece], report_year: int | None = None) -> list[Judged]:
    """Judges the clauses of one sentence that stands among the results.

    Args:
        shown: the normalised text with quotations and titles blanked (see `punctuation.hide`).
        row: the clauses of the sentence.
        report_year: the year reported on, where known; a later one may be a cue.

    Returns:
        The modality of each clause, and the words that decided it where it is not `done`.
    """
    judged: list[Judged] = [DONE] * len(row)
    at = 0
    for match in _triggers().finditer(shown, row[0].start, row[-1].end):
        while match.start() >= row[at].end and at + 1 < len(row):
            at += 1
        if match.end() > row[at].end:
            continue
        word = match[0]
        if word[0] == "2":
            if report_year is None or int(word[:4]) <= report_year:
                continue
            word = _YEAR
        for cue in _cues()[word]:
            if _holds(cue, shown, row[at], match.start(), match.end(), report_year):
                _spread(cue, shown, row, at, Span(match.start(), match.end()), judged)
                break
    return judged


def _holds(cue: _Cue, shown: str, piece: Piece, start: int, end: int, year: int | None) -> bool:
    left = shown[piece.start : start]
    if cue.start:
        label = _LABEL.match(left)
        if left[label.end() if label else 0 :].strip() not in _JOINERS:
            return False
    after = shown[end : piece.end]
    wanted, refused = cue.pattern("after", year), cue.pattern("not_after", year)
    if (wanted and not wanted.match(after)) or (refused and refused.match(after)):
        return False
    wanted, refused = cue.pattern("before", year), cue.pattern("not_before", year)
    if (wanted and not wanted.search(left)) or (refused and refused.search(left)):
        return False
    unless, unless_after = cue.pattern("unless", year), cue.pattern("unless_after", year)
    if unless and unless.search(shown[piece.start : piece.end]):
        return False
    return not (unless_after and unless_after.search(after))


def _spread(cue: _Cue, shown: str, row: Sequence[Piece], at: int, span: Span, judged: list[Judged]) -> None:
    """Marks the clause of the cue and those that it reaches."""
    if judged[at] is not DONE and (judged[at][0] != cue.kind or not cue.sentence):
        return
    verdict: Judged = (cue.kind, span) if judged[at] is DONE else judged[at]
    judged[at] = verdict
    if cue.sentence:
        for later in range(at + 1, len(row)):
            if judged[later] is not DONE or _list("stops").search(shown, row[later].start, row[later].end):
                break
            judged[later] = verdict
    before = row[at - 1] if at else None
    if (
        cue.back
        and before is not None
        and judged[at - 1] is DONE
        and _names_matter(shown[before.start : before.end])
    ):
        judged[at - 1] = verdict


def _names_matter(words: str) -> bool:
    """The clause has no verb of its own: what is promised of it stands in the next one."""
    if len(words) > 60 or _list("matter", "not").search(words):
        return False
    return re.search(f"(?:{_list('matter', 'ends').pattern})$", words) is not None
