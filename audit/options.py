"""What a user may say about a report and how it is to be audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one audit; whatever is given goes before what the report says.

    Attributes:
        checklists: ids of instruments to judge by; empty: chosen by the report's year and kind.
        profile: an office's profile file.
        body: a YAML file on the reporting body (publisher, level, kind, powers), or its content.
        level: level of the publisher.
        year: the year reported on.
        filed: date of filing, ISO.
        published: date of publication, ISO.
        stage: draft, filed or published.
        previous: last year's report.
        decisions: a reviewer's decisions (YAML, JSON or XLSX).
        timestamp: whether the result says when it was made.
        powers: what the body does, from a roster.
    """

    checklists: tuple[str, ...] = ()
    profile: Path | None = None
    body: Path | None = None
    level: str | None = None
    year: int | None = None
    filed: str | None = None
    published: str | None = None
    stage: str | None = None
    previous: Path | None = None
    decisions: Path | None = None
    timestamp: bool = True
    publisher: str | None = None
    kind: str | None = None
    powers: Mapping[str, bool | None] = field(default_factory=dict)

    def fingerprint(self) -> dict[str, Any]:
        """What of the options can change a result, with the files' content hashed in their place."""
        import hashlib

        said: dict[str, Any] = {
            "checklists": list(self.checklists), "level": self.level, "year": self.year, "filed": self.filed,
            "published": self.published, "stage": self.stage, "publisher": self.publisher, "kind": self.kind,
            "powers": dict(self.powers),
        }  # fmt: skip
        for name in ("profile", "body", "previous", "decisions"):
            path: Path | None = getattr(self, name)
            said[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else None
        return said
