import os
from pathlib import Path

import pytest
from makers import binary_maker, docx_maker, ofd_maker

from audit.document.readers import office, package, read_bytes, read_file
from audit.errors import InputError, ScanError

REPORT = docx_maker.hand_numbered(["一、成效", "办结案件12件。"])
SHEET = docx_maker.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
IMAGE_OFD = ofd_maker.packed(
    {"Doc_0/Pages/Page_0/Content.xml": '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"/>'}, 1, ""
)

CASES = {
    "空文件": (b"", InputError, "空的"),
    "damaged docx": (REPORT[:-60], InputError, "已损坏"),
    "docx without body": (
        docx_maker.zipped({"word/document.xml": b"", "_rels/.rels": b""}),
        InputError,
        "已损坏",
    ),
    "empty docx": (docx_maker.package(docx_maker.para(" ")), InputError, "没有文字"),
    "locked docx": (
        binary_maker.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        InputError,
        "密码",
    ),
    "locked zip member": (binary_maker.encrypted(REPORT), InputError, "密码"),
    "locked pdf": (binary_maker.locked_pdf(), InputError, "密码"),
    "damaged pdf": (b"%PDF-1.7\nnothing", InputError, "已损坏"),
    "scanned pdf": (binary_maker.scanned_pdf(), ScanError, "扫描件"),
    "scanned ofd": (IMAGE_OFD, ScanError, "没有文字层"),
    "picture": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), ScanError, "图片"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(100), InputError, "rar"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(100), InputError, "7z"),
    "xlsx": (SHEET, InputError, "Excel"),
    "xls": (binary_maker.compound({"Workbook": b"x"}), InputError, "Excel"),
    "damaged doc": (
        binary_maker.compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5000)}),
        InputError,
        "已损坏",
    ),
    "cut off compound file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), InputError, "已损坏"),
    "ceb": (b"Founder CEB 3.0" + bytes(range(256)), InputError, "CEB"),
    "program": (b"MZ\x90" + bytes(range(256)) * 4, InputError, "程序"),
    "unknown": (bytes(range(256)) * 8, InputError, "无法识别"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_one_line_with_a_remedy(case: str) -> None:
    data, kind, words = CASES[case]
    with pytest.raises(InputError) as fault:
        read_bytes(data, "报告.docx")
    assert type(fault.value) is kind
    line = str(fault.value)
    assert words in line
    assert line.startswith("报告.docx:")
    assert fault.value.mend
    assert "\n" not in line


def test_wrong_suffixes_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(REPORT)
    assert read_file(path).format == "docx"


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="文件不存在"):
        read_file(tmp_path / "无.docx")
    with pytest.raises(InputError, match="文件夹"):
        read_file(tmp_path)
    path = tmp_path / "锁.txt"
    path.write_text("x")
    path.chmod(0)
    if not os.access(path, os.R_OK):
        with pytest.raises(InputError, match="没有权限"):
            read_file(path)


def test_packages_that_unpack_to_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST", 500)
    with pytest.raises(InputError, match="过大"):
        read_bytes(REPORT, "a.docx")


def test_entities_are_not_expanded() -> None:
    body = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="%s"><w:body><w:p><w:r>'
        % (docx_maker.W.encode())
    )
    data = docx_maker.zipped(
        {"word/document.xml": body + b"<w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>"}
    )
    assert "root:" not in read_bytes(data, "a.docx").text


def test_old_formats_without_an_office_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAZHI_AUDIT_SOFFICE", "")
    assert office.program() is None
    old = b"\xdc\xa5\x68\x00" + bytes(5000)
    with pytest.raises(InputError, match=r"另存为 \.docx"):
        read_bytes(binary_maker.compound({"WordDocument": old}), "旧.doc")
    with pytest.raises(InputError, match=r"另存为 \.docx"):
        read_bytes(b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>", "旧.xml")
