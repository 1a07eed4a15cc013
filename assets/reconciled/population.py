"""The population of an age base at the middle of a survey year."""

from dataclasses import dataclass

import pandas as pd

from assets.reconciled.case import Period
from assets.records import records


@dataclass(frozen=True)
class Population:
    """Persons, and the rows they were added from."""

    persons: float
    inputs: tuple[str, ...]


class Populations:
    """Newest mid-year estimates by sex, age, area and day."""

    def __init__(self, newest_estimates: pd.DataFrame) -> None:
        self._held = {
            (row["sex"], row["age"], row["area_code"], row["period_end"]): row
            for row in records(newest_estimates)
            if row["value"] is not None
        }

    def within(self, period: Period, sex: str, age: str, area_code: str) -> Population | None:
        """The mid-year estimate that lies in a period; for both sexes the sum of the two where no total is held."""
        days = {day for (_, _, _, day) in self._held if period.start <= day <= period.end}
        if not days:
            return None
        day = max(days)
        if (sex, age, area_code, day) in self._held:
            row = self._held[sex, age, area_code, day]
            return Population(row["value"], (row["row_id"],))
        parts = [self._held.get((one, age, area_code, day)) for one in ("female", "male")]
        if sex != "all" or None in parts:
            return None
        found = [row for row in parts if row is not None]
        return Population(sum(row["value"] for row in found), tuple(row["row_id"] for row in found))
