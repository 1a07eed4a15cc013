"""The rows set aside in a return, and in what it changes until they are brought: they are missing from the counts with it."""

from pathlib import Path

import duckdb

from assets.returns.intake.store import Judged
from assets.returns.rules.rules import Rules
from assets.tables.querying import query
from schemas.derive import quoted
from schemas.returns import RECORD

QUARANTINED = "quarantined.parquet"
CRIME = next(place for place, column in enumerate(RECORD, 1) if column.name == "crime_ref")
# What is asked of the rows of a return: they are kept by it.
ASKED = tuple(query(__file__, name) for name in ("set_aside", "still_aside"))


def set_aside(
    connection: duckdb.DuckDBPyConnection, return_id: str, rules: Rules, replaced: Judged | None = None, folder: Path = Path()
) -> dict[str, int]:  # fmt: skip
    """Make the table `set_aside` of a return that was checked; gives how many of its rows are of each return that it changes.

    replaced: the return that it changes, with its files in `folder`; what was set aside there and is not brought is kept with it
    """
    told = {"return_id": quoted(return_id), "crime": CRIME, "unread": rules.bits["E01"]}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE set_aside AS {query(__file__, 'set_aside', **told)}")
    if replaced:
        before = {"replaced": quoted(replaced.return_id), "file": quoted(str(folder / QUARANTINED))}
        connection.execute(f"INSERT INTO set_aside {query(__file__, 'still_aside', **before)}")
    carried = "SELECT return_id, count(*) FROM set_aside WHERE return_id <> ? GROUP BY ALL ORDER BY ALL"
    return dict(connection.execute(carried, [return_id]).fetchall())
