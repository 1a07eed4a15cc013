"""Do the published figures agree with each other? A warning: what does not is doubted, and everything else is served."""

import pandas as pd

from assets.tables.checking import Found, check
from assets.tables.records import records


@check("archive.doubt", {"doubts": "archive.doubt", "coverage": "meta.relation_coverage"}, warns=True)
def figures_agree(doubts: pd.DataFrame, coverage: pd.DataFrame) -> Found:
    """Published figures agree with the figures they must agree with (reference.relation). A figure that does not is kept as
    printed and doubted; it stops nothing.
    """
    cases: list[dict[str, object]] = [
        {
            "figure": row["figure"],
            "release": f"{row['source']}@{row['release']}",
            "located by": row["how"],
            "why": row["reason"],
        }
        for row in records(doubts)
    ]
    return int(coverage["figures"].sum()), cases, "published figures agree with what they must agree with"


CHECKS = [figures_agree]
