"""Does the overdispersion keep the promises of its table?"""

from collections.abc import Iterator

import pandas as pd

from assets.reconciled.ground.overdispersion import FEWEST_FREEDOM
from assets.reconciled.ground.verdicts import CONTRADICTS, UNUSED
from assets.tables.checking import Found, check, each_row
from assets.tables.records import records
from schemas.rows import AnyRow


@check("reconciled.official_verdict", {"verdict": "reconciled.official_verdict"}, warns=True)
def no_test_contradicts_the_publisher(verdict: pd.DataFrame) -> Found:
    """No verdict of the publisher is one that no part of the assumptions gives."""
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
    return len(tested), cases, found


@each_row("reconciled.overdispersion", "every overdispersion is what its quarters allow")
def overdispersion_is_what_its_quarters_allow(row: AnyRow) -> Iterator[str]:
    """Phi is one at least, lies within its limits, and is used only with degrees of freedom enough."""
    if row["phi"] is None:
        if row["used"]:
            yield "used without a value"
        return
    if not row["phi_lower"] <= row["phi_found"] <= row["phi_upper"] or row["phi"] != max(1.0, row["phi_found"]):
        yield f"phi {row['phi']} (found {row['phi_found']}) with limits {row['phi_lower']} and {row['phi_upper']}"
    if row["used"] != (row["degrees_of_freedom"] >= FEWEST_FREEDOM) or row["phi_widened"] < row["phi"]:
        yield f"used on {row['degrees_of_freedom']} degrees of freedom: {row['used']}"


CHECKS = [no_test_contradicts_the_publisher, overdispersion_is_what_its_quarters_allow]
