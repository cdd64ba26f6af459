"""A reviewer's decisions, read from YAML, JSON or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audit.errors import UsageError

KEYS = {
    "item": "事项", "verdict": "判定", "who": "复核人", "when": "日期", "why": "理由", "until": "有效期至",
    "checklist": "清单", "credit": "得分率", "before": "原判定",
}  # fmt: skip


def read_decisions(path: Path) -> list[dict[str, Any]]:
    """The decisions in a file: a list of item, verdict, who, when, why, until (dates as ISO text).

    In XLSX the first row names the columns, in Chinese or by the keys.

    Raises:
        UsageError: the file cannot be read or is no list of decisions.
    """
    try:
        rows = _xlsx(path) if path.suffix.lower() == ".xlsx" else _yaml(path)
    except UsageError:
        raise
    except Exception as error:
        raise UsageError("复核决定文件读不出来", str(path), "应为 YAML、JSON 列表或第一行为列名的 XLSX") from error
    if isinstance(rows, dict):
        rows = rows.get("decisions", rows)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError("复核决定文件应为一列决定", str(path), "每条写 item、verdict、who、when、why")
    words = {said: key for key, said in KEYS.items()}
    return [{words.get(str(key), str(key)): _plain(value) for key, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    iso = getattr(value, "isoformat", None)
    return iso()[:10] if iso is not None else value


def _yaml(path: Path) -> Any:
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8-sig"))


def _xlsx(path: Path) -> list[dict[str, Any]]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if not rows:
        return []
    names = [str(name or "").strip() for name in rows[0]]
    return [
        {name: value for name, value in zip(names, row, strict=False) if name and value is not None}
        for row in rows[1:]
        if any(value is not None for value in row)
    ]
