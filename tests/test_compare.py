"""What changed between two audits of one body."""

import pathlib

from audit.compare import compare
from audit.options import Options
from audit.pipeline import audit_file

SEED = pathlib.Path(__file__).parents[1] / "seeds" / "wulong-2020.txt"


def with_verdict(result, wanted, verdict):
    """The result with one other verdict: the first item that has `wanted` gets `verdict`; and that item's name."""
    told = result.model_dump()
    items = [item for sheet in told["checklists"] for group in sheet["groups"] for item in group["items"]]
    item = next(item for item in items if item["verdict"] == wanted)
    item["verdict"] = verdict
    return type(result).model_validate(told), item["id"]


def test_what_was_closed_and_opened():
    new = audit_file(SEED, Options())
    old, item = with_verdict(new, "full", "absent")
    assert [(change.item, change.kind) for change in compare(old, new).changes] == [(item, "closed")]
    assert [(change.item, change.kind) for change in compare(new, old).changes] == [(item, "opened")]
    assert compare(new, new).changes == () and compare(new, new).unchanged > 0


def test_an_item_that_need_not_be_mended_in_either_is_no_change():
    new = audit_file(SEED, Options())
    old, _ = with_verdict(new, "full", "not_applicable")
    assert compare(old, new).changes == () and compare(new, old).changes == ()
