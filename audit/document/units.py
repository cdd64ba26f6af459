"""The measure words and set phrases of `checklists/units.yaml`, made ready for matching."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from audit.data import load_yaml

CHINESE = "零一二两三四五六七八九十百千万亿"


class Units(NamedTuple):
    """Compiled word lists for numbers.

    Attributes:
        unit: what may stand behind a number; groups `pp`, `pc`, `money`, `dur`, `cnt` (with `alt`), `noun`.
        opening: the characters with which a `token` begins.
        token: finds where a number may begin: digits, Chinese numerals, words for all and for none.
        name: set phrases with numerals.
        zero: 零 or 0 in front of what did not happen (零败诉).
        before: words in front of a number that make it vague, longest first.
        before_not: words that end like one of `before` and are none.
        after: words behind a number that make it vague.
        base: a clause compares with an earlier time.
        move: a verb or noun of change.
        adjacent: a clause ends in a verb of change.
        tail: a clause ends in a one-character verb of change.
        cut: a clause speaks of cutting times or papers, where the cut itself is the level.
        arabic_only: measure words that count only behind Arabic digits.
        one_with: measure words that count behind a lone 一.
        full_words: words that mean 100 %.
        share_words: words for a share without a numeral (半数), with its percentage.
        turn_words: words for a change without a numeral (翻番), with its percentage.
    """

    unit: re.Pattern[str]
    opening: re.Pattern[str]
    token: re.Pattern[str]
    name: re.Pattern[str]
    zero: re.Pattern[str]
    before: tuple[str, ...]
    before_not: tuple[str, ...]
    after: re.Pattern[str]
    base: re.Pattern[str]
    move: re.Pattern[str]
    adjacent: re.Pattern[str]
    tail: re.Pattern[str]
    cut: re.Pattern[str]
    arabic_only: frozenset[str]
    one_with: frozenset[str]
    full_words: frozenset[str]
    share_words: dict[str, float]
    turn_words: dict[str, float]


def _any(words: list[str]) -> str:
    """An alternation, longest word first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def _unit(data: dict[str, Any]) -> str:
    measures = "|".join(
        re.escape(word) + (f"(?![{others}])" if others else "")
        for word, others in sorted(data["measures"].items(), key=lambda item: (-len(item[0]), item[0]))
    )
    not_before = {
        "周": "(?![年边期转])",
        "年": "(?![级轻检审龄均会])",
        "日": "(?![常均])",
        "月": "(?![均度])",
    }
    spans = "|".join(
        re.escape(word) + not_before.get(word, "")
        for word in sorted(data["durations"], key=lambda word: (-len(word), word))
    )
    return (
        rf" ?(?:(?P<pp>个?百分点)|(?P<pc>[%‰])|(?P<money>{_any(data['money'])})|(?P<dur>{spans})"
        rf"|(?P<cnt>大?(?:[{data['compounds']}]次(?!生)|{measures}))(?P<alt>\([^()\n]{{1,3}}\))?"
        rf"|(?P<noun>{_any(data['nouns'])}))"
    )


def _opening(data: dict[str, Any]) -> str:
    """The first characters of all that `_token` finds: the engine passes over the rest of a text at once."""
    words = [*data["share_words"], *data["full_words"], *data["turn_words"]]
    return f"[0-9{CHINESE}数几没未无都{''.join(sorted({re.escape(word[0]) for word in words}))}]"


def _token(data: dict[str, Any]) -> str:
    """Where a number may begin; every alternative starts with one of the characters of `_opening`."""
    tens = CHINESE[1:]
    one = "过?一[起例件宗桩人](?![事步体一])"
    happened = "(?:发生|出现|收到|引发|产生|接到|形成|造成|办理|受理|因[^,。;:!?、\\n“《]{1,12}?)"
    return (
        rf"[0-9]+|百分之[{tens}零]+(?:点[{CHINESE}]+)?|百分百|[{tens}]+分之[{tens}]+"
        rf"|没有{happened}?{one}|未{happened}{one}|{_any(data['share_words'])}"
        rf"|{_any(data['full_words'])}|无一[起例件宗桩人]?|一[起例件宗案](?=未败|没败|没输|未输|也没输|都没输)|一[份件个项户人案家条处场]不[漏落少]|[{CHINESE}数几]+(?:点[{CHINESE}]+)?|{_any(data['turn_words'])}"
        rf"|都(?={_any(data['full_adverbs_before'])}|[有能在])"
    )


@cache
def units() -> Units:
    """The word lists, read and compiled once a process."""
    data = load_yaml("units.yaml")
    earlier = _any(data["change_base"])
    return Units(
        unit=re.compile(_unit(data)),
        opening=re.compile(_opening(data)),
        token=re.compile(_token(data)),
        name=re.compile("|".join(f"(?:{name})" for name in data["names"])),
        zero=re.compile(rf"[零0](?:{_any(data['zero_nouns'])})"),
        before=tuple(sorted(data["approx_before"], key=len, reverse=True)),
        before_not=tuple(data["approx_before_not"]),
        after=re.compile(_any(data["approx_after"])),
        base=re.compile(rf"同比|环比|[比较与同跟][^,]{{0,8}}?(?:{earlier}|(?:19|20)\d\d年|改革前|整治前)"),
        move=re.compile(_any(data["change_move"])),
        adjacent=re.compile(rf"(?:{_any(data['change_adjacent'])})了?(?:幅度)?(?:达到?|为)?$"),
        tail=re.compile(rf"(?<!新)[{''.join(data['change_tail'])}]了?$"),
        cut=re.compile(
            rf"(?:{_any(data['cut_of'])}).*(?:{_any(data['cut_verbs'])})|(?:{_any(data['cut_verbs'])}).{{0,4}}(?:{_any(data['cut_of'])})"
        ),
        arabic_only=frozenset(data["arabic_only"]),
        one_with=frozenset(data["one_with"]),
        full_words=frozenset(data["full_words"]),
        share_words=data["share_words"],
        turn_words=data["turn_words"],
    )
