"""The words that tell the parts of a report apart, read from `checklists/roles.yaml`."""

from __future__ import annotations

import re
from functools import cache

from audit.data import load_yaml
from audit.document.model import Role


@cache
def _words() -> dict[str, str]:
    return {name: "|".join(entries) for name, entries in load_yaml("roles.yaml")["words"].items()}


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of one list, named `group.list` (`noise.sure`), or `group` where that is a list.

    Raises:
        KeyError: there is no such list.
    """
    node = load_yaml("roles.yaml")
    for key in name.split("."):
        node = node[key]
    joined = "|".join(f"(?:{entry})" if "|" in entry else entry for entry in node)
    for word, choices in _words().items():
        joined = joined.replace("{" + word + "}", choices)
    return re.compile(joined)


def heading_roles(words: str, report_year: int | None = None) -> tuple[Role, ...]:
    """The roles that a heading announces, in order; none for a heading about a theme.

    Args:
        words: the heading, normalised, without its number.
        report_year: the year reported on, where known: a later year in the heading means a plan.
    """
    sure = cue("heading.plan_sure").search(words)
    later = _later_year(words, report_year)
    plan = sure or later
    if plan is None and not cue("heading.plan_not").search(words) and not _told_year(words, report_year):
        plan = cue("heading.plan").search(words)
    person = cue("heading.responsible").search(words)
    if person and "," in words[: person.start()] and not words.rstrip("。:").endswith("情况"):
        person = None
    done = cue("heading.achievements").search(words)
    if person and not cue("heading.responsible_not").search(words) and not plan:
        before = (
            done
            and done.start() < person.start()
            and re.search("[和及暨与、]|以及", words[done.end() : person.end()])
        )
        return ("achievements",) if before else ("responsible",)
    fault = cue("heading.problems").search(words)
    if fault and cue("heading.problems_not").search(words):
        fault = cue("heading.problems_sure").search(words)
    found: list[tuple[int, Role]] = []
    if plan:
        found.append((plan.start(), "plan"))
    if fault:
        found.append((fault.start(), "problems"))
    if done and not (plan and later and not fault) and (not found or done.start() < min(found)[0]):
        found.append((done.start(), "achievements"))
    roles = tuple(dict.fromkeys(role for _, role in sorted(found)))
    if len(roles) > 1 and roles[0] == "achievements" and not re.search("[和及暨与、]", words):
        return roles[1:]
    return roles


def own_roles(words: str, report_year: int | None = None) -> tuple[Role, ...]:
    """The roles that a heading of lower rank announces for what stands under it.

    Stricter than `heading_roles`: “(三)补齐短板” within the results is no heading of problems.
    """
    roles = heading_roles(words, report_year)
    if roles == ("responsible",):
        return roles
    plain = words.rstrip("。:")
    if not cue("bare").search(plain):
        sure = cue("heading.plan_sure").search(plain) or cue("heading.problems_sure").search(plain)
        if len(plain) > 20 or not sure or cue("heading.problems_not").search(plain):
            return ()
    return tuple(role for role in roles if role in ("problems", "plan"))


def _later_year(words: str, report_year: int | None) -> re.Match[str] | None:
    if report_year is None:
        return None
    for match in re.finditer(r"(20\d\d)(?![-\d])年?", words):
        if int(match[1]) > report_year:
            return match
    return None


def _told_year(words: str, report_year: int | None) -> bool:
    match = re.search(r"(20\d\d)年", words)
    return bool(match and report_year is not None and int(match[1]) <= report_year)
