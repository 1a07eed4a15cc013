"""Do the bridge and the attrition table keep their promises?"""

from collections.abc import Iterator

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import records
from schemas.rows import AnyRow

BRIDGED = ("known", "closing", "closing_least")


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


def attrition_is_no_cohort(attrition: pd.DataFrame) -> Outcome:
    """No step is called a cohort, a share of a subset is at most 100, and every ratio lies inside its limits."""
    rows = records(attrition)
    cases = list[dict[str, object]]()
    for row in rows:
        if row["cohort"]:
            cases.append({"row_id": row["row_id"], "found": "called a cohort"})
        if row["subset"] and row["per_100"] > 100:
            cases.append({"row_id": row["row_id"], "found": f"a subset of {row['per_100']:.1f} in 100"})
        if not row["per_100_lower"] <= row["per_100"] <= row["per_100_upper"]:
            cases.append({"row_id": row["row_id"], "found": "a ratio outside its limits"})
    return outcome(
        "attrition_is_no_cohort", ["reconciled.attrition"], len(rows), cases, "every step is a ratio of its year"
    )


def _bridge_faults(row: AnyRow) -> Iterator[str]:
    if row["verdict"] == "block":
        if any(row[name] is not None for name in BRIDGED):
            yield "a value in a blocked row"
        return
    if None in (row["known"], row["closing"], row["closing_least"]):
        yield "no closing value"
    elif not row["closing_least"] <= row["closing_lower"] <= row["closing"] <= row["closing_upper"]:
        yield "a closing value outside its limits"


CHECKS = [
    Check(
        bridges_are_closed_or_blocked,
        "reconciled.reporting_bridge",
        {"bridge": "reconciled.reporting_bridge"},
        "A blocked bridge gives nothing; another closes inside its limits.",
    ),
    Check(
        attrition_is_no_cohort,
        "reconciled.attrition",
        {"attrition": "reconciled.attrition"},
        "No step is called a cohort, a share of a subset is at most 100 in 100.",
    ),
]
