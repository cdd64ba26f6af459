"""What to say of a file that no reader takes: one line with the remedy."""

from __future__ import annotations

from audit.document.readers.archive import is_archive
from audit.document.readers.interface import RESAVE, damaged
from audit.document.readers.package import names_of
from audit.errors import InputError, ScanError

EDITABLE = "需索取可编辑版本(.docx、.wps)或带文字层的 PDF"
"""The remedy for scans."""

_PACKED = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_OTHERS = (
    (b"Founder CEB", "方正 CEB 版式文件"),
    (b"CEBX", "方正 CEBX 版式文件"),
    (b"CAJ", "CAJ 文件"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_INSIDE = (("xl/workbook.", "Excel 表格"), ("ppt/presentation.", "演示文稿"))


def refusal(data: bytes, name: str) -> InputError:
    """The fault to raise for a file that no reader recognises."""
    for mark, kind in _PACKED:
        if data.startswith(mark):
            return InputError(f"这是 {kind} 压缩包,无法直接读取", name, "请解压后再试,或改用 zip 打包")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, name)
    if data.startswith(_PICTURES) and not data[:512].isascii():
        return ScanError("这是图片,没有文字层", name, EDITABLE)
    for mark, kind in _OTHERS:
        if data.startswith(mark):
            return InputError(f"这是{kind},无法读取", name, RESAVE)
    return InputError("无法识别的文件格式", name, RESAVE)


def _zip(data: bytes, name: str) -> InputError:
    names = names_of(data)
    if not names:
        kind = "Word " if name.lower().endswith((".docx", ".docm")) else "压缩包"
        return damaged(name, kind)
    for start, kind in _INSIDE:
        if any(entry.lower().startswith(start) for entry in names):
            return InputError(f"这是{kind},不是报告正文", name, "请交 .docx、.wps、.pdf、.ofd 或 .txt 的报告")
    if is_archive(data):
        return InputError("这是压缩包,不是单份报告", name, "请解压后再试,或用 batch 命令处理整个压缩包")
    return InputError("无法识别的文件格式", name, RESAVE)
