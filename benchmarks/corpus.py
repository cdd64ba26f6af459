"""Makes N lifelike, different reports whose right results are known.

    python -m benchmarks.corpus 3000 FOLDER [--seed 7] [--year 2024]

FOLDER gets `reports/*.txt`, `roster.csv` and `planted.json`: for every report the verdict of every item of
the outline and of the statutory checklist, and who has not filed, filed late, or filed another document.
Names, figures and order are made up; what is left out is drawn by lot and written down. Each planted sentence
stands in a paragraph of its own, so that what it says is not coloured by its neighbours.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
OUTLINE = "outline-2021-2025"
SHARES = {"full": 0.62, "weak": 0.12, "plan_only": 0.06, "shortfall_only": 0.0, "absent": 0.20}
"""How often an item is planted with each verdict, where sentences for it are at hand."""
MISSING, LATE, UNPUBLISHED_LATE, WRONG_KIND, COPIED = 0.04, 0.06, 0.05, 0.01, 0.01

FIRST = "清宁安永长泰平兴福瑞明德和丰嘉庆华阳景云石沙溪松柏梅兰竹荷桐桂槐柳青白碧玉金银锦绣"
SECOND = "河江川源泉湖塘湾岭岗坪坝坡沟浦港渡津桥关城堡寨庄屯台阁亭园林原野洲滩"
TRADES = "茶叶 柑橘 蚕桑 瓷砖 木材 轴承 水泵 家纺 鞋帽 竹编 药材 食用菌 花卉 苗木 水产 粮油 面粉 豆制品 电缆 阀门".split()
WORKS = "河道疏浚 老旧小区改造 农贸集市搬迁 公路改线 水库除险 校舍扩建 管网更新 场镇改造 堤防加固 停车设施建设".split()
MANNERS = (
    "各单位分工协作,按月调度进展。", "有关部门逐项对账,按季通报进度。", "坚持边干边总结,遇到问题及时会商。",
    "相关做法写入了年度总结,供各单位互相参考。", "工作中注意听取一线同志的想法,做法不断完善。",
    "任务分解到人,推进情况每月见面。", "有关材料已经整理归档,便于日后查阅。", "各乡镇反映良好,工作秩序进一步好转。",
)  # fmt: skip
TITLES = (
    "夯实基础,稳步推进",
    "紧扣重点,精准发力",
    "突出实效,改进作风",
    "上下联动,形成合力",
    "抓住关键,以点带面",
    "常抓不懈,久久为功",
    "细化举措,压茬推进",
    "对标先进,补齐短板",
)
SPECIFIC = (
    "{n}个乡镇的材料报送不及时,最长的拖了{m}天。", "有{n}个村的台账不全,补录工作到年底仍剩{m}户。",
    "{place}片区的工作进度偏慢,全年只完成计划的{p}%。",
)  # fmt: skip
GENERAL = ("工作力度还需加大。", "个别单位重视程度有待提高。", "工作的均衡性还不够好。")
CAUSES = ("出现上述不足,主要原因是人手紧张,统筹不够。", "这些不足的原因是工作谋划不细,跟踪问效不及时。")


@dataclass(slots=True)
class Planted:
    """One made-up report and what is right for it."""

    body: str
    file: str
    text: str
    verdicts: dict[str, str] = field(default_factory=dict)
    statutory: dict[str, str] = field(default_factory=dict)
    filed: str = ""
    published: str = ""
    state: str = "filed"
    copied_from: str = ""


@cache
def parts() -> dict[str, dict[str, list[str]]]:
    """Sentences by indicator and grade."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (ROOT / "benchmarks/parts.yaml").read_text("utf-8")
    )
    return found


@cache
def requires() -> dict[str, str]:
    """Item of the outline → what a county needs for full credit; items for other bodies are left out."""
    file = ROOT / "checklists" / "instruments" / f"{OUTLINE}.yaml"
    wanted = {}
    for group in yaml.safe_load(file.read_text("utf-8"))["groups"]:
        for item in group["items"]:
            if "X" not in item.get("for", "PCXZ"):
                continue
            need = item.get("requires", "data")
            if isinstance(need, dict):
                need = next(value for letters, value in need.items() if "X" in letters)
            wanted[item["indicator"]] = need
    return wanted


def names(count: int, chance: random.Random) -> list[str]:
    """Different names of counties."""
    pool = [a + b for a in FIRST for b in SECOND]
    chance.shuffle(pool)
    longer = [a + b + c for a in FIRST[:20] for b in SECOND for c in "东西南北新"]
    chance.shuffle(longer)
    return [f"{name}县" for name in (pool + longer)[:count]]


def vary(sentence: str, chance: random.Random) -> str:
    """Other figures in a sentence, where no sum and no rate depends on them."""
    found = list(re.finditer(r"(?<![\d.第“十])\d{2,6}(?![\d.%年月日号]|个百分点)", sentence))
    if not found or len(found) > 2 or re.search(r"其中|共|[%率]|均|全部|总", sentence):
        return sentence
    for match in reversed(found):
        value = max(11, round(int(match[0]) * chance.uniform(0.5, 1.8)))
        sentence = sentence[: match.start()] + str(value) + sentence[match.end() :]
    return sentence


def _grade(verdict: str, need: str, known: dict[str, list[str]], chance: random.Random) -> str | None:
    """The grade of sentence that gives a verdict; None where no such sentence is at hand."""
    options = {
        "full": ["data"] if need == "data" else ["data", "action"],
        "weak": ["action", "mention"] if need == "data" else ["mention"],
        "plan_only": ["plan"],
        "shortfall_only": ["shortfall"],
        "absent": [],
    }[verdict]
    there = [grade for grade in options if known.get(grade)]
    return chance.choice(there) if there else None


def make(body: str, year: int, chance: random.Random) -> Planted:
    """One report."""
    place, trade = chance.choice(FIRST) + chance.choice(SECOND), chance.choice(TRADES)
    one = Planted(body + "人民政府", "", "")
    done: list[str] = []
    plans: list[str] = []
    for item, need in requires().items():
        known = parts().get(item, {})
        wanted = chance.choices(list(SHARES), list(SHARES.values()))[0]
        grade = _grade(wanted, need, known, chance)
        one.verdicts[item] = wanted if grade else "absent"
        if grade == "plan":
            plans.append(vary(chance.choice(known["plan"]), chance))
        elif grade:
            done.append(vary(chance.choice(known[grade]), chance))
    chance.shuffle(done)
    own = f"{body}以{place}片区{chance.choice(WORKS)}和{trade}园区建设为牵引,{chance.choice(MANNERS)}"
    lines = [
        f"{body}人民政府",
        f"{year}年度法治政府建设情况报告",
        "",
        f"现将{year}年度法治政府建设情况报告如下。",
        "",
    ]
    lines.append("一、主要工作情况")
    titles = chance.sample(TITLES, 5)
    size = -(-len(done) // len(titles))
    for number, title in enumerate(titles):
        lines.append(f"({'一二三四五'[number]}){title}")
        if number == 0:
            lines.append(own)
        group = done[number * size : (number + 1) * size]
        lines += [sentence + "".join(chance.sample(MANNERS, chance.choice((1, 2, 2)))) for sentence in group]
        if not group:
            lines.append(chance.choice(MANNERS))
    lines += _rest(one, body, year, plans, place, chance)
    one.text = "\n".join(lines) + "\n"
    return one


def _rest(
    one: Planted, body: str, year: int, plans: list[str], place: str, chance: random.Random
) -> list[str]:
    """The parts after the achievements, what is missing of them, and the dates."""
    number = iter("二三四五")
    lines: list[str] = []
    said = one.statutory
    said["part-achievements"] = "full"
    if chance.random() < 0.93:
        said["part-responsible"] = one.verdicts["first-responsible"] = "full"
        months = sorted(chance.sample(range(1, 13), 2))
        lines.append(f"{next(number)}、党政主要负责人履行推进法治建设第一责任人职责情况")
        lines.append(
            f"{months[0]}月,县委书记主持召开县委常委会会议,听取法治政府建设情况汇报。{months[1]}月,县长主持召开县政府常务会议,研究法治政府建设工作。"
        )
    else:
        said["part-responsible"] = one.verdicts["first-responsible"] = "absent"
    if chance.random() < 0.95:
        specific, causes = chance.random() < 0.8, chance.random() < 0.8
        said["part-problems"] = "full" if specific else "weak"
        said["problem-causes"] = "full" if causes else "absent"
        lines.append(f"{next(number)}、存在的不足" + ("和原因" if causes else ""))
        fill = {
            "n": chance.randint(2, 9),
            "m": chance.randint(3, 40),
            "p": chance.randint(40, 80),
            "place": place,
        }
        faults = [chance.choice(GENERAL)] + ([chance.choice(SPECIFIC).format(**fill)] if specific else [])
        lines += [f"{'一二'[i]}是{fault}" for i, fault in enumerate(faults)]
        lines += [chance.choice(CAUSES)] if causes else []
    else:
        said["part-problems"] = said["problem-causes"] = "absent"
    if plans or chance.random() < 0.9:
        said["part-plan"] = "full"
        lines.append(f"{next(number)}、{year + 1}年工作安排")
        lines += ["明年将继续努力,把各项任务抓细抓实。", *plans]
    else:
        said["part-plan"] = "absent"
    late, unpublished = chance.random() < LATE, chance.random() < UNPUBLISHED_LATE
    one.filed = (
        f"{year + 1}-03-{chance.randint(2, 20):02d}" if late else f"{year + 1}-02-{chance.randint(3, 27):02d}"
    )
    one.published = (
        f"{year + 1}-04-{chance.randint(2, 28):02d}"
        if unpublished
        else f"{year + 1}-03-{chance.randint(21, 30):02d}"
    )
    said["filed-on-time"] = "absent" if late else "full"
    said["published-on-time"] = "absent" if unpublished else "full"
    return [*lines, "", f"{body}人民政府", f"{year + 1}年1月{chance.randint(5, 28)}日"]


def generate(count: int, seed: int = 7, year: int = 2024) -> list[Planted]:
    """`count` bodies with their reports; some have none (state `missing`, no text)."""
    chance = random.Random(seed)
    out: list[Planted] = []
    for number, body in enumerate(names(count, chance), start=1):
        one = make(body, year, chance)
        one.file = f"{number:05d}-{body}.txt"
        luck = chance.random()
        if luck < MISSING:
            one.state, one.text, one.verdicts, one.statutory, one.filed, one.published = (
                "missing",
                "",
                {},
                {},
                "",
                "",
            )
        elif luck < MISSING + WRONG_KIND:
            one.state, one.verdicts, one.statutory = "wrong_type", {}, {}
            one.text = f"{body}人民政府\n{year}年政府信息公开工作年度报告\n\n一、总体情况\n本年度工作有序开展。\n二、主动公开情况\n按时更新各栏目。\n\n{year + 1}年1月20日\n"
        elif luck < MISSING + WRONG_KIND + COPIED and (
            source := next(
                (o for o in reversed(out) if o.text and not o.copied_from and o.state == "filed"), None
            )
        ):
            one.copied_from = source.body
            passage = copied(chance)
            for each in (source, one):
                head, mark, tail = each.text.partition("(二)")
                each.text = f"{head}{passage}\n{mark}{tail}"
        out.append(one)
    return out


def copied(chance: random.Random) -> str:
    """A paragraph that two bodies will share: long, and of words that no other report uses."""
    words = [chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(TRADES) for _ in range(9)]
    clauses = [
        f"把{words[0]}老街的搬迁协调当作全年的难事", f"逐户走访{words[1]}的住户并说明安排", f"在{words[2]}搭起临时摊位",
        f"{words[3]}的摊主先行过渡", f"{words[4]}的旧棚入秋后拆完", f"{words[5]}一带的通行由此顺畅",
        f"{words[6]}的老人另派专人陪同看房", f"{words[7]}剩下的货品由村里代为保管", f"{words[8]}的水电表箱赶在雨季前迁好",
    ]  # fmt: skip
    chance.shuffle(clauses)
    return ",".join(clauses) + "。"


def write(found: list[Planted], folder: Path, year: int) -> None:
    """Writes reports, roster and what was planted."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    with (folder / "roster.csv").open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["序号", "单位", "层级", "类别", "上级", "报送日期", "公开日期"])
        for number, one in enumerate(found, start=1):
            rows.writerow(
                [number, one.body, "县级", "政府", f"第{number % 20 + 1}片区", one.filed, one.published]
            )
    for one in found:
        if one.text:
            (folder / "reports" / one.file).write_text(one.text, encoding="utf-8")
    planted: list[dict[str, Any]] = [
        {"body": o.body, "file": o.file, "state": o.state, "filed": o.filed, "published": o.published,
         "outline": o.verdicts, "statutory": o.statutory, "copied_from": o.copied_from}
        for o in found
    ]  # fmt: skip
    content = json.dumps({"year": year, "outline": OUTLINE, "reports": planted}, ensure_ascii=False, indent=0)
    (folder / "planted.json").write_text(content, encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--year", type=int, default=2024)
    given = parser.parse_args()
    write(generate(given.count, given.seed, given.year), given.folder, given.year)


if __name__ == "__main__":
    main()
