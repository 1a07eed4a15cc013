"""How figures changed between the releases of a publication: per figure, and per series.

The mean revision says whether first releases tend to be too low or too high, the mean absolute revision how much they move
(S. McKenzie and M. Gamba, Interpreting the results of revision analyses, OECD 2008).
"""

import pandas as pd
import pyarrow as pa

from assets.reconciled.ground.vintage import COPIES, ORDERED
from assets.tables.called import TABLES
from assets.tables.querying import ask_for, query
from assets.tables.records import Frames
from schemas.change import Revision
from schemas.derive import arrow_schema

FIGURE = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end", "period_type",
    "source", "unit",
)  # fmt: skip
NEEDED = (*FIGURE, "row_id", "release", "value", "printed", "obs_status", "designation", "doubt", "leaves_out")


def revisions(releases: pd.DataFrame, **facts: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.revision` from `meta.release` and fact tables, as `called` names them; values in their unit."""
    return revisions_of({TABLES[name]: frame for name, frame in facts.items()}, releases)


def revisions_of(facts: Frames, releases: pd.DataFrame) -> pd.DataFrame:
    """Every figure of some fact tables that one publication gave in two releases or more: see revision.sql.

    facts: table key -> rows; releases: `meta.release`, which orders the vintages.
    """
    asked = query(__file__, "revision", figure=", ".join(("figures", *FIGURE)), copies=COPIES)
    return ask_for("reconciled.revision", asked, fact=_together(facts), release=releases[ORDERED])


def summary(revision: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.revision_summary`: see revision_summary.sql.

    `inputs` are the figures that were revised; the unrevised ones only count.
    """
    exact = {field.name: pa.array(revision[field.name], field.type) for field in arrow_schema(Revision)}
    return ask_for("reconciled.revision_summary", query(__file__, "revision_summary"), revision=pa.table(exact))


def _together(facts: Frames) -> pa.Table:
    """The needed columns of all fact tables below each other, each row with the table it is from."""
    schema = arrow_schema(Revision)
    kinds = {name: schema.field(name).type for name in FIGURE} | {"value": pa.float64()}
    parts = []
    for table, frame in facts.items():
        columns = {
            name: pa.array(frame[name], kinds.get(name, pa.string())) if name in frame.columns
            else pa.nulls(len(frame), pa.string())
            for name in NEEDED
        }  # fmt: skip
        parts.append(pa.table({"figures": pa.repeat(pa.scalar(table), len(frame)), **columns}))
    return pa.concat_tables(parts)
