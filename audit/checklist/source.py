"""YAML files with the place of every key, and faults told as `file:line:column: key: what;how to mend`.

All faults of a file are told at once. A fault in the YAML itself (a bracket never closed) hides what
comes after it, so that one stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import BaseModel

    from audit.checklist.faults import Fault

Key = tuple[str | int, ...]
"""A place in the data: `("groups", 0, "items", 2, "weight")`."""

M = TypeVar("M", bound="BaseModel")

_MAX_PLACES = 200_000


@dataclass(frozen=True, slots=True)
class Sourced:
    """A YAML file as read.

    Attributes:
        name: the file as shown to the user.
        data: its content, None where it could not be read.
        places: key path → (line, column) of the key or list entry, both counted from 1.
        faults: what is wrong with the YAML itself (syntax, double keys).
        content: the bytes of the file.
    """

    name: str
    data: Any
    places: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    content: bytes = b""

    def at(self, key: Key) -> tuple[int, int]:
        """Line and column of a key path, or of the nearest path above it that is known."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))


def shown_name(path: Path) -> str:
    """The path as a user would type it: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return str(path)


def load(path: Path) -> Sourced:
    """Reads a YAML file; never raises: what is wrong stands in `faults`.

    Args:
        path: the file; UTF-8, with or without a byte-order mark.
    """
    from audit.checklist.faults import Fault

    name = shown_name(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        from audit.errors import system_fault

        reason = "找不到这个文件" if isinstance(error, FileNotFoundError) else f"读不出来({system_fault(error)[0]})"
        return Sourced(name, None, faults=(Fault((), reason, "请核对文件名和读取权限"),))
    return parse(content, name)


def parse(content: bytes, name: str) -> Sourced:
    """Reads YAML from bytes; `name` is what faults are told under."""
    import yaml

    from audit.checklist.faults import Fault, yaml_fault

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fault = Fault((), "不是 UTF-8 编码", "请用编辑器另存为 UTF-8", (line, 1))
        return Sourced(name, None, faults=(fault,), content=content)
    walk = None
    try:
        loader = yaml.CSafeLoader(text)
        try:
            walk = _Walk(loader)
            node = loader.get_single_node()
            data = walk.value(node, ()) if node is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        before = tuple(walk.faults) if walk else ()
        return Sourced(name, None, faults=(*before, yaml_fault(error, text)), content=content)
    if data is None and not walk.faults:
        walk.faults.append(Fault((), "文件没有内容", "请按示例文件填写"))
    return Sourced(name, data, walk.places, tuple(walk.faults), content)


class _Walk:
    """Turns composed nodes into data and notes where each key stands."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader
        self.places: dict[Key, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.open: set[int] = set()

    def value(self, node: Any, key: Key) -> Any:
        import yaml

        from audit.checklist.faults import Fault

        self.places.setdefault(key, _place(node))
        if len(self.places) > _MAX_PLACES or id(node) in self.open:
            raise ValueError("too many keys or a list that holds itself")
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, key)
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, (*key, number)) for number, item in enumerate(node.value)]
            try:
                return self.loader.construct_object(node)
            except ValueError:
                what = f"“{node.value}”不是有效的日期或数字"
                self.faults.append(Fault(key, what, "若是文字,请加引号", _place(node)))
                return str(node.value)
        finally:
            self.open.discard(id(node))

    def _mapping(self, node: Any, key: Key) -> dict[Any, Any]:
        from audit.checklist.faults import Fault

        data: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            name = self.loader.construct_object(key_node, deep=True)
            if not isinstance(name, Hashable):
                self.faults.append(Fault(key, "键不能是列表或映射", "请改用文字作键", _place(key_node)))
                continue
            path = (*key, name if isinstance(name, (str, int)) else str(name))
            if name in data:
                first = self.places[path][0]
                what = f"键“{name}”重复,第 {first} 行已经写过"
                self.faults.append(Fault(path, what, "请合并成一处或删去一处", _place(key_node)))
                continue
            self.places[path] = _place(key_node)
            data[name] = self.value(value_node, path)
        return data


def _place(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def validate(
    model: type[M], sourced: Sourced, *, schema: Mapping[str, Any] | None = None
) -> tuple[M | None, list[str]]:
    """Checks what was read against a typed model and, if given, a JSON Schema.

    Args:
        model: the pydantic model that the file must fit.
        sourced: the file as read.
        schema: the published JSON Schema; what it alone finds is told too.

    Returns:
        The value and no faults, or None and every fault of the file, one Chinese line each, in the
        order of the file.
    """
    from pydantic import ValidationError

    from audit.checklist.faults import pydantic_faults
    from audit.checklist.schema_faults import schema_faults

    faults = list(sourced.faults)
    value: M | None = None
    if sourced.data is not None:
        try:
            value = model.model_validate(sourced.data)
        except ValidationError as error:
            faults += pydantic_faults(error, model, sourced.data)
        if schema is not None:
            known = {fault.key for fault in faults}
            faults += [fault for fault in schema_faults(schema, sourced.data) if fault.key not in known]
    if faults:
        return None, lines(sourced, faults)
    return value, []


def lines(sourced: Sourced, faults: list[Fault]) -> list[str]:
    """The faults as lines, in the order of the file."""
    placed = [(fault.place or sourced.at(fault.key), fault) for fault in faults]
    placed.sort(key=lambda pair: pair[0])
    out: list[str] = []
    for (line, column), fault in placed:
        where = f" 键 {shown(fault.key)}:" if fault.key else " "
        said = f"{sourced.name}:{line}:{column}:{where}{fault.what};{fault.mend}"
        said = re.sub(r"\s*\n\s*", " ", said)
        if said not in out:
            out.append(said)
    return out


def shown(key: Key) -> str:
    """A key path as users read it: `groups[0].items[2].weight`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in key]
    return "".join(parts).removeprefix(".")
