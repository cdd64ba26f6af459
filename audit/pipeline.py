"""One report through the whole way: bytes → text → document → facts → judgement → result."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import __version__, wording
from audit.errors import InputError, UsageError
from audit.options import Options
from audit.result import (
    Body,
    Defect,
    DocumentResult,
    Page,
    Pair,
    Part,
    Place,
    Result,
    Source,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.checklist.instruments import Instrument
    from audit.checklist.profiles import Profile
    from audit.document.model import Document, Text
    from audit.form.model import Defect as FoundDefect
    from audit.form.model import FormFindings


def audit_file(path: Path, options: Options, name: str | None = None) -> Result:
    """Audits one file.

    Raises:
        InputError: it cannot be read.
    """
    from audit.document.readers import read_file

    text = read_file(path)
    return audit_text(text, path.read_bytes(), str(path), options, name or path.stem)


def audit_bytes(data: bytes, file_name: str, shown: str, options: Options, name: str) -> Result:
    """Audits a report whose bytes are at hand, such as a member of a zip.

    Raises:
        InputError: it cannot be read.
    """
    from audit.document.readers import read_bytes

    return audit_text(read_bytes(data, file_name), data, shown, options, name)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Inside, no cyclic garbage is looked for: an audit makes many objects and next to no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def audit_text(text: Text, data: bytes, shown: str, options: Options, name: str) -> Result:
    """Audits a text that was read.

    Args:
        text: what the reader returned.
        data: the bytes of the source, for its hash.
        shown: the path as the user gave it.
        options: what the user said.
        name: name of the outputs.
    """
    import dataclasses

    from audit.document.assemble import understand
    from audit.form import examine
    from audit.matching.find import engine
    from audit.matching.focus import focus_of
    from audit.matching.powers import infer_powers
    from audit.matching.tell import tell_all
    from audit.scoring import judge

    if not text.text.strip():
        raise InputError("没有读到文字", shown, "请核对文件内容,或另存为 .docx 后再试")
    document = understand(text)
    said = _body(options)
    facts = dataclasses.replace(document.facts, **_said_facts(options, said, document))
    document = dataclasses.replace(document, facts=facts)
    machine = engine()
    indicators = tell_all(document, machine.compiled, machine.find(document))
    previous = _previous(options)
    profile = _profile(options.profile)
    form = examine(
        document, report_year=facts.report_year, stage=facts.stage, previous=previous, limit=profile.length_limit
    )
    powers = infer_powers(document, facts.level, indicators)
    powers |= {key: value for key, value in {**options.powers, **said.get("powers", {})}.items() if value is not None}
    told = _document(document, data, shown, name, options, powers)
    defects, pairs = _defects(form.defects, document), _pairs(form, document)
    judged = judge(
        document=told,
        indicators=indicators,
        form=form.facts,
        instruments=_instruments(),
        profile=profile,
        defects=defects,
        pairs=pairs,
        substance=form.substance,
        checklists=options.checklists,
        decisions=_decisions(options),
        frames={indicator.id: indicator.advice for indicator in machine.compiled.indicators if indicator.advice},
        from_web=facts.stage == "published" and (document.source.format == "html" or _has_noise(document)),
    )
    return Result(
        tool=Tool(name="fazhi-audit", version=__version__),
        generated_at=_now() if options.timestamp else None,
        document=told,
        indicators=indicators,
        form=form.facts,
        pairs=pairs,
        defects=defects,
        substance=form.substance,
        hints=_defects(form.hints, document),
        previous=form.previous,
        focus=focus_of(document, facts.report_year),
        warnings=judged.warnings,
        checklists=judged.checklists,
        overall=judged.overall,
        observed=judged.observed,
        profile=str(options.profile) if options.profile else None,
        decisions=judged.decisions,
        method={**judged.method, "measured": _measured()},
    )


@cache
def _measured() -> dict[str, Any]:
    """The accuracy that was measured on labelled reports (`tests/tools/figures.py --write`), {} where unknown."""
    from audit.data import checklist_root, load_yaml

    if not (checklist_root() / "measured.yaml").is_file():
        return {}
    found: dict[str, Any] = load_yaml("measured.yaml")
    return found


def judge_again(result: Result, decisions: Path, profile: Path | None = None) -> Result:
    """The same facts judged anew with a reviewer's decisions.

    Raises:
        UsageError: the decisions cannot be read.
    """
    from audit.scoring import judge

    judged = judge(
        document=result.document,
        indicators=result.indicators,
        form=result.form,
        instruments=_instruments(),
        profile=_profile(profile),
        defects=result.defects,
        pairs=result.pairs,
        substance=result.substance,
        checklists=[sheet.id for sheet in result.checklists],
        decisions=_decisions(Options(decisions=decisions)),
    )
    warnings = [warning for warning in result.warnings if not warning.code.startswith("decision")]
    return result.model_copy(
        update={
            "checklists": judged.checklists,
            "overall": judged.overall,
            "decisions": judged.decisions,
            "warnings": [*warnings, *(w for w in judged.warnings if w.code.startswith("decision"))],
        }
    )


@cache
def _instruments() -> tuple[Instrument, ...]:
    from audit.checklist.instruments import load_instruments

    return load_instruments()


@cache
def _profile(path: Path | None) -> Profile:
    from audit.checklist.profiles import load_profile

    return load_profile(path)


def _said_facts(options: Options, said: dict[str, Any], document: Document) -> dict[str, Any]:
    """What the user says of the report, before what the report says of itself."""
    facts = document.facts
    return {
        "publisher": said.get("publisher") or facts.publisher,
        "level": options.level or said.get("level") or facts.level,
        "kind": said.get("kind") or options.kind or facts.kind,
        "report_year": options.year or facts.report_year,
        "published_on": options.published or facts.published_on,
        "stage": options.stage or facts.stage,
    }


def _has_noise(document: Document) -> bool:
    return any(part.role == "noise" for part in document.parts)


def _decisions(options: Options) -> list[dict[str, Any]]:
    if options.decisions is None:
        return []
    from audit.decisions import read_decisions

    return read_decisions(options.decisions)


def _now() -> str:
    import datetime

    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def _body(options: Options) -> dict[str, Any]:
    if options.body is None:
        return {"publisher": options.publisher} if options.publisher else {}
    import yaml

    from audit.checklist.faults import near
    from audit.data import load_yaml

    try:
        data = yaml.safe_load(options.body.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError("主体说明文件读不出来", str(options.body), "应为 UTF-8 的“键: 值”文件,如 publisher: 某县司法局") from error
    known = {"publisher", "level", "kind", "powers"}
    if not isinstance(data, dict) or set(data) - known:
        raise UsageError("主体说明文件的键不对", str(options.body), f"可用的键:{'、'.join(sorted(known))}")
    levels = {"province", "city", "county", "zone", "department", "township"}
    if data.get("level") not in levels | {None}:
        raise UsageError(f"主体说明文件的层级“{data['level']}”不对", str(options.body), f"可用:{'、'.join(sorted(levels))}")
    powers = data.get("powers") or {}
    names = list(load_yaml("powers.yaml"))
    strange = next((key for key in powers if key not in names), None) if isinstance(powers, dict) else None
    if strange is not None:
        raise UsageError(f"主体说明文件的 powers 中不认识“{strange}”", str(options.body), near(strange, names))
    if not isinstance(powers, dict) or any(value not in (True, False, None) for value in powers.values()):
        raise UsageError("主体说明文件的 powers 应逐项写 true、false 或 null", str(options.body), "例如 powers: {enforces: false}")
    return {**data, "powers": powers}


def _previous(options: Options) -> Document | None:
    if options.previous is None:
        return None
    from audit.document.assemble import understand
    from audit.document.readers import read_file

    return understand(read_file(options.previous))


def _document(
    document: Document, data: bytes, shown: str, name: str, options: Options, powers: dict[str, bool | None]
) -> DocumentResult:
    facts = document.facts
    return DocumentResult(
        name=name,
        title=facts.title,
        source=Source(path=shown, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), format=document.source.format),
        stage=facts.stage,
        body=Body(level=facts.level, kind=facts.kind, powers=powers),
        publisher=facts.publisher,
        level=facts.level,
        report_year=facts.report_year,
        doc_type=facts.doc_type,
        signed_on=facts.signed_on,
        published_on=facts.published_on,
        filed_on=options.filed,
        addressee=facts.addressee,
        notes=list(facts.notes),
        characters=len(document.text),
        text=document.text,
        pages=[Page(number=page.number, start=page.start, end=page.end) for page in document.source.pages],
        parts=[Part(role=part.role, heading=part.heading, start=part.start, end=part.end) for part in document.parts],
        paragraph_starts=[block.start for block in document.source.blocks if block.source_index],
    )


def _place(document: Document, start: int, end: int) -> Place:
    return Place(quote=document.text[start:end], start=start, end=end)


def _defects(findings: Iterable[FoundDefect], document: Document) -> list[Defect]:
    return [
        Defect(
            kind=found.kind,
            quote=document.text[found.start : found.end] if found.start is not None else None,
            start=found.start,
            end=found.end,
            why=wording.wide(found.why),
            remedy=wording.wide(found.remedy),
            severity=found.severity,
            scored=found.scored,
        )
        for found in findings
    ]


def _pairs(form: FormFindings, document: Document) -> list[Pair]:
    return [
        Pair(
            problem=_place(document, pair.problem.start, pair.problem.end),
            measures=[_place(document, span.start, span.end) for span in pair.measures],
        )
        for pair in form.pairs
    ]
