"""Plain text in the encodings that offices use."""

from __future__ import annotations

import codecs

from audit.document.model import Text

FORMAT = "txt"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def decode(data: bytes) -> str:
    """The characters of a text in an unknown encoding, line ends as they stand.

    Byte-order mark, then UTF-16 by its zero bytes, strict UTF-8, strict GB18030, else whichever of
    the last two leaves fewer replacement characters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _utf16(data)
    if wide:
        return data.decode(wide, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return min((data.decode(e, "replace") for e in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))


def _utf16(data: bytes) -> str | None:
    """Whether bytes without mark are UTF-16: line ends and ASCII show as pairs with a zero byte."""
    sample = data[:8192]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= 4 * min(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    trial = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if trial.count("\ufffd") <= 1 and "\0" not in trial else None


def recognises(data: bytes) -> bool:
    """Whether the bytes look like text: hardly any control characters."""
    if any(data.startswith(mark) for mark, _ in _MARKS) or _utf16(data):
        return True
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) <= max(2 if len(sample) > 400 else 0, len(sample) // 1000)


def read(data: bytes, name: str) -> Text:
    """The decoded content, unchanged but for line ends and a leading byte-order mark."""
    text = decode(data).removeprefix("\ufeff")
    return Text(text.replace("\r\n", "\n").replace("\r", "\n"), FORMAT)
