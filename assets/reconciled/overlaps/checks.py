"""Do the bounds of overlaps keep their promises?"""

from collections.abc import Iterator

from assets.tables.checking import each_row
from schemas.rows import AnyRow

SLACK = 1e-6  # relative; the solver's own tolerance


@each_row("reconciled.union_bound", "every bound is in order")
def bounds_are_no_wider_than_the_sizes_allow(row: AnyRow) -> Iterator[str]:
    """Every bound is ordered and within what the sizes alone allow; a conflict names its figures and gives no bound."""
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


CHECKS = [bounds_are_no_wider_than_the_sizes_allow]
