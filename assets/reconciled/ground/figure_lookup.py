"""The figures that are held, newest release first, looked up by series and period."""

import datetime
from collections.abc import Iterable, Iterator

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval
from assets.reconciled.ground.effective_sample import SAMPLED
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import AnyRow

Window = tuple[datetime.date, datetime.date]


class Held:
    """Newest vintages of several fact tables, for England and Wales; rows without a value are left out."""

    def __init__(self, newest_tables: Iterable[pd.DataFrame]) -> None:
        self._rows: dict[str, dict[Window, list[Record]]] = {}
        for row in (row for table in newest_tables for row in records(_national(table))):
            window = (row["period_start"], row["period_end"])
            self._rows.setdefault(row["series"], {}).setdefault(window, []).append(row)

    def windows(self, series: str) -> set[Window]:
        """The periods for which a series is held."""
        return set(self._rows.get(series, ()))

    def all_of(self, series: str) -> Iterator[Record]:
        """Every row of a series."""
        for rows in self._rows.get(series, {}).values():
            yield from rows

    def find(
        self, series: str, window: Window, sex: str | None = None, characteristic_value: str | None = None
    ) -> Record | None:
        """The row of a series in a period, None where it is not held. `sex` None takes whatever sex the row has."""
        for row in self._rows.get(series, {}).get(window, ()):
            right_sex = sex is None or row["sex"] == sex
            if right_sex and row.get("characteristic_value") == characteristic_value:
                return row
        return None


def _national(facts: pd.DataFrame) -> pd.DataFrame:
    return facts[facts["value"].notna() & (facts["area_code"] == ENGLAND_AND_WALES)]


def figure_interval(row: AnyRow, as_printed: bool = False) -> Interval:
    """The values that a fact may have, in its unit: what rounds to the print, or exactly what is printed.

    Survey estimates and shares carry the ends of their rounding, or limits with sampling error: then the figure itself is
    taken, since that error is added elsewhere. A recorded count is read from its print.
    """
    if as_printed or row.get("interval_source") in SAMPLED:
        return Interval.point(row["value"])
    if "lower" in row:
        return Interval.closed(row["lower"], row["upper"])
    return printed_interval(row["printed"], row["value"], row["unit"])
