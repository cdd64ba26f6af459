"""Lines of a text as paragraphs: headings, headings that run on, running text, rows, web residue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.document.cues import cue
from audit.document.model import Block, Paragraph
from audit.document.punctuation import NUMERALS, numeral

_N = f"[{NUMERALS}]{{1,3}}"
_FIRST = frozenset(
    NUMERALS
    + "0123456789第首其再最(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    + "".join(map(chr, range(0x2474, 0x249C)))
    + "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
)
_MEASURED = r"\d[\d.,]*[余多]?[万亿]?[余多]?(?:个|件|起|次|场|名|人|份|项|家|户|元|%|部|宗|条|台|期)"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<r1>第{_N}(?:部分|章|篇)\s*[、,:.]?\s*|{_N}\s*(?:、|\.(?!\d))(?![二三四五六七八九十][级审类是次产线期批届、])\s*)"
        rf"|(?P<r2>\(\s*{_N}\s*\)\s*[、.]?\s*|{_N}\)\s*[、.]?\s*|[㈠-㈩]\s*[、.]?\s*)"
        rf"|(?P<r3>\d{{1,2}}\s*[、.](?!\d)\s*|[⒈-⒛]\s*|(?P<said>{_N}(?:是(?!否)|要(?!求|素|件|点))[要:,]?|首先[,:、]?|其次[,:、]?|再次[,:、]?|最后,"
        rf"|第{_N}(?=[,是、:])[,是、:]|其{_N}[,是、:]))"
        r"|(?P<r4>\(\s*\d{1,2}\s*\)\s*[、.]?\s*|\d{1,2}\)\s*|[①-⑳⑴-⒇]\s*[、.]?\s*)"
    )


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r"[。:;!?]|(?=\([一]\))|(?<=\S)(?=一是)|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(_MEASURED)


def opener(norm: str, start: int, end: int) -> re.Match[str] | None:
    """The number with which norm[start:end] begins: 一、 (一) 1. (1) ① 一是 第一, 首先 …; None for none.

    The groups `r1` to `r4` tell its rank, `said` that it is spoken (一是, 首先) and not a heading's.
    """
    return _number().match(norm, start, end) if norm[start] in _FIRST else None


def divide(text: str, norm: str, blocks: Sequence[Block] = ()) -> tuple[Paragraph, ...]:
    """The lines of a text, blank ones left out, each with what its shape says.

    A paragraph begins after the blanks of its line and ends before trailing ones. Lines of one fixed
    width that only a page's edge has broken are joined.

    Args:
        text: the text that offsets refer to.
        norm: the same, normalised (see `normal.normalise`).
        blocks: what the format knows of its paragraphs; empty for plain text.
    """
    lines = _lines(norm)
    if not blocks:
        lines = _joined(norm, lines)
    found: list[Paragraph] = []
    body = False
    at = 0
    for index, (start, end) in enumerate(lines):
        while at < len(blocks) and blocks[at].end <= start:
            at += 1
        block = blocks[at] if at < len(blocks) and blocks[at].start <= start else None
        follower = lines[index + 1] if index + 1 < len(lines) else None
        paragraph = _paragraph(norm, start, end, follower, block, body)
        body = (
            body or paragraph.kind in ("heading", "lead") or (paragraph.kind == "text" and end - start >= 60)
        )
        found.append(paragraph)
    return tuple(found)


def _lines(norm: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for line in norm.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped[0])
            found += _inline(norm, begin, begin + len(stripped))
        start += len(line) + 1
    return found


def _inline(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long line cut before the headings 二、 三、 … that stand within it, in order, after full stops."""
    if end - start < 300:
        return [(start, end)]
    cuts: list[int] = []
    wanted = numeral(norm[start]) + 1 if norm[start + 1] == "、" else 1
    for match in _within().finditer(norm, start, end):
        number = numeral(match[1])
        if number in (wanted, wanted + 1) or (not cuts and number == 1):
            cuts.append(match.start(1))
            wanted = number + 1
    edges = [start, *cuts, end]
    return list(zip(edges, edges[1:], strict=False)) if len(cuts) > (wanted == 2) else [(start, end)]


@cache
def _within() -> re.Pattern[str]:
    return re.compile(
        rf"[。:!] *({_N})、(?=[^,。;]{{3,40}}(?:[。:]|\([一1]\)|1[.、]|一是|20\d\d年|[^,。;]{{0,20}},))"
    )


def _joined(norm: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines that were broken at a fixed width, put together again."""
    full = [end - start for start, end in lines if end - start >= 20 and norm[end - 1] not in "。:!?"]
    if len(full) < 12:
        return lines
    width = sorted(full)[len(full) * 3 // 4]
    near = [n for n in full if abs(n - width) <= 3]
    wider = sum(end - start > width + 4 for start, end in lines)
    if width > 70 or len(near) < 0.7 * len(full) or wider > 2 + 0.02 * len(lines):
        return lines
    joined: list[tuple[int, int]] = []
    running = False
    for start, end in lines:
        indented = start > 0 and norm[start - 1] == " "
        if running and not indented and opener(norm, start, end) is None:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        running = abs(end - start - width) <= 4 and norm[end - 1] not in "。!?:"
    return joined


def _paragraph(
    norm: str, start: int, end: int, follower: tuple[int, int] | None, block: Block | None, body: bool
) -> Paragraph:
    if block is not None and block.kind == "row":
        return Paragraph(start, end, "row", 0, "", start)
    match = opener(norm, start, end)
    if match is None:
        return _bare(norm, start, end, follower, block, body)
    level = next(rank for rank in (1, 2, 3, 4) if match[f"r{rank}"])
    number = match[0].strip()
    if block is not None and _styled(block, start, end) and not match["said"]:
        return Paragraph(start, end, "heading", level, number, end)
    begin = match.end()
    stop = _stop().search(norm, begin, end)
    length = (stop.start() if stop else end) - begin
    counted = _measured().search(norm, begin, begin + length) is not None
    if length == 0:
        return Paragraph(start, end, "text", level, number, start)
    if stop is None or stop.end() == end:
        alone = length <= (60 if level <= 2 else 40) and not counted
        if stop is not None and norm[stop.start()] in "。;!?":
            alone = (
                alone and not match["said"] and norm[stop.start()] == "。" and _leads(norm, level, follower)
            )
        if alone:
            return Paragraph(start, end, "heading", level, number, end)
        return Paragraph(start, end, "text", level, number, start)
    longest = 60 if level == 1 else 50 if level == 2 else 32
    if match["said"] or length > longest or counted or norm[stop.start()] == ";":
        return Paragraph(start, end, "text", level, number, start)
    if norm[stop.start()] == " " and (length > 30 or end - stop.end() < 20):
        return Paragraph(
            start,
            end,
            "text" if end - start > 60 else "heading",
            level,
            number,
            start if end - start > 60 else end,
        )
    return Paragraph(start, end, "lead", level, number, stop.start())


def _styled(block: Block, start: int, end: int) -> bool:
    """The format calls the line a heading, and it is not running text in a heading's style."""
    return block.kind == "heading" and block.level > 0 and end - start <= 60


def _leads(norm: str, level: int, follower: tuple[int, int] | None) -> bool:
    """What follows a short numbered sentence stands under it, and is not its sibling."""
    if follower is None:
        return False
    after = opener(norm, *follower)
    if after is None:
        return norm[follower[1] - 1] in "。;:!" and not cue("closing.sure").search(
            norm[follower[0] : follower[1]]
        )
    return bool(after["said"]) or next(rank for rank in (1, 2, 3, 4) if after[f"r{rank}"]) > level


def _bare(
    norm: str, start: int, end: int, follower: tuple[int, int] | None, block: Block | None, body: bool
) -> Paragraph:
    """A line without a number."""
    words = norm[start:end]
    if block is not None and _styled(block, start, end) and body:
        return Paragraph(start, end, "heading", min(block.level, 4), "", end)
    if "|" in words and _table_line(words, norm[follower[0] : follower[1]] if follower else ""):
        return Paragraph(start, end, "row", 0, "", start)
    if is_residue(words):
        return Paragraph(start, end, "noise", 0, "", start)
    if "|" in words[1:-1] and words.count("|") >= 2:
        return Paragraph(start, end, "row", 0, "", start)
    if len(words) <= 36 and words[-1] not in "。;,!?、" and not words[0].isdigit() and follower is not None:
        if cue("bare").search(words.rstrip(":")):
            return Paragraph(start, end, "heading", 1, "", end)
        next_words = norm[follower[0] : follower[1]]
        if (
            body
            and 4 <= len(words) <= 30
            and words[-1] not in ":)"
            and len(next_words) >= 50
            and not cue("closing.body").search(words)
            and not re.search(r"[\d\[(《:]|^附|\s{2}", words)
        ):
            return Paragraph(start, end, "heading", 3, "", end)
    return Paragraph(start, end, "text", 0, "", start)


_FIGURE_CELL = re.compile(r"\|\s*(?:\d[\d.,]*\s*%?|-|/)\s*(?:\||$)")
_RULE = re.compile(r"[|\s:\-]+")


def _table_line(words: str, after: str) -> bool:
    """A line of a table drawn with bars: one with a figure or a rule, or the head right above such a one."""
    if _FIGURE_CELL.search(words) or ("--" in words and _RULE.fullmatch(words)):
        return True
    return words.count("|") >= 2 and words.count("|") == after.count("|") and _table_line(after, "")


def is_residue(words: str) -> bool:
    """A line, normalised, belongs to the web page around the report and not to the report."""
    if len(words) > 160 or (len(words) > 30 and "。" in words and "浏览器" not in words):
        return False
    return cue("noise.sure").search(words) is not None
