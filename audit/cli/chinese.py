"""click in Chinese: help texts and faults as one plain line."""

from __future__ import annotations

import importlib
from typing import Any

import click


class Formatter(click.HelpFormatter):
    """Help with Chinese section names."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes the usage line."""
        super().write_usage(prog, args, "用法: ")


class Context(click.Context):
    """A context whose help is written by `Formatter`."""

    formatter_class = Formatter


def _sections(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [record for param in command.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
    if rows:
        with formatter.section("选项"):
            formatter.write_dl(rows)


class Command(click.Command):
    """A command with Chinese help."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, told in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助"
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options."""
        _sections(self, ctx, formatter)


class Group(click.Group):
    """A group whose commands are imported only when called.

    Args:
        lazy: command name → (module, attribute, one-line help).
    """

    context_class = Context

    def __init__(
        self, *args: Any, lazy: dict[str, tuple[str, str, str]] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, told in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助"
        return option

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are told."""
        return list(self.lazy) + [name for name in super().list_commands(ctx) if name not in self.lazy]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name in self.lazy:
            module, attribute, _ = self.lazy[cmd_name]
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes options and commands, without importing the commands."""
        _sections(self, ctx, formatter)
        rows = [(name, told) for name, (_, _, told) in self.lazy.items()]
        rows += [
            (name, self.commands[name].get_short_help_str(60))
            for name in self.commands
            if name not in self.lazy
        ]
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)


def _range(kind: click.IntRange | click.FloatRange) -> str:
    """What a number must be, in words."""
    if kind.min is not None and kind.max is not None:
        return f"应在 {kind.min:g} 至 {kind.max:g} 之间"
    return f"应不小于 {kind.min:g}" if kind.min is not None else f"应不大于 {kind.max:g}"


def fault_line(error: click.ClickException) -> str:
    """A click fault as one Chinese line: what is wrong and how to mend it."""
    tail = ";用 fazhi-audit --help 查看用法"
    if isinstance(error, click.UsageError) and error.ctx is not None:
        tail = f";用 {error.ctx.command_path} --help 查看用法"
    if isinstance(error, click.NoSuchOption):
        near = f",是不是 {error.possibilities[0]}?" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}{tail}"
    if isinstance(error, click.MissingParameter):
        param = error.param
        name = (param.metavar or param.human_readable_name) if param is not None else "参数"
        if isinstance(param, click.Option):
            name = f"{param.opts[-1]} {name}"
        return f"缺少 {name}{tail}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[-1] if isinstance(error.param, click.Option) else "参数"
        kind = error.param.type if error.param is not None else None
        if isinstance(kind, click.Choice):
            return f"{name} 只能是 {'、'.join(map(str, kind.choices))}{tail}"
        if isinstance(kind, (click.IntRange, click.FloatRange)) and "not in the range" in error.message:
            return f"{name} {_range(kind)}{tail}"
        if isinstance(kind, (click.types.IntParamType, click.types.FloatParamType)):
            return f"{name} 应为数字{tail}"
        return f"{name} 的值不对:{error.message}{tail}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面缺少内容{tail}"
    if isinstance(error, click.UsageError):
        said = error.message
        if said.startswith("No such command"):
            return f"没有命令 {said.split(chr(39))[1] if chr(39) in said else ''}{tail}"
        if "unexpected extra argument" in said:
            return f"多出了参数 {said[said.find('(') + 1 : -1]}{tail}"
        if "Missing command" in said:
            return f"请写明命令{tail}"
        return f"命令写法有误:{said}{tail}"
    return error.format_message()
