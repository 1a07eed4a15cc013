"""Write small workbooks for tests: xlsx with merged cells, ods, and bytes of broken files."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from assets.archive.reading.grid import a1

Rows = Sequence[Sequence[Any]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(parts: Mapping[str, str]) -> bytes:
    """Parts in a file as spreadsheets are packed: the same bytes at any time, so that the gate looks at them once."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(
                zipfile.ZipInfo(name), text, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return made.getvalue()


def xlsx(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Bytes of an xlsx: numbers as numbers, texts as texts, None as no cell; merged: sheet -> ranges such as "C4:C5"."""
    names = [*enumerate(sheets, 1)]
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{SHEET}.worksheet+xml"/>' for at, _ in names
    )
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"/>' for at, name in names)
    targets = "".join(
        f'<Relationship Id="r{at}" Type="{RELS}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at, _ in names
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACK}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>{parts}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="r1" Type="{RELS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACK}/relationships">{targets}</Relationships>',
        }
        | {f"xl/worksheets/sheet{at}.xml": _sheet(sheets[name], (merged or {}).get(name, ())) for at, name in names}
    )


def _sheet(rows: Rows, merged: Sequence[str]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(a1(number - 1, column), cell) for column, cell in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    tail = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{tail}</worksheet>'


def _cell(place: str, cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, (int, float)):
        return f'<c r="{place}"><v>{cell!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """Bytes of an ods with the same cells."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:table="{OPEN}:table:1.0" '
            f'xmlns:text="{OPEN}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def xls(texts: list[tuple[str, int, bool]], continued: int, *more: tuple[int, bytes]) -> bytes:
    """An old workbook ([MS-CFB], [MS-XLS]) with one sheet "Table 1" of one row of texts, and other records of the sheet: the
    second of its two styles is the format of a percentage.

    texts: each with the place from which on it is raised (its length for none), and are its letters of two bytes; continued: so
    many letters of the last text, which are of the other width, stand in a record of their own
    """

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def encoded(text: str, wide: bool) -> bytes:
        return text.encode("utf-16-le" if wide else "latin-1")

    def told(text: str, start: int, wide: bool) -> tuple[bytes, bytes, bytes]:
        rich = start < len(text)
        head = struct.pack("<HB", len(text), wide | 8 * rich) + struct.pack("<H", 1) * rich
        return head, encoded(text, wide), struct.pack("<HH", start, 5) * rich

    strings = [told(*text) for text in texts]
    text, _, wide = texts[-1]
    cut = len(text) - continued
    table = struct.pack("<II", len(texts), len(texts)) + b"".join(b"".join(parts) for parts in strings[:-1])
    table = record(0xFC, table + strings[-1][0] + encoded(text[:cut], wide))
    table += record(0x3C, bytes([not wide][:continued]) + encoded(text[cut:], not wide) + strings[-1][2])
    font = struct.pack("<HHHHH", 200, 0, 0x7FFF, 400, 0) + b"\0\0\0\0\5\0Arial"
    fonts = record(0x31, font) * 4 + record(0x31, font[:8] + b"\1\0" + font[10:])
    fonts += b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 9))
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    place = len(begin) + len(fonts) + 4 + 8 + len("Table 1") + len(table) + 4
    sheet = record(0x85, struct.pack("<IHBB", place, 0, len("Table 1"), 0) + b"Table 1")
    cells = b"".join(record(0xFD, struct.pack("<HHHI", 0, at, 0, at)) for at in range(len(texts)))
    cells += b"".join(record(*each) for each in more)
    stream = begin + fonts + sheet + table + record(0x0A, b"") + begin.replace(b"\0\6\5\0", b"\0\6\x10\0", 1) + cells
    stream = (stream + record(0x0A, b"")).ljust(4096, b"\0")
    end, used = 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6).ljust(
        20, b"\0"
    )
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, end, 0, end, 0, 0).ljust(36 + 432, b"\xff")
    entries = b"".join(
        f"{name}\0".encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child).ljust(52, b"\0")
        + struct.pack("<IQ", first, size)
        for name, kind, child, first, size in (("Root Entry", 5, 1, end, 0), ("Workbook", 2, 0xFFFFFFFF, 2, 4096))
    )
    sectors = struct.pack("<10I", used, end, *range(3, 10), end).ljust(512, b"\xff")
    return head + sectors + entries.ljust(512, b"\0") + stream
