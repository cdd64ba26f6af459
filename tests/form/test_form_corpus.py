"""The planted corpus: what must be found, and what must be left alone."""

import pytest
from form_corpus import UNMEASURED, asked, clean, examined, judged, labelled, passages, planted, written
from form_mutations import mutated

KNOWN_MISSES: set[str] = set()


@pytest.mark.parametrize("case", list(written()), ids=lambda c: c.name[:60])
def test_written_case(case):
    """Every planted passage is found, nothing else is."""
    hits, false, missed = judged(case.text, list(case.wanted))
    if case.wanted and case.wanted[0][1] in KNOWN_MISSES:
        pytest.xfail("known miss")
    assert (false, missed) == ([], [])
    assert hits == len(case.wanted)


def test_size():
    cases = list(mutated(1))
    planted = len(passages()["defects"]) + sum(bool(c.wanted) for c in cases)
    spared = len(passages()["lookalikes"]) + sum(not c.wanted for c in cases)
    assert planted >= 200
    assert spared >= 200


def test_mutations():
    false, missed = [], []
    for case in mutated(1):
        _, wrong, lost = judged(case.text, list(case.wanted))
        false += [(case.name, w) for w in wrong]
        missed += [(case.name, m) for m in lost]
    assert (false, missed) == ([], [])


@pytest.mark.parametrize("name", sorted(clean()))
def test_clean_report(name):
    assert judged(clean()[name], [])[1] == []


@pytest.mark.parametrize(
    "name, text, label", list(labelled()), ids=lambda x: x if isinstance(x, str) and len(x) < 40 else ""
)
def test_labelled_report(name, text, label):
    wanted = [(d["kind"], d.get("quote") or "") for d in label["defects"] if d["kind"] not in UNMEASURED]
    hits, false, missed = judged(text, wanted)
    assert (false, missed) == ([], [])
    _, findings = examined(text)
    assert {k: findings.facts[k] for k, v in label["form"].items() if v is not None} == {
        k: v for k, v in label["form"].items() if v is not None
    }


@pytest.mark.parametrize(
    "name, text, label", list(planted()), ids=lambda x: x if isinstance(x, str) and len(x) < 40 else ""
)
def test_planted_report(name, text, label):
    """Every planted defect of a whole report is found, and no look-alike of it is taken for one."""
    hits, false, missed = judged(text, asked(label))
    assert (false, missed) == ([], [])
    assert hits == len(asked(label))
    _, findings = examined(text)
    shown = [text[h.start : h.end] for h in findings.hints if h.start is not None]
    for hint in label["hints"]:
        assert any(quote in hint["quote"] or hint["quote"] in quote for quote in shown)
    phrases = [d["quote"] for d in label["defects"] if d["kind"] == "political"]
    found = [text[d.start : d.end] for d in findings.defects if d.kind == "political"]
    assert len(found) == len(phrases)
    assert all(any(f in p or p in f or f[:6] in p for f in found) for p in phrases)


@pytest.mark.parametrize("name", sorted(clean()))
def test_shape(name):
    """Places lie in the text, quotes are short, everything is said in words."""
    text = clean()[name].replace("法治政府", "法制政府", 1).replace("”", "", 1)
    _, findings = examined(text)
    assert findings.defects
    for defect in (*findings.defects, *findings.hints):
        assert defect.why
        assert defect.remedy
        assert defect.severity in ("must", "should", "note")
        if defect.start is not None:
            assert 0 <= defect.start < defect.end <= len(text)
            assert defect.kind == "noise" or defect.end - defect.start <= 240
    starts = [d.start for d in findings.defects if d.start is not None]
    assert starts == sorted(starts)
