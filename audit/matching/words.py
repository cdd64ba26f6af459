"""Words of Chinese prose, with a small dictionary of our own field.

The method is jieba's (the likeliest path through the words of a dictionary) and gives the same words; jieba itself
takes twenty milliseconds to import, and its stock dictionary, which knows little of this field, most of a second.
Ours, with the terms of the lexicon and the words that would be cut wrongly without it, loads in a few milliseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from audit.data import checklist_root

_STOP = frozenset(["等", "的", "和", "与", "及", "或", "对", "在", "为", "由", "向", "以", "是", "有", "不", "中", "上", "下", "其", "各", "年度", "情况", "工作", "开展", "进行", "写明", "件数", "数据", "具体", "做法", "制度", "属于", "另属", "不算"])


# What jieba takes for words (the first), and what stands alone between them.
_RUN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_SPACE = re.compile(r"(\r\n|\s)")
_SIGN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Tokenizer:
    """Cuts a text along the likeliest path through its words, as jieba does without its hidden Markov model.

    Args:
        frequencies: word → how often it occurs.
    """

    def __init__(self, frequencies: dict[str, int]) -> None:
        total = math.log(sum(frequencies.values()))
        self._weights: dict[str, float | None] = {}
        weights = self._weights
        for word, frequency in frequencies.items():
            for end in range(1, len(word)):
                weights.setdefault(word[:end], None)
            weights[word] = math.log(frequency) - total if frequency else weights.get(word)
        self._unknown = 0.0 - total

    def _run(self, text: str) -> Iterator[str]:
        """The words of a run of characters; letters and digits that stand alone are joined."""
        weights, unknown = self._weights, self._unknown
        length = len(text)
        scores = [0.0] * (length + 1)
        ends = [0] * length
        for at in range(length - 1, -1, -1):
            best, chosen, end = -math.inf, 0, at + 1
            fragment = text[at]
            while end <= length and fragment in weights:
                weight = weights[fragment]
                if weight is not None:
                    score = weight + scores[end]
                    if score >= best:
                        best, chosen = score, end
                end += 1
                fragment = text[at:end]
            if not chosen:
                best, chosen = unknown + scores[at + 1], at + 1
            scores[at], ends[at] = best, chosen
        at, signs = 0, ""
        while at < length:
            word = text[at : ends[at]]
            at = ends[at]
            if word in _SIGN:
                signs += word
                continue
            if signs:
                yield signs
                signs = ""
            yield word
        if signs:
            yield signs

    def cut(self, text: str) -> list[str]:
        """The words of a text, punctuation included, in order."""
        words: list[str] = []
        for number, block in enumerate(_RUN.split(text)):
            if number % 2:
                words += self._run(block)
            elif block:
                for piece in _SPACE.split(block):
                    if _SPACE.match(piece):
                        words.append(piece)
                    else:
                        words += piece
        return words


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer over `dictionary.txt` (one `word frequency` a line)."""
    lines = (checklist_root() / "dictionary.txt").read_text(encoding="utf-8").split("\n")
    rows = [line.split() for line in lines if line]
    return Tokenizer({row[0]: int(row[1]) for row in rows})


def cut(text: str) -> list[str]:
    """The words of a text, punctuation included, in order."""
    return tokenizer().cut(text)


def boundaries(text: str) -> set[int]:
    """Offsets at which a word begins or ends, 0 and the length included."""
    cuts, at = {0}, 0
    for word in cut(text):
        at += len(word)
        cuts.add(at)
    return cuts


def vocabulary(descriptions: list[str]) -> dict[str, list[tuple[int, float]]]:
    """The telling words of descriptions: word → (index of the description, weight), rare words heavier.

    Words of one character, and words that stand in more than an eighth of the descriptions, tell nothing.
    """
    uses: dict[str, set[int]] = {}
    for index, description in enumerate(descriptions):
        for word in cut(description):
            if len(word) >= 2 and word not in _STOP and not word.isascii():
                uses.setdefault(word, set()).add(index)
    total = len(descriptions)
    limit = max(1, total // 8)
    return {
        word: [(index, round(math.log((total + 1) / len(indexes)), 3)) for index in sorted(indexes)]
        for word, indexes in sorted(uses.items())
        if len(indexes) <= limit
    }
