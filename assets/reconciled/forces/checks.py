"""Does the comparison of forces keep its promises?"""

from collections.abc import Iterator

from assets.reconciled.forces.force_comparison import NO_RANKING
from assets.reconciled.ground.force_population import NO_RATE
from assets.reconciled.ground.force_years import QUARTERS
from assets.tables.checking import each_row
from schemas.rows import AnyRow

TABLE = "reconciled.force_comparison"
LIMITS = ("limit_998_lower", "limit_95_lower", "national_rate_per_1000", "limit_95_upper", "limit_998_upper")


@each_row(
    TABLE,
    "every rate has a whole year and people",
    columns=("rate_per_1000", "quarters_held", "offences", "population", "area_code"),
)
def missing_is_not_nought_in_a_force(row: AnyRow) -> Iterator[str]:
    """No rate stands without a count of the whole year and a population, and suppressed rates stay empty."""
    if row["quarters_held"] is not None and row["quarters_held"] < QUARTERS and row["offences"] is not None:
        yield f"a count of {row['quarters_held']} quarters"
    if row["rate_per_1000"] is not None and (row["offences"] is None or row["population"] is None):
        yield "a rate without a count or a population"
    if row["rate_per_1000"] is not None and row["area_code"] in NO_RATE:
        yield "a rate that is suppressed"


@each_row(
    TABLE,
    "limits are in order and agree with positions",
    columns=("rate_per_1000", "position", "caveats", *LIMITS),
    look_at="position",
)
def funnel_limits_are_in_order(row: AnyRow) -> Iterator[str]:
    """Funnel limits lie around the rate of all forces and agree with the position; the row says that it ranks nobody."""
    limits = [row[name] for name in LIMITS]
    if None in limits or limits != sorted(limits):
        yield f"limits {limits}"
        return
    inside = row["limit_95_lower"] <= row["rate_per_1000"] <= row["limit_95_upper"]
    if inside is not (row["position"] == "within the 95% limits"):
        yield f"rate {row['rate_per_1000']:.4g} is said to be {row['position']}"
    if NO_RANKING not in row["caveats"]:
        yield "the sentence that the limits rank nobody is missing"


CHECKS = [missing_is_not_nought_in_a_force, funnel_limits_are_in_order]
