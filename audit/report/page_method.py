"""The method page and the facts of the document, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit import wording
from audit.result import Result

GRADES = ("data", "action", "mention", "plan", "shortfall", "none")


@dataclass(frozen=True, slots=True)
class Credits:
    """Credits of one checklist: for each need, the percent that each grade earns."""

    need: str
    shares: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checklist on the method page."""

    name: str
    title: str
    id: str
    version: str
    sha256: str
    issued: str
    basis: str
    note: str
    least: str
    missed: str
    credits: list[Credits]
    steps: list[str]
    gates: list[tuple[str, bool]]
    verified: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Measured accuracy of the indicators: a column for each set of labelled reports."""

    sets: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Method:
    """All that the method page says."""

    sheets: list[Sheet]
    grades: list[str]
    bands: list[tuple[str, str, str]]
    profile: list[tuple[str, str]]
    changes: list[str]
    measured: Measured | None


def method(result: Result) -> Method:
    """The method page of a result; what an older result lacks is left out."""
    told = result.method
    profile = _mapping(told.get("profile"))
    return Method(
        sheets=[_sheet(result, index) for index in range(len(result.checklists))],
        grades=[wording.grade(grade) for grade in GRADES],
        bands=_bands(told.get("bands") or []),
        profile=[
            (wording.text("page", "facts", key), str(value))
            for key, value in (
                ("profile", profile.get("title") or profile.get("id") or result.profile),
                ("version", profile.get("version")),
                ("sha256", profile.get("sha256")),
            )
            if value
        ],
        changes=[
            _flat(change) for change in [*(profile.get("changes") or []), *(profile.get("additions") or [])]
        ],
        measured=_measured(told.get("measured")),
    )


def _bands(bands: list[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Shape, name and limits in words, from the highest; the last one has only an upper limit."""
    rows = []
    above = 0.0
    for band in bands:
        least = band.get("at_least") or 0
        limit = wording.text("page", "at_least", n=f"{least:g}")
        if not least and above:
            limit = wording.text("page", "below", n=f"{above:g}")
        rows.append((str(band.get("shape") or ""), str(band.get("name") or ""), limit))
        above = least
    return rows


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _percent(value: Any) -> str:
    return f"{value * 100:.4g}%" if isinstance(value, int | float) else "—"


def _sheet(result: Result, index: int) -> Sheet:
    sheet = result.checklists[index]
    told = _mapping(_mapping(result.method.get("checklists")).get(sheet.id))
    credits_ = _mapping(told.get("credits"))
    items = [item for group in sheet.groups for item in group.items]
    cited = [item for item in items if item.clause]
    based = [item for item in items if item.basis]
    return Sheet(
        name=wording.label("parts", sheet.kind or "other"),
        title=sheet.title,
        id=sheet.id,
        version=sheet.version,
        sha256=sheet.sha256,
        issued=" ".join(str(value) for value in (told.get("issued_by"), told.get("issued")) if value),
        basis=str(told.get("basis") or ""),
        note=str(told.get("note") or ""),
        least=_percent(told.get("judged_share_at_least")),
        missed=_percent(told.get("threshold_missed")),
        credits=[
            Credits(wording.label("needs", need), [_percent(_mapping(row).get(grade)) for grade in GRADES])
            for need, row in credits_.items()
            if isinstance(row, Mapping)
        ],
        steps=[
            wording.text("page", "by_count", n=step.get("up_to"), share=_percent(step.get("credit")))
            for step in told.get("by_count") or []
        ],
        gates=[(gate.text, gate.fired) for gate in sheet.gates],
        verified="".join(
            wording.text("page", key, n=len(items), ok=sum(known))
            for key, items, known in (
                ("clauses_verified", cited, [item.verified for item in cited]),
                ("bases_verified", based, [item.basis_verified for item in based]),
            )
            if items
        ),
    )


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{key} {_flat(inner)}" for key, inner in value.items() if inner is not None)
    if isinstance(value, list | tuple):
        return " ".join(_flat(inner) for inner in value)
    return str(value)


def _measured(told: Any) -> Measured | None:
    """Measured figures side by side, a column for each set of labelled reports; None where there are none."""
    told = _mapping(told)
    groups = {key: value for key, value in told.items() if isinstance(value, Mapping)}
    if not groups and told:
        groups = {"": told}
    keys = dict.fromkeys(key for figures in groups.values() for key in figures)
    rows = [(_known(key), [_figure(figures.get(key)) for figures in groups.values()]) for key in keys]
    rows = [(name, values) for name, values in rows if any(values)]
    return Measured([_known(name) for name in groups], rows) if rows else None


def _figure(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _known(key: str) -> str:
    return str(wording.entry("page", "measured").get(key, key))


def document_facts(result: Result) -> list[tuple[str, str]]:
    """What is known of the document, as rows of a table."""
    document = result.document
    known = document.body.powers
    powers = [wording.power(name) for name, value in known.items() if value]
    lacking = [wording.power(name) for name, value in known.items() if value is False]
    unknown = [wording.power(name) for name, value in known.items() if value is None]
    rows: list[tuple[str, object]] = [
        ("title", document.title),
        ("publisher", document.publisher),
        ("level", wording.level(document.level)),
        ("kind", document.body.kind),
        ("report_year", document.report_year),
        ("doc_type", wording.label("doc_types", document.doc_type)),
        ("stage", wording.label("stages", document.stage)),
        ("addressee", document.addressee),
        ("signed_on", document.signed_on),
        ("filed_on", document.filed_on),
        ("published_on", document.published_on),
        ("characters", document.characters),
        ("powers", "、".join(powers)),
        ("powers_not", "、".join(lacking)),
        ("powers_unknown", "、".join(unknown)),
        ("source", document.source.path),
        ("format", document.source.format),
        ("sha256", document.source.sha256),
        ("tool", f"{result.tool.name} {result.tool.version}"),
        ("generated_at", result.generated_at),
    ]
    unknown_word = wording.text("page", "unknown")
    always = {"publisher", "level", "report_year", "signed_on", "filed_on", "published_on"}
    return [
        (wording.text("page", "facts", key), str(value) if value else unknown_word)
        for key, value in rows
        if value or key in always
    ]


def form_facts(result: Result) -> list[tuple[str, str]]:
    """The facts of form and the shares beside them, in words."""
    words = {True: "yes", False: "no", None: "does_not_apply"}
    rows = [
        (wording.label("form", key), wording.text("page", words[value])) for key, value in result.form.items()
    ]
    for key, number in result.substance.items():
        if number is not None:
            shown = f"{number:.0f}" if key.endswith("characters") else _percent(number)
            name = wording.entry("page", "substance").get(key, key)
            rows.append((str(name), shown))
    return rows
