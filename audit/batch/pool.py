"""The workers of this machine, behind the `concurrent.futures` interface.

A worker that hangs or dies breaks the whole pool and loses what was under way. Each worker notes in a file
which report it is at: after a break these few are tried again one by one, each alone in a new pool, and the
one that breaks it again is named; everything else is simply handed out again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from audit.batch import worker
from audit.batch.job import Job, Outcome, Setup
from audit.errors import InputError

GRACE = 5.0
"""Seconds beyond a report's time before a worker that does not answer is ended."""
TICK = 0.5
AHEAD = 2
"""Chunks handed out for each worker at a time."""
MOST_BREAKS = 3
"""Breaks in a row that no report can be blamed for, before the batch ends."""


class Runner(Protocol):
    """Something that does jobs somewhere."""

    def run(self, chunks: Iterable[list[Job]]) -> Iterator[Outcome]:
        """Does all jobs; outcomes come in any order, one for each job."""

    def close(self) -> None:
        """Ends the workers."""


class LocalPool:
    """Worker processes on this machine.

    Args:
        setup: what all jobs share.
        jobs: number of workers.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self.beats = Path(tempfile.mkdtemp(prefix="fazhi-audit-"))
        self.setup = dataclasses.replace(setup, beats=str(self.beats))
        self.jobs = jobs
        self.pool: ProcessPoolExecutor | None = None
        self.hung: set[int] = set()

    def run(self, chunks: Iterable[list[Job]]) -> Iterator[Outcome]:
        """Does all jobs.

        Raises:
            ChecklistError: the checklists are wrong.
            InputError: workers end at once whatever they do.
        """
        source = iter(chunks)
        again: deque[list[Job]] = deque()
        under_way: dict[Future[list[Outcome]], list[Job]] = {}
        breaks, more = 0, True
        while True:
            while len(under_way) < self.jobs * AHEAD and (again or more):
                chunk = again.popleft() if again else next(source, None)
                if chunk is None:
                    more = False
                    continue
                try:
                    under_way[self._pool().submit(worker.work, self.setup, chunk)] = chunk
                except BrokenProcessPool:
                    again.appendleft(chunk)
                    break
            if not under_way and not again and not more:
                return
            done, _ = wait(under_way, timeout=TICK, return_when=FIRST_COMPLETED)
            self._watch()
            broken: list[Job] = []
            for future in done:
                chunk = under_way.pop(future)
                try:
                    yield from future.result()
                    breaks = 0
                except BrokenProcessPool:
                    broken += chunk
            if broken or not done and self._is_broken():
                for future, chunk in list(under_way.items()):
                    if future.done() and not future.exception():
                        yield from future.result()
                    else:
                        broken += chunk
                under_way.clear()
                at = self._end()
                suspects = [job for job in broken if job.number in at and job.number not in self.hung]
                for job in broken:
                    if job.number in self.hung:
                        yield blame(job, self.setup, "time")
                    elif job.number not in at:
                        again.append([job])
                breaks = 0 if suspects or self.hung else breaks + 1
                self.hung.clear()
                for job in suspects:
                    yield from self._alone(job)
                if breaks >= MOST_BREAKS:
                    raise InputError(
                        "工作进程反复退出,批量审核无法进行", "", "请核对内存和系统日志,或用 --jobs 1 再试"
                    )

    def _pool(self) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.jobs, _context(), worker.start, (self.setup,))
        return self.pool

    def _is_broken(self) -> bool:
        return self.pool is not None and bool(getattr(self.pool, "_broken", False))

    def _alone(self, job: Job) -> Iterator[Outcome]:
        """Tries a report again with nothing else under way."""
        future = self._pool().submit(worker.work, self.setup, [job])
        while not wait([future], timeout=TICK).done:
            self._watch()
        try:
            yield from future.result()
        except BrokenProcessPool:
            self._end()
            yield blame(job, self.setup, "time" if job.number in self.hung else "killed")
            self.hung.clear()

    def _at(self) -> dict[int, tuple[int, float]]:
        """Job number → (process, since when), as the workers noted it."""
        found = {}
        for file in self.beats.iterdir():
            with contextlib.suppress(OSError, ValueError):
                words = file.read_text().split()
                if len(words) == 2:
                    found[int(words[0])] = (int(file.name), float(words[1]))
        return found

    def _watch(self) -> None:
        """Ends a worker that did not stop when its report's time was up."""
        limit = time.monotonic() - self.setup.seconds - GRACE
        for number, (process, since) in self._at().items():
            if since < limit and number not in self.hung:
                self.hung.add(number)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def _end(self) -> set[int]:
        """Ends the pool; returns the numbers of the jobs that its workers were at."""
        at = set(self._at())
        if self.pool is not None:
            processes = list((getattr(self.pool, "_processes", None) or {}).values())
            self.pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                with contextlib.suppress(OSError, ValueError, AttributeError):
                    process.kill()
                    process.join(5)
            self.pool = None
        for file in self.beats.iterdir():
            file.unlink(missing_ok=True)
        return at

    def close(self) -> None:
        """Ends the workers."""
        self._end()
        shutil.rmtree(self.beats, ignore_errors=True)


def blame(job: Job, setup: Setup, kind: str) -> Outcome:
    """The outcome of a report that hung or killed its worker."""
    from audit.batch.rows import failed_row

    if kind == "time":
        fault = f"{job.shown}:超过 {setup.seconds:g} 秒没有响应,已终止;请单独核对这份文件"
    else:
        fault = f"{job.shown}:审核它的进程被系统终止(可能内存不足或文件异常),已跳过;请单独核对这份文件"
    return Outcome(job.number, "failed", fault, kind, row=failed_row(job, fault, kind))


def _context() -> multiprocessing.context.BaseContext:
    """Workers are forked from a clean, warm server where that is possible, else started anew."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["audit.batch.warm"])
        return context
    return multiprocessing.get_context("spawn")
