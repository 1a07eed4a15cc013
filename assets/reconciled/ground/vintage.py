"""The newest release wins, per figure; the publisher's own release wins over any copy of it."""

from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

RULE = Path(__file__).with_name("newest.sql")
COPIES = ("press_copy", "policing")
NOT_THE_FIGURE = ("source", "release")
DECIDES = ("row_id", "designation", "source", "release")


def newest_sql(facts: str, releases: str, key: tuple[str, ...], known: str = "true") -> str:
    """The rule as a query over two tables of a database: see newest.sql. `key` is the fact table's row key."""
    figure = ", ".join(f'fact."{name}"' for name in key if name not in NOT_THE_FIGURE)
    rule = RULE.read_text(encoding="utf-8")
    return rule[rule.index("SELECT") :].format(
        facts=facts, releases=releases, figure=figure, known=known, copies=COPIES
    )


def newest(facts: pd.DataFrame, releases: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """One row per figure of a fact table, in the order of row ids: the newest vintage, copies only where nothing else is held.

    facts: rows with `source`, `release` and `designation`; releases: `meta.release`; key: the table's row key, of which
    source and release are left out to name the figure.
    """
    # Only what decides is ranked; whole rows are taken once.
    decides = facts[list(dict.fromkeys([*key, *DECIDES]))].reset_index(drop=True).assign(position=range(len(facts)))
    with _connection().cursor() as connection:
        connection.register("facts", pa.Table.from_pandas(decides, preserve_index=False))
        connection.register("releases", pa.Table.from_pandas(releases[["source", "release", "vintage_order"]]))
        rule = newest_sql("facts", "releases", key)
        kept = connection.sql(f"SELECT position FROM ({rule}) ORDER BY row_id").fetchnumpy()["position"]
    return facts.take(kept).reset_index(drop=True)


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """A database in memory, on one thread: for a few thousand rows more threads cost more than they save."""
    return duckdb.connect(config={"threads": 1})
