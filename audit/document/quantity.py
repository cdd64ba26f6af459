"""Numbers in a text: what they count, and which digits only belong to a date, a name, a document number.

One pass; every number is met once and looks at most some forty characters around itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from audit.document.model import Quantity, QuantityKind
from audit.document.numerals import chinese, times
from audit.document.units import Units, units

_YEAR = r"(?:19|20)\d\d"
_SPECIAL = re.compile(
    rf"(?P<docno>(?<=\[){_YEAR}\] ?第?(?:\d+(?:-\d+)?号)?|(?<=\(){_YEAR}\) ?第?\d+号|\d+(?:-\d+)?号(?:令|文件|文)?"
    rf"|(?<=第)\d+[条款章编](?:第?\d+款)?)"
    rf"|(?P<date>{_YEAR} ?年?度?[-~至到、和]{{1,2}}{_YEAR[:-2]}\d ?年度?|{_YEAR}(?:[-~至]{{1,2}})?{_YEAR[:-2]}\d年?|"
    rf"{_YEAR} ?年(?:度|底|初|末|前)?(?: ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?[日号])?)?|[12](?: \d){{3}} ?年度?"
    rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:日?[ T]*\d{{1,2}}:\d\d(?::\d\d)?)?|\d{{1,2}}:\d\d(?::\d\d)?(?!\d)"
    rf"|\d{{1,2}}(?:月?[-~至到、和及]{{1,2}}\d{{1,2}})?月(?!度?均)(?:底|初|份|末|中旬|上旬|下旬|\d{{1,2}}[日号](?:[-~至到、]\d{{1,2}}[日号])?)?"
    rf"|\d{{1,2}}时(?!隔|常|许|间|候)(?:\d{{1,2}}分)?|\d{{1,2}}点\d{{1,2}}分|{_YEAR}(?=全年|版|法治|届))"
    r"|(?P<name>[\dNX]+(?:\+[\dNX]+)+|\d{1,2}·\d{1,2}|\d+[×*xX][\d×*xX]*|\d{3,4}-\d{7,8}|\d+(?:\.\d+)?(?:[A-Za-z]+|版)"
    r"|\d{3,6}(?=(?:政务|便民|市民|热线|平台|电话|举报|公共法律|投诉|接处警|联动|法律|消费|妇女|青少年))|\d+:\d+(?=模式|机制|比例)|[01]\d{8,})"
)
_NUMBER = re.compile(
    r"(?P<num>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)(?: (?=[万亿余多]))?(?P<ap1>[余多几来])?"
    r"(?P<mul>(?:[十百千](?![分瓦米克]))?[万亿]+|[十百千](?![分瓦米克]))?(?P<ap2>[余多几来])?"
)
_RANGE = re.compile(r" ?(?:-{1,2}|~|至|到) ?(?=[\d.]+)")
_SLASH = re.compile(r"([1-9])/([1-9]|10)(?![\d/])")
_CN_TAIL = re.compile(r"(?P<ap1>[余多几来])?(?P<mul>[百千]?[万亿]+|[百千](?!分))?(?P<ap2>[余多来])?")
_CN_CHENG = re.compile(
    r"成(?P<more>半|[一二三四五六七八九](?=[,。;、的以多左有)\s]|$))?(?![立员果功效为型长就本品分人份交都]|不变)"
)
_CN_DATE = re.compile(
    r"[零一二三四五六七八九]{4}年度?(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
    r"|[一二三四五六七八九十]{1,2}月(?:份|底|初|末|[一二三四五六七八九十]{1,3}日)|[一二三四]季度"
)
_CN_NAME = re.compile(
    r"[一二三四五六七八九十]+(?:届(?:[一二三四五六七]+中全会|[一二三四五六七]+次)?|中全会)|[一二]?十[一二三四五六七八九]?大(?![类项批队])"
)
_QUOTED = re.compile(r"“[^“”\n]{1,40}”|《[^《》\n]{1,90}》|‘[^‘’\n]{1,30}’")
_INCIDENT = re.compile(r"[^,。;\n]{0,14}(?:案|纠纷|事件|事故|诉讼|复议|投诉|信访|举报)")
_FIGURATIVE = re.compile(r"[^,。;\n]{0,24}(?:答卷|成绩单|力量|贡献|心意)")
_ENUM = frozenset({"、", ",", "和", "及", "与", "以及", "/", "、 ", "和 "})
_LEADS = ("为", "达", "到", "是", "共", "计", "分", "至", "占", "率", "有", "数", "均", "约", ":")
_ONE_NOT_AFTER = frozenset("上下第每某另同这那唯统逐任首之单齐归合如划不万专进")
_PERSONS = ("责人", "导人", "行人", "辩人", "代人", "任人")
"""Ends of words for persons: 负责人均到庭 is no 人均."""
_NO_MEAN = frozenset("平人年户月日周案亩单篇次")


def is_level(quantity: Quantity) -> bool:
    """True for a figure that measures something (a count, a rate), not a change, a date, a name."""
    return quantity.kind == "level"


def is_figure(quantity: Quantity) -> bool:
    """True for what supports the grade `data`: a level, a change or an amount of money."""
    return quantity.kind in ("level", "change", "money")


def find_quantities(text: str, norm: str) -> tuple[Quantity, ...]:
    """All numbers of a text, in order, without overlap.

    Args:
        text: the text that offsets refer to.
        norm: `normalise(text)`, of the same length.

    Returns:
        Figures with value and unit, and, told from them by `kind`, the digits of dates, names, ordinals
        and document numbers.
    """
    return _Scan(norm).run()


class _Scan:
    """One pass over a normalised text."""

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self.units: Units = units()
        quoted = [match.span() for match in _QUOTED.finditer(norm)]
        self.quote_starts = [start for start, _ in quoted]
        self.quote_ends = [end for _, end in quoted]
        self.found: list[Quantity] = []

    def run(self) -> tuple[Quantity, ...]:
        norm, token = self.norm, self.units.token.match
        pos = 0
        for opening in self.units.opening.finditer(norm):
            if opening.start() < pos or not (match := token(norm, opening.start())):
                continue
            start, pos = match.span()
            quantity = self.read(match[0], start, pos)
            if quantity is not None:
                self.found.append(quantity)
                pos = max(pos, quantity.end)
        self.share_units()
        return tuple(self.found)

    def read(self, word: str, start: int, end: int) -> Quantity | None:
        if word[0].isdigit():
            return self.arabic(start)
        if word in self.units.full_words or word[-1] in "都漏落少":
            return self.full(start, end)
        if word[0] in "没未无" or word[0] == "一" and word[-1] in "起件例宗案":
            return self.none(start, end)
        if word in self.units.share_words or word in self.units.turn_words or "分" in word:
            return self.share(start, end)
        return self.chinese(start, end)

    # -- surroundings ------------------------------------------------------------------------------------

    def quoted(self, pos: int) -> int:
        """Length of the short quotation around a place, -1 inside book-title marks, 0 outside both."""
        index = bisect_right(self.quote_starts, pos) - 1
        if index < 0 or pos >= self.quote_ends[index]:
            return 0
        start = self.quote_starts[index]
        return -1 if self.norm[start] == "《" else self.quote_ends[index] - start - 2

    def clause_before(self, pos: int) -> str:
        """The words of the clause in front of a place, at most 48."""
        piece = self.norm[max(0, pos - 48) : pos]
        cut = max(map(piece.rfind, ",。;\n!?:"))
        return piece[cut + 1 :]

    def vague_before(self, pos: int) -> int:
        """Where a leading 近、约、超过 begins; `pos` itself where there is none."""
        at = pos - 1 if pos and self.norm[pos - 1] == " " else pos
        piece = self.norm[max(0, at - 4) : at]
        if piece.endswith(self.units.before) and not piece.endswith(self.units.before_not):
            return at - next(len(word) for word in self.units.before if piece.endswith(word))
        return pos

    def change(self, start: int, end: int, unit: str) -> bool:
        """The number says by how much something moved, not where it stands."""
        if unit == "个百分点":
            return True
        lists = self.units
        if self.found:
            last = self.found[-1]
            if last.kind == "change" and self.norm[last.end : start] in _ENUM:
                return True
        if self.norm.startswith(("的增长", "的增幅", "的降幅", "的涨幅", "的下降"), end):
            return True
        before = self.clause_before(start).rstrip()
        if not before:
            return False
        adjacent = lists.adjacent.search(before)
        if before[-1] in "到至达为占是" and not adjacent:
            return False
        base = lists.base.search(before)
        if base:
            rest = before[base.end() :]
            return bool(
                not rest or lists.move.search(rest) or lists.tail.search(rest) or rest in ("分别", "大幅")
            )
        if adjacent:
            return not lists.cut.search(before)
        return False

    # -- digits ------------------------------------------------------------------------------------------

    def arabic(self, start: int) -> Quantity | None:
        norm = self.norm
        before = norm[start - 1] if start else "\n"
        special = _SPECIAL.match(norm, start)
        quote = self.quoted(start)
        if special and special.lastgroup and not (before.isascii() and before.isalpha()):
            end = special.end()
            if special.lastgroup == "date" and before == "第":
                return self.plain(start, end, "ordinal")
            return self.plain(start, end, special.lastgroup)  # type: ignore[arg-type]
        number = _NUMBER.match(norm, start)
        if number is None:
            return None
        end = number.end("num")
        if before.isascii() and (before.isalpha() or before in "+·×*_&@#"):
            return self.plain(start, end, "name")
        if before == "第" or (before == " " and norm[start - 2 : start - 1] == "第"):
            unit = self.units.unit.match(norm, end)
            return self.plain(start, unit.end() if unit else end, "ordinal")
        if norm[end : end + 1] in ("×", "+") or (before == "." and norm[start - 2 : start - 1].isdigit()):
            return self.plain(start, end, "name")
        if self.is_list_number(start, end, before):
            return self.plain(start, end, "name")
        if number["num"] == "0" and (zero := self.units.zero.match(norm, start)):
            return Quantity(start, zero.end(), 0.0, "", False, "level", start, end, True)
        if slash := _SLASH.match(norm, start):
            if before.isdigit() or int(slash[1]) >= int(slash[2]):
                return None
            value = round(100 * int(slash[1]) / int(slash[2]), 2)
            lead = self.vague_before(start)
            return self.level(lead, start, slash.end(), value, "%", lead < start)
        value = float(number["num"].replace(",", ""))
        vague = bool(number["ap1"] or number["ap2"])
        end = number.end("mul") if number["mul"] else end
        if number["mul"]:
            value = round(value * times(number["mul"]), 6)
        return self.measured(start, end, number.end(), value, vague, quote)

    def is_list_number(self, start: int, end: int, before: str) -> bool:
        after = self.norm[end : end + 1]
        if after == ")":
            return before == "("
        if after not in (".", "、"):
            return False
        line = self.norm[max(0, start - 8) : start]
        return start == 0 or line.rpartition("\n")[2].strip() == "" and "\n" in line or before in "。;"

    def measured(
        self, start: int, end: int, tail: int, value: float, vague: bool, quote: int, one: bool = False
    ) -> Quantity | None:
        """A number whose unit stands behind it; `end` after its digits, `tail` after a 余 or 多."""
        norm = self.norm
        unit = self.units.unit.match(norm, tail) or (self.units.unit.match(norm, end) if tail > end else None)
        leap = _RANGE.match(norm, unit.end() if unit else tail)
        if leap and not self.is_shift(start, norm[leap.start() : leap.end()]):
            second = _NUMBER.match(norm, leap.end())
            upper = self.units.unit.match(norm, second.end()) if second else None
            if second and upper and (not unit or unit[0].strip() == upper[0].strip()):
                if second["mul"] and norm[end - 1] not in "万亿":
                    value = round(value * times(second["mul"]), 6)
                unit, vague, end = upper, True, second.end("mul") if second["mul"] else second.end("num")
        lead = self.vague_before(start)
        vague = vague or lead < start
        if unit is None:
            return self.bare(start, end, tail, lead, value, vague, quote)
        stop = unit.end()
        word = (unit.group(unit.lastgroup or 0) or "").strip()
        group = unit.lastgroup
        if group == "alt":
            word, group = unit["cnt"], "cnt"
            if unit["alt"][1:-1] == "次":
                word += "次"
        if quote < 0 or 0 < quote <= 10:
            return self.plain(start, stop, "name")
        if word in ("名", "位") and norm[start - 1 : start] == "前":
            return self.plain(start, stop, "ordinal")
        if after := self.units.after.match(norm, stop):
            behind = norm[after.end() : after.end() + 1]
            if after[0] not in "多余强" or behind not in "元样种次个":
                vague, stop = True, after.end()
        if group == "pc":
            if word == "‰":
                value = round(value / 10, 4)
            return self.level(lead, start, end, value, "%", vague, stop)
        if group == "pp":
            return self.level(lead, start, end, value, "个百分点", vague, stop)
        if group == "dur":
            return Quantity(lead, stop, value, word, vague, self.span_kind(start, word, stop), start, end)
        if group == "money":
            kind: QuantityKind = "change" if self.change(lead, stop, "元") else "money"
            return Quantity(
                lead, stop, value, "元" if word.startswith("元") else word, vague, kind, start, end
            )
        if word.startswith("大") and len(word) > 1:
            word = word[1:]
        return self.level(lead, start, end, value, word, vague, stop)

    def span_kind(self, start: int, word: str, stop: int) -> QuantityKind:
        """`duration`, or `date` for a day of a month whose month stands before (3月4日、9日)."""
        if word == "日" and not self.norm.startswith(("内", "以内", "之内", "前", "起"), stop):
            last = self.found[-1] if self.found else None
            if last and last.kind == "date" and start - last.end <= 2:
                return "date"
            if self.norm[max(0, start - 2) : start] in ("本月", "次月", "当月", "每月", "月的"):
                return "date"
        if word == "周年":
            return "name"
        return "duration"

    def is_shift(self, start: int, sign: str) -> bool:
        """由7名到12名: two levels, not a range."""
        if "至" not in sign and "到" not in sign:
            return False
        before = self.norm[max(0, start - 14) : start]
        return "由" in before or "从" in before or "自" in before

    def bare(
        self, start: int, end: int, tail: int, lead: int, value: float, vague: bool, quote: int
    ) -> Quantity | None:
        """Digits without a unit: a figure only where the words or a table cell around say so."""
        norm = self.norm
        if quote:
            return self.plain(start, end, "name")
        stop = tail if vague else end
        left, right = norm[max(0, lead - 1) : lead], norm[stop : stop + 1]
        cell = (left in ("", "\n", " ", "|") and right in ("", "\n", " ", "|")) and "|" in norm[
            max(0, lead - 40) : stop + 40
        ]
        listed = right in ("、", "和", "及", "与", ",") and norm[stop + 1 : stop + 2].isdigit()
        if not (cell or listed or left in _LEADS or vague or norm[end - 1] in "万亿") or right in (
            "-",
            "/",
            "号",
        ):
            return self.plain(start, end, "name")
        if end - start > 6 and not vague and end - start == len(str(int(value))):
            return self.plain(start, end, "name")
        return self.level(lead, start, end, value, "", vague, stop)

    def level(
        self, lead: int, start: int, end: int, value: float, unit: str, vague: bool, stop: int | None = None
    ) -> Quantity:
        stop = end if stop is None else stop
        kind: QuantityKind = "change" if self.change(lead, stop, unit) else "level"
        return Quantity(lead, stop, value, unit, vague, kind, start, end)

    def plain(self, start: int, end: int, kind: QuantityKind) -> Quantity:
        """Digits that are no figure."""
        digits = re.match(r"[\d.]+", self.norm[start:end])
        value = float(digits[0].rstrip(".").split(".")[0] or 0) if digits else 0.0
        unit = {"date": "年" if "年" in self.norm[start:end] else "日"}.get(kind, "")
        return Quantity(start, end, value, unit, False, kind, start, end)

    # -- Chinese numerals --------------------------------------------------------------------------------

    def chinese(self, start: int, end: int) -> Quantity | None:
        norm = self.norm
        before, after = norm[start - 1 : start], norm[end : end + 1]
        if after in ("是", "、", ")", "体", "直", "定", "般", "些", "样", "切", "方") and after:
            return None
        if name := self.units.name.match(norm, start):
            return self.plain(start, name.end(), "name")
        if zero := self.units.zero.match(norm, end - 1):
            return Quantity(end - 1, zero.end(), 0.0, "", False, "level", end - 1, end, True)
        run = norm[start:end]
        if date := _CN_DATE.match(norm, start):
            return self.plain(start, date.end(), "date")
        if special := _CN_NAME.match(norm, start):
            return self.plain(start, special.end(), "name")
        if before == "第":
            unit = self.units.unit.match(norm, end)
            return self.plain(start, unit.end() if unit else end, "docno" if after in "条款章" else "ordinal")
        quote = self.quoted(start)
        if run == "零":
            return self.nothing(start, end, after)
        if cheng := _CN_CHENG.match(norm, end):
            return None if quote < 0 else self.tenths(start, end, run, cheng)
        if quote < 0 or 0 < quote <= 14:
            return None
        return self.counted(start, end, run, before)

    def nothing(self, start: int, end: int, after: str) -> Quantity | None:
        """败诉率为零, 零起."""
        if after in ("起", "例", "宗") and self.norm[end + 1 : end + 2] not in ("步", "点", "跑", "飞"):
            return Quantity(start, end + 1, 0.0, after, False, "level", start, end, True)
        if self.norm[max(0, start - 1) : start] in ("为", "是") and after in (
            ",",
            "。",
            ";",
            "、",
            "\n",
            "",
            ")",
        ):
            unit = "%" if "率" in self.clause_before(start)[-6:] else ""
            return Quantity(start, end, 0.0, unit, False, "level", start, end, True)
        return None

    def tenths(self, start: int, end: int, run: str, cheng: re.Match[str]) -> Quantity | None:
        parsed = chinese(run)
        if parsed is None or not 0 < parsed[0] <= 10:
            return None
        more = cheng["more"] or ""
        value = parsed[0] * 10 + (5 if more == "半" else chinese(more)[0] if more else 0)  # type: ignore[index]
        lead, stop, vague = self.vague_before(start), cheng.end(), parsed[1]
        if after := self.units.after.match(self.norm, stop):
            vague, stop = True, after.end()
        elif self.norm.startswith("来", stop):
            vague, stop = True, stop + 1
        return self.level(lead, start, cheng.end(), value, "%", vague or lead < start, stop)

    def counted(self, start: int, end: int, run: str, before: str) -> Quantity | None:
        """A Chinese numeral with a measure word behind it."""
        norm = self.norm
        tail = _CN_TAIL.match(norm, end)
        stop = tail.end() if tail else end
        unit = self.units.unit.match(norm, stop) or self.units.unit.match(norm, end)
        if unit is None or unit.lastgroup in ("noun", "pc") or norm[unit.start()] == " ":
            return None
        word = unit["cnt"] or ""
        if word in self.units.arabic_only or word[:1] in self.units.arabic_only and len(word) == 1:
            return None
        parsed = chinese(run)
        if parsed is None:
            return None
        value, vague = parsed
        mark = bool(tail and (tail["ap1"] or tail["ap2"])) and stop == unit.start()
        if stop == unit.start() and tail and tail["mul"]:
            value *= times(tail["mul"])
            end = tail.end("mul")
        if run[0] in "百千万亿" and not vague:
            if before in ("上", "过") and before:
                quantity = self.measured(start, end, unit.start(), value, True, 0)
                return quantity and quantity._replace(start=min(start - 1, quantity.start), approx=True)
            if not mark and self.vague_before(start) == start:
                return None
        if run == "一" and not mark and not self.is_one(start, unit, before):
            return None
        return self.measured(start, end, unit.start(), value, vague or mark, 0)

    def is_one(self, start: int, unit: re.Match[str], before: str) -> bool:
        """A lone 一 that counts: 一名律师, 一起案件; not 一个目标, 一次, 一件事, 一起推进."""
        if unit.lastgroup == "dur":
            return unit["dur"] not in ("日", "刻钟", "月") and before not in ("上", "下", "前", "后", "每")
        if unit.lastgroup in ("money", "pp"):
            return True
        word = unit["cnt"] or ""
        if word[:1] not in self.units.one_with or before in _ONE_NOT_AFTER:
            return False
        if (
            "一" + word
            in self.norm[max(0, start - 6) : start] + "\n" + self.norm[unit.end() : unit.end() + 6]
        ):
            return False
        if word == "份" and _FIGURATIVE.match(self.norm, unit.end()):
            return False
        behind = self.norm[unit.end() : unit.end() + 2]
        if behind[:1] in ("一", "事") or "一" in behind or behind[:1] in ("不", "力", "长"):
            return False
        return word != "起" or bool(_INCIDENT.match(self.norm, unit.end()))

    # -- words for shares, all and none -------------------------------------------------------------------

    def share(self, start: int, end: int) -> Quantity | None:
        """百分之九十五, 三分之一, 一半, 半数, 过半."""
        word = self.norm[start:end]
        if self.quoted(start) < 0:
            return None
        vague = False
        if word == "百分百":
            value = 100.0
        elif word.startswith("百分之"):
            parsed = chinese(word[3:])
            if parsed is None:
                return None
            value = parsed[0]
        elif "分之" in word:
            below, _, above = word.partition("分之")
            low, high = chinese(below), chinese(above)
            if not low or not high or not low[0]:
                return None
            value = round(100 * high[0] / low[0], 2)
        elif word in self.units.turn_words:
            lead = self.vague_before(start)
            value = float(self.units.turn_words[word])
            return Quantity(lead, end, value, "%", lead < start, "change", start, end)
        else:
            value, vague = float(self.units.share_words[word]), word == "过半"
            if self.norm.startswith(("会", "夜", "晌"), end):
                return None
            if word == "过半" and self.norm.startswith("数", end):
                end += 1
        lead, stop = self.vague_before(start), end
        if after := self.units.after.match(self.norm, stop):
            vague, stop = True, after.end()
        return self.level(lead, start, end, value, "%", vague or lead < start, stop)

    def full(self, start: int, end: int) -> Quantity | None:
        """全覆盖, 全部, 均, 件件: 100 %."""
        norm = self.norm
        word, before, after = norm[start:end], norm[start - 1 : start], norm[end : end + 1]
        quote = self.quoted(start)
        if quote < 0 or 0 < quote <= 4 and word != "全覆盖":
            return None
        if word == "均":
            average = before in _NO_MEAN and norm[start - 2 : start] not in _PERSONS
            if average or after in ("衡", "等", "匀", "值", "价", "可"):
                return None
        elif word.startswith("全"):
            if before in ("安", "健", "齐", "完", "保") or (
                word == "全部" and (after == "门" or before == "占")
            ):
                return None
            if word == "全数" and after in ("字", "据", "量", "码"):
                return None
            if word == "全部" and re.match(
                r"[^,。;\n]{0,14}的[^,。;\n]{0,4}(?:\d|[一二三四五六七八九]成|之)", norm[end : end + 22]
            ):
                return None
            if word == "全覆盖" and "基本" in norm[max(0, start - 6) : start]:
                return None
        elif word == "都":
            each = re.search(r"(?:每(?!一)|每一[起件案宗]|所有|各)[^一]{1,10}$", self.clause_before(start))
            if before in "首成丰古新建" or (
                after in "有能在" and not (each or norm.startswith("在规定", end))
            ):
                return None
        explicit = re.match(r"[^,。;、\n]{0,6}(?:\d|百分)", norm[end : end + 9])
        if explicit and word in ("均", "全部", "都"):
            return None
        return Quantity(start, end, 100.0, "%", False, "level", start, end, True)

    def none(self, start: int, end: int) -> Quantity | None:
        """没有一起, 无一例, 无一败诉, 一件未败: 0; 无一件未经审核: 100 %."""
        norm = self.norm
        if norm[start] != "一" and norm.startswith(("未", "不", "没"), end):
            return Quantity(start, end, 100.0, "%", False, "level", start, end, True)
        unit = "" if norm[end - 1] == "一" else norm[end - 1]
        if unit == "" and norm.startswith(("例外", "遗漏", "缺席", "漏", "缺"), end):
            return Quantity(start, end + 2, 100.0, "%", False, "level", start, end, True)
        return Quantity(start, end, 0.0, unit, False, "level", start, end, True)

    # -- afterwards --------------------------------------------------------------------------------------

    def share_units(self) -> None:
        """分别为1、2、3件: the unit of the last figure serves the bare ones in front of it."""
        found = self.found
        for index in range(len(found) - 2, -1, -1):
            one, following = found[index], found[index + 1]
            if (
                one.unit
                or one.kind != "level"
                or following.kind not in ("level", "change", "money", "duration")
            ):
                continue
            if one.implied or not following.unit or self.norm[one.end : following.start] not in _ENUM:
                continue
            scale = 1
            digits = self.norm[following.number_start : following.number_end]
            if following.kind == "money" and digits[-1] in "万亿":
                scale = times(digits[-1])
            found[index] = one._replace(unit=following.unit, kind=following.kind, value=one.value * scale)
