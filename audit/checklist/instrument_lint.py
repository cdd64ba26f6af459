"""What is doubtful in instruments and profiles though they load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.checklist.faults import near
from audit.checklist.instruments import Instrument
from audit.checklist.profiles import Profile, effective, profile_faults
from audit.checklist.rules import LETTERS, CountRule, CountStep, ShareRule


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubtful place.

    Attributes:
        code: identifier of the check.
        where: the instrument or profile and the item.
        text: what is doubtful and how to mend it, Chinese.
    """

    code: str
    where: str
    text: str


def lint_instruments(
    instruments: Sequence[Instrument], profile: Profile, indicators: Mapping[str, Iterable[str]]
) -> list[Issue]:
    """Everything doubtful in the instruments as the profile wants them.

    Args:
        instruments: as loaded.
        profile: as loaded.
        indicators: id of each indicator → keys of its metrics.
    """
    issues = [Issue("profile", profile.id, fault) for fault in profile_faults(profile, instruments)]
    used = [effective(instrument, profile) for instrument in instruments]
    for instrument in used:
        issues += _references(instrument, indicators)
        issues += _duplicates(instrument)
        issues += _weights(instrument)
        issues += _steps(instrument)
    issues += _years([instrument for instrument in used if instrument.kind == "outline"])
    issues += _unasked(used, profile, indicators)
    return issues


def _references(instrument: Instrument, indicators: Mapping[str, Iterable[str]]) -> Iterator[Issue]:
    for _, item in instrument.specs:
        where = f"{instrument.id}/{item.key}"
        if item.indicator is None:
            continue
        if item.indicator not in indicators:
            yield Issue(
                "unknown-indicator", where, f"没有指标“{item.indicator}”;{near(item.indicator, indicators)}"
            )
        elif item.threshold and item.threshold.metric not in set(indicators[item.indicator]):
            keys = list(indicators[item.indicator])
            said = f"指标没有“{item.threshold.metric}”这个值;{near(item.threshold.metric, keys)}"
            yield Issue("unknown-metric", where, said)
    for name in instrument.observed:
        if name not in indicators:
            yield Issue(
                "unknown-indicator", f"{instrument.id}/observed", f"没有指标“{name}”;{near(name, indicators)}"
            )
    keys = [item.key for _, item in instrument.specs]
    for gate in instrument.gates:
        for name in gate.when.any_of:
            if name not in keys:
                where = f"{instrument.id}/gates/{gate.id}"
                yield Issue("unknown-item", where, f"没有事项“{name}”;{near(name, keys)}")


def _duplicates(instrument: Instrument) -> Iterator[Issue]:
    keys = Counter(item.key for _, item in instrument.specs)
    asked = Counter(item.indicator for _, item in instrument.specs if item.indicator)
    for name, count in keys.items():
        if count > 1:
            yield Issue("duplicate-item", f"{instrument.id}/{name}", f"标识用了 {count} 次;请改名或合并")
    for name, count in asked.items():
        if count > 1 and keys[name] < count:
            yield Issue("duplicate-indicator", f"{instrument.id}/{name}", f"指标被引用 {count} 次;请合并")
    for name, count in Counter(group.id for group in instrument.groups).items():
        if count > 1:
            yield Issue("duplicate-group", f"{instrument.id}/{name}", f"组标识用了 {count} 次;请改名")
    for _, item in instrument.specs:
        if item.indicator in instrument.observed and set("PCXZ") <= set(item.levels):
            said = "既计分又列入 observed;请从 observed 中删去"
            yield Issue("scored-and-observed", f"{instrument.id}/{item.key}", said)


def _weights(instrument: Instrument) -> Iterator[Issue]:
    total = sum(group.weight for group in instrument.groups)
    if instrument.groups and round(total, 6) != 100:
        yield Issue("group-weights", instrument.id, f"各组权重合计 {total:g};建议调整为 100,便于核算")
    for _, item in instrument.specs:
        if item.weight > 3:
            said = f"权重 {item.weight:g} 偏大;通常 1 一般、2 重要、3 核心"
            yield Issue("weight", f"{instrument.id}/{item.key}", said)
    heavy: dict[str, list[tuple[str, float]]] = {}
    for level, letter in LETTERS.items():
        pairs = zip(instrument.shares, instrument.specs, strict=True)
        shares = [(share, item) for share, (_, item) in pairs if letter in item.levels]
        whole = sum(share for share, _ in shares)
        if not shares:
            yield Issue("empty-level", instrument.id, f"没有一项适用于主体 {letter};请检查 for")
        for share, item in shares:
            points = 100 * share / whole
            if points > instrument.heaviest_at(level):
                heavy.setdefault(item.key, []).append((letter, points))
    for name, found in heavy.items():
        most = max(points for _, points in found)
        letters = "".join(letter for letter, _ in found)
        said = f"对主体 {letters} 一项最多值 {most:.1f} 分,超过上限;请降低权重,确属有意的请写 heaviest"
        yield Issue("heavy-item", f"{instrument.id}/{name}", said)


def _steps(instrument: Instrument) -> Iterator[Issue]:
    if not _falling(instrument.by_count):
        yield Issue("steps", f"{instrument.id}/by_count", "处数增加而得分不降;请由少到多、由高到低排列")
    for _, item in instrument.specs:
        where, rule = f"{instrument.id}/{item.key}", item.rule
        if isinstance(rule, CountRule) and rule.steps is not None and not _falling(rule.steps):
            yield Issue("steps", where, "处数增加而得分不降;请由少到多、由高到低排列")
        if isinstance(rule, ShareRule):
            bounds = [(step.at_least, step.credit) for step in rule.steps]
            if sorted(bounds) != sorted(bounds, key=lambda pair: (pair[1], pair[0])):
                yield Issue("steps", where, "比例提高而得分不升;请检查 steps")


def _falling(steps: Sequence[CountStep]) -> bool:
    counts, credits = [step.up_to for step in steps], [step.credit for step in steps]
    return counts == sorted(set(counts)) and credits == sorted(credits, reverse=True)


def _years(outlines: Sequence[Instrument]) -> Iterator[Issue]:
    spans = sorted((o.report_years[0] or 0, o.report_years[1] or 9999, o.id) for o in outlines)
    for (_, last, one), (first, _, other) in zip(spans, spans[1:], strict=False):
        if first <= last:
            yield Issue("years", f"{one}、{other}", "适用年度重叠;请改 report_years,每年只有一份纲要")
        elif first > last + 1:
            yield Issue("years", f"{one}、{other}", f"{last + 1}—{first - 1} 年没有纲要;请检查 report_years")


def _unasked(
    instruments: Sequence[Instrument], profile: Profile, indicators: Mapping[str, Iterable[str]]
) -> Iterator[Issue]:
    asked = {item.indicator for instrument in instruments for _, item in instrument.specs}
    shown = {name for instrument in instruments for name in instrument.observed} | set(profile.observed)
    for name in indicators:
        if name not in asked and name not in shown:
            mend = "请在 profiles/default.yaml 的 observed 里加上它(只显示不计分),或在 instruments/ 的 items 里引用(计分)"
            yield Issue("unasked", name, f"没有清单引用这个指标;{mend}")
    for name in profile.observed:
        if name not in indicators:
            yield Issue(
                "unknown-indicator", f"{profile.id}/observed", f"没有指标“{name}”;{near(name, indicators)}"
            )
