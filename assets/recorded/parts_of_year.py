"""Counts of less than a year, added up to quarters and to rolling years: months and quarters as printed, and by force."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from schemas.codes import FORCE_TYPES
from schemas.rows import Record

# Where the counts of a yearly series stand by month or quarter: Table A5b beside A5a, Table E2 beside B9.
FINER = {"prc.a5a.": "prc.a5b.", "prc.b9.": "prc.e2."}
# Where they stand by police force, in quarters and in rolling years: the open data of the Home Office.
BY_FORCE = {"prc.a5a.": "prc.ho_pfa."}
# A sum of fewer forces than this share of all of them is no count of England and Wales, whatever is named as missing.
LEAST_FORCES = 0.9
PARTS = ("quarter", "month")
Window = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Total:
    """A count of a window: the rows it was added from, and in words how."""

    value: float
    rows: tuple[Record, ...]
    how: str


def month_after(day: datetime.date, months: int) -> datetime.date:
    """The first day of a month some months after (or before) that of a day."""
    at = day.year * 12 + day.month - 1 + months
    return datetime.date(at // 12, at % 12 + 1, 1)


def window_from(first: datetime.date, months: int) -> Window:
    """First and last day of some months from a first of a month."""
    return first, month_after(first, months) - datetime.timedelta(days=1)


def named_elsewhere(series: str, names: Mapping[str, str]) -> str | None:
    """A series by another table's name, None where that table does not hold it."""
    for stem, other in names.items():
        if series.startswith(stem):
            return other + series.removeprefix(stem)
    return None


class PartsOfYear:
    """Months, quarters and forces, looked up by the yearly series whose counts they are.

    national: rows of the count tables (of any period type); by_force: rows of `recorded.force_count` of police forces;
    forces: codes of every police force of England and Wales. One vintage of each figure.
    """

    def __init__(
        self, national: Iterable[Record], by_force: Iterable[Record] = (), forces: Collection[str] = ()
    ) -> None:
        self._parts: dict[tuple[str, datetime.date, datetime.date], Record] = {}
        for row in national:
            if row["period_type"] in PARTS and row["value"] is not None:
                self._parts[row["series"], row["period_start"], row["period_end"]] = row
        self._by_force: dict[tuple[str, datetime.date, datetime.date], dict[str, Record]] = {}
        self.forces = frozenset(forces)
        for row in by_force:
            if row["area_code"] in self.forces and row["value"] is not None:
                slot = (row["series"], row["period_start"], row["period_end"])
                self._by_force.setdefault(slot, {})[row["area_code"]] = row

    def total(self, series: str, window: Window) -> Total | None:
        """The count of a window that months or quarters add up to, or all forces; None where one of them is not held."""
        finer = named_elsewhere(series, FINER)
        added = self._added(finer, window) if finer else None
        if added is not None:
            return added
        by_force = self.by_force(series, window)
        if not self.forces or set(by_force) != self.forces:
            return None
        rows = tuple(row for total in by_force.values() for row in total.rows)
        return Total(sum(total.value for total in by_force.values()), rows, f"sum of {len(by_force)} police forces")

    def by_force(self, series: str, window: Window) -> dict[str, Total]:
        """The count of each force in a window, as printed or as the sum of its quarters; forces without it are left out."""
        name = named_elsewhere(series, BY_FORCE)
        if name is None:
            return {}
        totals = {
            area: Total(row["value"], (row,), "as printed")
            for area, row in self._by_force.get((name, *window), {}).items()
        }
        quarters = [self._by_force.get((name, *part), {}) for part in _parts(window, 3)]
        for area in self.forces - set(totals):
            rows = [quarter[area] for quarter in quarters if area in quarter]
            if rows and len(rows) == len(quarters):
                totals[area] = Total(sum(row["value"] for row in rows), tuple(rows), "sum of quarters")
        return totals

    def _added(self, series: str, window: Window) -> Total | None:
        for kind, months in (("quarters", 3), ("months", 1)):
            rows = [self._parts.get((series, *part)) for part in _parts(window, months)]
            there = [row for row in rows if row is not None]
            if there and len(there) == len(rows):
                return Total(sum(row["value"] for row in there), tuple(there), f"sum of {len(there)} {kind}")
        return None


def _parts(window: Window, months: int) -> list[Window]:
    """The window in parts of some months."""
    start, end = window
    whole = (end.year - start.year) * 12 + end.month - start.month + 1
    return [window_from(month_after(start, at), months) for at in range(0, whole, months)]


def force_rows_of(forces: pd.DataFrame, areas: pd.DataFrame, codes: Collection[str]) -> tuple[pd.DataFrame, list[str]]:
    """The rows of police forces of some offence codes, and the codes of all forces; cut down before a row is looked at."""
    known = areas.loc[areas["area_type"].isin(FORCE_TYPES), "area_code"]
    kept = forces["area_code"].isin(known) & forces["offence_code"].isin(list(codes))
    kept &= forces["series"].str.startswith(tuple(BY_FORCE.values()))
    return forces.loc[kept], list(known)


def code_of_series(series: str) -> str:
    """The offence code at the end of a series key."""
    return series.split(".", 2)[-1]
