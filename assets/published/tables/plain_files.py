"""The same tables for machines: CSV with markers for what is missing, and Parquet with types."""

import csv
import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.published.tables.sheets import Field, TableSheet, cell_text, marker
from assets.words.plain import no_formula
from schemas.rows import AnyRow

ARROW = {
    "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(),
}  # fmt: skip


def write_csv(path: Path, sheet: TableSheet) -> None:
    """Write a sheet as CSV (UTF-8, comma, header row). A missing value is a marker; no text begins a formula."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([column.name for column in sheet.fields])
        writer.writerows([[_text(column, row) for column in sheet.fields] for row in sheet.rows])


def write_parquet(path: Path, sheet: TableSheet) -> None:
    """Write a sheet as Parquet: declared types, nulls for what is missing, meaning and unit with each column."""
    schema = pa.schema([
        pa.field(field.name, ARROW[field.kind], metadata={"meaning": field.meaning, "unit": field.unit}) for field in sheet.fields
    ])  # fmt: skip
    rows = [{field.name: cell_text(row[field.name]) for field in sheet.fields} for row in sheet.rows]
    table = pa.Table.from_pylist(rows, schema=schema)
    # Small tables: statistics of their one row group would be a sixth of each file, and help nobody.
    pq.write_table(table, path, compression="zstd", compression_level=12, write_statistics=False)


def _text(column: Field, row: AnyRow) -> Any:
    value = cell_text(row[column.name])
    if value is None or value == "":
        return marker(column, row) if column.kind in ("number", "integer") else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return no_formula(value)
    return repr(value)
