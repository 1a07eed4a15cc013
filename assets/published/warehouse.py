"""Write the DuckDB file: tables with comments, the front views, the origin view and the macros."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.published import origin
from assets.published.macros import create_macros
from assets.published.views import create_views
from assets.tables.staging import Staged
from schemas.derive import create_table, dictionary, quoted
from schemas.registry import ANSWERS, PUBLISHED, contract
from schemas.views import VIEWS, table_comment

# Read by DuckDB 1.2 and newer; small blocks make a file of many small tables a quarter of the size.
ATTACH = "ATTACH {file} AS darkfigure (STORAGE_VERSION 'v1.2.0', BLOCK_SIZE 16384)"
# Enough for every publication together; with half of it writing them takes twice as long.
MEMORY = "256MB"
# From so many rows on a table is put on the disk before the next one is written: what is not there yet lies in memory.
LARGE, SETTLED = 20_000, "COMMIT; CHECKPOINT darkfigure; BEGIN"
SPILLED = "spilled"
# Compressions that win nowhere in this file: to try each on every column takes a quarter of a second.
NOT_TRIED = "zstd,alp,alprd,chimp,patas"


def write_tables(
    file: Path,
    staged: Mapping[str, Staged],
    made: Mapping[str, pa.Table],
    answers: Callable[[duckdb.DuckDBPyConnection], Iterable[tuple[str, pa.Table]]],
) -> None:
    """Write all tables into a new file: those that are staged (key -> table), those made while publishing, then the answers,
    which are made from the tables that the file holds by then."""
    tables = [*staged, *made, *ANSWERS]
    # On one thread: the tables are many and small. In few transactions: each waits for the disk.
    connection = duckdb.connect(
        config={"threads": 1, "memory_limit": MEMORY, "temp_directory": str(file.parent / SPILLED)}
    )
    try:
        # On a slow disk a commit of over two seconds draws a bar on the standard output, which belongs to whoever asked.
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET disabled_compression_methods = '{NOT_TRIED}'")
        connection.execute(ATTACH.format(file=quoted(str(file))))
        connection.execute("USE darkfigure")
        connection.execute("BEGIN")
        for schema in dict.fromkeys(key.split(".")[0] for key in tables):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for key in tables:
            connection.execute(";".join(create_table(contract(key), table_comment(contract(key)))))
        for key, table in staged.items():
            with table.readable():
                _fill(connection, key, f"read_parquet({quoted(str(table.path))})")
            if table.rows > LARGE:
                connection.execute(SETTLED)
        connection.execute(SETTLED)
        for key, rows in chain(made.items(), answers(connection)):
            connection.register("made", rows)
            _fill(connection, key, "made")
        connection.execute(";".join(create_views()))
        _origin(connection, [key for key in tables if key not in PUBLISHED])
        connection.execute(";".join(create_macros(tables)))
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT darkfigure")
    finally:
        connection.close()


def data_dictionary(keys: list[str]) -> list[dict[str, object]]:
    """The rows of `meta.column`: every column of every table and view of the file."""
    rows = [row for key in keys for row in dictionary(contract(key))]
    rows += [row for view in VIEWS for row in view.dictionary()]
    rows += [
        {
            "table_name": "meta.origin", "column_name": name, "position": position,
            "type": "DOUBLE" if name in origin.NUMBERS else "VARCHAR", "nullable": name not in ("row_id", "table_name"),
            "unit": None, "meaning": meaning,
        }
        for position, (name, meaning) in enumerate(origin.MEANINGS.items(), start=1)
    ]  # fmt: skip
    return rows


def _fill(connection: duckdb.DuckDBPyConnection, key: str, rows: str) -> None:
    connection.execute(f"INSERT INTO {key} BY NAME SELECT * FROM {rows}")


def _origin(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> None:
    connection.execute(origin.origin_view(keys))
    connection.execute(f"COMMENT ON VIEW meta.origin IS {quoted(origin.VIEW_MEANING)}")
    for name, meaning in origin.MEANINGS.items():
        connection.execute(f'COMMENT ON COLUMN meta.origin."{name}" IS {quoted(meaning)}')
