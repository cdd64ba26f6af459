"""Title, publisher, level, year, kind, dates and addressee from the dirtiest openings."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.document.assemble import understand
from audit.document.bodies import standing
from audit.document.facts import find_facts
from audit.document.model import Facts, Text
from audit.document.normal import normalise
from audit.document.paragraphs import divide

DATA = Path(__file__).parent.parent / "data"
KEYS = ("publisher", "level", "report_year", "doc_type", "signed_on", "published_on", "addressee")


def read(text: str, hints: dict[str, str] | None = None) -> Facts:
    norm = normalise(text)
    return find_facts(text, norm, divide(text, norm), hints or {})


def openings() -> list[dict[str, Any]]:
    lines = (DATA / "openings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def made_up() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((DATA / "openings-made-up.yaml").read_text(encoding="utf-8"))
    return cases


def labelled() -> list[str]:
    return sorted(path.stem for path in (DATA / "labelled" / "labels").glob("*.json"))


@pytest.mark.parametrize("case", openings(), ids=lambda case: case["id"])
def test_openings(case: dict[str, Any]) -> None:
    facts = read(case["text"])
    assert {key: getattr(facts, key) for key in KEYS} == {key: case["meta"][key] for key in KEYS}


@pytest.mark.parametrize("case", made_up(), ids=lambda case: case["id"])
def test_openings_made_up(case: dict[str, Any]) -> None:
    facts = read(case["text"])
    want = {key: case["want"].get(key) for key in KEYS}
    want.update({key: str(want[key]) for key in ("signed_on", "published_on") if want[key]})
    got = {key: getattr(facts, key) for key in KEYS}
    if want["publisher"] is None:
        got["publisher"] = None
    assert got == want


@pytest.mark.parametrize("name", labelled())
def test_labelled_reports(name: str) -> None:
    label = json.loads((DATA / "labelled" / "labels" / f"{name}.json").read_text(encoding="utf-8"))
    text = (
        (DATA / "labelled" / "reports" / f"{name}.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    )
    facts = read(text)
    assert {key: getattr(facts, key) for key in KEYS} == {key: label["meta"][key] for key in KEYS}


STANDINGS = """
云岭省人民政府 province 政府
西藏自治区人民政府 province 政府
上海市人民政府 province 政府
新疆生产建设兵团 province 政府
贵阳市人民政府 city 政府
景德镇市人民政府 city 政府
延边朝鲜族自治州人民政府 city 政府
查干诺尔盟行政公署 city 政府
大兴安岭地区行政公署 city 政府
清镇市人民政府 county 政府
贵州省清镇市人民政府 county 政府
珲春市人民政府 county 政府
重庆市武隆区人民政府 county 政府
浦东新区人民政府 county 政府
雾岭瑶族自治县人民政府 county 政府
乌兰塔拉旗人民政府 county 政府
神农架林区人民政府 county 政府
重庆两江新区管理委员会 zone 管委会
云岭高新技术产业开发区管理委员会 zone 管委会
泰山风景名胜区管理委员会 zone 管委会
北京市城市管理委员会 department 部门
云岭省国有资产监督管理委员会 department 部门
国家税务总局青溪县税务局 department 部门
高新区管委会应急管理局 department 部门
青溪县人民政府办公室 department 部门
临淮区人民政府沅陵街道办事处 township 街道
石塘坳瑶族乡人民政府 township 乡镇
太平镇人民政府 township 乡镇
巴彦淖苏木人民政府 township 乡镇
岚溪市人民法院 - 法院
怀岭市人民代表大会常务委员会 - 人大
"""


@pytest.mark.parametrize("line", STANDINGS.strip().split("\n"))
def test_standing(line: str) -> None:
    name, level, kind = line.split()
    got = standing(name, "", None)
    assert (got.level or "-", got.kind) == (level, kind)


def test_a_city_is_placed_by_the_text_where_no_list_knows_it() -> None:
    above = normalise("2023年，云汀市在沧澜市委、市政府的领导下推进法治建设，12个镇（街道）全部完成任务。")
    below = normalise("2023年，云汀市在省委、省政府领导下推进法治建设，9个县（市、区）全部完成任务。")
    alone = normalise("2023年，云汀市各区和市级部门推进法治建设，16个区全部完成任务。")
    assert standing("云汀市人民政府", above, None).level == "county"
    assert standing("云汀市人民政府", below, None).level == "city"
    assert standing("云汀市人民政府", alone, None).level == "province"
    assert standing("云汀市人民政府", "", "沧澜市人民政府").level == "county"
    assert standing("云汀市人民政府", "", "省人民政府").level == "city"


def test_hints_serve_only_where_the_text_is_silent() -> None:
    text = (
        "2023年，松岗县人民政府坚持依法行政，法治政府建设取得新成效，现将有关情况报告如下。\n一、主要工作\n"
    )
    hints = {
        "title": "松岗县2023年度法治政府建设情况报告_松岗县人民政府",
        "published_on": "2024-03-01",
        "from_web": "1",
    }
    facts = read(text, hints)
    assert facts.title == "松岗县2023年度法治政府建设情况报告"
    assert facts.published_on == "2024-03-01"
    assert facts.stage == "published"
    assert len(facts.notes) == 2
    told = read("松岗县2023年度法治政府建设情况报告\n发布日期：2024-02-01\n" + text, hints)
    assert told.published_on == "2024-02-01"
    assert told.notes == ()


def test_stage() -> None:
    body = "2025年，柳渡县人民政府坚持依法行政，现将情况报告如下。\n一、主要举措\n"
    assert read("柳渡县人民政府2025年度法治政府建设情况报告（征求意见稿）\n" + body).stage == "draft"
    assert read("柳渡县人民政府2025年度法治政府建设情况报告\n" + body).stage == "filed"
    assert (
        read("柳渡县人民政府2025年度法治政府建设情况报告\n发布日期：2026-01-20\n" + body).stage == "published"
    )


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "：", "年", "关于", "2023年", "（2023年13月40日）", "报告" * 3000, "\n".join("市" * 500)],
)
def test_odd_texts_give_facts_and_no_error(text: str) -> None:
    start = time.perf_counter()
    assert read(text).signed_on is None
    assert time.perf_counter() - start < 1


def test_a_title_in_the_box_of_a_page_is_told_without_its_label() -> None:
    box = "- 发布机构:永宁镇\n- 标 题:永宁镇2025年度法治政府建设情况报告\n"
    body = "2025年,永宁镇扎实推进法治政府建设。\n一、主要举措\n"
    assert read(box + body).title == "永宁镇2025年度法治政府建设情况报告"
    assert read(box + "永宁镇2025年度法治政府建设情况报告\n" + body).publisher == "永宁镇人民政府"


def test_a_title_that_the_text_runs_on_from() -> None:
    facts = read(
        "某县 2025 年度法治政府建设情况报告2025 年,全县推进依法行政,成效明显。一、组织领导。开会3次。二、执法。"
    )
    assert facts.title == "某县 2025 年度法治政府建设情况报告"
    assert facts.report_year == 2025


@pytest.mark.parametrize(
    ("title", "signed"),
    [
        ("临平高新区管委会", "临平高新技术产业开发区管理委员会"),
        ("西河经开区管委会", "西河经济技术开发区管理委员会"),
        ("江屿区柳渡街道办事处", "江屿区人民政府柳渡街道办事处"),
    ],
)
def test_a_short_name_is_spelt_out_as_it_is_signed(title: str, signed: str) -> None:
    text = f"{title}2024年度法治政府建设工作报告\n\n一、主要工作\n全年开展普法活动12场。\n\n{signed}\n2025年1月8日\n"
    assert understand(Text(text)).facts.publisher == signed
