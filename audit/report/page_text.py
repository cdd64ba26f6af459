"""The report's text for the page: where things stand in it, and its stretches with their marks.

Every character of the text appears once on the page; findings point to it by the keys given out here.
Markup is put together here because of the number of stretches; whatever comes from a report goes
through `escape`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from audit import wording
from audit.result import DocumentResult, Mark

_END = re.compile(r"[。；;！!？?\n]")
_AROUND = 60
"""Characters of a sentence shown at most on either side of a quote."""


class Spot(NamedTuple):
    """A marked place: the key of its mark and the link to it, which says where it stands."""

    key: int
    link: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with the number that the places use, and its marked-up words."""

    number: int
    heading: bool
    words: Markup


class _Span(NamedTuple):
    start: int
    end: int
    kind: str
    key: int
    target: str


def link(spot: Spot | None) -> Markup:
    """The link to a place, nothing where there is none."""
    return spot.link if spot else Markup("")


class TextView:
    """Places in one report's text, and the marks that findings put there.

    Marks are of the kinds `e` evidence, `d` to be corrected, `n` other places; words inside them are
    `m` matched or `c` deciding.
    """

    def __init__(self, document: DocumentResult) -> None:
        self.document = document
        self.spans: list[_Span] = []
        self.words: dict[int, tuple[int, str]] = {}
        self._known: dict[tuple[int, int, str, str], Spot] = {}
        text = document.text
        self._ends = [match.end() for match in _END.finditer(text)]
        self._parts = [part.start for part in document.parts]
        self._roles = [escape(wording.role(part.role)) for part in document.parts]
        self._tails = [f'<span class="d2"> · {role}</span>' for role in self._roles]
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._numbers = [page.start for page in document.pages] or document.paragraph_starts or self._lines
        unit = "page" if document.pages else "paragraph" if document.paragraph_starts else "line"
        self._where = escape(wording.text("page", f"on_{unit}", n="{n}"))

    def where(self, at: int) -> str:
        """Page, paragraph or line of an offset, in words fit for markup."""
        number = max(1, bisect_right(self._numbers, at))
        if self.document.pages:
            number = self.document.pages[number - 1].number
        return self._where.format(n=number)

    def spot(self, start: int | None, end: int | None, kind: str, target: str) -> Spot | None:
        """Marks a place for a finding; None where the text has no such place.

        Args:
            start: first offset.
            end: offset after the last character.
            kind: kind of the mark.
            target: id of the finding.
        """
        text = self.document.text
        if start is None or end is None or not 0 <= start < end <= len(text):
            return None
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            return None
        known = self._known.get((start, end, kind, target))
        if known is None:
            key, index = len(self.spans) + 1, bisect_right(self._parts, start) - 1
            tail = self._tails[index] if index >= 0 else ""
            link = Markup(f' <a class="go" href="#t{start}" data-k="{key}">{self.where(start)}{tail}</a>')
            known = self._known[start, end, kind, target] = Spot(key, link)
            self.spans.append(_Span(start, end, kind, key, target))
        return known

    def note(self, marks: Iterable[Mark]) -> None:
        """Remembers matched and deciding words for the text."""
        size = len(self.document.text)
        for mark in marks:
            if 0 <= mark.start < mark.end <= size and mark.end > self.words.get(mark.start, (0, ""))[0]:
                self.words[mark.start] = (mark.end, mark.kind[0])

    def sentence(self, start: int, end: int, marks: Iterable[Mark] = ()) -> Markup:
        """The sentence around a quote, the quote and the marked words told apart."""
        text = self.document.text
        if not 0 <= start < end <= len(text):
            return Markup("")
        before = bisect_right(self._ends, start)
        left = self._ends[before - 1] if before else 0
        after = bisect_right(self._ends, end - 1)
        right = self._ends[after] if after < len(self._ends) else len(text)
        html = []
        if left < start - _AROUND:
            left = start - _AROUND
            html.append("…")
        more = right > end + _AROUND
        right = min(right, end + _AROUND)
        html.append(escape(text[left:start].lstrip()))
        html.append('<span class="q">')
        at = start
        for mark in sorted(marks, key=lambda mark: mark.start):
            if mark.start < at or mark.end > end or mark.start >= mark.end:
                continue
            html += (
                escape(text[at : mark.start]),
                f'<span class="{mark.kind[0]}">',
                escape(text[mark.start : mark.end]),
                "</span>",
            )
            at = mark.end
        html += escape(text[at:end]), "</span>", escape(text[end:right].rstrip())
        if more:
            html.append("…")
        return Markup("".join(html))

    def lines(self) -> list[Line]:
        """The whole text in lines, each in stretches under the same marks."""
        text = self.document.text
        opens: dict[int, list[_Span]] = {}
        parts = self._part_anchors()
        cuts = {*parts, *self.words, *(end for end, _ in self.words.values())}
        for span in self.spans:
            opens.setdefault(span.start, []).append(span)
            cuts.add(span.start)
            cuts.add(span.end)
        ordered = sorted(cuts)
        headings = {part.heading.strip() for part in self.document.parts if part.heading}
        by_paragraph = self._numbers if self._numbers is not self._lines and not self.document.pages else None
        active: list[_Span] = []
        attributes, href = ("", ""), ""
        word_end, word = 0, ""
        ends = 0
        made: list[Line] = []
        next_cut = 0
        for number, first in enumerate(self._lines, 1):
            last = self._lines[number] - 1 if number < len(self._lines) else len(text)
            whole = text[first:last]
            bare = whole.strip()
            if not bare:
                continue
            while next_cut < len(ordered) and ordered[next_cut] < first:
                next_cut += 1
            stop = next_cut
            while stop < len(ordered) and ordered[stop] < last:
                stop += 1
            places = ordered[next_cut:stop]
            next_cut = stop
            if not places or places[0] != first:
                places.insert(0, first)
            places.append(last)
            html: list[str] = []
            for start, end in zip(places, places[1:], strict=False):
                opened = opens.get(start)
                if opened or (active and ends <= start):
                    active = [span for span in active if span.end > start]
                    if opened:
                        active += opened
                    ends = min((span.end for span in active), default=0)
                    attributes, href = _attributes(active)
                begins = self.words.get(start)
                if begins is not None and begins[0] > word_end:
                    word_end, word = begins
                if start in parts:
                    html.append(parts[start])
                shown = escape(text[start:end])
                if not active:
                    html.append(shown)
                    continue
                anchor = f' id="t{start}"' if opened else ""
                kinds = (
                    f"{attributes[0]} {word}" if word_end > start and attributes[0] != "n" else attributes[0]
                )
                tag = "a" if href else "span"
                html.append(f'<{tag} class="{kinds}"{anchor}{attributes[1]}{href}>{shown}</{tag}>')
            shown_number = max(1, bisect_right(by_paragraph, first)) if by_paragraph else number
            made.append(Line(shown_number, bare in headings, Markup("".join(html))))
        return made

    def _part_anchors(self) -> dict[int, str]:
        text, anchors = self.document.text, {}
        for index, part in enumerate(self.document.parts):
            at, end = part.start, min(part.end, len(text))
            while at < end and text[at].isspace():
                at += 1
            if at < end:
                anchors[at] = f'<span class="role" id="p{index}">{self._roles[index]}</span>'
        return anchors

    def bands(self) -> Markup:
        """The narrow band beside the text, in thousandths: the parts, then evidence and what is to be corrected."""
        size = max(1, len(self.document.text))
        html = []
        for part, role in zip(self.document.parts, self._roles, strict=True):
            top, height = part.start * 1000 // size, (part.end - part.start) * 1000 // size
            html.append(
                f'<rect class="r-{part.role}" y="{top}" width="12" height="{height}"><title>{role}</title></rect>'
            )
        seen: dict[str, dict[int, int]] = {"e": {}, "d": {}}
        for span in self.spans:
            if span.kind in seen:
                top = span.start * 1000 // size
                height = max(3, span.end * 1000 // size - top)
                seen[span.kind][top] = max(height, seen[span.kind].get(top, 0))
        for kind, rows in seen.items():
            html += [
                f'<rect class="{kind}" x="2" y="{top}" width="8" height="{height}"/>'
                for top, height in sorted(rows.items())
            ]
        return Markup("".join(html))


def _attributes(active: list[_Span]) -> tuple[tuple[str, str], str]:
    """Class, keys and link of the stretches under these marks."""
    if not active:
        return ("", ""), ""
    kinds = {span.kind for span in active}
    keys = " ".join([str(span.key) for span in active])
    target = ""
    for kind in "de":
        if kind in kinds:
            target = next(span.target for span in active if span.kind == kind)
            break
    shown = " ".join(sorted(kinds - {"n"})) or "n"
    return (shown, f' data-k="{keys}"'), f' href="#{target}"' if target else ""
