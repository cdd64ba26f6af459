"""Fixtures for the tests of judging."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from scoring_facts import FORM, document, indicator  # noqa: E402

from audit.checklist.instruments import Instrument, load_instruments  # noqa: E402
from audit.checklist.profiles import Profile, load_profile  # noqa: E402
from audit.scoring import Judgement, judge  # noqa: E402


@pytest.fixture(scope="session")
def instruments() -> tuple[Instrument, ...]:
    return load_instruments()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture
def audit(instruments: tuple[Instrument, ...], profile: Profile) -> Callable[..., Judgement]:
    """Judges with the shipped instruments; every indicator has `grade` unless `grades` says otherwise."""
    names = {spec.indicator for each in instruments for _, spec in each.specs if spec.indicator}

    def run(grade: str = "data", grades: dict[str, str] | None = None, **facts: Any) -> Judgement:
        inside = (
            "form",
            "defects",
            "pairs",
            "substance",
            "checklists",
            "decisions",
            "from_web",
            "as_of",
            "frames",
        )
        given = {name: facts.pop(name) for name in inside if name in facts}
        given.setdefault("form", FORM)
        found = facts.pop("indicators", None)
        if found is None:
            found = [indicator(name, (grades or {}).get(name, grade)) for name in sorted(names)]
        return judge(
            document=document(**facts),
            indicators=found,
            instruments=facts.pop("instruments", instruments),
            profile=facts.pop("profile", profile),
            **given,
        )

    return run
