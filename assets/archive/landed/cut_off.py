"""Periods of a long table in which areas lack figures that they have in the periods beside it: a file that was cut off.

The Home Office's tables print every force in every period, so that an older release is not needed to see it.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from assets.archive.findings.by_key import family_of
from assets.archive.reading.layout_tables import tolerated
from assets.archive.reading.result import Finding, SetAside, finding
from assets.tables.querying import ask, query
from assets.tables.records import records
from assets.words.problems import Problem
from assets.words.wording import first_of
from schemas.rows import AnyRow

COLUMNS = ["series", "sex", "age", "area_code", "period_type", "period_end"]
SHOWN = 6
FORCE, FORCES = "police_force", 2


def without_cut_periods(
    frame: pd.DataFrame, place: str, data: Path, areas: pd.DataFrame
) -> tuple[pd.DataFrame, list[Finding], list[SetAside]]:
    """The rows without the periods that were cut off, a finding for smaller losses, and what was set aside.

    frame: rows of counts of one release; place: how messages call the file; areas: `reference.area`; from the share
    `figures_lost` of data/layouts/tolerated.csv upwards a period is left out, and those left are held against each other
    """
    share = tolerated(data, "figures_lost")
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    findings, aside = list[Finding](), list[SetAside]()
    lacking: Sequence[AnyRow] = records(ask(query(__file__, "cut_off"), rows=frame[COLUMNS]))
    for row in lacking:
        period, of = f"the {row['period_type']} to {row['period_end']:%d %B %Y}", row["figures"] + row["lost"]
        gone = first_of((names[area] for area in row["areas"]), SHOWN)
        evidence = f"{row['lost']:,} of {of:,} figures that the periods beside it have: some or all of {gone}"
        if row["lost"] < share * of:
            findings.append(
                finding(
                    "figures_lost", "warning", f"{place}, {period}", f"{evidence}.", "Nothing is put in their place."
                )
            )
            continue
        problem = Problem(
            f"{place}, {period}", "", evidence, "every area that stands in the periods beside it",
            "It looks like a file that was cut off: fetch it again. The other periods are read.",
        )  # fmt: skip
        aside.append(SetAside(f"{period[0].upper()}{period[1:]} of {place}", (problem,)))
        here = (frame["period_type"] == row["period_type"]) & (frame["period_end"] == row["period_end"])
        frame = frame[~here].reset_index(drop=True)
    if not aside:
        return frame, findings, aside
    frame, further, beside = without_cut_periods(frame, place, data, areas)
    return frame, further, [*aside, *beside]


def forces_lost(frame: pd.DataFrame, place: str, areas: pd.DataFrame) -> list[Finding]:
    """A finding per table and year in which police forces have no number: it may be cut off, with no older release to tell.

    frame: figures of one release; one force may have none (the City of London no partnership); see `plausible.by_sums`, two have
    """
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    forces = set(areas["area_code"][areas["area_type"] == FORCE])
    of_forces = frame[frame["area_code"].isin(forces) & frame["value"].notna()]
    findings = []
    tables = [of_forces["series"].map(family_of), of_forces["period_end"]]
    for (family, end), rows in of_forces.groupby(tables):
        if len(gone := forces - set(rows["area_code"])) >= FORCES:
            shown = first_of(sorted(names[area] for area in gone), SHOWN)
            findings.append(
                finding(
                    "figures_lost",
                    "warning",
                    f"{place}, {family} to {end:%d %B %Y}",
                    f"No number of {len(gone)} of {len(forces)} police forces: {shown}.",
                    "What is there is read. If the publisher prints them, the file was cut off: fetch it again.",
                )
            )
    return findings
