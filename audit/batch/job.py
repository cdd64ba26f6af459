"""What is handed to a worker and what comes back: small, plain, picklable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from audit.options import Options


@dataclass(frozen=True, slots=True)
class Setup:
    """What all jobs of a batch share.

    Attributes:
        folder: for pages and papers.
        formats: to write.
        seconds: time that one report may take.
        megabytes: memory that a worker may take beyond what it has when warm.
        beats: folder in which workers note what they are at; empty: none.
    """

    folder: str
    formats: tuple[str, ...]
    seconds: float = 60.0
    megabytes: int = 1500
    beats: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to audit, or to write again from its stored result.

    Attributes:
        number: place in the plan.
        id: id in the store.
        path: the file to read.
        file_name: name that tells its suffix.
        shown: path as the user knows it.
        name: stem of the outputs.
        root: the input under which it was found.
        sha256: hash of its content.
        options: of this report.
        key: what the result depends on, hashed.
        packed: a stored result; then only pages are written.
    """

    number: int
    id: int
    path: str
    file_name: str
    shown: str
    name: str
    root: str
    sha256: str
    options: Options
    key: str
    packed: bytes | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        number: place in the plan.
        state: done, rendered, failed, or stopped (nothing can be written any more: the batch must end).
        fault: the line to show.
        kind: of fault: input, time, memory, killed, program, output.
        row: the row of `reports`.
        rows: table name → rows that belong to the report.
        sheets: rows of `requirements`.
        files: (format, file name, bytes) written.
        publisher: the reporting body that the report names.
    """

    number: int
    state: str
    fault: str = ""
    kind: str = ""
    row: tuple[Any, ...] = ()
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    sheets: list[tuple[Any, ...]] = field(default_factory=list)
    files: list[tuple[str, str, int]] = field(default_factory=list)
    publisher: str | None = None


LASTING = frozenset({"input"})
"""Faults of the file itself: they come again, so an unchanged file is not tried again."""
