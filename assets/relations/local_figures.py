"""Counts and populations that stand in no archive of figures: tracked ones of police forces, and those of the open data."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from assets.archive.force_figures import beside, tracked_counts, tracked_populations
from assets.relations.engine import LOOKED_AT
from assets.relations.tables import relation_tables
from schemas.registry import contract
from schemas.row_id import row_ids

TEXT = pd.ArrowDtype(pa.string())


def relation_tables_of_all(
    data: Path,
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    relations: pd.DataFrame,
    terms: pd.DataFrame,
    acknowledged: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `assets.relations.tables.TABLES`, for the figures of the archive and those of `local_figures`."""
    local = local_figures(data, figures, landed, series, offences, areas, releases, as_of)
    every = pd.concat([figures[list(LOOKED_AT)], local], ignore_index=True)
    return relation_tables(every, series, offences, areas, releases, relations, terms, acknowledged)


def local_figures(
    data: Path,
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows as the engine looks at them, by the row ids of the tables of facts that they go to.

    figures: `archive.figure`: what it holds as well is left out; landed: `archive.landed_count`
    """
    counts = pd.concat(
        [landed, tracked_counts(data, series, offences, areas, releases, as_of)[landed.columns]], ignore_index=True
    )
    people = tracked_populations(data, series, areas, releases, as_of)
    held = [
        looked_at(beside(figures, rows), key)
        for key, rows in (("recorded.force_count", counts), ("population.estimate", people))
    ]
    return pd.concat(held, ignore_index=True)


def looked_at(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows of a table of facts, one per row id, as the engine looks at them."""
    nothing = pd.Series(None, index=rows.index, dtype=TEXT)
    named = rows.assign(characteristic=nothing, characteristic_value=nothing, row_id=row_ids(contract(key), rows))
    return named.drop_duplicates("row_id")[list(LOOKED_AT)]
