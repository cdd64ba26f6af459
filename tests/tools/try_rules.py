"""For authors of indicators: runs examples and compares with labelled reports.

    python tests/tools/try_rules.py [ID…] [--labelled DIR]… [--quiet]

DIR holds `reports/NAME.txt` and `labels/NAME.json`. Prints every example that fails and every grade or
metric that differs from a label, with the engine's evidence.
"""

import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from audit.checklist.library import load_library
from audit.data import checklist_root
from audit.document.assemble import understand
from audit.document.model import Text
from audit.errors import ChecklistError
from audit.matching.examples import run
from audit.matching.find import Engine, compile_library

HERE = pathlib.Path(__file__).parents[1] / "data" / "labelled"


def implied(m):
    quote = m.get("quote") or ""
    return m["unit"] == "percent" and float(m["value"]) == 100 and "100" not in quote and "百分" not in quote and m["key"] != "statement_coverage"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--labelled", action="append", type=pathlib.Path)
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    try:
        root = checklist_root()
        only = [root / 'indicators' / f'{name}.yaml' for name in args.ids] or None
        library = load_library(only=only)
        engine = Engine.of(compile_library(library))
    except ChecklistError as error:
        print(error)
        return 1
    wanted = set(args.ids) or {i.id for i in library.indicators}
    index = {i.id: n for n, i in enumerate(library.indicators)}
    unknown = wanted - set(index)
    if unknown:
        print("no such indicator:", *unknown)
        return 1
    total = bad = 0
    for name in sorted(wanted, key=index.__getitem__):
        for outcome in run(engine, index[name], library.indicators[index[name]]):
            total += 1
            if outcome.wrong and outcome.kind != "todo":
                bad += 1
                print(f"EXAMPLE {name} {outcome.kind} {outcome.number}: {outcome.wrong}  {outcome.example.text}")
    print(f"examples: {total}, failing: {bad}")
    only = {index[name] for name in wanted}
    right = cells = cov_bad = metric_bad = 0
    for base in args.labelled or [HERE]:
        for path in sorted((base / "labels").glob("*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            text = (base / "reports" / f"{path.stem}.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            document = understand(Text(text))
            for shown in engine.find(document, only=only):
                want = label["indicators"].get(shown.id)
                if want is None:
                    continue
                cells += 1
                covered = ("data", "action")
                if shown.grade == want["grade"]:
                    right += 1
                else:
                    cov_bad += (shown.grade in covered) != (want["grade"] in covered)
                    if not args.quiet:
                        print(f"\n{path.stem} {shown.id}: WANT {want['grade']} GOT {shown.grade}  (doubt {shown.doubt:.2f})")
                        for quote in want["quotes"]:
                            print("    want:", quote)
                        for finding in (shown.evidence or [])[:3]:
                            m = finding.match
                            clause = document.clauses[m.clauses[0]]
                            print(f"    got : [{m.rule.level}: {m.rule.text}] {text[max(clause.start, m.start - 30): m.end + 40]!r} role={clause.role} {clause.modality}")
                asked = {(m["key"], float(m["value"])) for m in want["metrics"] if not m.get("mixed") and not implied(m)}
                spared = {(m["key"], float(m["value"])) for m in want["metrics"] if m.get("mixed") or implied(m)}
                got = {}
                for row in shown.metrics:
                    if not (row.figure.quantity.implied and row.figure.quantity.value == 100 and row.key != "statement_coverage"):
                        got[row.key, float(row.value)] = row
                for key in sorted(set(got) - asked - spared):
                    metric_bad += 1
                    if not args.quiet:
                        print(f"  {path.stem} {shown.id}: metric {key} NOT IN LABEL  {text[got[key].start:got[key].end]!r} [{got[key].finding.match.rule.text}]")
                for key in sorted(asked - set(got)):
                    metric_bad += 1
                    if not args.quiet:
                        print(f"  {path.stem} {shown.id}: metric {key} MISSED  {[m['quote'] for m in want['metrics'] if m['key'] == key[0]]}")
                if not args.quiet:
                    for m in want["metrics"]:
                        row = got.get((m["key"], float(m["value"])))
                        if row and not m.get("mixed") and (row.scope == "all") != (m["scope"] == "all"):
                            print(f"  {path.stem} {shown.id}: scope of {m['key']} {m['value']}: want {m['scope']!r} got {row.scope!r}")
    if cells:
        print(f"\ngrades right: {right}/{cells} = {right / cells:.3f}; covered wrong: {cov_bad}; metrics wrong: {metric_bad}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
