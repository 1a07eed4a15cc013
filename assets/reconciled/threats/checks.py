"""Does the breakdown keep the promises of its table?"""

from typing import Final

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import records

SHARES: Final = ("share_of_threat", "share_of_vawg", "share_of_all_recorded")


def parts_stay_within_their_threat(breakdown: pd.DataFrame) -> Outcome:
    """No share over 100%, no part larger than its threat's total of the same scope and period."""
    rows = records(breakdown[["row_id", *SHARES]])
    cases = [
        {"row_id": row["row_id"], "found": f"{name} of {row[name]:.2f}%"}
        for row in rows
        for name in SHARES
        if row[name] is not None and not 0 <= row[name] <= 100
    ]
    return outcome(
        "parts_stay_within_their_threat", ["reconciled.threat_breakdown"], len(rows), cases, "no share is over 100%"
    )


CHECKS = [
    Check(
        parts_stay_within_their_threat,
        "reconciled.threat_breakdown",
        {"breakdown": "reconciled.threat_breakdown"},
        "No share is over 100%.",
    ),
]
