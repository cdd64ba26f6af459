"""What `check` and `render` do with each report: audit, write, and go on after a fault."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.errors import AuditError, ChecklistError, InputError, ScanError, UsageError, system_fault
from audit.options import Options

if TYPE_CHECKING:
    from audit.report import Paper
    from audit.result import Result

DONE, FOUND, NOT_AUDITED = 0, 1, 3


@dataclass(slots=True)
class Report:
    """One report to audit: a file, or a member of a zip."""

    path: Path
    name: str
    data: bytes | None = None

    @property
    def stem(self) -> str:
        """The file name without suffix."""
        return Path(self.name).stem or "report"

    @property
    def shown(self) -> str:
        """How a user knows it."""
        return str(self.path) if self.data is None else f"{self.path}:{self.name}"


def reports_of(paths: list[Path], fault: list[str]) -> Iterator[Report]:
    """The reports among the inputs, members of zips included; what cannot be opened is noted in `fault`."""
    for path in paths:
        if path.suffix.lower() == ".zip" and path.is_file():
            from audit.document.readers import members

            try:
                for name, data in members(path.read_bytes(), path.name):
                    yield Report(path, name, data)
            except InputError as error:
                fault.append(str(error))
                click.echo(str(error), err=True)
        else:
            yield Report(path, path.name)


def names(reports: list[Report]) -> list[str]:
    """Output stems: a stem that stands twice gets its suffix added, then a number."""
    stems = [report.stem for report in reports]
    full = [
        f"{stem}-{Path(report.name).suffix.lstrip('.').lower()}" if stems.count(stem) > 1 and Path(report.name).suffix else stem
        for stem, report in zip(stems, reports, strict=True)
    ]
    seen: dict[str, int] = {}
    out: list[str] = []
    for name in full:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return out


class Work:
    """One call of `check`.

    Args:
        options: of the audit.
        formats: to write.
        output: folder, or `-` for standard output (one report, json only).
        paper: what the writers need beside the results; the source of each report is added to it.
    """

    def __init__(self, options: Options, formats: tuple[str, ...], output: str, paper: Paper) -> None:
        self.options, self.formats, self.output, self.paper = options, formats, output, paper

    def check(self, paths: list[Path], fail_under: float | None) -> int:
        """Audits every report; returns the exit status.

        Raises:
            UsageError: `-o -` with more than one report or another format.
        """
        to_screen = self.output == "-"
        if to_screen and self.formats != ("json",):
            raise UsageError("输出到屏幕只能用 json 格式", "", "请加 --format json")
        faults: list[str] = []
        reports = list(reports_of(paths, faults))
        if to_screen and len(reports) > 1:
            raise UsageError(f"输出到屏幕一次只能审核一份报告,这里有 {len(reports)} 份", "", "请去掉 -o - 或只给一份")
        scans: list[str] = []
        under = False
        for number, (report, stem) in enumerate(zip(reports, names(reports), strict=True), start=1):
            self._progress(number, len(reports), report)
            try:
                result = self._audit(report, stem)
                self._deliver(result, stem, report, to_screen)
            except (UsageError, ChecklistError):
                raise
            except ScanError as error:
                scans.append(str(error))
                faults.append(str(error))
                click.echo(str(error), err=True)
                continue
            except AuditError as error:
                faults.append(str(error))
                click.echo(str(error), err=True)
                continue
            except OSError as error:
                what, mend = system_fault(error)
                line = f"{error.filename or report.shown}:写不进去({what});{mend}"
                faults.append(line)
                click.echo(line, err=True)
                continue
            except Exception as error:  # noqa: BLE001 - one report must not stop the others
                line = f"{report.shown}:审核时出错({type(error).__name__});请把这份报告另存为 .docx 或 .txt 再试,并反馈给维护人员"
                faults.append(line)
                click.echo(line, err=True)
                continue
            if fail_under is not None:
                score = result.overall.score
                under |= score is None or score < fail_under
        if scans and len(reports) > 1:
            click.echo(f"需索取可编辑版本的有 {len(scans)} 份(扫描件,没有文字层),见上", err=True)
        return NOT_AUDITED if faults else FOUND if under else DONE

    def _audit(self, report: Report, stem: str) -> Result:
        from audit.pipeline import audit_bytes, audit_file

        if report.data is None:
            return audit_file(report.path, self.options, stem)
        return audit_bytes(report.data, report.name, report.shown, self.options, stem)

    def _deliver(self, result: Result, stem: str, report: Report, to_screen: bool) -> None:
        from audit.report import write

        for warning in result.warnings:
            click.echo(f"{report.shown}:{warning.text}", err=True)
        if to_screen:
            from audit.report.json import dump

            stream = sys.stdout
            stream.write(dump(result).decode("utf-8"))
            stream.flush()
            return
        paper = replace(self.paper, source=report.path if report.data is None else None, source_data=report.data)
        for path in write(result, Path(self.output), stem, self.formats, paper):
            if not sys.stderr.isatty():
                continue
            click.echo(f"  已生成 {path}", err=True)

    def _progress(self, number: int, total: int, report: Report) -> None:
        if total > 1 and sys.stderr.isatty():
            click.echo(f"[{number}/{total}] {report.shown}", err=True)
