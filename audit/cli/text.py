"""`fazhi-audit text`: the text that offsets refer to."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.chinese import Command


@click.command(cls=Command)
@click.argument("report", type=click.Path(path_type=Path), metavar="报告文件")
def text(report: Path) -> None:
    """输出报告正文:结果中每处引文的位置,都按这里的字符数计。"""
    from audit.document.readers import read_file

    stream = sys.stdout
    stream.write(read_file(report).text)
    stream.flush()
