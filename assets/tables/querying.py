"""SQL over tables that are in memory: relational work stands in `.sql` files beside the Python that runs them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from assets.tables.staging import to_frame
from schemas.derive import arrow_schema
from schemas.registry import contract

HEADING = re.compile(r"\A(--.*\n)+")
# A list without what stands in it before, in its order.
EACH_ONCE = (
    "CREATE MACRO each_once(items) AS list_filter(items, lambda item, place: list_position(items, item) = place)"
)


def query(module: str, name: str, /, **words: object) -> str:
    """The query `name.sql` beside a module, without its heading and with these words in the place of `{word}`."""
    text = HEADING.sub("", Path(module).with_name(f"{name}.sql").read_text(encoding="utf-8"))
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", str(value))
    return text


def ask(asked: str, **tables: pa.Table | pd.DataFrame) -> pd.DataFrame:
    """The rows of a query over some tables, each by its name."""
    return to_frame(_result(asked, tables))


def ask_for(key: str, asked: str, **tables: pa.Table | pd.DataFrame) -> pd.DataFrame:
    """The rows of a query as those of a published table: its columns in their declared types, without row ids."""
    result = _result(asked, tables)
    declared = [field for field in arrow_schema(contract(key).model) if field.name != "row_id"]
    return to_frame(pa.table({field.name: result[field.name].cast(field.type) for field in declared}))


def _result(asked: str, tables: Mapping[str, pa.Table | pd.DataFrame]) -> pa.Table:
    with _connection().cursor() as connection:
        for name, table in tables.items():
            connection.register(
                name, pa.Table.from_pandas(table, preserve_index=False) if isinstance(table, pd.DataFrame) else table
            )
        return connection.sql(asked).to_arrow_table()


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """A database in memory, on one thread: for some thousand rows more threads cost more than they save."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(EACH_ONCE)
    return connection
