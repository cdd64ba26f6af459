"""Other programs that write the formats we read: LibreOffice and Chromium, where they are installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def needed(*names: str) -> str:
    """The path of the first program found; without any the test is skipped, and fails where CI is set."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        message = f"{names[0]} is not installed; files of this writer cannot be made"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def converted(folder: Path, sources: list[Path], target: str) -> dict[str, bytes]:
    """Files converted by LibreOffice in one call, by stem."""
    program = needed("soffice", "libreoffice")
    out = folder / target.split(":")[0]
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {path.stem: path.read_bytes() for path in sorted(out.iterdir())}


def printed(folder: Path, html: bytes, name: str) -> bytes:
    """A page printed by Chromium, with its own heads and feet."""
    program = needed("chromium", "chromium-browser", "google-chrome")
    page, target = folder / f"{name}.html", folder / f"{name}-printed.pdf"
    page.write_bytes(html)
    subprocess.run(
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'chromium'}",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return target.read_bytes()


def printable(lines: list[str]) -> bytes:
    """A page as an office would print it: first lines indented, a serif face, 16 points."""
    from html import escape

    style = "body{font:16pt/28pt 'Noto Serif CJK SC',serif}p{text-indent:2em;margin:0;text-align:justify}"
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f"<!doctype html><meta charset='utf-8'><title>法治报告</title><style>{style}</style>{text}".encode()
    )
