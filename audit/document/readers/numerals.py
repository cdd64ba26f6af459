"""List numbers as Word prints them: the number formats of ECMA-376, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

_PLAIN = "〇一二三四五六七八九"
_SIMPLE = ("零一二三四五六七八九", "十百千", "万")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
_LEGAL_OLD = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counting(number: int, signs: tuple[str, str, str] = _SIMPLE, bare_ten: bool = True) -> str:
    """A number in Chinese words: 21 → 二十一, 105 → 一百零五, 12 → 十二 (一十二 without `bare_ten`)."""
    digits, units, myriad = signs
    if number <= 0 or number >= 10**8:
        return digits[0] if number == 0 else str(number)
    if number >= 10000:
        high, low = divmod(number, 10000)
        gap = digits[0] if 0 < low < 1000 else ""
        return counting(high, signs, bare_ten) + myriad + gap + (counting(low, signs, False) if low else "")
    words, pending = "", False
    text = str(number)
    for place, sign in zip(range(len(text) - 1, -1, -1), text, strict=True):
        value = int(sign)
        if value == 0:
            pending = bool(words)
            continue
        if pending:
            words, pending = words + digits[0], False
        words += digits[value] + (units[place - 1] if place else "")
    if bare_ten and words.startswith(digits[1] + units[0]):
        words = words[1:]
    return words


def digital(number: int, signs: str = _PLAIN) -> str:
    """Digit by digit: 12 → 一二."""
    return "".join(signs[int(sign)] for sign in str(number)) if number >= 0 else str(number)


def _chinese(number: int) -> str:
    return counting(number) if 0 < number < 100 else digital(number)


def letters(number: int, first: str = "a") -> str:
    """a … z, aa, bb … as Word counts."""
    if number < 1:
        return str(number)
    return chr(ord(first) + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)


def roman(number: int) -> str:
    """i, ii, iii, iv …"""
    if not 0 < number < 32768:
        return str(number)
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def _run(first: str, last: int, number: int) -> str:
    return chr(ord(first) + number - 1) if 1 <= number <= last else str(number)


def _circled(number: int) -> str:
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    if 36 <= number <= 50:
        return chr(0x32B1 + number - 36)
    return "⓪" if number == 0 else _run("①", 20, number)


def _cycle(signs: str, number: int) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _ordinal(number: int) -> str:
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_thousand: Callable[[int], str] = counting
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_WIDE),
    "decimalFullWidth2": lambda n: str(n).translate(_WIDE),
    "lowerLetter": letters,
    "upperLetter": partial(letters, first="A"),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "ordinal": _ordinal,
    "hex": lambda n: f"{n:X}",
    "numberInDash": lambda n: f"- {n} -",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _thousand,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "koreanCounting": _thousand,
    "ideographDigital": digital,
    "japaneseDigitalTenThousand": digital,
    "taiwaneseDigital": digital,
    "chineseLegalSimplified": partial(counting, signs=_LEGAL, bare_ten=False),
    "ideographLegalTraditional": partial(counting, signs=_LEGAL_OLD, bare_ten=False),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": partial(_run, "⒈", 20),
    "decimalEnclosedParen": partial(_run, "⑴", 20),
    "ideographEnclosedCircle": partial(_run, "㊀", 10),
    "ideographTraditional": partial(_cycle, _STEMS),
    "ideographZodiac": partial(_cycle, _BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "none": lambda n: "",
}


def formatted(number: int, style: str) -> str:
    """A number in a format of ST_NumberFormat; formats that no Chinese office uses come out decimal."""
    return _FORMATS.get(style, str)(number)
