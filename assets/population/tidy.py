"""Mid-year population estimates, tidy."""

import datetime
from pathlib import Path

import pandas as pd

from assets.archive.tidy import facts, with_doubts
from assets.archive.tracked.figures import tracked_beside, tracked_populations
from assets.tables.conform import conform, given_columns
from schemas.registry import contract

POPULATION = contract("population.estimate")


def estimates(
    data: Path,
    figures: pd.DataFrame,
    series: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    doubts: pd.DataFrame | None = None,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows of `population.estimate` in persons: those of the figures, and of forces and regions as tracked.

    Where a released file gives a population that is tracked too, the one read from the file stands.
    """
    read = estimates_of_figures(figures, series, doubts)
    tracked = tracked_populations(data, series, areas, releases, as_of)[read.columns]
    return with_doubts(pd.concat([read, tracked_beside(read, tracked)], ignore_index=True), POPULATION.key, doubts)


def estimates_of_figures(
    figures: pd.DataFrame, series: pd.DataFrame, doubts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The populations among the figures, transcribed or read from a released file."""
    names = given_columns(POPULATION.key)
    return conform(facts(figures, series, POPULATION.key, doubts)[names], POPULATION)[names]
