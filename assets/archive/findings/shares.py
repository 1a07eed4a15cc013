"""Shares that do not follow from the counts they are of: most likely columns that slipped to another period."""

from collections.abc import Iterator
from typing import Any

from assets.archive.findings.series_lost import Held
from assets.archive.readers.reading import Finding, finding

# share -> (counts flagged, all counts), by offence group
FLAGGED = {
    "prc.b9_share.all_offences": ("prc.b9.all_offences", "prc.a5a.total_excluding_fraud"),
    "prc.b9_share.violence_against_the_person": (
        "prc.b9.violence_against_the_person",
        "prc.a5a.violence_against_the_person",
    ),
    "prc.b9_share.sexual_offences": ("prc.b9.sexual_offences", "prc.a5a.sexual_offences"),
}
# one share in two tables
SAME = {"prc.b9_share.sexual_offences": "prc.b10.all_sexual_offences.da_related"}
TOLERANCE = 0.5  # percentage points: the tables are drawn at different times
LEFT = "The figure stands under the period that its own header prints; use the share of Table B10 or a later release."


def share_findings(held: Held) -> Iterator[Finding]:
    """Shares that differ from the counts of the same release by more than half a percentage point."""
    for series, (flagged, everything) in FLAGGED.items():
        wrong = []
        for key, row in held.rows.items():
            if key[0] != series or row["value"] is None:
                continue
            part, whole = held.value(flagged, key), held.value(everything, key)
            if part is not None and whole and abs(100 * part / whole - row["value"]) > TOLERANCE:
                wrong.append((row, 100 * part / whole))
        if wrong:
            yield _finding(held, series, wrong, f"{flagged} over {everything}")
    for series, twin in SAME.items():
        wrong = [
            (row, other)
            for key, row in held.rows.items()
            if key[0] == series and row["value"] is not None and (other := held.value(twin, key)) is not None
            if abs(other - row["value"]) > TOLERANCE
        ]
        if wrong:
            yield _finding(held, series, wrong, twin)


def _finding(held: Held, series: str, wrong: list[tuple[dict[str, Any], float]], by: str) -> Finding:
    said = "; ".join(
        f"{row['period_start']} to {row['period_end']} prints {row['value']:.2f}%, expected {value:.2f}%"
        for row, value in wrong[:4]
    )
    more = f"; and {len(wrong) - 4} more" if len(wrong) > 4 else ""
    cells = ", ".join(row["cell"] for row, _ in wrong)
    return finding(
        "share_of_another_period", "error" if len(wrong) > 1 else "warning",
        f"{held.release}, {wrong[0][0]['sheet']}!{cells} against {by}", f"{series} by {by}: {said}{more}.", LEFT,
        held.ids(row for row, _ in wrong),
    )  # fmt: skip
