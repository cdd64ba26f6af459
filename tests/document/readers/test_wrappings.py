"""The findings must not depend on the wrapping: a report gives the same result from every file."""

import re
from collections import Counter
from typing import Any

import pytest
from makers import docx_maker, html_maker, ofd_maker

from audit.options import Options
from audit.pipeline import audit_bytes

MAKERS = {
    "docx by hand": docx_maker.hand_numbered,
    "docx with lists": docx_maker.auto_numbered,
    "docx with changes": lambda lines: docx_maker.hand_numbered(lines, changes=True),
    "ofd": ofd_maker.ofd,
    "ofd in runs": lambda lines: ofd_maker.ofd(lines, runs=True),
    **{f"html {name}": make for name, make in html_maker.FRAMES.items()},
}


def findings(data: bytes, name: str) -> dict[str, Any]:
    """What of a result must be the same, white space apart."""
    result = audit_bytes(data, name, name, Options(timestamp=False), "report")
    text = result.document.text
    roles: Counter[str] = Counter()
    for part in result.document.parts:
        roles[part.role] += len("".join(text[part.start : part.end].split()))
    return {
        "grades": {found.id: found.grade for found in result.indicators},
        "metrics": sorted(
            (found.id, m.key, m.value, re.sub(r"\s", "", m.scope))
            for found in result.indicators
            for m in found.metrics
        ),
        "form": result.form,
        "numbering": sorted(
            "".join((d.quote or "").split()) for d in result.defects if d.kind == "numbering"
        ),
        "roles": {role: count for role, count in roles.items() if role not in ("noise", "opening")},
        "meta": {
            key: getattr(result.document, key)
            for key in ("publisher", "level", "report_year", "doc_type", "signed_on", "addressee")
        },
    }


@pytest.mark.parametrize("wrapping", MAKERS)
def test_same_findings_from_every_wrapping(lines: list[str], wrapping: str) -> None:
    plain = findings("\n".join(lines).encode(), "a.txt")
    wrapped = findings(MAKERS[wrapping](lines), "a")
    assert wrapped == plain
