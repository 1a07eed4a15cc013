"""The breaks of a series that forbid a plain comparison over time."""

import datetime
from fnmatch import fnmatch

import pandas as pd

from assets.reconciled.case import Break
from assets.records import Record, records


class Breaks:
    """The rows of `reference.comparability_break` that block a change over time, by series."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows = [row for row in records(frame) if row["breaks_change"]]
        self._of: dict[str, tuple[Record, ...]] = {}

    def inside(self, series: str, start: datetime.date, end: datetime.date) -> tuple[Break, ...]:
        """Breaks after the first day of the earlier period and up to the last day of the later one, oldest first.

        A break on the first day itself lies before every event of both periods.
        """
        if series not in self._of:
            self._of[series] = tuple(row for row in self._rows if _touches(row["series_pattern"], series))
        return tuple(
            Break(row["break_id"], row["date"], row["what_changed"], row["row_id"])
            for row in sorted(self._of[series], key=lambda row: (row["date"], row["break_id"]))
            if start < row["date"] <= end
        )


def _touches(patterns: str, series: str) -> bool:
    return any(fnmatch(series, pattern.strip()) for pattern in patterns.split(";"))
