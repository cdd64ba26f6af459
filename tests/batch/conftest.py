from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import batch_world as world  # noqa: E402


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty bodies with roster and reports."""
    folder = tmp_path_factory.mktemp("world")
    world.make(folder, 40)
    return folder


@pytest.fixture(scope="session")
def done(small: Path) -> Path:
    """The output of one whole batch over them."""
    out = small / "out"
    run = world.batch(small / "reports", "-o", out, "--roster", small / "roster.csv", "--jobs", 2)
    assert run.returncode == 0, run.stderr
    return out
