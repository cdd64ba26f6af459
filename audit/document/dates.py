"""Dates and years as offices write them, in ISO form."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from audit.document.numerals import chinese

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"O": "0", "o": "0", "Ｏ": "0"}
YEAR = r"(?:(?:19|20)\d\d|[12](?: \d){3}|[一二][零九0Oo一二三四五六七八九]{3})"
DATE = (
    rf"(?P<y>{YEAR}) ?(?:年 ?(?P<m>\d{{1,2}}|1 \d|[一二三四五六七八九十]{{1,3}}) ?月 ?(?P<d>\d{{1,2}}|[123] \d|[一二三四五六七八九十]{{1,3}}) ?日"
    r"|[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d))"
)
"""A full date; after a match, `iso` reads it."""


@cache
def full_date() -> re.Pattern[str]:
    """Finds a full date in a normalised text."""
    return re.compile(DATE)


def year(written: str) -> int | None:
    """The year behind 2019, 2 0 1 9 or 二零一九; None where it is none of 1990 to 2099."""
    digits = "".join(_DIGITS.get(sign, sign) for sign in written if sign != " ")
    if len(digits) != 4 or not digits.isdigit():
        return None
    value = int(digits)
    return value if 1990 <= value <= 2099 else None


def _small(written: str) -> int:
    compact = written.replace(" ", "")
    if compact.isdigit():
        return int(compact)
    parsed = chinese(compact)
    return int(parsed[0]) if parsed else 0


def iso(match: re.Match[str]) -> str | None:
    """The ISO form of a match of `DATE`; None for a day that does not exist."""
    number = year(match["y"])
    if number is None:
        return None
    try:
        return date(number, _small(match["m"] or match["m2"]), _small(match["d"] or match["d2"])).isoformat()
    except ValueError:
        return None
