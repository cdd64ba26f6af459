"""`fazhi-audit render`: pages and papers made again from results."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import shared
from audit.cli.chinese import Command
from audit.errors import AuditError, system_fault

NOT_AUDITED = 3


@click.command(cls=Command)
@click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="结果文件…")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件夹", help="输出文件夹,缺省与结果文件同处")
@click.option("--format", "format_", default="html", metavar="格式", help="html、docx(反馈函)、leader(领导参阅页)、xlsx、json,逗号分隔")
@click.option("--decisions", type=click.Path(path_type=Path), metavar="文件", help="复核决定,重新计分后生成")
@click.option("--profile", type=click.Path(path_type=Path), metavar="文件", help="复核重新计分时所用的本地配置")
@shared.reviewed_by
@shared.office
@shared.letter_template
@click.option("--source", type=click.Path(path_type=Path), metavar="文件", help="原报告(.docx),生成批注稿时需要")
def render(
    results: tuple[Path, ...], output: Path | None, format_: str, decisions: Path | None, profile: Path | None,
    reviewed_by: str | None, office: Path | None, letter_template: Path | None, source: Path | None,
) -> int:  # fmt: skip
    """由 check 生成的结果文件重新生成审核页和文书,不再读原报告。"""
    from audit.pipeline import judge_again
    from audit.report import WRITERS, Paper, write
    from audit.report.json import read

    named = shared.formats(format_, WRITERS)
    paper = Paper(reviewed_by=reviewed_by, office=office, source=source, letter_template=letter_template)
    bad = False
    for path in results:
        try:
            try:
                content = path.read_bytes()
            except OSError as error:
                from audit.errors import InputError

                raise InputError(f"结果文件读不出来({system_fault(error)[0]})", str(path), system_fault(error)[1]) from None
            result = read(content, str(path))
            if decisions is not None:
                result = judge_again(result, decisions, profile)
            write(result, output or path.parent, path.stem, named, paper)
        except AuditError as error:
            bad = True
            click.echo(str(error), err=True)
    return NOT_AUDITED if bad else 0
