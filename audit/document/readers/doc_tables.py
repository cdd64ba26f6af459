"""The structures of a Word binary file ([MS-DOC]): pieces, properties, styles, lists."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.document.readers.lists import Level, List

_STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 8: "hex",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 15: "decimalHalfWidth",
    16: "chineseLegalSimplified", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle",
    19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 32: "ideographZodiacTraditional", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 40: "ideographDigital",
    57: "numberInDash", 255: "none",
}  # fmt: skip
"""Number formats of [MS-OSHARED] 2.2.1.3 by their names in ST_NumberFormat."""

P_STYLE, P_LEVEL, P_LIST, P_IN_TABLE, P_ROW_END, P_OUTLINE = 0x4600, 0x260A, 0x460B, 0x2416, 0x2417, 0x2640
C_DELETED, C_HIDDEN, C_SYMBOL = 0x0800, 0x083C, 0x6A09
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_COMPRESSED = str.maketrans({code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)})


def short(data: bytes, offset: int) -> int:
    """An unsigned 16-bit number."""
    return int(struct.unpack_from("<H", data, offset)[0])


def long(data: bytes, offset: int) -> int:
    """An unsigned 32-bit number."""
    return int(struct.unpack_from("<I", data, offset)[0])


def operations(data: bytes) -> dict[int, bytes]:
    """The property changes of a `grpprl`, the last of each kind."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 <= len(data):
        code = short(data, at)
        at += 2
        size = _SIZES.get(code >> 13)
        if size is None:
            if at >= len(data):
                break
            if code == 0xD608:
                size = short(data, at) + 1 if at + 2 <= len(data) else 1
            elif code == 0xC615 and data[at] == 255:
                break
            else:
                size = data[at] + 1
        found[code] = data[at : at + size]
        at += size
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of characters and where it lies in the stream."""

    first: int
    last: int
    offset: int
    width: int


class Pieces:
    """The characters of the document in their order.

    Args:
        stream: the `WordDocument` stream.
        clx: the piece table.
    """

    def __init__(self, stream: bytes, clx: bytes) -> None:
        at = 0
        while at + 3 <= len(clx) and clx[at] == 1:
            at += 3 + short(clx, at + 1)
        if at + 5 > len(clx) or clx[at] != 2:
            raise ValueError("no piece table")
        plc = clx[at + 5 : at + 5 + long(clx, at + 1)]
        count = (len(plc) - 4) // 12
        self.places: list[Place] = []
        texts: list[str] = []
        for i in range(count):
            first, last = long(plc, 4 * i), long(plc, 4 * i + 4)
            where = long(plc, 4 * (count + 1) + 8 * i + 2)
            narrow = bool(where & 0x40000000)
            offset = (where & 0x3FFFFFFF) // 2 if narrow else where & 0x3FFFFFFF
            width = 1 if narrow else 2
            raw = stream[offset : offset + width * (last - first)]
            if narrow:
                text = raw.decode("latin-1").translate(_COMPRESSED)
            else:
                # Half of a surrogate pair keeps its place, so that positions agree.
                text = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))
            texts.append(text.ljust(last - first, "\0"))
            self.places.append(Place(first, last, offset, width))
        self.text = "".join(texts)
        self._firsts = [place.first for place in self.places]

    def offset(self, position: int) -> int:
        """Where a character lies in the stream."""
        place = self.places[max(0, bisect_right(self._firsts, position) - 1)]
        return place.offset + (position - place.first) * place.width

    def positions(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of characters that lie between two places of the stream."""
        for place in self.places:
            low = max(start, place.offset)
            high = min(end, place.offset + (place.last - place.first) * place.width)
            if low < high:
                yield (
                    place.first + (low - place.offset) // place.width,
                    place.first + (high - place.offset + place.width - 1) // place.width,
                )


def runs(stream: bytes, plc: bytes, paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    """The formatted stretches of the stream (start, end, raw properties), from its formatted pages.

    Args:
        stream: the `WordDocument` stream.
        plc: PlcBtePapx or PlcBteChpx.
        paragraphs: whether paragraphs (else characters) are meant.
    """
    count = (len(plc) - 4) // 8
    for i in range(count):
        page = (long(plc, 4 * (count + 1) + 4 * i) & 0x3FFFFF) * 512
        fkp = stream[page : page + 512]
        if len(fkp) < 512:
            continue
        total = fkp[511]
        for k in range(min(total, 101)):
            start, end = long(fkp, 4 * k), long(fkp, 4 * k + 4)
            where = fkp[4 * (total + 1) + k * (13 if paragraphs else 1)] * 2
            if not where:
                yield start, end, b""
                continue
            size = fkp[where]
            if not paragraphs:
                yield start, end, fkp[where + 1 : where + 1 + size]
            elif size:
                yield start, end, fkp[where + 1 : where + 2 * size]
            else:
                yield start, end, fkp[where + 2 : where + 2 + 2 * fkp[where + 1]]


@dataclass(slots=True)
class Style:
    """A paragraph style: the style it builds on, its built-in kind (1–9 headings) and its changes."""

    base: int
    kind: int
    changes: dict[int, bytes] = field(default_factory=dict)


def styles(stsh: bytes) -> list[Style | None]:
    """The style sheet."""
    found: list[Style | None] = []
    if len(stsh) < 6:
        return found
    at = 2 + short(stsh, 0)
    header = short(stsh, 4)
    for _ in range(short(stsh, 2)):
        if at + 2 > len(stsh):
            break
        size = short(stsh, at)
        entry = stsh[at + 2 : at + 2 + size]
        at += 2 + size
        if len(entry) < 10:
            found.append(None)
            continue
        kind = short(entry, 2) & 0xF
        style = Style(short(entry, 2) >> 4, short(entry, 0) & 0xFFF)
        found.append(style)
        name = header + 2 + 2 * short(entry, header) + 2 if header + 2 <= len(entry) else len(entry)
        if kind == 1 and name + 2 <= len(entry):
            papx = entry[name + 2 : name + 2 + short(entry, name)]
            style.changes = operations(papx[2:])
    return found


def lists(lst: bytes, lfo: bytes) -> dict[str, List]:
    """The lists by the number with which paragraphs refer to them (from 1).

    Args:
        lst: PlfLst with the levels that follow it.
        lfo: PlfLfo.
    """
    known: dict[int, List] = {}
    if len(lst) < 2 or len(lfo) < 4:
        return {}
    count = short(lst, 0)
    at = 2 + 28 * count
    for i in range(count):
        entry = lst[2 + 28 * i : 30 + 28 * i]
        if len(entry) < 28:
            break
        levels: dict[int, Level] = {}
        for rank in range(1 if entry[26] & 1 else 9):
            if at + 28 > len(lst):
                break
            levels[rank], at = _level(lst, at)
        known[long(entry, 0)] = List(str(long(entry, 0)), levels)
    found: dict[str, List] = {}
    total = long(lfo, 0)
    at = 4 + 16 * total
    for i in range(total):
        entry = lfo[4 + 16 * i : 20 + 16 * i]
        if len(entry) < 16:
            break
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        at += 4
        for _ in range(entry[12]):
            if at + 8 > len(lfo):
                break
            start, flags = long(lfo, at), long(lfo, at + 4)
            at += 8
            if flags & 0x10:
                starts[flags & 0xF] = start
            if flags & 0x20 and at + 28 <= len(lfo):
                own[flags & 0xF], at = _level(lfo, at)
        base = known.get(long(entry, 0))
        if base is not None:
            found[str(i + 1)] = base.with_levels(own, starts)
    return found


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, style, flags, follow = long(data, at), data[at + 4], data[at + 5], data[at + 15]
    limit = data[at + 26]
    text_at = at + 28 + data[at + 24] + data[at + 25]
    length = short(data, text_at) if text_at + 2 <= len(data) else 0
    end = text_at + 2 + 2 * length
    pattern = "".join(
        f"%{ord(sign) + 1}" if ord(sign) < 9 else sign
        for sign in data[text_at + 2 : end].decode("utf-16-le", "replace")
    )
    restart = limit if flags & 0x08 else None
    return Level(start, _STYLES.get(style, "decimal"), pattern, restart, bool(flags & 4), follow != 2), end
