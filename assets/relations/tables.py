"""The tables of relations: what every instance found, how much of each printed table is covered, and what is doubted."""

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubts import doubts
from assets.tables.conform import conform
from assets.tables.querying import query
from schemas.registry import contract
from schemas.rows import AnyRow

RELATION, COVERAGE, DOUBT = "meta.relation", "meta.relation_coverage", "archive.doubt"
# The figures of all releases that were published need twice as much; beside it stand the frames that they come from.
MEMORY = "300MB"
TABLES = (RELATION, COVERAGE, DOUBT)


def relation_tables(
    figures: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    relations: pd.DataFrame,
    terms: pd.DataFrame,
    acknowledged: pd.DataFrame,
    compared: pd.DataFrame | None = None,
    titled: pd.DataFrame | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `TABLES`: every figure of every release run through all relations that apply to it.

    compared: `assets.relations.blame.transcribed.transcribed_too`; titled: rows of `archive.table` whose title or rows say
    more than is known of them; None where nothing is.

    Nothing is mended: a figure to blame is doubted, with the reason; see `assets.relations.blame.doubts`.
    """
    given = {
        "series": series, "offence": offences, "area": areas, "release": releases, "relation": relations,
        "relation_term": terms,
    } | {name: rows for name, rows in (("compared", compared), ("titled", titled)) if rows is not None}  # fmt: skip
    try:
        return _tables(Engine(figures, given, MEMORY), acknowledged)
    except duckdb.OutOfMemoryException:  # not all of a query can lie on disk
        return _tables(Engine(figures, given), acknowledged)


def _tables(engine: Engine, acknowledged: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    doubted = _frame(doubts(engine, acknowledged), DOUBT)
    engine.connection.register("doubt", pa.Table.from_pandas(doubted, preserve_index=False))
    return {RELATION: _asked(engine, "held"), COVERAGE: _asked(engine, "coverage"), DOUBT: doubted}


def _asked(engine: Engine, step: str) -> pd.DataFrame:
    return engine.frame(query(__file__, step))


def _frame(rows: Sequence[AnyRow], key: str) -> pd.DataFrame:
    names = [name for name in contract(key).model.to_schema().columns if name != "row_id"]
    # A figure may be located twice; the first way stands.
    once = {row["figure"]: row for row in reversed(rows)}
    return conform(pd.DataFrame(list(once.values()), columns=names, dtype="object"), contract(key))
