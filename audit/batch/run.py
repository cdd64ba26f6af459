"""A whole batch: find, plan, audit, store, settle, and write what is about all reports together."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from audit.batch import plan as planning
from audit.batch import tables as t
from audit.batch.inputs import Inputs, gather
from audit.batch.job import Job, Outcome, Setup
from audit.batch.pool import LocalPool, Runner
from audit.batch.progress import Progress, say
from audit.batch.roster import Roster, read_roster
from audit.batch.store import Store
from audit.batch.together import CHECKS, OVERVIEW, WORKBOOK, together
from audit.errors import InputError, UsageError, system_fault
from audit.options import Options
from audit.report import WRITERS

DONE, NOT_AUDITED = 0, 3
CHUNK = 8
CLUSTER_CHUNK = 16
KEEP = 32
"""Reports that are stored in one transaction."""
KEEP_SECONDS = 3.0
"""How long a report that is done waits for others before it is stored."""
SPOOL = ".batch-unpacked"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a user asked for.

    Attributes:
        inputs: files, folders, globs, zips.
        output: folder for pages and the store.
        formats: of the pages and papers.
        options: of every report.
        jobs: workers on this machine.
        force: audit unchanged reports again.
        roster: file with the bodies that are to file.
        ledger: file with what the office knows.
        store: URL or file; None: `batch.sqlite` in the output folder.
        cluster: address of a Dask scheduler.
        year: the year that the batch is about.
        rank: show ranks in the overview.
        seconds: time limit of a report.
        megabytes: memory limit of a worker.
    """

    inputs: tuple[str, ...]
    output: Path
    formats: tuple[str, ...] = ("html", "json")
    options: Options = Options()
    jobs: int = 0
    force: bool = False
    roster: Path | None = None
    ledger: Path | None = None
    store: str | None = None
    cluster: str | None = None
    year: int | None = None
    rank: bool = False
    seconds: float = 60.0
    megabytes: int = 1500

    def run(self) -> int:
        """Runs the batch.

        Returns:
            0, or 3 where some input could not be audited (each was named).

        Raises:
            UsageError: the call, the roster or the ledger is wrong.
            ChecklistError: the checklists are wrong.
            StoreError: the store cannot be used.
        """
        roster = read_roster(self.roster) if self.roster else None
        ledger = None
        if self.ledger:
            from audit.batch.ledger import read_ledger

            ledger = read_ledger(self.ledger)
        try:
            self.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"输出文件夹建不了({system_fault(error)[0]})", str(self.output), system_fault(error)[1]
            ) from error
        spool = self.output / SPOOL
        try:
            inputs = gather(self.inputs, self.output, spool)
            if not (inputs.reports or inputs.faults or roster):
                raise UsageError(
                    "没有找到报告", "、".join(self.inputs), "请核对文件夹,或用 --roster 给出名册"
                )
            store = Store(self.store or self.output / "batch.sqlite", create=True)
            try:
                return _Running(self, inputs, roster, ledger, store).go()
            finally:
                store.close()
        finally:
            shutil.rmtree(spool, ignore_errors=True)


class _Running:
    """One run of a batch."""

    def __init__(
        self, batch: Batch, inputs: Inputs, roster: Roster | None, ledger: Any, store: Store
    ) -> None:
        self.batch, self.inputs, self.roster, self.ledger, self.store = batch, inputs, roster, ledger, store
        self.folder = str(batch.output)
        self.faults = list(inputs.faults)
        self.formats = tuple((name, WRITERS[name][1]) for name in batch.formats)

    def go(self) -> int:
        """Runs; returns the exit status."""
        for fault in self.faults:
            say(fault)
        written = self._written()
        there = {
            entry.name: entry.stat().st_size for entry in os.scandir(self.batch.output) if entry.is_file()
        }
        plan = planning.make(
            self.inputs,
            self.batch.options,
            self.roster,
            self.store.known(),
            written,
            there,
            self.formats,
            self.batch.force,
        )
        self._say_plan(plan)
        for fault in plan.again:
            self.faults.append(fault)
            say(fault)
        self._work(plan)
        self._drop_orphans(plan)
        self._sweep()
        self._together(plan)
        say(f"请打开 {self.batch.output / OVERVIEW}")
        return NOT_AUDITED if self.faults else DONE

    def _written(self) -> dict[int, dict[str, int]]:
        c = t.outputs.c
        found: dict[int, dict[str, int]] = {}
        for report, form, size in self.store.rows(
            select(c.report, c.format, c.bytes).where(c.folder == self.folder)
        ):
            found.setdefault(report, {})[form] = size
        return found

    def _say_plan(self, plan: planning.Plan) -> None:
        said = f"共 {len(self.inputs.reports)} 份:需审核 {len(plan.audit)} 份,未变化 {len(plan.kept) + len(plan.render)} 份"
        if plan.render:
            said += f"(其中 {len(plan.render)} 份补写文件)"
        if self.inputs.passed_over:
            kinds = "、".join(
                f"{suffix} {count} 个" for suffix, count in sorted(self.inputs.passed_over.items())
            )
            said += f";略过非报告文件 {sum(self.inputs.passed_over.values())} 个({kinds})"
        click.echo(said, err=True)

    def _work(self, plan: planning.Plan) -> None:
        unread = {job.number: self.inputs.reports[job.number].fault for job in plan.audit}
        ready = [job for job in plan.audit if not unread[job.number]]
        self._unreadable([(job, unread[job.number]) for job in plan.audit if unread[job.number]])
        by_number = {job.number: job for job in (*ready, *plan.render)}
        if not by_number:
            return
        setup = Setup(self.folder, self.batch.formats, self.batch.seconds, self.batch.megabytes)
        runner = self._runner(setup, len(by_number))
        size = CLUSTER_CHUNK if self.batch.cluster else CHUNK
        try:
            with Progress(len(by_number)) as progress:
                again: list[Job] = []
                self._drain(
                    runner.run(self._chunks(ready, plan.render, size)), by_number, plan, progress, again
                )
                if again:
                    chunks = (again[at : at + size] for at in range(0, len(again), size))
                    self._drain(runner.run(chunks), by_number, plan, progress, None)
                seconds = progress.seconds
            click.echo(
                f"已完成 {progress.done} 份,用时 {seconds:.1f} 秒,每秒 {progress.done / max(seconds, 0.001):.1f} 份",
                err=True,
            )
        finally:
            runner.close()

    def _runner(self, setup: Setup, jobs: int) -> Runner:
        if self.batch.cluster:
            from audit.batch.cluster import Cluster

            return Cluster(setup, self.batch.cluster)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        most = self.batch.jobs or cores
        return LocalPool(setup, max(1, min(most, -(-jobs // 2))))

    def _chunks(self, audit: list[Job], render: list[Job], size: int) -> Iterator[list[Job]]:
        import dataclasses

        for at in range(0, len(audit), size):
            yield audit[at : at + size]
        for at in range(0, len(render), size):
            yield [
                dataclasses.replace(job, packed=self.store.packed(job.id)) for job in render[at : at + size]
            ]

    def _unreadable(self, jobs: list[tuple[Job, str]]) -> None:
        from audit.batch.rows import failed_row

        for job, fault in jobs:
            self.faults.append(fault)
            say(fault)
            self.store.patiently(self.store.save, [(failed_row(job, fault, "output"), {}, [])])

    def _drain(
        self,
        outcomes: Iterator[Outcome],
        jobs: dict[int, Job],
        plan: planning.Plan,
        progress: Progress,
        again: list[Job] | None,
    ) -> None:
        """Stores what comes back; a report whose body only its text tells is handed out again with its data."""
        waiting: list[Outcome] = []
        kept = time.monotonic()
        for outcome in outcomes:
            job = jobs[outcome.number]
            if outcome.state == "stopped":
                self._keep(waiting, jobs)
                raise InputError(outcome.fault)
            if (
                again is not None
                and outcome.state == "done"
                and (better := self._with_row(job, outcome, plan))
            ):
                jobs[job.number] = better
                again.append(better)
                continue
            if outcome.state == "failed":
                self.faults.append(outcome.fault)
                progress.say(outcome.fault)
            progress.step(outcome.state == "failed")
            waiting.append(outcome)
            if len(waiting) >= KEEP or time.monotonic() - kept > KEEP_SECONDS:
                self._keep(waiting, jobs)
                kept = time.monotonic()
        self._keep(waiting, jobs)

    def _with_row(self, job: Job, outcome: Outcome, plan: planning.Plan) -> Job | None:
        import dataclasses

        if self.roster is None or job.id in plan.guessed:
            return None
        own = planning.of_row(self.batch.options, self.roster.of_publisher(outcome.publisher))
        if own == job.options:
            return None
        return dataclasses.replace(
            job, options=own, key=planning.key_of(self.inputs.reports[job.number], own)
        )

    def _keep(self, outcomes: list[Outcome], jobs: dict[int, Job]) -> None:
        if not outcomes:
            return
        full = [o for o in outcomes if o.state != "rendered"]
        files = [
            (self.folder, jobs[o.number].id, form, name, size)
            for o in outcomes
            for form, name, size in o.files
        ]
        self.store.patiently(self._store, full, files, [jobs[o.number].id for o in outcomes])
        outcomes.clear()

    def _store(self, full: list[Outcome], files: list[tuple[Any, ...]], ids: list[int]) -> None:
        c = t.outputs.c
        with self.store.writing() as line:
            line.execute(
                t.outputs.delete().where(
                    c.folder == self.folder, c.report.in_(ids), c.format.in_(self.batch.formats)
                )
            )
            self.store.insert(line, t.outputs, files)
            if full:
                self.store.save([(o.row, o.rows, o.sheets) for o in full], line)

    def _drop_orphans(self, plan: planning.Plan) -> None:
        """Removes pages of reports of these inputs that are there no more or have another name now."""
        from audit.report import is_ours

        c, r = t.outputs.c, t.reports.c
        names = {job: report.name for job, report in zip(plan.ids, self.inputs.reports, strict=True)}
        taken = {name + suffix for name in names.values() for _, suffix in WRITERS.values()}
        query = (
            select(c.report, c.format, c.file)
            .join(t.reports, r.id == c.report)
            .where(c.folder == self.folder, r.root.in_(self.inputs.roots))
        )
        for report, form, file in list(self.store.rows(query)):
            if not file or file == names.get(report, "") + WRITERS[form][1]:
                continue
            path = self.batch.output / file
            if file not in taken and path.is_file() and is_ours(path):
                path.unlink(missing_ok=True)
            with self.store.writing() as line:
                line.execute(
                    t.outputs.delete().where(
                        c.folder == self.folder, c.report == report, c.format == form, c.file == file
                    )
                )

    def _sweep(self) -> None:
        """Removes half-written files that a killed run of this batch left beside its pages."""
        names = {report.name + suffix for report in self.inputs.reports for _, suffix in WRITERS.values()}
        names |= {OVERVIEW, WORKBOOK, CHECKS}
        for entry in os.scandir(self.batch.output):
            found = re.fullmatch(r"\.(.+)\.[a-z0-9_]{8}", entry.name)
            if found and found[1] in names and entry.is_file():
                Path(entry.path).unlink(missing_ok=True)

    def _together(self, plan: planning.Plan) -> None:
        """What is about all reports: whose they are, ranks, shared text, ledger, overview."""
        together(self.batch, self.store, self.inputs, plan, self.roster, self.ledger)
