"""An office program on this computer as fall-back for formats that are not read here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from audit.document.model import Text
from audit.document.readers import docx
from audit.document.readers.interface import RESAVE
from audit.errors import InputError

SECONDS = 60
"""How long a conversion may take."""
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


_FLAT = ((b"<w:wordDocument", ".xml", "doc"), (b"<office:document ", ".fodt", "odt"))
"""Single-file forms that only an office program reads here: Word 2003 XML, flat OpenDocument."""


def recognises(data: bytes) -> bool:
    """Whether the content is one of the single-file XML forms."""
    return any(mark in data[:4096] for mark, _, _ in _FLAT)


def read(data: bytes, name: str) -> Text:
    """The text of a single-file XML form.

    Raises:
        InputError: there is no office program, or it cannot read the file either.
    """
    suffix, format = next((suffix, format) for mark, suffix, format in _FLAT if mark in data[:4096])
    return convert(data, name, suffix, format)


def program() -> str | None:
    """The LibreOffice on this computer; `FAZHI_AUDIT_SOFFICE` names another, empty for none."""
    own = os.environ.get("FAZHI_AUDIT_SOFFICE")
    if own is not None:
        return own or None
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, name: str, suffix: str, format: str) -> Text:
    """The text of a file that LibreOffice turns into .docx first.

    Args:
        data: the file.
        name: shown in faults.
        suffix: under which the program opens it, such as `.wps`.
        format: what the result says of its format.

    Raises:
        InputError: no such program, or it cannot read the file either.
    """
    command = program()
    fault = InputError("这种旧版格式无法直接读取", name, RESAVE)
    if command is None:
        raise fault
    with tempfile.TemporaryDirectory(prefix="fazhi-audit-") as folder:
        source = Path(folder) / f"report{suffix}"
        source.write_bytes(data)
        target = Path(folder) / "out" / "report.docx"
        profile = (Path(folder) / "profile").as_uri()
        arguments = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(target.parent)]
        try:
            subprocess.run(
                [command, f"-env:UserInstallation={profile}", *arguments, str(source)],
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
            converted = target.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise fault from error
    return replace(docx.read(converted, name), format=format)
