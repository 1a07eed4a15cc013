"""Do the published figures agree with each other? A warning: what does not is doubted, and everything else is served."""

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import records


def figures_agree(doubts: pd.DataFrame, coverage: pd.DataFrame) -> Outcome:
    """No figure is doubted, but for those that an acknowledgement with a citation lets through."""
    cases: list[dict[str, object]] = [
        {
            "figure": row["figure"],
            "release": f"{row['source']}@{row['release']}",
            "located by": row["how"],
            "why": row["reason"],
        }
        for row in records(doubts)
    ]
    return outcome(
        "figures_agree", ["archive.doubt"], int(coverage["figures"].sum()), cases,
        "published figures agree with what they must agree with", warning=True,
    )  # fmt: skip


CHECKS = [
    Check(
        figures_agree,
        "archive.doubt",
        {"doubts": "archive.doubt", "coverage": "meta.relation_coverage"},
        "Published figures agree with the figures they must agree with (reference.relation). A figure that does not is kept as"
        " printed and doubted; it stops nothing.",
        warns=True,
    ),
]
