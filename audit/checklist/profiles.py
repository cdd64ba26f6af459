"""Profiles: what an office chooses on top of the instruments, never on top of the indicators.

A profile selects items, changes weights, sets thresholds and deadlines, the scheme of the overall score
and its bands. What it does not say comes from the default profile.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from audit.checklist.instruments import GroupSpec, Instrument, checked
from audit.checklist.items import ItemSpec
from audit.checklist.rules import (
    Credit,
    DateRule,
    Deadline,
    Identifier,
    Levels,
    Need,
    Points,
    Strict,
    Threshold,
    Weight,
)
from audit.errors import ChecklistError


def _colour(value: str) -> str:
    digits = value.removeprefix("#")
    if len(digits) != 6 or not value.startswith("#") or set(digits.lower()) - set("0123456789abcdef"):
        raise PydanticCustomError(
            "colour", "“{value}”不是颜色;请写成 #2f5d50 的样子并加引号", {"value": value}
        )
    return value


class Band(Strict):
    """A band of the overall score; its shape stands beside its name wherever colour is used."""

    name: str
    at_least: Points
    shape: str


class ItemChange(Strict):
    """What the profile changes in one item of an instrument; `why` is printed on the method page."""

    checklist: Identifier
    item: Identifier
    drop: bool = False
    weight: Weight | None = None
    requires: Need | dict[Levels, Need] | None = None
    for_: Levels | None = Field(None, alias="for")
    threshold: Threshold | None = None
    basis: str | None = None
    deadlines: list[Deadline] | None = None
    why: str | None = None


class ItemAddition(Strict):
    """An item that the profile adds to a group of an instrument."""

    checklist: Identifier
    group: Identifier | None = None
    item: ItemSpec
    why: str | None = None


class Profile(Strict):
    """A profile file.

    Attributes:
        scheme: weight of each part (`statutory`, `outline`, `editorial`, or an instrument's id) in the
            overall score.
        overall_score: false switches the overall score and its band off.
        bands: best first; the last one begins at 0.
        colours: one colour a band instead of the neutral shades.
        judged_share_at_least: instead of what the instruments ask for.
        observed: indicators shown without score beside every outline.
        length_limit: characters above which a report is called long; null: no limit.
        sha256: of the file and the default profile; set when loaded.
    """

    id: Identifier
    title: str
    version: str
    note: str | None = None
    scheme: dict[str, Weight] = {}
    overall_score: bool = True
    bands: list[Band] = []
    colours: list[Annotated[str, AfterValidator(_colour)]] | None = None
    judged_share_at_least: Credit | None = None
    observed: list[Identifier] = []
    length_limit: Annotated[int, Field(ge=1)] | None = None
    changes: list[ItemChange] = []
    additions: list[ItemAddition] = []
    sha256: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Profile":
        bounds = [band.at_least for band in self.bands]
        if bounds and (bounds != sorted(set(bounds), reverse=True) or bounds[-1] != 0):
            raise PydanticCustomError("bands", "bands 的分数线应由高到低、不重复,最后一档从 0 起;请调整")
        return self

    def band(self, score: float) -> str | None:
        """The name of the band of an overall score (0–100)."""
        return next((band.name for band in self.bands if score >= band.at_least), None)


def load_profile(chosen: str | Path | None = None) -> Profile:
    """A profile: the default one, one of `profiles/` by its id, or a file, laid over the default.

    Raises:
        ChecklistError: with every fault of the files.
    """
    from audit.data import cached, checklist_root

    folder = checklist_root() / "profiles"
    default = folder / "default.yaml"
    path = _find(folder, chosen) if chosen else default
    files = list(dict.fromkeys([default, path]))
    if not all(file.is_file() for file in files):
        return _read(files)
    return cached("profile", files, lambda: _read(files))


def _find(folder: Path, chosen: str | Path) -> Path:
    own = folder / f"{chosen}.yaml"
    return own if own.is_file() and not Path(chosen).is_file() else Path(chosen)


def _read(files: list[Path]) -> Profile:
    from audit.checklist.source import load

    faults: list[str] = []
    profiles: list[Profile] = []
    digest = hashlib.sha256()
    for file in files:
        sourced = load(file)
        profile, found = checked(Profile, sourced)
        faults += found
        digest.update(sourced.content)
        if profile is not None:
            profiles.append(profile)
    if faults:
        raise ChecklistError(faults)
    base, top = profiles[0], profiles[-1]
    chosen = {name: getattr(top, name) for name in top.model_fields_set} | {"sha256": digest.hexdigest()}
    whole = base.model_copy(update=chosen)
    if whole.colours is not None and len(whole.colours) != len(whole.bands):
        raise ChecklistError([f"{files[-1]}:1:1: 键 colours:颜色数与档次数不同;请每档写一种颜色"])
    return whole


def profile_faults(profile: Profile, instruments: Iterable[Instrument]) -> list[str]:
    """References of a profile that lead nowhere, one Chinese line each."""
    from audit.checklist.faults import near

    known = {instrument.id: instrument for instrument in instruments}
    faults: list[str] = []

    def refers(where: str, checklist: str, keys: dict[str, list[str]], name: str, said: str | None) -> None:
        where = f"profile {profile.id}: 键 {where}"
        if checklist not in known:
            faults.append(f"{where}.checklist:没有清单“{checklist}”;{near(checklist, known)}")
        elif keys[checklist] and said not in keys[checklist]:
            faults.append(f"{where}.{name}:清单里没有“{said}”;{near(said, keys[checklist])}")

    items = {id_: [item.key for _, item in each.specs] for id_, each in known.items()}
    groups = {id_: [group.id for group in each.groups] for id_, each in known.items()}
    for number, change in enumerate(profile.changes):
        refers(f"changes[{number}]", change.checklist, items, "item", change.item)
    for number, addition in enumerate(profile.additions):
        refers(f"additions[{number}]", addition.checklist, groups, "group", addition.group)
    parts = {"statutory", "outline", "editorial", "other", *known}
    for part in profile.scheme:
        if part not in parts:
            faults.append(f"profile {profile.id}: 键 scheme.{part}:没有这个部分;{near(part, parts)}")
    return faults


def effective(instrument: Instrument, profile: Profile) -> Instrument:
    """The instrument as the profile wants it; the same object where nothing changes.

    The `sha256` of a changed instrument covers the profile, so that only like is compared with like.
    """
    changes = {change.item: change for change in profile.changes if change.checklist == instrument.id}
    additions = [addition for addition in profile.additions if addition.checklist == instrument.id]
    share = profile.judged_share_at_least
    if not changes and not additions and share in (None, instrument.judged_share_at_least):
        return instrument
    data = instrument.model_copy(deep=True)
    update: dict[str, Any] = {
        "sha256": hashlib.sha256(f"{instrument.sha256} {profile.sha256}".encode()).hexdigest(),
    }
    if share is not None:
        update["judged_share_at_least"] = share
    if data.groups:
        groups = [_group(group, changes, additions) for group in data.groups]
        update["groups"] = [group for group in groups if group.items]
    else:
        update["items"] = _items(data.items, changes, additions)
    scored = {addition.item.indicator for addition in additions}
    update["observed"] = [name for name in data.observed if name not in scored]
    return Instrument.model_construct(**{**dict(data), **update})


def _group(group: GroupSpec, changes: dict[str, ItemChange], additions: list[ItemAddition]) -> GroupSpec:
    mine = [addition for addition in additions if addition.group == group.id]
    return group.model_copy(update={"items": _items(group.items, changes, mine)})


def _items(
    items: list[ItemSpec], changes: dict[str, ItemChange], additions: list[ItemAddition]
) -> list[ItemSpec]:
    kept = [_changed(item, changes.get(item.key)) for item in items]
    return [item for item in kept if item is not None] + [addition.item for addition in additions]


def _changed(item: ItemSpec, change: ItemChange | None) -> ItemSpec | None:
    if change is None:
        return item
    if change.drop:
        return None
    fields = ("weight", "requires", "for_", "threshold", "basis")
    update: dict[str, Any] = {
        name: getattr(change, name) for name in fields if getattr(change, name) is not None
    }
    if change.basis is not None:
        update["basis_verified"] = False
    if change.deadlines is not None and isinstance(item.rule, DateRule):
        update["rule"] = item.rule.model_copy(update={"deadlines": change.deadlines + item.rule.deadlines})
    return item.model_copy(update=update)
