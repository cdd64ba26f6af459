import pathlib

import pytest

from audit.document.normal import normalise
from audit.matching.scan import Searcher

ROOT = pathlib.Path(__file__).parents[2]


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda p: p.stem)
def test_index_and_automaton_find_the_same(real, path):
    text = normalise(path.read_text(encoding="utf-8-sig"))
    search = Searcher(real.compiled)
    found = search.by_index(text)
    assert sorted(found) == sorted(search.by_automaton(text))
    assert len(found) > 1000
