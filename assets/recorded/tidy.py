"""Published recorded figures, tidy: counts by code, by flag, in the policing collection, shares and outcomes."""

import datetime
from pathlib import Path

import pandas as pd

from assets.archive.tidy import facts, rounding_limits, with_doubts
from assets.archive.tracked.figures import tracked_beside, tracked_counts
from assets.relations.tables import sum_ids
from assets.tables.conform import conform, given_columns
from schemas.codes import ALL_VAWG, ENGLAND_AND_WALES
from schemas.registry import contract

TOTAL = "total"
WHOLE_COLLECTION = "vawg"


def offence_counts(
    figures: pd.DataFrame, series: pd.DataFrame, offences: pd.DataFrame, doubts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Rows of `recorded.offence_count`: England and Wales; name and subgroup come from `reference.offence`."""
    national = figures[figures["area_code"] == ENGLAND_AND_WALES]
    return _only(_named(national, series, offences, doubts), "recorded.offence_count")


def force_counts(
    data: Path,
    figures: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    landed: pd.DataFrame,
    doubts: pd.DataFrame | None = None,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows of `recorded.force_count`: every area below England and Wales, and the open data by force and quarter.

    landed: `archive.landed_count`, already of this form; where a released file gives a count that is tracked too, the one
    read from the file stands. A table of its own, since it can be a hundred times the national one.
    """
    read = released_force_counts(figures, series, offences, landed, doubts)
    tracked = tracked_counts(data, series, offences, areas, releases, as_of)[read.columns]
    whole = pd.concat([read, tracked_beside(read, tracked)], ignore_index=True) if len(read) else tracked
    return with_doubts(whole, "recorded.force_count", doubts)


def outcome_counts(landed: pd.DataFrame, doubts: pd.DataFrame) -> pd.DataFrame:
    """Rows of `recorded.outcome_count`, each with the reason why the sum of outcomes that it goes to is doubted.

    landed: `archive.landed_outcome`, already of this form; doubts: `archive.doubt`
    """
    return with_doubts(landed.drop(columns=["row_id"]), "recorded.outcome_count", doubts, sum_ids)


def released_force_counts(
    figures: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    landed: pd.DataFrame,
    doubts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The counts below England and Wales that were read from released files."""
    local = figures[figures["area_code"] != ENGLAND_AND_WALES]
    names = given_columns("recorded.force_count")
    if not len(local):
        return landed[names]
    printed = conform(
        _only(_named(local, series, offences, doubts), "recorded.force_count"), contract("recorded.force_count")
    )
    return pd.concat([printed[names], landed[names]], ignore_index=True)


def _named(
    figures: pd.DataFrame, series: pd.DataFrame, offences: pd.DataFrame, doubts: pd.DataFrame | None
) -> pd.DataFrame:
    """Counts by offence with the offence's name, level and subgroup."""
    rows = facts(figures, series, "recorded.offence_count", doubts).drop(columns=["level"])
    named = offences[["offence_code", "name", "level", "subgroup"]].rename(columns={"name": "offence"})
    return rows.merge(named.astype("object").where(named.notna(), None), on="offence_code", how="left")


def flagged_counts(figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of `recorded.flagged_count`."""
    return _only(facts(figures, series, "recorded.flagged_count", doubts), "recorded.flagged_count")


def vawg_counts(figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of `recorded.vawg_count`: the policing collection, the part named by the series' topic where it is a part."""
    rows = facts(figures, series, "recorded.vawg_count", doubts)
    rows["part"] = [part_of_threat(topic, threat) for topic, threat in zip(rows["topic"], rows["threat"], strict=True)]
    rows["threat"] = [threat or ALL_VAWG for threat in rows["threat"]]
    return _only(rows, "recorded.vawg_count")


def part_of_threat(topic: str, threat: str | None) -> str:
    """`total` where the topic is the whole threat or all VAWG, else the topic itself."""
    return TOTAL if topic in (threat, WHOLE_COLLECTION) else topic


def shares(figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of `recorded.share`, with the rounding of the print as limits."""
    rows = facts(figures, series, "recorded.share", doubts)
    limits = [
        (None, None) if value is None else rounding_limits(printed, value, unit, unit)
        for printed, value, unit in zip(rows["printed"], rows["value"], rows["unit"], strict=True)
    ]
    rows["lower"], rows["upper"] = ([limit[at] for limit in limits] for at in range(2))
    return _only(rows, "recorded.share")


def outcomes(figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of `recorded.outcome`; the stage is the series' measure."""
    return _only(
        facts(figures, series, "recorded.outcome", doubts).rename(columns={"measure": "stage"}), "recorded.outcome"
    )


def _only(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    return rows[given_columns(table)]
