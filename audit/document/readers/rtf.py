"""Rich text (.rtf), with the list numbers that its writer put into `\\listtext`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from audit.document.model import Text
from audit.document.readers.interface import Composer, title_hint
from audit.document.readers.lists import runs_on

FORMAT = "rtf"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator info pict object header "
    b"headerl headerr headerf footer footerl footerr footerf fldinst xmlnstbl themedata colorschememapping latentstyles "
    b"datastore nonshppict pgptbl bkmkstart bkmkend annotation atnid atnauthor atnref atndate ftnsep ftnsepc ftncn "
    b"aftnsep aftnsepc aftncn userprops sp shpinst docvar wgrffmtfilter mmathPr tc xe do".split()
)
_KEPT = frozenset(b"listtext pntext shptxt fldrslt shprslt dptxbxtext footnote".split())
_SIGNS = {
    b"tab": "\t", b"line": "\n", b"page": "\n", b"column": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": "\u3000", b"enspace": " ",
}  # fmt: skip
_PAGES = {
    0: "cp1252", 1: "gb18030", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 77: "mac_roman",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """What holds until the closing brace."""

    skipped: bool = False
    note: bool = False
    list: bool = False
    hidden: bool = False
    skip: int = 1
    page: str = ""
    fonts: bool = False
    title: bool = False


def recognises(data: bytes) -> bool:
    """Whether the content begins as rich text does."""
    return data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def read(data: bytes, name: str) -> Text:
    """The paragraphs and rows in order, notes at the end, headers and deleted text left out."""
    reader = _Reader()
    reader.run(data)
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self._composer = Composer()
        self._group = _Group()
        self._stack: list[_Group] = []
        self._raw = bytearray()
        self._pieces: list[str] = []
        self._notes: list[str] = []
        self._note: list[str] = []
        self._number: list[str] = []
        self._title: list[str] = []
        self._cells: list[list[str]] = []
        self._cell: list[str] = []
        self._in_table = False
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._to_skip = 0
        self._index = 0

    def run(self, data: bytes) -> None:
        """Reads the whole file."""
        at, end = 0, len(data)
        starred = False
        while at < end:
            found = _TOKEN.match(data, at)
            if not found:
                at += 1
                continue
            at = found.end()
            word, number, code, sign, brace, plain = found.groups()
            if word:
                value = int(number) if number else None
                if word == b"bin" and value:
                    at += max(0, value)
                else:
                    self._word(word, value, starred)
                starred = False
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif sign:
                starred = sign == b"*"
                self._sign(sign)
            elif brace:
                starred = False
                self._brace(brace)
            elif plain:
                self._bytes(plain)
        self._flush()
        self._paragraph()

    def text(self) -> Text:
        """The finished text."""
        for note in self._notes:
            self._composer.add(note, "note")
        return self._composer.text(FORMAT, title_hint("".join(self._title)))

    def _word(self, word: bytes, value: int | None, starred: bool) -> None:
        group = self._group
        if word != b"u":
            self._flush()
            self._to_skip = 0
        if word == b"u" and value is not None:
            self._flush()
            self._add(chr(value % 65536))
            self._to_skip = group.skip
        elif word == b"uc":
            group.skip = value if value is not None else 1
        elif word == b"par" or word == b"sect":
            self._paragraph()
        elif word == b"pard":
            self._in_table = False
        elif word == b"intbl":
            self._in_table = True
        elif word in (b"cell", b"nestcell"):
            self._end_cell()
        elif word in (b"row", b"nestrow"):
            self._composer.row(self._cells, "row", self._index)
            self._cells, self._cell = [], []
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in (b"v", b"deleted"):
            group.hidden = value != 0
        elif word == b"plain":
            group.hidden = False
        elif word == b"ansicpg" and value:
            self._page = "gb18030" if value == 936 else "utf-8" if value == 65001 else f"cp{value}"
        elif word == b"f" and value is not None:
            self._font = value
            group.page = "" if group.fonts else self._fonts.get(value, "")
        elif word == b"fcharset" and group.fonts:
            self._fonts[self._font] = _PAGES.get(value or 0, "") if value else ""
        elif word == b"footnote":
            group.note = True
        elif word in (b"listtext", b"pntext"):
            group.list = True
        elif word == b"title" and group.skipped:
            group.title = True
        elif word == b"upr":
            group.skipped = True
        elif word == b"ud":
            group.skipped = False
        elif word in _SKIPPED or starred and word not in _KEPT:
            group.skipped = True
            group.fonts = word == b"fonttbl"
        if word in (b"shptxt", b"dptxbxtext"):
            group.skipped = False

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if sign in (b"\r", b"\n"):
            self._paragraph()
        elif sign == b"~":
            self._add(" ")
        elif sign == b"_":
            self._add("-")
        elif sign in b"\\{}":
            self._add(sign.decode())

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if brace == b"{":
            self._stack.append(self._group)
            self._group = replace(self._group)
            return
        closed = self._group
        self._group = self._stack.pop() if self._stack else _Group()
        if closed.note and not self._group.note:
            self._notes.append("".join(self._note))
            self._note = []

    def _bytes(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        self._raw += raw

    def _flush(self) -> None:
        if self._raw:
            raw, self._raw = bytes(self._raw), bytearray()
            try:
                self._add(raw.decode(self._group.page or self._page, "replace"))
            except LookupError:
                self._add(raw.decode("gb18030", "replace"))

    def _add(self, text: str) -> None:
        group = self._group
        if group.title:
            self._title.append(text)
        if group.skipped or group.hidden:
            return
        if group.list:
            self._number.append(text)
        else:
            (self._note if group.note else self._pieces).append(text)

    def _finished(self) -> str:
        number = _joined_pairs("".join(self._number)).strip()
        text = _joined_pairs("".join(self._pieces))
        self._number, self._pieces = [], []
        if not number or number in "•●■◆➢\u00b7" or 0xF000 <= ord(number[0]) <= 0xF0FF:
            return text
        return number + (" " if runs_on(number) else "") + text.strip()

    def _paragraph(self) -> None:
        self._flush()
        if self._group.skipped:
            return
        if self._group.note:
            self._note.append("\n")
            return
        self._index += 1
        text = self._finished()
        if self._in_table:
            if text.strip():
                self._cell.append(text)
        else:
            self._composer.add(text, index=self._index)

    def _end_cell(self) -> None:
        self._index += 1
        text = self._finished()
        if text.strip():
            self._cell.append(text)
        self._cells.append(self._cell)
        self._cell = []


def _joined_pairs(text: str) -> str:
    """Text in which two halves of one character are that character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
