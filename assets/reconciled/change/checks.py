"""Do the tables of change and of the target keep their promises?"""

from collections.abc import Iterator

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import records
from schemas.rows import AnyRow

TESTS = ("fold_lower", "fold_upper", "points_lower", "points_upper")
TREND_COLUMNS = (
    "row_id", "breaks", "obs_status", "verdict", "method", "p_value", "p_adjusted", "fold", "change_points", *TESTS,
)  # fmt: skip


def no_change_is_tested_across_a_break(trend: pd.DataFrame) -> Outcome:
    """Across a break stands no test of the plain change, only a named model or nothing; limits hold what they limit."""
    rows = records(trend[list(TREND_COLUMNS)])
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows for fault in _trend_faults(row)]
    return outcome(
        "no_change_is_tested_across_a_break", ["reconciled.trend"], len(rows), cases, "breaks forbid what they should"
    )


def the_target_claims_no_progress(target: pd.DataFrame) -> Outcome:
    """An observed year after the baseline is blocked, and every interval holds its estimate."""
    rows = records(target)
    cases = list[dict[str, object]]()
    for row in rows:
        if row["observed"] is not None and row["years_from_baseline"] > 0 and row["verdict"] != "block":
            cases.append({"row_id": row["row_id"], "found": f"a verdict of {row['verdict']}"})
        if row["observed"] is not None and not row["observed_lower"] <= row["observed"] <= row["observed_upper"]:
            cases.append({"row_id": row["row_id"], "found": "an estimate outside its limits"})
    return outcome(
        "the_target_claims_no_progress", ["reconciled.target"], len(rows), cases, "nothing is claimed of the target"
    )


def _trend_faults(row: AnyRow) -> Iterator[str]:
    broken = len(row["breaks"]) > 0
    if broken != (row["obs_status"] == "series_broken"):
        yield "breaks and status that do not agree"
    if broken and any(row[name] is not None for name in TESTS):
        yield "a test across a break"
    if broken and (row["verdict"] == "block") != (row["method"] is None):
        yield "a verdict that does not fit the model"
    if row["p_value"] is not None and (row["p_adjusted"] is None or row["p_adjusted"] < row["p_value"] - 1e-12):
        yield "an adjusted p below its p"
    for value, low, high in (("fold", "fold_lower", "fold_upper"), ("change_points", "points_lower", "points_upper")):
        ends = (row[low], row[high])
        if None not in (row[value], *ends) and not ends[0] <= row[value] <= ends[1]:
            yield f"{value} outside its limits"


def a_linked_count_has_limits_and_no_point(adjusted: pd.DataFrame) -> Outcome:
    """Limits in order; the count itself where no break lies between, an interval where one does."""
    rows = records(adjusted)
    cases: list[dict[str, object]] = [
        {"row_id": row["row_id"], "found": f"{row['adjusted_lower']} to {row['adjusted_upper']}"}
        for row in rows
        if (row["adjusted_lower"] < row["adjusted_upper"]) != row["linked"]
        or (not row["linked"] and row["adjusted_lower"] != row["recorded"])
        or row["linked"] != bool(len(row["breaks"]))
    ]
    return outcome(
        "a_linked_count_has_limits_and_no_point", ["reconciled.adjusted_count"], len(rows), cases,
        "linked counts have limits",
    )  # fmt: skip


CHECKS = [
    Check(
        a_linked_count_has_limits_and_no_point,
        "reconciled.adjusted_count",
        {"adjusted": "reconciled.adjusted_count"},
        "A count brought across a break has limits and no point; one without a break between is the count itself.",
    ),
    Check(
        no_change_is_tested_across_a_break,
        "reconciled.trend",
        {"trend": "reconciled.trend"},
        "Across a break stands no test, only a named model or nothing.",
    ),
    Check(
        the_target_claims_no_progress,
        "reconciled.target",
        {"target": "reconciled.target"},
        "No observed year is called progress, and every interval holds its estimate.",
    ),
]
