"""What runs in a worker process: audit a few reports, write their pages, hand back rows for the store."""

from __future__ import annotations

import errno
import gc
import os
import signal
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audit.batch.job import Job, Outcome, Setup
from audit.errors import AuditError, ChecklistError, InputError, UsageError, system_fault

FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""With these no further page can be written: the batch ends and says so."""
_BEAT = 40
_LITTER = 100_000
"""Objects that may lie about before they are swept up: between two reports, never while one is audited."""
_state: dict[str, Any] = {"fault": None, "beat": None}


class TimeUp(BaseException):
    """The report's time is up; no handler of ordinary faults may swallow this."""


def start(setup: Setup) -> None:
    """Prepares a worker process: warm engine, limits, an end when the parent ends. Never raises."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if setup.beats:
        _state["beat"] = os.open(Path(setup.beats) / str(os.getpid()), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        warm()
        gc.freeze()
        _limit_memory(setup.megabytes)
    except Exception as error:  # noqa: BLE001 - told with the first job
        _state["fault"] = error


def warm() -> None:
    """Loads what every report needs."""
    from audit.matching.find import engine

    engine()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError, ValueError):
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def work(setup: Setup, jobs: list[Job]) -> list[Outcome]:
    """Does the jobs one after another; a fault of one does not touch the next.

    Raises:
        ChecklistError: the checklists are wrong, for every report alike.
    """
    if _state["fault"] is not None:
        raise _state["fault"]
    out = []
    gc.disable()
    try:
        for job in jobs:
            _beat(job)
            out.append(one(setup, job))
            if gc.get_count()[0] > _LITTER:
                gc.collect()
            if out[-1].state == "stopped":
                break
    finally:
        gc.enable()
    _beat(None)
    return out


def _beat(job: Job | None) -> None:
    if _state["beat"] is not None:
        said = f"{job.number} {time.monotonic():.3f}" if job else "-"
        os.lseek(_state["beat"], 0, os.SEEK_SET)
        os.write(_state["beat"], said.ljust(_BEAT).encode())


def one(setup: Setup, job: Job) -> Outcome:
    """Does one job; whatever goes wrong becomes an outcome with one line.

    Raises:
        ChecklistError: the checklists are wrong.
        UsageError: a file named in the options is wrong.
    """
    from audit.batch.rows import failed_row

    try:
        with _time_limit(setup.seconds):
            return _render(setup, job) if job.packed is not None else _audit(setup, job)
    except (ChecklistError, UsageError):
        raise
    except TimeUp:
        fault, kind = f"{job.shown}:超过 {setup.seconds:g} 秒仍未审完,已跳过;请单独核对这份文件", "time"
    except MemoryError:
        fault, kind = f"{job.shown}:内存超过上限 {setup.megabytes} MB,已跳过;请单独核对这份文件", "memory"
    except AuditError as error:
        fault, kind = str(error), "output" if getattr(error, "what", "").startswith("同名文件") else "input"
    except OSError as error:
        if error.errno in FATAL:
            said = f"{setup.folder}:写不进去({system_fault(error)[0]});请腾出空间或另选输出文件夹后再运行同一命令,已完成的不会重做"
            return Outcome(job.number, "stopped", said, "output")
        where = error.filename or job.shown
        fault, kind = f"{where}:读写失败({system_fault(error)[0]});{system_fault(error)[1]}", "output"
    except Exception as error:  # noqa: BLE001 - one report must not stop the others
        told = type(error).__name__
        fault, kind = (
            f"{job.shown}:审核时出错({told});请另存为 .docx 或 .txt 再试,并反馈给维护人员",
            "program",
        )
    return Outcome(job.number, "failed", fault, kind, row=failed_row(job, fault, kind))


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _audit(setup: Setup, job: Job) -> Outcome:
    from audit.batch.rows import child_rows, report_row, sheet_rows
    from audit.pipeline import audit_bytes

    try:
        data = Path(job.path).read_bytes()
    except OSError as error:
        raise OSError(error.errno, error.strerror, job.shown) from error
    try:
        result = audit_bytes(data, job.file_name, job.shown, job.options, job.name)
    except InputError as error:
        if not error.where or error.where in (job.file_name, job.path):
            error.where = job.shown
        raise
    files, content = _write(setup, job, result, data)
    return Outcome(
        job.number,
        "done",
        row=report_row(job, result, content),
        rows=child_rows(job, result),
        sheets=sheet_rows(result),
        files=files,
        publisher=result.document.publisher,
    )


def _render(setup: Setup, job: Job) -> Outcome:
    from audit.report.json import read

    result = read(zlib.decompress(job.packed or b""), job.shown)
    data = Path(job.path).read_bytes() if "annotated" in setup.formats else b""
    files, _ = _write(setup, job, result, data)
    return Outcome(job.number, "rendered", files=files)


def _write(setup: Setup, job: Job, result: Any, data: bytes) -> tuple[list[tuple[str, str, int]], bytes]:
    """Writes pages and papers; returns what was written, and the result as JSON.

    A format that this report cannot have (an annotated copy of what is no .docx) is noted as empty.
    """
    from audit.report import Paper, write
    from audit.report.json import dump

    paper = Paper(source=Path(job.path), source_data=data)
    formats = tuple(f for f in setup.formats if f != "annotated" or result.document.source.format == "docx")
    files: list[tuple[str, str, int]] = [(f, "", 0) for f in setup.formats if f not in formats]
    content = b""
    made = write(result, Path(setup.folder), job.name, formats, paper) if formats else []
    for name, path in zip(formats, made, strict=True):
        files.append((name, path.name, path.stat().st_size))
        if name == "json":
            content = path.read_bytes()
    return files, content or dump(result)
