"""The cache of data files: one file for all, fresh as soon as a source changes."""

import os
from pathlib import Path

import pytest
import yaml

from audit import data, errors


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "checklists"
    (own / "form").mkdir(parents=True)
    (own / "one.yaml").write_text("a: 1", encoding="utf-8")
    (own / "form" / "two.yaml").write_text("b: [1, 2]", encoding="utf-8")
    monkeypatch.setenv("FAZHI_AUDIT_CHECKLISTS", str(own))
    monkeypatch.setenv("FAZHI_AUDIT_CACHE", str(tmp_path / "cache"))
    return own


def test_one_cache_file_serves_all_data_files(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data.load_yaml("one.yaml") == {"a": 1}
    data._shelf.cache_clear()
    monkeypatch.setattr(yaml, "load", lambda *_, **__: pytest.fail("read again"))
    assert data.load_yaml("form/two.yaml") == {"b": [1, 2]}
    assert len(list((tmp_path / "cache").glob("data-*"))) == 1


def test_a_changed_file_is_read_again_in_and_between_processes(root: Path) -> None:
    data.load_yaml("one.yaml")
    (root / "one.yaml").write_text("a: 23", encoding="utf-8")
    assert data.load_yaml("one.yaml") == {"a": 23}
    (root / "form" / "two.yaml").write_text("b: [3, 4]", encoding="utf-8")
    os.utime(root / "form" / "two.yaml", ns=(1, 1))
    data._shelf.cache_clear()
    assert data.load_yaml("form/two.yaml") == {"b": [3, 4]}


def test_a_broken_file_is_told_only_when_asked_for_and_a_broken_cache_never(
    root: Path, tmp_path: Path
) -> None:
    (root / "bad.yaml").write_text("a: [", encoding="utf-8")
    assert data.load_yaml("one.yaml") == {"a": 1}
    with pytest.raises(errors.ChecklistError):
        data.load_yaml("bad.yaml")
    with pytest.raises(errors.ChecklistError):
        data.load_yaml("none.yaml")
    next((tmp_path / "cache").glob("data-*")).write_bytes(b"\x80broken")
    data._shelf.cache_clear()
    assert data.load_yaml("form/two.yaml") == {"b": [1, 2]}


@pytest.mark.parametrize(("content", "said"), [(None, "缺少"), (b"\xff\xfe\xff", "UTF-8"), (b"a: [1\n", "YAML")])
def test_a_data_file_missing_or_broken_is_told_in_one_line(tmp_path, monkeypatch, content, said):
    monkeypatch.setenv("FAZHI_AUDIT_CHECKLISTS", str(tmp_path))
    if content is not None:
        (tmp_path / "units.yaml").write_bytes(content)
    with pytest.raises(errors.ChecklistError) as told:
        data.load_yaml("units.yaml")
    assert said in str(told.value) and "\n" not in str(told.value)
