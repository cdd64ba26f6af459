"""Where the checklists and other data files lie, and a cache of what was read from them."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from audit import __version__
from audit.errors import ChecklistError

T = TypeVar("T")


def checklist_root() -> Path:
    """The folder of the checklists: inside the installed package, else the checkout's `checklists/`.

    The environment variable `FAZHI_AUDIT_CHECKLISTS` names another folder (an office's own copy).
    """
    own = os.environ.get("FAZHI_AUDIT_CHECKLISTS")
    if own:
        return Path(own)
    inside = Path(__file__).parent / "_data" / "checklists"
    if inside.is_dir():
        return inside
    return Path(__file__).parent.parent / "checklists"


def cache_folder() -> Path:
    """The user's own cache folder (`FAZHI_AUDIT_CACHE` overrides), not created here."""
    own = os.environ.get("FAZHI_AUDIT_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home())))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    return base / "fazhi-audit"


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: to a neighbour first, then renamed over `path`."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def _code() -> bytes:
    """A mark of the program's own files whose classes are kept in the cache."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for source in sorted((folder / "checklist").glob("*.py")) + sorted((folder / "matching").glob("*.py")):
        stat = source.stat()
        digest.update(f"{source.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.digest()


def cached(kind: str, files: list[Path], make: Callable[[], T]) -> T:
    """What `make` returns, kept in the user's cache under the content of `files` and this version.

    A cache that cannot be read or written is passed over silently: the cache only saves time.
    """
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]} {kind}".encode())
    digest.update(_code())
    for file in files:
        digest.update(file.name.encode())
        with open(file, "rb", buffering=0) as source:
            digest.update(source.read())
    path = cache_folder() / f"{kind}-{digest.hexdigest()[:32]}.pickle"
    try:
        value: T = pickle.loads(path.read_bytes())
        return value
    except Exception:  # noqa: BLE001, S110 - a broken cache must never stop an audit
        pass
    value = make()
    try:
        write_whole(path, pickle.dumps(value, protocol=5))
    except Exception:  # noqa: BLE001, S110
        pass
    return value


def load_yaml(name: str) -> Any:
    """The content of a data file under the checklists folder; not to be changed by the caller.

    What was read stays in memory, and that of all data files together in one file of the user's cache,
    each as long as the size and the time of change of its source stay the same.

    Raises:
        ChecklistError: the file is missing, or is no YAML in UTF-8.
    """
    root = checklist_root()
    shelf = _shelf(root)
    kept = shelf.get(name)
    try:
        if kept is None or kept[0] != _mark(root / name):
            shelf[name] = kept = _parse(root / name)
            _refill(root, shelf)
    except FileNotFoundError as error:
        mend = "请从程序自带的 checklists 文件夹补上这个文件"
        raise ChecklistError([f"{root / name}:缺少这个数据文件;{mend}"]) from error
    return kept[1]


_Kept = tuple[tuple[int, int], Any]
"""Size and time of change of a data file, and its content."""


@cache
def _shelf(root: Path) -> dict[str, _Kept]:
    try:
        shelf: dict[str, _Kept] = pickle.loads(_shelf_path(root).read_bytes())
        return shelf
    except Exception:  # noqa: BLE001 - no cache yet, or a broken one
        return {}


def _shelf_path(root: Path) -> Path:
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]} {root.absolute()}".encode())
    return cache_folder() / f"data-{digest.hexdigest()[:32]}.pickle"


def _refill(root: Path, shelf: dict[str, _Kept]) -> None:
    """Reads whatever else of the data files is new or has changed, and keeps it all."""
    for path in [*root.glob("*.yaml"), *root.glob("form/*.yaml")]:
        name = path.relative_to(root).as_posix()
        try:
            if name not in shelf or shelf[name][0] != _mark(path):
                shelf[name] = _parse(path)
        except Exception:  # noqa: BLE001 - told when it is asked for
            shelf.pop(name, None)
    try:
        write_whole(_shelf_path(root), pickle.dumps(shelf, protocol=5))
    except Exception:  # noqa: BLE001, S110
        pass


def _mark(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _parse(path: Path) -> _Kept:
    import yaml

    mark = _mark(path)
    try:
        return mark, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise ChecklistError([f"{path}:不是 UTF-8 编码的 YAML;请另存为 UTF-8"]) from error
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        place = f":{at.line + 1}:{at.column + 1}" if at is not None else ""
        said = "不是正确的 YAML,读不出来;请检查这一行和上一行的缩进、括号和引号"
        raise ChecklistError([f"{path}{place}:{said}"]) from error
