"""Every body's letter at once."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from audit import wording
from audit.gap.load import Filing
from audit.gap.write import put
from audit.report import Paper
from audit.report.letter import render

TIDY = 20
"""After so many letters memory is swept up: a finished .docx is a web of objects that hold each other."""


def letters(found: Iterable[Filing], year: int, folder: Path, paper: Paper) -> Iterator[Path]:
    """Writes the letter of every audited body of a year, named by place and body.

    Raises:
        InputError: a file stands there that this program did not make.
        UsageError: the office file or the template cannot be used.
    """
    place = folder / wording.text("gap", "letters", "folder")
    number = 0
    for filing in found:
        if filing.year != year or filing.load is None:
            continue
        result = filing.load()
        if result is None:
            continue
        number += 1
        if number % TIDY == 0:
            gc.collect()
        name = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', "_", filing.name)[:60].strip("._") or "单位"
        yield put(place / f"{number:03d}-{name}.docx", render(result, paper))
