"""What kind of body a name belongs to: its level, and where it stands in the order of bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from audit.data import load_yaml
from audit.document.model import Level

HAN = r"[^\W\da-zA-Z_]"
"""A letter that is neither a digit nor Latin: in these texts a Han character. Compiles eight times faster
than the range of code points."""
GOVERNMENT = r"(?:人民政府|政府|行政公署|行署|人民委员会)"
_SUBORDINATE = re.compile(
    r"\d+个(?:县|区县|县区|市县|县市|旗县)|各(?:县|区县|县区|旗县)|县\(市[、,]?区?\)(?:政府|人民政府|和|与|、|全部|党政|区)|县\(区|"
    r"区\(县|县市区|市县(?!委)|区县|旗县|市[、和]县|县级(?!市|以上)|设区的?市"
)
_DISTRICTS = re.compile(r"\d+个(?:市辖)?区(?!域|块|间)|各区(?!域)|区县|市、区")
_TOWNSHIPS = re.compile(r"乡镇|镇\(街道|镇街|街镇|镇\(乡|乡\(镇|各镇|镇、街道|街道")
_AMONG = re.compile(r"(?:示范|全省|全国|测评|考核|前列的?|百强)县\(市|县\(市、区\)(?:第|中|前)|县级市")
_OTHER_CITY = re.compile(
    rf"(?:(?<=[在向由经受报和与及、,。;《“ \n])|^)({HAN}{{2,4}}?市)(?:委(?!员|托|派)|政府|人民政府)"
)


@dataclass(frozen=True)
class BodyLists:
    """The word lists of `checklists/bodies.yaml`."""

    municipalities: frozenset[str]
    provinces: frozenset[str]
    cities: frozenset[str]
    counties: frozenset[str]
    zone: re.Pattern[str]
    department: tuple[str, ...]
    others: dict[str, str]
    not_places: re.Pattern[str]


@cache
def words() -> dict[str, Any]:
    """The content of `checklists/bodies.yaml`, read once a process."""
    data: dict[str, Any] = load_yaml("bodies.yaml")
    return data


@cache
def lists() -> BodyLists:
    """The word lists for the standing of bodies, made ready."""
    data = words()
    return BodyLists(
        municipalities=frozenset(data["municipalities"].split()),
        provinces=frozenset(data["provinces"].split()),
        cities=frozenset(data["prefecture_cities"].split()),
        counties=frozenset(data["county_cities"].split()),
        zone=re.compile("|".join(map(re.escape, data["zone_marks"]))),
        department=tuple(data["department_ends"]),
        others=data["other_bodies"],
        not_places=re.compile("|".join(map(re.escape, data["not_places"]))),
    )


@dataclass(frozen=True)
class Standing:
    """Level and kind of a body.

    Attributes:
        level: one of the six levels, None for courts, congresses and other bodies.
        kind: 政府, 部门, 管委会, 乡镇, 街道, or the kind of a body outside the six levels.
    """

    level: Level | None
    kind: str | None


def standing(name: str, norm: str, addressee: str | None) -> Standing:
    """The level and kind of a reporting body.

    Args:
        name: its name as found; of joint publishers the last one counts.
        norm: the normalised report, asked only where a 市 may be of three levels.
        addressee: whom the report is addressed to.
    """
    known = lists()
    last = re.sub(r"\([^()]*\)$", "", name.split()[-1]) if name.split() else ""
    last = re.sub(rf"^{HAN}+\(({HAN}+[区县市旗])\)(?={GOVERNMENT})", r"\1", last)
    for end, kind in sorted(known.others.items(), key=lambda item: -len(item[0])):
        if last.endswith(end):
            return Standing(None, kind)
    if re.search(r"(?:街道|地区)(?:办事处|党工委)?$|(?<!海)街道办$", last) and not last.endswith("地区"):
        return Standing("township", "街道")
    if re.search(rf"(?:镇|乡|苏木)(?:{GOVERNMENT}|党委|委员会)?$", last) and not last.endswith("委员会"):
        return Standing("township", "乡镇")
    if re.search(r"(?:管理委员会|管委会|党工委)$", last) and is_zone(last):
        return Standing("zone", "管委会")
    if match := re.search(rf"({HAN}*?)(?:{GOVERNMENT}|委)?$", last):
        place = match[1]
        ruled = bool(re.search(rf"{GOVERNMENT}$", last))
        level = _place_level(place, ruled, norm, addressee)
        if level and (ruled or last == place):
            return Standing(level, "管委会" if level == "zone" else "政府")
    if last.endswith(known.department):
        return Standing("department", "部门")
    return Standing(None, None)


def is_zone(name: str) -> bool:
    """开发区, 高新区, 新区, 园区 … with a 管委会: no district of a city, and no 城市管理委员会."""
    core = re.sub(r"(?:管理委员会|管委会|党工委)$", "", name)
    return bool(lists().zone.search(name)) or core.endswith(("区", "园", "港", "片区", "岛", "湖", "谷"))


def _place_level(place: str, ruled: bool, norm: str, addressee: str | None) -> Level | None:
    if place.endswith(("省", "自治区", "兵团")) or place in lists().provinces:
        return "province"
    if place.endswith(("自治州", "盟", "州", "地区", "师")):
        return "city"
    if place.endswith("市"):
        return city_level(place, norm, addressee)
    if place.endswith("区") and not ruled and lists().zone.search(place):
        return "zone"
    if place.endswith("区") and ruled and re.search(r"(?:开发|高新|经开|保税|示范|管理|度假|风景)区$", place):
        return "zone"
    if place.endswith(("县", "旗", "区", "团", "团场")):
        return "county"
    return None


def city_level(place: str, norm: str, addressee: str | None) -> Level:
    """Whether a 市 is a municipality, a city with districts, or a county-level city.

    Real names are decided by the lists unless the text itself tells otherwise (it names its own counties,
    or another city above it); other names by what the text says.
    """
    known = lists()
    inner = [part for part in re.split(r"省|自治区|自治州|(?<!城)市(?=.)|州(?=.{2,}市$)", place[:-1]) if part]
    stem = inner[-1] if inner else place[:-1]
    if stem in known.municipalities:
        return "province"
    if "市" in place[:-1] or "自治州" in place[:-1]:
        return "county"
    head = norm[:1500]
    if f"{stem}是中央直辖市" in head or f"{stem}是直辖市" in head or f"{stem}作为直辖市" in head:
        return "province"
    sent = addressee or ""
    if "国务院" in sent or "党中央" in sent:
        return "province"
    parents = {name for name in _OTHER_CITY.findall(head) if _is_other(name, stem)}
    below = len(_SUBORDINATE.findall(norm))
    alone = (
        not _knows_province(norm)
        and not parents
        and bool(_DISTRICTS.search(norm) or ("党中央、国务院" in head and re.search(r"本市|市级部门", norm)))
    )
    if stem in known.counties:
        return "province" if alone and re.search(r"\d个区(?!域|块|间)|直辖市", norm) else "county"
    if stem in known.cities:
        return "city"
    if re.match(r"省|自治区|中共.{2,4}省委|.{2,4}省", sent):
        return "city"
    if (
        _is_other(sent[:3], stem)
        and re.match(rf"{HAN}{{2,4}}(?:市|州|盟)(?:委|政府|人民政府)", sent)
        or sent.startswith("州")
    ):
        return "county"
    if alone:
        return "province"
    score = 2 * len(parents) - min(below, 4)
    score += 2 if _AMONG.search(head) else 0
    score += 1 if not below and _TOWNSHIPS.search(norm) else 0
    score -= 1 if "省委、省政府" in norm[:600] or "自治区党委" in norm[:600] else 0
    score -= 2 if re.search(r"市政府规章|地方性法规(?:草案)?\d|立法条例|提请审议地方性法规", norm) else 0
    return "county" if score > 0 else "city"


def _knows_province(norm: str) -> bool:
    """The text speaks of a province above its body."""
    return bool(
        re.search(r"省(?:委|政府|级|厅|直|里|人大|人民|司法|高)|全省|自治区(?:党委|政府|人民|级)", norm)
    )


def _is_other(name: str, stem: str) -> bool:
    """A place name that is not the body's own and no pronoun (全市, 我市, 省市)."""
    core = name.rstrip("市州盟")
    return (
        len(core) >= 2
        and stem not in name
        and not name.endswith(stem + "市")
        and (core in lists().cities or not lists().not_places.search(core))
    )
