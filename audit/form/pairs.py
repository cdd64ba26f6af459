"""Each problem with the measures of the plan that answer it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from audit.document.model import Span
from audit.form.cued import data
from audit.form.items import measures, passages, split
from audit.form.layout import Layout
from audit.form.markers import Marker
from audit.form.model import ProblemPair

_ENOUGH = 2.0
_MOST = 3
_NEAR = 0.65
"""How near to the best measure another one must come to be shown beside it."""
_WORD = re.compile(r"[\u4e00-\u9fff]{3,}")
_LONGEST_QUOTE = 240

Topic = tuple[str, float, re.Pattern[str]]
"""Name, weight and words of a matter."""


@cache
def _topics() -> list[Topic]:
    return [
        (name, float(topic["weight"]), re.compile("|".join(topic["words"])))
        for name, topic in data("topics")["topics"].items()
    ]


@cache
def _general() -> re.Pattern[str]:
    return re.compile("|".join(data("topics")["general"]))


def problem_pairs(layout: Layout, found: Sequence[Marker]) -> tuple[ProblemPair, ...]:
    """The problems in order, each with at most three sentences of the plan that share its matter."""
    problems = split(layout, passages(layout, "problems"), found)
    if not problems:
        return ()
    tasks = measures(layout, passages(layout, "plan"), found)
    grams = [_grams(layout, span) for span in tasks]
    often = Counter(gram for own in grams for gram in own)
    common = {gram for gram, count in often.items() if count > max(3, len(tasks) // 6)}
    asked = [_touched(layout, problem, _topics()) for problem in problems]
    raised = [topic for topic in _topics() if any(topic[0] in mine for mine in asked)]
    topics = [_touched(layout, span, raised) for span in tasks]
    pairs = []
    for problem, mine in zip(problems, asked, strict=True):
        own = _grams(layout, problem) - common
        scored = []
        for index, span in enumerate(tasks):
            score = sum(weight for name, weight in mine.items() if name in topics[index])
            score += 0.5 * min(4, len(own & grams[index]))
            if score >= _ENOUGH:
                scored.append((-score, index, span))
        scored.sort(key=lambda entry: entry[:2])
        kept = [entry for entry in scored[:_MOST] if -entry[0] >= _NEAR * -scored[0][0]]
        answer = tuple(_short(span) for _, _, span in sorted(kept, key=lambda entry: entry[1]))
        pairs.append(ProblemPair(_short(problem), answer))
    return tuple(pairs)


def _short(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _LONGEST_QUOTE))


def _touched(layout: Layout, span: Span, topics: Sequence[Topic]) -> dict[str, float]:
    return {name: weight for name, weight, words in topics if words.search(layout.norm, span.start, span.end)}


def _grams(layout: Layout, span: Span) -> set[str]:
    """Stretches of three characters that say something."""
    words = _general().sub(" ", layout.norm[span.start : span.end])
    return {run[i : i + 3] for run in _WORD.findall(words) for i in range(len(run) - 2)}
