from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from audit.document.cues import heading_roles, own_roles
from audit.document.model import Part, Span
from audit.document.normal import normalise
from audit.document.paragraphs import divide
from audit.document.roles import find_parts, guess_year

DATA = Path(__file__).parent.parent / "data"
ROLES = {
    "o": "opening",
    "a": "achievements",
    "r": "responsible",
    "p": "problems",
    "f": "plan",
    "c": "closing",
    "n": "noise",
}
MEASURED = {"achievements", "responsible", "problems", "plan"}


def parts_of(text: str, year: int | None = None, noise: tuple[Span, ...] = ()) -> tuple[Part, ...]:
    norm = normalise(text)
    return find_parts(text, norm, divide(text, norm), noise, report_year=year)


def role_at(marks: list[tuple[int, str]], at: int) -> str:
    return [role for start, role in marks if start <= at][-1]


@cache
def made_up() -> dict[str, tuple[int, str, list[tuple[int, str]]]]:
    found = {}
    for block in (DATA / "roles.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        head, body = block.split("\n", 1)
        name, year = head.split()
        text, marks = "", []
        for chunk in re.split("(⟦.⟧)", body):
            if chunk.startswith("⟦"):
                marks.append((len(text), ROLES[chunk[1]]))
            else:
                text += chunk
        found[name] = (int(year), text, marks)
    return found


@pytest.mark.parametrize("name", made_up())
@pytest.mark.parametrize("told", [True, False], ids=["year-known", "year-guessed"])
def test_made_up_reports(name: str, told: bool) -> None:
    year, text, want = made_up()[name]
    parts = parts_of(text, year if told else None)
    have = [(p.start, p.role) for p in parts]
    wrong = [
        (i, role_at(want, i), role_at(have, i), text[i : i + 20])
        for i, c in enumerate(text)
        if not c.isspace() and role_at(want, i) != role_at(have, i)
    ]
    assert not wrong, wrong[0]


@pytest.mark.parametrize("name", made_up())
def test_parts_cover_the_text_in_order(name: str) -> None:
    _, text, _ = made_up()[name]
    parts = parts_of(text)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(a.end == b.start and a.start < a.end for a, b in zip(parts, parts[1:], strict=False))
    assert all(not text[p.start].isspace() for p in parts[1:])


@pytest.mark.parametrize("path", sorted((DATA / "labelled" / "labels").glob("*.json")), ids=lambda p: p.stem)
def test_labelled_reports(path: Path) -> None:
    label = json.loads(path.read_text(encoding="utf-8"))
    raw = (DATA / "labelled" / "reports" / f"{path.stem}.txt").read_bytes()
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    want: list[tuple[int, str]] = []
    for section in label["sections"]:
        at = text.find(section.get("starts_with") or section["heading"], want[-1][0] if want else 0)
        if at >= 0:
            want.append((at, section["role"]))
    have = [(p.start, p.role) for p in parts_of(text, label["meta"]["report_year"])]
    places = [
        i for i, c in enumerate(text) if not c.isspace() and i >= want[0][0] and role_at(want, i) in MEASURED
    ]
    right = sum(role_at(want, i) == role_at(have, i) for i in places)
    assert right / len(places) >= 0.98


@pytest.mark.parametrize(
    ("heading", "year", "roles"),
    [
        ("2023年推进法治政府建设的主要举措和成效", 2023, ("achievements",)),
        ("党政主要负责人履行推进法治建设第一责任人职责,加强法治政府建设情况", 2023, ("responsible",)),
        ("扛牢第一责任,“一把手”带头抓法治公安建设", 2024, ("responsible",)),
        ("主要工作成效和党政主要负责人履职情况", 2024, ("achievements",)),
        ("围绕责任落实,把第一责任人职责担在肩上", 2020, ()),
        ("第一责任人职责落实不到位", 2022, ()),
        ("工作中存在的不足和原因", 2023, ("problems",)),
        ("还差在哪里", 2024, ("problems",)),
        ("坚持问题导向,补齐短板弱项", 2023, ()),
        ("上年度存在问题整改情况", 2023, ("achievements",)),
        ("存在问题及下步工作打算", 2022, ("problems", "plan")),
        ("工作情况、存在问题及下一步打算", 2022, ("achievements", "problems", "plan")),
        ("2025年法治政府建设主要安排", 2024, ("plan",)),
        ("2024年重点工作任务落实情况", 2024, ("achievements",)),
        ("2024年主要举措", 2023, ("plan",)),
        ("2024年主要举措", 2024, ("achievements",)),
        ("下一步重点工作", None, ("plan",)),
        ("努力方向", None, ("plan",)),
        ("简政放权,政府职能进一步转变", 2018, ()),
    ],
)
def test_headings(heading: str, year: int | None, roles: tuple[str, ...]) -> None:
    assert heading_roles(heading, year) == roles


def test_lower_headings_are_read_more_strictly() -> None:
    assert own_roles("补齐存在的短板") == ()
    assert own_roles("存在的主要问题") == ("problems",)
    assert own_roles("优化工作安排") == ()
    assert own_roles("下一步工作打算") == ("plan",)


def test_the_heading_of_a_part_is_the_heading_that_decided() -> None:
    _, text, _ = made_up()["l2-parts-in-one"]
    found = [(p.role, p.heading) for p in parts_of(text, 2020)]
    assert ("responsible", "（二）党政主要负责人履职情况") in found
    assert ("achievements", "一、2020年工作情况") in found
    assert ("opening", "") in found


def test_noise_that_the_reader_knows() -> None:
    text = "智慧门户 掌上通\n临水区2023年法治政府建设报告\n一、工作情况\n审查合同12份。"
    first = parts_of(text, 2023, (Span(0, 8),))[0]
    assert (first.role, text[first.start : first.end].strip()) == ("noise", "智慧门户 掌上通")


def test_nothing_but_blanks() -> None:
    assert [p.role for p in parts_of(" \n\n")] == ["noise"]
    assert parts_of("") == ()


def test_a_single_promise_stays_among_the_results() -> None:
    text = "一、工作情况\n开展讲座6场。下一步将探索线上普法。\n二、存在问题\n人员不足。\n三、下步打算\n加强培训。"
    parts = parts_of(text, 2023)
    assert [p.role for p in parts] == ["achievements", "problems", "plan"]


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("某县2021年度法治政府建设情况报告\n2022年3月1日", 2021),
        ("2023年，我市坚持依法行政。全市2023年办件增长。到2025年建成。", 2023),
        ("法治政府建设报告", None),
    ],
)
def test_guessing_the_year(head: str, year: int | None) -> None:
    assert guess_year(normalise(head)) == year


def test_punctuation_width_changes_no_role() -> None:
    full = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）"})
    for year, text, _ in made_up().values():
        want = [(p.role, p.start, p.end) for p in parts_of(text, year)]
        assert [(p.role, p.start, p.end) for p in parts_of(text.translate(full), year)] == want
