"""Open a released file by its content: xlsx, xls, ods or csv, whatever its name says."""

import codecs
import csv
import gzip
import io
import zipfile
from pathlib import Path
from typing import NoReturn

from python_calamine import CalamineError, CalamineWorkbook

from assets.archive.reading.content import delimiter_of, rectangular
from assets.archive.reading.formulas import saying_what_was_not_computed
from assets.archive.reading.grid import Cell, Grid
from assets.words.problems import BadInput, Problem

ZIP, OLE, GZIP, PDF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b", b"%PDF"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")
LARGEST = 512 * 1024 * 1024
FETCH_AGAIN = "Fetch the file again."


class Book:
    """A released file: its sheets by name, each read when it is asked for and kept.

    file:        how messages call the file
    kind:        xlsx, xls, ods or csv
    sheet_names: as they stand, with edge spaces
    """

    def __init__(self, file: str, kind: str, content: bytes) -> None:
        self.file, self.kind = file, kind
        self._grids: dict[str, Grid] = {}
        self._workbook: CalamineWorkbook | None = None
        if kind == "csv":
            name = Path(file.removesuffix(".gz")).stem
            self.sheet_names = [name]
            self._grids[name] = Grid(file, name, _csv_rows(content, file), typed=False)
            return
        try:
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(saying_what_was_not_computed(content)))
        except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
            _refuse(file, _why(error), "a workbook that can be read", FETCH_AGAIN)
        self.sheet_names = list(self._workbook.sheet_names)

    @property
    def alone(self) -> bool:
        """Is it one table, as CSV or as a workbook of one sheet: it has no cover, and lacks no other table."""
        return len(self.sheet_names) == 1

    def grid(self, name: str) -> Grid:
        """The cells of a sheet; BadInput where the sheet is damaged, KeyError where there is none of the name."""
        if name in self._grids:
            return self._grids[name]
        if self._workbook is None or name not in self.sheet_names:
            raise KeyError(f"{self.file} has no sheet {name!r}")
        try:
            sheet = self._workbook.get_sheet_by_name(name)
            rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
            merged = getattr(sheet, "merged_cell_ranges", None) or []
        except (CalamineError, ValueError, OSError) as error:
            _refuse(f"{self.file}, sheet {name!r}", _why(error), "a sheet that can be read", FETCH_AGAIN)
        ranges = tuple((top, left, bottom, right) for (top, left), (bottom, right) in merged)
        self._grids[name] = Grid(self.file, name, rows, ranges)
        return self._grids[name]


def open_book(path: Path, name: str | None = None) -> Book:
    """The file at `path`, called `name` in messages; opened by content.

    Raises BadInput for a file that is missing, empty, cut off, encrypted, a web page, or of no known kind.
    """
    called = name or path.name
    if not path.is_file():
        _refuse(called, "no such file", "a released file", "Check the path.")
    return from_bytes(path.read_bytes(), called)


def from_bytes(content: bytes, name: str) -> Book:
    """As `open_book`, from bytes at hand."""
    if content[:2] == GZIP:
        content = _inflated(content, name)
    return Book(name, kind_of(content, name), content)


def kind_of(content: bytes, name: str) -> str:
    """xlsx, xls, ods or csv, from the content alone; BadInput for anything else."""
    if not content.strip():
        _refuse(name, "an empty file", "a released file", FETCH_AGAIN)
    if content[:2] == ZIP:
        return _kind_of_zip(content, name)
    if content[:8] == OLE:
        if ENCRYPTED in content:
            _refuse(name, "an encrypted workbook", "a workbook without a password", "Save it without a password.")
        return "xls"
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MARKUP):
        _refuse(name, "a web page (HTML or XML), not a workbook", "xlsx, xls, ods or csv",
                "The address answered with a page: look at it in a browser, and fetch the file again.")  # fmt: skip
    if content[:4] == PDF:
        _refuse(name, "a PDF document", "xlsx, xls, ods or csv", "Take the data tables, not the bulletin.")
    if b"\0" in content[:4096] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _refuse(name, "binary content of no known kind", "xlsx, xls, ods or csv", FETCH_AGAIN)
    return "csv"


def _kind_of_zip(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
            ods = "mimetype" in members and b"opendocument.spreadsheet" in archive.read("mimetype")
            locked = ods and b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, EOFError, OSError):
        _refuse(name, "a workbook that is cut off", "a complete workbook", FETCH_AGAIN)
    if locked:
        _refuse(name, "an encrypted workbook", "a workbook without a password", "Save it without a password.")
    if ods:
        return "ods"
    if not members & {"xl/workbook.xml", "xl/workbook.bin"}:
        _refuse(name, "a zip archive without a workbook", "xlsx, xls, ods or csv", "Unpack it first.")
    return "xlsx"


def _inflated(content: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            plain = packed.read(LARGEST + 1)
    except (EOFError, OSError, gzip.BadGzipFile):
        _refuse(name, "a gzip file that is cut off", "a complete file", FETCH_AGAIN)
    if len(plain) > LARGEST:
        _refuse(name, f"more than {LARGEST:,} bytes unpacked", "a file of usual size", "Check where it comes from.")
    return plain


def _csv_rows(content: bytes, name: str) -> list[list[Cell]]:
    try:
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        return rectangular(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))))
    except csv.Error as error:
        _refuse(name, str(error), "well-formed CSV", FETCH_AGAIN)


def _why(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return "an encrypted workbook" if "password" in text.lower() else f"a damaged workbook ({text})"


def _refuse(place: str, found: str, expected: str, remedy: str) -> NoReturn:
    raise BadInput(f"{place} cannot be read", [Problem(place, "", found, expected, remedy)])
