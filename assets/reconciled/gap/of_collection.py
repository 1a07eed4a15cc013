"""What the policing collection counts, as the gap takes it: a scope of its own, with the pairings that name it.

Only whole years of a real collection with every supplier in it. A synthetic one is never paired with anything, and without
returns none of its pairings is asked.
"""

from collections.abc import Sequence

import pandas as pd

from assets.reconciled.ground.comparison import Case, Pairing
from assets.tables.records import records
from schemas.codes import ALL_VAWG, ENGLAND_AND_WALES

SCOPE, SOURCE, RELEASE = "collection", "collection", "assembled"
# Threat -> the name that the Statement's figure of it has: what breaks that, breaks this.
TOTAL = {ALL_VAWG: "total"}


def collected_counts(threats: pd.DataFrame) -> pd.DataFrame:
    """Rows of a count table from `collection.threat_count`: series `collection.` and the threat."""
    rows = [
        {
            "row_id": row["row_id"], "series": f"{SCOPE}.{TOTAL.get(row['threat'], row['threat'])}", "scope": SCOPE,
            "area_code": row["area_code"], "period_start": row["period_start"], "period_end": row["period_end"],
            "period_type": row["period_type"], "sex": "female", "age": "all", "value": row["offences"], "unit": "offences",
            "obs_status": "normal", "designation": "policing", "source": SOURCE, "release": RELEASE, "leaves_out": None,
            "notes": f"as assembled from the returns of {row['suppliers_counted']} suppliers, by a definition of its own"
            + (f", rounded to {row['rounded_to']}" if row["rounded_to"] > 1 else ""),
        }
        for row in records(threats)
        if row["scope"] == SCOPE
        and row["area_code"] == ENGLAND_AND_WALES
        and row["period_type"] == "year"
        and row["offences"] is not None
        and row["suppliers_counted"] == row["suppliers_expected"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["period_type"], dtype="object")


def asked_of(every: Sequence[Pairing], counts: pd.DataFrame) -> list[Pairing]:
    """The pairings, without those of the collection where it counts nothing."""
    return [pairing for pairing in every if pairing.recorded_scope != SCOPE or len(counts)]


def is_said(case: Case) -> bool:
    """A pairing of the collection has the years that the collection counts, and no others."""
    return case.pairing.recorded_scope != SCOPE or case.count is not None
