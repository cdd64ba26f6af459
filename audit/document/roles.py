"""The parts of a report and their roles (labelling.md, "Where in the report")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.document import turns
from audit.document.announce import Announced, rows_of
from audit.document.cues import cue
from audit.document.duty import Duty
from audit.document.edges import Edges, find_edges, is_title, norm_words
from audit.document.model import Paragraph, Part, Role, Span
from audit.document.paragraphs import opener
from audit.document.punctuation import Piece, numeral

_SHORT_INTRODUCTION = 600
_TASK_PARAGRAPH = 100


def find_parts(
    text: str,
    norm: str,
    paragraphs: Sequence[Paragraph],
    noise: Sequence[Span] = (),
    *,
    report_year: int | None = None,
) -> tuple[Part, ...]:
    """The passages of a report with one role each, in order, covering the text.

    A part begins with each heading of the highest rank and wherever the role changes: at a heading
    of a lower rank, a paragraph, a sentence, or a clause (“要加强……” after a fault).

    Args:
        text: the text that offsets refer to.
        norm: the same, normalised.
        paragraphs: its paragraphs (see `paragraphs.divide`).
        noise: what the reader knows to be web-page residue.
        report_year: the year reported on; guessed from the text where None.
    """
    if not paragraphs:
        return (Part("noise", "", 0, len(text)),) if text else ()
    edges = find_edges(norm, paragraphs, noise)
    year = report_year if report_year is not None else guess_year(norm)
    walk = _Walk(text, norm, paragraphs, edges, year)
    for index in range(len(paragraphs)):
        walk.step(index)
    return walk.parts()


def guess_year(norm: str) -> int | None:
    """The year that the head of a text speaks of, None where it names none."""
    head = re.sub("《[^》]*》", "", norm[:1500])
    titled = re.search(
        r"(20[0-4]\d)年[^,。;\n]{0,24}(?:法治|依法行政|工作)[^,。;\n]{0,24}(?:报告|总结|情况)", head
    )
    if titled:
        return int(titled[1])
    years = [int(y) for y in re.findall(r"(?<![-\d])(20[0-4]\d)年(?!\d{1,2}月\d{1,2}日)", head)]
    return max(set(years), key=lambda y: (years.count(y), -y)) if years else None


class _Walk:
    """Goes through the paragraphs and notes where the role changes.

    `section` is what the heading of the highest rank says, `role` what a lower heading makes of it,
    `local` what a sentence has turned it to.
    """

    def __init__(
        self, text: str, norm: str, paragraphs: Sequence[Paragraph], edges: Edges, year: int | None
    ) -> None:
        self.text, self.norm, self.paragraphs, self.edges, self.year = text, norm, paragraphs, edges, year
        self.marks: list[tuple[int, Role, str]] = []
        self.section: Role = "opening"
        self.role: Role = "opening"
        self.local: Role | None = None
        self.mixed = False
        self.turning: set[Role] = set()
        self.heading = self.section_heading = ""
        self.override = 0
        self.last: dict[int, int] = {}
        self.opened: dict[int, int] = {}
        self.nested = False
        self.told = False
        self.fresh: int | None = None
        self.duty = Duty()
        self.turned_under = 0
        self.level = 0
        self.listing = False
        self.announced = Announced(norm, paragraphs, edges, year)
        self.has_problems = self.announced.anywhere("problems")
        self.has_plan = self.announced.anywhere("plan")

    def mark(self, start: int, role: Role, heading: str | None = None) -> None:
        """From `start` on the role is `role`."""
        entry = (start, role, self.heading if heading is None else heading)
        if self.marks and self.marks[-1][0] == start:
            self.marks.pop()
        if not self.marks or self.marks[-1][1:] != entry[1:]:
            self.marks.append(entry)

    def step(self, index: int) -> None:
        """Takes the next paragraph."""
        p = self.paragraphs[index]
        if index in self.edges.residue:
            self.mark(p.start, "noise", "")
        elif index >= self.edges.closing:
            self.mark(p.start, "closing", "")
        elif index < self.edges.body:
            self._before_body(p)
        elif p.kind == "heading":
            self._enter(index, p)
        elif p.kind == "lead":
            self._enter(index, p)
            self._body(index, p, rows_of(self.norm, p))
        elif p.kind == "row":
            self.mark(p.start, self.local or self.role)
        else:
            if p.level and not self._is_said(p.start, p.end):
                self.duty.heading(None)
                if self.override and p.level <= self.override:
                    self._leave()
                self._resume(p)
            self._body(index, p, rows_of(self.norm, p))

    def _is_said(self, start: int, end: int) -> bool:
        match = opener(self.norm, start, end)
        return match is not None and bool(match["said"])

    # before the first heading, or all of a text without headings

    def _before_body(self, p: Paragraph) -> None:
        words = self.norm[p.start : p.end]
        if self.section != "opening":
            self._body(-1, p, rows_of(self.norm, p))
            return
        prose = (words[-1] in "。!;" or (len(words) >= 40 and words[-1] in ":,")) and not is_title(words)
        if not prose and not (self.told and p.level):
            self.mark(p.start, "opening", "")
            return
        if self.told and not self._short_introduction(p):
            self.section = self.role = "achievements"
            self._body(-1, p, rows_of(self.norm, p))
            return
        self._introduction(p, rows_of(self.norm, p))
        if turns.ends_introduction(words) or not self._has_headings():
            self.told = True

    def _has_headings(self) -> bool:
        return self.edges.body < len(self.paragraphs)

    def _short_introduction(self, p: Paragraph) -> bool:
        return (
            self._has_headings() and self.paragraphs[self.edges.body].start - p.start <= _SHORT_INTRODUCTION
        )

    def _introduction(self, p: Paragraph, rows: list[list[Piece]]) -> None:
        """Slogans are opening; a sentence that reports a finished act or a figure is achievements."""
        for order, row in enumerate(rows):
            words = self.norm[row[0].start : row[-1].end]
            if (
                not self._has_headings()
                and order
                and (turns.opens_problems(words) or turns.opens_plan(words, self.year))
            ):
                self.section = self.role = "achievements"
                for later, rest in enumerate(rows[order:], order):
                    self._sentence(p, rows, later, rest)
                return
            self.mark(row[0].start, "achievements" if turns.reports_fact(words) else "opening")

    # headings

    def _enter(self, index: int, p: Paragraph) -> None:
        """A heading changes section, role and local state."""
        roles = self.announced.roles[index]
        words = self.text[p.start : p.heading_end].strip()
        number = numeral(p.number)
        claimed = False
        self.duty.heading(None)
        if p.level == self.announced.top:
            restarted = self.nested or (number == 1 and self.announced.top in self.last)
            self.nested = not roles and restarted and self.section != "opening"
            self._resume(p)
            if not self.nested and (roles or self.local is None):
                self._open(roles, words)
                self.fresh = index
        elif roles and (roles != ("responsible",) or self.section == "achievements"):
            self.role, self.local, self.override, self.heading = roles[0], None, p.level, words
            self.mixed = len(roles) > 1 and "problems" in roles
            self.role = "problems" if self.mixed else self.role
        elif self.override and p.level <= self.override:
            self._leave()
        else:
            self._resume(p)
            claimed = self._enter_item(p)
        if number:
            self.last[p.level] = number
            for lower in range(p.level + 1, 5):
                self.last.pop(lower, None)
        self.mark(p.start, "responsible" if claimed else self.local or self.role)

    def _leave(self) -> None:
        """The passage under a lower heading with a role of its own is over."""
        self.role, self.override, self.heading = self.section, 0, self.section_heading
        self.local, self.mixed = None, False

    def _enter_item(self, p: Paragraph) -> bool:
        """A heading of lower rank that announces no role; whether the responsible persons' duty claims it."""
        words = norm_words(self.norm[p.start : p.end], p)
        if self.local == "plan" and (self.mixed or self.role == "problems") and not self._listed(p.number):
            shown = words if self.mixed else self.norm[p.start : min(p.end, p.heading_end + 60)]
            if turns.admits_fault(shown) or p.level <= self.turned_under:
                self._turn("problems")
        self.level = p.level
        low = self.role == "achievements" and self.local is None and p.level >= 3
        return self.duty.heading(words if low else None)

    def _open(self, roles: tuple[Role, ...], words: str) -> None:
        """Begins the section of a heading of the highest rank."""
        after_problems = self.section == "problems" and not self.has_plan
        if roles:
            self.section = roles[0]
        elif not after_problems and self.section != "plan":
            self.section = "achievements"
        else:
            self.section = "plan"
        self.role = self.section
        self.mixed = len(roles) > 1
        self.section_heading = self.heading = words
        self.local, self.override = None, 0
        self.level = self.turned_under = 0
        self.opened = {}
        if self.mixed and "problems" in roles:
            self.section = self.role = "achievements" if roles[0] == "achievements" else "problems"
        self.mixed = self.mixed and self.role == "problems"
        self.turning = set(roles[1:])

    def _resume(self, p: Paragraph) -> None:
        """A number that goes on where the list stood before a turn ends the turn."""
        if self.local is None or self.mixed or self.role in ("problems", "plan"):
            return
        number = numeral(p.number)
        if number == 1:
            self.opened.pop(p.level, None)
        elif number and number == self.opened.get(p.level, -9) + 1:
            self.local = None

    def _turn(self, role: Role | None) -> None:
        if role != self.local:
            self.local = role
            self.opened = dict(self.last)
            self.turned_under = self.level if role == "plan" else 0
            self.listing = False

    # running text

    def _body(self, index: int, p: Paragraph, rows: list[list[Piece]]) -> None:
        """The running text of a paragraph, sentence by sentence."""
        if (
            self.fresh is not None
            and self.role == "achievements"
            and self.local is None
            and self._is_intro(index, p)
        ):
            self._introduction(p, rows)
            self.fresh = None
            return
        self.fresh = None
        self.duty.paragraph()
        for order, row in enumerate(rows):
            self._sentence(p, rows, order, row)
        results = self.role in ("achievements", "responsible")
        if results and self.local in ("plan", "problems") and not self._may_turn(self.local):
            self.local = None

    def _words(self, row: list[Piece]) -> str:
        return self.norm[row[0].start : row[-1].end]

    def _is_intro(self, index: int, p: Paragraph) -> bool:
        """The first paragraph under the heading of the results is a 导语, and more follows it."""
        if (
            p.kind != "text"
            or p.level
            or p.end - p.start < 50
            or not turns.is_slogan(self.norm[p.start : p.end])
        ):
            return False
        return index + 1 < self.edges.closing and not self.announced.begins_part(index + 1)

    def _sentence(self, p: Paragraph, rows: list[list[Piece]], order: int, row: list[Piece]) -> None:
        start = row[0].start
        words = self._words(row)
        match = opener(self.norm, start, row[-1].end)
        item = match is not None
        bare = words[match.end() - start :] if match and match["said"] else words
        if self._closes(p, rows, order, words):
            self.mark(start, "closing", "")
        elif self.role == "problems" or self.mixed or self.local == "problems":
            begins = (item or order == 0) and not self._listed(match[0] if match else "")
            self._among_problems(row, words, bare, begins)
        elif self.role == "plan":
            self._among_plans(start, words, bare, item)
        elif self.local == "plan":
            if turns.opens_problems(words):
                self._turn("problems")
            self.mark(start, self.local)
        elif self._may_turn("problems") and turns.opens_problems(bare):
            self._turn("problems")
            self.mark(start, "problems")
        elif turns.opens_plan(bare, self.year) and self._is_plan(p, rows, order):
            self._turn("plan")
            self.mark(start, "plan")
        elif self.role == "achievements":
            self.mark(start, "responsible" if self.duty.holds(bare, item) else "achievements")
        else:
            self.mark(start, self.role)

    def _listed(self, number: str) -> bool:
        """An item of a list that began after the turn to the plan stays there."""
        if self.local == "plan" and numeral(number) == 1:
            self.listing = True
        return self.listing

    def _may_turn(self, role: Role) -> bool:
        """A sentence may turn the rest to `role`: no heading of the report announces it elsewhere."""
        announced = self.has_problems if role == "problems" else self.has_plan
        return role in self.turning or not announced

    def _closes(self, p: Paragraph, rows: list[list[Piece]], order: int, words: str) -> bool:
        """The closing begins within the last paragraph of the body."""
        if not order or p.start < self.paragraphs[self.edges.closing - 1].start:
            return False
        if self.marks[-1][1] == "closing":
            return True
        return (order == len(rows) - 1 and turns.closes_report(words)) or cue("closing.spoken").search(
            words
        ) is not None

    def _is_plan(self, p: Paragraph, rows: list[list[Piece]], order: int) -> bool:
        """A turn to the future inside the results is more than a single promise."""
        length = rows[-1][-1].end - rows[order][0].start
        several = len(rows) - order >= 2 or length >= _TASK_PARAGRAPH
        if order == 0 and p.kind == "text":
            return several or self._may_turn("plan")
        return several and self._may_turn("plan") and not self._more_headings(p)

    def _more_headings(self, p: Paragraph) -> bool:
        rest = self.paragraphs[: self.edges.closing]
        return any(q.start > p.end and q.kind in ("heading", "lead") for q in rest)

    def _among_problems(self, row: list[Piece], words: str, bare: str, begins: bool) -> None:
        """Problems and plans in turn; a clause (“要加强……”) may be where it turns."""
        start = row[0].start
        first = ",".join(bare.split(",")[:2])
        if self.local == "plan" and (turns.opens_problems(words) or (begins and turns.admits_fault(first))):
            self._turn("problems")
        if self.local != "plan" and self._opens_plan(bare) and not turns.admits_fault(bare):
            self._turn("plan")
        if self.local is None:
            self.mark(start, self.role)
        else:
            self.mark(start, self.local)
        if self.local == "plan":
            return
        for piece in row[1:]:
            rest = self.norm[piece.start : row[-1].end]
            if cue("sentence.plan_open").search(rest) and not turns.admits_fault(rest):
                self._turn("plan")
                self.mark(piece.start, "plan")
                return

    def _opens_plan(self, words: str) -> bool:
        if self.announced.this_year and words.startswith("今年"):
            return True
        return turns.opens_plan(words, self.year)

    def _among_plans(self, start: int, words: str, bare: str, item: bool) -> None:
        """A sentence about the faults of the whole inside the plan, until the plan is taken up again."""
        if self.local != "problems" and not item and turns.opens_problems(words):
            self._turn("problems")
        self.mark(start, self.local or "plan")

    def parts(self) -> tuple[Part, ...]:
        """The passages noted, closed up to cover the text."""
        ends = [start for start, _, _ in self.marks[1:]] + [len(self.text)]
        found = [
            Part(role, heading, start, end)
            for (start, role, heading), end in zip(self.marks, ends, strict=True)
        ]
        first = found[0]
        return (Part(first.role, first.heading, 0, first.end), *found[1:])
