"""Does every result keep the promises of its table?"""

import pandas as pd

from assets.reconciled.gap.rules.judge import SEVERITY
from assets.reconciled.gap.rules.kind import NOT_A_RATE
from assets.reconciled.ground.overdispersion import FEWEST_FREEDOM
from assets.tables.checking import Outcome, outcome
from assets.tables.records import Record, records

RATIOS = ("recorded_per_100", "difference")


def blocked_rows_give_no_ratio(gap: pd.DataFrame) -> Outcome:
    """A blocked row keeps its estimate and count but no ratio or difference; its verdict is its worst rule."""
    rows = records(gap)
    cases = [
        {"row_id": row["row_id"], "found": fault}
        for row in rows
        for fault in (_ratio_in_a_block(row), _verdict_not_the_worst(row))
        if fault
    ]
    return outcome("blocked_rows_give_no_ratio", ["reconciled.gap"], len(rows), cases, "verdicts and ratios agree")


def every_ratio_has_its_interval(gap: pd.DataFrame) -> Outcome:
    """No ratio or difference without limits around it, no estimate outside its own, and every row says what it is not."""
    rows = records(gap)
    cases = list[dict[str, object]]()
    for row in rows:
        for name in ("estimate", "recorded", *RATIOS):
            value, lower, upper = row[name], row[f"{name}_lower"], row[f"{name}_upper"]
            if value is not None and (lower is None or upper is None or not lower <= value <= upper):
                cases.append({"row_id": row["row_id"], "found": f"{name} {value} with limits {lower} and {upper}"})
        if NOT_A_RATE not in row["caveats"]:
            cases.append({"row_id": row["row_id"], "found": "the sentence that it is not a reporting rate is missing"})
    return outcome("every_ratio_has_its_interval", ["reconciled.gap"], len(rows), cases, "every ratio has its interval")


def overdispersion_is_what_its_quarters_allow(overdispersion: pd.DataFrame) -> Outcome:
    """Phi lies within its limits, is not taken under one, and is used only on degrees of freedom enough."""
    rows = records(overdispersion)
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows if (fault := _phi_fault(row))]
    return outcome(
        "overdispersion_is_what_its_quarters_allow", ["reconciled.overdispersion"], len(rows), cases,
        "every overdispersion is what its quarters allow",
    )  # fmt: skip


def parts_stay_within_their_threat(breakdown: pd.DataFrame) -> Outcome:
    """No share over 100%, no part larger than its threat's total of the same scope and period."""
    rows = records(breakdown)
    cases = [
        {"row_id": row["row_id"], "found": f"{name} of {row[name]:.2f}%"}
        for row in rows
        for name in ("share_of_threat", "share_of_vawg", "share_of_all_recorded")
        if row[name] is not None and not 0 <= row[name] <= 100
    ]
    return outcome(
        "parts_stay_within_their_threat", ["reconciled.threat_breakdown"], len(rows), cases, "no share is over 100%"
    )


def _phi_fault(row: Record) -> str | None:
    if row["phi"] is None:
        return "used without a value" if row["used"] else None
    if not row["phi_lower"] <= row["phi_found"] <= row["phi_upper"] or row["phi"] != max(1.0, row["phi_found"]):
        return f"phi {row['phi']} (found {row['phi_found']}) with limits {row['phi_lower']} and {row['phi_upper']}"
    if row["used"] != (row["degrees_of_freedom"] >= FEWEST_FREEDOM) or row["phi_widened"] < row["phi"]:
        return f"used on {row['degrees_of_freedom']} degrees of freedom: {row['used']}"
    return None


def _ratio_in_a_block(row: Record) -> str | None:
    if row["verdict"] == "block" and any(row[name] is not None for name in RATIOS):
        return "a ratio in a blocked row"
    return None


def _verdict_not_the_worst(row: Record) -> str | None:
    worst = max((said["result"] for said in row["rules"]), key=lambda result: SEVERITY[result])
    return None if worst == row["verdict"] else f"verdict {row['verdict']}, worst rule {worst}"
