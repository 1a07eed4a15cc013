"""Do survey estimates lie inside their own intervals, and percentages inside 0 to 100?"""

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import records

# Limits of a figure printed with all its digits are the figure itself, but for the last bits of a floating number.
SLACK = 1e-9
CHANGE = "change"


def intervals_hold_their_values(estimates: pd.DataFrame) -> Outcome:
    """Every estimate lies between its limits, and no percentage outside 0 to 100."""
    cases = list[dict[str, object]]()
    columns = ["row_id", "measure", "unit", "value", "lower", "upper"]
    rows = [row for row in records(estimates[columns]) if row["value"] is not None]
    for row in rows:
        slack = SLACK * max(1.0, abs(row["value"]))
        inside = row["lower"] is None or row["lower"] - slack <= row["value"] <= row["upper"] + slack
        possible = row["unit"] != "percent" or CHANGE in row["measure"] or 0 <= row["value"] <= 100
        if not inside or not possible:
            cases.append({"row_id": row["row_id"], "value": row["value"], "lower": row["lower"], "upper": row["upper"]})
    return outcome(
        "intervals_hold_their_values", ["survey.estimate"], len(rows), cases, "estimates lie inside their intervals"
    )


CHECKS = [
    Check(
        intervals_hold_their_values,
        "survey.estimate",
        {"estimates": "survey.estimate"},
        "Every estimate lies between its limits, and every percentage between 0 and 100.",
    ),
]
