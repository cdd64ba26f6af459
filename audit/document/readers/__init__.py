"""Readers: bytes of any format that offices send → text with blocks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from audit.document.model import Text
from audit.document.readers.interface import Reader, damaged, empty
from audit.errors import InputError, system_fault

__all__ = ["is_archive", "members", "read_bytes", "read_file"]

_ORDER: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("pdf", (b"%pdf-",)),
    ("docx", (b"pk", b"<pkg:package")),
    ("ofd", (b"pk",)),
    ("odt", (b"pk",)),
    ("ole", (b"\xd0\xcf\x11\xe0",)),
    ("rtf", (b"{\\rtf",)),
    ("office", (b"<",)),
    ("html", (b"<", b"mime-version")),
    ("plain", (b"",)),
)
"""Modules in the order in which they are asked; the first that recognises the content reads it.

A module is only loaded where one of its marks stands in the first bytes (in small letters).
"""


def read_file(path: Path) -> Text:
    """The text of a report in any format.

    Raises:
        InputError: missing, a folder, not allowed, empty, damaged, locked or of an unknown format.
        ScanError: pictures of pages without a text layer.
    """
    name = str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("文件不存在", name, "请核对路径和文件名") from error
    except IsADirectoryError as error:
        raise InputError(
            "这是文件夹,不是文件", name, "请给出其中的文件,或用 batch 命令处理整个文件夹"
        ) from error
    except PermissionError as error:
        if path.is_dir():
            raise InputError(
                "这是文件夹,不是文件", name, "请给出其中的文件,或用 batch 命令处理整个文件夹"
            ) from error
        raise InputError("没有权限读取文件", name, "请检查文件权限或关闭占用它的程序") from error
    except OSError as error:
        raise InputError(f"读取文件失败({system_fault(error)[0]})", name, system_fault(error)[1]) from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Text:
    """The text of a report from its bytes; `name` is only shown in faults.

    Raises:
        InputError: empty, damaged, locked or of an unknown format.
        ScanError: pictures of pages without a text layer.
    """
    if not data:
        raise InputError("文件是空的(0字节)", name, "请重新获取该文件")
    head = data[:1024].lower()
    for module, marks in _ORDER:
        if not any(mark in head for mark in marks):
            continue
        reader = cast(Reader, import_module(f"{__name__}.{module}"))
        if reader.recognises(data):
            try:
                text = reader.read(data, name)
            except InputError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever a broken file does, the user gets one line
                raise damaged(name, "") from error
            if not text.text.strip():
                raise empty(name)
            return text
    from audit.document.readers.refuse import refusal

    raise refusal(data, name)


def is_archive(data: bytes) -> bool:
    """Whether the content is a zip of files, and no document that merely is packed as a zip."""
    from audit.document.readers import archive

    return archive.is_archive(data)


def members(source: Path | bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The files inside a zip of reports, see `archive.members`.

    Raises:
        InputError: damaged or too large; or, after all other members were given, some are locked.
    """
    from audit.document.readers import archive

    return archive.members(source, name)
