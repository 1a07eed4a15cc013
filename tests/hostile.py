"""Hostile files, made when they are needed and never kept: each with what the gate says of it. SYNTHETIC."""

import gzip
import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "unit" / "sheets"))
from sheet_writer import ods, xlsx

MEGABYTE = 1024 * 1024
TABLE = [["Table B2: some title"], ["Code", "Apr 2024 to Mar 2025"], ["1", 2]]
CSV = b"Code,Offences\r\n1,20\r\n2,30\r\n"
SHEET = "xl/worksheets/sheet1.xml"


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """A workbook with a part replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or xlsx({"Table B2": TABLE}))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for part in source.infolist():
            if part.filename != name:
                file.writestr(part, source.read(part))
        file.writestr(name, content)
    return made.getvalue()


def sheet(cells: str, more: str = "") -> bytes:
    """The XML of a sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{more}</worksheet>'.encode()


def steep(size: int) -> bytes:
    """So many zeros, packed 1 : 1000, without ever holding them."""
    packer, parts = zlib.compressobj(9, wbits=31), []
    for _ in range(size // MEGABYTE):
        parts.append(packer.compress(bytes(MEGABYTE)))
    return b"".join([*parts, packer.flush()])


def encrypted() -> bytes:
    """The container of a workbook with a password: an OLE file whose directory names the encrypted package."""

    def entry(name: str, kind: int, child: int = -1, right: int = -1) -> bytes:
        wide = (name + "\0").encode("utf-16-le")
        return (
            wide.ljust(64, b"\0") + struct.pack("<HBBiii", len(wide), kind, 1, -1, right, child) + bytes(36)
            + struct.pack("<iQ", -2, 0)
        )  # fmt: skip

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIiIIiIiI", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, -2, 0, -2, 0
    )  # fmt: skip
    header = header.ljust(76, b"\0") + struct.pack("<i", 0) + struct.pack("<i", -1) * 108
    fat = struct.pack("<iii", -3, -2, -1) + struct.pack("<i", -1) * 125
    directory = (
        entry("Root Entry", 5, child=1)
        + entry("EncryptionInfo", 2, right=2)
        + entry("EncryptedPackage", 2)
        + bytes(128)
    )
    return header[:512] + fat + directory


def bad_checksum() -> bytes:
    """A part whose content is not that of its checksum."""
    made = bytearray(with_part("xl/media/picture.bin", b"x" * 50_000))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as file:
        part = file.getinfo(SHEET)
    made[part.header_offset + 30 + len(SHEET) + 20] ^= 0xFF
    return bytes(made)


def ods_repeated(columns: int, rows: int) -> bytes:
    """An ods whose one cell is said to stand in so many places."""
    base = ods({"A": [["x"]]})
    with zipfile.ZipFile(io.BytesIO(base)) as file:
        content = file.read("content.xml").decode()
    content = content.replace("<table:table-row>", f'<table:table-row table:number-rows-repeated="{rows}">')
    content = content.replace("<table:table-cell ", f'<table:table-cell table:number-columns-repeated="{columns}" ')
    return with_part("content.xml", content.encode(), base)


# A formula that came to no text; after it one that a program wrote and no spreadsheet has computed.
NO_TEXT = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
UNCOMPUTED = NO_TEXT + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>SUM(C2:D2)</f><v/></c></row>'


def named() -> dict[str, tuple[bytes, str]]:
    """File name -> content and a part of what is said of it; one of each way to do harm."""
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    tall = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="J1000000"><v>1</v></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    lying = with_part(SHEET, sheet(""))
    return {
        "corner.xlsx": (with_part(SHEET, sheet(corner)), "1,048,576 rows and 16,384 columns"),
        "tall.xlsx": (with_part(SHEET, sheet(tall)), "1,000,000 rows and 10 columns"),
        "quotes.xlsx": (with_part(SHEET, sheet(corner.replace('"', "'").replace("r=", "r = "))), "16,384 columns"),
        "merged.xlsx": (with_part(SHEET, sheet('<row r="1"><c r="A1"><v>1</v></c></row>', merge)), "merged cells"),
        "entities.xlsx": (with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet("")), "declares entities"),
        "zip-bomb.xlsx": (with_part("xl/media/zeros.bin", bytes(17 * MEGABYTE)), "packed 1 : "),
        "parts.xlsx": (_many_parts(), "parts"),
        "checksum.xlsx": (bad_checksum(), "damaged or cut off"),
        "cut.xlsx": (lying[: len(lying) // 2], "damaged or cut off"),
        "empty.zip": (_zip({}), "without a workbook"),
        "packed.zip": (_zip({"of/appendix.xlsx": b""}), "a zip archive that holds 'of/appendix.xlsx'"),
        "locked.xlsx": (encrypted(), "an encrypted workbook"),
        "broken.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "a damaged workbook"),
        "repeated.ods": (ods_repeated(900, 100_000), "MB of memory"),
        "gzip-bomb.csv.gz": (steep(17 * MEGABYTE), "packed 1 : "),
        "cut.csv.gz": (gzip.compress(CSV * 500)[:40], "damaged or cut off"),
        "document.csv": (b"%PDF-1.7\n1,2,3\n" + bytes(range(256)), "a PDF document"),
        "picture.csv": (b"\x89PNG\r\n\x1a\n,,,\n" + bytes(range(256)), "a picture"),
        "program.csv": (b"\x7fELF\x02\x01" + bytes(200), "a program"),
        "page.xlsx": (b"\xef\xbb\xbf <!doctype html><table></table>", "a web page"),
        "answer.xlsx": (b'{"error": "Not Found", "status": 404}', "JSON"),
        "pointer.xlsx": (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "a pointer of Git LFS"),
        "binary.csv": (b"a,b\n\x00\x01\x02", "binary content"),
        "controls.csv": (b"a,b\n" + b"\x1b\x07\x08" * 50, "binary content"),
        "undefined.csv": (b"a,b\n\x81\x8d,2\n", "no text in cp1252"),
        "surrogate.csv": (b"\xff\xfea\x00,\x00\x00\xd8", "no text in utf-16"),
        "quote.csv": (b'a,b\n"never closed,2\n' + b"1,2\n" * 100, "never closed"),
        "field.csv": (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "131,072"),
        "wide.csv": (b",".join([b"a"] * 200_000) + b"\n", "a row of 200,000 cells"),
        "empty.csv": (b" \r\n ", "an empty file"),
        "n" * 242 + ".csv": (CSV, "a name of 246 bytes"),
    }  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def _many_parts() -> bytes:
    return _zip({"xl/workbook.xml": b"<workbook/>"} | {f"xl/p{at}": b"" for at in range(6_000)})


def damaged(chance: random.Random, wanted: int) -> Iterator[tuple[str, bytes]]:
    """Sound files with bytes changed, cut out, doubled, or swapped with those of another kind, ever new by seed."""
    sound = {
        "a.xlsx": xlsx({"Cover": [["Crime"]], "Table B2": TABLE}), "b.csv": CSV * 40, "c.csv.gz": gzip.compress(CSV * 400),
        "d.ods": ods_repeated(3, 4), "e.xls": encrypted(),
    }  # fmt: skip
    for number in range(wanted):
        name = chance.choice(list(sound))
        made = bytearray(sound[name])
        for _ in range(chance.randint(1, 8)):
            at, length = chance.randrange(len(made)), chance.randint(1, 64)
            how = chance.random()
            if how < 0.4:
                made[at : at + length] = chance.randbytes(length)
            elif how < 0.6:
                del made[at : at + length]
            elif how < 0.8:
                made[at:at] = made[at : at + length] * chance.randint(1, 50)
            else:
                other = sound[chance.choice(list(sound))]
                made[at:] = other[chance.randrange(len(other)) :] or b"\0"
            if not made:
                made = bytearray(b"\0")
        yield f"{number:04}-{name}", bytes(made)
