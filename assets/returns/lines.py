"""The line of the file on which a row stands: malformed and blank lines, and cells of several lines, shift it."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from assets.returns.csv_file import Records

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
  record BIGINT, unclosed BOOLEAN, personal BOOLEAN, blanks BIGINT, line BIGINT, lost BIGINT, place BIGINT)"""


def a_line_each(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `malformed`, `blank` and `longer` of a file of which every record is a line, and all below the header."""
    connection.execute(EMPTY)


def lined(connection: duckdb.DuckDBPyConnection, rows: str) -> str:
    """A SELECT of rows (those of another one, with `place`) with their lines."""
    [(moved,)] = connection.execute(
        "SELECT (SELECT count(*) FROM malformed) + (SELECT count(*) FROM blank) + (SELECT count(*) FROM longer)"
    ).fetchall()
    return LINED.format(rows=f"({rows})") if moved else f"SELECT *, place + 2 AS line FROM ({rows})"


def keep_records(connection: duckdb.DuckDBPyConnection, records: Records | None, above: int) -> None:
    """Make the tables `blank` and `longer` of a file; both empty where every record is a line and none stands `above`."""
    blank, longer = (records.blank, records.longer) if records else ([], [])
    longer = [(0, above), *longer] if above else longer
    lines = 0
    beyond = [lines := lines + more for _, more in longer]
    given: dict[str, dict[str, Sequence[int]]] = {
        "blank": {"record": blank, "filled": [at - place for place, at in enumerate(blank)], "blanks": range(1, len(blank) + 1)},
        "longer": {"record": [at for at, _ in longer], "own": [own for _, own in longer], "more": beyond},
    }  # fmt: skip
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
