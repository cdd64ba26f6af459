"""What a sentence tells of the part that it stands in: a turn to faults, to plans, to a person, a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.document.cues import cue
from audit.document.model import Role
from audit.document.punctuation import hide


def opens_problems(words: str) -> bool:
    """The sentence turns to the faults of the whole (“在取得成绩的同时，还存在……不足”)."""
    shown = hide(words[:160])
    return bool(cue("sentence.problems_open").search(shown)) and not cue("sentence.problems_open_not").search(
        shown
    )


def opens_plan(words: str, year: int | None = None) -> bool:
    """The sentence or clause turns to what is to come (“下一步，我们将……”, a year after `year`)."""
    if cue("sentence.plan_open").search(words):
        return True
    match = re.match(r"(?:到|在)?(20\d\d)年", words)
    return bool(match and year is not None and int(match[1]) > year)


def speaks_of(sentences: Sequence[str], heading: str, year: int | None = None) -> Role | None:
    """The role that the sentences under a heading of a theme betray; None where it is results.

    Args:
        sentences: the first sentences under the heading.
        heading: the heading's words.
        year: the year reported on.
    """
    if not sentences:
        return None
    if 2 * sum(admits_fault(s) for s in sentences) > len(sentences):
        return "problems"
    if any(opens_plan(s, year) for s in sentences[:2]):
        return "plan"
    if cue("responsible.heading").search(heading) and of_person(sentences[0]) and of_duty(sentences[0]):
        return "responsible"
    return None


def admits_fault(words: str) -> bool:
    """One of the clauses admits a fault, and does not tell of mending it."""
    for clause in re.split("[,;:。，；：]", hide(words)):
        found = cue("sentence.fault").search(clause)
        if found and not cue("sentence.fault_not").search(clause):
            rest = clause[found.end() : found.end() + 5]
            if "的" not in rest or cue("words.fault_noun").search(clause, found.end()) or "现象" in clause:
                return True
    return False


def reports_fact(words: str) -> bool:
    """The sentence of an introduction reports a specific finished act or a figure."""
    shown = cue("opening.basis").sub("", hide(words))
    if cue("opening.ends").search(shown) or cue("opening.fact_not").search(shown):
        return False
    return bool(cue("opening.act").search(shown) or cue("opening.figure").search(shown))


def ends_introduction(words: str) -> bool:
    """“现将有关情况报告如下” and kin."""
    return cue("opening.ends").search(words) is not None


def is_slogan(words: str) -> bool:
    """The paragraph begins with a span of time and names guiding thought or leadership."""
    return bool(cue("opening.year").search(words) and cue("opening.slogan").search(words))


def of_person(words: str) -> bool:
    """The subject of the sentence is a responsible person (主要负责人, 书记、县长) who acts."""
    if not cue("responsible.named").search(words[:60]) or cue("responsible.opener_not").search(words):
        return False
    return cue("responsible.subject").search(words) is not None


def of_duty(words: str) -> bool:
    """The sentence names the duty itself (第一责任人职责, 四个亲自): what follows is told under it."""
    return cue("responsible.topic").search(words) is not None


def follows_duty(words: str) -> bool:
    """Told after the duty was named, the sentence still belongs to it."""
    return cue("responsible.follows").search(words[:60]) is not None


def goes_on(words: str) -> bool:
    """The sentence has no subject of its own and goes on with the person's doings."""
    return cue("responsible.goes_on").search(words) is not None


def item_of_duty(words: str) -> bool:
    """The opening words of a list item make the whole item one about the responsible persons."""
    return (
        len(words) <= 40
        and bool(cue("responsible.item").search(words))
        and not cue("responsible.item_not").search(words)
    )


def closes_report(words: str) -> bool:
    """“特此报告。” at the end of a paragraph."""
    return len(words) < 24 and cue("closing.sure").search(words) is not None
