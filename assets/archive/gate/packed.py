"""What is packed: every part of a zip is unpacked once, in small blocks, before anything is made of it.

So its real size, its checksum, what an XML part declares and how far a sheet reaches are known, and nothing is held in memory.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from assets.archive.gate.limits import (
    LARGEST_TEXT,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_CELLS_OF_SHEET,
    MOST_COLUMNS,
    MOST_PARTS,
    STEEP_FROM,
    STEEPEST,
)
from assets.archive.gate.refusal import FETCH_AGAIN, WHERE_FROM, refuse
from assets.archive.reading.grid import column_number
from assets.archive.reading.shown import OF_XLSX

BLOCK, OVERLAP = MEGABYTE, 64
ENCRYPTED, GZIP = 0x1, b"\x1f\x8b"
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
CELL = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Za-z]{1,3})(\d{1,9})["']""")
# Files that an archive may hold to be landed, and how many are named.
PACKED, SHOWN = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".csv.gz"), 3
WITHOUT_PASSWORD = ("a workbook without a password", "Save it without a password.")


def kind_of_zip(path: Path) -> str:
    """xlsx or ods; Refusal for an archive that is damaged, encrypted, of no workbook, or larger than it should be."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _refuse_size(parts)
            names = {part.filename for part in parts}
            if any(part.flag_bits & ENCRYPTED for part in parts):
                refuse("an encrypted archive", *WITHOUT_PASSWORD)
            ods = "mimetype" in names and archive.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.spreadsheet"
            )
            if not ods and not names & {"xl/workbook.xml", "xl/workbook.bin"}:
                inside = sorted(name for name in names if name.lower().endswith(PACKED))
                found = f"that holds {', '.join(map(repr, inside[:SHOWN]))}" if inside else "without a workbook"
                refuse(
                    f"a zip archive {found}", remedy=f"Unpack it, and land what it holds{' instead' if inside else ''}."
                )
            for part in parts:
                with archive.open(part) as stream:
                    _look_through(stream, part.filename, part.filename if OF_XLSX.fullmatch(part.filename) else None)
            if ods and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                refuse("an encrypted workbook", *WITHOUT_PASSWORD)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, zlib.error) as error:
        refuse(
            f"a workbook that is damaged or cut off ({str(error).strip(chr(39))})", "a complete workbook", FETCH_AGAIN
        )
    return "ods" if ods else "xlsx"


def _refuse_size(parts: list[zipfile.ZipInfo]) -> None:
    """By what the archive says of itself, before anything is unpacked."""
    if len(parts) > MOST_PARTS:
        refuse(f"an archive of {len(parts):,} parts", f"at most {MOST_PARTS:,}", WHERE_FROM)
    whole = sum(part.file_size for part in parts)
    if whole > LARGEST_UNPACKED:
        _too_large(whole)
    for part in parts:
        if part.file_size > STEEP_FROM and part.file_size > STEEPEST * max(part.compress_size, 1):
            refuse(
                f"{part.filename!r}, packed 1 : {part.file_size // max(part.compress_size, 1):,}",
                f"at most 1 : {STEEPEST}", WHERE_FROM,
            )  # fmt: skip


def _too_large(size: int, most: int = LARGEST_UNPACKED) -> None:
    refuse(f"{size // MEGABYTE:,} MB when unpacked", f"at most {most // MEGABYTE} MB", WHERE_FROM)


def _look_through(stream: IO[bytes], name: str, sheet: str | None) -> None:
    """Read a part to its end, which checks its checksum, and look at what it declares."""
    rows = columns = 0
    before, first = b"", True
    while block := stream.read(BLOCK):
        seen, before = before + block, block[-OVERLAP:]
        if first and name.lower().endswith((".xml", ".rels")) and DECLARES.search(block[:8192]):
            refuse(f"{name!r}, which declares entities", "XML without a DOCTYPE", WHERE_FROM)
        first = False
        if sheet is not None:
            for letters, digits in set(CELL.findall(seen)):
                rows, columns = max(rows, int(digits)), max(columns, column_number(letters.decode().upper()) + 1)
            refuse_area(sheet, rows, columns)


def refuse_area(sheet: str, rows: int, columns: int) -> None:
    """Refusal for a sheet that reaches further than one that is read."""
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS_OF_SHEET:
        refuse(
            f"sheet {sheet!r} with {rows:,} rows and {columns:,} columns",
            f"at most {MOST_COLUMNS:,} columns and {MOST_CELLS_OF_SHEET:,} cells",
            "Delete what stands far outside the table, and save it again.",
        )


def unzipped(packed: bytes) -> bytes:
    """The content of a gzip file, and that of any other as it is; Refusal where it is damaged or larger than it should be."""
    if not packed.startswith(GZIP):
        return packed
    parts, size, rest = [], 0, packed
    try:
        while rest:
            inflate = zlib.decompressobj(wbits=31)
            while rest and not inflate.eof:
                block = inflate.decompress(rest, BLOCK)
                parts.append(block)
                size += len(block)
                rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
                if size > LARGEST_TEXT:
                    _too_large(size, LARGEST_TEXT)
                if size > STEEP_FROM and size > STEEPEST * len(packed):
                    refuse(f"gzip, packed 1 : {size // len(packed):,} and more", f"at most 1 : {STEEPEST}", WHERE_FROM)
            if not inflate.eof:
                raise zlib.error("its end is missing")
            rest = rest.lstrip(b"\0")
    except zlib.error as error:
        refuse(f"a gzip file that is damaged or cut off ({error})", "a complete file", FETCH_AGAIN)
    return b"".join(parts)
