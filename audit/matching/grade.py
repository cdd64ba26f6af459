"""What a match is worth: its place, modality and surroundings decide the grade.

The rules are those of the labelling guide: a figure about the very matter is `data`, a finished act is
`action`, general words are `mention`; in a plan everything is `plan`, in the problems `shortfall`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.document.model import Clause
from audit.matching.compile import Compiled, Rule
from audit.matching.match import Match, unit_fits
from audit.matching.scan import Figure, Hit, Scan

Grade = Literal["data", "action", "mention", "plan", "shortfall", "none"]
RANK: dict[str, int] = {"data": 5, "action": 4, "mention": 3, "plan": 2, "shortfall": 1, "none": 0}
MOST_APART = 40
"""Characters between a matter and the act that is told of it."""
DONE_ROLES = ("achievements", "responsible")


@dataclass(slots=True)
class Finding:
    """A match with its worth.

    Attributes:
        grade: what it supports; `none` where it was refused.
        refused: why it was refused or held down (key of the wording file), "" otherwise.
        doubt: 0 (certain) to 1 (a guess).
        figures: figures that count for the matter.
        marks: (start, end, kind) of matched and deciding words.
    """

    match: Match
    grade: Grade
    refused: str = ""
    doubt: float = 0.0
    figures: Sequence[Figure] = ()
    context: Sequence[tuple[int, int]] = ()
    act: tuple[int, int] | None = None


State = Literal["done", "plan", "shortfall", "opening", "earlier", "other-part"]
_APART = frozenset({"opening", "closing", "noise"})
"""Roles of passages that tell of nothing themselves."""


def _state(clauses: list[Clause], rule: Rule) -> State:
    """What is told where a rule holds."""
    roles = {clause.role for clause in clauses}
    modalities = {clause.modality for clause in clauses}
    if "achievements" not in rule.roles and "responsible" in rule.roles and not roles & rule.roles:
        return "other-part"
    if "plan" in roles:
        return "plan"
    if "future" in modalities:
        return "opening" if roles & _APART else "plan"
    if "problems" in roles or "fault" in modalities:
        return "opening" if roles & _APART else "shortfall"
    if clauses[0].earlier and all(clause.earlier for clause in clauses):
        return "earlier"
    if roles <= rule.roles:
        return "done"
    return "opening" if roles & _APART else "other-part"


class Grader:
    """Turns matches into findings."""

    def __init__(self, scan: Scan, compiled: Compiled) -> None:
        self.scan, self.compiled = scan, compiled
        named = compiled.named
        self.act_sets = {
            kind.removeprefix("act:"): number for kind, number in named.items() if kind.startswith("act:")
        }
        self.general = named["general"]
        self.no_acts = named["no_acts"]
        self.elsewhere = named["elsewhere"]
        self.norm, self.clauses = scan.document.norm, scan.document.clauses
        self._acts: dict[int, list[Hit]] = {}

    def grade(self, match: Match) -> Finding:
        """The worth of one match."""
        rule = match.rule
        clauses = [self.clauses[number] for number in match.clauses]
        state = _state(clauses, rule)
        if state != "done":
            return self._not_done(match, state, [(c.cue.start, c.cue.end) for c in clauses if c.cue])
        if clauses[0].heading and self._heading(match):
            return Finding(match, "mention", refused="heading", doubt=0.3)
        base = 0.0 if rule.sure else 0.6
        if rule.level == "topic":
            finding = self._topic(match)
            finding.doubt = max(finding.doubt, base)
        elif rule.level == "data":
            return Finding(match, "data", doubt=base, figures=list(match.figures.values()))
        else:
            doubt = max(base, 0.05 if rule.level == "action" else 0.1)
            finding = Finding(match, "action" if rule.level == "action" else "mention", doubt=doubt)
        if finding.grade == "action" and self._under_way(match):
            return Finding(match, "mention", refused="under_way", doubt=0.3)
        return finding

    def _under_way(self, match: Match) -> bool:
        """Whether the last clause of the match tells of something that is not finished yet."""
        return self.scan.document.clauses[match.clauses[-1]].under_way

    def _not_done(self, match: Match, state: State, cues: list[tuple[int, int]]) -> Finding:
        """The worth of a match where nothing is told as done; `cues` are the words that say so."""
        if state == "opening":
            return Finding(match, "none", refused="opening", context=cues)
        if state == "other-part":
            return Finding(match, "none", refused="other_part", context=cues)
        if state == "earlier":
            return Finding(match, "none", refused="earlier")
        if state == "shortfall":
            return Finding(match, "shortfall", refused="shortfall", context=cues)
        if self._bare_heading(match):
            return Finding(match, "none", refused="heading")
        return Finding(match, "plan", refused="plan", context=cues)

    def _heading(self, match: Match) -> bool:
        return all(self.clauses[number].heading for number in match.clauses)

    def _bare_heading(self, match: Match) -> bool:
        """A heading of the plan with nothing under it shows nothing."""
        if not self._heading(match):
            return False
        document = self.scan.document
        paragraph = document.sentences[match.sentence].paragraph
        here = document.paragraphs[paragraph]
        if here.kind != "heading":
            return False
        for after in document.paragraphs[paragraph + 1 :]:
            if after.kind == "noise" or after.end <= after.start:
                continue
            return after.kind == "heading" and after.level <= here.level
        return True

    def _topic(self, match: Match) -> Finding:
        rule = match.rule
        listed = self._in_list(match)
        figure, distance = self._figure(match, listed)
        if figure is not None:
            doubt = 0.15 if distance <= 12 else 0.35 if distance <= 40 else 0.5
            return Finding(match, "data", figures=[figure], doubt=doubt)
        if rule.acts and not listed:
            act = self._act(match)
            if act is not None:
                return Finding(match, "action", doubt=0.45, act=act)
        return Finding(match, "mention", doubt=0.3 if rule.acts else 0.15, refused="list" if listed else "")

    def _figure(self, match: Match, listed: bool) -> tuple[Figure | None, int]:
        """The nearest figure that may measure the matter, and its distance in characters."""
        rule = match.rule
        if rule.figures is not None and not rule.figures:
            return None, 0
        clauses = self.clauses
        last = match.clauses[-1]
        best: Figure | None = None
        best_distance = 10_000
        for figure in self.scan.figures.get(match.sentence, ()):
            apart = figure.clause not in match.clauses
            if apart and not (last < figure.clause <= last + rule.reach):
                continue
            if clauses[figure.clause].modality != "done" or clauses[figure.clause].role not in DONE_ROLES:
                continue
            if not unit_fits(figure, rule.figures):
                continue
            if apart and (self._elsewhere(figure, last) or self._barred(figure, rule)):
                continue
            quantity = figure.quantity
            if quantity.implied and apart and "覆盖" not in self.norm[figure.start : figure.end]:
                continue
            if figure.start >= match.end:
                distance = figure.start - match.end
            elif figure.end <= match.start:
                if not rule.before:
                    continue
                distance = match.start - figure.end
            else:
                distance = 0
            if listed and distance > 8:
                continue
            if distance < best_distance:
                best, best_distance = figure, distance
        return best, best_distance

    def _elsewhere(self, figure: Figure, last: int) -> bool:
        """Whether the clause of a figure has a matter of its own (召开例会9次), so that it measures no other's.

        A rate belongs to the clause before it (收到建议36件,办复率100%), unless that is `last`, the matter's own.
        """
        held = {figure.clause}
        if figure.quantity.unit == "%" and figure.clause - 1 > last:
            held.add(figure.clause - 1)
        return any(
            hit.clause in held and hit.start < figure.end + 6
            for hit in self.scan.within(self.elsewhere, figure.sentence)
        )

    def _barred(self, figure: Figure, rule: Rule) -> bool:
        """Whether a word that the rule does not suffer stands in the clause of a figure."""
        return any(
            hit.clause == figure.clause
            for set_id in rule.unless
            for hit in self.scan.within(set_id, figure.sentence)
        )

    def _in_list(self, match: Match) -> bool:
        """Whether the matter is only one name in a list of three or more under one verb."""
        norm = self.norm
        start, end = match.start, match.end
        clause = self.clauses[match.clauses[0]]
        stretch = norm[clause.start : clause.end]
        if stretch.count("、") < 2 or end - start > 30:
            return False
        before = start > clause.start and norm[start - 1] in "、和及与"
        after = end < clause.end and (norm[end] in "、和及与" or norm[end : end + 1] == "等")
        return before and after or (before or after) and stretch.count("、") >= 3

    def _act(self, match: Match) -> tuple[int, int] | None:
        """The words of a finished act about the matter, not held down by general words."""
        best: tuple[int, int] | None = None
        nearest = MOST_APART + 1
        for start, end, clause, _ in self._acts_in(match.sentence):
            distance = max(match.start - end, start - match.end, 0)
            inside = any(s <= start and end <= e for s, e in match.spans)
            if distance < nearest and clause in match.clauses and not inside:
                best, nearest = (start, end), distance
        return best

    def _acts_in(self, sentence: int) -> list[Hit]:
        """The words of a sentence that tell of a finished act, whatever its matter."""
        known = self._acts.get(sentence)
        if known is None:
            known = self._acts[sentence] = [
                hit
                for kind, set_id in self.act_sets.items()
                for hit in self.scan.within(set_id, sentence)
                if not self._held_down(hit)
                and not self._in_title(hit)
                and (kind != "issue" or self._document_near(hit))
            ]
        return known

    def _held_down(self, hit: Hit) -> bool:
        for noun in self.scan.within(self.no_acts, hit.sentence):
            if noun.start <= hit.start and hit.end <= noun.end:
                return True
        before = self.norm[max(0, hit.start - 6) : hit.start]
        for general in self.scan.within(self.general, hit.sentence):
            if general.start <= hit.start and general.end >= hit.end:
                return True
            if (
                general.end <= hit.start <= general.end + 3
                and "," not in before[-(hit.start - general.end) or len(before) :]
            ):
                return True
        return False

    def _in_title(self, hit: Hit) -> bool:
        return any(start < hit.start and hit.end < end for start, end in self.scan.titles)

    def _document_near(self, hit: Hit) -> bool:
        clause = self.clauses[hit.clause]
        stretch = self.norm[hit.end : clause.end]
        return "《" in stretch or any(
            word in stretch
            for word in (
                "方案",
                "办法",
                "意见",
                "清单",
                "目录",
                "细则",
                "规定",
                "通知",
                "要点",
                "指引",
                "手册",
                "规则",
                "制度",
                "标准",
                "基准",
                "规程",
                "计划",
                "规划",
                "公告",
            )
        )
