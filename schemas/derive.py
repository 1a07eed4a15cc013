"""What follows from a contract: the Arrow schema, the DDL, the comments and the data dictionary."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pyarrow as pa
from pandera.api.pandas.components import Column

from schemas.table import Contract, Table


@cache
def columns(model: type[Table]) -> Mapping[str, Column]:
    """The pandera columns of a model by name, in order."""
    return MappingProxyType(dict(model.to_schema().columns))


def arrow_type(column: Column) -> pa.DataType:
    """The declared Arrow type of a column."""
    dtype: Any = column.dtype
    declared: pa.DataType = dtype.type.pyarrow_dtype
    return declared


@cache
def arrow_schema(model: type[Table]) -> pa.Schema:
    """The Parquet schema of a model: names, types and nullability."""
    return pa.schema(
        [pa.field(name, arrow_type(column), nullable=column.nullable) for name, column in columns(model).items()]
    )


def unit_of(column: Column) -> str | None:
    """The unit of a column, or None for text and codes."""
    unit: str | None = (column.metadata or {}).get("unit")
    return unit


def duckdb_type(declared: pa.DataType) -> str:
    """The DuckDB type that holds an Arrow type."""
    if pa.types.is_list(declared):
        return f"{duckdb_type(declared.value_type)}[]"
    if pa.types.is_struct(declared):
        inner = ", ".join(f'"{part.name}" {duckdb_type(part.type)}' for part in declared)
        return f"STRUCT({inner})"
    names = {
        pa.string(): "VARCHAR",
        pa.float64(): "DOUBLE",
        pa.int64(): "BIGINT",
        pa.bool_(): "BOOLEAN",
        pa.date32(): "DATE",
        pa.timestamp("us"): "TIMESTAMP",
    }
    return names[declared]


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def any_of(tests: Iterable[str]) -> str:
    """One condition in SQL of several; empty where there is none."""
    return " OR ".join(f"({test})" for test in tests if test)


def comment_of(column: Column) -> str:
    """Meaning and unit of a column, as the file's comment says them."""
    unit = unit_of(column)
    meaning = column.description or column.name
    return f"{meaning} [{unit}]" if unit else str(meaning)


def create_table(contract: Contract, comment: str) -> list[str]:
    """The statements that create an empty table with its NOT NULLs and all comments.

    A row id is no PRIMARY KEY: the audit has seen that it is unique, nobody writes to the file, and DuckDB's index would
    be more than half of a file with released workbooks.
    """
    parts = []
    for name, column in columns(contract.model).items():
        constraint = "" if column.nullable else " NOT NULL"
        parts.append(f'"{name}" {duckdb_type(arrow_type(column))}{constraint}')
    statements = [
        f"CREATE TABLE {contract.key} ({', '.join(parts)})",
        f"COMMENT ON TABLE {contract.key} IS {quoted(comment)}",
    ]
    for name, column in columns(contract.model).items():
        statements.append(f'COMMENT ON COLUMN {contract.key}."{name}" IS {quoted(comment_of(column))}')
    return statements


def dictionary(contract: Contract, table: str | None = None) -> list[dict[str, Any]]:
    """One row of `meta.column` per column of a table, or of a view over it named by `table`."""
    return [
        {
            "table_name": table or contract.key,
            "column_name": name,
            "position": position,
            "type": duckdb_type(arrow_type(column)),
            "nullable": bool(column.nullable),
            "unit": unit_of(column),
            "meaning": column.description or name,
        }
        for position, (name, column) in enumerate(columns(contract.model).items(), start=1)
    ]
