"""Faults that a user can mend: each is one clear Chinese line."""

from __future__ import annotations

import errno

_SYSTEM_SAID = {
    errno.ENOENT: ("文件或文件夹不存在", "请核对路径"),
    errno.EACCES: ("没有权限", "请检查文件和文件夹的权限,文件若正打开请先关闭"),
    errno.EPERM: ("没有权限", "请检查文件和文件夹的权限,文件若正打开请先关闭"),
    errno.EEXIST: ("此处已有同名文件,不是文件夹", "请用 -o 另写一个文件夹"),
    errno.ENOTDIR: ("路径中有一段是文件,不是文件夹", "请核对路径"),
    errno.EISDIR: ("这是文件夹,不是文件", "请写到文件名"),
    errno.ENOSPC: ("磁盘已满", "请腾出空间"),
    errno.EDQUOT: ("磁盘配额已满", "请腾出空间"),
    errno.EROFS: ("磁盘只读", "请另选位置"),
    errno.ENAMETOOLONG: ("文件名太长", "请改短文件名"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘"),
    errno.EFBIG: ("文件太大", "请另选位置"),
    errno.EMFILE: ("打开的文件太多", "请减少同时审核的进程数"),
}


def system_fault(error: OSError) -> tuple[str, str]:
    """What the system said and how to mend it, in plain Chinese."""
    return _SYSTEM_SAID.get(error.errno or 0, ("系统不允许", "请核对路径、权限和磁盘空间"))


class AuditError(Exception):
    """A fault to show to the user: what is wrong, where, and how to mend it.

    Args:
        what: what is wrong, plain Chinese, no full stop.
        where: the file or place, may be empty.
        mend: what the user can do, may be empty.
    """

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.mend = what, where, mend

    def __reduce__(self) -> tuple[type[AuditError], tuple[str, str, str]]:
        return type(self), (self.what, self.where, self.mend)

    def __str__(self) -> str:
        """The one line that is shown."""
        head = f"{self.where}:" if self.where else ""
        tail = f";{self.mend}" if self.mend else ""
        return f"{head}{self.what}{tail}".replace("\n", " ")


class UsageError(AuditError):
    """The call is wrong (exit status 2)."""


class InputError(AuditError):
    """One input could not be audited (exit status 3); the others go on."""


class ScanError(InputError):
    """The input is a scan without a text layer: an editable copy must be asked for."""


class ChecklistError(AuditError):
    """A checklist file is wrong; carries every fault of the files read.

    Args:
        faults: one line for each fault, `file:line: key: what;how to mend`.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[ChecklistError], tuple[list[str]]]:  # type: ignore[override]
        return type(self), (self.faults,)

    def __str__(self) -> str:
        """All faults, one a line."""
        return "\n".join(self.faults)
