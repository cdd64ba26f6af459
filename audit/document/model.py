"""What is known of a report before any checklist is asked.

All offsets count Unicode code points in `Text.text`, the very text that
`fazhi-audit text` prints; every `start:end` is half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["opening", "achievements", "responsible", "problems", "plan", "closing", "noise"]
"""What a passage of a report is there for (labelling.md, "Where in the report")."""

Level = Literal["province", "city", "county", "zone", "department", "township"]
DocType = Literal["annual-report", "congress-report", "other"]
Stage = Literal["draft", "filed", "published"]
Modality = Literal["done", "future", "fault"]
"""done: told as finished or standing; future: promised; fault: admitted as lacking."""

QuantityKind = Literal["level", "change", "ordinal", "date", "name", "docno", "duration", "money"]
"""level: a figure that measures something; change: 同比增长25%, 上升5.2个百分点;
ordinal: 第三次; date: dates, years, times of day; name: digits inside a name
(“八五”, “1+7+N”, 三项制度, 双随机); docno: 〔2020〕27号, 第十二条;
duration: 15日内, 4小时, 5个工作日; money: 460万元."""


class Span(NamedTuple):
    """A place in the text."""

    start: int
    end: int


class Block(NamedTuple):
    """A paragraph or a table row as the format gave it.

    Attributes:
        start: first offset.
        end: offset after the last character, the line end excluded.
        kind: `paragraph`, `heading`, `row` (a table row), `note` (a footnote), `box` (a text box).
        level: rank of a heading where the format knows it (1 is the highest), else 0.
        source_index: number of the paragraph in the source (docx), counted from 1, else 0.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    source_index: int = 0


class Page(NamedTuple):
    """A page of a paged format."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader returns.

    Attributes:
        text: the text that all offsets refer to; lines end in `\\n`.
        format: `txt`, `docx`, `pdf`, `html`, `doc`, `wps`, `ofd`, `odt`, `rtf`.
        blocks: the blocks that the format knows, in order; empty for plain text (every line is one).
        pages: the pages, empty where the format has none.
        hints: facts that only the format knows and that serve where the text is silent:
            `title` (docx core title, html title), `published_on` (ISO date from html meta),
            `site` (name of a web site), `from_web` ("1" for html).
        noise: spans that the reader knows to be web-page residue but keeps in the text.
    """

    text: str
    format: str = "txt"
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    hints: dict[str, str] = field(default_factory=dict)
    noise: tuple[Span, ...] = ()


class Quantity(NamedTuple):
    """A number in the text, with its unit.

    Attributes:
        start: where the number (or its leading 近、约、超过) begins.
        end: where the unit and its trailing 余、多、以上 end.
        value: the plain number: 90.45, 28000, 0. 七成 is 70 with unit `%`; 三分之一 is 33.33.
        unit: `%` for rates, `个百分点`, a measure word (件、份、名、人次、场、万元→元 with value scaled …),
            `年`/`月`/`日` for dates, or "" where no unit is known.
        approx: 余、多、近、约、超过、以上、不少于 and kin.
        kind: see `QuantityKind`.
        number_start: where the digits begin.
        number_end: where the digits (with 万、亿) end, before the unit.
        implied: the figure is in words only (全覆盖, 全部, 均, 件件, 零, 没有一起): value 100 or 0.
    """

    start: int
    end: int
    value: float
    unit: str
    approx: bool
    kind: QuantityKind
    number_start: int
    number_end: int
    implied: bool = False


class Paragraph(NamedTuple):
    """A line of the text with what its shape says.

    Attributes:
        start: first offset.
        end: offset after the last character.
        kind: `heading` (a numbered or ranked heading standing alone), `lead` (a numbered heading
            followed by running text in the same line), `text`, `row`, `noise`.
        level: rank of the heading: 1 for 一、, 2 for (一), 3 for 1. or 一是, 4 for (1); 0 if none.
        number: the number as written, e.g. `(一)`, `一、`, `1.`; "" if none.
        heading_end: for `heading` and `lead` the offset after the heading's words; else `start`.
    """

    start: int
    end: int
    kind: str
    level: int
    number: str
    heading_end: int


class Part(NamedTuple):
    """A passage with one role. Parts cover the text in order without overlap."""

    role: Role
    heading: str
    start: int
    end: int


class Clause(NamedTuple):
    """A stretch between commas, semicolons or full stops (、 does not divide).

    Attributes:
        start: first offset.
        end: offset after the last character, the dividing mark excluded.
        sentence: index into `Document.sentences`.
        role: the role of the part that it stands in.
        modality: see `Modality`; in parts with role `plan` always `future`, in `problems` always `fault`.
        cue: the words that decided a modality other than the part's own, if any.
        heading: the clause is (part of) a heading.
        earlier: the clause tells of a year before the one reported on, so that its figures measure nothing here.
        under_way: the clause tells of something not finished (正在编制), which is no act.
    """

    start: int
    end: int
    sentence: int
    role: Role
    modality: Modality
    cue: Span | None
    heading: bool
    earlier: bool = False
    under_way: bool = False


class Sentence(NamedTuple):
    """A stretch that ends with 。；！？ or a line end.

    Attributes:
        start: first offset.
        end: offset after the last character.
        first_clause: index of its first clause.
        last_clause: index after its last clause.
        paragraph: index into `Document.paragraphs`.
        item: index of the sentence that opens the list item (一是…, (二)…) that this sentence belongs to,
            its own index where it opens one, -1 where there is none. The words of that opening sentence
            are the matter of the item: “二是加强行政复议工作。…办结23件案件”.
    """

    start: int
    end: int
    first_clause: int
    last_clause: int
    paragraph: int
    item: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Document facts (labelling.md, "About the document"); dates in ISO form.

    Attributes:
        title: the title line(s), joined, or None.
        notes: remarks where a fact was taken from what only the format knows.
    """

    title: str | None = None
    publisher: str | None = None
    level: Level | None = None
    kind: str | None = None
    report_year: int | None = None
    doc_type: DocType = "other"
    signed_on: str | None = None
    published_on: str | None = None
    addressee: str | None = None
    stage: Stage = "filed"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report, read and divided.

    Attributes:
        text: as in `Text`.
        norm: the same length as `text`, with full-width letters, digits and punctuation made half-width
            (`，`→`,` `（`→`(` `：`→`:` `％`→`%`), so that one rule fits both; offsets agree.
    """

    source: Text
    text: str
    norm: str
    facts: Facts
    parts: tuple[Part, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
