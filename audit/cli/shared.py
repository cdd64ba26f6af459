"""What several commands take: lists of formats, and the options that papers need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from audit.errors import UsageError

YEAR = click.IntRange(2000, 2100)
LOCAL_FILE = click.Path(path_type=Path)

reviewed_by = click.option("--reviewed-by", metavar="姓名", help="复核人;写明后文书不再标注“未经复核”")
office = click.option(
    "--office", type=LOCAL_FILE, metavar="文件", help="办公室信息(反馈函的发文机关、期限、联系人)"
)
letter_template = click.option(
    "--letter-template", type=LOCAL_FILE, metavar="文件", help="本单位自己的反馈函 .docx 模板"
)


def formats(value: str, known: Iterable[str]) -> tuple[str, ...]:
    """The formats that a `--format` option names, each once.

    Raises:
        UsageError: an unknown format, or none.
    """
    said = tuple(dict.fromkeys(part.strip().lower() for part in re.split(r"[,，、]", value) if part.strip()))
    allowed = list(known)
    for name in said:
        if name not in allowed:
            raise UsageError(f"没有输出格式“{name}”", "", f"可用 {'、'.join(allowed)}")
    if not said:
        raise UsageError("--format 没有写明格式", "", f"可用 {'、'.join(allowed)}")
    return said
