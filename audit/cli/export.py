"""`fazhi-audit export`: the store of a batch as CSV or Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import shared
from audit.cli.chinese import Command


@click.command(cls=Command)
@click.argument("store", metavar="结果库")
@click.option(
    "-o",
    "--output",
    default="export",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="输出文件夹,缺省 export",
)
@click.option(
    "--format", "form", type=click.Choice(["csv", "parquet"]), default="csv", help="csv(缺省)或 parquet"
)
@click.option("--table", "tables", multiple=True, metavar="表名", help="只导出这些表,可多次;缺省全部")
@click.option(
    "--year", "years", type=shared.YEAR, multiple=True, metavar="年份", help="只导出这些年度,可多次;缺省全部"
)
def export(store: str, output: Path, form: str, tables: tuple[str, ...], years: tuple[int, ...]) -> int:
    """把批量结果导出为数据表,每张表一个文件;结果库可写文件、文件夹或数据库地址。"""
    from audit.batch.export import export as write
    from audit.batch.store import Store, located

    source = Store(located(store))
    try:
        made = write(source, output, form, tables, years)
    finally:
        source.close()
    click.echo(f"已导出 {len(made)} 张表到 {output}", err=True)
    return 0
