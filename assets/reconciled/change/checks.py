"""Do the tables of change and of the target keep their promises?"""

from collections.abc import Iterator

from assets.tables.checking import each_row
from schemas.rows import AnyRow

TESTS = ("fold_lower", "fold_upper", "points_lower", "points_upper")


@each_row("reconciled.adjusted_count", "linked counts have limits")
def a_linked_count_has_limits_and_no_point(row: AnyRow) -> Iterator[str]:
    """A count brought across a break has limits and no point; one without a break between is the count itself."""
    if (
        (row["adjusted_lower"] < row["adjusted_upper"]) != row["linked"]
        or (not row["linked"] and row["adjusted_lower"] != row["recorded"])
        or row["linked"] != bool(len(row["breaks"]))
    ):
        yield f"{row['adjusted_lower']} to {row['adjusted_upper']}"


@each_row(
    "reconciled.trend",
    "breaks forbid what they should",
    columns=("breaks", "obs_status", "verdict", "method", "p_value", "p_adjusted", "fold", "change_points", *TESTS),
)
def no_change_is_tested_across_a_break(row: AnyRow) -> Iterator[str]:
    """Across a break stands no test of the plain change, only a named model or nothing; limits hold what they limit."""
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


@each_row("reconciled.target", "nothing is claimed of the target")
def the_target_claims_no_progress(row: AnyRow) -> Iterator[str]:
    """No observed year after the baseline is called progress, and every interval holds its estimate."""
    if row["observed"] is not None and row["years_from_baseline"] > 0 and row["verdict"] != "block":
        yield f"a verdict of {row['verdict']}"
    if row["observed"] is not None and not row["observed_lower"] <= row["observed"] <= row["observed_upper"]:
        yield "an estimate outside its limits"


CHECKS = [a_linked_count_has_limits_and_no_point, no_change_is_tested_across_a_break, the_target_claims_no_progress]
