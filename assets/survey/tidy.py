"""Published survey figures, tidy, each with an interval that says what it is."""

import pandas as pd

from assets.archive.tidy import facts, rounding_limits
from assets.methods.survey import from_standard_error
from assets.tables.records import records
from schemas.rows import AnyRow

COLUMNS_DROPPED = ["scope", "table", "question_version", "reference_window", "offence_code", "flag", "offence_group",
                   "level", "threat", "definition", "printed_unit", "standard_error"]  # fmt: skip
PERCENT = 100


def estimates(figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of `survey.estimate`: the figure, and limits in the unit of the value.

    Limits are the publisher's where printed; from a published standard error (logit scale, percentages only) else; the
    rounding of the print else.
    """
    rows = facts(figures, series, "survey.estimate", doubts)
    limits = [_limits(row) for row in records(rows)]
    rows["lower"], rows["upper"], rows["interval_source"] = ([limit[at] for limit in limits] for at in range(3))
    return rows.drop(columns=COLUMNS_DROPPED)


def _limits(row: AnyRow) -> tuple[float | None, float | None, str | None]:
    if row["value"] is None:
        return None, None, None
    if row["lower"] is not None:
        return row["lower"], row["upper"], "published"
    if row["standard_error"] and row["unit"] == "percent" and 0 < row["value"] < PERCENT:
        interval = from_standard_error(row["value"] / PERCENT, row["standard_error"] / PERCENT)
        return float(interval.lower) * PERCENT, float(interval.upper) * PERCENT, "computed"
    lower, upper = rounding_limits(row["printed"], row["value"], row["unit"], row["printed_unit"])
    return lower, upper, "rounding"
