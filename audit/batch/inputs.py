"""What there is to audit: files, folders, globs and zips become a list of reports in a fixed order."""

from __future__ import annotations

import fnmatch
import glob
import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from audit.data import load_yaml
from audit.errors import InputError, UsageError, system_fault

_LITTER = ("~$", ".", "._")
_LITTER_NAMES = ("thumbs.db", "desktop.ini", "__macosx")
LONGEST_STEM = 150
"""Bytes of an output's stem in UTF-8; a longer name is cut and gets a hash."""
RESERVED = ("总览", "数据核实单", "batch")


@dataclass(slots=True)
class Found:
    """One report as found.

    Attributes:
        path: the file to read.
        shown: as the user knows it, `zip:member` for a member.
        relative: path below the input that it was found under, with `/`.
        root: that input as the user gave it.
        sha256: of its content, empty where it could not be read.
        fault: why it could not be read.
        name: stem of its outputs.
    """

    path: Path
    shown: str
    relative: str
    root: str
    sha256: str = ""
    fault: str = ""
    name: str = ""

    @property
    def file_name(self) -> str:
        """The last step of the path, with its suffix."""
        return self.relative.rpartition("/")[2]


@dataclass(slots=True)
class Inputs:
    """What was found.

    Attributes:
        reports: in the order of their paths.
        roots: inputs as given.
        passed_over: files in folders that are no reports, by suffix.
        faults: inputs that could not be opened.
    """

    reports: list[Found] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def gather(arguments: Iterable[str], output: Path, spool: Path) -> Inputs:
    """Finds all reports.

    Args:
        arguments: files, folders, globs, zips.
        output: never looked into, even where it lies inside an input.
        spool: folder into which members of zips are unpacked, named by their hash.

    Raises:
        UsageError: an argument names nothing.
    """
    found = Inputs()
    taken: set[str] = set()
    for argument in arguments:
        found.roots.append(argument)
        path = Path(argument)
        if path.is_dir():
            files = _walk(path, output, found)
        elif path.exists():
            files = [path]
        elif re.search(r"[*?\[]", argument):
            hits = sorted(Path(hit) for hit in glob.glob(argument, recursive=True))
            if not hits:
                raise UsageError("没有符合的文件", argument, "请核对路径和通配符")
            files = [f for hit in hits for f in (_walk(hit, output, found) if hit.is_dir() else [hit])]
        else:
            raise UsageError("文件或文件夹不存在", argument, "请核对路径")
        base = path if path.is_dir() else None
        for file in files:
            if (key := os.path.realpath(file)) in taken:
                continue
            taken.add(key)
            _add(file, argument, base, spool, found)
    found.reports.sort(key=lambda report: report.shown)
    _name(found.reports)
    return found


def _walk(folder: Path, output: Path, found: Inputs) -> list[Path]:
    skip = {f".{suffix}" for suffix in load_yaml("batch.yaml")["not_reports"]}
    own = output.resolve()
    files = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not _litter(name) and (Path(here) / name).resolve() != own
        )
        if Path(here).resolve() == own:
            folders.clear()
            continue
        for name in sorted(names):
            if _litter(name):
                continue
            if (suffix := Path(name).suffix.lower()) in skip:
                found.passed_over[suffix] += 1
                continue
            files.append(Path(here) / name)
    return files


def _litter(name: str) -> bool:
    return name.startswith(_LITTER) or name.lower() in _LITTER_NAMES


def _add(file: Path, argument: str, base: Path | None, spool: Path, found: Inputs) -> None:
    relative = file.relative_to(base).as_posix() if base else file.name
    if file.suffix.lower() == ".zip" and file.is_file():
        from audit.document.readers import is_archive

        try:
            data = file.read_bytes()
        except OSError as error:
            found.faults.append(f"{file}:读取失败({system_fault(error)[0]});{system_fault(error)[1]}")
            return
        if is_archive(data):
            _unpack(file, data, relative, argument, spool, found)
            return
    report = Found(file, str(file), relative, argument)
    try:
        with file.open("rb") as stream:
            report.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        report.fault = f"{file}:读取失败({system_fault(error)[0]});{system_fault(error)[1]}"
    found.reports.append(report)


def _unpack(file: Path, data: bytes, relative: str, argument: str, spool: Path, found: Inputs) -> None:
    from audit.document.readers import members

    skip = set(load_yaml("batch.yaml")["not_reports"])
    spool.mkdir(parents=True, exist_ok=True)
    try:
        for name, content in members(data, str(file)):
            if (suffix := Path(name).suffix.lower()).lstrip(".") in skip:
                found.passed_over[suffix] += 1
                continue
            sha = hashlib.sha256(content).hexdigest()
            kept = spool / sha
            if not kept.exists() or kept.stat().st_size != len(content):
                kept.write_bytes(content)
            found.reports.append(Found(kept, f"{file}:{name}", f"{relative}/{name}", argument, sha))
    except InputError as error:
        found.faults.append(str(error))


def _name(reports: list[Found]) -> None:
    """Names for the outputs: the stem; where it stands twice with its suffix, then its folders, then a hash."""

    def stem(report: Found) -> str:
        return Path(report.file_name).stem or "report"

    def with_suffix(report: Found) -> str:
        suffix = Path(report.file_name).suffix.lstrip(".").lower()
        return f"{stem(report)}-{suffix}" if suffix else stem(report)

    def with_folders(report: Found) -> str:
        return "-".join([*report.relative.split("/")[:-1], with_suffix(report)])

    def with_hash(report: Found) -> str:
        return f"{stem(report)}-{hashlib.sha256(report.shown.encode('utf-8', 'replace')).hexdigest()[:8]}"

    open_ = reports
    used = {name.casefold() for name in RESERVED}
    for rule in (stem, with_suffix, with_folders, with_hash):
        names = {id(report): _safe(rule(report)) for report in open_}
        counts = Counter(name.casefold() for name in names.values())
        left = []
        for report in open_:
            name = names[id(report)]
            if rule is with_hash or counts[name.casefold()] == 1 and name.casefold() not in used:
                report.name = name
            else:
                left.append(report)
        used |= {report.name.casefold() for report in open_ if report.name}
        open_ = left


def _safe(name: str) -> str:
    """A name that every file system takes."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    name = (
        re.sub(r'[\x00-\x1f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', "_", name).strip(" .")
        or "report"
    )
    if len(name.encode()) <= LONGEST_STEM:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return name.encode()[: LONGEST_STEM - 9].decode("utf-8", "ignore") + "-" + mark


def matches(report: Found, pattern: str) -> bool:
    """Whether a roster's file name or pattern means this report."""
    if any(c in pattern for c in "*?["):
        return fnmatch.fnmatch(report.relative, pattern) or fnmatch.fnmatch(report.file_name, pattern)
    return pattern in (report.relative, report.file_name, Path(report.file_name).stem)
