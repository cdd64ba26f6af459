"""Help and faults of the command line: every command tells its use, every fault is one Chinese line."""

import re

import click
import pytest

from audit.cli.main import cli, main


def _walk(command, path=()):
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            yield from _walk(command.get_command(ctx, name), (*path, name))


EVERY = list(_walk(cli))
GROUPS = [path for path, command in EVERY if isinstance(command, click.Group)]


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("path", [path for path, _ in EVERY], ids=" ".join)
def test_every_command_and_group_has_help(path, flag, capsys):
    assert main([*path, flag]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("用法: ") and not said.err
    assert "Options" not in said.out and "Usage" not in said.out


@pytest.mark.parametrize("path", GROUPS, ids=" ".join)
def test_a_group_without_a_command_lists_its_commands(path, capsys):
    assert main(list(path)) == 2
    said = capsys.readouterr().err
    assert "命令:" in said and "Traceback" not in said


def test_groups_list_their_own_commands_in_order(capsys):
    main(["checklist", "-h"])
    rows = re.findall(r"(?m)^  ([a-z]+)  +\S", capsys.readouterr().out)
    assert rows == ["list", "show", "lint", "test", "new", "schema"]
