"""The population that a force's or region's rate is over."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.population import Population
from assets.reconciled.ground.reference_rows import release_of
from assets.reconciled.ground.vintage import newest
from assets.tables.records import grouped, records
from assets.words.wording import WITHOUT_RATE
from schemas.registry import contract
from schemas.row_types import PopulationEstimateRow

MID_YEAR, PRINTED = "population.mid_year", "population.pfa_table"
TRANSPORT_POLICE, CITY_OF_LONDON = "BTP", "E23000034"
PEOPLE, WOMEN = ("all", "all", "all persons"), ("female", "16+", "women aged 16 and over")
ADULT_CODES = ("16+", "13+", "all")
# Both as Table P3 of the ONS tables by police force says them in its notes.
NO_RATE = {
    TRANSPORT_POLICE: f"{WITHOUT_RATE} is given: the British Transport Police has no resident population.",
    CITY_OF_LONDON: f"{WITHOUT_RATE} is given: ONS suppresses rates of the City of London, which has few residents.",
}
OWN_POPULATION = (
    "The rate is over the population of mid-{}, which the publication's own rate table prints rounded to the hundred."
)
OLDER_POPULATION = "The rate is over the population of mid-{}, the newest that is held of this area."
# An older population than this says too little of the residents of a year.
LATEST_DAYS = 3 * 366
PARTIAL = (
    f"{WITHOUT_RATE}: the count leaves out forces of the area, and the release prints no population of the others."
)
NOT_HELD = f"{WITHOUT_RATE} is given: no population of this area is held for this year."


@dataclass(frozen=True)
class RatePopulation:
    """Persons, the rows they are of, whom they are, the day they were estimated for, and what to know of them."""

    people: Population
    name: str
    day: datetime.date
    caveats: tuple[str, ...] = ()


class ForcePopulations:
    """Populations of forces and regions: mid-year estimates, and those that the ONS tables by force print."""

    def __init__(self, population: pd.DataFrame, releases: pd.DataFrame) -> None:
        """population: `population.estimate`, all vintages, in persons."""
        persons = population[population["series"].isin([MID_YEAR, PRINTED]) & population["age"].isin(["all", "16+"])]
        key = contract("population.estimate").row_key
        self._mid_year = {
            (row["sex"], row["age"], row["area_code"], row["period_end"]): row
            for row in records(newest(persons[persons["series"] == MID_YEAR], releases, key))
            if row["value"] is not None
        }
        printed: list[PopulationEstimateRow] = [
            row
            for row in records(persons[persons["series"] == PRINTED].sort_values("period_end"))
            if row["value"] is not None
        ]
        self._printed = grouped(printed, lambda row: (release_of(row), row["area_code"]))
        populations = sorted((*self._mid_year.values(), *printed), key=lambda row: str(row["period_end"]))
        everybody = (row for row in populations if (row["sex"], row["age"]) == PEOPLE[:2])
        self._everybody = grouped(everybody, lambda row: row["area_code"])

    def of(
        self, area: str, period: ComparedPeriod, sex: str, age: str, release: str, leaves_out: Collection[str] = ()
    ) -> RatePopulation | str:
        """The population of an area for a count of twelve months, or the reason why there is none.

        The publication's own population (the one that its rate table divides by) where it prints one, which is that
        of the areas it reports; else none for a count that leaves out a force; else the mid-year
        estimate inside the year: women aged 16 and over where the count is of females and they are held, else all; else
        the newest of the years just before, which the row then says.
        """
        if area in NO_RATE:
            return NO_RATE[area]
        own = [row for row in self._printed.get((release, area), ()) if row["period_end"] <= period.end]
        if own:
            return _named(own[-1], PEOPLE[2], OWN_POPULATION.format(own[-1]["period_end"].year))
        if leaves_out:
            return PARTIAL
        wanted = (WOMEN, PEOPLE) if sex == "female" and age in ADULT_CODES else (PEOPLE,)
        for of_sex, of_age, name in wanted:
            day = datetime.date(period.end.year, 6, 30)
            day = day if day <= period.end else day.replace(year=day.year - 1)
            row = self._mid_year.get((of_sex, of_age, area, day))
            if row is not None:
                return _named(row, name)
        older = [
            row for row in self._everybody.get(area, ()) if 0 <= (period.end - row["period_end"]).days < LATEST_DAYS
        ]
        if older:
            return _named(older[-1], PEOPLE[2], OLDER_POPULATION.format(older[-1]["period_end"].year))
        return NOT_HELD


def _named(row: PopulationEstimateRow, name: str, *caveats: str) -> RatePopulation:
    return RatePopulation(Population(row["value"], (row["row_id"],)), name, row["period_end"], caveats)
