"""《关于××年度法治政府建设年度报告审核情况的报告》: prose from templates and counts, with four annexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from audit import wording
from audit.gap.blocks import Document, Table
from audit.gap.facts import PRAISE, BodyFacts, Facts
from audit.report.letter_text import quoted
from audit.report.office import Blanks, Office

LONGEST = 3000
"""Characters of the main text at most."""
NAMED = 12
"""Bodies that the main text names at most; more stand in the annex."""
ITEMS = 6
NUMBERS = "一二三四五六七八九十"
COMMON = 0.6
"""Share of bodies from which something is told as a feature of all."""


def say(*path: str, **values: object) -> str:
    """A text of the report."""
    return wording.text("gap", "report", *path, **values)


def report(facts: Facts, before: Facts | None, office: Office, reviewed_by: str | None) -> Document:
    """The paper, at most 3,000 characters before its annexes.

    Args:
        facts: of the year.
        before: of the year before, for comparison.
        office: the sending office.
        reviewed_by: who has confirmed the findings.
    """
    for named, items in ((NAMED, ITEMS), (6, 4), (0, 3)):
        paper = _report(facts, before, office, reviewed_by, named, items)
        if paper.length() <= LONGEST:
            break
    return paper


def _report(
    facts: Facts, before: Facts | None, office: Office, reviewed_by: str | None, named: int, items: int
) -> Document:
    blanks = Blanks()
    paper = Document(say("name"), say("title", year=facts.year))
    paper.say("title", paper.title)
    if not reviewed_by:
        paper.say("mark", wording.text("gap", "mark", remark=wording.unreviewed()))
    to = office.addressee or f"【待填：{wording.text('gap', 'addressee')}】"
    paper.say("to", f"{to}：")
    paper.say("body", say("intro", year=facts.year))
    paper.say("first", say("heads", "basis"))
    for text in _basis(facts, named):
        paper.say("body", text)
    paper.say("first", say("heads", "good"))
    _listed(paper, _good(facts, items, named))
    paper.say("first", say("heads", "bad"))
    for key, text in _bad(facts, before, items):
        paper.say("body", text or say("no_such"), say("bad_heads", key))
    paper.say("first", say("heads", "next"))
    _listed(paper, _next(facts))
    titles = wording.entry("gap", "report", "annexes")
    for number, title in enumerate(titles.values(), start=1):
        first = "first" if number == 1 else ""
        paper.say(
            "attached", say("attached_first" if first else "attached_next", n=number, name=title), first
        )
    paper.say("note", wording.standing_remark())
    if reviewed_by:
        paper.say("sign", blanks.fill(office.sender, "sender"))
        paper.say("sign", blanks.fill(office.date, "date"))
    _annexes(paper, facts, titles)
    return paper


def _listed(paper: Document, texts: Sequence[str]) -> None:
    """Paragraphs (一)(二) whose first sentence is a heading; a single one bears no number."""
    for number, text in enumerate(texts):
        head, dot, rest = text.partition("。")
        order = say("sub", n=NUMBERS[number]) if len(texts) > 1 else ""
        if rest:
            paper.say("body", rest, f"{order}{head}{dot}")
        else:
            paper.say("body", text)


def _names(bodies: Sequence[BodyFacts], most: int) -> str:
    return "、".join(body.name for body in bodies) if len(bodies) <= most else say("see_list")


def _basis(facts: Facts, named: int) -> list[str]:
    got = facts.audited
    due = [body for body in facts.bodies if body.due]
    told = ""
    lacking = [body for body in due if not body.audited]
    if due:
        told = say(
            "due" if lacking else "due_all",
            year=facts.year,
            due=len(due),
            got=len(due) - len(lacking),
            missing=len(lacking),
        )
        extra = sum(1 for body in got if not body.due)
        told += say("extra", n=extra) if extra else ""
    else:
        told = say("got", year=facts.year, got=len(got))
    wrong = sum(1 for body in facts.bodies if not body.due and not body.audited)
    told += say("extra_wrong", n=wrong) if wrong else ""
    kinds = Counter(body.group for body in got)
    if len(kinds) > 1:
        rows = "、".join(
            say("kind", name=group_name(name), n=n)
            for name, n in sorted(kinds.items(), key=lambda kv: _order(kv[0]))
        )
        told += say("kinds", rows=rows)
    texts = [told]
    dates = _dates(got, "filed_state", "filed") + _dates(got, "published_state", "published")
    for key, rows_ in (
        (
            "named_missing"
            if all(body.filed_state == "missing" for body in lacking)
            else "named_missing_wrong",
            lacking,
        ),
        ("named_late", [body for body in got if body.filed_state == "late"]),
        ("named_late_published", [body for body in got if body.published_state == "late"]),
    ):
        if rows_:
            dates += say(key, names=_names(rows_, named))
    if dates:
        texts.append(dates)
    names = "" if facts.carried else "、".join(f"《{title}》" for title in facts.outlines)
    texts.append(say("method", outline=say("outline", names=names) if names else ""))
    return texts


def _dates(got: Sequence[BodyFacts], state: str, key: str) -> str:
    counts = Counter(getattr(body, state) for body in got)
    known = counts["in_time"] + counts["late"]
    told = say(key, n=known, ok=counts["in_time"], late=counts["late"], even="") if known else ""
    return told + (say(f"{key}_unknown", n=counts["unknown"]) if counts["unknown"] else "")


def group_name(name: str) -> str:
    """The words for a kind of bodies."""
    return str(wording.entry("gap", "groups").get(name, name))


def _order(name: str) -> int:
    return list(wording.entry("gap", "groups")).index(name)


def _good(facts: Facts, items: int, named: int) -> list[str]:
    got = facts.audited
    texts = []
    whole = [body for body in got if body.whole]
    if got and len(whole) >= COMMON * len(got):
        texts.append(say("whole", n=len(got), k=len(whole)))
    rows = []
    for item in sorted(facts.titles, key=lambda key: -facts.weights.get(key, 0)):
        counts = facts.verdicts(item)
        n = sum(counts.values())
        if n >= max(2, len(got) // 4) and counts["full"] >= 0.8 * n:
            rows.append(
                (-facts.weights.get(item, 0), -counts["full"] / n, -n, facts.titles[item], n, counts["full"])
            )
    if rows:
        told = "；".join(
            say("covered_row", title=title, n=n, k=k) for *_, title, n, k in sorted(rows)[: min(5, items)]
        )
        texts.append(say("covered", rows=told))
    candid = [
        body for body in got if not body.vague and not {"part-problems", "problem-causes"} & set(body.lacking)
    ]
    if got and len(candid) >= COMMON * len(got):
        texts.append(say("candid", n=len(got), k=len(candid)))
    clean = [body for body in got if not body.figures]
    if got and len(clean) >= COMMON * len(got):
        texts.append(say("clean", n=len(got), k=len(clean)))
    best = [
        body for body in got if body.whole and not body.figures and not body.vague and body.share >= PRAISE
    ]
    if best and named:
        shown = best[:5]
        key = "praise" if len(best) > len(shown) else "praise_all"
        praise = say(key, names="、".join(body.name for body in shown), n=len(best))
        texts = [texts[0] + praise, *texts[1:]] if texts else [praise]
    return texts or [say("good_none")]


def _bad(facts: Facts, before: Facts | None, items: int) -> list[tuple[str, str]]:
    got = facts.audited
    n = len(got)
    lacking = [body for body in got if body.lacking]
    rows = Counter(part for body in lacking for part in body.lacking)
    content = ""
    if lacking:
        parts = "，".join(
            say("content_row", title=facts.titles.get(part, part), k=k) for part, k in rows.most_common()
        )
        content = say(
            "content",
            n=n,
            k=len(lacking),
            change=_change(facts, before, lambda b: bool(b.lacking)),
            rows=parts,
        )
    wrong = [body for body in got if body.figures]
    figures = ""
    if wrong:
        change = _change(facts, before, lambda b: bool(b.figures))
        figures = say("figures", n=n, k=len(wrong), c=sum(len(b.figures) for b in wrong), change=change)
    spoilt = [body for body in got if body.wording]
    kinds = Counter[str]()
    for body in spoilt:
        kinds.update(body.wording)
    text = ""
    if spoilt:
        named = "、".join(
            say("wording_row", name=wording.defect(kind), k=k) for kind, k in kinds.most_common(4)
        )
        key = "wording"
        if len(kinds) == 1:
            key, named = "wording_one", wording.defect(next(iter(kinds)))
        text = say(key, n=n, k=len(spoilt), c=sum(kinds.values()), rows=named)
    return [
        ("content", content), ("items", _items(facts, items)), ("figures", figures),
        ("candour", _candour(facts, before)), ("wording", text),
    ]  # fmt: skip


def _items(facts: Facts, most: int) -> str:
    rows = []
    for item, n, k, counts in weak_items(facts)[:most]:
        absent, plan = counts["absent"], counts["plan_only"]
        key = "items_detail" if absent and plan else "items_plan" if plan else "items_absent"
        detail = say(key, a=absent, b=plan) if absent or plan else ""
        row = "items_row_all" if k == n > 1 else "items_row"
        rows.append(say(row, title=facts.titles[item], n=n, k=k, detail=detail))
    return say("items", rows="；".join(rows)) if rows else ""


def weak_items(facts: Facts) -> list[tuple[str, int, int, Counter[str]]]:
    """Items that many bodies show too little, the weightiest gaps first: item, judged, not well shown, verdicts."""
    rows = []
    for item in facts.titles:
        counts = facts.verdicts(item)
        n = sum(counts.values())
        k = n - counts["full"]
        if n and k and (n < 5 or k >= 0.2 * n):
            rows.append((-k * facts.weights.get(item, 1), item, n, k, counts))
    return [row[1:] for row in sorted(rows, key=lambda row: (row[0], row[1]))]


def _candour(facts: Facts, before: Facts | None) -> str:
    got = facts.audited
    told = ""
    vague = sum(1 for body in got if body.vague)
    causes = sum(1 for body in got if "problem-causes" in body.lacking)
    open_ = [body for body in got if body.unanswered]
    if vague:
        told += say("candour_vague", n=len(got), k=vague)
    if causes:
        told += say(
            "candour_causes",
            n=len(got),
            k=causes,
            change=_change(facts, before, lambda b: "problem-causes" in b.lacking),
        )
    if open_:
        told += say("candour_open", n=len(got), k=len(open_), c=sum(body.unanswered for body in open_))
    return told


def _change(facts: Facts, before: Facts | None, test: Callable[[BodyFacts], bool]) -> str:
    """How a number of bodies has changed, counted over the bodies audited in both years.

    A plain difference only where these are all of this year's bodies; nothing where they are less than half.
    """
    now = {"".join(body.name.split()): test(body) for body in facts.audited}
    then = {"".join(body.name.split()): test(body) for body in before.audited} if before else {}
    both = now.keys() & then.keys()
    if not both or 2 * len(both) < len(now):
        return ""
    k, last = sum(now[name] for name in both), sum(then[name] for name in both)
    if len(both) < len(now):
        return say("change", "other", n=len(both), k=k, last=last)
    key = "more" if k > last else "less" if k < last else "same"
    return say("change", key, n=abs(k - last))


def _next(facts: Facts) -> list[str]:
    got = facts.audited
    missing = [body for body in facts.bodies if body.due and not body.audited]
    lacking = [body for body in got if body.lacking]
    texts = [say("next_missing", n=len(missing)) if missing else say("next_dates")]
    if lacking:
        texts.append(say("next_content", n=len(lacking)))
    weak = weak_items(facts)
    if weak:
        texts.append(say("next_items", names=quoted([facts.titles[item] for item, *_ in weak[:4]])))
    wrong = sum(1 for body in got if body.figures)
    if wrong:
        texts.append(say("next_figures", n=wrong))
    if any(body.vague or body.unanswered or "problem-causes" in body.lacking for body in got):
        texts.append(say("next_candour"))
    if any(body.wording for body in got):
        texts.append(say("next_wording"))
    reviews = sum(body.reviews for body in got)
    if reviews:
        texts.append(say("next_review", n=reviews))
    return texts


def _annexes(paper: Document, facts: Facts, titles: dict[str, str]) -> None:
    def head(name: str) -> list[str]:
        return list(wording.entry("gap", "report", f"{name}_head").values())

    for number, (key, title) in enumerate(titles.items(), start=1):
        paper.say("annex", title, say("annex", n=number))
        if key == "filing":
            paper.blocks.append(
                Table(
                    title, head("filing"), filing_rows(facts), (13, 45, 22, 24, 17, 24, 15), (0, 3, 4, 5, 6)
                )
            )
        elif key == "summary":
            paper.say("caption", say("summary_groups"))
            widths = (26, 16, 16, 20, 22, 22, 18, 18)
            paper.blocks.append(
                Table(
                    say("summary_groups"), head("group"), _group_rows(facts), widths, range(1, 8), {5: "0%"}
                )
            )
            paper.say("caption", say("summary_items"))
            widths = (13, 41, 17, 16, 17, 18, 18, 16)
            paper.blocks.append(
                Table(say("summary_items"), head("item"), _item_rows(facts), widths, (0, 2, 3, 4, 5, 6, 7))
            )
        elif key == "issues":
            paper.say("note", say("issues_remark"))
            paper.blocks.append(
                Table(title, head("issues"), _issue_rows(facts), (13, 26, 27, 58, 24, 15), (0,))
            )
        else:
            names = "、".join(
                [
                    "《法治政府建设与责任落实督察工作规定》",
                    *([] if facts.carried else [f"《{title}》" for title in facts.outlines]),
                ]
            )
            for name in ("scope", "words", "counts", "tables"):
                paper.say(
                    "body",
                    say("method_rows", name, year=facts.year, names=names)
                    if name == "scope"
                    else say("method_rows", name),
                )
            if facts.carried:
                paper.say("body", say("method_rows", "carried"))
            paper.say("body", say("method_rows", "version", names="；".join(facts.versions)))
            paper.say("note", wording.standing_remark())


def filing_rows(facts: Facts) -> list[tuple[object, ...]]:
    """Rows of the table on filing and publication, in the roster's order."""
    filed, public = wording.entry("gap", "filed_states"), wording.entry("gap", "published_states")
    return [
        (
            number, body.name, group_name(body.group), body.filed or "", filed[body.filed_state], body.published or "",
            public[body.published_state],
        )
        for number, body in enumerate(facts.bodies, start=1)
    ]  # fmt: skip


def _group_rows(facts: Facts) -> list[tuple[object, ...]]:
    groups = facts.groups()
    rows = [
        _group_row(group_name(name), bodies)
        for name, bodies in groups
        if any(body.due or body.audited for body in bodies)
    ]
    return [*rows, _group_row(say("total"), facts.bodies)] if len(groups) > 1 else rows


def _group_row(name: str, bodies: Sequence[BodyFacts]) -> tuple[object, ...]:
    got = [body for body in bodies if body.audited]
    due = sum(1 for body in bodies if body.due)
    verdicts = [verdict for body in got for verdict in body.items.values()]
    share = sum(verdict == "full" for verdict in verdicts) / len(verdicts) if verdicts else None
    return (
        name, due or "", len(got), sum(body.whole for body in got), sum(bool(body.lacking) for body in got), share,
        sum(bool(body.figures) for body in got), sum(bool(body.wording) for body in got),
    )  # fmt: skip


def _item_rows(facts: Facts) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for item, title in facts.titles.items():
        counts = facts.verdicts(item)
        n = sum(counts.values())
        if n:
            rows.append(
                (
                    len(rows) + 1,
                    title,
                    n,
                    counts["full"],
                    counts["weak"],
                    counts["plan_only"],
                    counts["shortfall_only"],
                    counts["absent"],
                )
            )
    return rows


def _issue_rows(facts: Facts) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for body in facts.audited:
        lacking = [facts.titles.get(part, part) for part in body.lacking]
        if body.vague:
            lacking.append(wording.text("gap", "table", "vague"))
        items = quoted([facts.titles.get(item, item) for item in body.open[:5]])
        if len(body.open) > 5:
            items = wording.text("letter", "names", names=items, n=len(body.open))
        kinds = "、".join(
            say("wording_row", name=wording.defect(kind), k=k) for kind, k in body.wording.items()
        )
        if lacking or items or body.figures or kinds:
            rows.append(
                (len(rows) + 1, body.name, "；".join(lacking), items, "；".join(body.figures[:3]), kinds)
            )
    return rows
