"""What the second reader learned from labelled sentences, as it lies in `second-reader.json`.

The file is written by `tests/tools/learn.py`; nobody edits it by hand, and without it no grade is marked for review.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from audit.checklist.indicators import Strict
from audit.errors import ChecklistError

FILE = "second-reader.json"
GRADES = ("data", "action", "mention", "plan", "shortfall", "none")
Odds = tuple[float, float, float, float, float, float]
"""A number for each of the `GRADES`."""


class MatterWords(Strict):
    """How words speak for one indicator: a sentence speaks for it with `base` and the weights of its words."""

    base: float
    words: dict[str, float]
    grades: Odds


class SecondReaderData(Strict):
    """The whole file.

    Attributes:
        matters: for each indicator how words speak for it, and which grades it usually has.
        figure: what a figure in a passage tells of its grade.
        words: what words tell of the grade of the passage that they stand in.
        doubt: weights of the signs that a grade is wrong, by the names of `audit.matching.review`.
    """

    matters: dict[str, MatterWords]
    figure: Odds
    words: dict[str, Odds]
    doubt: dict[str, float]


def load_learned(root: Path) -> SecondReaderData | None:
    """What was learned, None where the folder has no such file.

    Raises:
        ChecklistError: the file was spoilt.
    """
    path = root / FILE
    if not path.is_file():
        return None
    try:
        return SecondReaderData.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "全文"
        raise ChecklistError([f"{FILE}: {where}:内容已损坏;请从原来的发行包中恢复此文件,或删去它"]) from error
