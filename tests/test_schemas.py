import json
import pathlib

import jsonschema
import pytest

from audit.checklist.source import load
from audit.data import checklist_root
from audit.options import Options
from audit.pipeline import audit_file
from audit.result import Result
from audit.schemas import schema_of

ROOT = pathlib.Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["checklist", "lexicon", "instrument", "profile", "result"])
def test_published_schemas_are_those_of_the_models(name):
    published = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert published == schema_of(name), "run: python tests/tools/make_schemas.py"
    jsonschema.Draft202012Validator.check_schema(published)


def test_every_indicator_file_fits_the_published_schema():
    validator = jsonschema.Draft202012Validator(schema_of("checklist"))
    files = sorted((checklist_root() / "indicators").glob("*.yaml"))
    assert len(files) >= 75
    for path in files:
        assert [error.message for error in validator.iter_errors(load(path).data)] == [], path.name


def test_a_result_fits_the_published_schema_and_reads_back():
    result = audit_file(ROOT / "seeds" / "qingzhen-2022.txt", Options(timestamp=False))
    data = json.loads(result.model_dump_json())
    jsonschema.Draft202012Validator(schema_of("result")).validate(data)
    assert Result.model_validate(data) == result


def test_the_library_holds_the_67_indicators_and_every_one_is_asked_or_observed():
    from audit.checklist.instruments import load_instruments
    from audit.checklist.library import load_library

    indicators = load_library().indicators
    labelled = json.loads((ROOT / "tests/data/labelled/labels/wulong-2020.json").read_text(encoding="utf-8"))["indicators"]
    assert {i.id for i in indicators if not i.observed_only} == set(labelled)
    asked = {spec.indicator for instrument in load_instruments() for _, spec in instrument.specs}
    seen = asked | {name for instrument in load_instruments() for name in instrument.observed}
    assert set(labelled) <= seen
