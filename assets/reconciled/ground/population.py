"""The population of an age base at the middle of a survey year."""

import datetime
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from assets.reconciled.ground.comparison import ComparedPeriod
from assets.tables.records import records

PERSONS, MID_YEAR = "persons", "population.mid_year"


@dataclass(frozen=True)
class Population:
    """Persons, and the rows they were added from."""

    persons: float
    inputs: tuple[str, ...]


class Populations:
    """Newest mid-year estimates by sex, age, area and day, in persons.

    A rounded population that a rate table prints stands in only where no mid-year estimate is held, and a number of
    households never does.
    """

    def __init__(self, newest_estimates: pd.DataFrame) -> None:
        of_persons = newest_estimates[newest_estimates["value"].notna() & (newest_estimates["unit"] == PERSONS)]
        rows = records(of_persons[["row_id", "series", "sex", "age", "area_code", "period_end", "value"]])
        rows.sort(key=lambda row: bool(row["series"] == MID_YEAR))
        self._held = {(row["sex"], row["age"], row["area_code"], row["period_end"]): row for row in rows}
        self._days = sorted({day for _, _, _, day in self._held})

    def within(
        self, period: ComparedPeriod, sex: str, age: str, area_code: str, leaves_out: Collection[str] = ()
    ) -> Population | None:
        """The mid-year estimate that lies in a period; for both sexes the sum of the two where no total is held.

        leaves_out: forces inside the area whose people are not counted; None where those of one of them are not held.
        """
        whole = self._within(period, sex, age, area_code)
        if whole is None or not leaves_out:
            return whole
        parts = [self._within(period, sex, age, force) for force in leaves_out]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or area_code in leaves_out:
            return None
        return Population(
            whole.persons - sum(part.persons for part in known),
            (*whole.inputs, *(row for part in known for row in part.inputs)),
        )

    def _within(self, period: ComparedPeriod, sex: str, age: str, area_code: str) -> Population | None:
        day = self._last_within(period)
        if day is None:
            return None
        if (sex, age, area_code, day) in self._held:
            row = self._held[sex, age, area_code, day]
            return Population(row["value"], (row["row_id"],))
        parts = [self._held.get((own_sex, age, area_code, day)) for own_sex in ("female", "male")]
        if sex != "all" or None in parts:
            return None
        rows = [row for row in parts if row is not None]
        return Population(sum(row["value"] for row in rows), tuple(row["row_id"] for row in rows))

    def _last_within(self, period: ComparedPeriod) -> datetime.date | None:
        at = bisect_right(self._days, period.end)
        return self._days[at - 1] if at and self._days[at - 1] >= period.start else None
