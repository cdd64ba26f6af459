"""`fazhi-audit checklist`: list, show, lint, test, new, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from audit.cli.chinese import Command, Group
from audit.errors import InputError, UsageError

FOUND = 1


@click.group(cls=Group, name="checklist")
def checklist() -> None:
    """查看、核对、试运行清单。"""


@checklist.command(cls=Command, name="list")
def list_() -> None:
    """列出全部清单和指标。"""
    from audit.checklist.instruments import load_instruments
    from audit.checklist.library import load_library

    library = load_library()
    for instrument in load_instruments():
        click.echo(f"{instrument.id}  {instrument.title}  共 {sum(1 for _ in instrument.specs)} 项")
    click.echo(f"指标 {len(library.indicators)} 个:")
    for indicator in library.indicators:
        examples = indicator.examples
        todo = f",已知未解 {len(examples.todo)}" if examples.todo else ""
        click.echo(f"  {indicator.id}  {indicator.title}(示例 {len(examples.hit) + len(examples.miss)}{todo})")


@checklist.command(cls=Command)
@click.argument("name", metavar="清单或指标")
def show(name: str) -> None:
    """显示一份清单的事项,或一个指标的全部规则和示例。"""
    from audit.checklist.indicators import indicator_files
    from audit.checklist.instruments import load_instruments
    from audit.data import checklist_root

    for path in indicator_files(checklist_root()):
        if path.stem == name:
            click.echo(path.read_text(encoding="utf-8"), nl=False)
            return
    for instrument in load_instruments():
        if instrument.id == name:
            click.echo(f"{instrument.id}  {instrument.title}")
            for group, spec in instrument.specs:
                where = f"{group.title} / " if group is not None and group.title else ""
                clause = f" 第{spec.clause}条" if spec.clause else ""
                click.echo(f"  {spec.key}  {where}{spec.title or spec.indicator}{clause}  权重 {spec.weight}  主体 {spec.levels}")
            return
    raise UsageError(f"没有清单或指标“{name}”", "", "用 fazhi-audit checklist list 查看名称")


def _library(folder: Path | None) -> Any:
    from audit.checklist.library import load_library

    if folder is not None and not folder.is_dir():
        raise UsageError("清单文件夹不存在", str(folder), "请给出含 indicators/ 和 lexicon.yaml 的文件夹")
    return load_library(folder)


@checklist.command(cls=Command)
@click.option("--folder", type=click.Path(path_type=Path), metavar="文件夹", help="核对另一处清单文件夹")
def lint(folder: Path | None) -> int:
    """核对清单写法:重复、没用到的词组、没人引用的指标、永远匹配不到的词、过重的事项。"""
    from audit.checklist.instrument_lint import lint_instruments
    from audit.checklist.instruments import load_instruments
    from audit.checklist.lint import lint_library
    from audit.checklist.profiles import load_profile
    from audit.errors import ChecklistError

    try:
        library = _library(folder)
        instruments = load_instruments(folder / "instruments" if folder else None)
    except ChecklistError as error:
        click.echo(str(error), err=True)
        click.echo(f"共 {len(error.faults)} 处错误", err=True)
        return FOUND
    asked = {spec.indicator for instrument in instruments for _, spec in instrument.specs if spec.indicator}
    asked |= {name for instrument in instruments for name in instrument.observed}
    issues = [str(issue) for issue in lint_library(library, asked)]
    known = {i.id: [metric.key for metric in i.metrics] for i in library.indicators}
    own = folder / "profiles" / "default.yaml" if folder else None
    found = lint_instruments(instruments, load_profile(own), known)
    issues += [f"{issue.where}: [{issue.code}] {issue.text}" for issue in found]
    for issue in issues:
        click.echo(issue, err=True)
    todo = sum(len(i.examples.todo) for i in library.indicators)
    click.echo(f"核对指标 {len(library.indicators)} 个、清单 {len(instruments)} 份:发现 {len(issues)} 处;记录在案的已知错误 {todo} 条", err=True)
    return FOUND if issues else 0


@checklist.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[指标…]")
@click.option("--folder", type=click.Path(path_type=Path), metavar="文件夹", help="试运行另一处清单文件夹")
def test(names: tuple[str, ...], folder: Path | None) -> int:
    """试运行指标中的示例:应当命中的、看着像而不算的;已知错误单独计数。"""
    from functools import cache

    from audit.checklist.source import load, shown
    from audit.errors import ChecklistError
    from audit.matching.examples import run_all

    try:
        library = _library(folder)
    except ChecklistError as error:
        click.echo(str(error), err=True)
        return FOUND
    unknown = set(names) - {indicator.id for indicator in library.indicators}
    if unknown:
        raise UsageError(f"没有指标“{sorted(unknown)[0]}”", "", "用 fazhi-audit checklist list 查看名称")
    outcomes = run_all(library, set(names) or None)
    paths = {i.id: path for i, path in zip(library.indicators, library.files, strict=True)}
    sources = cache(lambda name: load(paths[name]))

    def where(outcome: Any) -> str:
        source, key = sources(outcome.indicator), ("examples", outcome.kind, outcome.number)
        line, column = source.at(key)
        return f"{source.name}:{line}:{column}: {shown(key)}"

    failing = [outcome for outcome in outcomes if outcome.kind != "todo" and outcome.wrong]
    for outcome in failing:
        click.echo(f"{where(outcome)}:{outcome.wrong};示例:{outcome.example.text}", err=True)
    todo = [outcome for outcome in outcomes if outcome.kind == "todo"]
    solved = [outcome for outcome in todo if not outcome.wrong]
    for outcome in solved:
        click.echo(f"{where(outcome)}:已经正确,请移到 hit 或 miss;示例:{outcome.example.text}", err=True)
    click.echo(
        f"示例 {len(outcomes) - len(todo)} 条,不符 {len(failing)} 条;已知错误 {len(todo)} 条,其中已正确 {len(solved)} 条", err=True
    )
    return FOUND if failing or solved else 0


NEW = """id: {id}
title: {title}
asks: 请写:报告应当让审核人看到什么
counts: 请写:哪些写法算数
traps: 请写:看着像、但不算数的写法
terms:
  主题: [{title}]
topics:
  - {{find: "@主题", figures: [件, 次, "%"], reach: 1}}
observed_only: true
examples:
  hit:
    - {{text: "全年开展{title}12次。", grade: data}}
    - {{text: "持续加强{title}。", grade: mention}}
  miss:
    - {{text: "全年召开会议12次。", grade: none, why: 没有写到这一事项}}
"""


@checklist.command(cls=Command)
@click.argument("name", metavar="标识")
@click.option("--title", required=True, metavar="名称", help="事项名称,如 行政调解")
@click.option("--folder", type=click.Path(path_type=Path), metavar="文件夹", help="写到另一处清单文件夹的 indicators/ 下")
def new(name: str, title: str, folder: Path | None) -> None:
    """新建一个指标文件,内含示例,改好词语即可使用。"""
    import re

    from audit.data import checklist_root, write_whole

    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise UsageError(f"标识“{name}”不对", "", "请用小写字母、数字和连字符,如 admin-mediation")
    path = (folder or checklist_root()) / "indicators" / f"{name}.yaml"
    if path.exists():
        raise InputError("指标已经存在,没有覆盖", str(path), "请换一个标识")
    write_whole(path, NEW.format(id=name, title=title).encode("utf-8"))
    click.echo(f"已新建 {path};改好后用 fazhi-audit checklist test {name} 试运行")
    click.echo(f"要显示在审核页上,在 checklists/profiles/default.yaml 的 observed 里加上 {name};要计分,见 README“写一个核查事项”")


@checklist.command(cls=Command)
@click.option("--of", type=click.Choice(["checklist", "result"]), default="checklist", help="清单(指标文件)或结果的 JSON Schema")
def schema(of: str) -> None:
    """输出 JSON Schema,供编辑器和其他程序使用。"""
    from audit.schemas import schema_of

    click.echo(json.dumps(schema_of(of), ensure_ascii=False, indent=2))
