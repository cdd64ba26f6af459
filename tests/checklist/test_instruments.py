"""The shipped instruments and profiles, and what may be wrong with an office's own."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from audit.checklist.instrument_lint import lint_instruments
from audit.checklist.instruments import Instrument, load_instruments, outline_for, published_schema
from audit.checklist.items import ItemSpec
from audit.checklist.profiles import Profile, effective, load_profile, profile_faults
from audit.checklist.rules import LETTERS
from audit.errors import ChecklistError

ALL = load_instruments()
BY_ID = {instrument.id: instrument for instrument in ALL}
LABELS = Path(__file__).parent.parent / "data" / "labelled" / "labels" / "wulong-2020.json"

MINIMAL = """
id: local
title: 某市清单
kind: outline
version: "1"
report_years: [2026, null]
credits:
  data: {data: 1, action: 0.6, mention: 0.2, plan: 0.1, shortfall: 0.2, none: 0}
  action: {data: 1, action: 1, mention: 0.4, plan: 0.2, shortfall: 0.4, none: 0}
groups:
- id: one
  title: 一组
  weight: 60
  items:
  - {indicator: organisation, requires: action, weight: 1}
- id: two
  title: 二组
  weight: 40
  items:
  - {indicator: reconsideration, requires: {PC: data, XZ: action}, weight: 3}
"""


def written(tmp_path: Path, text: str, name: str = "local.yaml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def indicators() -> dict[str, list[str]]:
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["indicators"]
    known: dict[str, list[str]] = {name: [] for name in labels}
    known |= {name: [] for name in load_profile().observed}
    known["leaders-training"] = ["lectures"]
    known["head-appearance"] = ["head_appearance_rate"]
    return known


def test_four_instruments_are_shipped_with_their_items() -> None:
    counts = {instrument.id: len(instrument.specs) for instrument in ALL}
    assert counts == {"editorial": 14, "outline-2015-2020": 55, "outline-2021-2025": 58, "statutory": 7}
    assert {instrument.kind for instrument in ALL} == {"editorial", "outline", "statutory"}


def test_every_indicator_of_the_library_is_asked_for_or_observed() -> None:
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["indicators"]
    asked = {spec.indicator for each in ALL for _, spec in each.specs}
    asked |= {name for each in ALL for name in each.observed}
    assert set(labels) <= asked
    assert len(labels) == 67


def test_numbers_of_clauses_are_not_called_verified_before_they_are() -> None:
    for name in ("outline-2021-2025", "outline-2015-2020"):
        assert not any(spec.verified for _, spec in BY_ID[name].specs)
    assert all(group.verified for group in BY_ID["outline-2021-2025"].groups)
    assert not any(group.verified for group in BY_ID["outline-2015-2020"].groups)
    verified = {spec.key for _, spec in BY_ID["statutory"].specs if spec.verified}
    assert verified == {"published-on-time"}


@pytest.mark.parametrize(
    ("year", "outline", "carried"),
    [
        (2014, None, False),
        (2015, "outline-2015-2020", False),
        (2020, "outline-2015-2020", False),
        (2021, "outline-2021-2025", False),
        (2025, "outline-2021-2025", False),
        (2026, "outline-2021-2025", True),
        (2031, "outline-2021-2025", True),
    ],
)
def test_the_outline_follows_the_year(year: int, outline: str | None, carried: bool) -> None:
    found, on = outline_for(year, ALL)
    assert (found.id if found else None, on) == (outline, carried)


def test_levels_and_evidence_required() -> None:
    specs = {spec.key: spec for _, spec in BY_ID["outline-2021-2025"].specs}
    assert specs["organisation"].levels == "PCXZ"
    assert specs["normative-platform"].levels == "P"
    statement = specs["accountability-statement"]
    assert [statement.needs(level) for level in LETTERS] == [
        "data",
        "data",
        "data",
        "action",
        "action",
        "action",
    ]
    assert statement.needs(None) == "data"
    counts = {letter: sum(letter in s.levels for s in specs.values()) for letter in "PCXZDT"}
    assert counts == {"P": 58, "C": 57, "X": 55, "Z": 48, "D": 32, "T": 19}


def test_shares_are_group_weight_times_weight_over_all_weights_of_the_group() -> None:
    """functions: weight 12, Σ weights 13, power-list 2 → 24/13; leadership: 10, Σ 18, exam 1 → 10/18."""
    outline = BY_ID["outline-2021-2025"]
    shares = dict(zip((spec.key for _, spec in outline.specs), outline.shares, strict=True))
    assert Fraction(shares["power-list"], shares["legal-exam"]) == Fraction(24, 13) / Fraction(10, 18)
    assert Fraction(shares["power-list"], sum(outline.shares)) == Fraction(24, 13) / 100


def test_lint_finds_nothing_in_what_is_shipped() -> None:
    assert lint_instruments(ALL, load_profile(), indicators()) == []


def test_the_example_of_a_local_profile_works() -> None:
    profile = load_profile("example-local")
    assert profile_faults(profile, ALL) == []
    outline = effective(BY_ID["outline-2021-2025"], profile)
    specs = {spec.key: spec for _, spec in outline.specs}
    assert "theory-research" not in specs
    assert specs["head-appearance"].threshold is not None
    assert specs["head-appearance"].threshold.at_least == 90
    assert specs["business-inspection"].levels == "CXD"
    assert outline.sha256 != BY_ID["outline-2021-2025"].sha256
    assert len(outline.shares) == len(outline.specs) == 58
    statutory = {spec.key: spec for _, spec in effective(BY_ID["statutory"], profile).specs}
    deadlines = statutory["filed-on-time"].rule
    assert deadlines is not None and deadlines.kind == "date" and deadlines.deadlines[0].for_ == "T"
    assert effective(BY_ID["editorial"], profile) is BY_ID["editorial"]
    assert profile.judged_share_at_least is None and profile.overall_score


def test_a_profile_lies_over_the_default(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text('id: own\ntitle: 本市\nversion: "1"\noverall_score: false\n', encoding="utf-8")
    profile = load_profile(file)
    assert not profile.overall_score
    assert profile.scheme == {"statutory": 40, "outline": 45, "editorial": 15}
    assert [band.name for band in profile.bands] == ["完备", "较完备", "基本完备", "需补充", "需重点完善"]
    assert profile.sha256 != load_profile().sha256


@pytest.mark.parametrize(
    ("score", "band"), [(100, "完备"), (90, "完备"), (89.99, "较完备"), (60, "需补充"), (0, "需重点完善")]
)
def test_bands(score: float, band: str) -> None:
    assert load_profile().band(score) == band


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bands: [{name: 好, at_least: 60, shape: ●}]", "最后一档从 0 起"),
        ('colours: ["红"]', "请写成 #2f5d50 的样子"),
        ('colours: ["#112233"]', "颜色数与档次数不同"),
        ("scheme: {statutory: 0}", "应大于 0"),
        ("schema: {statutory: 1}", "是否想写“scheme”"),
        ("changes: [{checklist: statutory, item: part-plan, wieght: 2}]", "键 changes[0].wieght:"),
    ],
)
def test_wrong_profiles(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f'id: own\ntitle: 本市\nversion: "1"\n{text}\n', encoding="utf-8")
    with pytest.raises(ChecklistError, match=said.replace("[", r"\[")):
        load_profile(file)


def test_a_profile_that_does_not_exist() -> None:
    with pytest.raises(ChecklistError, match="找不到这个文件"):
        load_profile("no-such-profile")


def test_references_of_a_profile_that_lead_nowhere() -> None:
    change = {"checklist": "statutory", "item": "part-plans"}
    addition = {"checklist": "outline-2030", "item": {"indicator": "x", "requires": "data", "weight": 1}}
    profile = Profile.model_validate(
        {
            "id": "own",
            "title": "本市",
            "version": "1",
            "changes": [change],
            "additions": [addition],
            "scheme": {"statutry": 1},
        }
    )
    found = "\n".join(profile_faults(profile, ALL))
    assert "是否想写“part-plan”" in found
    assert "没有清单“outline-2030”" in found
    assert "键 scheme.statutry:没有这个部分;是否想写“statutory”" in found


def test_an_own_instrument_loads(tmp_path: Path) -> None:
    (instrument,) = load_instruments(written(tmp_path, MINIMAL))
    assert instrument.covers(2030) and not instrument.covers(2025)
    assert instrument.shares == (3, 2)
    assert instrument.groups[0].items[0].key == "organisation"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight: 3}", "weight: 3, fro: PC}", "键 groups[1].items[0].fro:不认识的键“fro”;是否想写“for”"),
        ("weight: 3}", "weight: 3, for: PQ}", "主体“PQ”写法不对;只能由 P C X Z D T 组成且不重复"),
        ("weight: 3}", "weight: 3, for: PCXZD}", "requires 没有写到主体 D"),
        (
            "weight: 3}",
            "weight: 3, clause: 22}",
            "键 groups[1].items[0].clause:应为文字,现为“22”;若确为文字,请加引号",
        ),
        ("weight: 3}", "weight: 0}", "应大于 0"),
        ("weight: 3}", "weight: 3, when: enforce}", "是否想写“enforces”"),
        ("weight: 3}", "weight: 3, threshold: {metric: x}}", "阈值没有上下限"),
        ("XZ: action}", "XZ: act}", "键 groups[1].items[0].requires.XZ:不能是“act”;只能是 data、action"),
        ("XZ: action}", "CX: action}", "requires 里有主体写了两次"),
        ("requires: action, ", "", "引用指标的事项缺少 requires"),
        ("indicator: organisation, requires: action", "title: 甲", "indicator 和 rule 只写一个"),
        ("[2026, null]", "[2026, 2020]", "起始年度晚于截止年度"),
        ("[2026, null]", "[2026]", "键 report_years:条目太少;至少 2 条"),
        ("id: local", "id: 某市", "只能用小写字母、数字和连字符"),
        ("mention: 0.2", "mention: 2", "不大于 1"),
        ("mention: 0.2, ", "", "键 credits.data.mention:缺少“mention”"),
        ("kind: outline", "kind: outlines", "只能是 outline、statutory、editorial、other"),
        ("kind: outline", "sha256: abc\nkind: outline", "不认识的键“sha256”"),
        ("title: 某市清单", "title: 某市清单\ntitle: 又一", "键“title”重复,第 3 行已经写过"),
    ],
)
def test_faults_of_an_own_instrument(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in MINIMAL
    with pytest.raises(ChecklistError) as raised:
        load_instruments(written(tmp_path, MINIMAL.replace(old, new)))
    assert said in str(raised.value)
    for line in raised.value.faults:
        name, row, column, rest = line.split(":", 3)
        assert name.endswith("local.yaml") and int(row) > 0 and int(column) > 0 and ";" in rest


def test_faults_of_all_files_at_once_and_double_ids(tmp_path: Path) -> None:
    written(tmp_path, MINIMAL)
    written(tmp_path, MINIMAL, "other.yaml")
    written(tmp_path, MINIMAL.replace("weight: 3}", "weight: x}"), "third.yaml")
    with pytest.raises(ChecklistError) as raised:
        load_instruments(tmp_path)
    assert len(raised.value.faults) == 2
    assert "other.yaml:2:1: 键 id:“local”已用于" in str(raised.value)
    assert "third.yaml" in str(raised.value)


def test_the_published_schemas_are_whole() -> None:
    from jsonschema import Draft202012Validator

    for model in (Instrument, Profile):
        schema = published_schema(model)
        Draft202012Validator.check_schema(schema)
        assert "sha256" not in schema["properties"]
        assert schema["additionalProperties"] is False


def changed(**update: Any) -> Instrument:
    outline = BY_ID["outline-2021-2025"]
    return Instrument.model_validate(outline.model_dump(by_alias=True) | update)


def test_lint_of_weights_references_and_duplicates() -> None:
    outline = BY_ID["outline-2021-2025"].model_dump(by_alias=True)
    group = outline["groups"][5]
    group["weight"] = 26
    group["items"][0] |= {"weight": 9, "indicator": "mediaton"}
    group["items"][1] |= {"indicator": "reconsideration"}
    group["items"][4]["threshold"] = {"metric": "head_rate", "at_least": 90}
    outline["observed"] = ["organisation", "public-service"]
    outline["gates"] = [
        {"id": "g", "text": "t", "at_most": 60, "when": {"verdict": "absent", "any_of": ["reconsideratio"]}}
    ]
    issues = lint_instruments([Instrument.model_validate(outline)], load_profile(), indicators())
    found = {(issue.code, issue.where.rpartition("/")[2]) for issue in issues}
    assert found >= {
        ("heavy-item", "mediaton"),
        ("weight", "mediaton"),
        ("group-weights", "outline-2021-2025"),
        ("unknown-indicator", "mediaton"),
        ("duplicate-item", "reconsideration"),
        ("unknown-metric", "head-appearance"),
        ("scored-and-observed", "organisation"),
        ("unknown-indicator", "observed"),
        ("unknown-item", "g"),
        ("unasked", "mediation"),
    }
    assert any("是否想写“mediation”" in issue.text for issue in issues)


def test_lint_of_years_levels_and_steps() -> None:
    other = changed(id="later", report_years=[2024, None])
    editorial = BY_ID["editorial"].model_dump(by_alias=True)
    editorial["by_count"] = [{"up_to": 1, "credit": 0.3}, {"up_to": 3, "credit": 0.6}]
    outline = BY_ID["outline-2015-2020"]
    only = [
        g | {"items": [i for i in g["items"] if i["indicator"] == "legislation"]}
        for g in outline.model_dump(by_alias=True)["groups"]
    ]
    small = Instrument.model_validate(
        outline.model_dump(by_alias=True)
        | {"groups": [g for g in only if g["items"]], "report_years": [2015, 2019]}
    )
    broken = [BY_ID["outline-2021-2025"], other, small, Instrument.model_validate(editorial)]
    codes = {issue.code for issue in lint_instruments(broken, load_profile(), indicators())}
    assert codes >= {"years", "empty-level", "steps", "heavy-item"}


def test_an_item_is_either_an_indicator_or_a_rule() -> None:
    with pytest.raises(ValueError, match="缺少 id 或 title"):
        ItemSpec.model_validate({"rule": {"kind": "form", "fact": "has_plan"}, "weight": 1})
