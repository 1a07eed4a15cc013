"""Yearly recorded counts of regions and police forces: as printed for twelve months, or the sum of four quarters."""

from collections.abc import Iterable

import pandas as pd

from assets.reconciled.ground.vintage import newest_of
from assets.tables.querying import ask, query
from schemas.codes import FORCE_TYPES

AREA_TYPES = ("country", "region", *FORCE_TYPES)
ALL_CRIME = "all_crime_excluding_fraud"
QUARTERS = 4
# Where a yearly count stands, the first that holds it before the others: the ONS tables by force, the force totals of the ONS
# tables by Community Safety Partnership, the twelve months printed in the Home Office open data, the sum of its quarters.
HO_QUARTERS = "prc.ho_pfa quarters"
ORIGINS = ("prc.pfa", "prc.csp", "prc.ho_pfa", HO_QUARTERS)
READ = [
    "row_id", "series", "scope", "offence_code", "offence", "level", "sex", "age", "area_code", "period_start",
    "period_end", "period_type", "value", "unit", "obs_status", "designation", "notes", "leaves_out", "doubt",
    "source", "release",
]  # fmt: skip


def newest_tallies(newest: pd.DataFrame) -> pd.DataFrame:
    """The newest rows of a count table in the form of tally.sql."""
    return ask(query(__file__, "tally"), fact=newest)


def force_years(
    forces: pd.DataFrame, releases: pd.DataFrame, areas: pd.DataFrame, wanted: Iterable[str]
) -> pd.DataFrame:
    """Yearly counts of the wanted codes (and of all crime) in countries, regions, forces and the transport police: see
    force_years.sql.

    forces: `recorded.force_count`; releases: `meta.release`; areas: `reference.area`. The newest vintage of each count.
    The frame is cut down before any row is looked at, since most of it is of other offences and smaller areas.
    """
    here = areas.loc[areas["area_type"].isin(AREA_TYPES), "area_code"]
    of_force = forces["area_code"].isin(here) & forces["offence_code"].isin({*wanted, ALL_CRIME})
    few = newest_of(forces.loc[of_force, READ], releases, "recorded.force_count")
    return ask(query(__file__, "force_years", origins=list(ORIGINS)), tally=newest_tallies(few))


def preferred(years: pd.DataFrame) -> pd.DataFrame:
    """The counts of each code and window from one place for all areas: the first that holds it."""
    first = years.groupby(["offence_code", "period_start", "period_end"])["choice"].transform("min")
    return years[years["choice"] == first]
