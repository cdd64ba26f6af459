"""What is to be done: which reports are new or changed, which only lack a page, which stay as they are."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from audit import __version__
from audit.batch import tables as t
from audit.batch.inputs import Found, Inputs
from audit.batch.job import LASTING, Job
from audit.batch.roster import Roster, Row
from audit.batch.store import Known
from audit.data import checklist_root
from audit.options import Options

_NOT_AUDITING = ("batch", "cli")


@dataclass(slots=True)
class Plan:
    """What a batch has to do.

    Attributes:
        audit: reports to audit.
        render: reports whose result is there but not every page.
        kept: ids of reports that stay as they are.
        again: faults of unchanged files, told again.
        ids: ids of all reports of the batch.
        guessed: id → body by file name or pattern.
    """

    audit: list[Job] = field(default_factory=list)
    render: list[Job] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    guessed: dict[int, Row] = field(default_factory=dict)


@cache
def version() -> str:
    """What of the program and its checklists a result depends on, hashed."""
    digest = hashlib.sha256(__version__.encode())
    code = Path(__file__).parent.parent
    roots = [p for p in sorted(code.iterdir()) if p.name not in (*_NOT_AUDITING, "__pycache__", "_data")]
    files = [f for p in roots for f in ([p] if p.is_file() else sorted(p.rglob("*")))]
    files += sorted(checklist_root().rglob("*"))
    for file in files:
        if file.is_file() and file.suffix in (".py", ".yaml", ".j2", ".css", ".js", ".txt", ".json"):
            digest.update(file.name.encode() + b"\0")
            digest.update(file.read_bytes())
    return digest.hexdigest()


def of_row(options: Options, row: Row | None) -> Options:
    """The options of a report whose body the roster knows; what the roster says goes before."""
    if row is None:
        return options
    return dataclasses.replace(
        options,
        level=row.level or options.level,
        kind=row.kind or options.kind,
        powers={**options.powers, **row.powers},
        filed=row.filed or options.filed,
        published=row.published or options.published,
    )


def key_of(report: Found, options: Options) -> str:
    """What the result of a report depends on, hashed."""
    said = [report.sha256, report.name, version(), options.fingerprint(), options.timestamp]
    return hashlib.sha256(
        json.dumps(said, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    ).hexdigest()


def make(
    inputs: Inputs,
    options: Options,
    roster: Roster | None,
    known: dict[int, Known],
    written: dict[int, dict[str, int]],
    there: dict[str, int],
    formats: tuple[tuple[str, str], ...],
    force: bool,
) -> Plan:
    """Makes the plan.

    Args:
        inputs: the reports found.
        options: what the user said of all.
        roster: the bodies.
        known: what the store holds.
        written: id → format → bytes that were written.
        there: file name → bytes in the output folder.
        formats: (format, suffix of its file).
        force: audit everything again.
    """
    plan = Plan()
    for number, report in enumerate(inputs.reports):
        me = t.number(report.shown, report.sha256)
        plan.ids.append(me)
        had = known.get(me)
        row = roster.of_file(report) if roster else None
        if row is not None:
            plan.guessed[me] = row
        elif roster and had and had.publisher:
            row = roster.of_publisher(had.publisher)
        own = of_row(options, row)
        job = Job(
            number,
            me,
            str(report.path),
            report.file_name,
            report.shown,
            report.name,
            report.root,
            report.sha256,
            own,
            key_of(report, own),
        )
        if report.fault or force or had is None or had.key != job.key:
            plan.audit.append(job)
        elif had.state == "failed":
            if had.fault_kind in LASTING:
                plan.again.append(had.fault or "")
                plan.kept.append(me)
            else:
                plan.audit.append(job)
        elif all(_there(report.name + suffix, written.get(me, {}).get(f), there) for f, suffix in formats):
            plan.kept.append(me)
        else:
            plan.render.append(job)
    return plan


def _there(file: str, size: int | None, there: dict[str, int]) -> bool:
    """Whether a file stands as it was written; 0 is a format that this report cannot have."""
    return size == 0 or size is not None and there.get(file) == size
