"""Teaches the second reader from labelled sentences, and prints how many wrong grades it would have marked.

    python tests/tools/learn.py [--write]

Needs scikit-learn (`pip install scikit-learn`), which the program itself does not. It learns from the labelled and
made-up reports, the passages and the examples of the indicators; the weights of the signs of doubt from
`tests/data/doubt.json`: signs and errors of grades as they were at first sight of reports that neither the rules nor
the second reader of that time knew. `--write` writes `checklists/second-reader.json`.
"""

import argparse
import collections
import json
import pathlib
import random
import sys
import warnings

import numpy as np
import yaml
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from audit.checklist.learned import FILE, GRADES
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.find import engine
from audit.matching.review import doubt_of, to_mark
from audit.matching.scan import scan
from audit.matching.words import boundaries

DATA = ROOT / "tests" / "data"
WORDS = 100
"""Words kept for a matter."""
COMMON = 0.05
"""Share of the sentences from which a word is too common to speak for a matter."""
TELLING = 300
"""Words kept that tell a grade."""
LEAST = 4
"""Times that a word must occur."""


def scanned(text):
    """A text as matching sees it."""
    machine = engine()
    document = understand(Text(text))
    return document, scan(document, machine.compiled, machine.search, boundaries)


def of_report(path):
    """A labelled report's document, scan and label."""
    label = json.loads(path.read_text(encoding="utf-8"))
    source = path.parents[1] / "reports" / f"{path.stem}.txt"
    return *scanned(source.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")), label


def shares(quote, text):
    """A quote of a label and a sentence share words."""
    return (
        quote in text
        or len(quote) > 6
        and text.strip() in quote
        or any(quote[at : at + 10] in text for at in range(0, max(1, len(quote) - 9), 5))
    )


def single(text):
    """The combinations of a text by itself, and whether it holds a figure."""
    document, found = scanned("一、主要工作\n" + text + "\n")
    held = set()
    for number, sentence in enumerate(document.sentences):
        if sentence.start >= 7:
            held |= found.combinations(number).keys()
    return held, any(map(str.isdigit, document.norm[7:]))


def gather(labels, cases):
    """Sentences with the matters that they speak for, and passages with their grade.

    Returns:
        (combinations, {indicator} or None, (indicator, speaks) or None) for sentences, and
        (combinations, figure, indicator, grade) for passages.
    """
    sentences, passages = [], []
    for path in labels:
        document, found, label = of_report(path)
        graded = {key: value for key, value in label["indicators"].items() if value["grade"] != "none"}
        for number, sentence in enumerate(document.sentences):
            text = document.text[sentence.start : sentence.end]
            spoken = {key for key, value in graded.items() if any(shares(q, text) for q in value["quotes"])}
            sentences.append((set(found.combinations(number)), spoken, None))
        for key, value in graded.items():
            for quote in value["quotes"]:
                passages.append((*single(quote), key, value["grade"]))
    for key, text, grade in cases:
        held, figure = single(text)
        sentences.append((held, None, (key, grade != "none")))
        passages.append((held, figure, key, grade))
    return sentences, passages


def matrix(rows, columns, known=False):
    """Rows of combinations as a matrix, each row of unit length, measured by its known combinations or by all."""
    at = {name: number for number, name in enumerate(columns)}
    r, c, v = [], [], []
    for number, held in enumerate(rows):
        found = [name for name in held if name in at]
        share = 1 / max(1, len(found) if known else len(held)) ** 0.5
        for name in found:
            r.append(number)
            c.append(at[name])
            v.append(share)
    return sparse.csr_matrix((v, (r, c)), shape=(len(rows), len(columns)))


def frequent(rows, most=1.0):
    """The combinations that occur often enough, and in no more than this share of the rows."""
    counts = collections.Counter(name for held in rows for name in held)
    return sorted(name for name, times in counts.items() if LEAST <= times <= most * len(rows))


def balanced(cost):
    return LogisticRegression(C=cost, class_weight="balanced", solver="liblinear", max_iter=300)


def learn(sentences, passages, ids):
    """What the file holds but for the weights of doubt, with combinations in place of words."""
    columns = frequent([held for held, *_ in sentences], COMMON)
    table = matrix([held for held, *_ in sentences], columns)
    matters = {}
    for key in ids:
        rows = [n for n, (_, spoken, own) in enumerate(sentences) if spoken is not None or own[0] == key]
        speaks = [own[1] if own else key in spoken for _, spoken, own in (sentences[n] for n in rows)]
        own = table[rows]
        first = balanced(10).fit(own, speaks).coef_[0]
        kept = np.argsort(-np.abs(first), kind="stable")[:WORDS]
        model = balanced(10).fit(own[:, kept], speaks)
        matters[key] = (
            model.intercept_[0],
            dict(zip([columns[n] for n in kept], model.coef_[0], strict=True)),
        )
    columns = frequent([held for held, *_ in passages])
    grades = [grade for *_, grade in passages]
    extra = np.zeros((len(passages), len(ids) + 1))
    for row, (_, figure, key, _) in enumerate(passages):
        extra[row, ids.index(key)], extra[row, -1] = 0.5, figure
    for _ in range(2):
        table = matrix([held for held, *_ in passages], columns, known=True)
        model = LogisticRegression(C=10, max_iter=600).fit(
            sparse.hstack([table, sparse.csr_matrix(extra)]).tocsr(), grades
        )
        if len(columns) > TELLING:
            best = np.argsort(-np.abs(model.coef_[:, : len(columns)]).max(0), kind="stable")[:TELLING]
            columns = [columns[n] for n in sorted(best)]
    order = [list(model.classes_).index(grade) for grade in GRADES]
    weights, base = model.coef_[order], model.intercept_[order]
    usual = {key: base + 0.5 * weights[:, len(columns) + number] for number, key in enumerate(ids)}
    return matters, usual, weights[:, -1], {name: weights[:, n] for n, name in enumerate(columns)}


def words_of():
    """For each combination the first of its literals that is found again under that number."""
    compiled = engine().compiled
    first = {}
    for number, word in enumerate(compiled.literals.words()):
        first.setdefault(word, compiled.literal_sets[number])
    name = {}
    for word, combination in first.items():
        name.setdefault(combination, word)
    return name


def rounded(numbers):
    return [round(float(number), 2) for number in numbers]


def doubt_weights(cases):
    """Weights of the signs, learned from what was wrong at first sight."""
    names = sorted({name for case in cases for name in case["signs"]})
    table = np.array([[case["signs"].get(name, 0.0) for name in names] for case in cases])
    model = LogisticRegression(C=0.05, max_iter=3000).fit(table, [case["wrong"] for case in cases])
    return {"all": round(float(model.intercept_[0]), 3)} | {
        name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)
    }


def marked(weights, cases):
    """The grades of the cases that would be marked, the wrong ones among them, and all wrong ones."""
    by_report = collections.defaultdict(list)
    for case in cases:
        by_report[case["report"]].append((doubt_of(case["signs"], weights), case["wrong"]))
    kept = []
    for rows in by_report.values():
        rows.sort(reverse=True)
        kept += rows[: to_mark([doubt for doubt, _ in rows])]
    return len(kept), sum(wrong for _, wrong in kept), sum(case["wrong"] for case in cases)


def crossed(cases, folds=8, rounds=4):
    """The shares of grades marked, and of the wrong ones among them, by weights learned from other reports."""
    reports, seen = sorted({case["report"] for case in cases}), np.zeros(3)
    for seed in range(rounds):
        random.Random(seed).shuffle(reports)
        for fold in range(folds):
            left = set(reports[fold::folds])
            weights = doubt_weights([case for case in cases if case["report"] not in left])
            seen += marked(weights, [case for case in cases if case["report"] in left])
    return seen[0] / (rounds * len(cases)), seen[1] / seen[2]


def example_cases(root):
    """(indicator, text, grade) of all examples under a checklists folder."""
    for path in sorted((root / "indicators").rglob("*.yaml")):
        indicator = yaml.safe_load(path.read_text(encoding="utf-8"))
        for kind in ("hit", "miss"):
            for example in indicator["examples"].get(kind, []):
                yield indicator["id"], example["text"], example.get("grade", "none")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    cases = json.loads((DATA / "doubt.json").read_text(encoding="utf-8"))
    share, caught = crossed(cases)
    print(
        f"{len(cases)} grades at first sight, {sum(case['wrong'] for case in cases)} wrong; "
        f"marked by weights of other reports: {share:.3f} of all, {caught:.3f} of the wrong ones"
    )
    if not args.write:
        return
    ids = [matter.id for matter in engine().compiled.indicators if not matter.observed]
    examples = [case for case in example_cases(checklist_root()) if case[0] in ids]
    for line in (DATA / "passages" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        examples.append((row["id"], row["text"], row["grade"]))
    labels = sorted(DATA.glob("labelled/labels/*.json")) + sorted(DATA.glob("made-up/labels/*.json"))
    examples = [case for case in examples if case[0] in ids]
    write(*learn(*gather(labels, examples), ids), doubt_weights(cases), checklist_root() / FILE)


def write(matters, usual, figure, telling, doubt, path):
    """Writes the file, combinations named by one of their words."""
    name = words_of()
    data = {
        "matters": {
            key: {
                "base": round(float(base), 2),
                "grades": rounded(usual[key]),
                "words": {
                    name[c]: round(float(w), 2)
                    for c, w in sorted(words.items())
                    if c in name and abs(w) >= 0.05
                },
            }
            for key, (base, words) in matters.items()
        },
        "figure": rounded(figure),
        "words": {name[c]: rounded(w) for c, w in sorted(telling.items()) if c in name},
        "doubt": doubt,
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
