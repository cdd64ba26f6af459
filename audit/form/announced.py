"""Lists that were announced otherwise than they are: 三个方面 with two items, 一方面 without 另一方面."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audit.form.layout import Layout
from audit.form.model import Defect

if TYPE_CHECKING:
    from audit.form.numbering import Sequence as Numbered

_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_SAID = re.compile(
    r"(?P<shown>(?P<number>[两二三四五六七八])(?:个方面|方面|件(?:实?事|大事)|项(?:重点)?(?:工作|任务|措施|举措|机制)|个(?:环节|重点|关键|问题|强化|注重|坚持|聚焦|突出|着力|抓手|到位)|点做法|大(?:行动|工程|举措))[\u4e00-\u9fff”]{0,8})[:,。]$"
)
_ONE_SIDE = re.compile(r"(?<![另这任每某哪那第在此])一方面(?=[,:是要])")
_OTHER_SIDE = re.compile(r"另一|另外|一方面|二是|其次|再者|同时|此外|二来|再一")
_STYLES = frozenset({"shi", "circle", "di", "qi"})


def find(layout: Layout, all_sequences: Sequence[Numbered]) -> Iterator[Defect]:
    """Announced lists that are too short or too long, and halves without the other."""
    for sequence in all_sequences:
        if sequence.style in _STYLES and sequence.items[0].number == 1:
            yield from _counted(layout, sequence)
    if "一方面" in layout.norm:
        yield from _one_side(layout)


def _counted(layout: Layout, sequence: Numbered) -> Iterator[Defect]:
    items = sequence.items
    head = items[0]
    floor = layout.lines[head.line].start
    if head.start == floor and head.line:
        above = layout.lines[head.line - 1]
        words = layout.norm[max(above.start, above.end - 24) : above.end].rstrip()
        begin = above.end - len(words)
    else:
        begin = max(floor, head.start - 24)
        words = layout.norm[begin : head.start].rstrip()
    said = _SAID.search(words)
    if said is None or [m.number for m in items] != list(range(1, len(items) + 1)):
        return
    number = _DIGITS[said["number"]]
    if number != len(items) and len(items) > 1:
        start = begin + said.start()
        why = f"前面说“{said['shown']}”,下面列了{len(items)}项"
        yield Defect("numbering", start, head.end, why, "核对项数,补齐或改正")


def _one_side(layout: Layout) -> Iterator[Defect]:
    last = -1
    for match in _ONE_SIDE.finditer(layout.norm):
        index = layout.line_at(match.start())
        line = layout.lines[index]
        if index == last or line.kind != "text":
            continue
        last = index
        end = line.end
        if index + 1 < len(layout.lines):
            end = layout.lines[index + 1].end
        if not _OTHER_SIDE.search(layout.norm, match.end(), end):
            stop = layout.clause_end(match.end() + 1, match.end() + 30)
            why = "只有“一方面”,没有“另一方面”"
            yield Defect("numbering", match.start(), stop, why, "补上“另一方面”,或者去掉“一方面”")
