"""The verdicts that are expected, and the check that fails when one changes.

A verdict may change when a refresh brings newer statistics or when a claim is rewritten. Either is worth a look, so the
snapshot in `statement/expected_verdicts.csv` is changed by hand and never by a run.
"""

from pathlib import Path

import pandas as pd

from assets.tables.checking import Found, check
from assets.tables.csv_table import read_csv
from assets.tables.records import records
from schemas.registry import contract

EXPECTED = "statement/expected_verdicts.csv"


# A change stops nothing: a publisher's revision must not hold back the file.
@check("statement.claim", {"claims": "statement.claim", "expected": "statement.expected_verdict"}, warns=True)
def verdicts_as_expected(claims: pd.DataFrame, expected: pd.DataFrame) -> Found:
    """Every claim has the verdict that the snapshot expects; a change is looked at, then the snapshot is changed."""
    by_claim = {(row["document"], row["claim"]): row for row in records(claims)}
    wanted = {(row["document"], row["claim"]): row["verdict"] for row in records(expected)}
    cases: list[dict[str, object]] = []
    for key in sorted(by_claim.keys() | wanted.keys()):
        row, verdict = by_claim.get(key), wanted.get(key)
        if row is None or row["verdict"] != verdict:
            found_so, why = (row["verdict"], row["sentence"]) if row else ("no such claim", "")
            expected_so = verdict or "no such claim"
            cases.append({"claim": key[1], "expected": expected_so, "found": found_so, "why": why})
    return len(by_claim), cases, "every verdict is the expected one"


def read_expected(data: Path) -> pd.DataFrame:
    """`statement.expected_verdict`: the snapshot; BadInput with file and line of everything wrong in it."""
    rows, _ = read_csv(data / EXPECTED, contract("statement.expected_verdict").model, f"data/{EXPECTED}")
    return rows


CHECKS = [verdicts_as_expected]
