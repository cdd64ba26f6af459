"""`fazhi-audit compare`: what changed between two audits of one body."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.chinese import Command
from audit.errors import InputError

KINDS = {"closed": "已补上", "opened": "新出现的不足", "better": "有改进", "worse": "有退步"}


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
            raise InputError(f"结果文件读不出来({error.strerror})", str(path), "请核对路径和权限") from None
    found = differ(*results)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
        return
    one, two = (result.document.publisher for result in results)
    if one != two:
        click.echo(f"注意:两次结果的主体不同({one or '不明'}、{two or '不明'})", err=True)
    for name, (before, after) in found.scores.items():
        click.echo(f"{name}:{_score(before)} → {_score(after)}")
    for kind, told in KINDS.items():
        rows = [change for change in found.changes if change.kind == kind]
        click.echo(f"{told} {len(rows)} 项")
        for change in rows:
            was, now = wording.verdict(change.before, change.checklist, change.item), wording.verdict(change.after, change.checklist, change.item)
            click.echo(f"  {change.title}:{was} → {now}")
    click.echo(f"仍有不足、没有变化 {found.unchanged} 项")
    for told, rows_ in (("文字问题已改", found.defects_closed), ("文字问题新出现", found.defects_opened)):
        click.echo(f"{told} {len(rows_)} 处")
        for kind, quote in rows_:
            click.echo(f"  {wording.defect(kind)}:{quote[:60]}")


def _score(value: float | None) -> str:
    return "未评分" if value is None else f"{value:.2f}"
