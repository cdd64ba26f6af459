"""How far a passage about the responsible persons goes on within the results."""

from __future__ import annotations

from audit.document import turns

_NONE, _PERSON, _DUTY, _ITEM, _HEADING = range(5)


class Duty:
    """Follows the sentences: from a person who acts to the sentence that tells of something else.

    A sentence about a person is followed by those without a subject of their own; one that names
    the duty itself (第一责任人职责) by those that still speak of it; the opening words of a list
    item or a heading of low rank (“二是主要负责人带头履责。”) claim all that stands under them.
    """

    def __init__(self) -> None:
        self._reach = _NONE

    def heading(self, words: str | None) -> bool:
        """A heading begins; with words of low rank it may claim what stands under it."""
        self._reach = _HEADING if words is not None and turns.item_of_duty(words) else _NONE
        return self._reach == _HEADING

    def paragraph(self) -> None:
        """A paragraph begins: only what names the duty, or a heading, reaches over its end."""
        if self._reach in (_PERSON, _ITEM):
            self._reach = _NONE

    def holds(self, words: str, item: bool) -> bool:
        """The next sentence belongs to the passage.

        Args:
            words: the sentence without a spoken number (一是).
            item: it opens a list item.
        """
        if self._reach == _HEADING:
            return True
        if item:
            self._reach = _ITEM if turns.item_of_duty(words) else _NONE
        if self._reach == _ITEM:
            return True
        if turns.of_person(words):
            self._reach = _DUTY if turns.of_duty(words) else _PERSON
        elif not (self._reach and turns.goes_on(words)) and not (
            self._reach == _DUTY and turns.follows_duty(words)
        ):
            self._reach = _NONE
        return self._reach > _NONE
