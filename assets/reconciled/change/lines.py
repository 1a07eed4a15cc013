"""Series as lines of years: the figures of England and Wales that can be compared over time, all vintages."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assets.reconciled.change.trend_pairs import YEARLY
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

# Series of police counts; the others of the count tables are of victims, and independent.
COUNTED = ("prc.", "vawg.")


def lines(table: pd.DataFrame) -> Iterator[list[Record]]:
    """The rows of each series, sex and age of a fact table."""
    whole = (table["area_code"] == ENGLAND_AND_WALES) & table["period_type"].isin(YEARLY) & table["value"].notna()
    if "characteristic" in table:
        whole &= table["characteristic"].isna()
    if "measure" in table:
        whole &= table["measure"] == "prevalence"
    found = grouped(records(table[whole]), lambda row: (row["series"], row["sex"], row["age"]))
    yield from (found[key] for key in sorted(found))


def vintage_orders(releases: pd.DataFrame) -> Mapping[Any, int]:
    """(source, release) -> place in time, of `meta.release`."""
    columns = releases[["source", "release", "vintage_order"]]
    return {(s, r): o for s, r, o in columns.itertuples(index=False)}
