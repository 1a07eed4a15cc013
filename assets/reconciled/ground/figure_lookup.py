"""The figures that are held, newest release first, looked up by series and period."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Self

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval
from assets.reconciled.ground.effective_sample import SAMPLED
from assets.reconciled.ground.vintage import newest_of
from assets.tables.called import TABLES
from assets.tables.records import BySeries, Record
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import AnyRow

Window = tuple[datetime.date, datetime.date]


class NewestFigures:
    """Newest vintages of several fact tables, for England and Wales; rows without a value are left out."""

    def __init__(self, newest_tables: Iterable[pd.DataFrame]) -> None:
        self._tables = [BySeries(_national(table)) for table in newest_tables]
        self._rows: dict[str, dict[Window, list[Record]]] = {}

    @classmethod
    def newest(cls, releases: pd.DataFrame, **tables: pd.DataFrame) -> Self:
        """The newest vintages of fact tables, each under the name that `called` knows it by."""
        return cls(newest_of(table, releases, TABLES[name]) for name, table in tables.items())

    def windows(self, series: str) -> set[Window]:
        """The periods for which a series is held."""
        return set(self._of(series))

    def all_of(self, series: str) -> Iterator[Record]:
        """Every row of a series."""
        for rows in self._of(series).values():
            yield from rows

    def find(
        self, series: str, window: Window, sex: str | None = None, characteristic_value: str | None = None
    ) -> Record | None:
        """The row of a series in a period, None where it is not held. `sex` None takes whatever sex the row has."""
        for row in self._of(series).get(window, ()):
            right_sex = sex is None or row["sex"] == sex
            if right_sex and row.get("characteristic_value") == characteristic_value:
                return row
        return None

    def _of(self, series: str) -> dict[Window, list[Record]]:
        """The rows of a series by window, made when they are first asked for."""
        if series not in self._rows:
            of_series = self._rows[series] = {}
            for table in self._tables:
                for row in table[series]:
                    of_series.setdefault((row["period_start"], row["period_end"]), []).append(row)
        return self._rows[series]


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
