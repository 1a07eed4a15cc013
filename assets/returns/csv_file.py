"""The CSV file of a return as it lies: fingerprint, ends of lines, header, and how DuckDB reads it. Nothing of a cell is said."""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from schemas.derive import quoted
from schemas.returns import ReturnColumn

PIECE = 1 << 20
WIDE = "the file is UTF-16 or UTF-32, not UTF-8"
WORKBOOK = "the file is a workbook or an archive, not CSV: save its first sheet as CSV UTF-8"
# How files that are no CSV begin; text of two or four bytes a letter without a mark has noughts among its first.
BEGINNINGS = {
    b"\xff\xfe": WIDE, b"\xfe\xff": WIDE, b"\x00\x00\xfe\xff": WIDE, b"PK\x03\x04": WORKBOOK, b"\xd0\xcf\x11\xe0": WORKBOOK,
    b"\x1f\x8b": "the file is gzipped, and its name does not end in .gz", b"%PDF": "the file is a PDF, not CSV",
    b"<": "the file is a web page or XML, not CSV", b"{": "the file is JSON, not CSV", b"[": "the file is JSON, not CSV",
}  # fmt: skip
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# A header is looked for in so many lines.
LINES_OF_HEADER = 20
# Longest cell that Python's reader takes; DuckDB sets aside far shorter lines.
LONGEST_CELL = 1 << 30


@dataclass(frozen=True)
class Scan:
    """A file read once, as bytes.

    sha256:  fingerprint of the file as it lies
    lines:   lines of its text, the header among them
    mixed:   do its lines end in more than one way, or as nothing writes them any more (CR alone)
    trouble: why it is no text to read; empty where it is
    """

    sha256: str
    lines: int
    mixed: bool
    trouble: str


def scan(file: Path) -> Scan:
    """Fingerprint and lines of a file, plain or gzipped."""
    digest, counted = hashlib.sha256(), _Ends()
    packed = is_packed(file)
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            digest.update(piece)
            if not packed:
                counted.add(piece)
    trouble = ""
    if packed:
        try:
            for piece in _pieces(file):
                counted.add(piece)
        except (OSError, EOFError, zlib.error):
            trouble = "the file is no whole gzip file"
    begins = [words for sign, words in BEGINNINGS.items() if counted.first.startswith(sign)]
    if begins or b"\x00" in counted.first:
        trouble = begins[0] if begins else WIDE
    elif not counted.first and not trouble:
        trouble = "the file is empty: it has not even a header"
    return Scan(digest.hexdigest(), counted.lines, counted.mixed, trouble)


class _Ends:
    """Counts the ends of lines of a text that comes in pieces."""

    def __init__(self) -> None:
        self.first, self._last = b"", b""
        self._feeds = self._returns = self._both = 0

    def add(self, piece: bytes) -> None:
        self.first = self.first or piece[:4]
        self._feeds += piece.count(b"\n")
        if returns := piece.count(b"\r"):
            self._returns += returns
            self._both += piece.count(b"\r\n")
        self._both += self._last == b"\r" and piece[:1] == b"\n"
        self._last = piece[-1:]

    @property
    def mixed(self) -> bool:
        return self._returns > self._both or 0 < self._both < self._feeds

    @property
    def lines(self) -> int:
        return self._feeds + self._returns - self._both + (self._last not in (b"", b"\n", b"\r"))


def is_packed(file: Path) -> bool:
    """Is the file gzipped, by its name?"""
    return file.name.lower().endswith(".gz")


def _open(file: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(file) if is_packed(file) else file.open("rb"))


def _pieces(file: Path) -> Iterator[bytes]:
    with _open(file) as source:
        while piece := source.read(PIECE):
            yield piece


def with_one_end(file: Path, target: Path) -> Path:
    """The text of a file, every line ended by a line feed; the number of its lines stays."""
    kept = b""
    with target.open("wb") as made:
        for piece in _pieces(file):
            whole = kept + piece
            kept = whole[-1:] if whole.endswith(b"\r") else b""
            made.write(whole[: len(whole) - len(kept)].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        made.write(kept and b"\n")
    return target


def header_of(file: Path, separator: str = ",") -> list[str]:
    """The headings of a CSV file, plain or gzipped; what is no text is no heading of the template."""
    return _cells(_first_lines(file, 1), separator)


def _first_lines(file: Path, most: int) -> list[str]:
    with _open(file) as source:
        return source.read(PIECE).decode("utf-8-sig", errors="replace").splitlines()[:most]


def _cells(lines: list[str], separator: str) -> list[str]:
    csv.field_size_limit(LONGEST_CELL)
    return next(csv.reader(lines[:1], delimiter=separator), [])


def csv_source(file: Path, header: list[str], rejects: bool = True, separator: str = ",") -> str:
    """The reading of a CSV file (or of all that a pattern names): every column as text, malformed lines set aside."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    more = ", store_rejects = true, rejects_table = 'reject', rejects_scan = 'reject_scan'" if rejects else ""
    packed = ", compression = 'gzip'" if is_packed(file) else ""
    return (
        f"read_csv({quoted(str(file))}, header = true, auto_detect = false, columns = {{{columns}}}, delim = {quoted(separator)}"
        f", quote = '\"', escape = '\"', strict_mode = true{packed}{more})"
    )


def odd_columns(file: Path, header: list[str], columns: tuple[ReturnColumn, ...]) -> str:
    """What is wrong with a header; empty where nothing is. The columns may stand in any order."""
    wanted = [one.name for one in columns]
    missing = [name for name in wanted if name not in header]
    if 2 * len(missing) > len(wanted):
        return _elsewhere(file, set(wanted))
    # An unknown heading may be a cell of a file without header: it is counted, not printed.
    extra = sum(name not in wanted and bool(name) for name in header)
    twice = [name for name in wanted if header.count(name) > 1]
    parts = [f"no column {', '.join(missing)}" if missing else "", f"{extra} unknown columns" if extra else "",
             f"{header.count('')} columns without a heading" if "" in header else "",
             f"{', '.join(twice)} twice" if twice else ""]  # fmt: skip
    return "; ".join(filter(None, parts))


def _elsewhere(file: Path, wanted: set[str]) -> str:
    """Where the header is that is not in the first line, separated by commas, and spelt as in the template."""
    separator, line = separator_of(file, wanted)
    lines = _first_lines(file, LINES_OF_HEADER)
    found = _cells(lines[line - 1 :], separator)
    if not wanted & {plainly(name) for name in found}:
        return "no column of the template: its header is missing, or the file is of another kind"
    parts = [f"its columns are separated by {SEPARATORS[separator]}, not by commas" if separator != "," else "",
             f"its header stands in line {line}, not in the first" if line > 1 else "",
             "its headings are spelt otherwise than in the template" if 2 * len(wanted & {*found}) < len(wanted) else "",
             ]  # fmt: skip
    return "; ".join(filter(None, parts))


def separator_of(file: Path, wanted: set[str]) -> tuple[str, int]:
    """What separates the columns, and in which of the first lines the header stands: where most headings are found."""
    best, at = 0, (",", 1)
    for line, text in enumerate(_first_lines(file, LINES_OF_HEADER), 1):
        for separator in SEPARATORS:
            headings = len(wanted & {plainly(name) for name in _cells([text], separator)})
            if headings > best:
                best, at = headings, (separator, line)
    return at


def plainly(name: str) -> str:
    """A heading as the template would spell it."""
    return "_".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


@dataclass(frozen=True)
class Records:
    """Where the records of a file are not a line each: `record` counts them from 1, the header among them.

    whole: records that are not blank; blank: the blank ones; longer: records of several lines, with the lines more than one
    """

    whole: int
    blank: list[int]
    longer: list[tuple[int, int]]


def records_of(file: Path) -> Records:
    """Count the records of a file by Python's reader, which is slow: asked only where the lines do not tell."""
    csv.field_size_limit(LONGEST_CELL)
    blank, longer, whole, before = list[int](), list[tuple[int, int]](), 0, 0
    with _open(file) as source:
        reader = csv.reader(line.decode("utf-8", errors="replace") for line in source)
        for place, cells in enumerate(reader, 1):
            if cells:
                whole += 1
            else:
                blank.append(place)
            if reader.line_num - before > 1:
                longer.append((place, reader.line_num - before - 1))
            before = reader.line_num
    return Records(whole, blank, longer)
