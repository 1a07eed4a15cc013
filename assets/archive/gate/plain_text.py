"""Is it text, and a table: CSV as its readers will take it."""

import codecs
import csv
import io
import re

from assets.archive.gate.limits import LARGEST_TEXT, MEGABYTE, MOST_CELLS_OF_TEXT, MOST_COLUMNS
from assets.archive.gate.refusal import WHERE_FROM, refuse

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKUP = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--", b"<table")
# As programs save sheets under the name of a workbook: a table of a page, or a sheet in XML of 2003.
OF_CELLS = re.compile(rb"<(?:\w+:)?(?:table|worksheet)\b", re.IGNORECASE)
JSON = (b"{", b"[{")
HEAD = 64 * 1024
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_CONTROLS = 1_000  # one in so many bytes; a cell may hold one by mistake
CUT = "unexpected end of data"
# How files of other kinds begin, for a word that helps; whatever else is no text is refused all the same.
BEGINNINGS = {
    b"%PDF": "a PDF document", b"\x89PNG": "a picture (PNG)", b"\xff\xd8\xff": "a picture (JPEG)", b"GIF8": "a picture (GIF)",
    b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a rar archive", b"BZh": "a bzip2 file", b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstandard file", b"MZ": "a program", b"\x7fELF": "a program", b"{\\rtf": "a text document (RTF)",
    b"PAR1": "a Parquet file", b"SQLite format 3": "an SQLite database",
}  # fmt: skip


def refuse_unless_table(raw: bytes) -> None:
    """Refusal for bytes that are no text, and for text that is no table which can be read."""
    _refuse_other_kinds(raw)
    if len(raw) > LARGEST_TEXT:
        refuse(f"{len(raw) // MEGABYTE:,} MB of text", f"at most {LARGEST_TEXT // MEGABYTE} MB", WHERE_FROM)
    wide = raw.startswith(WIDE)
    # Of two bytes for each letter one is nearly always zero.
    if not wide and any(half.count(0) * 10 > 9 * len(half) for half in (raw[:HEAD:2], raw[1:HEAD:2])):
        refuse("text in UTF-16 without its mark at the start", "CSV in UTF-8", "Save it as CSV in UTF-8.")
    if not wide and (b"\0" in raw or len(CONTROLS.findall(raw[:HEAD])) * MOST_CONTROLS > min(len(raw), HEAD)):
        refuse("binary content of no known kind")
    encodings = ("utf-16",) if wide else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            _refuse_shape(raw, encoding)
        except UnicodeDecodeError as error:
            last = error
        else:
            return
    refuse(f"bytes that are no text in {encodings[-1]} (byte {last.object[last.start]:#x} at {last.start:,})")


def _refuse_other_kinds(raw: bytes) -> None:
    """Files of other kinds, by how they begin."""
    if not raw.strip():
        refuse("an empty file")
    for beginning, what in BEGINNINGS.items():
        if raw.startswith(beginning):
            refuse(what, remedy="Take the data tables of the release.")
    if raw.startswith(b"version https://git-lfs"):
        refuse("a pointer of Git LFS, and not the file", remedy="Fetch the file itself: git lfs pull.")
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MARKUP) and OF_CELLS.search(raw):
        refuse(
            "a web page (HTML or XML) with a table",
            remedy="Open it in a spreadsheet program and save it as xlsx, or, if it shows no figures, fetch it again.",
        )
    if start.startswith((*MARKUP, *JSON)):
        refuse(
            "a web page (HTML or XML)" if start.startswith(MARKUP) else "JSON, as a server answers",
            remedy="The address answered with a page: open it in a browser, and fetch again.",
        )


def _refuse_shape(raw: bytes, encoding: str) -> None:
    """Width and size of the table, its quotes; a quote within a cell is taken as it stands, as readers do."""
    head = raw[:HEAD].decode(encoding, errors="replace")
    delimiter = max(",;\t", key=head.count)
    try:
        _measure(raw, encoding, delimiter, strict=True)
    except csv.Error as error:
        if CUT in str(error):
            refuse("a quotation mark that is never closed", "CSV whose quoted cells end")
        try:
            _measure(raw, encoding, delimiter, strict=False)
        except csv.Error as again:
            refuse(f"CSV that cannot be taken apart ({again})", "well-formed CSV, each cell below 131,072 characters")


def _measure(raw: bytes, encoding: str, delimiter: str, *, strict: bool) -> None:
    cells = 0
    lines = io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline="")
    for row in csv.reader(lines, delimiter=delimiter, strict=strict):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            refuse(f"a row of {len(row):,} cells", f"at most {MOST_COLUMNS:,} columns", WHERE_FROM)
        if cells > MOST_CELLS_OF_TEXT:
            refuse(f"more than {MOST_CELLS_OF_TEXT:,} cells", "a table of a usual size", WHERE_FROM)
