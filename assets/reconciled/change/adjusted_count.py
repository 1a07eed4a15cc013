"""Recorded series across their breaks: what each year would have been by the counting of the newest, as an interval."""

from collections.abc import Iterator

import pandas as pd

from assets.reconciled.change.lines import COUNTED, SeriesVintages, lines, vintage_orders
from assets.reconciled.change.yearly_model import longest_model
from assets.reconciled.ground.breaks import Breaks
from assets.tables.conform import framed
from schemas.row_types import AdjustedCountRow
from schemas.rows import Record

CAVEATS = (
    "Linked, not published: a step at each break is told from the trend by a model, so the limits are as good as one trend on"
    " both sides of every break.",
    "It is about recording by one set of rules, not about how many offences happened.",
)


def adjusted_counts(
    offences: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, releases: pd.DataFrame, breaks: pd.DataFrame
) -> pd.DataFrame:
    """March years of every recorded series with a break that its years can tell from a trend.

    Count tables as staged, all vintages; releases: `meta.release`; breaks: `reference.comparability_break`. A year is brought
    to the counting of the newest year by the steps between them: limits only, no point that could pass for a published figure.
    """
    known, order = Breaks(breaks), vintage_orders(releases)
    rows = [
        row
        for table in (offences, flagged, vawg)
        for line in lines(table)
        if line[0]["series"].startswith(COUNTED)
        for row in _rows(SeriesVintages(line, order).march_years(), known)
    ]
    return framed(rows, "reconciled.adjusted_count")


def _rows(points: list[Record], breaks: Breaks) -> Iterator[AdjustedCountRow]:
    longest = longest_model(points, breaks)
    if longest is None or not longest[0].shares:
        return
    model, inside = longest
    row_ids = {series_break.key: series_break.row_id for series_break in inside}
    for at, row in enumerate(model.points):
        between = {step: shares[-1] - shares[at] for step, shares in model.shares.items() if shares[-1] != shares[at]}
        effect = model.trend.fit.combined({f"step {step.name}": weight for step, weight in between.items()})
        lower, upper = (effect.interval * row["value"]).as_floats()
        keys = sorted({key for step in between for key in step.keys})
        yield {
            "series": row["series"], "scope": row["scope"], "sex": row["sex"], "age": row["age"],
            "area_code": row["area_code"], "period_start": row["period_start"], "period_end": row["period_end"],
            "unit": row["unit"], "recorded": row["value"], "linked": bool(between), "adjusted_lower": lower,
            "adjusted_upper": upper, "breaks": keys, "method": model.said,
            "interval_source": "computed" if between else "rounding", "caveats": list(CAVEATS) if between else [],
            "inputs": sorted({*(record["row_id"] for record in model.points), *(row_ids[key] for key in keys)}),
        }  # fmt: skip
