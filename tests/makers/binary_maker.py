"""Makes small binary files: compound files, scanned and locked PDFs, zips with foreign names."""

import struct
import zipfile

from makers.docx_maker import zipped

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) with streams of at least 4,096 bytes each (shorter ones are padded)."""
    padded = {n: c.ljust(max(4096, -(-len(c) // 512) * 512), b"\0") for n, c in streams.items()}
    entries = 1 + len(padded)
    directory_sectors = -(-entries // 4)
    table: list[int] = [_FAT]
    table += [*range(2, 1 + directory_sectors), _END]
    body = b""
    starts = []
    for content in padded.values():
        first = len(table)
        starts.append(first)
        count = len(content) // 512
        table += [*range(first + 1, first + count), _END]
        body += content
    names = ["Root Entry", *padded]
    directory = b""
    for number, name in enumerate(names):
        raw = name.encode("utf-16-le") + b"\0\0"
        size = len(padded[name]) if number else 0
        start = starts[number - 1] if number else _END
        right = number + 1 if 0 < number < len(names) - 1 else _FREE
        child = (1 if padded else _FREE) if not number else _FREE
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ",
            raw,
            len(raw),
            2 if number else 5,
            1,
            _FREE,
            right,
            child,
            b"",
            0,
            0,
            0,
            start,
            size,
        )
    directory = directory.ljust(directory_sectors * 512, b"\0")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0,
    )  # fmt: skip
    header = header.ljust(512, b"\xff")
    return header + fat + directory + body


def _pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def scanned_pdf(pages: int = 2) -> bytes:
    """A PDF whose pages are pictures only."""
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(pages))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</Im 3 0 R>>>>>>"
    )
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>"
    )
    draw = b"q 595 0 0 842 0 0 cm /Im Do Q"
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
            picture + b"stream\n\x00\x80\x80\xff\nendstream",
            b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
            *[page] * pages,
        ]
    )


def turned_pdf(turn: int) -> bytes:
    """A PDF whose content is drawn sideways and whose page is turned, so that it is read upright."""
    first, second = {
        0: (b"1 0 0 1 100 700", b"1 0 0 1 100 660"),
        90: (b"0 1 -1 0 100 100", b"0 1 -1 0 140 100"),
        180: (b"-1 0 0 -1 500 100", b"-1 0 0 -1 500 140"),
        270: (b"0 -1 1 0 500 700", b"0 -1 1 0 460 700"),
    }[turn]
    # The second line is drawn first.
    draw = b"BT /F 16 Tf %s Tm (second) Tj ET BT /F 16 Tf %s Tm (first line) Tj ET" % (second, first)
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>" % turn,
            b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    secret = b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", secret]
    return _pdf(objects, b"/Encrypt 3 0 R/ID[<00><00>]")


def gbk_zip(files: dict[str, bytes]) -> bytes:
    """A zip as Chinese Windows makes it: names in GBK without the UTF-8 flag."""
    codes = {f"{number:06d}": name.encode("gbk") for number, name in enumerate(files)}
    stand_ins = {code.ljust(len(raw), "_"): raw for code, raw in codes.items()}
    data = zipped(dict(zip(stand_ins, files.values(), strict=True)))
    for stand_in, raw in stand_ins.items():
        assert len(stand_in) == len(raw)
        data = data.replace(stand_in.encode(), raw)
    return data


def encrypted(data: bytes) -> bytes:
    """The same zip with every member marked as encrypted."""
    raw = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def bomb(size: int) -> bytes:
    """A zip with one member of `size` zero bytes."""
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out, out.open("大.txt", "w") as member:
        for _ in range(size // 2**20):
            member.write(bytes(2**20))
    return buffer.getvalue()
