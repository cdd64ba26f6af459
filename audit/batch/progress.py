"""How far a batch is: a live line on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

EVERY = 15.0
"""Seconds between two lines in a log."""


class Progress:
    """Counts reports and says rate and time left on standard error.

    Args:
        total: reports to do.
    """

    def __init__(self, total: int) -> None:
        self.total, self.done, self.failed = total, 0, 0
        self.began = self.told = time.monotonic()
        self.live: Any = None

    def __enter__(self) -> Progress:
        if self.total and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Live

            columns = [
                TextColumn("审核"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[told]}"),
            ]
            self.live = Live(*columns, console=Console(stderr=True), transient=True)
            self.live.start()
            self.task = self.live.add_task("", total=self.total, told="")
        return self

    def step(self, failed: bool = False) -> None:
        """One report more is done."""
        self.done += 1
        self.failed += failed
        if self.live is not None:
            self.live.update(self.task, completed=self.done, told=self._told())
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            click.echo(f"已审核 {self.done}/{self.total},{self._told()}", err=True)

    def say(self, line: str) -> None:
        """Shows a line beside the live one."""
        line = _safe(line)
        if self.live is not None:
            self.live.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def _told(self) -> str:
        rate = self.done / max(time.monotonic() - self.began, 0.001)
        left = (self.total - self.done) / rate if rate else 0
        return f"每秒 {rate:.1f} 份,约剩 {_span(left)}" + (f",{self.failed} 份有问题" if self.failed else "")

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.live is not None:
            self.live.stop()

    @property
    def seconds(self) -> float:
        """Time since the beginning."""
        return time.monotonic() - self.began


def say(line: str) -> None:
    """Writes a line to standard error; what a file name hides in it cannot steer the terminal."""
    click.echo(_safe(line), err=True)


def _safe(line: str) -> str:
    return line.translate({code: "�" for code in (*range(32), *range(127, 160)) if code not in (9, 10)})


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} 秒"
    if seconds < 5400:
        return f"{seconds / 60:.0f} 分钟"
    return f"{seconds / 3600:.1f} 小时"
