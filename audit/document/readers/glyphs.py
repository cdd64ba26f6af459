"""Characters as page formats give them: look-alikes, invisible signs, stray spaces, broken lines."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SUPPLEMENT = (
    "厂乛乚乙亻冂几𠂊刂卜㔾小小兀尣尢𡯂巳幺彑彐忄㣺扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁㓁罒"
    "羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾"
    "斉齐歯齿竜龙龜亀龟"
)
"""What stands for U+2E81 to U+2EF3 (CJK Radicals Supplement); a space where nothing is assigned."""
_DROPPED = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0000"
WIDE = re.compile(
    r"[\u2014-\u201d\u2026\u2460-\u24ff\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Characters that take a full square."""
_LATIN = re.compile(r"[A-Za-z]")


@cache
def _table() -> dict[int, str]:
    table = {0x2E81 + n: sign for n, sign in enumerate(_SUPPLEMENT) if sign != " "}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)):
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        if plain != sign:
            table[code] = plain
    table.update({ord(sign): "" for sign in _DROPPED})
    table.update(
        {0xA0: " ", 0x2002: " ", 0x2003: "\u3000", 0x2009: " ", 0x2028: "\n", 0x2029: "\n", 0x0C: "\n"}
    )
    return table


def mended(text: str) -> str:
    """Radicals and compatibility ideographs as ordinary characters, invisible signs dropped."""
    return text.translate(_table())


def wide(sign: str) -> bool:
    """Whether a character takes a full square, as Han characters and their punctuation do."""
    return bool(sign) and WIDE.match(sign) is not None


def units(text: str) -> float:
    """The width of a text in squares: Han characters 1, others about a half."""
    return sum(1.0 if wide(sign) else 0.5 for sign in text)


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph put together; a space only between Latin words."""
    if _LATIN.match(after[:1]) and re.match(r"[A-Za-z0-9,;.)]", before[-1:]):
        return f"{before} {after}"
    if _LATIN.match(before[-1:]) and after[:1].isascii() and after[:1].isalnum():
        return f"{before} {after}"
    return before + after
