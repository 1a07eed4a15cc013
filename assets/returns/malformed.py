"""What of a file is no row: lines that DuckDB sets aside, and what nobody read. Every line of a file is accounted for."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.returns.csv_file import Scan, records_of, with_one_end
from assets.returns.lines import keep_records, line_malformed
from assets.returns.personal import looks_personal
from assets.returns.rules import Rules

# A quote that is never closed takes every line after it: so many rows are lost with the one that begins it.
UNCLOSED = "UNQUOTED VALUE"
# The words of an error of DuckDB may hold a cell: they are never passed on.
UNREADABLE = "the file is no CSV that can be read to its end"


@contextmanager
def read_from(connection: duckdb.DuckDBPyConnection, file: Path, scanned: Scan) -> Iterator[Path]:
    """The file as DuckDB can read it: a copy where lines end in several ways or are hollow, or a title stands above."""
    if not (scanned.mixed or scanned.above or scanned.hollow):
        yield file
        return
    [(spilled,)] = connection.execute("SELECT current_setting('temp_directory')").fetchall()
    with tempfile.TemporaryDirectory(dir=spilled if spilled and Path(spilled).is_dir() else None) as folder:
        yield with_one_end(file, Path(folder) / "return.csv", scanned.above)


def set_aside(connection: duckdb.DuckDBPyConnection, file: Path, scanned: Scan, rows: int, rules: Rules | None) -> str:
    """Make the table `malformed`; gives what went wrong where rows and malformed lines are not all that the file holds."""
    [(rejected,)] = connection.execute("SELECT count(*) FROM reject").fetchall()
    personal = looks_personal("cell", rules) if rules and rejected else "false"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE aside AS
        SELECT line AS record, bool_or(error_type = '{UNCLOSED}') AS unclosed, coalesce(bool_or({personal}), false) AS personal
        FROM (SELECT *, unnest(string_split(rtrim(csv_line, chr(10) || chr(13)), ',')) AS cell FROM reject)
        GROUP BY line""")
    [(malformed,)] = connection.execute("SELECT count(*) FROM aside").fetchall()
    records = None
    if rows + malformed + 1 != scanned.lines:
        records = records_of(file)
        if rows + malformed + 1 != records.whole:
            return UNREADABLE
    keep_records(connection, records, scanned.above)
    line_malformed(connection)
    return ""


def lost_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """The rows that malformed lines stand for."""
    [(lost,)] = connection.execute("SELECT coalesce(sum(lost), 0)::BIGINT FROM malformed").fetchall()
    return int(lost)
