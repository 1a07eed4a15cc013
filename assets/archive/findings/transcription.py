"""Figures that were transcribed otherwise than the released file prints them."""

import datetime
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd

from assets.archive.findings.by_key import family_of
from assets.archive.reading.result import finding
from assets.archive.tracked.figures import COUNTS, FIGURE, FOLDER, POPULATIONS, force_lines
from assets.tables.conform import conform
from assets.tables.records import grouped, records
from schemas.row_types import FindingRow
from schemas.rows import AnyRow

FORCE_UNITS = {COUNTS: "offences", POPULATIONS: "persons"}
OF_FORCE = ("series", "area_code", "period_start", "period_end", "source", "release")
NAMED, SAID = 20, 4  # how many figures a finding names as rows, and how many in words
KEPT = 1e-12  # a spreadsheet that saves a copy keeps fifteen digits
READ = ("value", "obs_status", "unit", "printed", "file", "sheet", "cell")


def transcription_findings(transcribed: pd.DataFrame, landed: pd.DataFrame) -> list[FindingRow]:
    """Rows of `meta.finding`, one per sheet of which transcribed figures are printed otherwise by a landed file of the release.

    transcribed: `assets.archive.tracked.figures.transcribed_figures`; landed: `archive.landed_figure`
    """
    releases = set(zip(transcribed["source"], transcribed["release"], strict=True))
    same = [pair in releases for pair in zip(landed["source"], landed["release"], strict=True)]
    read = conform(landed[same].drop(columns="row_id"), FIGURE)
    both = transcribed.merge(read[["row_id", *READ]], on="row_id", suffixes=("", "_read"))
    return _told(both)


def absent_findings(transcribed: pd.DataFrame, landed: pd.DataFrame) -> list[FindingRow]:
    """Rows of `meta.finding`, one per table of which a landed file lacks transcribed figures of the same release.

    transcribed, landed: as in `transcription_findings`; a table that the landed file has nothing of is another file's
    """
    read: dict[tuple[str, str, str], set[str]] = {}
    landed = conform(landed.drop(columns="row_id"), FIGURE)
    for row in records(landed[["source", "release", "series", "row_id"]]):
        read.setdefault((row["source"], row["release"], family_of(row["series"])), set()).add(row["row_id"])
    lacking: dict[tuple[str, str, str], list[AnyRow]] = {}
    for row in records(transcribed[["source", "release", "series", "row_id", "file", "line", "value"]]):
        of = (row["source"], row["release"], family_of(row["series"]))
        if row["value"] is not None and row["row_id"] not in read.get(of, {row["row_id"]}):
            lacking.setdefault(of, []).append(row)
    return [_absent(f"{source}@{release}, {family}", rows) for (source, release, family), rows in lacking.items()]


def _absent(place: str, rows: Sequence[AnyRow]) -> FindingRow:
    return finding(
        "figures_lost", "warning", f"{place}, against data/figures",
        f"{len(rows):,} transcribed figures of this release are not in its landed file, first"
        f" {rows[0]['series']} (data/figures/{rows[0]['file']}, line {rows[0]['line']}).",
        "The transcribed figures stand. Fetch the file again: it may have been cut off.", [row["row_id"] for row in rows],
    )  # fmt: skip


def force_findings(data: Path, landed: Sequence[pd.DataFrame], as_of: datetime.date | None = None) -> list[FindingRow]:
    """Rows of `meta.finding`, one per sheet that prints tracked counts or populations of forces otherwise.

    landed: `archive.landed_figure` and `archive.landed_count`, each of which may be empty
    """
    frames = [
        frame.assign(file=frame["file"] if "file" in frame else frame["release"]) for frame in landed if len(frame)
    ]
    if not frames:
        return []
    read = pd.concat([frame[["sex", "age", *OF_FORCE, *READ]] for frame in frames])
    everybody = read[(read["sex"] == "all") & (read["age"] == "all")]
    findings = []
    for file, unit in FORCE_UNITS.items():
        lines = force_lines(data, file, as_of).assign(unit=unit, file=file.removeprefix(f"{FOLDER}/"), row_id=None)
        both = lines.merge(everybody if file == POPULATIONS else read, on=list(OF_FORCE), suffixes=("", "_read"))
        findings += _told(both)
    return findings


def alike(both: pd.DataFrame) -> pd.Series:
    """Are number, status and unit those of the columns that end with `_read`? What is saved anew differs in its last digits."""
    this, other = (both[name].to_numpy(dtype="float64", na_value=np.nan) for name in ("value", "value_read"))
    same_kind = (both["obs_status"] == both["obs_status_read"]) & (both["unit"] == both["unit_read"])
    return pd.Series(np.isclose(this, other, rtol=KEPT, atol=0, equal_nan=True), index=both.index) & same_kind.astype(
        bool
    )


def _told(both: pd.DataFrame) -> list[FindingRow]:
    """A finding per tracked file and sheet of a landed one in which something differs."""
    differing = records(both[~alike(both)])
    of_sheets = grouped(differing, itemgetter("file", "file_read", "sheet_read"))
    return [
        finding(
            "transcription_differs", "error", f"data/figures/{file} against landing/{read}, {sheet}",
            f"{len(rows):,} {'figures are' if len(rows) > 1 else 'figure is'} transcribed otherwise:"
            f" {'; '.join(map(_difference, rows[:SAID]))}"
            + (f" and {len(rows) - SAID:,} more." if len(rows) > SAID else "."),
            "The figures of the file are doubted (archive.doubt). Correct the transcription from it, or fetch the file again"
            " if it was changed.", [row["row_id"] for row in rows[:NAMED] if row["row_id"]],
        )
        for (file, read, sheet), rows in of_sheets.items()
    ]  # fmt: skip


def _difference(row: AnyRow) -> str:
    return (
        f"{row['series']}, {row['period_start']} to {row['period_end']}: line {row['line']} has {row['printed']} ({row['unit']},"
        f" {row['obs_status']}), the file prints {row['printed_read']} ({row['unit_read']}, {row['obs_status_read']})"
        + (f" in {row['cell_read']}" if row["cell_read"] else "")
    )
