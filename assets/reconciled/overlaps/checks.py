"""Do the bounds of overlaps keep their promises?"""

from collections.abc import Iterator

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records

SLACK = 1e-6  # relative; the solver's own tolerance


def bounds_are_no_wider_than_the_sizes_allow(union_bound: pd.DataFrame) -> Outcome:
    """A bound is ordered and lies within what the sizes alone allow; a conflict has no bound and names its figures."""
    rows = records(union_bound)
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows for fault in _bound_faults(row)]
    return outcome(
        "bounds_are_no_wider_than_the_sizes_allow",
        ["reconciled.union_bound"],
        len(rows),
        cases,
        "every bound is in order",
    )


def _bound_faults(row: Record) -> Iterator[str]:
    lower, upper = row["lower"], row["upper"]
    if (row["status"] == "conflict") != (len(row["conflict"]) > 0) or (row["status"] == "conflict") != (lower is None):
        yield "a conflict without its figures, or figures without a conflict"
    if lower is None:
        return
    if (row["status"] == "half_bounded") != (upper is None):
        yield "an upper end and a status that do not agree"
    if upper is not None and lower > upper * (1 + SLACK):
        yield f"a lower end {lower:,.0f} above the upper end {upper:,.0f}"
    if row["marginals_lower"] is not None and lower < row["marginals_lower"] * (1 - SLACK):
        yield "a lower end under the largest set"
    if row["marginals_upper"] is not None and upper is not None and upper > row["marginals_upper"] * (1 + SLACK):
        yield "an upper end over the sum of the sets"


CHECKS = [
    Check(
        bounds_are_no_wider_than_the_sizes_allow,
        "reconciled.union_bound",
        {"union_bound": "reconciled.union_bound"},
        "Every bound is ordered and within what the sizes alone allow; a conflict names its figures and gives no bound.",
    ),
]
