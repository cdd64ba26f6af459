"""The README's help block: `python tests/tools/readme_help.py` writes it; the test run compares it."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
BEGIN, END = "<!-- help:begin -->\n```\n", "```\n<!-- help:end -->"


def help_text() -> str:
    done = subprocess.run([sys.executable, "-m", "audit", "--help"], capture_output=True, cwd=ROOT, check=True)
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def block(readme: str) -> str:
    return readme.split(BEGIN, 1)[1].split(END, 1)[0]


if __name__ == "__main__":
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8")
    path.write_text(readme.replace(BEGIN + block(readme) + END, BEGIN + help_text() + END), encoding="utf-8")
