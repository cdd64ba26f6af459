from pathlib import Path

import pytest
from makers import binary_maker, docx_maker

from audit.document.readers import archive, is_archive, members, read_bytes
from audit.errors import InputError

FILES = {"各县/青溪县.txt": "青溪县报告".encode(), "各县/榕水县 2023.txt": "榕水县报告".encode()}


def test_names_in_gbk_and_utf8() -> None:
    assert dict(members(binary_maker.gbk_zip(FILES), "报告.zip")) == FILES
    assert dict(members(docx_maker.zipped(FILES), "报告.zip")) == FILES


def test_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "报告.zip"
    path.write_bytes(docx_maker.zipped(FILES))
    assert dict(members(path, path.name)) == FILES


def test_litter_is_passed_over_and_inner_zips_are_opened() -> None:
    litter = ["__MACOSX/._青溪县.txt", ".DS_Store", "各县/Thumbs.db", "各县/~$报告.docx", "各县/"]
    inner = docx_maker.zipped(FILES)
    whole = docx_maker.zipped(
        dict.fromkeys(litter, b"") | {"一批.zip": inner, "甲.docx": docx_maker.package("")}
    )
    assert [name for name, _ in members(whole, "a.zip")] == [
        *(f"一批.zip/{name}" for name in FILES),
        "甲.docx",
    ]


def test_documents_are_no_archives() -> None:
    assert is_archive(docx_maker.zipped(FILES))
    assert not is_archive(docx_maker.package(""))
    assert not is_archive(b"PK\x03\x04 cut off")


def test_no_name_leads_out_of_the_archive() -> None:
    names = [
        name for name, _ in members(docx_maker.zipped({"../../etc/甲.txt": b"x", "/乙.txt": b"y"}), "a.zip")
    ]
    assert names == ["etc/甲.txt", "乙.txt"]


def test_locked_members_are_named_after_the_others() -> None:
    locked = binary_maker.encrypted(docx_maker.zipped({"密.docx": b"x"}))
    whole = docx_maker.zipped({"内.zip": locked, "甲.txt": b"y"})
    seen = []
    with pytest.raises(InputError, match=r"密\.docx") as fault:
        for name, _ in members(whole, "a.zip"):
            seen.append(name)
    assert seen == ["甲.txt"]
    assert str(fault.value).startswith("a.zip:")


def test_damage_and_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="已损坏"):
        list(members(docx_maker.zipped(FILES)[:-40], "a.zip"))
    monkeypatch.setattr(archive, "MOST_BYTES", 2**20)
    with pytest.raises(InputError, match=r"大\.txt"):
        list(members(binary_maker.bomb(8 * 2**20), "a.zip"))
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    with pytest.raises(InputError, match="过多"):
        list(members(docx_maker.zipped(FILES), "a.zip"))


def test_an_archive_is_no_report() -> None:
    with pytest.raises(InputError, match="压缩包") as fault:
        read_bytes(docx_maker.zipped(FILES), "报告.zip")
    assert "batch" in fault.value.mend
