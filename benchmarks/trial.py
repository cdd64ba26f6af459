"""The program as a process of its own that is watched, killed and compared: steps of the tests and the long proof."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OVERVIEW = "总览.html"


def command(*arguments: object) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "audit", *map(str, arguments)]


def environment() -> dict[str, str]:
    """The environment in which the program finds its code."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path}


def start(*arguments: object) -> subprocess.Popen[str]:
    """Starts `batch` as the head of a process group of its own; what it says is kept for `end`."""
    return subprocess.Popen(
        command("batch", *arguments, "--no-timestamp"),
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str], seconds: float = 120) -> tuple[int, str]:
    """Waits for its end; exit status and what it said."""
    _, said = process.communicate(timeout=seconds)
    return process.returncode, said


def kill(process: subprocess.Popen[str] | subprocess.Popen[bytes], group: bool = True) -> None:
    """kill -9, of the whole process group or of this one process."""
    if process.poll() is None:
        if group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def reached(process: subprocess.Popen[str], enough: Callable[[], bool], seconds: float = 90) -> bool:
    """Waits until something is so; False where the process ended before, or the time was up."""
    close = time.monotonic() + seconds
    while not enough():
        if process.poll() is not None or time.monotonic() > close:
            return False
        time.sleep(0.01)
    return True


def written(folder: Path) -> int:
    """How many reports have their page."""
    if not folder.is_dir():
        return 0
    return sum(
        e.name.endswith(".html") and e.name[0] != "." and e.name != OVERVIEW for e in os.scandir(folder)
    )


def below(parent: int) -> dict[int, bytes]:
    """All processes below one, with their command lines."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: dict[int, bytes] = {}
    todo = [parent]
    while todo:
        for each in children.get(todo.pop(), []):
            todo.append(each)
            with contextlib.suppress(OSError):
                found[each] = (Path("/proc") / str(each) / "cmdline").read_bytes()
    return found


def workers(parent: int) -> list[int]:
    """The workers below a batch: forked by its server, which itself is none."""
    servers = {each for each, line in below(parent).items() if b"forkserver" in line}
    return sorted(each for server in servers for each, line in below(server).items() if b"forkserver" in line)


def digests(folder: Path) -> dict[str, str]:
    """Every page and paper, or table of an export, in a folder: name → hash of its bytes; the store is left out."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith("batch.sqlite")
    }


def export(store: object, folder: Path) -> Path:
    """Exports a store as CSV into a folder.

    Raises:
        RuntimeError: the export failed.
    """
    done = subprocess.run(
        command("export", store, "-o", folder), env=environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return folder


def unlike(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Names that are missing on one side or whose bytes differ."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@contextlib.contextmanager
def cluster(folder: Path, count: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and workers on loopback, started by the two commands of the manual.

    Yields:
        The scheduler's address, and the processes: the scheduler first, then the workers.

    Raises:
        RuntimeError: the scheduler does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    started: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: object) -> None:
        dask = [sys.executable, "-m", "dask", *map(str, arguments)]
        with (folder / f"log{len(started)}").open("wb") as log:
            started.append(
                subprocess.Popen(
                    dask, env=environment(), stdout=log, stderr=log, cwd=folder, start_new_session=True
                )
            )

    try:
        begin("scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", file)
        close = time.monotonic() + 30
        while not file.exists() or not file.read_text():
            if time.monotonic() > close or started[0].poll() is not None:
                raise RuntimeError((folder / "log0").read_text())
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for _ in range(count):
            begin("worker", address, "--host", "127.0.0.1", "--nthreads", 1, "--no-dashboard", "--no-nanny")
        yield address, started
    finally:
        for process in started:
            kill(process)
