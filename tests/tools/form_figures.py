#!/usr/bin/env python3
"""Precision and recall of the form checks on the planted corpus.

    form_figures.py [--rounds N] [--details]

Prints, for each kind of defect, how many were planted, found and missed and how many findings were false,
over the hand-written passages, the mutations of clean reports (with N seeds each), the labelled reports
and the whole reports with planted defects; then the false findings on clean reports and the time that one report takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "form"))

from form_corpus import UNMEASURED, asked, clean, examined, judged, labelled, planted, written  # noqa: E402
from form_mutations import mutated  # noqa: E402

from audit.document.assemble import understand  # noqa: E402
from audit.document.model import Text  # noqa: E402
from audit.form import examine  # noqa: E402


def main() -> int:
    """Prints the figures; exit status 1 where precision or recall is below what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=1, help="seeds for each mutation")
    parser.add_argument("--details", action="store_true", help="print every miss and every false finding")
    options = parser.parse_args()
    hits: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    sown = spared = 0
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    cases = [("passages", c.name, c.text, list(c.wanted)) for c in written()]
    cases += [("mutations", c.name, c.text, list(c.wanted)) for c in mutated(options.rounds)]
    for name, text, label in labelled():
        wanted = [(d["kind"], d.get("quote") or "") for d in label["defects"] if d["kind"] not in UNMEASURED]
        cases.append(("labelled", name, text, wanted))
    for name, text, label in planted():
        cases.append(("whole reports", name, text, asked(label)))
        spared += len(label["lookalikes"]) - (not label["defects"])
    for group, name, text, wanted in cases:
        found, wrong, lost = judged(text, wanted)
        sown += len(wanted)
        spared += not wanted
        kinds = [kind for kind, _ in wanted]
        gone = Counter(entry.split(":")[0] for entry in lost)
        for kind in kinds:
            if gone[kind]:
                gone[kind] -= 1
            else:
                hits[kind] += 1
        missed.update(entry.split(":")[0] for entry in lost)
        false.update(entry.split(":")[0] for entry in wrong)
        groups[group] = [a + b for a, b in zip(groups[group], (found, len(wrong), len(lost)), strict=True)]
        if options.details and (wrong or lost):
            print(f"{name}\n   false {wrong}\n   missed {lost}")
    print(f"planted {sown}, look-alikes {spared}")
    print(f"{'kind':16}{'found':>7}{'missed':>7}{'false':>7}")
    for kind in sorted(set(hits) | set(missed) | set(false)):
        print(f"{kind:16}{hits[kind]:7}{missed[kind]:7}{false[kind]:7}")
    for group, (found, wrong_count, lost_count) in groups.items():
        print(f"{group:16}{found:7}{lost_count:7}{wrong_count:7}")
    good, bad, gone_all = sum(hits.values()), sum(false.values()), sum(missed.values())
    precision, recall = good / max(1, good + bad), good / max(1, good + gone_all)
    reports = clean()
    stray = sum(len(judged(text, [])[1]) for text in reports.values())
    print(f"precision {precision:.3f}  recall {recall:.3f}")
    print(f"clean reports {len(reports)}, false findings {stray}")
    print(f"milliseconds a report (warm) {_cost(list(reports.values())):.1f}")
    return 0 if precision >= 0.95 and recall >= 0.90 else 1


def _cost(texts: list[str]) -> float:
    examined(texts[0])
    spent = 0.0
    for text in texts:
        document = understand(Text(text))
        best = 1.0
        for _ in range(5):
            began = time.perf_counter()
            examine(document, report_year=document.facts.report_year, stage="filed")
            best = min(best, time.perf_counter() - began)
        spent += best
    return spent / len(texts) * 1000


if __name__ == "__main__":
    sys.exit(main())
