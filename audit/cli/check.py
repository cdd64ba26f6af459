"""`fazhi-audit check`: audits reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from audit.cli import shared
from audit.cli.chinese import Command
from audit.errors import UsageError

LEVELS = ["province", "city", "county", "zone", "department", "township"]


def iso_date(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Checks a date option.

    Raises:
        UsageError: not a date.
    """
    import datetime
    import re

    if value is None:
        return None
    said = value.strip()
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)", said)
    try:
        if found:
            year, month, day = (int(part) for part in found.groups() if part)
            return datetime.date(year, month, day).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{param.opts[-1]} 的日期“{value}”读不懂", "", "请写成 2024-02-28 或 2024年2月28日")


@click.command(cls=Command)
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="报告文件…")
@click.option("-o", "--output", "output", default="reports_out", metavar="文件夹", help="输出文件夹,缺省 reports_out;单份 json 可用 - 输出到屏幕")
@click.option("--format", "format_", default="html,json", metavar="格式", help="html、json、docx(反馈函)、leader(领导参阅页)、xlsx、annotated(批注稿),逗号分隔")
@click.option("--checklist", "checklists", multiple=True, metavar="清单", help="指定清单,可多次;缺省按报告年度自动选")
@click.option("--profile", type=click.Path(path_type=Path), metavar="文件", help="本地配置(权重、阈值、等次)")
@click.option("--body", type=click.Path(path_type=Path), metavar="文件", help="报告主体说明(名称、层级、职能)")
@click.option("--level", type=click.Choice(LEVELS), help="报告主体层级,缺省从报告中识别")
@click.option("--year", type=shared.YEAR, metavar="年份", help="报告年度,缺省从报告中识别")
@click.option("--filed", callback=iso_date, metavar="日期", help="报送日期")
@click.option("--published", callback=iso_date, metavar="日期", help="公开日期")
@click.option("--stage", type=click.Choice(["draft", "filed", "published"]), help="文稿阶段:起草、报送、已公开")
@click.option("--previous", type=click.Path(path_type=Path), metavar="文件", help="上一年度报告,用于比对沿用的内容")
@click.option("--decisions", type=click.Path(path_type=Path), metavar="文件", help="复核决定")
@shared.reviewed_by
@shared.office
@shared.letter_template
@click.option("--fail-under", type=float, metavar="分数", help="总分低于此数时以状态 1 结束")
@click.option("--no-timestamp", is_flag=True, help="结果不写生成时间,相同输入得到相同文件")
def check(
    reports: tuple[Path, ...], output: str, format_: str, fail_under: float | None, no_timestamp: bool,
    reviewed_by: str | None, office: Path | None, letter_template: Path | None, **given: Any,
) -> int:  # fmt: skip
    """审核报告:逐项说明已写到、写得不够、仅在计划中和没有写到的内容,并引用原句。"""
    from audit.cli.work import Work
    from audit.options import Options
    from audit.report import WRITERS, Paper

    options = Options(timestamp=not no_timestamp, **given)
    paper = Paper(reviewed_by=reviewed_by, office=office, letter_template=letter_template)
    work = Work(options, shared.formats(format_, WRITERS), output, paper)
    return work.check(list(reports), fail_under)
