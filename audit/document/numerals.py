"""Values of numerals as offices write them: 10余万, 二十三, 几十, 七八, 百分之九十五点三."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "○": 0, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1000}
POWERS = {"万": 10_000, "亿": 100_000_000}
SCALES = {**TENS, **POWERS}


def times(multipliers: str) -> int:
    """The product of 十百千万亿 written one after the other: `千万` is 10,000,000."""
    product = 1
    for sign in multipliers:
        product *= SCALES[sign]
    return product


def chinese(numeral: str) -> tuple[float, bool] | None:
    """The value of a Chinese numeral and whether its own form makes it vague.

    Args:
        numeral: only `零一二两三四五六七八九十百千万亿`, `点` and a leading or trailing `几` or `数`.

    Returns:
        The value and True for 几十, 七八, 三四百 (whose first figure is taken); None for what is no numeral
        (四三二一, 一二三).
    """
    vague = False
    body = numeral
    if body[0] in "数几":
        body, vague = body[1:], True
    if body.endswith("几"):
        body, vague = body[:-1], True
    if not body:
        return None
    if "点" in body:
        whole, _, part = body.partition("点")
        value = chinese(whole)
        if value is None or not part or any(c not in DIGITS for c in part):
            return None
        return value[0] + sum(DIGITS[c] * 10 ** -(i + 1) for i, c in enumerate(part)), value[1]
    if len(body) > 1 and body[0] in DIGITS and body[1] in DIGITS and body[0] != "零":
        pair = DIGITS[body[1]] - DIGITS[body[0]]
        if pair not in (1, 2) or any(c in DIGITS for c in body[2:]):
            return None
        body, vague = body[0] + body[2:], True
    total = section = digit = 0
    seen = False
    for sign in body:
        if sign in DIGITS:
            if seen and digit:
                return None
            digit, seen = DIGITS[sign], True
        elif sign in TENS:
            section += (digit or (0 if seen and section else 1)) * TENS[sign]
            digit, seen = 0, True
        elif sign in POWERS:
            total = (total + section + digit or 1) * POWERS[sign]
            section = digit = 0
            seen = True
        else:
            return None
    return float(total + section + digit), vague
