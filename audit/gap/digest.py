"""素材摘编: for each item the sentences of every body with their source, the figures, and a search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from audit import wording
from audit.gap.blocks import Document, Table
from audit.gap.load import Filing
from audit.report.docx_kit import plain
from audit.report.letter_points import inner_marks
from audit.report.places import Places
from audit.result import Evidence, IndicatorResult, Metric, Result

QUOTES = 2
"""Sentences of one body for one item at most."""
LONGEST = 160
_END = re.compile(r"[。；;!！?？\n]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one body."""

    body: str
    metric: Metric
    where: str


@dataclass(slots=True)
class Topic:
    """What all bodies say of one item."""

    title: str
    quotes: list[tuple[str, str, str, str]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@dataclass(slots=True)
class Digest:
    """All topics, and what a search found."""

    year: int
    topics: dict[str, Topic]
    found: list[tuple[str, str, str]]


def say(key: str, **values: object) -> str:
    """A text of the digest."""
    return wording.text("gap", "digest", key, **values)


def gather(found: Iterable[Filing], year: int, items: Sequence[str] = (), words: str = "") -> Digest:
    """Sentences and figures of one year, body by body in the roster's order.

    Args:
        found: the filings.
        year: reported on.
        items: ids or titles of items to take; none: all.
        words: to be searched in the whole texts; several, parted by spaces, must stand in one sentence.
    """
    digest = Digest(year, {}, [])
    wanted = {item.strip() for item in items if item.strip()}
    for filing in found:
        if filing.year != year or filing.load is None:
            continue
        result = filing.load()
        if result is None:
            continue
        places = Places(result.document)
        for indicator in result.indicators:
            if wanted and not {indicator.id, indicator.title} & wanted:
                continue
            topic = digest.topics.setdefault(indicator.id, Topic(indicator.title))
            _take(topic, filing.name, indicator, result, places)
        if words:
            digest.found += _search(filing.name, result, places, words)
    return digest


def _take(topic: Topic, name: str, indicator: IndicatorResult, result: Result, places: Places) -> None:
    if indicator.grade in ("data", "action"):
        seen: set[tuple[int, int]] = set()
        for evidence in indicator.evidence:
            span = _sentence(result.document.text, evidence)
            if span in seen or len(seen) >= QUOTES:
                continue
            seen.add(span)
            quote = plain(result.document.text[span[0] : span[1]])
            topic.quotes.append((name, wording.grade(evidence.strength), quote, places.told(evidence.start)))
    topic.figures += [Figure(name, metric, places.told(metric.start)) for metric in indicator.metrics]


def _sentence(text: str, evidence: Evidence) -> tuple[int, int]:
    """The sentence around a quote; the clause alone where the sentence is long."""
    start = evidence.start
    while start > 0 and not _END.match(text, start - 1):
        start -= 1
        if evidence.start - start > LONGEST:
            return evidence.clause_start, evidence.clause_end
    match = _END.search(text, evidence.end)
    end = match.start() if match else len(text)
    if end - start > LONGEST:
        return evidence.clause_start, evidence.clause_end
    return start, end


def _search(name: str, result: Result, places: Places, words: str) -> list[tuple[str, str, str]]:
    wanted = words.split()
    rows: list[tuple[str, str, str]] = []
    text, at = result.document.text, 0
    if not all(word in text for word in wanted):
        return rows
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        sentence = text[at:end]
        if all(word in sentence for word in wanted):
            rows.append((name, plain(sentence), places.told(at + len(sentence) - len(sentence.lstrip()))))
        at = end
    return rows


def sums(topic: Topic) -> list[tuple[str, str, int, float, float, float]]:
    """Sums of counts over equal scope: metric, scope, bodies, sum, least, most.

    A figure counts only where it is exact, unmixed and the only one of its scope in the body's report.
    """
    cells: dict[tuple[str, str], dict[str, list[Metric]]] = defaultdict(lambda: defaultdict(list))
    for figure in topic.figures:
        metric = figure.metric
        if metric.unit == "count":
            cells[metric.name or metric.key, metric.scope][figure.body].append(metric)
    rows = []
    for (name, scope), bodies in cells.items():
        values = [rows_[0].value for rows_ in bodies.values() if len(rows_) == 1 and not rows_[0].approx and not rows_[0].mixed]
        if len(values) > 1:
            rows.append((name, scope, len(values), sum(values), min(values), max(values)))
    return rows


def paper(digest: Digest, words: str = "", *, whole: bool = True) -> Document:
    """The digest as a paper; `whole` false: tables only."""
    made = Document(say("name"), say("title", year=digest.year))
    made.say("title", made.title)
    made.say("note", say("remark"))
    if words:
        made.say("first", say("found", words=words))
        if not digest.found:
            made.say("body", say("found_none"))
        made.blocks.append(Table(say("found", words=words), _head("found"), digest.found, (30, 90, 30)))
    for number, topic in enumerate(digest.topics.values(), start=1):
        if not whole or not (topic.quotes or topic.figures):
            continue
        made.say("first", f"{number}．{topic.title}")
        for name, _, quote, where in topic.quotes:
            made.say("body", say("quote", name=name, quote=inner_marks(quote), where=where))
        if not topic.quotes:
            made.say("body", say("none"))
    for name, rows, widths in (
        ("quotes", _quote_rows(digest), (24, 30, 14, 90, 26)),
        ("figures", _figure_rows(digest), (24, 26, 28, 14, 10, 22, 8, 40, 22)),
        ("sums", _sum_rows(digest), (28, 30, 24, 12, 18, 16, 16)),
    ):
        made.say("caption", say(name))
        made.blocks.append(Table(say(name), _head(name), rows, widths))
    made.say("note", wording.standing_remark())
    return made


def _head(name: str) -> list[str]:
    return list(wording.entry("gap", "digest", f"{name}_head").values())


def _quote_rows(digest: Digest) -> list[tuple[object, ...]]:
    return [(topic.title, *row) for topic in digest.topics.values() for row in topic.quotes]


def _figure_rows(digest: Digest) -> list[tuple[object, ...]]:
    yes = say("yes")
    return [
        (
            topic.title, f.metric.name or f.metric.key, f.body, _number(f.metric.value), wording.text("xlsx", "units", f.metric.unit),
            _scope(f.metric.scope), yes if f.metric.approx else "", f.metric.quote, f.where,
        )
        for topic in digest.topics.values()
        for f in sorted(topic.figures, key=_by_metric(topic))
    ]  # fmt: skip


def _by_metric(topic: Topic) -> Callable[[Figure], int]:
    order = {name: n for n, name in enumerate(dict.fromkeys(f.metric.key for f in topic.figures))}
    return lambda figure: order[figure.metric.key]


def _sum_rows(digest: Digest) -> list[tuple[object, ...]]:
    return [
        (topic.title, name, _scope(scope), n, _number(total), _number(least), _number(most))
        for topic in digest.topics.values()
        for name, scope, n, total, least, most in sums(topic)
    ]


def _scope(scope: str) -> str:
    return say("scope_all") if scope == "all" else scope


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
