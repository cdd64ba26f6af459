"""The lines above the first running text and below the last: what each of them is.

A report begins with web residue, red head, document number, title, session line, speaker, addressee, in any
order and number; here every such line gets one kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from audit.document.bodies import HAN
from audit.document.bodies import words as body_words
from audit.document.dates import DATE, YEAR
from audit.document.model import Paragraph

_ORGAN = re.compile(
    r"(?:政府|党委|省委|市委|县委|区委|州委|盟委|旗委|镇委|地委|委员会|人大|常委会|国务院|党中央|办公室|办公厅|办|厅|局|院|师市|工委|管委会|部门|机关|单位|"
    r"行署|公署|兵团|领导小组|[察查导]组|办事处|司法所)(?:办公室|办)?(?:\([^()]*\))?$"
)
_SALUTATION = re.compile(r"各位|^(?:尊敬的)?主任|代表[们:]*$|委员[、,]|同志|领导[们:]*$")
_TITLE_END = re.compile(
    r"(?:报告|总结|汇报|要点|方案|通知|计划|意见|办法|规定|规划|解读|简报|公报|白皮书|情况|通报|公告|讲话|(?<!来)函|年报)(?:\([^()]{1,24}\))?$"
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|附件|附[:：]|第[一二三四五六]部分)"
)
_DOCNO = re.compile(rf"^[^。;:]{{1,16}}[\[(]{YEAR}[\])] ?第?\d+号")
_DATE_ONLY = re.compile(rf"^(?:(?P<who>[^\d:;。]{{4,40}}?) +)?(?P<open>\()?(?:{DATE})(?P<shut>\))?(?:印发)?$")
_SESSION = re.compile(r"(?:人大|人民代表大会|常务委员会|常委会).{0,24}(?:会议|大会)")
_SPEAKER = re.compile(
    r"(?:局长|市长|县长|区长|省长|厅长|院长|主任|州长|盟长|旗长|乡长|镇长|书记|检察长)[ :](?: *\S){2,10}$"
)
_BODY_END = (
    r"(?:人民政府|政府|行政公署|行署|管理委员会|管委会|办事处|委员会|人民法院|法院|检察院|局|厅|办公室|办公厅|总队|支队|大队|中队|中心|司法所|"
    r"分局|税务所|(?<=[省市县区州旗盟])委|兵团|党工委|党委|党组|研究室|(?<![网\W])站|(?<=人民代表大会)常委会|人大常委会)"
)
_BODY = re.compile(rf"^(?:{HAN}|\(|\)){{1,32}}?{_BODY_END}$")
_PLACE = re.compile(
    rf"^{HAN}{{1,16}}(?:省|自治区|市|自治州|州|盟|地区|县|旗|区|镇|乡|街道|苏木|兵团|师|团|团场)$"
)


@dataclass(frozen=True)
class Line:
    """A line with its kind.

    Attributes:
        start: first offset.
        end: offset after the last character.
        words: the line, normalised and stripped.
        kind: `clock`, `web`, `docno`, `red` (红头), `date`, `session`, `speaker`, `addressee`, `salutation`,
            `body` (the name of a body), `title`, `short`, `text`.
    """

    start: int
    end: int
    words: str
    kind: str


@dataclass(frozen=True)
class Frame:
    """The lines around the running text.

    Attributes:
        head: lines above the first running text.
        lead: the first lines of running text.
        tail: the last lines.
        dated: lines anywhere that hold nothing but a date, with the name of a body or without.
    """

    head: tuple[Line, ...]
    lead: tuple[Line, ...]
    tail: tuple[Line, ...]
    dated: tuple[Line, ...]
    lines: tuple[Line, ...]


@cache
def _web() -> re.Pattern[str]:
    data = body_words()
    words = [*data["web_words"], *data["source_labels"], *data["published_labels"], *data["signed_labels"]]
    loose = "|".join(" ?".join(map(re.escape, word)) for word in words if len(word) > 2)
    return re.compile(
        rf"{loose}|(?<!{HAN})(?:来源|日期|时间|作者|主办)[\]: ]|>|->|^[^。]{{0,40}}\|[^。]{{0,60}}\|"
    )


@cache
def _labels() -> frozenset[str]:
    """Names of fields of a web page's table, which are no addressees (发布单位:)."""
    data = body_words()
    return frozenset([*data["source_labels"], *data["published_labels"], *data["signed_labels"]])


@cache
def _clock() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, body_words()["clock_words"])) + r"|星期[一二三四五六日]")


def is_body(words: str) -> bool:
    """The words are the name of a body and nothing else; joint bodies stand with a blank between."""
    parts = words.split()
    return bool(parts) and len(parts) <= 4 and all(_BODY.match(part) for part in parts)


def is_numbered(words: str) -> bool:
    """The line begins with the number of a heading (一、 (一) 1.)."""
    return _NUMBERED.match(words) is not None


def is_place(words: str) -> bool:
    """The words are the name of a place (榕水县, 高新区, 沅陵街道)."""
    return bool(_PLACE.match(words))


def squeezed(words: str) -> str:
    """A line whose runs of blanks are one blank."""
    return re.sub(r" +", " ", words.strip())


def dated(line: Line) -> tuple[str, re.Match[str]]:
    """Name (or "") and date of a line of kind `date`; the match has the groups of `dates.DATE`."""
    match = _DATE_ONLY.match(squeezed(line.words))
    assert match is not None
    return spaceless(match["who"] or ""), match


def spaceless(words: str) -> str:
    """A line without the blanks that only spread its characters (青 溪 县); other blanks become one."""
    parts = re.sub(r"\((?:盖?印?章)\)$", "", words.rstrip()).split()
    if len(parts) > 2 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    return " ".join(parts)


def frame(norm: str, paragraphs: Sequence[Paragraph]) -> Frame:
    """The lines around the running text of a report.

    Args:
        norm: the normalised text.
        paragraphs: its lines, blank ones left out.
    """
    lines: list[Line] = []
    head: list[Line] = []
    first = -1
    for paragraph in paragraphs:
        start = paragraph.start
        while start < paragraph.end and norm[start] in "•● \t":
            start += 1
        words = norm[start : paragraph.end].strip()
        if not words:
            continue
        kind = _kind(words, paragraph.kind == "noise") if first < 0 or len(words) <= 90 else "text"
        line = Line(start, paragraph.end, words, kind)
        if first < 0:
            numbered = bool(head) and _NUMBERED.match(words) is not None and kind not in ("web", "clock")
            if (kind == "text" and paragraph.kind != "noise") or numbered:
                first = len(lines)
            elif len(head) < 60:
                head.append(line)
        lines.append(line)
    first = max(first, 0)
    return Frame(
        head=tuple(head),
        lead=tuple(lines[first : first + 4]),
        tail=tuple(lines[-14:]),
        dated=tuple(line for line in lines if line.kind == "date"),
        lines=tuple(lines),
    )


def _kind(words: str, noise: bool) -> str:
    if _clock().search(words) and re.search(r"\d", words):
        return "clock"
    if (
        len(words) < 90
        and (match := _DATE_ONLY.match(squeezed(words)))
        and (not match["who"] or is_body(spaceless(match["who"])))
    ):
        return "date"
    if _DOCNO.match(words):
        return "docno"
    if (
        len(words) <= 90
        and _SESSION.search(words)
        and re.search(rf"{YEAR} ?年|^[-(]", words)
        and words[-1] != ":"
        and (words[0] in "-(" or words[0].isdigit() or words.startswith("在"))
    ):
        return "session"
    if words[-1] == ":" and len(words) <= 72 and "。" not in words:
        if _SALUTATION.search(words):
            return "salutation"
        core = words[:-1].strip()
        if _ORGAN.search(core) and not re.search(r"如下|报告|情况|主要|:", core) and core not in _labels():
            return "addressee"
    plain = spaceless(words)
    if plain.endswith("文件") and len(plain) <= 40 and is_body(plain[:-2].strip()):
        return "red"
    if (
        len(words) <= 80
        and "。" not in words
        and words[-1] not in ":;,"
        and _TITLE_END.search(plain)
        and not _NUMBERED.match(words)
        and not re.search(r">|\||->|//|首页|当前位置|^(?:上|下)一篇", words)
    ):
        return "title"
    if len(plain) <= 60 and is_body(plain):
        return "body"
    if noise or (len(words) <= 200 and _web().search(words) and not (len(words) > 60 and "。" in words)):
        return "web"
    if _SPEAKER.search(words) and len(words) <= 36:
        return "speaker"
    if len(words) >= 40 or words[-1] in "。;":
        return "text"
    return "short"
