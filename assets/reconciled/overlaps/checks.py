"""Do the tables of overlaps, change, bridge, funnel and target keep their promises?"""

from collections.abc import Iterator

import pandas as pd

from assets.tables.checking import Outcome, outcome
from assets.tables.records import Record, records

SLACK = 1e-6  # relative; the solver's own tolerance
TESTS = ("fold_lower", "fold_upper", "points_lower", "points_upper")
BRIDGED = ("known", "closing", "closing_least")


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


def no_change_is_tested_across_a_break(trend: pd.DataFrame) -> Outcome:
    """Across a break stands no test of the plain change, only a named model or nothing; limits hold what they limit."""
    rows = records(trend)
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows for fault in _trend_faults(row)]
    return outcome(
        "no_change_is_tested_across_a_break", ["reconciled.trend"], len(rows), cases, "breaks forbid what they should"
    )


def bridges_are_closed_or_blocked(bridge: pd.DataFrame) -> Outcome:
    """A blocked bridge gives nothing; another gives a closing value inside its limits, with the identified set below."""
    rows = records(bridge)
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows for fault in _bridge_faults(row)]
    return outcome(
        "bridges_are_closed_or_blocked",
        ["reconciled.reporting_bridge"],
        len(rows),
        cases,
        "every bridge closes or says why not",
    )


def the_funnel_is_no_cohort(funnel: pd.DataFrame) -> Outcome:
    """No step is called a cohort, a share of a subset is at most 100, and every ratio lies inside its limits."""
    rows = records(funnel)
    cases = list[dict[str, object]]()
    for row in rows:
        if row["cohort"]:
            cases.append({"row_id": row["row_id"], "found": "called a cohort"})
        if row["subset"] and row["per_100"] > 100:
            cases.append({"row_id": row["row_id"], "found": f"a subset of {row['per_100']:.1f} in 100"})
        if not row["per_100_lower"] <= row["per_100"] <= row["per_100_upper"]:
            cases.append({"row_id": row["row_id"], "found": "a ratio outside its limits"})
    return outcome(
        "the_funnel_is_no_cohort", ["reconciled.justice_funnel"], len(rows), cases, "every step is a ratio of its year"
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


def _trend_faults(row: Record) -> Iterator[str]:
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


def _bridge_faults(row: Record) -> Iterator[str]:
    if row["verdict"] == "block":
        if any(row[name] is not None for name in BRIDGED):
            yield "a value in a blocked row"
        return
    if None in (row["known"], row["closing"], row["closing_least"]):
        yield "no closing value"
    elif not row["closing_least"] <= row["closing_lower"] <= row["closing"] <= row["closing_upper"]:
        yield "a closing value outside its limits"
