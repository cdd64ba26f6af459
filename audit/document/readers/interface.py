"""What every reader offers, and the small helper with which readers build their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from audit.document.model import Block, Page, Span, Text
from audit.errors import InputError

RESAVE = "请用 WPS 或 Word 另存为 .docx 后再试"
"""The remedy named wherever a file cannot be read as it is."""

LONG_ROW = 300
"""A table row of more characters that holds several paragraphs is laid out text, not a row of data."""
STOPS = "。；！？;"
"""After these, two paragraphs of one cell are joined without a space."""


class Reader(Protocol):
    """A module that reads one format."""

    recognises: Callable[[bytes], bool]
    """Whether the content (never the name) is of this format."""

    read: Callable[[bytes, str], Text]
    """The text of a file; raises `InputError` with `name` as the place."""


class Composer:
    """Collects blocks into one text; lines end in `\\n`, empty blocks are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._pages: list[tuple[int, int]] = []
        self._noise: list[Span] = []
        self._length = 0

    def add(
        self, text: str, kind: str = "paragraph", level: int = 0, index: int = 0, noise: bool = False
    ) -> int:
        """Adds a block; line ends inside it split it into blocks of the same kind.

        Args:
            text: its text; spaces at the ends are dropped.
            kind: as `Block.kind`.
            level: rank of a heading, else 0.
            index: number of the paragraph in the source, else 0.
            noise: residue of a page that is kept but marked.

        Returns:
            The offset at which the block begins.
        """
        first = self._length
        for line in text.split("\n"):
            line = line.strip()
            if not line:
                continue
            start, end = self._length, self._length + len(line)
            self._pieces.append(line)
            self._length = end + 1
            if noise:
                self._noise.append(Span(start, end))
            self._blocks.append(Block(start, end, kind, level, index))
        return first

    def row(self, cells: list[list[str]], kind: str = "row", index: int = 0) -> None:
        """Adds a table row: its cells joined by tabs, paragraphs of a cell by a space.

        A row of one cell, or one that holds much text in several paragraphs, is laid out text: its
        paragraphs stand alone. Cells without text count as cells.
        """
        filled = [cell for cell in cells if any(line.strip() for line in cell)]
        several = any(len(cell) > 1 for cell in filled)
        length = sum(len(line) for cell in filled for line in cell)
        if len(cells) == 1 or several and (len(filled) == 1 or length > LONG_ROW):
            for cell in filled:
                for line in cell:
                    self.add(line, "paragraph" if kind == "row" else kind, 0, index)
            return
        joined = []
        for cell in filled:
            text = ""
            for line in (line.strip().replace("\n", " ") for line in cell):
                text += (" " if text and text[-1] not in STOPS else "") + line
            joined.append(text)
        self.add("\t".join(joined), kind, 0, index)

    def page(self, number: int, offset: int) -> None:
        """Says that page `number`, counted from 1, begins at an offset, unless it has begun already."""
        if not self._pages or self._pages[-1][0] < number:
            self._pages.append((number, offset if self._pages else 0))

    def text(self, format: str, hints: dict[str, str] | None = None) -> Text:
        """The finished text."""
        text = "\n".join(self._pieces)
        if text:
            text += "\n"
        bounds = [start for _, start in self._pages] + [len(text)]
        pages = tuple(Page(number, start, bounds[i + 1]) for i, (number, start) in enumerate(self._pages))
        return Text(text, format, tuple(self._blocks), pages, dict(hints or {}), tuple(self._noise))


def title_hint(raw: str | None) -> dict[str, str]:
    """The hint for a title that a file's properties give; none for what programs put there by themselves."""
    title = re.sub(r"\s+", " ", (raw or "").replace("\0", "")).strip()
    title = re.sub(r"\AMicrosoft Word - |\.(?:docx?|wps|pdf|ofd)\Z", "", title, flags=re.IGNORECASE)
    return {"title": title} if 4 <= len(title) <= 100 and re.search(r"[\u4e00-\u9fff]{2}", title) else {}


def empty(name: str) -> InputError:
    """The fault of a file that holds no text."""
    return InputError("文件里没有文字", name, "请核对是否交错了文件")


def damaged(name: str, kind: str) -> InputError:
    """The fault of a file that breaks off or is not what it claims to be."""
    return InputError(f"{kind}文件已损坏,读不出内容", name, "请重新下载或向报送单位索取原件")


def locked(name: str) -> InputError:
    """The fault of a file that asks for a password."""
    return InputError("文件设有打开密码", name, "请取消密码后再试")
