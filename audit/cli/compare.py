"""`fazhi-audit compare`: what changed between two audits of one body."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.chinese import Command
from audit.errors import InputError, system_fault


@click.command(cls=Command)
@click.argument("old", type=click.Path(path_type=Path), metavar="旧结果")
@click.argument("new", type=click.Path(path_type=Path), metavar="新结果")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def compare(old: Path, new: Path, as_json: bool) -> None:
    """比较同一单位两次审核的结果:哪些补上了、哪些新出现、哪些没有变化。"""
    import dataclasses
    import json

    from audit import wording
    from audit.compare import compare as differ
    from audit.report.json import read

    results = []
    for path in (old, new):
        try:
            results.append(read(path.read_bytes(), str(path)))
        except OSError as error:
            raise InputError(f"结果文件读不出来({system_fault(error)[0]})", str(path), system_fault(error)[1]) from None
    found = differ(*results)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
        return
    one, two = (result.document.publisher for result in results)
    if one != two:
        unknown = wording.text("page", "unknown")
        click.echo(wording.text("compare", "strangers", one=one or unknown, two=two or unknown), err=True)
    titles = {sheet.id: sheet.title for sheet in results[1].checklists}
    for name, (before, after) in found.scores.items():
        click.echo(_line(titles[name], _score(before), _score(after)))
    for kind in ("closed", "opened", "better", "worse"):
        rows = [change for change in found.changes if change.kind == kind]
        click.echo(wording.text("compare", kind, n=len(rows)))
        for change in rows:
            was, now = (
                wording.verdict(v, change.checklist, change.item) for v in (change.before, change.after)
            )
            click.echo("  " + _line(change.title, was, now))
    click.echo(wording.text("compare", "unchanged", n=found.unchanged))
    for kind, places in (("defects_closed", found.defects_closed), ("defects_opened", found.defects_opened)):
        click.echo(wording.text("compare", kind, n=len(places)))
        for defect, quote in places:
            click.echo(f"  {wording.defect(defect)}：{quote[:60]}")


def _line(name: str, before: str, after: str) -> str:
    from audit import wording

    return wording.text("compare", "line", name=name, before=before, after=after)


def _score(value: float | None) -> str:
    from audit import wording

    return wording.text("compare", "no_score") if value is None else f"{value:.2f}"
