import pytest

from audit.document.readers.numerals import formatted

CASES = {
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {3: "03", 12: "12"},
    "decimalFullWidth": {12: "１２"},
    "upperRoman": {4: "IV", 19: "XIX"},
    "lowerRoman": {9: "ix"},
    "lowerLetter": {1: "a", 26: "z", 27: "aa", 28: "bb"},
    "upperLetter": {2: "B"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一〇〇"},
    "chineseCountingThousand": {10: "十", 21: "二十一", 105: "一百零五", 110: "一百一十", 1001: "一千零一"},
    "taiwaneseCountingThousand": {12: "十二"},
    "japaneseCounting": {10: "十", 23: "二十三"},
    "ideographDigital": {10: "一〇", 12: "一二"},
    "chineseLegalSimplified": {3: "叁", 10: "壹拾", 25: "贰拾伍"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"},
    "decimalEnclosedCircleChinese": {10: "⑩"},
    "decimalEnclosedFullstop": {2: "⒉"},
    "decimalEnclosedParen": {2: "⑵"},
    "ideographEnclosedCircle": {1: "㊀", 11: "11"},
    "ideographTraditional": {1: "甲", 10: "癸"},
    "ideographZodiac": {12: "亥"},
    "numberInDash": {1: "- 1 -"},
    "none": {7: ""},
    "thaiLetters": {7: "7"},
}


@pytest.mark.parametrize("style", CASES)
def test_numbers_as_word_prints_them(style: str) -> None:
    assert {n: formatted(n, style) for n in CASES[style]} == CASES[style]


def test_large_numbers() -> None:
    assert formatted(10000, "chineseCountingThousand") == "一万"
    assert formatted(20305, "chineseCountingThousand") == "二万零三百零五"
    assert formatted(0, "decimal") == "0"
