"""A quick start for a short process: few collections, and regular expressions compiled once and kept in the cache.

Compiling the few hundred expressions that reading a report takes costs a tenth of a second, a good part of
the whole run, and `re` offers no way to keep what it compiled. Here the compiled code is kept, under the
version of Python and of its expression engine; where anything is not as expected, `re` compiles as always.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Any, NoReturn

SELDOM = 200_000
"""Net allocations between two collections: the start makes many lasting objects and hardly any cycles."""


def seldom_collect() -> None:
    """Lets the collector of cycles run seldom, and spares it the search of everything at the end."""
    gc.set_threshold(SELDOM, 20, 20)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def no_plugins() -> None:
    """Spares pydantic the search of all installed packages for plugins; our models have no use for any."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def end(status: int) -> NoReturn:
    """Ends the process after what was registered for its end, without taking its objects apart one by one."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


def quick_patterns() -> None:
    """Makes `re.compile` look into the cache first; what is new is added when the process ends."""
    try:
        import _sre  # type: ignore[import-not-found]
        import marshal
        import re
        from array import array
        from re import _compiler, _parser  # type: ignore[attr-defined]

        from audit import __version__
        from audit.data import cache_folder, write_whole

        version = ".".join(map(str, sys.version_info[:3]))
        path = cache_folder() / f"patterns-{__version__}-{version}-{_sre.MAGIC}.marshal"
        original = _compiler.compile
        try:
            known: dict[tuple[str, int], bytes] = marshal.loads(path.read_bytes())
        except Exception:  # noqa: BLE001 - no cache yet, or a broken one
            known = {}
        before = len(known)

        def compile_(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
            if not isinstance(pattern, str) or flags & re.DEBUG:
                return original(pattern, flags)  # type: ignore[no-any-return]
            kept = known.get((pattern, int(flags)))
            if kept is None:
                parsed = _parser.parse(pattern, flags)
                code = array("I", _compiler._code(parsed, flags)).tobytes()
                names = parsed.state.groupdict
                groups: list[str | None] = [None] * parsed.state.groups
                for name, number in names.items():
                    groups[number] = name
                found = (int(flags | parsed.state.flags), code, parsed.state.groups - 1, dict(names), tuple(groups))
                kept = known[pattern, int(flags)] = marshal.dumps(found)
            found_flags, code, *rest = marshal.loads(kept)
            return _sre.compile(pattern, found_flags, array("I", code).tolist(), *rest)  # type: ignore[no-any-return]

        def keep() -> None:
            if len(known) > before:
                try:
                    write_whole(path, marshal.dumps(known))
                except Exception:  # noqa: BLE001, S110
                    pass

        assert compile_(r"(?P<a>[一-龥]+)(\d)?").fullmatch("报告1") is not None
        _compiler.compile = compile_
        atexit.register(keep)
    except Exception:  # noqa: BLE001, S110 - the start is only quicker with it, never different
        pass
