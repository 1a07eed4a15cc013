"""The breaks of a series that forbid a plain comparison over time."""

import datetime
from collections.abc import Collection, Iterable
from fnmatch import fnmatch
from functools import cache

import pandas as pd

from assets.reconciled.ground.comparison import Break
from assets.tables.records import Record, records

# Counts by force carry the code of a national series: what breaks that breaks every force's count of it.
# So do those of the collection as assembled from returns and of the Statement's figures of it.
STATEMENT, ASSEMBLED = "vawg.", "collection."
NATIONAL, BY_FORCE = "prc.a5a.", ("prc.pfa.", "prc.csp.", "prc.ho_pfa.")
CIRCUMSTANCE = "circumstance"  # kind of a row: not counting changed, but life


def breaks_inside(
    rows: Iterable[Record], series: Collection[str], start: datetime.date, end: datetime.date
) -> list[Record]:
    """Rows of `reference.comparability_break` of one of some series that overlap a window, in order.

    A break that is over on `start` itself lies before every event of a window that begins on that day.
    """
    return [row for row in rows if row["date"] <= end and start < row["last_day"] and touches(row, series)]


def touches(row: Record, series: Collection[str]) -> bool:
    """Is a row of `reference.comparability_break` of one of some series?"""
    return any(_touches(row["series_pattern"], name) for name in series)


@cache
def _touches(patterns: str, series: str) -> bool:
    names = [series, *(NATIONAL + series.removeprefix(prefix) for prefix in BY_FORCE if series.startswith(prefix))]
    if series.startswith(ASSEMBLED):
        names.append(STATEMENT + series.removeprefix(ASSEMBLED))
    return any(fnmatch(name, pattern.strip()) for name in names for pattern in patterns.split(";"))


def break_of(row: Record) -> Break:
    """A row of `reference.comparability_break` as a case holds it."""
    return Break(row["break_id"], row["date"], row["last_day"], row["what_changed"], row["row_id"], row["direction"])


def exceptional_time(row: Record) -> str:
    """What is said of a change that begins or ends in the time of a row of the kind `CIRCUMSTANCE`."""
    return (
        f"One of the two years lies in an exceptional time ({row['what_changed']}, {row['date']:%B %Y} to"
        f" {row['last_day']:%B %Y}): the change says little about a trend."
    )


class Breaks:
    """The rows of `reference.comparability_break` that block a change over time, oldest first, and exceptional times."""

    def __init__(self, frame: pd.DataFrame) -> None:
        rows: list[Record] = sorted(records(frame), key=lambda row: (row["date"], row["break_id"]))
        self._rows = [row for row in rows if row["breaks_change"]]
        self._times = [row for row in rows if row["kind"] == CIRCUMSTANCE]

    def times(self, *figures: Record) -> list[Record]:
        """Rows of exceptional times in which one of some figures of a series lies."""
        return [
            row
            for row in self._times
            if any(
                row["date"] <= figure["period_end"]
                and figure["period_start"] <= row["last_day"]
                and touches(row, (figure["series"],))
                for figure in figures
            )
        ]

    def inside(self, series: str, start: datetime.date, end: datetime.date) -> tuple[Break, ...]:
        """Breaks that overlap the time from the first day of an earlier period to the last day of a later one."""
        return tuple(break_of(row) for row in breaks_inside(self._rows, (series,), start, end))
