"""Zips of reports: what lies inside, with names as the sender wrote them."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from audit.document.readers.interface import damaged
from audit.document.readers.package import names_of
from audit.errors import InputError

MOST_FILES = 20_000
"""Files that one archive may hold, those of inner archives included."""
MOST_BYTES = 128 * 1024 * 1024
"""Size of one file inside, unpacked."""
MOST_TOTAL = 8 * 1024 * 1024 * 1024
"""Size of all files inside together, unpacked."""
DEPTH = 3
"""How many archives may lie in one another."""

_PACKAGES = ("[content_types].xml", "ofd.xml", "mimetype", "_rels/.rels", "meta-inf/manifest.xml")
_LITTER = ("thumbs.db", "desktop.ini", ".ds_store")


def is_archive(data: bytes) -> bool:
    """Whether the content is a zip of files, and no document that merely is packed as a zip."""
    names = {name.replace("\\", "/").lower() for name in names_of(data)}
    return bool(names) and not any(marker in names for marker in _PACKAGES)


def members(source: Path | bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The files inside a zip, inner zips opened, in the archive's order.

    Args:
        source: the archive.
        name: its name, shown in faults.

    Yields:
        The path inside the archive with `/` between folders, and the content. Folders, `__MACOSX`,
        `.DS_Store`, `Thumbs.db` and lock files (`~$…`) are passed over.

    Raises:
        InputError: the archive is damaged or unpacks to more than any set of reports; or, after all
            other members were given, some member is locked or damaged (each named in one line).
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    faults: list[str] = []
    yield from _members(data, name, "", DEPTH, _Budget(name), faults)
    if faults:
        raise InputError(
            f"压缩包内有文件设有密码或已损坏:{'、'.join(faults)}", name, "请解压并取消密码后再试"
        )


class _Budget:
    """What may still be unpacked."""

    def __init__(self, name: str) -> None:
        self.name, self.files, self.bytes = name, MOST_FILES, MOST_TOTAL

    def take(self, size: int) -> None:
        self.files -= 1
        self.bytes -= size
        if self.files < 0 or self.bytes < 0:
            raise InputError("压缩包解压后过大或文件过多", self.name, "请分批打包后再试")


def _members(
    data: bytes, name: str, prefix: str, depth: int, budget: _Budget, faults: list[str]
) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if prefix:
            faults.append(prefix.rstrip("/"))
            return
        raise damaged(name, "压缩包") from error
    for info in archive.infolist():
        path = member_name(info)
        if info.is_dir() or not path or _litter(path):
            continue
        path = prefix + path
        budget.take(0)
        try:
            if info.flag_bits & 1:
                raise RuntimeError("encrypted")
            with archive.open(info) as stream:
                content = stream.read(MOST_BYTES + 1)
        except Exception:  # noqa: BLE001 - zipfile raises many kinds for one thing: it cannot be read
            faults.append(path)
            continue
        if len(content) > MOST_BYTES:
            faults.append(path)
            continue
        budget.take(len(content))
        if depth > 1 and is_archive(content):
            yield from _members(content, name, path + "/", depth - 1, budget, faults)
        else:
            yield path, content


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's path as its sender wrote it.

    The Unicode path field (0x7075) where there is one; UTF-8 where flagged; else the raw bytes as
    UTF-8 if they are, else as GB18030, which is what Chinese Windows writes. `..` is dropped.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode("utf-8", "replace")
        name = _unicode_path(info.extra) or _decoded(raw)
    steps = [step.strip() for step in name.replace("\\", "/").split("/")]
    return "/".join(step for step in steps if step not in ("", ".", ".."))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x7075 and size > 5 and len(extra) >= 4 + size:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None


def _litter(path: str) -> bool:
    base = posixpath.basename(path).lower()
    return "__macosx" in path.lower().split("/") or base in _LITTER or base.startswith(("~$", "._"))
