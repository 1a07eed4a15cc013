"""Ask the published file: rows as plain records."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import duckdb

from schemas.rows import Record


class Asked:
    """A published file, open for reading."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def holds(self, table: str) -> bool:
        """Has a table `schema.table` at least one row?"""
        return bool(self.rows(f"SELECT 1 AS one FROM {table} LIMIT 1"))

    def rows(self, query: str, *values: Any) -> list[Record]:
        """The rows of a query as dicts; empty values are None."""
        return self.named(query, list(values))

    def named(self, query: str, values: Mapping[str, Any] | list[Any]) -> list[Record]:
        """The same with values by name, `$threat` for `threat`."""
        connection = self._connection.execute(query, values)
        names = [column[0] for column in connection.description or ()]
        return cast(list[Record], [dict(zip(names, row, strict=True)) for row in connection.fetchall()])


@contextmanager
def asking(file: Path) -> Iterator[Asked]:
    """Open a published file read-only; readers never block a refresh."""
    connection = duckdb.connect(str(file), read_only=True)
    try:
        yield Asked(connection)
    finally:
        connection.close()
