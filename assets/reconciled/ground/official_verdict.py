"""What the publisher says of significance, one row per statement: our own test beside it, and what it leaves of ours."""

from typing import Any

import pandas as pd

from assets.methods.verdict import answer_over
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.fieldwork import FieldworkYears
from assets.reconciled.ground.reference_rows import Assumptions
from assets.reconciled.ground.verdicts import AGREES, CONTRADICTS, CUTS, UNUSED, OfficialVerdict, verdicts
from assets.reconciled.ground.vintage import newest_of
from assets.tables.framed import framed, given_columns
from assets.words.wording import between

TABLE = "reconciled.official_verdict"
SAID = {
    AGREES: "All of the assumptions give the publisher's verdict.",
    CUTS: "Part of the assumptions does not give the publisher's verdict and is ruled out.",
    CONTRADICTS: "A contradiction: {why}. Nothing is ruled out.",
    UNUSED: "Not set beside ours: {why}.",
}


def official_verdicts(
    statements: pd.DataFrame,
    estimates: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
    fieldwork: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.official_verdict`: every row of `reference.official_significance` (statements).

    estimates: `survey.estimate` as staged; errors of differences in percentage points.
    """
    fresh = newest_of(estimates, releases, "survey.estimate")
    samples = EffectiveSamples(fresh, Assumptions(assumptions), FieldworkYears(fieldwork))
    return framed([_row(verdict) for verdict in verdicts(statements, fresh, samples)], TABLE)


def _row(verdict: OfficialVerdict) -> dict[str, Any]:
    statement, alone = verdict.statement, verdict.alone
    error, allowed = ((None, None) if ends is None else ends.as_floats() for ends in (verdict.error, verdict.allowed))
    before, after = (row["value"] for row in verdict.figures) if alone else (None, None)
    reason = SAID[verdict.outcome].format(why=verdict.why)
    if alone and verdict.error:
        reason += (
            f" Standard error of the difference by the assumptions: {between(*verdict.error.as_floats(), 2)} points."
        )
    return {
        **{name: value for name, value in statement.items() if name in given_columns(TABLE)},
        "official_significant": statement["significant"], "official_says": statement["says"], "before": before, "after": after,
        "significance_alone": answer_over(alone.p_least, alone.p_value) if alone else None,
        "p_value_least": alone.p_least if alone else None, "p_value": alone.p_value if alone else None,
        "error_least": error[0], "error_most": error[1], "error_allowed_least": allowed[0],
        "error_allowed_most": None if allowed[1] == float("inf") else allowed[1], "outcome": verdict.outcome, "reason": reason,
        "inputs": [statement["row_id"], *(row["row_id"] for row in verdict.figures)],
    }  # fmt: skip
