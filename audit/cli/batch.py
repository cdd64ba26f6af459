"""`fazhi-audit batch`: audits everything under folders, files, globs and zips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from audit.cli import shared
from audit.cli.chinese import Command


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, required=True, metavar="文件夹或文件…")
@click.option(
    "-o",
    "--output",
    default="reports_out",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="输出文件夹,缺省 reports_out;结果库也在其中",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="个数", help="同时审核的进程数,缺省为处理器核数")
@click.option("--force", is_flag=True, help="未变化的报告也重新审核")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="名册(CSV 或 XLSX):单位、层级、序号、报送日期等",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="台账(XLSX 或 CSV):已掌握的数据和日期,与报告逐项核对",
)
@click.option("--store", metavar="地址", help="结果库:文件名,或 postgresql://用户@主机/库名")
@click.option("--cluster", metavar="地址", help="Dask 调度器地址,如 tcp://10.0.0.1:8786")
@click.option(
    "--format",
    "format_",
    default="html,json",
    metavar="格式",
    help="每份报告生成的文件:html、json、docx(反馈函)、leader(领导参阅页)、xlsx、annotated(批注稿)",
)
@click.option(
    "--checklist", "checklists", multiple=True, metavar="清单", help="指定清单,可多次;缺省按报告年度自动选"
)
@click.option("--profile", type=click.Path(path_type=Path), metavar="文件", help="本地配置(权重、阈值、等次)")
@click.option("--year", type=shared.YEAR, metavar="年份", help="本批报告的年度,缺省取多数报告的年度")
@click.option(
    "--stage", type=click.Choice(["draft", "filed", "published"]), help="文稿阶段:起草、报送、已公开"
)
@click.option("--rank", is_flag=True, help="总览显示名次(只在同层级、同类别、同清单之间)")
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    metavar="秒",
    help="每份报告的时限,缺省 60 秒",
)
@click.option(
    "--memory-limit",
    "megabytes",
    type=click.IntRange(min=64),
    default=1500,
    metavar="MB",
    help="每个进程的内存上限,缺省 1500 MB",
)
@click.option("--no-timestamp", is_flag=True, help="结果不写生成时间,相同输入得到相同文件")
def batch(
    inputs: tuple[str, ...], output: Path, jobs: int | None, format_: str, checklists: tuple[str, ...],
    profile: Path | None, stage: str | None, no_timestamp: bool, **given: Any,
) -> int:  # fmt: skip
    """批量审核:边审边存,中断后再次运行同一命令即可继续,未变化的不重复审核。"""
    from audit.batch.run import Batch
    from audit.options import Options
    from audit.report import WRITERS

    options = Options(checklists=checklists, profile=profile, stage=stage, timestamp=not no_timestamp)
    named = shared.formats(format_, WRITERS)
    return Batch(inputs=inputs, output=output, formats=named, options=options, jobs=jobs or 0, **given).run()
