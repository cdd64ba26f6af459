"""Entry of the command line: exit statuses, and no traceback for a user."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from audit import __version__
from audit.cli.chinese import Group, fault_line
from audit.cli.start import end, no_plugins, quick_patterns, seldom_collect
from audit.errors import AuditError, ChecklistError, InputError, UsageError, system_fault

DONE, FOUND, WRONG_CALL, NOT_AUDITED = 0, 1, 2, 3

COMMANDS = {
    "check": ("audit.cli.check", "check", "审核一份或多份报告,生成审核页和结果文件"),
    "text": ("audit.cli.text", "text", "输出报告正文(结果中的位置均以此为准)"),
    "render": ("audit.cli.render", "render", "由结果文件重新生成审核页和文书"),
    "batch": ("audit.cli.batch", "batch", "批量审核文件夹、压缩包中的全部报告"),
    "gap": ("audit.cli.gap", "gap", "由批量结果生成审核情况报告、汇总表和反馈函"),
    "digest": ("audit.cli.digest", "digest", "按事项摘编各单位的原句和数据"),
    "export": ("audit.cli.export", "export", "把批量结果导出为 CSV 或 Parquet"),
    "compare": ("audit.cli.compare", "compare", "比较同一单位两次审核结果的变化"),
    "checklist": ("audit.cli.checklist", "checklist", "查看、核对、试运行清单"),
}


@click.command(cls=Group, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="fazhi-audit", help="显示版本", message="%(prog)s %(version)s")
def cli() -> None:
    """法治政府建设报告审核引擎:逐项核查报告写到了什么,引用原句,给出可复算的得分。"""


def run() -> NoReturn:
    """The command `fazhi-audit`: runs the command line and ends the process."""
    end(main())


def main(args: list[str] | None = None) -> int:
    """Runs the command line.

    Returns:
        0 done; 1 under `--fail-under`, or lint or test found something; 2 the call is wrong;
        3 some input could not be audited.
    """
    seldom_collect()
    no_plugins()
    quick_patterns()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")
    try:
        status = cli.main(args=args, prog_name="fazhi-audit", standalone_mode=False)
        sys.stdout.flush()
        return int(status) if isinstance(status, int) else DONE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        say_fault("已中止;已完成的结果保留,可再次运行同一命令")
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        say_fault(error.format_message())
        return WRONG_CALL
    except click.ClickException as error:
        say_fault(fault_line(error))
        return WRONG_CALL
    except UsageError as error:
        say_fault(str(error))
        return WRONG_CALL
    except InputError as error:
        say_fault(str(error))
        return NOT_AUDITED
    except (ChecklistError, AuditError) as error:
        say_fault(str(error))
        return WRONG_CALL
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say_fault("已中止;已完成的结果保留,可再次运行同一命令")
        return 130
    except OSError as error:
        what, mend = system_fault(error)
        say_fault(f"{error.filename or ''}:读写失败({what});{mend}".lstrip(":"))
        return NOT_AUDITED


def say_fault(line: str) -> None:
    """Writes a fault to standard error."""
    click.echo(line, err=True)
