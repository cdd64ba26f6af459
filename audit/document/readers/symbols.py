"""Characters of symbol fonts (w:sym, private use area) as Unicode."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0xA8: "□",
    0xA1: "○", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS.update({0x81 + n: chr(ord("①") + n) for n in range(10)})
_WINGDINGS.update({0x8C + n: chr(ord("❶") + n) for n in range(10)})
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"}
_WINGDINGS_2.update({0x6A + n: chr(ord("①") + n) for n in range(10)})
_SYMBOL = {
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xAE: "→", 0xA5: "∞", 0x2D: "−",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: int) -> str:
    """The Unicode character for a code in a font; "" where a symbol font's sign is unknown here."""
    table = _FONTS.get(font.lower())
    if 0xF000 <= code <= 0xF0FF or table is not None:
        low = code & 0xFF
        if table is None:
            return chr(low) if 0x20 < low < 0x7F else ""
        return table.get(low, chr(low) if table is _SYMBOL and 0x20 <= low < 0x7F else "")
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
