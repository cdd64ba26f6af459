"""One form for full- and half-width writing, character by character, so that offsets agree."""

from __future__ import annotations

_TABLE: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""Code of a sign → the sign in its place, which is never itself replaced."""
_TABLE.update(
    {
        0x3000: " ",
        0x00A0: " ",
        ord("﹐"): ",",
        ord("﹕"): ":",
        ord("〇"): "零",
        ord("○"): "零",
        ord("﹪"): "%",
        ord("—"): "-",
        ord("–"): "-",
        ord("－"): "-",
        ord("―"): "-",
        ord("﹣"): "-",
        ord("｡"): "。",
        ord("〔"): "[",
        ord("〕"): "]",
        ord("［"): "[",
        ord("］"): "]",
        ord("【"): "[",
        ord("】"): "]",
        ord("〈"): "《",
        ord("〉"): "》",
        ord("「"): "“",
        ord("」"): "”",
        ord("\t"): " ",
    }
)
_SIGNS = frozenset(map(chr, _TABLE))


def normalise(text: str) -> str:
    """Text of the same length in which full-width signs are half-width.

    `，（）：；％！？` and full-width letters and digits become ASCII, dashes `-`, `〔〕【】` `[]`,
    `〇○` `零`. `。、“”‘’《》` stay. Every character maps to one character, so offsets agree.
    """
    for sign in _SIGNS.intersection(text):
        text = text.replace(sign, _TABLE[ord(sign)])
    return text
