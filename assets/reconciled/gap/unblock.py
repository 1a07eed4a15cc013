"""Which publications would unblock what: those not held, by how many comparisons each of them would make."""

from collections import defaultdict

import pandas as pd

from assets.tables.conform import framed
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
        missing = [known[needed] for needed in row["inputs"] if needed in known]
        publications = {
            record["publication"] for record in missing if record["state"] == NOT_HELD and record["publication"]
        }
        blocking = {ruling["rule"] for ruling in row["rules"] if ruling["result"] == "block"}
        fits = blocking <= LACKING and all(record["state"] == NOT_HELD for record in missing)
        for publication in publications:
            wanted[publication].append((row, publications, fits))
    rows = [_row(publication, needing, known) for publication, needing in wanted.items()]
    rows.sort(
        key=lambda row: (-row["rows_alone"], -row["rows_with_others"], -row["rows_still_blocked"], row["publication"])
    )
    return framed([row | {"place": place} for place, row in enumerate(rows, start=1)], "reconciled.unblock")


def _row(publication: str, needing: list[tuple[Record, set[str], bool]], known: dict[str, Record]) -> UnblockRow:
    entries = [row for row in known.values() if row["publication"] == publication]
    alone = sum(fits and len(publications) == 1 for _, publications, fits in needing)
    together = sum(fits and len(publications) > 1 for _, publications, fits in needing)
    return {
        "publication": publication, "rows_alone": alone, "rows_with_others": together,
        "rows_still_blocked": len(needing) - alone - together,
        "pairings": sorted({row["pairing"] for row, _, _ in needing}),
        "first_year": min(row["period_end"] for row, _, _ in needing),
        "last_year": max(row["period_end"] for row, _, _ in needing),
        "known_from": sorted({f"{row['says']} ({row['citation']})" for row in entries}),
        "inputs": sorted({*(row["row_id"] for row, _, _ in needing), *(row["row_id"] for row in entries)}),
    }  # fmt: skip
