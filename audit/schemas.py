"""The published JSON Schemas, generated from the models; files under `schemas/` are compared in the tests."""

from __future__ import annotations

from typing import Any


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of `checklist` (an indicator file), `lexicon`, `instrument`, `profile` or `result`.

    Raises:
        KeyError: no such schema.
    """
    from pydantic import BaseModel

    from audit.checklist.indicators import Indicator, Lexicon
    from audit.checklist.instruments import Instrument
    from audit.checklist.profiles import Profile
    from audit.result import Result

    models: dict[str, type[BaseModel]] = {"checklist": Indicator, "lexicon": Lexicon, "instrument": Instrument, "profile": Profile, "result": Result}
    mode: Any = "serialization" if name == "result" else "validation"
    found: dict[str, Any] = models[name].model_json_schema(mode=mode)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["$id"] = f"fazhi-audit/{name}.schema.json"
    if name == "checklist":
        _short_patterns(found)
    return found


def _short_patterns(schema: dict[str, Any]) -> None:
    """A pattern may be written as a plain string: `"@审核 > #件"`."""
    properties = schema["properties"]
    for key in ("topics", "data", "action", "mention", "nil"):
        items = properties[key]["items"]
        properties[key]["items"] = {"anyOf": [{"type": "string", "minLength": 1}, items]}
