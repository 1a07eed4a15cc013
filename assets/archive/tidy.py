"""From figures as printed to facts: the series says what a figure is, the unit becomes a whole one."""

from collections.abc import Callable, Iterable

import pandas as pd
import pyarrow as pa

from assets.methods.rounding import printed_interval
from schemas.registry import contract
from schemas.row_id import row_ids

TEXT = pd.ArrowDtype(pa.string())

# printed unit -> (unit of the fact tables, factor)
WHOLE_UNITS = {
    "thousand_persons": ("persons", 1000),
    "thousand_incidents": ("incidents", 1000),
    "proportion": ("percent", 100),
}
OF_FIGURE = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end",
    "period_type", "value", "unit", "obs_status", "printed", "lower", "upper", "standard_error", "base", "source",
    "release", "sheet", "cell", "url", "designation",
)  # fmt: skip


def facts(figures: pd.DataFrame, series: pd.DataFrame, table: str, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """The figures that belong in one fact table, with what their series says of them.

    figures: `archive.figure`; series: `reference.series`; table: `schema.table`; doubts:
    `archive.doubt`, none where it is not given. Values and limits are in the unit of the fact tables; `printed_unit` keeps
    the unit they were printed in. Columns are plain Python objects.
    """
    reasons = {} if doubts is None else dict(zip(doubts["figure"], doubts["reason"], strict=True))
    about = series[series["table"] == table].drop(columns=["row_id", "unit", "citation", "age_base"])
    of_table = figures.loc[figures["series"].isin(about["series"]), ["row_id", *OF_FIGURE, "note", "leaves_out"]]
    rows = of_table.merge(about, on="series", how="inner", validate="many_to_one")
    rows = rows.rename(columns={"note": "notes"}).astype("object")
    rows = rows.where(rows.notna(), None)
    rows["doubt"] = pd.Series([reasons.get(row_id) for row_id in rows.pop("row_id")], index=rows.index, dtype="object")
    factors = rows["unit"].map(lambda unit: WHOLE_UNITS.get(unit, (unit, 1))[1])
    rows["printed_unit"] = rows["unit"]
    rows["unit"] = rows["unit"].map(lambda unit: WHOLE_UNITS.get(unit, (unit, 1))[0])
    for name in ("value", "lower", "upper", "standard_error"):
        scaled = [None if value is None else value * factor for value, factor in zip(rows[name], factors, strict=True)]
        # As objects: pandas would make a number of an empty value, and a marker would no longer be told from one.
        rows[name] = pd.Series(scaled, index=rows.index, dtype="object")
    return rows


def with_doubts(
    rows: pd.DataFrame,
    table: str,
    doubts: pd.DataFrame | None,
    ids: Callable[[pd.DataFrame], Iterable[str]] | None = None,
) -> pd.DataFrame:
    """Rows of a table of facts with the reasons of `archive.doubt` that name them by their row ids, or by other `ids`."""
    if doubts is None or not len(doubts):
        return rows
    reasons = dict(zip(doubts["figure"], doubts["reason"], strict=True))
    named = ids(rows) if ids else row_ids(contract(table), rows)
    own_doubts = pd.Series([reasons.get(name) for name in named], index=rows.index, dtype=TEXT)
    return rows.assign(doubt=own_doubts.fillna(rows["doubt"]))


def rounding_limits(printed: str, value: float, unit: str, printed_unit: str) -> tuple[float, float]:
    """Ends of the rounding interval of a printed figure, in `unit`."""
    factor = WHOLE_UNITS.get(printed_unit, (unit, 1))[1]
    interval = printed_interval(printed, value / factor, printed_unit)
    return float(interval.lower) * factor, float(interval.upper) * factor
