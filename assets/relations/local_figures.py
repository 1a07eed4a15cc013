"""What stands in no archive of figures: tracked counts and populations of police forces, the open data, and sums of outcomes."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from assets.archive.force_figures import beside, tracked_counts, tracked_populations
from assets.relations.engine import LOOKED_AT
from assets.relations.tables import relation_tables
from schemas.codes import ENGLAND_AND_WALES
from schemas.registry import contract
from schemas.row_id import row_ids

TEXT = pd.ArrowDtype(pa.string())
SO_FAR, OFFENCES = "prc.ho_outcomes.for_offences_recorded", "prc.ho_pfa."
QUARTERS = 4


def relation_tables_of_all(
    data: Path,
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    outcomes: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    relations: pd.DataFrame,
    terms: pd.DataFrame,
    acknowledged: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `assets.relations.tables.TABLES`, for the figures of the archive and those of `local_figures`."""
    local = local_figures(data, figures, landed, series, offences, areas, releases, as_of)
    summed = outcome_sums(outcomes, offences, areas)
    every = pd.concat([figures[list(LOOKED_AT)], local, summed], ignore_index=True)
    return relation_tables(every, series, offences, areas, releases, relations, terms, acknowledged)


def local_figures(
    data: Path,
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows as the engine looks at them, by the row ids of the tables of facts that they go to.

    figures: `archive.figure`: what it holds as well is left out; landed: `archive.landed_count`
    """
    counts = pd.concat(
        [landed, tracked_counts(data, series, offences, areas, releases, as_of)[landed.columns]], ignore_index=True
    )
    people = tracked_populations(data, series, areas, releases, as_of)
    held = [
        looked_at(beside(figures, rows), key)
        for key, rows in (("recorded.force_count", counts), ("population.estimate", people))
    ]
    return pd.concat(held, ignore_index=True)


def looked_at(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows of a table of facts, one per row id, as the engine looks at them."""
    nothing = pd.Series(None, index=rows.index, dtype=TEXT)
    named = rows.assign(characteristic=nothing, characteristic_value=nothing, row_id=row_ids(contract(key), rows))
    return named.drop_duplicates("row_id")[list(LOOKED_AT)]


def outcome_sums(outcomes: pd.DataFrame, offences: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """All outcomes so far of the offences of a class that a force recorded in a quarter, none yet among them: those offences.

    outcomes: `recorded.outcome_count`; in England and Wales by year too, where a release has four quarters of every force
    """
    so_far = outcomes[(outcomes["series"] == SO_FAR) & outcomes["value"].notna()]
    of = ["source", "release", "sheet", "offence_code"]
    quarters = so_far.groupby([*of, "area_code", "period_start", "period_end"], as_index=False)["value"].sum()
    first = quarters.groupby(["source", "release"])["period_start"].transform("min")
    last = quarters.groupby(["source", "release"])["period_end"].transform("max")
    held = quarters.groupby(["source", "release"])
    whole = (held["period_end"].transform("nunique") == QUARTERS) & (
        held["area_code"].transform("nunique") == areas["area_type"].str.endswith("force").sum()
    )
    years = quarters.assign(period_start=first, period_end=last, area_code=ENGLAND_AND_WALES)[whole]
    years = years.groupby([*of, "area_code", "period_start", "period_end"], as_index=False)["value"].sum()
    both = pd.concat([quarters.assign(period_type="quarter"), years.assign(period_type="year")], ignore_index=True)
    victims = offences.set_index("offence_code")
    made = both.assign(
        series=OFFENCES + both["offence_code"], unit="offences", obs_status="normal", printed=both["value"].map("{:.0f}".format),
        sex=both["offence_code"].map(victims["victim_sex"]).fillna("all"),
        age=both["offence_code"].map(victims["victim_age"]).fillna("all"),
        row_id="outcome_sum:" + both["offence_code"] + ":" + both["area_code"] + ":" + both["period_start"].astype(str) + ".."
        + both["period_end"].astype(str) + ":" + both["source"] + "@" + both["release"],
    )  # fmt: skip
    looked: pd.DataFrame = made.reindex(columns=list(LOOKED_AT))
    return looked
