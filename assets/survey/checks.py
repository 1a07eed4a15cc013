"""Do survey estimates lie inside their own intervals, and percentages inside 0 to 100?"""

from collections.abc import Iterator

from assets.tables.checking import each_row
from schemas.rows import AnyRow

# Limits of a figure printed with all its digits are the figure itself, but for the last bits of a floating number.
SLACK = 1e-9
CHANGE = "change"


@each_row(
    "survey.estimate",
    "estimates lie inside their intervals",
    columns=("measure", "unit", "value", "lower", "upper"),
    look_at="value",
)
def intervals_hold_their_values(row: AnyRow) -> Iterator[str]:
    """Every estimate lies between its limits, and every percentage between 0 and 100."""
    slack = SLACK * max(1.0, abs(row["value"]))
    if row["lower"] is not None and not row["lower"] - slack <= row["value"] <= row["upper"] + slack:
        yield f"{row['value']} outside {row['lower']} to {row['upper']}"
    if row["unit"] == "percent" and CHANGE not in row["measure"] and not 0 <= row["value"] <= 100:
        yield f"{row['value']} percent"


CHECKS = [intervals_hold_their_values]
