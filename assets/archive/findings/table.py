"""What was noticed in the published figures and not repaired."""

import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from assets.archive.figures import transcribed_figures
from assets.archive.findings.transcription import transcription_findings
from assets.tables.records import Record, records

FINDING_COLUMNS = ("kind", "severity", "place", "evidence", "handling", "inputs")


def findings(
    data: Path,
    counts: pd.DataFrame,
    releases: pd.DataFrame,
    landed: pd.DataFrame,
    landed_releases: pd.DataFrame,
    landed_figures: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows of `meta.finding`: what was noticed in released files, in transcribed figures and tables, and of releases.

    The totals of two tables of one release are compared here only where the release itself was not read.
    """
    noticed = records(landed[list(FINDING_COLUMNS)])
    read = {f"{row['source']}@{row['release']}" for row in records(landed_releases)}
    twins = [row for row in _twin_totals(records(counts)) if row["place"].split(",")[0] not in read]
    otherwise = transcription_findings(transcribed_figures(data, as_of), landed_figures) if len(landed_figures) else []
    rows = [*noticed, *otherwise, *twins, *_release_notes(records(releases))]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS))


def _twin_totals(counts: list[Record]) -> list[dict[str, Any]]:
    """Class totals that Table B2 prints differently from Table A5a of the same release."""
    held = {
        (row["offence_code"], row["period_start"], row["period_end"], row["release"]): row
        for row in counts
        if row["series"].startswith("prc.a5a.") and row["value"] is not None
    }
    found = []
    for row in counts:
        if not (row["series"].startswith("prc.b2.") and row["series"].endswith(".total")) or row["value"] is None:
            continue
        twin = held.get((row["offence_code"], row["period_start"], row["period_end"], row["release"]))
        if twin is not None and twin["value"] != row["value"]:
            found.append(
                {
                    "kind": "twin_total_differs",
                    "severity": "warning",
                    "place": f"{row['source']}@{row['release']}, {row['offence_code']}, to {row['period_end']}",
                    "evidence": f"Table B2 prints {row['value']:,.0f}, Table A5a {twin['value']:,.0f}.",
                    "handling": "Both are kept as their own series; comparisons use Table A5a.",
                    "inputs": [twin["row_id"], row["row_id"]],
                }
            )
    return found


def _release_notes(releases: list[Record]) -> list[dict[str, Any]]:
    """Remarks that stand with a release: dates that are not printed or misprinted, layouts, copies."""
    return [
        {
            "kind": "release_note",
            "severity": "info",
            "place": f"{row['source']}@{row['release']}",
            "evidence": row["note"],
            "handling": "Said with the release; figures are taken as printed.",
            "inputs": [row["row_id"]],
        }
        for row in releases
        if row["note"]
    ]
