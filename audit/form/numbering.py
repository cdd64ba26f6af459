"""Numbers of headings and lists: missing, repeated, out of order, a list of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.form.layout import Layout
from audit.form.markers import RANKS, RUNNING, Marker, written
from audit.form.model import Defect

_WHOLE = 1500
_ANNEX = re.compile(r"^[ ]*附[ ]*(?:件|表|录)?[ ]*\d*[ :]*$", re.MULTILINE)
_OTHER_OPENERS = re.compile(r"一方面|首先|第一(?=[,、:])|其一|一则|一来|一要|一是|1[.、]|①")
_OTHER_FOLLOWERS = re.compile(r"另一|另外|其次|其二|第二|二来|二则|二者|再者")


@dataclass(slots=True)
class Sequence:
    """Numbers of one style under one heading.

    Attributes:
        style: their style.
        items: the markers in order.
        continued: number after which it may go on where the style runs through the whole report, else 0.
        nested_in: the sequence of the same style in which it begins anew, if any.
        parent: the sequence under which it stands, if any.
    """

    style: str
    items: list[Marker] = field(default_factory=list)
    continued: int = 0
    nested_in: Sequence | None = None
    parent: Sequence | None = None

    @property
    def expected(self) -> int:
        """The number that comes next."""
        return self.items[-1].number + 1 if self.items else 1


def sequences(found: list[Marker]) -> list[Sequence]:
    """Sorts the markers into sequences by rank and style, as a reader would."""
    done: list[Sequence] = []
    stack: list[Sequence] = []
    last: dict[str, int] = {}
    for marker in found:
        _place(marker, stack, done, last)
        last[marker.style] = marker.number
    return done


def _place(marker: Marker, stack: list[Sequence], done: list[Sequence], last: dict[str, int]) -> None:
    """Puts a marker where it belongs: into an open sequence, or at the head of a new one."""
    rank = RANKS[marker.style]
    if rank <= 2 and marker.at_start:
        while stack and stack[-1].style in RUNNING:
            stack.pop()
    depth = _home(marker, stack)
    if marker.number == 1 and not marker.glued:
        anew = depth is not None and RANKS[stack[-1].style] >= rank and marker.style not in RUNNING
        if depth is not None and anew:
            outer = stack[depth]
            del stack[depth + 1 :]
            _open(marker, stack, done, outer)
            return
        _leave(marker, stack)
        _open(marker, stack, done, None)
    elif depth is not None:
        expected = stack[depth].expected
        if marker.weak and not expected <= marker.number <= expected + (
            not marker.glued and not marker.at_start
        ):
            return
        del stack[depth + 1 :]
        stack[-1].items.append(marker)
    elif not marker.weak:
        _leave(marker, stack)
        _open(marker, stack, done, None, last.get(marker.style, 0))


def _leave(marker: Marker, stack: list[Sequence]) -> None:
    """Closes the sequences that cannot hold one of the marker's style: 1. may stand under 一是."""
    rank = RANKS[marker.style]
    while stack and RANKS[stack[-1].style] >= rank:
        if stack[-1].style in RUNNING and marker.style not in RUNNING and rank >= 3:
            return
        stack.pop()


def _home(marker: Marker, stack: list[Sequence]) -> int | None:
    """Index of the open sequence that the marker goes on: the one that awaits it, else the topmost."""
    same = [i for i, sequence in enumerate(stack) if _kin(sequence, marker)]
    for i in reversed(same):
        if stack[i].expected == marker.number:
            return i
    return same[-1] if same else None


def _kin(sequence: Sequence, marker: Marker) -> bool:
    last = sequence.items[-1]
    if marker.style not in RUNNING and not marker.at_start and last.at_start and last.line != marker.line:
        return False
    if sequence.style == marker.style:
        return True
    return {sequence.style, marker.style} == {"n", "n、"} and sequence.expected == marker.number > 1


def _open(
    marker: Marker, stack: list[Sequence], done: list[Sequence], outer: Sequence | None, continued: int = 0
) -> None:
    sequence = Sequence(marker.style, [marker], continued, outer, stack[-1] if stack else None)
    stack.append(sequence)
    done.append(sequence)


def find(layout: Layout, all_sequences: list[Sequence]) -> Iterator[Defect]:
    """Faults of numbering in the sequences of the report."""
    running_through = _running_through(all_sequences)
    for sequence in all_sequences:
        yield from _first(layout, sequence, running_through)
        yield from _rest(layout, sequence)
        yield from _lone(layout, sequence, all_sequences)
    if "首先" in layout.norm or "其次" in layout.norm:
        yield from _in_words(layout, all_sequences)


_FIRSTLY = re.compile(r"(?:^|(?<=[。;\n]))[ ]*(?P<word>首先|其次),", re.MULTILINE)
_SECONDLY = re.compile(
    r"其次|再次|然后|接着|接下来|随后|之后|最后|第二|二是|二要|其二|再者|再就是|另一方面|下一步|第三|三是|进而"
)
_OPENED = re.compile(r"首先|第一(?=[,、:])|一是|一要|其一|一方面|最(?:主要|重要|关键|突出|根本)的|一则")


def _in_words(layout: Layout, all_sequences: list[Sequence]) -> Iterator[Defect]:
    """首先 without 其次, 其次 without 首先."""
    headings = sorted(
        m.start for s in all_sequences for m in s.items if m.at_start and RANKS[s.style] <= RANKS["(cn)"]
    )
    for match in _FIRSTLY.finditer(layout.norm):
        place = match.start("word")
        line = layout.lines[layout.line_at(place)]
        if line.kind != "text":
            continue
        part = layout.part_at(place)
        floor = max((h for h in headings if h <= place), default=part.start if part else 0)
        ceiling = min((h for h in headings if h > place), default=len(layout.text))
        if match["word"] == "首先":
            told = _SECONDLY.search(layout.norm, match.end(), ceiling)
            why, remedy = "只有“首先”,没有“其次”", "补齐以下各项,或者去掉“首先”"
        else:
            told = _OPENED.search(layout.norm, floor, place)
            why, remedy = "“其次”之前缺“首先”", "补上“首先”,或者去掉“其次”"
        if not told:
            end = layout.clause_end(match.end(), match.end() + 40)
            yield Defect("numbering", place, end, why, remedy)


def doubled(layout: Layout, one: Marker, two: Marker) -> bool:
    """The very same heading stands twice in a row: one heading too many, not a wrong number."""
    if one.style != two.style or two.line - one.line != 1 or not (one.at_start and two.at_start):
        return False
    first, second = layout.lines[one.line], layout.lines[two.line]
    words = layout.norm[one.end : first.end].strip()
    return len(words) <= 60 and words == layout.norm[two.end : second.end].strip() and "。" not in words[:-1]


def _running_through(all_sequences: list[Sequence]) -> frozenset[str]:
    """Styles whose numbers run on over the headings: no sequence but the first begins with 1."""
    runs: set[str] = set()
    for style in ("(cn)", "n", "n、", "(n)"):
        own = [s for s in all_sequences if s.style == style]
        later = own[1:]
        if (
            later
            and all(s.items[0].number == s.continued + 1 > 1 for s in later)
            and own[0].items[0].number == 1
        ):
            runs.add(style)
    return frozenset(runs)


def _first(layout: Layout, sequence: Sequence, running_through: frozenset[str]) -> Iterator[Defect]:
    head = sequence.items[0]
    if head.number > 1:
        if sequence.style in running_through and head.number == sequence.continued + 1:
            return
        if sequence.style in RUNNING and _opened_otherwise(layout, head):
            return
        if head.number > 3 and sequence.style in ("n", "n、") and len(sequence.items) == 1:
            return
        yield _defect(layout, head, _missing(sequence.style, 1, head.number))
    elif sequence.nested_in is not None:
        yield from _restarted(layout, sequence, sequence.nested_in)


def _restarted(layout: Layout, sequence: Sequence, outer: Sequence) -> Iterator[Defect]:
    """A heading number that begins anew without a higher heading between."""
    head = sequence.items[0]
    before = [m for m in outer.items if m.start < head.start]
    if not before or sequence.style == "circle":
        return
    previous = before[-1]
    if not head.at_start:
        if sequence.style in ("(n)", "(cn)") and previous.number == 1 and previous.line == head.line:
            yield _defect(layout, head, f"序号“{written(head.style, 1)}”重复出现")
        return
    if doubled(layout, previous, head):
        return
    if previous.number == 1 and previous.at_start:
        yield _defect(layout, head, f"序号“{written(head.style, 1)}”重复出现")
        return
    annexed = _ANNEX.search(layout.norm, previous.end, head.start)
    if sequence.style == "cn" and len(sequence.items) == 1 and not annexed:
        why = f"“{written('cn', previous.number)}”之后又从“一、”起,应为“{written('cn', previous.number + 1)}”"
        yield _defect(layout, head, why)


def _opened_otherwise(layout: Layout, head: Marker) -> bool:
    line = layout.lines[head.line]
    above = layout.lines[head.line - 1] if head.line else line
    begin = line.start if head.start > line.start else above.start
    return bool(_OTHER_OPENERS.search(layout.norm, begin, head.start))


def _doubled_one(sequence: Sequence) -> bool:
    """Its 1 follows another 1 straight away, so that it may stand where 2 should."""
    outer, head = sequence.nested_in, sequence.items[0]
    before = [m for m in outer.items if m.start < head.start] if outer else []
    return bool(before) and before[-1].number == 1


def _rest(layout: Layout, sequence: Sequence) -> Iterator[Defect]:
    items, style = sequence.items, sequence.style
    numbers = [m.number for m in items]
    expected, i = numbers[0] + 1, 1
    if _doubled_one(sequence) and len(numbers) > 1 and numbers[1] == 3:
        expected = 3
    while i < len(numbers):
        value = numbers[i]
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        if value == expected:
            expected += 1
        elif value == expected - 1 and doubled(layout, items[i - 1], items[i]):
            pass
        elif value == expected - 1:
            yield _defect(layout, items[i], f"序号“{written(style, value)}”重复出现")
            expected += following == expected + 1
        elif value > expected:
            if following == expected and value == expected + 1:
                why = f"“{written(style, value)}”排在“{written(style, expected)}”之前,序号颠倒"
                yield _defect(layout, items[i], why)
                expected, i = value + 1, i + 1
            elif following == expected + 1:
                yield _defect(
                    layout, items[i], f"序号应为“{written(style, expected)}”,误作“{written(style, value)}”"
                )
                expected += 1
            else:
                yield _defect(layout, items[i], _missing(style, expected, value))
                expected = value + 1
        else:
            why = f"“{written(style, items[i - 1].number)}”之后出现“{written(style, value)}”,序号错乱"
            yield _defect(layout, items[i], why)
            expected = value + 1 if following == value + 1 else expected + (following == expected + 1)
        i += 1


def _missing(style: str, low: int, high: int) -> str:
    names = "、".join(written(style, n).rstrip("、") for n in range(low, min(high, low + 4)))
    return f"“{written(style, high)}”之前缺“{names}”"


def _lone(layout: Layout, sequence: Sequence, all_sequences: list[Sequence]) -> Iterator[Defect]:
    """A list of one: 一是 without 二是, (一) without (二)."""
    head = sequence.items[0]
    if len(sequence.items) > 1 or head.number != 1 or head.weak:
        return
    if sequence.style not in ("shi", "(cn)", "n") or (sequence.style != "shi" and not head.at_start):
        return
    scope = _scope_end(layout, sequence, all_sequences)
    if sequence.style == "shi":
        if _OTHER_FOLLOWERS.search(layout.norm, head.end, scope):
            return
        yield _defect(layout, head, "只有“一是”,没有“二是”", "补齐以下各项,或者去掉“一是”")
        return
    if len(layout.text) < _WHOLE:
        return
    inside = any(s.nested_in is sequence for s in all_sequences)
    if not inside and scope < layout.lines[-1].end:
        one = written(sequence.style, 1)
        yield _defect(layout, head, f"同一层次只有“{one}”一项,没有下一项", f"补齐以下各项,或者去掉“{one}”")


def _scope_end(layout: Layout, sequence: Sequence, all_sequences: list[Sequence]) -> int:
    """Where the list ends: at the next marker of a higher rank that opens a line, or at the end of its part."""
    head = sequence.items[0]
    part = layout.part_at(head.start)
    ends = [part.end if part else len(layout.text)]
    rank = RANKS[sequence.style]
    for other in all_sequences:
        for marker in other.items:
            higher = RANKS[marker.style] < rank or marker.style == sequence.style
            if marker.start > head.start and marker.at_start and higher:
                ends.append(marker.start)
                break
    return min(ends)


def _defect(layout: Layout, marker: Marker, why: str, remedy: str = "") -> Defect:
    end = marker.end
    limit = min(layout.lines[marker.line].end, marker.start + 60)
    while end < limit and layout.text[end] not in "。；;":
        end += 1
    return Defect("numbering", marker.start, end, why, remedy or "核对上下文,补齐或改正序号")
