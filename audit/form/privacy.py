"""Personal data in a report that will be public: telephone and identity numbers, home addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from audit.form.layout import Layout
from audit.form.model import Defect

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<id>(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z]))
        |(?P<mobile>(?<![0-9A-Za-z.-])(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![0-9A-Za-z]))
        |(?P<home>(?:家庭|宿舍|住宅|家里|宅)(?:固定)?(?:电话|座机)(?:号码)?(?:为|是)?[: ]*(?:0\d{2,3}[- ]?)?[2-9]\d{6,7}(?!\d))
        |(?P<address>(?:家庭(?:住|地)址|现住址|居住地址|户籍地址?|住址|家住|现住)(?:为|是|在|于)?[: ]*
            [^。;,\n]{2,40}?(?:\d+号|\d+栋|\d+幢|\d+单元|\d+室|\d+组|[一二三四五六七八九十]+组\d*))""",
        re.VERBOSE,
    )


@cache
def _possible() -> re.Pattern[str]:
    return re.compile(r"[1-9]\d{2}[- ]?\d{4}[- ]?\d{4}|[家住宅户宿](?:庭|址|电|里|地|籍|舍|住|于|在)")


_NO_IDENTITY = re.compile(r"信用代码|登记号|备案|编号|账号|帐号|索引号|案号|单号|证书号|许可证|标识码|流水")
_OFFICE_MOBILE = re.compile(r"值班|公务手机|24 ?小时|热线|便民电话")

_WHY = {
    "mobile": ("报告公开后会泄露个人手机号码", "删去手机号码,改留办公电话"),
    "home": ("报告公开后会泄露个人住宅电话", "删去住宅电话,改留办公电话"),
    "address": ("报告公开后会泄露个人住址", "删去住址"),
}


def find(layout: Layout) -> Iterator[Defect]:
    """One defect for each person's datum; several numbers in one expression count once."""
    norm, last_end = layout.norm, -100
    if not _possible().search(norm):
        return
    for match in _pattern().finditer(norm):
        kind, (start, end) = match.lastgroup or "", match.span()
        line = layout.lines[layout.line_at(start)]
        before = norm[max(line.start, start - 14) : start]
        if kind == "id":
            if _NO_IDENTITY.search(before) or not _born(match[0]):
                continue
            sure = _checks(match[0])
            why = "疑似公民身份号码" + ("(校验位相符)" if sure else "(校验位不符,请核对)")
            remedy = "删去身份号码,确需标识的只保留首末几位"
        else:
            if kind == "mobile" and _OFFICE_MOBILE.search(before):
                continue
            why, remedy = _WHY[kind]
        if start - last_end <= 3 and kind == "mobile":
            last_end = end
            continue
        last_end = end
        begin = layout.clause_start(start, max(line.start, start - 30))
        yield Defect("privacy", _label_start(layout, begin, start), end, why, remedy, "must")


def _label_start(layout: Layout, begin: int, start: int) -> int:
    """With the word that names the number (手机, 联系电话：) where one stands before it."""
    label = re.search(r"[\u4e00-\u9fff]{2,8}[:： ]*$", layout.text[max(0, start - 12) : start])
    return min(begin, start - len(label[0])) if label else begin


def _born(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1920 <= born.year <= 2020 and "11" <= number[:2] <= "82"


def _checks(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK[total % 11] == number[17].upper()
