"""Words of Chinese prose: segmentation by jieba with a small dictionary of our own field.

jieba's stock dictionary takes most of a second to load and knows little of this field; ours, with the
terms of the lexicon and the words that would be cut wrongly without it, loads in a few milliseconds.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from audit.data import cached, checklist_root

_STOP = frozenset(
    [
        "等",
        "的",
        "和",
        "与",
        "及",
        "或",
        "对",
        "在",
        "为",
        "由",
        "向",
        "以",
        "是",
        "有",
        "不",
        "中",
        "上",
        "下",
        "其",
        "各",
        "年度",
        "情况",
        "工作",
        "开展",
        "进行",
        "写明",
        "件数",
        "数据",
        "具体",
        "做法",
        "制度",
        "属于",
        "另属",
        "不算",
    ]
)


@cache
def tokenizer() -> Any:
    """The tokenizer over `dictionary.txt` (one `word frequency` a line)."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    path = checklist_root() / "dictionary.txt"
    made.FREQ, made.total = cached("dictionary", [path], lambda: made.gen_pfdict(path.open("rb")))
    made.initialized = True
    return made


def cut(text: str) -> list[str]:
    """The words of a text, punctuation included, in order."""
    words: list[str] = tokenizer().lcut(text, HMM=False)
    return words


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
