"""Which rows of two builds differ: table by table, column by column."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from schemas.derive import quoted

# What is of a build itself, not of its figures.
OF_THE_BUILD = ("meta.build", "meta.lineage", "meta.column")
# So far the sum of some figures may differ by their order alone: far below what any figure is printed to.
SAME_SUM = 1e-12


@dataclass(frozen=True)
class Differing:
    """One table of two builds: rows that only one of them has, and rows of one id whose columns differ.

    changed: (row id, column, before, after)
    """

    table: str
    only_before: list[str]
    only_after: list[str]
    changed: list[tuple[str, str, Any, Any]]

    @property
    def same(self) -> bool:
        """Do both builds hold the same rows?"""
        return not (self.only_before or self.only_after or self.changed)


def compare(before: Path, after: Path) -> tuple[list[str], list[str], list[Differing]]:
    """Tables that only the one build has, tables that only the other has, and what differs in those of both.

    Rows are the same row where their ids are; columns that only one build has are named as changed of the table. A table without
    row ids of its own is compared as a set of rows.
    """
    with duckdb.connect() as connection:
        for name, file in (("before", before), ("after", after)):
            connection.execute(f"ATTACH {quoted(str(file))} AS {name} (READ_ONLY)")
        tables = [_tables(connection, name) for name in ("before", "after")]
        common = [key for key in tables[0] if key in tables[1] and key not in OF_THE_BUILD]
        return (
            sorted(tables[0].keys() - tables[1].keys()),
            sorted(tables[1].keys() - tables[0].keys()),
            [_table(connection, key, tables[0][key], tables[1][key]) for key in common],
        )


def _tables(connection: duckdb.DuckDBPyConnection, build: str) -> dict[str, list[str]]:
    rows = connection.execute(
        "SELECT c.schema_name || '.' || c.table_name, list(c.column_name ORDER BY c.column_index) FROM duckdb_columns() AS c"
        " JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name) WHERE c.database_name = ? GROUP BY 1",
        [build],
    ).fetchall()
    return dict(rows)


def _table(connection: duckdb.DuckDBPyConnection, key: str, before: list[str], after: list[str]) -> Differing:
    both = [name for name in before if name in after]
    unlike: list[tuple[str, str, Any, Any]] = [("", name, "a column", None) for name in before if name not in after]
    unlike += [("", name, None, "a column") for name in after if name not in before]
    if "row_id" not in both or not (_keyed(connection, "before", key) and _keyed(connection, "after", key)):
        columns = ", ".join(f'"{name}"' for name in both)
        only_before, two = (
            _without(connection, key, columns, *pair) for pair in (("before", "after"), ("after", "before"))
        )
        return Differing(key, only_before, two, unlike)
    gone, come = (_ids(connection, key, *pair) for pair in (("before", "after"), ("after", "before")))
    compared = [name for name in both if name != "row_id"]
    differs = " OR ".join(f'b."{name}" IS DISTINCT FROM a."{name}"' for name in compared) or "false"
    pairs = ", ".join(f'b."{name}", a."{name}"' for name in compared)
    rows = connection.execute(
        f"SELECT b.row_id, {pairs or '1'} FROM before.{key} AS b JOIN after.{key} AS a USING (row_id)"
        f" WHERE {differs} ORDER BY b.row_id"
    ).fetchall()
    changed = [
        (row[0], name, row[1 + 2 * place], row[2 + 2 * place])
        for row in rows
        for place, name in enumerate(compared)
        if not _same(row[1 + 2 * place], row[2 + 2 * place])
    ]
    return Differing(key, gone, come, [*unlike, *changed])


def _same(before: Any, after: Any) -> bool:
    """Are two values one? What was added up in another order is the same sum, whatever its last digits."""
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=SAME_SUM)
    return bool(before == after)


def _keyed(connection: duckdb.DuckDBPyConnection, build: str, key: str) -> bool:
    """Does every row have an id of its own? What people open first may name the row that it was taken from, several times."""
    rows = connection.execute(f"SELECT count(*) = count(DISTINCT row_id) FROM {build}.{key}").fetchall()
    return bool(rows[0][0])


def _ids(connection: duckdb.DuckDBPyConnection, key: str, of: str, against: str) -> list[str]:
    rows = connection.execute(
        f"SELECT row_id FROM {of}.{key} ANTI JOIN {against}.{key} USING (row_id) ORDER BY row_id"
    ).fetchall()
    return [row_id for (row_id,) in rows]


def _without(connection: duckdb.DuckDBPyConnection, key: str, columns: str, of: str, against: str) -> list[str]:
    rows = connection.execute(
        f"SELECT {columns} FROM {of}.{key} EXCEPT ALL SELECT {columns} FROM {against}.{key}"
    ).fetchall()
    return sorted(str(row) for row in rows)
