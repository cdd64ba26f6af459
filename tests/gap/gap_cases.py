"""Results of made-up bodies with planted findings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from audit.options import Options
from audit.pipeline import audit_file
from audit.result import Result

ROOT = Path(__file__).parents[2]
NEVER = ("未开展", "未落实", "不达标", "未履职", "最差", "倒数")


@cache
def _model() -> str:
    result = audit_file(ROOT / "seeds" / "qingzhen-2022.txt", Options(timestamp=False, year=2023))
    return result.model_dump_json()


def made(
    name: str, *planted: tuple[str, str], year: int = 2023, level: str = "county", **document: Any
) -> Result:
    """A result in which everything is well shown, save what is planted: (item, verdict)."""
    data = Result.model_validate_json(_model()).model_dump()
    data["document"] |= {
        "publisher": name,
        "report_year": year,
        "level": level,
        "stage": "filed",
        "published_on": None,
    } | document
    data["document"]["body"] |= {"level": level}
    data["defects"], data["pairs"] = [], []
    plan = dict(planted)
    for sheet in data["checklists"]:
        for group in sheet["groups"]:
            for item in group["items"]:
                if item["id"].endswith("-on-time"):
                    item |= {"verdict": "needs_human", "credit": None}
                    continue
                verdict = plan.get(item["id"], "full")
                item |= {
                    "verdict": verdict,
                    "credit": 1.0 if verdict == "full" else 0.4 if verdict == "weak" else 0.0,
                    "needs_review": False,
                }
                item |= {"points_lost": 0.0 if verdict == "full" else item["points_possible"]}
    return Result.model_validate(data)
