"""A result as rows of the store's tables; runs in the workers, knows no database."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from audit.batch.grams import sample
from audit.batch.job import Job
from audit.result import Result

_REPORT_COLUMNS = 40
_NUL = "\x00"
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")


def failed_row(job: Job, fault: str, kind: str) -> tuple[Any, ...]:
    """The row of `reports` for a report that could not be audited."""
    head = (
        job.id,
        job.shown,
        job.name,
        job.root,
        True,
        job.sha256,
        None,
        None,
        job.key,
        "failed",
        clean(fault),
        kind,
    )
    return head + (None,) * (_REPORT_COLUMNS - len(head))


def clean(text: str | None) -> str | None:
    """Without the characters that databases refuse."""
    if text is None:
        return None
    if _NUL in text:
        text = text.replace(_NUL, "�")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def report_row(job: Job, result: Result, content: bytes) -> tuple[Any, ...]:
    """The row of `reports`; `content` is the result as JSON."""
    doc = result.document
    scores = {
        sheet.kind: sheet
        for sheet in result.checklists
        if sheet.id in result.overall.scheme or not sheet.kind
    }
    outline = scores.get("outline")
    low, high, judged = _interval(result)
    return (
        job.id, job.shown, job.name, job.root, True, job.sha256, doc.source.bytes, doc.source.format, job.key, "done", None, None,
        None, clean(doc.publisher), doc.body.level or doc.level, doc.body.kind, doc.body.powers.get("enforces"), doc.doc_type,
        doc.stage, doc.report_year, clean(doc.title), doc.signed_on, doc.filed_on, doc.published_on, doc.characters,
        _text_sha(doc.text), result.overall.score, low, high, result.overall.band, judged,
        _score(scores.get("statutory")), _score(outline), _score(scores.get("editorial")), outline.id if outline else None,
        clean("\n".join(warning.text for warning in result.warnings)) or None,
        f"{result.tool.name} {result.tool.version}", result.generated_at, _entry(result), zlib.compress(content, 3),
    )  # fmt: skip


def _score(sheet: Any) -> float | None:
    return None if sheet is None else sheet.score


def _interval(result: Result) -> tuple[float | None, float | None, float | None]:
    """Interval and judged share of the overall score: those of the checklists, weighted alike."""
    scheme = result.overall.scheme
    sheets = [sheet for sheet in result.checklists if sheet.id in scheme]
    whole = sum(scheme[sheet.id] for sheet in sheets)
    if not sheets or not whole:
        return None, None, None
    judged = round(sum(scheme[s.id] * s.judged_share for s in sheets) / whole, 4)
    if result.overall.score is None or any(s.score_low is None or s.score_high is None for s in sheets):
        return None, None, judged
    low = sum(scheme[s.id] * (s.score_low or 0) for s in sheets) / whole
    high = sum(scheme[s.id] * (s.score_high or 0) for s in sheets) / whole
    return round(low, 2), round(high, 2), judged


def _text_sha(text: str) -> str:
    import hashlib

    bare = re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]+", "", text)
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()


def _entry(result: Result) -> bytes:
    """What ranking needs of the result, kept small."""
    from audit.scoring.ranking import entry

    each = entry(result)
    likeness: Any = each.likeness
    data = [
        list(likeness),
        each.score,
        [list(pair) for pair in each.scheme],
        [[[list(group) for group in sheet.weights], list(sheet.credits), sheet.cap] for sheet in each.sheets],
    ]
    return zlib.compress(
        json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace"), 1
    )


def sheet_rows(result: Result) -> list[tuple[Any, ...]]:
    """Rows of `requirements`: the items of the checklists, told once for each version of a checklist."""
    return [
        (
            sheet.sha256, item.id, sheet.id, sheet.kind, sheet.version, sheet.title, number, group.id, group.title,
            item.title, item.indicator, item.clause, item.basis, item.weight,
        )
        for sheet in result.checklists
        for number, (group, item) in enumerate(((g, i) for g in sheet.groups for i in g.items), start=1)
    ]  # fmt: skip


def child_rows(job: Job, result: Result) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of the tables that belong to the report, in the order of their columns."""
    me, text = job.id, result.document.text
    items: list[tuple[Any, ...]] = []
    for sheet in result.checklists:
        number = 0
        for group in sheet.groups:
            for item in group.items:
                number += 1
                said = None if item.verdict in ("full", "not_applicable") else clean(item.reason)
                items.append(
                    (me, sheet.id, item.id, number, item.indicator, item.verdict, item.credit, item.points_possible,
                     item.points, item.points_lost, item.needs_review, said)
                )  # fmt: skip
    evidence: list[tuple[Any, ...]] = []
    metrics: list[tuple[Any, ...]] = []
    for indicator in result.indicators:
        for number, proof in enumerate(indicator.evidence, start=1):
            sentence = clean(sentence_around(text, proof.start, proof.end))
            evidence.append(
                (
                    me,
                    indicator.id,
                    number,
                    proof.strength,
                    clean(proof.quote),
                    sentence,
                    proof.start,
                    proof.end,
                )
            )
        for metric in indicator.metrics:
            metrics.append(
                (me, len(metrics) + 1, indicator.id, metric.key, metric.value, metric.unit, clean(metric.scope), metric.approx,
                 metric.mixed, clean(metric.quote), clean(sentence_around(text, metric.start, metric.end)), metric.start, metric.end)
            )  # fmt: skip
    return {
        "sheets": [
            (
                me,
                s.id,
                s.kind,
                s.version,
                s.sha256,
                s.score,
                s.score_low,
                s.score_high,
                s.judged_share,
                s.withheld_because,
            )
            for s in result.checklists
        ],
        "items": items,
        "indicators": [
            (me, i.id, i.grade, i.needs_review, clean(i.nil.quote) if i.nil else None)
            for i in result.indicators
        ],
        "evidence": evidence,
        "metrics": metrics,
        "defects": [
            (me, n, d.kind, d.severity, d.scored, clean(d.quote), clean(d.why), d.start, d.end)
            for n, d in enumerate(result.defects, start=1)
        ],
        "form": [(me, fact, value) for fact, value in result.form.items()],
        "paragraphs": paragraph_rows(me, result),
    }


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a place, without its neighbours; at most 400 characters."""
    floor = max(0, start - 300)
    begin = floor
    before = text[floor:start]
    if found := _SENTENCE_END.search(before[::-1]):
        begin = start - found.start()
    close = _SENTENCE_END.search(text, max(end - 1, start), min(len(text), begin + 400))
    stop = close.end() if close else min(len(text), max(end, begin + 400))
    return text[begin:stop].strip()


def paragraph_rows(me: int, result: Result) -> list[tuple[Any, ...]]:
    """The paragraphs of the report, residue of web pages left out, with fingerprints for comparison."""
    text = result.document.text
    rows: list[tuple[Any, ...]] = []
    for part in result.document.parts:
        if part.role == "noise":
            continue
        at = part.start
        for line in text[part.start : part.end].split("\n"):
            start, at = at, at + len(line) + 1
            bare = line.strip()
            if not bare:
                continue
            begin = start + line.index(bare[0])
            grams = sample(bare) if part.role not in ("opening", "closing") else b""
            rows.append((me, len(rows) + 1, part.role, begin, begin + len(bare), clean(bare), grams or None))
    return rows
