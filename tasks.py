#!/usr/bin/env python3
"""One command for each chore; needs only Python 3.11 or later.

    python3 tasks.py seeds      准备好运行环境,审核 seeds/ 中的五份报告,结果在 reports_out/
    python3 tasks.py test       准备好运行环境,运行全部检查和测试
    python3 tasks.py figures    在已标注的报告上测量准确程度
    python3 tasks.py bench      测量速度(与同机的参照命令比较)

Every command can be repeated: what is there already is used again.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def say(line):
    print(f"—— {line}", flush=True)


def run(*command, **kwargs):
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, **kwargs)


def set_up(extras):
    """The environment in .venv with everything that the project needs; made anew only when its needs changed."""
    if sys.version_info < (3, 11):
        sys.exit("需要 Python 3.11 或更新的版本,当前为 " + sys.version.split()[0])
    needs = (ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes() + extras.encode()
    mark = VENV / f".ready-{hashlib.sha256(needs).hexdigest()[:16]}"
    if mark.exists() and PYTHON.exists():
        say("运行环境已就绪")
        return
    say("准备运行环境(.venv),第一次约需一分钟")
    if not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", "constraints.txt", "-e", f".{extras}")
    run(PYTHON, "-m", "compileall", "-q", "audit")
    mark.touch()


def seeds():
    set_up("")
    say("审核 seeds/ 中的五份报告")
    run(PYTHON, "-m", "audit", "check", *sorted((ROOT / "seeds").glob("*.txt")), "-o", "reports_out")
    say("完成。请用浏览器打开:")
    for page in sorted((ROOT / "reports_out").glob("*.html")):
        print("   ", page.relative_to(ROOT))


def test():
    set_up("[dev,postgres,cluster,parquet]")
    say("代码风格")
    run(PYTHON, "-m", "ruff", "check", "audit", "tests", "benchmarks", "tasks.py")
    say("类型")
    run(PYTHON, "-m", "mypy")
    say("模块之间的依赖方向")
    run(BIN / "lint-imports")
    say("清单:规则核对和示例")
    run(PYTHON, "-m", "audit", "checklist", "lint")
    run(PYTHON, "-m", "audit", "checklist", "test")
    say("测试")
    run(PYTHON, "-m", "pytest", *sys.argv[2:])


def figures():
    set_up("")
    run(PYTHON, "tests/tools/figures.py", *sys.argv[2:])


def bench():
    set_up("")
    run(PYTHON, "benchmarks/run.py", *sys.argv[2:])


TASKS = {"seeds": seeds, "test": test, "figures": figures, "bench": bench}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(__doc__)
    try:
        TASKS[sys.argv[1]]()
    except subprocess.CalledProcessError as error:
        sys.exit(f"—— 没有通过:{' '.join(map(str, error.cmd))}")
