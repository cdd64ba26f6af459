"""《年度报告文本质量情况表(内部参考)》: a table for each kind of body, in the roster's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from audit import wording
from audit.gap.blocks import Document, Table
from audit.gap.facts import BodyFacts, Facts
from audit.gap.report import group_name
from audit.report.letter_text import FIRST_YEAR, quoted
from audit.scoring.ranking import rank

NUMBERS = "一二三四五六七八九十"


def say(key: str, **values: object) -> str:
    """A text of the table."""
    return wording.text("gap", "table", key, **values)


def quality(facts: Facts, reviewed_by: str | None) -> Document:
    """The tables; scores are for inside use, nobody is ranked."""
    paper = Document(say("name"), say("title", year=facts.year), landscape=True)
    paper.say("title", paper.title)
    if not reviewed_by:
        paper.say("mark", wording.text("gap", "mark", remark=wording.unreviewed()))
    tiers = _tiers(facts)
    filed, public = wording.entry("gap", "filed_states"), wording.entry("gap", "published_states")
    head = list(wording.entry("gap", "table", "head").values())
    for number, (name, bodies) in enumerate(facts.groups()):
        caption = say("caption", name=group_name(name), n=len(bodies))
        paper.say("caption", f"{NUMBERS[number]}、{caption}")
        rows = [
            (
                n, body.name, filed[body.filed_state], public[body.published_state], body.statutory, body.outline, body.editorial,
                _band(body, tiers.get(id(body))), issue(body, facts),
            )
            for n, body in enumerate(bodies, start=1)
        ]  # fmt: skip
        paper.blocks.append(
            Table(
                group_name(name),
                head,
                rows,
                (13, 38, 15, 14, 20, 20, 20, 38, 71),
                (0, 2, 3, 4, 5, 6, 7),
                {4: "0.00", 5: "0.00", 6: "0.00"},
            )
        )
    paper.say("note", say("remark"))
    paper.say("note", wording.standing_remark())
    return paper


def _tiers(facts: Facts) -> dict[int, int]:
    """档 by overlapping intervals of ranks, among the comparable bodies of a table."""
    alike: dict[Hashable, list[BodyFacts]] = defaultdict(list)
    for body in facts.audited:
        if body.entry is not None and body.entry.score is not None:
            alike[body.group, body.entry.likeness].append(body)
    tiers: dict[int, int] = {}
    for bodies in alike.values():
        if len(bodies) > 1:
            for placed in rank([body.entry for body in bodies if body.entry is not None]):
                tiers[id(bodies[placed.index])] = placed.tier
    return tiers


def _band(body: BodyFacts, tier: int | None) -> str:
    if not body.band:
        return "—"
    if tier is None:
        return body.band
    number = NUMBERS[tier - 1] if tier <= 10 else str(tier)
    return say("tier", band=body.band, n=number)


def issue(body: BodyFacts, facts: Facts) -> str:
    """A body's main points in one sentence."""
    if not body.audited:
        return str(wording.entry("gap", "filed_states").get(body.filed_state, say("missing")))
    told = []
    if body.lacking:
        names = quoted([facts.titles.get(part, part) for part in body.lacking])
        told.append(say("lacking" if body.year >= FIRST_YEAR else "lacking_soft", names=names))
    if body.vague:
        told.append(say("vague"))
    if body.open:
        names = quoted([facts.titles.get(item, item) for item in body.open[:2]])
        told.append(
            say("open", names=names, n=len(body.open)) if len(body.open) > 2 else say("open_one", names=names)
        )
    if body.figures:
        told.append(say("figures", n=len(body.figures)))
    if body.wording:
        told.append(say("wording", n=sum(body.wording.values())))
    return "；".join(told) or say("fine")
