"""Fingerprints of paragraphs: sampled hashes of short runs of characters, the same wherever the run stands."""

from __future__ import annotations

import struct
import zlib

GRAM = 8
"""Characters in a run."""
SHARE = 6
"""One run in so many is kept."""
SHORTEST = 40
"""Paragraphs with fewer characters, standing phrases and marks aside, are not compared."""
_KNUTH = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


_MARKS = " \t\u3000,。、;:!?“”‘’'\"《》()[]{}…-~·|/—–"
_BARE = {ord(mark): None for mark in _MARKS} | {
    code + 0xFEE0: None if chr(code) in _MARKS else code for code in range(0x21, 0x7F)
}
"""Marks and blanks go, letters and figures of full width become those of half width."""


def bare(paragraph: str) -> str:
    """The characters that are compared: no marks, blanks or standing phrases."""
    from audit.form.duplicates import content

    return content(paragraph.translate(_BARE))


def sample(paragraph: str) -> bytes:
    """The fingerprints of a paragraph as packed 64-bit numbers in rising order; empty for a short one."""
    words = bare(paragraph)
    if len(words) < SHORTEST:
        return b""
    raw = words.encode("utf-32-le", "replace")
    width = GRAM * 4
    runs = [raw[at : at + width] for at in range(0, len(raw) - width + 1, 4)]
    kept = {
        ((first << 32 | zlib.adler32(run)) * _KNUTH & _MASK) >> 1
        for run, first in zip(runs, map(zlib.crc32, runs), strict=True)
        if first % SHARE == 0
    }
    return struct.pack(f"<{len(kept)}q", *sorted(kept))
