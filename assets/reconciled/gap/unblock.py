"""Which publications would unblock what: those not held, by how many comparisons each of them would make."""

from collections import defaultdict

import pandas as pd

from assets.tables.framed import framed
from assets.tables.records import Record, records
from schemas.row_types import UnblockRow

# Rules that block for a lack of figures, and no more once the figures are there.
LACKING = {"PRESENT", "SEX", "COVER"}
NOT_HELD = "not_held"


def unblock(gap: pd.DataFrame, availability: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.unblock`, most useful first, from plain rows of `reconciled.gap` and `reference.availability`."""
    known = {row["row_id"]: row for row in records(availability)}
    wanted: dict[str, list[tuple[Record, set[str], bool]]] = defaultdict(list)
    for row in records(gap):
        if row["verdict"] != "block" or row["period_match"] != "plain":
            continue
        missing = [known[one] for one in row["inputs"] if one in known]
        publications = {one["publication"] for one in missing if one["state"] == NOT_HELD and one["publication"]}
        blocking = {said["rule"] for said in row["rules"] if said["result"] == "block"}
        fits = blocking <= LACKING and all(one["state"] == NOT_HELD for one in missing)
        for publication in publications:
            wanted[publication].append((row, publications, fits))
    rows = [_row(publication, found, known) for publication, found in wanted.items()]
    rows.sort(
        key=lambda row: (-row["rows_alone"], -row["rows_with_others"], -row["rows_still_blocked"], row["publication"])
    )
    return framed([row | {"place": place} for place, row in enumerate(rows, start=1)], "reconciled.unblock")


def _row(publication: str, found: list[tuple[Record, set[str], bool]], known: dict[str, Record]) -> UnblockRow:
    entries = [row for row in known.values() if row["publication"] == publication]
    alone = sum(fits and len(publications) == 1 for _, publications, fits in found)
    together = sum(fits and len(publications) > 1 for _, publications, fits in found)
    return {
        "publication": publication, "rows_alone": alone, "rows_with_others": together,
        "rows_still_blocked": len(found) - alone - together,
        "pairings": sorted({row["pairing"] for row, _, _ in found}),
        "first_year": min(row["period_end"] for row, _, _ in found),
        "last_year": max(row["period_end"] for row, _, _ in found),
        "known_from": sorted({f"{row['says']} ({row['citation']})" for row in entries}),
        "inputs": sorted({*(row["row_id"] for row, _, _ in found), *(row["row_id"] for row in entries)}),
    }  # fmt: skip
