"""Who reports: the name of the reporting body, as full as the text gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from audit.document.bodies import GOVERNMENT, HAN, lists
from audit.document.bodies import words as body_words
from audit.document.dates import YEAR
from audit.document.opening import Frame, dated, is_body, is_place, spaceless
from audit.document.unnamed import GOVERNED, NO_PLACE, frequent, own_kind

_IN_PLACE = r"[^\W\da-zA-Z_在]"
_PLACE = rf"(?:{_IN_PLACE}{{1,9}}?(?:自治区|自治州|自治县|自治旗|地区|街道|苏木|民族乡|省|市|州|盟|县|旗|区|镇|乡|兵团|师))"
_UNIT = rf"(?:{GOVERNMENT}(?:{HAN}{{1,8}}?办事处)?|管理委员会|管委会|办事处|{HAN}{{1,14}}?(?:委员会|局|厅|办公室|支队|大队|总队)|法院)"
_NAME = (
    rf"(?P<name>(?![度来]?[我本各]|度|全[省市县区州盟旗镇乡街])(?:国家税务总局|中共)?{_PLACE}{{1,3}}{_UNIT}?)"
)
_BARE_UNIT = rf"(?P<bare>[省市县区州盟旗镇乡](?:{GOVERNMENT}|(?!委){HAN}{{2,14}}?(?:委员会|委|局|厅|办公室|支队|大队|总队)))"
_FOLLOW = r"(?=[,、在对以把将按紧坚始认全深扎切自严不推贯牢突聚统依锚积高践着立充主强围法党一建抓地各有持落聚结着采努奋团锐]|\d{4}|(?:人民)?政府)"
_STATED = re.compile(
    rf"(?:现将|现就|代表|将)(?:{_BARE_UNIT}|{_NAME})(?={YEAR}|关于|法治|依法|本年|年度|一年|推进|,向|上|的)"
)
_COMMISSIONED = re.compile(
    rf"受({HAN}{{1,16}}?(?:政府|行署|管委会))的?委托|代表({HAN}{{1,16}}?(?:政府|行署|管委会|法院|检察院))"
)
_SUBJECT = re.compile(
    rf"(?:{YEAR} ?年(?:度|以来|来)?|[今本去]年(?:以来|来|度)?|(?:过去)?(?:的)?一年(?:以来|来)?|近年来|^),?"
    rf"(?:是[^。]{{4,80}}。)?(?:在[^。]{{4,160}}?(?:下|中),)?(?:{_BARE_UNIT}|{_NAME}){_FOLLOW}"
)
_PRONOUN = re.compile(r"^[我全本]?(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|厅|委|辖区|地区)?$")
_RELATIVE = re.compile(
    rf"^(?P<type>省|市|县|区|州|盟|旗|镇|乡|师|自治区|自治州|自治县|行)(?P<rest>{GOVERNMENT}|署|{HAN}{{2,16}}(?:局|厅|委|委员会|办公室|支队|大队|总队)|政府)$"
)
_MARKERS = re.compile(
    r"全面|推进|深入|贯彻|落实|法治|依法|工作报告|普法|政府信息|年度|履行|加强|建设法治|开展|行政执法"
)
_SESSION_PLACE = re.compile(rf"(?:在|^)({HAN}{{2,9}}?(?:省|市|县|区|州|盟|旗))(?:第|{HAN}届|人大|人民代表)")


@dataclass
class Names:
    """Names of bodies found around the running text, by where they stand.

    Attributes:
        title: the front of the title, "" if it names nobody.
        near: body lines directly above or below the title.
        signed: names at the end, beside a date.
        red: the red head.
        header: the name of the site, first lines.
        source: values of 来源, 发布机构 and the like.
        session: places named in the session line.
        stated: the body in 现将……情况报告如下.
        commissioned: the body in 受……委托.
        subject: the body that the first sentence is about.
        own: the kind of body that the text calls its own (镇 for 我镇), "" for none.
    """

    title: str = ""
    near: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    red: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    session: list[str] = field(default_factory=list)
    stated: str = ""
    commissioned: str = ""
    subject: str = ""
    own: str = ""

    def formal(self) -> list[str]:
        """All names from formal places, the most trusted first."""
        found = [*self.near, *self.red, *self.signed, *self.header, *self.source]
        return [name for name in dict.fromkeys(found) if name]


@cache
def _source() -> re.Pattern[str]:
    labels = sorted(body_words()["source_labels"], key=len, reverse=True)
    spread = "|".join(" ?".join(map(re.escape, label)) for label in labels)
    return re.compile(rf"(?:{spread})[\]:|) ]{{1,4}}\n?([^\s\[\]|,。;:()]{{2,40}})")


def title_front(title: str) -> str:
    """The body that a title begins with; "" where it begins with none."""
    flat = " ".join(title.split())
    front, about, _ = flat.partition("关于")
    if not about:
        front = flat
    front = re.split(rf"(?<!\d){YEAR} ?年?|[“\"‘]|近?五年", front)[0]
    front = front.strip(" ,:-")
    if not front or re.search(r"听取|审议|召开|举行|举办|视察|审查|学习|书记|[市县区]长在|在全", front):
        return ""
    if is_body(spaceless(front)):
        return spaceless(front)
    cut = _MARKERS.search(front)
    if cut and (not about or not is_body(spaceless(front))):
        front = front[: cut.start()].strip(" ,:-")
    front = spaceless(front)
    if is_body(front) or is_place(front) or _RELATIVE.match(front):
        return "" if _PRONOUN.match(front) else front
    return ""


def gather(norm: str, page: Frame, title: str, title_lines: tuple[int, int]) -> Names:
    """Every name of a body around the running text.

    Args:
        norm: the normalised text.
        page: its lines.
        title: the title, normalised, "" for none.
        title_lines: first and last index of the title's lines in `page.head`, (-1, -1) for none.
    """
    names = Names(title=title_front(title))
    first, last = title_lines
    for index, line in enumerate(page.head):
        words = spaceless(line.words)
        if line.kind == "red":
            names.red.append(spaceless(words[:-2]))
        elif line.kind == "body":
            (names.near if first >= 0 and first - 2 <= index <= last + 3 else names.header).append(words)
        elif line.kind == "date" and (who := dated(line)[0]):
            names.near.append(who)
        if index < 5 and line.kind in ("web", "short", "text", "clock"):
            names.header.extend(_site(line.words))
        if line.kind == "session":
            names.session.extend(_SESSION_PLACE.findall(line.words))
    _signatures(page, names)
    block = norm[: page.lead[0].start] if page.lead else norm[:1500]
    edge = page.tail[0].start if page.tail else len(norm)
    for piece in (block, norm[max(edge, len(block)) :]):
        for value in _source().findall(piece):
            name = _trim(value)
            if is_body(name):
                names.source.append(name)
    lead = " ".join(line.words for line in page.lead)[:900]
    if match := _COMMISSIONED.search(lead):
        names.commissioned = match[1] or match[2]
    if match := _STATED.search(lead):
        names.stated = match["bare"] or match["name"]
    for line in page.lead[:3]:
        if match := _SUBJECT.search(line.words[:400]):
            names.subject = match["bare"] or match["name"]
            break
    names.own = own_kind(lead)
    return names


def _trim(name: str) -> str:
    return (
        re.sub(r"(?:政府)?(?:门户)?(?:官方)?网站?$", "", re.sub(r"^(?:本网|中国)", "", name))
        if "网" in name[-4:]
        else name
    )


def _site(words: str) -> list[str]:
    found = []
    for token in re.split(r"[ |/>_]+", words)[:4]:
        name = _trim(token)
        if name.endswith("人民") or is_place(name) and name != token:
            name += "人民政府" if not name.endswith("人民") else "政府"
        if len(name) >= 4 and is_body(name):
            found.append(name)
    return found


def _signatures(page: Frame, names: Names) -> None:
    lines = page.lines
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.kind == "date" and line not in page.head and not line.words.endswith("印发"):
            who = dated(line)[0]
            if who:
                names.signed.append(who)
                continue
            above: list[str] = []
            for before in (lines[index - 1], lines[index - 2], lines[index - 3]) if index >= 3 else ():
                if before.kind != "body":
                    break
                above.insert(0, spaceless(before.words))
            if above:
                names.signed.append(" ".join(above))
    for line in page.tail:
        if (
            line.kind == "body"
            and line not in page.head
            and not any(spaceless(line.words) in s for s in names.signed)
        ):
            names.signed.append(spaceless(line.words))


def choose(norm: str, names: Names, news: bool) -> str | None:
    """The reporting body.

    Args:
        norm: the normalised text.
        names: what `gather` found.
        news: the text is a news item, whose publisher is the body whose site it is.
    """
    if news:
        formal = names.header + names.source + names.near
        return max((n for n in formal if n.endswith(formal[0])), key=len) if formal else None
    base = (
        names.title
        or next((name for name in names.near if name), "")
        or names.commissioned
        or next(iter(names.signed), "")
        or next(iter(names.red), "")
        or names.stated
        or names.subject
        or next(iter(names.header), "")
        or next(iter(names.source), "")
    )
    if not base and not news and names.own in GOVERNED:
        base = frequent(names.own, norm)
    if not base:
        return None
    return re.sub(r"(?<=[省市县区州旗镇乡])政府$", "人民政府", complete(base, names, norm))


def complete(base: str, names: Names, norm: str) -> str:
    """A short name (市教育局, 高新区, 榕水县) as the full name that the text gives elsewhere."""
    if " " in base:
        return base
    formal = names.formal()
    relative = _RELATIVE.match(base)
    if relative:
        tail = (
            base.replace("市政府", "市人民政府")
            if base.endswith(("省政府", "市政府", "县政府", "区政府", "旗政府", "州政府", "镇政府", "乡政府"))
            else base
        )
        tail = re.sub(r"(?<!人民)政府$", "人民政府", tail)
        for name in formal:
            if name != base and name.endswith(tail) and " " not in name:
                return name
        place = _place_of(relative["type"], names, norm) or frequent(relative["type"], norm)
        if place:
            return place + tail[len(relative["type"]) :]
        return tail
    if is_place(base) and not is_body(base):
        return _governed(base, formal, norm)
    longer = [name for name in formal if name != base and name.endswith(base) and " " not in name]
    if longer:
        return max(longer, key=len)
    spelt = [name for name in formal if len(name) > len(base) and " " not in name and _core(name) == _core(base)]
    if spelt:
        return max(spelt, key=len)
    return _prefixed(base, norm)


def _core(name: str) -> str:
    """A name as it is said in short: 高新区管委会, 某区某街道办事处."""
    for long, short in (
        ("管理委员会", "管委会"),
        ("高新技术产业开发区", "高新区"),
        ("高新技术开发区", "高新区"),
        ("经济技术开发区", "经开区"),
        ("经济开发区", "经开区"),
        ("综合保税区", "综保区"),
    ):
        name = name.replace(long, short)
    return re.sub(r"(?<=[市县区])人民政府(?=.+办事处$)", "", name)


def _place_of(kind: str, names: Names, norm: str) -> str:
    """The place that 市, 县 … stands for, from the session line, the names around, the first lines."""
    for place in names.session:
        if place.endswith(kind) and len(place) > len(kind) + 1:
            return place
    pattern = re.compile(
        rf"({HAN}{{2,8}}?{kind})(?=委|{GOVERNMENT}|第|人大|人民|{HAN}{{2,10}}(?:局|委员会|厅)|法治|依法|是|$)"
    )
    for name in [*names.formal(), names.stated, names.subject]:
        if match := pattern.match(name):
            return match[1]
    counts: dict[str, int] = {}
    for match in re.finditer(rf"(?<!{HAN})({HAN}{{2,6}}?{kind})", norm[:3000] + norm[-300:]):
        stem = match[1][: -len(kind)]
        if not re.search(r"[全我本各省县在和向对由]", match[1][:-1]) and not NO_PLACE.search(stem):
            counts[match[1]] = counts.get(match[1], 0) + 1
    return max(counts, key=lambda place: counts[place]) if counts else ""


_ZONES = (
    ("高新区", r"高新(?:技术)?(?:产业)?(?:开发)?区"),
    ("经开区", r"经济(?:技术)?开发区|经开区"),
    ("开发区", r"开发区"),
    ("保税区", r"(?:综合)?保税(?:港)?区"),
    ("新区", r"新区"),
    ("度假区", r"度假区"),
    ("示范区", r"示范区"),
    ("园区", r"园区?"),
    ("自贸区", r"自由?贸易?试验区"),
    ("景区", r"(?:风景(?:名胜)?|旅游)?(?:景)?区"),
)


def _governed(place: str, formal: list[str], norm: str) -> str:
    """The governing body of a place that is named alone."""
    ends = rf"(?:{GOVERNMENT}|管理委员会|管委会|办事处)"
    own = re.compile(rf"{re.escape(place)}{ends}$")
    inner = re.compile(rf"{re.escape(place)}{ends}")
    fits = [name for name in formal if own.search(name)]
    if fits:
        return max(fits, key=len)
    if lists().zone.search(place):
        for short, written in _ZONES:
            if place.endswith(short):
                stem = place[: -len(short)]
                for name in formal:
                    if name.endswith(("管委会", "管理委员会")) and re.search(written, name) and stem in name:
                        return name
        if match := inner.search(norm):
            return _prefixed(match[0], norm)
        return _prefixed(place + "管理委员会", norm)
    if place.endswith(("街道",)):
        return place + "办事处"
    if place.endswith(("盟", "地区")):
        return place + "行政公署"
    if place.endswith(("师", "团", "兵团")):
        return place
    return _prefixed(place + "人民政府", norm)


def _prefixed(name: str, norm: str) -> str:
    """The name with the province or city in front of it, where the text writes it so somewhere."""
    words = lists()
    core = re.sub(rf"(?:{GOVERNMENT}|管理委员会|管委会)$", "", name)
    for part in (name, core):
        at = norm.find(part)
        for _ in range(40):
            if at < 0:
                break
            before = norm[max(0, at - 10) : at]
            for size in (4, 3, 2):
                stem = before[-size:]
                if len(stem) == size and (
                    stem in words.municipalities
                    or (stem in words.provinces and not part.startswith(("省", "市")))
                ):
                    return stem + name
            if match := re.search(
                rf"(?:^|[\n \"“《(,。、:;])({HAN}{{2,4}}(?:省|市|州|盟|自治区|自治州))$", before
            ):
                prefix = match[1]
                if (
                    part == name
                    and not re.search(r"[全我本各在和向对由]", prefix[:-1])
                    and prefix not in name
                ):
                    return prefix + name
            at = norm.find(part, at + 1)
    return name
