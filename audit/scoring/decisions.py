"""Reviewers' decisions: who judged an item otherwise, when, why, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, get_args

from audit import wording
from audit.checklist.instruments import Instrument
from audit.checklist.items import ItemSpec
from audit.checklist.rules import exact
from audit.result import Verdict
from audit.scoring.outcome import ONE, ZERO, Outcome

_WEAK = Fraction(3, 5)


@dataclass(slots=True)
class Decision:
    """A decision as handed in, and what became of it.

    Attributes:
        raw: the entry: item, verdict, who, when, why, until?, checklist?, credit?, before?.
        item: id of the item; `checklist/item` names one checklist only.
        verdict: identifier, or None where the entry is not whole.
        status: applied, stale, changed (applied, but the machine's verdict is no longer the one decided
            upon), expired, unknown, invalid.
        before: the machine's verdict.
    """

    raw: Mapping[str, Any]
    item: str = ""
    checklist: str | None = None
    verdict: Verdict | None = None
    status: str = "unknown"
    before: Verdict | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def used(self) -> bool:
        """Whether it took effect."""
        return self.status in ("applied", "changed")


def read_decisions(raw: Sequence[Mapping[str, Any]]) -> list[Decision]:
    """Entries made ready; one that lacks item, verdict, who, when or why is `invalid`."""
    decisions = []
    for entry in raw:
        item = str(entry.get("item") or "")
        checklist = entry.get("checklist")
        if "/" in item:
            checklist, _, item = item.partition("/")
        decision = Decision(
            entry, item, str(checklist) if checklist else None, _verdict(entry.get("verdict"))
        )
        whole = item and decision.verdict and all(entry.get(name) for name in ("who", "when", "why"))
        if not whole:
            decision.status = "invalid"
        decisions.append(decision)
    return decisions


def _verdict(said: Any) -> Verdict | None:
    """The verdict meant, by identifier or by the words that users read."""
    for name in get_args(Verdict):
        if name != "error" and said in (name, wording.verdict(name)):
            verdict: Verdict = name
            return verdict
    return None


def decide(
    instrument: Instrument,
    outcomes: Sequence[Outcome],
    titles: Sequence[str],
    decisions: Sequence[Decision],
    as_of: str | None = None,
) -> tuple[list[Outcome], dict[int, Decision]]:
    """Puts decisions in the place of the machine's outcomes; later entries go before earlier ones.

    Args:
        instrument: the checklist.
        outcomes: the machine's, in file order.
        titles: of the items, in file order; a decision may name an item by its title.
        decisions: their status is set here.
        as_of: ISO date for `until`; None: no decision runs out.

    Returns:
        The outcomes, and for each item decided upon the decision that holds.
    """
    decided = list(outcomes)
    held: dict[int, Decision] = {}
    for decision in decisions:
        if decision.status == "invalid" or decision.checklist not in (None, instrument.id):
            continue
        for i, (_, spec) in enumerate(instrument.specs):
            if decision.item in (spec.key, titles[i]):
                decision.checklist, decision.item = instrument.id, spec.key
                decision.before = outcomes[i].verdict
                outcome = _apply(decision, spec, instrument, outcomes[i], as_of)
                if outcome is not None:
                    decided[i] = outcome
                    held[i] = decision
                break
    return decided, held


def _apply(
    decision: Decision, spec: ItemSpec, instrument: Instrument, machine: Outcome, as_of: str | None
) -> Outcome | None:
    raw, verdict = decision.raw, decision.verdict
    if verdict is None:
        return None
    until = raw.get("until")
    if until and as_of and str(until) < as_of:
        decision.status = "expired"
        return None
    credit = _credit(decision, spec, instrument, machine)
    if verdict == machine.verdict and credit == machine.credit:
        decision.status = "stale"
        return None
    recorded = _verdict(raw.get("before"))
    decision.status = "changed" if recorded not in (None, machine.verdict) else "applied"
    reason = wording.reason(
        "decided_until" if until else "decided",
        who=raw["who"],
        when=raw["when"],
        why=str(raw["why"]).rstrip("。") + "。",
        until=until,
        verdict=wording.verdict(verdict, instrument.id, spec.key),
    )
    advice = None if verdict in ("full", "not_applicable") else machine.advice
    return Outcome(verdict, credit, reason, advice, review=False)


def _credit(decision: Decision, spec: ItemSpec, instrument: Instrument, machine: Outcome) -> Fraction | None:
    verdict, own = decision.verdict, decision.raw.get("credit")
    if verdict in ("not_applicable", "needs_human", "error", None):
        return None
    if verdict == "full":
        return ONE
    if verdict == "absent":
        return ZERO
    if isinstance(own, (int, float)) and 0 < own < 1:
        return exact(own)
    if verdict == machine.verdict:
        return machine.credit
    if instrument.credits is None or spec.indicator is None:
        return _WEAK
    table = instrument.credits.data if spec.requires == "data" else instrument.credits.action
    if verdict == "plan_only":
        return table.of("plan")
    if verdict == "shortfall_only":
        return table.of("shortfall")
    return next((c for c in (table.of("action"), table.of("mention")) if c < ONE), _WEAK)
