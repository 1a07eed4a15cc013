"""Make the answers from the tables behind them: SQL finds the rows, plain functions say them in words.

It runs while a build is written, on a connection whose default catalog is the new file with all its tables filled.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.answers.answer import answer, threat
from assets.answers.change import change
from assets.answers.health import health
from assets.answers.names import CALLED
from assets.answers.queries import sql
from assets.answers.recorded import breakdown, force
from assets.answers.release_note import release_note
from assets.answers.source import source
from assets.tables.asking import Asked
from assets.tables.conform import conform, validate
from assets.tables.framed import framed
from schemas.derive import arrow_schema, quoted
from schemas.registry import contract
from schemas.row_types import NameRow, ReleaseNoteRow
from schemas.rows import AnyRow, Record


def name(row: NameRow) -> NameRow:
    """A row of `meta.name`."""
    return {**row, "said": threat(row["code"]) if row["kind"] == "threat" else row["name"]}


# Key -> file of its query, and what makes a row in words of a row of it.
IN_WORDS: Mapping[str, tuple[str, Callable[[Record], AnyRow]]] = {
    "meta.name": ("name", name),
    "main.source": ("source", source),
    "main.answer": ("answer", answer),
    "main.breakdown": ("breakdown", breakdown),
    "main.change": ("change", change),
    "main.force": ("force", force),
}
BEFORE_HAS = (
    "SELECT count(*) FROM duckdb_tables()"
    " WHERE database_name = 'before' AND schema_name = 'main' AND table_name = 'answer'"
)


def make(
    connection: duckdb.DuckDBPyConnection, before: Path | None, today: datetime.date
) -> Iterator[tuple[str, pa.Table]]:
    """Key and rows of every answer table; each must be in the file before the next is asked for.

    before: the build that this one follows, None for the first; today: the day by which ages are counted
    """
    for call, query, _ in CALLED:
        connection.execute(f"CREATE MACRO {call} AS {query}")
    asked = Asked(connection)
    for key, (query, in_words) in IN_WORDS.items():
        yield key, _table(key, [in_words(row) for row in asked.rows(sql(query))])
    yield "main.release_note", _table("main.release_note", _moved(connection, asked, before))
    yield "meta.health", _table("meta.health", health(asked, today))


def _moved(connection: duckdb.DuckDBPyConnection, asked: Asked, before: Path | None) -> list[ReleaseNoteRow]:
    if before is None:
        return [*release_note([], None)]
    connection.execute(f"ATTACH {quoted(str(before))} AS before (READ_ONLY)")
    try:
        if not connection.execute(BEFORE_HAS).fetchall()[0][0]:
            return [*release_note([], None)]
        [(since,)] = connection.execute("SELECT built_at FROM before.meta.build").fetchall()
        return [*release_note(asked.rows(sql("release_note")), since)]
    finally:
        connection.execute("DETACH before")


def _table(key: str, rows: Sequence[AnyRow]) -> pa.Table:
    table = contract(key)
    frame = conform(framed(rows, key), table)
    validate(frame, table)
    return pa.Table.from_pandas(frame, schema=arrow_schema(table.model), preserve_index=False)
