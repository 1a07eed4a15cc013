"""The verdicts that are expected, and the check that fails when one changes.

A verdict may change when a refresh brings newer statistics or when a claim is rewritten. Either is worth a look, so the
snapshot in `statement/expected_verdicts.csv` is changed by hand and never by a run.
"""

from pathlib import Path

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.csv_table import read_csv
from assets.tables.records import records
from schemas.registry import contract

EXPECTED = "statement/expected_verdicts.csv"


def verdicts_as_expected(claims: pd.DataFrame, expected: pd.DataFrame) -> Outcome:
    """Every claim has the verdict that the snapshot expects, and the snapshot knows every claim.

    A change fails the check without stopping anything: a publisher's revision must not hold back the file.
    claims: `statement.claim`; expected: the snapshot.
    """
    found = {(row["document"], row["claim"]): row for row in records(claims)}
    wanted = {(row["document"], row["claim"]): row["verdict"] for row in records(expected)}
    cases: list[dict[str, object]] = []
    for key in sorted(found.keys() | wanted.keys()):
        row, verdict = found.get(key), wanted.get(key)
        if row is None or row["verdict"] != verdict:
            cases.append(
                {
                    "claim": key[1],
                    "expected": verdict or "no such claim",
                    "found": row["verdict"] if row else "no such claim",
                    "why": row["sentence"] if row else "",
                }
            )
    return outcome(
        "verdicts_as_expected",
        ["statement.claim"],
        len(found),
        cases,
        "every verdict is the expected one",
        warning=True,
    )


def read_expected(data: Path) -> pd.DataFrame:
    """`statement.expected_verdict`: the snapshot; BadInput with file and line of everything wrong in it."""
    rows, _ = read_csv(data / EXPECTED, contract("statement.expected_verdict").model, f"data/{EXPECTED}")
    return rows


CHECKS = [
    Check(
        verdicts_as_expected,
        "statement.claim",
        {"claims": "statement.claim", "expected": "statement.expected_verdict"},
        "Every claim has the verdict that the snapshot expects; a change is looked at, then the snapshot is changed.",
        warns=True,
    ),
]
