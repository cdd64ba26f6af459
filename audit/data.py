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
    if not kind.startswith("data-"):
        digest.update(_code())
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
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
    """The content of a data file under the checklists folder, cached under its content."""
    path = checklist_root() / name

    def make() -> Any:
        import yaml

        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    return cached("data-" + name.replace("/", "-"), [path], make)
