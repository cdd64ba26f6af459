"""Writers: result → html, json, docx, xlsx, annotated docx. Each is one small module with `render`.

A writer knows the result and nothing else; one more format is one more module and one more line here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit.data import write_whole
from audit.errors import InputError
from audit.result import Result

OURS = "fazhi-audit"


@dataclass(frozen=True, slots=True)
class Paper:
    """What writers need beside the result.

    Attributes:
        reviewed_by: who has confirmed the findings; None: every paper says that nobody has.
        office: file with the sending office's data for the letter.
        source: the file handed in, for the annotated copy.
        source_data: its bytes where it is a member of a zip.
        letter_template: an office's own .docx for the letter.
    """

    reviewed_by: str | None = None
    office: Path | None = None
    source: Path | None = None
    source_data: bytes | None = None
    letter_template: Path | None = None


Render = Callable[[Result, Paper], bytes]
WRITERS = {
    "html": ("audit.report.html", ".html"),
    "json": ("audit.report.json", ".json"),
    "docx": ("audit.report.letter", ".docx"),
    "leader": ("audit.report.leader", ".leader.docx"),
    "xlsx": ("audit.report.xlsx", ".xlsx"),
    "annotated": ("audit.report.annotated", ".annotated.docx"),
}


def is_ours(path: Path) -> bool:
    """Whether an existing file was made by this program and may be replaced."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        import io
        import zipfile

        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [n for n in archive.namelist() if n.startswith("docProps/")]
                return any(OURS.encode() in archive.read(name) for name in names)
        except zipfile.BadZipFile:
            return False
    return OURS.encode() in data[:4000] or OURS.encode() in data[-4000:]


def keep_foreign(path: Path) -> None:
    """Makes sure that nobody else's file is replaced.

    Raises:
        InputError: a folder or a file stands there that this program did not make.
    """
    if path.exists() and (path.is_dir() or not is_ours(path)):
        raise InputError("同名文件不是本程序生成的,没有覆盖", str(path), "请移走它,或用 -o 另选输出文件夹")


def write(result: Result, folder: Path, stem: str, formats: tuple[str, ...], paper: Paper | None = None) -> list[Path]:
    """Writes the result in each format as `folder/stem.format`; each file whole or not at all.

    Raises:
        InputError: a file stands there that this program did not make, or a format cannot be made.
        OSError: the folder cannot be written.
    """
    paper = paper or Paper()
    targets = [(name, folder / f"{stem}{WRITERS[name][1]}") for name in formats]
    for _, path in targets:
        keep_foreign(path)
    made: list[tuple[Path, bytes]] = []
    fault: InputError | None = None
    for name, path in targets:
        render: Render = importlib.import_module(WRITERS[name][0]).render
        try:
            made.append((path, render(result, paper)))
        except InputError as error:
            fault = fault or error
    for path, content in made:
        write_whole(path, content)
    if fault is not None:
        raise fault
    return [path for path, _ in made]
