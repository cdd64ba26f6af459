"""Where the report itself begins and ends within its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.document.cues import cue, heading_roles
from audit.document.model import Paragraph, Span


class Edges(NamedTuple):
    """Indices into the paragraphs.

    Attributes:
        residue: the paragraphs that are web-page residue.
        body: the first paragraph of the body (a heading), or after the title and addressee where
            there are no headings.
        closing: the first paragraph of the closing, the number of paragraphs where there is none.
    """

    residue: frozenset[int]
    body: int
    closing: int


def find_edges(norm: str, paragraphs: Sequence[Paragraph], noise: Sequence[Span]) -> Edges:
    """Finds where opening and closing stand and which lines are no part of the report."""
    words = [norm[p.start : p.end] for p in paragraphs]
    residue = {i for i, p in enumerate(paragraphs) if p.kind == "noise" or _covered(p, noise)}
    body = next(
        (i for i, p in enumerate(paragraphs) if _starts(p, words[i]) and i not in residue), len(words)
    )
    residue |= _above_title(words, residue, body)
    closing = _closing(paragraphs, words, residue, body)
    residue |= _trailing(words, residue, closing)
    return Edges(frozenset(residue), body, closing)


def _covered(paragraph: Paragraph, noise: Sequence[Span]) -> bool:
    return any(
        min(paragraph.end, n.end) - max(paragraph.start, n.start) > (paragraph.end - paragraph.start) / 2
        for n in noise
    )


def _starts(paragraph: Paragraph, words: str) -> bool:
    if paragraph.kind not in ("heading", "lead"):
        return False
    return bool(paragraph.number) or paragraph.level == 1


def _above_title(words: list[str], residue: set[int], body: int) -> set[int]:
    """Short lines above the last residue that stands before the title."""
    title = next((i for i in range(body) if i not in residue and is_title(words[i])), body)
    last = max((i for i in residue if i < title), default=-1)
    return {i for i in range(last) if len(words[i]) < 60 and "。" not in words[i]}


def is_title(words: str) -> bool:
    """A line, normalised, looks like a report's title, number or red head."""
    return len(words) <= 80 and "。" not in words and cue("noise.title").search(words) is not None


def _closing(paragraphs: Sequence[Paragraph], words: list[str], residue: set[int], body: int) -> int:
    """The first paragraph from which on nothing but the closing follows."""
    total = len(words)
    last_heading = body
    for i in range(total - 1, body, -1):
        p = paragraphs[i]
        if p.kind in ("heading", "lead") and p.level == 1 and heading_roles(norm_words(words[i], p)):
            last_heading = i
            break
    real = [i for i in range(last_heading + 1 if body < total else 1, total) if i not in residue]
    for order, i in enumerate(real):
        line = words[i]
        if paragraphs[i].kind in ("heading", "lead"):
            continue
        follower = words[real[order + 1]] if order + 1 < len(real) else ""
        if (
            closes(line)
            or cue("closing.spoken").search(line)
            or (_is_body(line) and (_is_date(follower) or (follower and _is_body(follower))))
        ):
            rest = [words[k] for k in real[order + 1 :]]
            attached = next((n for n, w in enumerate(rest) if w.startswith("附")), len(rest))
            if line.startswith("附") or all(len(w) < 60 or closes(w) for w in rest[:attached]):
                return i
    return total


def norm_words(words: str, paragraph: Paragraph) -> str:
    """The words of a heading without its number and without what runs on after it."""
    head = words[: paragraph.heading_end - paragraph.start]
    return head[len(paragraph.number) :].strip() if head.startswith(paragraph.number) else head


def closes(line: str) -> bool:
    """A line, normalised, is one that only a closing has."""
    if len(line) > 120:
        return False
    return bool(cue("closing.sure").search(line) or cue("closing.body_date").search(line) or _is_date(line))


def _is_date(line: str) -> bool:
    return len(line) < 30 and cue("closing.date").search(line) is not None


def _is_body(line: str) -> bool:
    return len(line) <= 44 and cue("closing.body").search(line) is not None


def _trailing(words: list[str], residue: set[int], closing: int) -> set[int]:
    """Short lines after the first residue that follows the report."""
    first = next((i for i in sorted(residue) if i >= closing), None)
    if first is None:
        tail = len(words)
        while tail > 0 and (
            tail - 1 in residue or (len(words[tail - 1]) < 40 and words[tail - 1][-1] not in "。;!?")
        ):
            tail -= 1
        first = next((i for i in sorted(residue) if i >= tail), len(words))
    return {i for i in range(first, len(words)) if len(words[i]) < 60 and words[i][-1] not in "。"}
