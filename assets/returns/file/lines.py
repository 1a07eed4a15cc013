"""The line of the file on which a row stands: malformed and blank lines, and cells of several lines, shift it."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from assets.returns.file.csv_file import LONGEST_CELL, Headings, header_of, open_text, pieces
from schemas.returns import ReturnColumn

BLANK = (b"\n", b"\r\n", b"\r")
# Rows are numbered by DuckDB in the order of the file (`place`, from 0); records that it sets aside by their number in the file.
LINED = """
WITH
  malformed_before AS (
    SELECT record - blanks - 2 - place AS place, max(place) + 1 AS records FROM malformed GROUP BY ALL),
  numbered AS (
    SELECT given.*, given.place + 2 + coalesce(records, 0) AS filled
    FROM {rows} AS given ASOF LEFT JOIN malformed_before ON given.place >= malformed_before.place),
  recorded AS (
    SELECT numbered.*, numbered.filled + coalesce(blanks, 0) AS record
    FROM numbered ASOF LEFT JOIN blank ON numbered.filled >= blank.filled)
SELECT recorded.* EXCLUDE (filled, record), recorded.record + coalesce(more, 0) AS line
FROM recorded ASOF LEFT JOIN longer ON recorded.record > longer.record"""

EMPTY = """
CREATE OR REPLACE TEMP TABLE blank(record BIGINT, filled BIGINT, blanks BIGINT);
CREATE OR REPLACE TEMP TABLE longer(record BIGINT, own BIGINT, more BIGINT);
CREATE OR REPLACE TEMP TABLE malformed(
  record BIGINT, odd VARCHAR, unclosed BOOLEAN, personal BOOLEAN, crimes VARCHAR[], blanks BIGINT, line BIGINT, lost BIGINT,
  place BIGINT)"""


@dataclass(frozen=True)
class LinesOfRecords:
    """Where the records of a file are not a line each: `record` counts them from 1, the header among them.

    whole:  records that are not blank
    blank:  of each run of blank ones the last, and how many are blank up to it
    longer: records of several lines, with the lines more than one
    """

    whole: int
    blank: np.ndarray
    longer: list[tuple[int, int]]


def records_of(file: Path, *, quoted: bool) -> LinesOfRecords:
    """The records of a file of which lines end in one way; where cells are quoted by Python's reader, which is slow."""
    return _of_several_lines(file) if quoted else _of_a_line_each(file)


def _of_a_line_each(file: Path) -> LinesOfRecords:
    lines, blanks, runs = 0, 0, [np.empty((0, 2), np.int64)]
    for text in _whole_lines(file):
        signs = np.frombuffer(text, np.uint8)
        feeds = np.flatnonzero(signs == ord("\n"))
        starts = np.append(0, feeds[:-1] + 1)
        size = feeds - starts
        blank = np.flatnonzero((size == 0) | ((size == 1) & (signs[starts] == ord("\r"))))
        last = np.flatnonzero(np.diff(blank, append=-1) != 1)
        runs.append(np.stack([lines + 1 + blank[last], blanks + 1 + last], axis=1))
        lines, blanks = lines + len(feeds), blanks + len(blank)
    return LinesOfRecords(lines - blanks, np.concatenate(runs), [])


def _whole_lines(file: Path) -> Iterator[bytes]:
    """The text of a file in pieces that end with a line."""
    kept = b""
    for piece in pieces(file):
        cut = piece.rfind(b"\n") + 1
        if cut:
            yield kept + piece[:cut]
        kept = piece[cut:] if cut else kept + piece
    if kept:
        yield kept + b"\n"


def _of_several_lines(file: Path) -> LinesOfRecords:
    csv.field_size_limit(LONGEST_CELL)
    blank, longer, whole, blanks, lines, begins = list[tuple[int, int]](), list[tuple[int, int]](), 0, 0, 0, True

    def filled(source: Iterable[bytes]) -> Iterator[str]:
        """Its lines without those that are blank between two records."""
        nonlocal blanks, begins
        for line in source:
            if begins and line in BLANK:
                blanks += 1
            else:
                begins = False
                yield line.decode("utf-8", errors="replace")

    with open_text(file) as source:
        reader = csv.reader(filled(source))
        while True:
            before, begins = blanks, True
            ended = next(reader, None) is None
            if blanks > before:
                blank.append((whole + blanks, blanks))
            if ended:
                return LinesOfRecords(whole, np.array(blank, np.int64).reshape(-1, 2), longer)
            whole += 1
            if reader.line_num - lines > 1:
                longer.append((whole + blanks, reader.line_num - lines - 1))
            lines = reader.line_num


def a_line_each(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `malformed`, `blank` and `longer` of a file of which every record is a line, and all below the header."""
    connection.execute(EMPTY)


def lined(connection: duckdb.DuckDBPyConnection, rows: str) -> str:
    """A SELECT of rows (those of another one, with `place`) with their lines."""
    [(moved,)] = connection.execute(
        "SELECT (SELECT count(*) FROM malformed) + (SELECT count(*) FROM blank) + (SELECT count(*) FROM longer)"
    ).fetchall()
    return LINED.format(rows=f"({rows})") if moved else f"SELECT *, place + 2 AS line FROM ({rows})"


def keep_records(connection: duckdb.DuckDBPyConnection, records: LinesOfRecords | None, above: int) -> None:
    """Make the tables `blank` and `longer` of a file; both empty where every record is a line and none stands `above`."""
    blank, longer = (records.blank, records.longer) if records else (np.empty((0, 2), np.int64), [])
    longer = [(0, above), *longer] if above else longer
    lines = 0
    beyond = [lines := lines + more for _, more in longer]
    given = {
        "blank": {"record": blank[:, 0], "filled": blank[:, 0] - blank[:, 1] + 1, "blanks": blank[:, 1]},
        "longer": {"record": [at for at, _ in longer], "own": [own for _, own in longer], "more": beyond},
    }
    for name, columns in given.items():
        table = pa.table({key: pa.array(values, pa.int64()) for key, values in columns.items()})
        connection.register("given_records", table)
        last = "max(record) AS record, filled, max(blanks) AS blanks" if name == "blank" else "*"
        grouped = " GROUP BY filled" if name == "blank" else ""
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {last} FROM given_records{grouped}")
        connection.unregister("given_records")


def line_malformed(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the records that were set aside their place among each other, their line, and the rows lost with them."""
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE malformed AS
        SELECT aside.*, coalesce(blanks, 0) AS blanks, aside.record + coalesce(longer.more, 0) AS line,
          CASE WHEN unclosed THEN 1 + coalesce(itself.own, 0) ELSE 1 END AS lost,
          row_number() OVER (ORDER BY aside.record) - 1 AS place
        FROM aside ASOF LEFT JOIN blank ON aside.record > blank.record
        ASOF LEFT JOIN longer ON aside.record > longer.record
        LEFT JOIN longer AS itself ON aside.record = itself.record""")


def spilled(connection: duckdb.DuckDBPyConnection) -> "tempfile.TemporaryDirectory[str]":
    """A folder for a copy of a return, beside what DuckDB spills of it."""
    [(place,)] = connection.execute("SELECT current_setting('temp_directory')").fetchall()
    return tempfile.TemporaryDirectory(dir=place if place and Path(place).is_dir() else None)


@contextmanager
def unquoted(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Headings, columns: Sequence[ReturnColumn]
) -> Iterator[tuple[Path, Headings]]:
    """A file and its header; without the quotes of whole lines, as a spreadsheet saves lines that stand in one cell each."""
    [heading, *others] = header.names or [""]
    if others or "," not in heading:
        yield file, header
        return
    with spilled(connection) as folder:
        lines = Path(folder) / "lines.csv"
        with open_text(file) as source, lines.open("w", encoding="utf-8") as made:
            cells = csv.reader(line.decode("utf-8-sig", errors="replace") for line in source)
            made.writelines(f"{cell}\n" for cell, *_ in filter(None, cells))
        yield lines, header_of(lines, columns)
