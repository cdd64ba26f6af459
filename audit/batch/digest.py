"""素材摘编: for each item what every body wrote, with its source, and the figures with their scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from audit import wording
from audit.batch import tables as t
from audit.batch.overview_data import table_of
from audit.batch.overview_xlsx import Book
from audit.batch.store import Store
from audit.data import load_yaml
from audit.errors import UsageError

SMALL = 14
"""Size of the digest's text in points (四号)."""
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Source:
    """A report that counts, in the roster's order."""

    report: int
    body: str
    table: str
    page: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a body."""

    source: Source
    sentence: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a body with its scope."""

    source: Source
    name: str
    value: float
    unit: str
    scope: str
    approx: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Counts of one scope added up over bodies of one kind; rates are never added."""

    table: str
    name: str
    scope: str
    bodies: int
    total: float
    approx: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """One item with everything said of it."""

    id: str
    title: str
    said: list[Said]
    values: list[Value]
    sums: list[Sum]


def sources(store: Store, year: int) -> dict[int, Source]:
    """The reports that count for a year, in the roster's order."""
    f, b, r = t.filings.c, t.bodies.c, t.reports.c
    query = (
        select(f.report, b.name, r.level, r.enforces, r.name.label("page"))
        .join(t.bodies, b.id == f.body)
        .join(t.reports, r.id == f.report)
        .where(f.year == year, f.state == "filed")
        .order_by(b.sort_order.is_(None), b.sort_order, b.name)
    )
    titles = {table["id"]: table["title"] for table in load_yaml("batch.yaml")["tables"]}
    return {
        x.report: Source(
            x.report,
            x.name,
            titles[table_of(x.level, x.name, None if x.enforces is None else bool(x.enforces))],
            x.page,
        )
        for x in store.rows(query)
    }


def topics(store: Store, year: int, wanted: Sequence[str] = ()) -> Iterator[Topic]:
    """The items one after another, those without any sentence left out.

    Args:
        store: the store.
        year: reported on.
        wanted: indicator ids or titles; none: all.

    Raises:
        UsageError: no such item, or no reports of that year.
    """
    found = sources(store, year)
    if not found:
        years = "、".join(map(str, store.years())) or "无"
        raise UsageError(f"结果库中没有 {year} 年度的报告", store.shown, f"已有年度:{years}")
    titles = _titles(store)
    ids = _wanted(wanted, titles)
    for name in ids:
        said = list(_said(store, name, found))
        values = list(_values(store, name, found))
        if said or values:
            yield Topic(name, titles[name], said, values, sums(values))


def _titles(store: Store) -> dict[str, str]:
    q = t.requirements.c
    order = {"outline": 0, "other": 1, "statutory": 2, "editorial": 3}
    rows = list(
        store.rows(
            select(q.indicator, q.title, q.kind, q.checklist, q.version, q.number).where(
                q.indicator.is_not(None)
            )
        )
    )
    rows.sort(key=lambda x: (order.get(x.kind, 9), _newest(x.checklist), x.checklist, x.number))
    return {x.indicator: x.title for x in _first(rows)}


def _newest(checklist: str) -> tuple[int, ...]:
    """Sorts outlines of later years first."""
    import re

    return tuple(-int(n) for n in re.findall(r"\d+", checklist)) or (0,)


def _first(rows: list[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for row in rows:
        if row.indicator not in seen:
            seen.add(row.indicator)
            yield row


def _wanted(wanted: Sequence[str], titles: dict[str, str]) -> list[str]:
    if not wanted:
        return list(titles)
    by_title = {title: name for name, title in titles.items()}
    out = []
    for said in wanted:
        name = said if said in titles else by_title.get(said)
        if name is None:
            near = [title for title in by_title if said in title]
            if len(near) != 1:
                raise UsageError(
                    f"没有事项“{said}”",
                    "",
                    "请写事项的标识或名称,如 head-appearance 或 行政机关负责人出庭应诉",
                )
            name = by_title[near[0]]
        out.append(name)
    return out


def _said(store: Store, indicator: str, found: dict[int, Source]) -> Iterator[Said]:
    c = t.evidence.c
    held: dict[int, list[str]] = defaultdict(list)
    query = (
        select(c.report, c.sentence)
        .where(c.indicator == indicator, c.strength.in_(["data", "action"]))
        .order_by(c.report, c.number)
    )
    for report, sentence in store.rows(query):
        if report in found and sentence and sentence not in held[report]:
            held[report].append(sentence)
    for report, source in found.items():
        for sentence in held.get(report, ()):
            yield Said(source, sentence)


def _values(store: Store, indicator: str, found: dict[int, Source]) -> Iterator[Value]:
    c = t.metrics.c
    held: dict[int, list[Any]] = defaultdict(list)
    for x in store.rows(
        select(c.report, c.key, c.value, c.unit, c.scope, c.approx, c.mixed, c.quote)
        .where(c.indicator == indicator)
        .order_by(c.report, c.number)
    ):
        if x.report in found:
            held[x.report].append(x)
    for report, source in found.items():
        for x in held.get(report, ()):
            scope = "合并计数" if x.mixed else "总体" if x.scope == "all" else x.scope
            yield Value(
                source, wording.label("metrics", x.key), x.value, x.unit, scope, bool(x.approx), x.quote or ""
            )


def sums(values: Sequence[Value]) -> list[Sum]:
    """Adds up counts of one metric, one scope and one kind of body; a body that gives two different levels is left out."""
    groups: dict[tuple[str, str, str], dict[int, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        if value.unit == "count" and value.scope != "合并计数":
            groups[value.source.table, value.name, value.scope][value.source.report].append(value)
    out = []
    for (table, name, scope), bodies in groups.items():
        single = [found[0] for found in bodies.values() if len({v.value for v in found}) == 1]
        if len(single) > 1:
            out.append(
                Sum(
                    table,
                    name,
                    scope,
                    len(single),
                    sum(v.value for v in single),
                    any(v.approx for v in single),
                )
            )
    return out


def number(value: float, approx: bool = False, unit: str = "count") -> str:
    """A figure as it is printed."""
    said = f"{value:.4f}".rstrip("0").rstrip(".")
    return ("约" if approx else "") + said + ("%" if unit == "percent" else "")


def page(found: Sequence[Topic], year: int) -> bytes:
    """The digest as one HTML page."""
    from jinja2 import FileSystemLoader

    from audit.report.pages import environment

    content = environment(FileSystemLoader(TEMPLATES)).get_template("digest.html.j2").render(
        topics=found, year=year, number=number, link=lambda stem: quote(stem + ".html"),
        remark=wording.standing_remark(), unreviewed=wording.unreviewed(),
    )  # fmt: skip
    return content.encode("utf-8", "replace")


def workbook(found: Sequence[Topic]) -> bytes:
    """The digest as a workbook: sentences, figures, sums."""
    book = Book()
    said = [
        [p.title, s.source.body, s.source.table, s.sentence, s.source.page] for p in found for s in p.said
    ]
    book.sheet(
        "原句摘编",
        [("metric", "事项"), ("body", "单位"), ("", "类别"), ("quote", "原句"), ("", "来源")],
        said,
    )
    values = [
        [p.title, v.source.body, v.source.table, v.name, v.value, "%" if v.unit == "percent" else "", v.scope, "约数" if v.approx else "", v.quote]
        for p in found for v in p.values
    ]  # fmt: skip
    heads = [
        ("metric", "事项"),
        ("body", "单位"),
        ("", "类别"),
        ("metric", "指标"),
        ("", "数值"),
        ("", "单位"),
        ("", "口径"),
        ("", "约数"),
        ("quote", "原句"),
    ]
    book.sheet("数据", heads, values)
    totals = [
        [p.title, s.table, s.name, s.scope, s.bodies, s.total, "含约数" if s.approx else ""]
        for p in found
        for s in p.sums
    ]
    book.sheet(
        "同口径合计",
        [
            ("metric", "事项"),
            ("", "类别"),
            ("metric", "指标"),
            ("", "口径"),
            ("", "写明的单位数"),
            ("", "合计"),
            ("", "备注"),
        ],
        totals,
    )
    return book.bytes()


def paper(found: Sequence[Topic], year: int) -> bytes:
    """The digest as a .docx, for the office to write from."""
    from audit.report.docx_kit import SECOND, Sheet

    sheet = Sheet(f"{year}年度法治政府建设年度报告素材摘编")
    sheet.title(f"{year}年度法治政府建设年度报告素材摘编", before_word="年度报告")
    sheet.paragraph(
        f"{wording.unreviewed()}。{wording.standing_remark()}", font=SECOND, size=SMALL, pitch=20, after=6
    )
    quoted = _Quoted(sheet)
    for topic in found:
        last = sheet.first(topic.title)
        for each in topic.sums:
            scope = "" if each.scope == "总体" else f"（{each.scope}）"
            last = sheet.paragraph(
                f"{each.table}中有{each.bodies}家写明{each.name}{scope}，合计{number(each.total, each.approx)}。",
                size=SMALL,
                pitch=22,
            )
        quoted.add(last, topic.said)
    return sheet.bytes()


class _Quoted:
    """Adds sentences to the end of a sheet as copies of one paragraph: there are a hundred thousand of them.

    Added one by one, each would be set up anew and its place searched from the beginning.
    """

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.pattern = self._set("头", "文")._p
        self.pattern.getparent().remove(self.pattern)

    def _set(self, head: str, text: str) -> Any:
        return self.sheet.lead(head, text, size=SMALL, pitch=22)

    def add(self, after: Any, said: Sequence[Said]) -> None:
        """Adds them after a paragraph, the last one so far."""
        import copy

        from docx.oxml.ns import qn

        from audit.report.docx_kit import BLANK

        last = after._p
        for each in said:
            words = (f"{each.source.body}：", each.sentence)
            if any(not text.isprintable() or text != text.strip() or BLANK.search(text) for text in words):
                last = self._set(*words)._p
                continue
            made = copy.deepcopy(self.pattern)
            for place, text in zip(made.iter(qn("w:t")), words, strict=True):
                place.text = text
            last.addnext(made)
            last = made
