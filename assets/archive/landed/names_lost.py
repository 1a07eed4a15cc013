"""Forces, offence codes and types of outcomes that a long table has none of, where it had them before or every force is due;
and periods without a force that stands in others, on whichever sheet.

The Home Office prints every force, and every code that is in use, in each release: one that is gone may be cut or filtered out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from assets.archive.identity.long_readers import COUNTS, OUTCOMES
from assets.archive.reading.reference import FORCES
from assets.archive.reading.result import Finding, Reading, finding
from assets.words.wording import first_of, number_of

SHOWN = 6
NAMED = {"area_code": "police forces", "offence_code": "offence codes", "outcome_type": "types of outcomes"}
# A table with so much of the forces is one of all of them.
MOST_FORCES = 0.75


def names_lost(read: Sequence[tuple[str, Reading]], areas: pd.DataFrame) -> list[Finding]:
    """A finding for what each release of counts has no figure of, against the release before it that counts in like periods.

    areas: `reference.area`; where a release has most of the forces, all of them are due, whatever there was before
    """
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    forces = set(areas["area_code"][areas["area_type"].isin(FORCES)])
    findings, before = list[Finding](), dict[tuple[str, str], tuple[str, pd.DataFrame]]()
    frames: dict[tuple[int, str, str, str], list[pd.DataFrame]] = defaultdict(list)
    for _, reading in read:
        if reading.of is not None and reading.staged in (COUNTS, OUTCOMES) and len(reading.frame):
            for kind, rows in reading.frame.groupby("period_type"):
                frames[reading.release["vintage_order"], *reading.of, str(kind)].append(rows)
    for (_, source, release, kind), some in sorted(frames.items(), key=lambda item: item[0]):
        rows = pd.concat(some, ignore_index=True)
        older, had = before.get((source, kind), ("", rows))
        for column, what in NAMED.items():
            if column not in rows.columns:
                continue
            have, due = set(rows[column]), set(_in_use(had)[column])
            if column == "area_code":
                due = forces | due if len(have & forces) >= MOST_FORCES * len(forces) else due
            if gone := due - have:
                shown = first_of(sorted(names.get(name, name) for name in gone), SHOWN)
                against = f" against {source}@{older}" if older else ""
                findings.append(
                    finding("figures_lost", "warning", f"{source}@{release}{against}, {what}",
                            f"No figure of {len(gone)} of {len(due)} {what}: {shown}.",
                            "Nothing is put in their place. If the publisher prints them, fetch the file again.")
                )  # fmt: skip
        findings += _periods_without(rows, kind, f"{source}@{release}", names, forces)
        before[source, kind] = (release, rows)
    return findings


def _periods_without(
    rows: pd.DataFrame, kind: str, release: str, names: Mapping[str, str], forces: set[str]
) -> list[Finding]:
    """A finding for the forces that have no figure in some periods of a release and have them in others."""
    have = forces & {*rows["area_code"]}
    lacking: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for end, areas in rows.groupby("period_end")["area_code"]:
        if gone := have - {*areas}:
            lacking[tuple(sorted(names[area] for area in gone))].append(str(end))
    return [
        finding("period_missing_for_force", "warning", f"{release}, {first_of(gone, SHOWN)}",
                f"No figure for {number_of(len(ends), kind)} to {first_of(ends, SHOWN)}, where other forces have them.",
                f"Nothing is put in their place: a missing {kind} is not a nought.")
        for gone, ends in lacking.items()
    ]  # fmt: skip


def _in_use(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last period in which something was counted: what expired before it is not due again."""
    counted: pd.DataFrame = rows[rows["value"].fillna(0) != 0]
    last: pd.DataFrame = counted[counted["period_end"] == counted["period_end"].max()]
    return last
