"""`fazhi-audit gap`: the supervising office's papers from results already made."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli import shared
from audit.cli.chinese import Command


@click.command(cls=Command)
@click.argument("results", metavar="结果文件夹或结果库")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("gap_out"),
    metavar="文件夹",
    help="输出文件夹,缺省 gap_out",
)
@click.option(
    "--format", "format_", default="docx,html,xlsx", metavar="格式", help="docx、html、xlsx,逗号分隔"
)
@click.option("--year", type=shared.YEAR, metavar="年份", help="报告年度,缺省取结果最多的一年")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="名册(CSV 或 XLSX);结果库里已有名册时不必再给",
)
@shared.office
@shared.letter_template
@shared.reviewed_by
@click.option("--no-letters", is_flag=True, help="不生成各单位的反馈函")
def gap(
    results: str, output: Path, format_: str, year: int | None, roster: Path | None, office: Path | None,
    letter_template: Path | None, reviewed_by: str | None, no_letters: bool,
) -> int:  # fmt: skip
    """由批量结果生成审核情况报告、文本质量情况表和各单位的反馈函。"""
    from audit.gap.facts import collect
    from audit.gap.letters import letters
    from audit.gap.load import filings, main_year
    from audit.gap.report import report
    from audit.gap.table import quality
    from audit.gap.write import WRITERS, write
    from audit.report import Paper
    from audit.report.office import read_office

    formats = shared.formats(format_, WRITERS)
    sender = read_office(office)
    found = filings(results, _roster(roster))
    year = main_year(found, year)
    facts = collect(found, year)
    before = collect(found, year - 1) if any(each.year == year - 1 and each.load for each in found) else None
    made = write(report(facts, before, sender, reviewed_by), output, formats)
    made += write(quality(facts, reviewed_by), output, formats)
    if not no_letters:
        paper = Paper(reviewed_by=reviewed_by, office=office, letter_template=letter_template)
        made += letters(found, year, output, paper)
    if sys.stderr.isatty():
        click.echo(f"已生成 {len(made)} 个文件,在 {output}", err=True)
    return 0


def _roster(path: Path | None) -> list[object]:
    if path is None:
        return []
    from audit.batch.roster import read_roster

    return list(read_roster(path).rows)
