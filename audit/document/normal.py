"""One form for full- and half-width writing, character by character, so that offsets agree."""

from __future__ import annotations

_TABLE: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
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


def normalise(text: str) -> str:
    """Text of the same length in which full-width signs are half-width.

    `，（）：；％！？` and full-width letters and digits become ASCII, dashes `-`, `〔〕【】` `[]`,
    `〇○` `零`. `。、“”‘’《》` stay. Every character maps to one character, so offsets agree.
    """
    return text.translate(_TABLE)
