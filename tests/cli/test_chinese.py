"""Help and faults of the command line: every command tells its use, every fault is one Chinese line."""

import json
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


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "报告.txt"
    path.write_text(
        "某县2024年法治政府建设年度报告\n一、主要举措和成效\n(一)办理行政复议案件12件。\n二、存在的问题\n队伍力量不足。\n"
        "三、下一步工作安排\n加强队伍建设。\n某县人民政府\n2025年1月20日\n",
        encoding="utf-8",
    )
    return str(path)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["batch", ".", "--jobs", "0"], "--jobs 应不小于 1"),
        (["batch", ".", "--jobs", "两"], "--jobs 应为数字"),
        (["check", "报告.txt", "--year", "25"], "--year 应在 2000 至 2100 之间"),
        (["export", ".", "--year", "1999"], "--year 应在 2000 至 2100 之间"),
        (["checklist", "new", "some-thing"], "缺少 --title 名称"),
        (["check"], "缺少 报告文件…"),
        (["check", "报告.txt", "--filed", "2026年2月30日"], "请写成 2024-02-28 或"),
        (["check", "报告.txt", "--format", "docx", "--office", "无.yaml"], "无.yaml:办公室信息文件读不出来(文件或文件夹不存在);请核对路径"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_remedy(args, said, report, capsys):
    assert main(args) == 2
    line = capsys.readouterr().err
    assert said in line and len(line.strip().splitlines()) == 1


def test_an_output_that_is_a_file_is_told_in_chinese(report, capsys):
    assert main(["check", report, "-o", report]) == 3
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert "同名文件" in line and "-o 另写一个文件夹" in line and "exists" not in line


@pytest.mark.parametrize("day", ["2026-02-20", "2026年2月20日", "2026/2/20", "2026.02.20", "20260220"])
def test_a_date_in_any_usual_writing(day, report, capsys):
    assert main(["check", report, "-o", "-", "--format", "json", "--filed", day]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["filed_on"] == "2026-02-20"


def test_an_unknown_power_is_refused_with_the_nearest(report, tmp_path, capsys):
    (tmp_path / "主体.yaml").write_text("powers: {enforce: false}\n", encoding="utf-8")
    assert main(["check", report, "--body", "主体.yaml"]) == 2
    line = capsys.readouterr().err
    assert "“enforce”" in line and "enforces" in line


def test_a_template_without_places_is_refused(report, tmp_path, capsys):
    import docx

    docx.Document().save(str(tmp_path / "空.docx"))
    assert main(["check", report, "--format", "docx", "--letter-template", "空.docx"]) == 2
    assert "没有占位符" in capsys.readouterr().err.strip().splitlines()[-1]


def test_an_example_that_fails_is_told_with_its_place(tmp_path, capsys):
    import shutil

    from audit.data import checklist_root

    (tmp_path / "indicators").mkdir()
    shutil.copy(checklist_root() / "lexicon.yaml", tmp_path)
    text = (
        'id: demo\ntitle: 示范\nasks: 示范\nterms:\n  主题: [示范事项]\ntopics:\n  - {find: "@主题", figures: [件]}\nexamples:\n  hit:\n'
        '    - {text: "办理示范事项12件。", grade: data}\n    - {text: "办理其他事项12件。", grade: data}\n'
        '  miss:\n    - {text: "办理别的事项12件。", grade: none}\n'
    )
    (tmp_path / "indicators" / "demo.yaml").write_text(text, encoding="utf-8")
    assert main(["checklist", "test", "--folder", str(tmp_path)]) == 1
    assert "demo.yaml:11:7: examples.hit[1]:应为 data" in capsys.readouterr().err
