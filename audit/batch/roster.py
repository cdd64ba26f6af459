"""The roster: who is to file, in which order, and what the office knows of each body."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from audit.batch.inputs import Found, matches
from audit.batch.progress import say
from audit.data import load_yaml
from audit.errors import UsageError, system_fault


@dataclass(frozen=True, slots=True)
class Row:
    """One body that is to file a report.

    Attributes:
        body: its name.
        order: place in the 机构序列, from 1.
        level: of the body, None for unknown.
        kind: as the roster says.
        powers: what the body does, where the roster says so.
        superior: superior body.
        region: region code.
        expected: file names or patterns.
        filed: date of receipt, ISO.
        published: date of publication, ISO.
        address: of the publication.
    """

    body: str
    order: int
    level: str | None = None
    kind: str | None = None
    powers: dict[str, bool] = field(default_factory=dict)
    superior: str = ""
    region: str = ""
    expected: tuple[str, ...] = ()
    filed: str | None = None
    published: str | None = None
    address: str = ""


class Roster:
    """The bodies in their order, found by file or by name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = list(rows)
        self.by_name: dict[str, Row] = {}
        self._exact: dict[str, Row] = {}
        self._patterns: list[tuple[str, Row]] = []
        self._short: dict[str, list[Row]] = {}
        self._tails: dict[str, list[Row]] = {}
        for row in self.rows:
            name = plain(row.body)
            self.by_name.setdefault(name, row)
            self._short.setdefault(short(name), []).append(row)
            for at in range(1, len(name) - 3):
                self._tails.setdefault(name[at:], []).append(row)
            for said in row.expected:
                if any(c in said for c in "*?["):
                    self._patterns.append((said, row))
                else:
                    self._exact.setdefault(said, row)

    def of_file(self, report: Found) -> Row | None:
        """The body whose expected file this is, else the one whose name stands in the path."""
        for key in (report.relative, report.file_name, Path(report.file_name).stem):
            if key in self._exact:
                return self._exact[key]
        for pattern, row in self._patterns:
            if matches(report, pattern):
                return row
        for step in reversed(report.relative.split("/")):
            said = plain(Path(step).stem if step == report.file_name else step)
            for length in range(min(len(said), 40), 2, -1):
                for at in range(len(said) - length + 1):
                    piece = said[at : at + length]
                    if piece in self.by_name:
                        return self.by_name[piece]
                    if len(rows := self._short.get(piece, [])) == 1:
                        return rows[0]
        return None

    def of_publisher(self, publisher: str | None) -> Row | None:
        """The body that a report names: the same name, else the only one that ends alike."""
        if not publisher:
            return None
        said = plain(publisher)
        if said in self.by_name:
            return self.by_name[said]
        near = [self.by_name[said[at:]] for at in range(1, len(said) - 3) if said[at:] in self.by_name]
        near = (
            near[:1]
            or self._tails.get(said, [])
            or (self._short.get(short(said), []) if len(short(said)) > 1 else [])
        )
        return near[0] if len(near) == 1 else None


def plain(name: str) -> str:
    """A name as it is compared: no blanks or brackets."""
    return re.sub(r"[\s()（）《》〔〕\[\]_\-—、·]", "", name)


def short(name: str) -> str:
    """The name of a government without what all governments are called."""
    return re.sub(r"(?:人民政府|办事处|管理委员会|管委会|政府)$", "", plain(name))


def read_roster(path: Path) -> Roster:
    """Reads a roster from CSV (UTF-8 or GBK) or XLSX; the first row names the columns.

    Raises:
        UsageError: it cannot be read; the line names the row.
    """
    known = load_yaml("batch.yaml")
    rows = sheet(path, known["roster_columns"], "名册")
    if not rows:
        raise UsageError("名册里没有单位", str(path), "第一行写列名,以下每行一个单位")
    columns = {*known["roster_columns"], *known["powers"]}
    if unknown := [key for key in rows[0][1] if key not in columns]:
        say(f"{path}:名册中不认识的列“{'”“'.join(unknown)}”,未使用")
    out: list[Row] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        if not (body := _text(cells.get("body"))):
            if any(_text(value) for value in cells.values()):
                raise UsageError(f"名册第 {line} 行没有写单位", str(path), "请补上单位名称")
            continue
        if plain(body) in seen:
            raise UsageError(
                f"名册第 {line} 行与第 {seen[plain(body)]} 行是同一单位“{body}”", str(path), "请删去一行"
            )
        seen[plain(body)] = line
        out.append(_row(body, cells, len(out) + 1, line, path))
    out.sort(key=lambda row: row.order)
    return Roster(out)


def _row(body: str, cells: dict[str, Any], place: int, line: int, path: Path) -> Row:
    level, kind = _text(cells.get("level")), _text(cells.get("kind"))
    powers = dict(_powers(_text(cells.get("powers")), line, path))
    powers |= {
        k: v for k in load_yaml("batch.yaml")["powers"] if (v := _yes(cells.get(k), line, path)) is not None
    }
    if "执法部门" in kind:
        powers.setdefault("enforces", not kind.startswith("非"))
    order = _text(cells.get("order"))
    if order and not re.fullmatch(r"\d+(?:\.0)?", order):
        raise UsageError(f"名册第 {line} 行的序号“{order}”不是数字", str(path), "请写成 1、2、3")
    return Row(
        body=body,
        order=int(float(order)) if order else place,
        level=_level(level, line, path) or _level(kind, None, path),
        kind=kind or None,
        powers=powers,
        superior=_text(cells.get("superior")),
        region=_text(cells.get("region")),
        expected=tuple(p.strip() for p in re.split(r"[;；\n|]", _text(cells.get("expected"))) if p.strip()),
        filed=day(cells.get("filed"), f"名册第 {line} 行的报送日期", path),
        published=day(cells.get("published"), f"名册第 {line} 行的公开日期", path),
        address=_text(cells.get("address")),
    )


def _level(said: str, line: int | None, path: Path) -> str | None:
    if not said:
        return None
    for name, words in load_yaml("batch.yaml")["levels"].items():
        if said == name or plain(said) in map(plain, words):
            return str(name)
    if line is None:
        return None
    raise UsageError(
        f"名册第 {line} 行的层级“{said}”不认识",
        str(path),
        "可写:省级、设区的市、县级、功能区、部门、乡镇(街道)",
    )


@cache
def _power_words() -> dict[str, str]:
    known = load_yaml("batch.yaml")
    words = {word: key for key, said in known["powers"].items() for word in (key, *said)}
    return words | {
        f"{no}{word}": f"!{key}" for word, key in words.items() for no in (*known["no_prefix"], "!")
    }


def _powers(said: str, line: int, path: Path) -> list[tuple[str, bool]]:
    out = []
    for word in (part.strip() for part in re.split(r"[、,，;；\s]+", said)):
        if not word:
            continue
        key = _power_words().get(word)
        if key is None:
            raise UsageError(
                f"名册第 {line} 行的职能“{word}”不认识",
                str(path),
                "可写:行政执法、规范性文件、行政应诉、行政复议、人大政协、下放权限,没有的前面加“无”",
            )
        out.append((key.lstrip("!"), not key.startswith("!")))
    return out


def _yes(value: Any, line: int, path: Path) -> bool | None:
    said = _text(value)
    known = load_yaml("batch.yaml")
    if not said:
        return None
    if said.lower() in [str(word).lower() for word in known["said_yes"]]:
        return True
    if said.lower() in [str(word).lower() for word in known["said_no"]]:
        return False
    raise UsageError(f"名册第 {line} 行的“{said}”看不出是有还是没有", str(path), "请写“是”或“否”")


def day(value: Any, what: str, path: Path) -> str | None:
    """A date of a table as ISO text.

    Raises:
        UsageError: not a date.
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    said = _text(value)
    if not said:
        return None
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?", said)
    try:
        if found:
            return datetime.date(*map(int, found.groups())).isoformat()
        if re.fullmatch(r"\d{8}", said):
            return datetime.date(int(said[:4]), int(said[4:6]), int(said[6:])).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{what}“{said}”读不懂", str(path), "请写成 2025-02-28 的样式")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def sheet(path: Path, columns: dict[str, list[str]], what: str) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a CSV or XLSX with their line numbers; columns by our names, unknown ones by their own.

    Raises:
        UsageError: it cannot be read, or no column for the bodies is named.
    """
    try:
        rows = _xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    except FileNotFoundError:
        raise UsageError(f"没有这份{what}", str(path), "请核对路径") from None
    except OSError as error:
        raise UsageError(
            f"{what}读不出来({system_fault(error)[0]})", str(path), system_fault(error)[1]
        ) from error
    except Exception as error:
        raise UsageError(f"{what}读不出来", str(path), "请另存为 .xlsx 或 UTF-8 的 .csv 再试") from error
    names = {word.lower(): key for key, said in columns.items() for word in said}
    powers = {word: key for key, said in load_yaml("batch.yaml")["powers"].items() for word in (key, *said)}
    head_at = next(
        (i for i, row in enumerate(rows[:5]) if any(names.get(_text(c).lower()) == "body" for c in row)), None
    )
    if head_at is None:
        raise UsageError(f"{what}没有“单位”一列", str(path), "第一行写列名,如:单位、层级、序号")
    head = [_text(cell) for cell in rows[head_at]]
    keys = [names.get(name.lower()) or powers.get(name) or name for name in head]
    return [
        (number, {key: cell for key, cell in zip(keys, row, strict=False) if key})
        for number, row in enumerate(rows[head_at + 1 :], start=head_at + 2)
    ]


def _xlsx(path: Path) -> list[list[Any]]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()


def _csv(path: Path) -> list[list[Any]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError("encoding")
    first = content.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(content, newline=""), delimiter=mark)]
