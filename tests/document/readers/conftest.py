import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

TESTS = Path(__file__).parents[2]
sys.path.insert(0, str(TESTS))


def lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


REPORTS = {
    path.stem: lines_of(path)
    for folder in (TESTS / "data" / "labelled" / "reports", TESTS.parent / "seeds")
    for path in sorted(folder.glob("*.txt"))
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "report" in metafunc.fixturenames:
        metafunc.parametrize("report", list(REPORTS))


@pytest.fixture()
def lines(report: str) -> list[str]:
    return REPORTS[report]


@pytest.fixture(scope="session")
def reports() -> dict[str, list[str]]:
    return REPORTS


@pytest.fixture(scope="session")
def share() -> Callable[[list[str], str], float]:
    """The share of the expected characters that were read back in order, spaces apart."""

    def measured(expected: list[str], got: str) -> float:
        one, other = (re.sub(r"\s+", "", text) for text in ("".join(expected), got))
        return LCSseq.similarity(one, other) / max(len(one), len(other))

    return measured


_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．](?!\d)|[①-⑳])"
)


@pytest.fixture(scope="session")
def numbers() -> Callable[[list[str]], list[str]]:
    """The numbers at the beginning of lines, in order."""

    def found(texts: list[str]) -> list[str]:
        return [match[0] for line in texts if (match := _NUMBER.match(line.strip()))]

    return found
