"""How many people live where the suppliers report: what a rate is over. Only of a real collection, and of whole areas."""

import datetime
from collections.abc import Sequence

import pandas as pd

from assets.tables.records import records

# Nobody lives there: its offences are counted in a total, as in the published ones, and add no people.
WITHOUT_RESIDENTS = ("BTP",)
MID_YEAR, PER = "population.mid_year", 1000


class Residents:
    """Mid-year estimates of all persons by area and day, the newest release of each."""

    def __init__(self, population: pd.DataFrame, releases: pd.DataFrame) -> None:
        """population: `population.estimate`; releases: `meta.release`."""
        order = {(row["source"], row["release"]): row["vintage_order"] for row in records(releases)}
        everybody = population[
            (population["series"] == MID_YEAR) & (population["sex"] == "all") & (population["age"] == "all")
        ]
        rows = sorted(records(everybody), key=lambda row: order.get((row["source"], row["release"]), 0))
        self._held = {(row["area_code"], row["period_end"]): row["value"] for row in rows if row["value"] is not None}

    def of(self, areas: Sequence[str], start: datetime.date, end: datetime.date) -> float | None:
        """People of some areas in the middle of the year from `start` to `end`; None where those of one are not held."""
        day = datetime.date(start.year if start <= datetime.date(start.year, 6, 30) else end.year, 6, 30)
        populations = [self._held.get((area, day)) for area in areas if area not in WITHOUT_RESIDENTS]
        known = [value for value in populations if value is not None]
        return sum(known) if known and len(known) == len(populations) else None

    def rate(
        self, offences: int | None, areas: Sequence[str], start: datetime.date, end: datetime.date
    ) -> float | None:
        """Offences per 1,000 people."""
        people = self.of(areas, start, end)
        return None if offences is None or not people else PER * offences / people
