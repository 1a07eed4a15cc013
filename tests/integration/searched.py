"""Is a text anywhere in a file: as it lies, in the parts of a workbook or archive, in the rows of a table?"""

import gzip
import zipfile
from functools import cache
from pathlib import Path

import duckdb


def holds(path: Path, text: str) -> bool:
    """Does a file hold a text? Tables are asked row by row, since compressed they would hide it."""
    if path.suffix == ".parquet":
        return _in_rows(_in_memory(), f"read_parquet('{path}')", text)
    if path.suffix == ".duckdb":
        with duckdb.connect(path, read_only=True) as file:
            tables = file.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            return any(_in_rows(file, f'"{schema}"."{name}"', text) for schema, name in tables)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return any(text.encode() in parts.read(name) for name in parts.namelist())
    return text.encode() in (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())


@cache
def _in_memory() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _in_rows(connection: duckdb.DuckDBPyConnection, table: str, text: str) -> bool:
    [(rows,)] = connection.execute(
        f"SELECT count(*) FROM {table} AS one WHERE contains(one::VARCHAR, ?)", [text]
    ).fetchall()
    return bool(rows)
