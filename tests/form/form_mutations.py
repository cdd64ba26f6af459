"""Mutations of clean reports: each plants one defect, or changes what is no defect."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from form_corpus import Case, clean

Planted = tuple[str, str, str]
"""The changed report, the kind of the defect, a stretch that shows it."""

HEADING = re.compile(r"^[ \u3000]*[（(]([一二三四五六七八九])[）)][^\n]*", re.MULTILINE)
NUMERALS = "一二三四五六七八九十"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines of running text of the results."""
    stop = re.search(r"^[ \u3000]*[一二三四五][、.][^\n]*(?:问题|不足|差|打算|安排)", text, re.MULTILINE)
    start = re.search(r"^[ \u3000]*一、", text, re.MULTILINE)
    low, high = (start.end() if start else 0), (stop.start() if stop else len(text))
    if high <= low:
        high = len(text) * 2 // 3
    return [
        m.span()
        for m in re.finditer(r"[^\n]{80,}", text)
        if low < m.start() and m.end() < high and m[0].endswith("。")
    ]


def _insert(text: str, sentence: str, rng: random.Random) -> str:
    start, end = rng.choice(_paragraphs(text))
    return text[:end] + sentence + text[end:]


# ── defects ──


def drop_section(text: str, rng: random.Random) -> Planted | None:
    """One (二) with all that it holds is lost."""
    heads = list(HEADING.finditer(text))
    middle = [
        i
        for i in range(1, len(heads) - 1)
        if _follow(heads[i - 1], heads[i]) and _follow(heads[i], heads[i + 1])
    ]
    if not middle:
        return None
    i = rng.choice(middle)
    after = heads[i + 1]
    return text[: heads[i].start()] + text[after.start() :], "numbering", after[0].strip()[:30]


def _follow(one: re.Match[str], two: re.Match[str]) -> bool:
    return NUMERALS.index(two[1]) == NUMERALS.index(one[1]) + 1


def repeat_number(text: str, rng: random.Random) -> Planted | None:
    """One number is written twice."""
    heads = list(HEADING.finditer(text))
    places = [i for i in range(1, len(heads)) if _follow(heads[i - 1], heads[i])]
    if not places:
        return None
    here = heads[rng.choice(places)]
    number = NUMERALS[NUMERALS.index(here[1]) - 1]
    changed = text[: here.start(1)] + number + text[here.end(1) :]
    return changed, "numbering", changed[here.start() : here.end()].strip()[:30]


def drop_item(text: str, rng: random.Random) -> Planted | None:
    """二是…… is lost from a list."""
    found = [
        m
        for m in re.finditer(r"(?:二|三)是[^。；\n]*[。；]", text)
        if re.match(r"\s*[三四]是", text[m.end() : m.end() + 4])
    ]
    if not found:
        return None
    gone = rng.choice(found)
    rest = text[gone.end() : gone.end() + 30]
    return text[: gone.start()] + text[gone.end() :], "numbering", rest.strip()[:14]


def lose_quote(text: str, rng: random.Random) -> Planted | None:
    """One of a pair of quotation marks is lost."""
    pair = rng.choice(list(re.finditer(r"“[^“”\n]{2,14}”", text)))
    at = rng.choice([pair.start(), pair.end() - 1])
    left = text[:at] + text[at + 1 :]
    return left, "punctuation", left[pair.start() : pair.end() - 1]


def lose_title_mark(text: str, rng: random.Random) -> Planted | None:
    """One of a pair of book-title marks is lost."""
    found = list(re.finditer(r"《[^《》\n]{6,40}》", text))
    if not found:
        return None
    pair = rng.choice(found)
    at = rng.choice([pair.start(), pair.end() - 1])
    left = text[:at] + text[at + 1 :]
    return left, "punctuation", left[pair.start() + 1 : pair.end() - 2]


def lose_bracket(text: str, rng: random.Random) -> Planted | None:
    """One of a pair of brackets is lost inside a sentence."""
    found = list(re.finditer(r"(?<=[\u4e00-\u9fff])[(（][^()（）\n]{2,30}[)）](?=[\u4e00-\u9fff，。])", text))
    if not found:
        return None
    pair = rng.choice(found)
    at = rng.choice([pair.start(), pair.end() - 1])
    left = text[:at] + text[at + 1 :]
    return left, "punctuation", left[max(0, pair.start() - 6) : pair.end()]


def lose_full_stop(text: str, rng: random.Random) -> Planted | None:
    """The full stop before 二是 is lost."""
    found = list(re.finditer(r"[\u4e00-\u9fff%％”》]([。；;])([二三四五]是)", text))
    if not found:
        return None
    here = rng.choice(found)
    left = text[: here.start(1)] + text[here.end(1) :]
    return left, "punctuation", left[here.start() - 6 : here.start() + 8]


def add_mobile(text: str, rng: random.Random) -> Planted | None:
    """A person's mobile number at the end."""
    number = f"1{rng.choice('35789')}{rng.randrange(10**9):09d}"
    line = rng.choice(
        [
            f"联系人：陈光明，联系电话：{number}",
            f"（联系人：陈光明 手机：{number}）",
            f"联系人陈光明，{number}",
        ]
    )
    return text.rstrip() + "\n" + line + "\n", "privacy", number


def misname(text: str, rng: random.Random) -> Planted | None:
    """法治政府 becomes 法制政府."""
    found = list(re.finditer("法治政府", text))
    here = rng.choice(found)
    left = text[: here.start()] + "法制政府" + text[here.end() :]
    return left, "name", "法制政府"


def leave_blank(text: str, rng: random.Random) -> Planted | None:
    """A figure becomes ××."""
    found = list(re.finditer(r"(?<=[\u4e00-\u9fff])\d{1,3}(?=件|个|项|次|名|人|场)", text))
    if not found:
        return None
    here = rng.choice(found)
    blank = rng.choice(["××", "XX", "【 】", "___"])
    left = text[: here.start()] + blank + text[here.end() :]
    return left, "placeholder", left[here.start() - 1 : here.start() + len(blank) + 1]


def tell_twice(text: str, rng: random.Random) -> Planted | None:
    """A sentence with a figure is told again elsewhere."""
    paragraphs = _paragraphs(text)
    found = []
    for index, (start, end) in enumerate(paragraphs):
        for m in re.finditer(r"(?<=[。])[^。\n；;]{24,90}\d[^。\n；;]{2,40}。", text[start:end]):
            found.append((index, m[0]))
    if not found or len(paragraphs) < 3:
        return None
    index, sentence = rng.choice(found)
    target = rng.choice([p for i, p in enumerate(paragraphs) if abs(i - index) >= 2] or paragraphs[-1:])
    return text[: target[1]] + sentence + text[target[1] :], "duplicate", sentence[:-1]


def tell_nearly_twice(text: str, rng: random.Random) -> Planted | None:
    """The same with a word changed."""
    made = tell_twice(text, rng)
    if made is None:
        return None
    changed, kind, sentence = made
    other = re.sub(r"^(?:全年|一年来|今年以来)", "", sentence).replace("开展", "组织开展", 1)
    at = changed.rfind(sentence) if changed.count(sentence) > 1 else -1
    if at < 0 or len(re.sub(r"\W", "", sentence)) < 26:
        return None
    return changed[:at] + "年内，" + other + changed[at + len(sentence) :], kind, other[:60]


def add_page(text: str, rng: random.Random) -> Planted | None:
    """Navigation before the title or a footer after the report."""
    if rng.random() < 0.5:
        line = rng.choice(
            [
                "当前位置：首页 > 政务公开 > 法治政府建设年度报告",
                "首页>>信息公开>>法定主动公开内容>>法治政府建设",
                "您现在的位置：首页 / 专题专栏 / 依法行政\n【字体：大 中 小】 打印 关闭",
            ]
        )
        return line + "\n\n" + text, "noise", line.split("\n")[0]
    line = rng.choice(
        [
            "扫一扫在手机打开当前页",
            "上一篇：没有了\n下一篇：县政府2022年工作要点",
            "版权所有：某某县人民政府　网站标识码：4300000012",
            "分享到：微信 微博\n【打印】【关闭】",
        ]
    )
    return text.rstrip() + "\n\n" + line + "\n", "noise", line.split("\n")[0]


def empty_section(text: str, rng: random.Random) -> Planted | None:
    """A heading loses what stands under it."""
    heads = [m for m in HEADING.finditer(text) if len(m[0]) < 40 and "。" not in m[0]]
    pairs = [
        (a, b) for a, b in zip(heads, heads[1:], strict=False) if _follow(a, b) and b.start() - a.end() > 80
    ]
    if len(pairs) < 2:
        return None
    one, two = rng.choice(pairs)
    return text[: one.end()] + "\n\n" + text[two.start() :], "empty-heading", one[0].strip()


def old_plan(text: str, rng: random.Random) -> Planted | None:
    """The heading of the plan keeps the report's own year."""
    title = re.search(r"(20\d\d)年度?[^\n]{0,30}(?:法治|依法行政)", text)
    if not title:
        return None
    year = int(title[1])
    head = re.search(rf"^[ \u3000]*[二三四五]、{year + 1}年[^\n]{{2,30}}$", text, re.MULTILINE)
    if not head:
        return None
    changed = (
        text[: head.start()]
        + head[0].replace(str(year + 1), str(year - rng.randrange(2)))
        + text[head.end() :]
    )
    return changed, "year", head[0].strip()[7:] if len(head[0].strip()) > 13 else head[0].strip()[:2]


def wrong_parts(text: str, rng: random.Random) -> Planted | None:
    """Parts that do not add up."""
    a, b, c, d = (rng.randrange(5, 90) for _ in range(4))
    off = rng.choice([-3, -2, -1, 1, 2, 4])
    total = a + b + c + d + off
    sentence = rng.choice(
        [
            f"对{total}件规范性文件集中清理，继续有效{a}件、废止{b}件、宣布失效{c}件、修改{d}件。",
            f"组织清理历年文件{total}件，保留{a}件，废止{b}件，失效{c}件，拟修订{d}件。",
            f"集中评查行政处罚案卷{total}卷，评定优秀{a}卷、良好{b}卷、合格{c}卷、不合格{d}卷。",
            f"审结行政复议案件{total}件，维持{a}件，驳回{b}件，撤销{c}件，调解和解终止{d}件。",
        ]
    )
    return _insert(text, sentence, rng), "arithmetic", sentence[:-1]


def wrong_rate(text: str, rng: random.Random) -> Planted | None:
    """A rate that its counts do not give."""
    whole = rng.randrange(120, 900)
    part = rng.randrange(whole * 6 // 10, whole - 5)
    rate = round(part / whole * 100 + rng.choice([-7.3, -3.1, 2.6, 5.4]), 1)
    if not 1 < rate < 100:
        return None
    sentence = rng.choice(
        [
            f"街道各调解组织受理邻里纠纷{whole}件，调解成功{part}件，成功率{rate}%。",
            f"参加专项考试{whole}人，合格{part}人，合格率为{rate}%。",
            f"专项督察反馈问题{whole}个，已整改{part}个，整改率达{rate}%。",
            f"接收投诉举报{whole}件，办结{part}件，办结率{rate}%。",
        ]
    )
    return _insert(text, sentence, rng), "arithmetic", sentence[:-1]


DEFECTS: tuple[Callable[[str, random.Random], Planted | None], ...] = (
    drop_section, repeat_number, drop_item, lose_quote, lose_title_mark, lose_bracket, lose_full_stop, add_mobile, misname,
    leave_blank, tell_twice, tell_nearly_twice, add_page, empty_section, old_plan, wrong_parts, wrong_rate,
)  # fmt: skip


# ── what is no defect ──


def other_width(text: str, rng: random.Random) -> str:
    """Full- and half-width punctuation change places."""
    pairs = [("，", ","), ("（", "("), ("）", ")"), ("：", ":"), ("；", ";"), ("％", "%")]
    table = {}
    for full, half in pairs:
        table[ord(full)], table[ord(half)] = half, full
    return re.sub(
        r"(?<=\d)[，](?=\d)|(?<=\d)：(?=\d)", lambda m: {"，": ",", "：": ":"}[m[0]], text.translate(table)
    )


def lose_both_quotes(text: str, rng: random.Random) -> str:
    """Both marks of a pair are lost."""
    pair = rng.choice(list(re.finditer(r"“[^“”\n]{2,14}”", text)))
    return text[: pair.start()] + text[pair.start() + 1 : pair.end() - 1] + text[pair.end() :]


def indent(text: str, rng: random.Random) -> str:
    """Blanks before every line."""
    return re.sub(r"^(?=\S)", "　　", text, flags=re.MULTILINE)


def no_blank_lines(text: str, rng: random.Random) -> str:
    """No blank lines."""
    return re.sub(r"\n{2,}", "\n", text)


def windows_lines(text: str, rng: random.Random) -> str:
    """Trailing blanks and doubled blank lines."""
    return text.replace("\n", "  \n\n")


def right_parts(text: str, rng: random.Random) -> str:
    """Parts that add up, or that claim no completeness."""
    a, b, c, d = (rng.randrange(5, 90) for _ in range(4))
    more = rng.randrange(3, 60)
    total = a + b + c + d
    sentence = rng.choice(
        [
            f"对{total}件规范性文件集中清理，继续有效{a}件、废止{b}件、宣布失效{c}件、修改{d}件。",
            f"集中清理文件{total + more}件，其中废止{b}件、失效{c}件、修改{d}件。",
            f"集中评查案卷{total + more}卷，其中优秀{a}卷。",
            f"审结复议案件{total + more}件，其中维持{a}件，驳回{b}件，撤销{c}件。",
            f"化解各类纠纷{total}件，涉及企业{a}件，疑难复杂{b}件。",
            f"新制定文件{a}件，修改{b + a}件，废止{c + a}件。",
        ]
    )
    return _insert(text, sentence, rng)


def right_rate(text: str, rng: random.Random) -> str:
    """Rates rounded or cut off, and rates about something else."""
    whole = rng.randrange(120, 900)
    part = rng.randrange(whole * 6 // 10, whole - 5)
    rounded, cut = round(part / whole * 100, 1), int(part / whole * 1000) / 10
    sentence = rng.choice(
        [
            f"街道各调解组织受理邻里纠纷{whole}件，调解成功{part}件，成功率{cut}%。",
            f"参加专项考试{whole}人，合格{part}人，合格率为{rounded}%。",
            f"接收投诉举报{whole}件，办结{part}件，群众满意率{min(99.4, rounded + 3):.1f}%。",
            f"收集线索{whole}条，转办{part}条，按时办结率100%。",
            f"检查企业{whole}家，完成年度计划的{100 + rng.randrange(2, 30)}%。",
        ]
    )
    return _insert(text, sentence, rng)


def office_line(text: str, rng: random.Random) -> str:
    """An office's own number."""
    line = rng.choice(
        [
            "联系人：陈光明，联系电话：0733-2883421",
            "（联系科室：法规科，电话：2883421）",
            "监督电话：12345、0733-2883421",
        ]
    )
    return text.rstrip() + "\n" + line + "\n"


def standing_phrase(text: str, rng: random.Random) -> str:
    """A standing phrase said in two places."""
    phrase = rng.choice(
        [
            "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想。",
            "认真履行推进法治建设第一责任人职责，对法治建设重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办。",
            "严格落实行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度。",
            "坚持科学决策、民主决策、依法决策，落实公众参与、专家论证、风险评估、合法性审查、集体讨论决定等程序。",
        ]
    )
    return _insert(_insert(text, phrase, rng), phrase, rng)


def nested_marks(text: str, rng: random.Random) -> str:
    """Nested marks done right."""
    sentence = rng.choice(
        [
            "转发《关于贯彻〈行政处罚法〉的通知》，明确具体要求。",
            "主要领导强调：“要抓住‘关键少数’，用好‘第一责任’。”",
            "完成县（市、区）、乡镇（街道）、村（社区）三级站点建设（含12个园区（商圈）站点）。",
            "落实“‘谁执法谁普法’责任制”，形成合力。",
        ]
    )
    return _insert(text, sentence, rng)


def other_list(text: str, rng: random.Random) -> str:
    """A list in another style inside a paragraph."""
    sentence = rng.choice(
        [
            "重点抓好三件事：一是完善清单，二是规范流程，三是强化监督。",
            "具体做法有：（1）建台账；（2）抓销号；（3）回头看。",
            "首先，摸清底数；其次，分类处置；最后，建章立制。",
            "一要压实责任，二要加快进度，三要确保质量。",
            "一方面抓教育引导，另一方面抓执纪问责。",
        ]
    )
    return _insert(text, sentence, rng)


HARMLESS: tuple[Callable[[str, random.Random], str], ...] = (
    other_width, lose_both_quotes, indent, no_blank_lines, windows_lines, right_parts, right_rate, office_line,
    standing_phrase, nested_marks, other_list,
)  # fmt: skip


def mutated(rounds: int = 2) -> Iterator[Case]:
    """Every clean report with one planted defect, or one harmless change, the same ones every time."""
    for name, text in clean().items():
        for turn in range(rounds):
            for plant in DEFECTS:
                made = plant(text, random.Random(f"{name} {plant.__name__} {turn}"))
                if made is not None:
                    yield Case(f"{name} {plant.__name__} {turn}", made[0], ((made[1], made[2]),))
            for change in HARMLESS:
                changed = change(text, random.Random(f"{name} {change.__name__} {turn}"))
                yield Case(f"{name} {change.__name__} {turn}", changed, (), change.__name__)
