"""Writes the published schemas under `schemas/`: `python tests/tools/make_schemas.py`."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from audit.schemas import schema_of

for name in ("checklist", "lexicon", "instrument", "profile", "result"):
    path = ROOT / "schemas" / f"{name}.schema.json"
    path.write_text(json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(path.relative_to(ROOT))
