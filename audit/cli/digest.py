"""`fazhi-audit digest`: what all bodies wrote of each item, and full-text search."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import shared
from audit.cli.chinese import Command
from audit.errors import UsageError

NAMES = {"html": "素材摘编.html", "xlsx": "素材摘编.xlsx", "docx": "素材摘编.docx"}


@click.command(cls=Command)
@click.argument("store", metavar="结果库")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="输出文件夹,缺省为结果库所在文件夹",
)
@click.option("--year", type=shared.YEAR, metavar="年份", help="报告年度,缺省为结果库中最新的年度")
@click.option(
    "--item", "items", multiple=True, metavar="事项", help="只摘编这些事项(标识或名称),可多次;缺省全部"
)
@click.option("--format", "format_", default="html,xlsx", metavar="格式", help="html、xlsx、docx,逗号分隔")
@click.option("--search", "words", metavar="词语", help="全文检索:列出含有全部词语的段落,词语之间空格分开")
@click.option(
    "--limit", type=click.IntRange(min=1), default=200, metavar="条数", help="检索最多列出多少段,缺省 200"
)
def digest(
    store: str,
    output: Path | None,
    year: int | None,
    items: tuple[str, ...],
    format_: str,
    words: str | None,
    limit: int,
) -> int:
    """按事项摘编各单位的原句和数据,或在全部报告中检索。"""
    from audit.batch.store import Store, located

    source = Store(located(store))
    try:
        if words is not None:
            return _search(source, words, year, limit)
        years = source.years()
        if year is None and not years:
            raise UsageError("结果库中没有可摘编的报告", store, "请先用 batch 审核")
        named = shared.formats(format_, NAMES)
        folder = output or (Path(located(store)).parent if "://" not in store else Path())
        _write(source, year if year is not None else years[-1], items, named, folder)
    finally:
        source.close()
    return 0


def _write(source: object, year: int, items: tuple[str, ...], named: tuple[str, ...], folder: Path) -> None:
    from audit.batch.digest import page, paper, topics, workbook
    from audit.batch.store import Store
    from audit.data import write_whole
    from audit.report import keep_foreign

    assert isinstance(source, Store)
    found = list(topics(source, year, items))
    make = {
        "html": lambda: page(found, year),
        "xlsx": lambda: workbook(found),
        "docx": lambda: paper(found, year),
    }
    for name in named:
        path = folder / NAMES[name]
        keep_foreign(path)
        write_whole(path, make[name]())
        click.echo(f"已生成 {path}", err=True)


def _search(source: object, words: str, year: int | None, limit: int) -> int:
    from audit import wording
    from audit.batch.search import search
    from audit.batch.store import Store

    assert isinstance(source, Store)
    asked = words.split()
    if not asked:
        raise UsageError("--search 没有写词语", "", "例如 --search 出庭应诉率")
    count = 0
    for hit in search(source, asked, year):
        count += 1
        if count > limit:
            click.echo(f"多于 {limit} 段,其余没有列出;请加词语或 --limit", err=True)
            break
        said = f"{hit.body}({hit.year or '年度不明'},{wording.role(hit.role)},{hit.path}):{hit.text}"
        click.echo(said.translate({i: "�" for i in range(32) if i != 9} | {127: "�"}))
    if not count:
        click.echo("没有找到", err=True)
    return 0
