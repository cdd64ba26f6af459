"""Of terms within one another only the longest tells what stands beside it."""

from audit.matching.match import _longest
from audit.matching.scan import Hit


def test_a_term_within_a_longer_one_is_dropped() -> None:
    short, long, other = Hit(4, 7, 0, 0), Hit(4, 8, 0, 0), Hit(20, 22, 0, 0)
    assert _longest([[short], [long], [other]]) == [[long], [other]]


def test_terms_that_only_overlap_are_kept() -> None:
    assert _longest([[Hit(0, 4, 0, 0)], [Hit(2, 6, 0, 0)]]) == [[Hit(0, 4, 0, 0)], [Hit(2, 6, 0, 0)]]
