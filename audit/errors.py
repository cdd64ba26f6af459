"""Faults that a user can mend: each is one clear Chinese line."""

from __future__ import annotations


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
