"""Write the DuckDB file: tables with comments, the front views, the origin view and the macros."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.published.macros import create_macros
from assets.reconciled.ground.vintage import newest_sql
from assets.tables.querying import query
from assets.tables.staging import Staged
from schemas import deprecated
from schemas.derive import columns, create_table, dictionary, quoted
from schemas.registry import ANSWERS, CONTRACTS, PUBLISHED, contract
from schemas.table import Contract
from schemas.views import PART_YEARS, VIEWS, Rows, View, table_comment

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
            "type": "DOUBLE" if name in NUMBERS else "VARCHAR", "nullable": name not in ("row_id", "table_name"),
            "unit": None, "meaning": meaning,
        }
        for position, (name, meaning) in enumerate(MEANINGS.items(), start=1)
    ]  # fmt: skip
    return rows


def _fill(connection: duckdb.DuckDBPyConnection, key: str, rows: str) -> None:
    connection.execute(f"INSERT INTO {key} BY NAME SELECT * FROM {rows}")


def _origin(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> None:
    connection.execute(origin_view(keys))
    connection.execute(f"COMMENT ON VIEW meta.origin IS {quoted(VIEW_MEANING)}")
    for name, meaning in MEANINGS.items():
        connection.execute(f'COMMENT ON COLUMN meta.origin."{name}" IS {quoted(meaning)}')


# The queries behind the views of `main`.


def create_views() -> Iterator[str]:
    """The statements that create every view of `main` with its comments, and the old names that still stand."""
    for view in VIEWS:
        name, old = f"main.{view.name}", deprecated.COLUMNS.get(view.name, {})
        also = "".join(f', "{new}" AS "{former}"' for former, new in old.items())
        yield f"CREATE VIEW {name} AS SELECT *{also} FROM ({_query(view)})"
        yield f"COMMENT ON VIEW {name} IS {quoted(view.meaning)}"
        comments = view.comments() | {former: deprecated.remark(new) for former, new in old.items()}
        yield from _on_columns(name, comments)
    for former, new in deprecated.TABLES.items():
        yield f"CREATE VIEW {former} AS SELECT * FROM {new}"
        yield f"COMMENT ON VIEW {former} IS {quoted(deprecated.remark(new))}"
        yield from _on_columns(former, dict.fromkeys(columns(contract(new).model), deprecated.remark(new)))


def _query(view: View) -> str:
    if view.rows is Rows.EVERY:
        return f"SELECT * FROM {view.of}"
    shown = newest_sql(view.of, "meta.release", view.table.row_key)
    if view.rows is Rows.QUANTITY:
        quantity = ", ".join(f'newest."{name}"' for name in view.quantity)
        shown = query(__file__, "one_per_quantity", newest=shown, quantity=quantity)
    if view.part_years is None:
        return shown
    only = "" if view.part_years else "NOT "
    return f"SELECT * FROM ({shown}) WHERE period_type {only}IN ({', '.join(map(quoted, PART_YEARS))})"


def _on_columns(name: str, comments: dict[str, str]) -> Iterator[str]:
    for column, comment in comments.items():
        yield f'COMMENT ON COLUMN {name}."{column}" IS {quoted(comment)}'


# Where a row comes from, in the same columns for every table: the view `meta.origin`.

# The column that says in words what a row is; `series` where a table has one.
WORDS = {
    "reference.assumption": "reason",
    "reference.comparability_break": "what_changed",
    "reference.pairing": "title",
    "reference.fieldwork": "shortfall",
    "reference.rule": "says",
    "reconciled.gap": "reason",
    "reconciled.overdispersion": "reason",
    "reconciled.official_verdict": "reason",
    "reconciled.threat_breakdown": "dimension_value",
    "meta.release": "title",
    "meta.finding": "evidence",
    "meta.source_file": "path",
}
NAME_COLUMNS = ("series", "name", "offence_code")
PLACE = ("value", "unit", "printed", "source", "release", "sheet", "cell", "url", "citation")
NUMBERS = ("value",)

VIEW_MEANING = "Every row of every table in the same columns: what it is, its value, and where it is published"
MEANINGS = {
    "row_id": "Row id",
    "table_name": "Table the row stands in",
    "what": "What the row is, in words or by its series",
    "value": "Its value, in unit",
    "unit": "Unit of the value",
    "printed": "The figure as printed",
    "source": "Publication",
    "release": "Release",
    "sheet": "Sheet, table or page",
    "cell": "Cell, where the file is held",
    "url": "Where it was read",
    "citation": "Citation of a reference row",
}


def origin_view(tables: list[str]) -> str:
    """The statement that creates `meta.origin` over the given tables: what a table lacks is empty."""
    every = ", ".join(f'NULL::{"DOUBLE" if name in NUMBERS else "VARCHAR"} AS "{name}"' for name in MEANINGS)
    parts = [_select(CONTRACTS[key]) for key in tables if CONTRACTS[key].prefix]
    return "CREATE VIEW meta.origin AS " + " UNION ALL BY NAME ".join([f"SELECT {every} WHERE false", *parts])


def _select(contract: Contract) -> str:
    names = contract.model.to_schema().columns
    words = WORDS.get(contract.key) or next((name for name in NAME_COLUMNS if name in names), "row_id")
    # A table may call a code its value (Y, N): only numbers are values here.
    kinds = {name: "DOUBLE" if name in NUMBERS else "VARCHAR" for name in PLACE if name in names}
    place = [f', TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in kinds.items()]
    return f"SELECT row_id, '{contract.key}' AS table_name, \"{words}\" AS what{''.join(place)} FROM {contract.key}"
