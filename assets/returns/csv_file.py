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
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
GZIPPED = b"\x1f\x8b"
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
    if counted.first.startswith(UTF_16):
        trouble = "the file is UTF-16, not UTF-8"
    elif counted.first.startswith(GZIPPED):
        trouble = "the file is gzipped, and its name does not end in .gz"
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


def fingerprint(file: Path) -> str:
    """sha256 of a file as it lies."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def header_of(file: Path) -> list[str]:
    """The headings of a CSV file, plain or gzipped; what is no text is no heading of the template."""
    with _open(file) as source:
        first = source.readline(PIECE).decode("utf-8-sig", errors="replace").splitlines()
    return next(csv.reader(first[:1]), [])


def csv_source(file: Path, header: list[str], rejects: bool = True) -> str:
    """The reading of a CSV file (or of all that a pattern names): every column as text, malformed lines set aside."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    more = ", store_rejects = true, rejects_table = 'reject', rejects_scan = 'reject_scan'" if rejects else ""
    packed = ", compression = 'gzip'" if is_packed(file) else ""
    return (
        f"read_csv({quoted(str(file))}, header = true, auto_detect = false, columns = {{{columns}}}, delim = ',', "
        f"quote = '\"', escape = '\"', strict_mode = true{packed}{more})"
    )


def odd_columns(header: list[str], columns: tuple[ReturnColumn, ...]) -> str:
    """What is wrong with a header; empty where nothing is. The columns may stand in any order."""
    wanted = [one.name for one in columns]
    missing = [name for name in wanted if name not in header]
    # An unknown heading may be a cell of a file without header: it is counted, not printed.
    extra = sum(name not in wanted for name in header)
    twice = [name for name in wanted if header.count(name) > 1]
    parts = [f"no column {', '.join(missing)}" if missing else "", f"{extra} unknown columns" if extra else "",
             f"{', '.join(twice)} twice" if twice else ""]  # fmt: skip
    return "; ".join(filter(None, parts))


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
