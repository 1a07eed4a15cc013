"""Does the overdispersion keep the promises of its table?"""

import pandas as pd

from assets.reconciled.ground.overdispersion import FEWEST_FREEDOM
from assets.reconciled.ground.verdicts import CONTRADICTS, UNUSED
from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records


def overdispersion_is_what_its_quarters_allow(overdispersion: pd.DataFrame) -> Outcome:
    """Phi lies within its limits, is not taken under one, and is used only on degrees of freedom enough."""
    rows = records(overdispersion)
    cases = [{"row_id": row["row_id"], "found": fault} for row in rows if (fault := _phi_fault(row))]
    return outcome(
        "overdispersion_is_what_its_quarters_allow", ["reconciled.overdispersion"], len(rows), cases,
        "every overdispersion is what its quarters allow",
    )  # fmt: skip


def no_test_contradicts_the_publisher(verdict: pd.DataFrame) -> Outcome:
    """Every verdict of the publisher that no part of the tracked assumptions gives, alone or together with others."""
    rows = records(verdict)
    tested = [row for row in rows if row["outcome"] != UNUSED]
    cases: list[dict[str, object]] = [
        {
            "row_id": row["row_id"],
            "found": f"{row['significance_alone']} by the assumptions (p {row['p_value_least']:.3g} to {row['p_value']:.3g})",
            "publisher": "significant" if row["official_significant"] else "not significant",
        }
        for row in tested
        if row["outcome"] == CONTRADICTS
    ]
    found = f"of {len(rows)} verdicts of the publisher {len(tested)} stand beside a test of ours, none against it"
    if cases:
        found = "these tests contradict the publisher's own verdict"
    return outcome(
        "no_test_contradicts_the_publisher", ["reconciled.official_verdict"], len(tested), cases, found, warning=True
    )


def _phi_fault(row: Record) -> str | None:
    if row["phi"] is None:
        return "used without a value" if row["used"] else None
    if not row["phi_lower"] <= row["phi_found"] <= row["phi_upper"] or row["phi"] != max(1.0, row["phi_found"]):
        return f"phi {row['phi']} (found {row['phi_found']}) with limits {row['phi_lower']} and {row['phi_upper']}"
    if row["used"] != (row["degrees_of_freedom"] >= FEWEST_FREEDOM) or row["phi_widened"] < row["phi"]:
        return f"used on {row['degrees_of_freedom']} degrees of freedom: {row['used']}"
    return None


CHECKS = [
    Check(
        no_test_contradicts_the_publisher,
        "reconciled.official_verdict",
        {"verdict": "reconciled.official_verdict"},
        "No verdict of the publisher is one that no part of the assumptions gives.",
        warns=True,
    ),
    Check(
        overdispersion_is_what_its_quarters_allow,
        "reconciled.overdispersion",
        {"overdispersion": "reconciled.overdispersion"},
        "Phi is one at least, lies within its limits, and is used only with degrees of freedom enough.",
    ),
]
