"""Measures the engine on labelled reports and prints what `score.py` says.

    python tests/tools/figures.py [--labelled DIR]… [--details] [--write]

DIR holds `reports/NAME.txt` and `labels/NAME.json`; default: the labelled reports of the project.
`--write` keeps the figures in `checklists/measured.yaml`, which the method page shows.
"""

import argparse
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(pathlib.Path(__file__).parent)]

import score

from audit.options import Options
from audit.pipeline import audit_file

HERE = ROOT / "tests" / "data" / "labelled"
SETS = [HERE, ROOT / "tests" / "data" / "made-up"]


def measure(folders, details=False):
    total, cases = score.Tally(), 0
    with tempfile.TemporaryDirectory() as scratch:
        for folder in folders:
            for path in sorted((folder / "labels").glob("*.json")):
                source = folder / "reports" / f"{path.stem}.txt"
                result = audit_file(source, Options(timestamp=False)).model_dump(mode="json")
                pathlib.Path(scratch, path.name).write_text(json.dumps(result), encoding="utf-8")
                text = source.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
                tally = score.score(json.loads(path.read_text(encoding="utf-8")), result, text)
                total.add(tally)
                cases += 1
                if details:
                    print(f"== {path.stem}  " + "  ".join(f"{k} {v:.3f}" for k, v in tally.figures().items()))
                    print("\n".join("   " + line for line in tally.wrong))
    return total, cases


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", action="append", type=pathlib.Path)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.labelled:
        sets = {"given": args.labelled}
    else:
        sets = {"labelled": [HERE], **({"made_up": [SETS[1]]} if SETS[1].exists() else {})}
    kept = {}
    for name, folders in sets.items():
        total, cases = measure(folders, args.details)
        figures = total.figures()
        print(f"{name}: {cases} reports, {len(total.pairs)} grades, {sum(total.met)} metrics")
        for key, value in figures.items():
            print(f"  {key:20} {value:.3f}")
        kept[name] = {"reports": cases, "grades": len(total.pairs), **{k: round(v, 3) for k, v in figures.items()}}
    if args.write:
        lines = ["# 由 tests/tools/figures.py --write 生成:在已标注的报告上测得的准确程度。请勿手改。"]
        for name, values in kept.items():
            lines.append(f"{name}:")
            lines += [f"  {key}: {value}" for key, value in values.items()]
        import yaml

        for row in yaml.safe_load((SETS[1] / "first-sight.yaml").read_text(encoding="utf-8"))[-1:]:
            lines.append("first_sight:")
            lines += [f"  {key}: {value}" for key, value in row.items() if key != "set"]
        (ROOT / "checklists" / "measured.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
