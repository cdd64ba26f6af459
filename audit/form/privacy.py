"""Personal data in a report that will be public: telephone and identity numbers, home addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from audit.form.cued import stands
from audit.form.layout import Layout
from audit.form.model import Defect

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


_ID = re.compile(
    r"(?P<id>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx])(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?P<mobile>(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4}))(?![0-9A-Za-z])")


@cache
def _dwelling() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<home>(?:家庭|宿舍|住宅|家里|家中|宅)(?:固定)?(?:电话|座机)(?:号码)?(?:为|是)?[: ]*
            (?:0\d{2,3}[- ]?)?[2-9]\d{6,7}(?!\d))
        |(?P<address>(?:家庭(?:住|地)址|现住址|居住地址|户籍(?:所在)?地址?|经常居住地|住址|家住|现住)(?:为|是|在|于)?[: ]*
            [^。;,\n]{2,40}?(?:\d+号|\d+栋|\d+幢|\d+单元|\d+室|\d+组|[一二三四五六七八九十]+组\d*)
            |住(?!建|房|宅|户|院|宿|进|满|所)(?:在|于)?[^。;,\n]{2,24}?\d+号?[^。;,\n]{0,6}?(?:栋|幢|单元|楼)[^。;,\n]{0,6}?\d+[室号户]
            |(?:当事人|申请人|村民|居民|群众|受援人|信访人|投诉人|老人|家长|户主|家属|同志|女士|先生)[\u4e00-\u9fff]{0,4}
            [(][^()\n]{2,24}?\d+号[^()\n]{0,6}?\d+[室号户][)])""",
        re.VERBOSE,
    )


_RESIDENT = re.compile(
    r"(?P<address>(?<!\d)\d+(?:号|栋|幢|弄|组|座)[^。;,\n\d]{0,6}(?:\d+[^。;,\n\d]{1,4}){0,3}?\d+[室号户])的?"
    r"(?:居民|住户|业主|村民|群众|租户|租客|老人|独居|孤寡|户主|房主|当事人|申请人)"
    r"(?!委员会|服务|小组|之家|代表|活动|议事|大会|自治|监督|[点站室所家])"
)
_LONG = re.compile(r"\d\d[-\d ]{8,}[\dXx]")
_HOMES = (
    "家庭",
    "住址",
    "住宅",
    "宅电",
    "户籍",
    "现住",
    "家住",
    "宿舍",
    "居住地",
    "家里",
    "家中电",
    "家中座",
    "家中固",
)


_INHABITANTS = tuple(
    sign + who
    for sign in ("室", "号", "户", "室的", "号的")
    for who in (
        "居民",
        "住户",
        "业主",
        "村民",
        "群众",
        "租",
        "老人",
        "独居",
        "孤寡",
        "户主",
        "房主",
        "当事",
        "申请",
    )
)


_NO_IDENTITY = re.compile(r"信用代码|登记号|备案|编号|账号|帐号|索引号|案号|单号|证书号|许可证|标识码|流水")
_NO_TELEPHONE = re.compile(
    r"(?:编号|[单案账帐证文]号|流水号?|序列号|代码|备案号?|索引号?|登记号|订单|工单|条码|标识码)(?:为|是)?[: #No.]*$"
)
_OFFICE_MOBILE = re.compile(r"值班|公务手机|24 ?小时|热线|便民电话")

_WHY = {
    "mobile": ("报告公开后会泄露个人手机号码", "删去手机号码,改留办公电话"),
    "home": ("报告公开后会泄露个人住宅电话", "删去住宅电话,改留办公电话"),
    "address": ("报告公开后会泄露个人住址", "删去住址"),
}


def find(layout: Layout) -> Iterator[Defect]:
    """One defect for each person's datum; several numbers in one expression count once."""
    norm, last_end = layout.norm, -100
    for match in sorted(_data(norm), key=lambda m: m.start()):
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
            if kind == "mobile" and (_OFFICE_MOBILE.search(before) or _NO_TELEPHONE.search(before)):
                continue
            why, remedy = _WHY[kind]
        joined = start - last_end <= 14 and "\n" not in norm[last_end:start]
        last_end = end
        if not joined:
            begin = layout.clause_start(start, max(line.start, start - 30))
            yield Defect("privacy", _label_start(layout, begin, start), end, why, remedy, "must")


def _data(norm: str) -> Iterator[re.Match[str]]:
    """Numbers and addresses that look like a person's."""
    for run in _LONG.finditer(norm):
        for at in range(run.start() - norm.startswith("+", run.start() - 1), run.end()):
            if norm[at - 1 : at].isalnum() and norm[at - 1].isascii() or norm[at - 1 : at] in (".", "-"):
                continue
            match = _ID.match(norm, at, run.end() + 1) or _MOBILE.match(norm, at, run.end() + 1)
            if match:
                yield match
                break
    if stands(_HOMES, norm) or stands(("单元", "号楼", "栋", "幢"), norm):
        yield from _dwelling().finditer(norm)
    if stands(_INHABITANTS, norm):
        yield from _RESIDENT.finditer(norm)


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
