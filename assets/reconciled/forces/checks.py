"""Does the comparison of forces keep its promises?"""

import pandas as pd

from assets.reconciled.forces.force_comparison import NO_RANKING
from assets.reconciled.ground.force_population import NO_RATE
from assets.reconciled.ground.force_years import QUARTERS
from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records
from schemas.rows import AnyRow

TABLE = "reconciled.force_comparison"
NAMED = ("row_id", "rate_per_1000", "position")
LIMITS = ("limit_998_lower", "limit_95_lower", "national_rate_per_1000", "limit_95_upper", "limit_998_upper")


def missing_is_not_nought_in_a_force(comparison: pd.DataFrame) -> Outcome:
    """A year with fewer than four quarters has no count and no rate, and forces whose rates are suppressed have none."""
    rows = records(comparison[[*NAMED, "quarters_held", "offences", "population", "area_code"]])
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows if (fault := _rate_without_ground(row))]
    return outcome(
        "missing_is_not_nought_in_a_force", [TABLE], len(rows), cases, "every rate has a whole year and people"
    )


def funnel_limits_are_in_order(comparison: pd.DataFrame) -> Outcome:
    """Limits lie around the rate of all forces, the wider outside, and agree with the position; none ranks a force."""
    rows = [row for row in records(comparison[[*NAMED, *LIMITS, "caveats"]]) if row["position"] is not None]
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows if (fault := _out_of_order(row))]
    return outcome(
        "funnel_limits_are_in_order", [TABLE], len(rows), cases, "limits are in order and agree with positions"
    )


def _rate_without_ground(row: Record) -> str | None:
    if row["quarters_held"] is not None and row["quarters_held"] < QUARTERS and row["offences"] is not None:
        return f"a count of {row['quarters_held']} quarters"
    if row["rate_per_1000"] is not None and (row["offences"] is None or row["population"] is None):
        return "a rate without a count or a population"
    if row["rate_per_1000"] is not None and row["area_code"] in NO_RATE:
        return "a rate that is suppressed"
    return None


def _out_of_order(row: AnyRow) -> str | None:
    limits = [row[name] for name in LIMITS]
    if None in limits or limits != sorted(limits):
        return f"limits {limits}"
    inside = row["limit_95_lower"] <= row["rate_per_1000"] <= row["limit_95_upper"]
    if inside is not (row["position"] == "within the 95% limits"):
        return f"rate {row['rate_per_1000']:.4g} is said to be {row['position']}"
    return None if NO_RANKING in row["caveats"] else "the sentence that the limits rank nobody is missing"


CHECKS = [
    Check(
        missing_is_not_nought_in_a_force,
        "reconciled.force_comparison",
        {"comparison": "reconciled.force_comparison"},
        "No rate stands without a count of the whole year and a population, and suppressed rates stay empty.",
    ),
    Check(
        funnel_limits_are_in_order,
        "reconciled.force_comparison",
        {"comparison": "reconciled.force_comparison"},
        "Funnel limits lie around the rate of all forces and agree with the position; the row says that it ranks nobody.",
    ),
]
