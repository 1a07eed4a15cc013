"""Series as lines of years: which two periods are compared, and from which release each figure is taken."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from assets.reconciled.ground.vintage import COPIES, left_out
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

Rank = tuple[bool, int]
YEARLY = ("year", "survey_year")
FIRST_YEAR = 2015


@dataclass(frozen=True)
class Pair:
    """Two figures of one series: the earlier and the later."""

    before: Record
    after: Record

    @property
    def years(self) -> float:
        """Years between the ends of the two periods, in whole months."""
        earlier: datetime.date = self.before["period_end"]
        later: datetime.date = self.after["period_end"]
        return later.year - earlier.year + (later.month - earlier.month) / 12

    @property
    def unlike(self) -> tuple[str, ...]:
        """Codes of the forces that one of the two leaves out and the other does not."""
        return tuple(sorted(set(left_out(self.before)) ^ set(left_out(self.after))))


class SeriesVintages:
    """All trusted vintages of one series of one sex, age and area."""

    def __init__(self, rows: Iterable[Record], order: Mapping[Any, int]) -> None:
        self._vintages: dict[tuple[datetime.date, datetime.date], dict[Any, Record]] = {}
        self._order = order
        for row in rows:
            window = (row["period_start"], row["period_end"])
            if (window[1] - window[0]).days in (364, 365) and row["doubt"] is None:
                self._vintages.setdefault(window, {})[row["source"], row["release"]] = row

    def pairs(self, spoken_of: Collection[Any] = ()) -> Iterator[Pair]:
        """Every pair of March years, other years that follow each other, and those that the publisher speaks of."""
        for early, late in sorted(spoken_of):
            if early in self._vintages and late in self._vintages and not self._asked(early, late):
                yield self._pair(early, late)
        windows = sorted(self._vintages)
        for early, late in combinations(windows, 2):
            if self._asked(early, late):
                yield self._pair(early, late)

    @staticmethod
    def _asked(early: Any, late: Any) -> bool:
        march = early[1].month == late[1].month == 3
        follows = early[1].month == late[1].month and late[1].year == early[1].year + 1
        return bool(early[1].year >= FIRST_YEAR and (march or follows))

    def march_years(
        self, start: datetime.date = datetime.date.min, end: datetime.date = datetime.date.max
    ) -> list[Record]:
        """The newest figures of the March years between two days, oldest first."""
        windows = sorted(w for w in self._vintages if start <= w[0] and w[1] <= end and w[1].month == 3)
        return [self._newest(window) for window in windows]

    def _pair(self, early: Any, late: Any) -> Pair:
        """Both figures from the newest release that prints both; else the newest of each."""
        common = set(self._vintages[early]) & set(self._vintages[late])
        if not common:
            return self._alike(early, late)
        best = max(common, key=lambda release: self._rank(self._vintages[late][release]))
        newest = self._newest(early), self._newest(late)
        # A copy that prints both years does not stand in for the publisher's own newer figures.
        if self._rank(self._vintages[late][best])[0] < min(self._rank(row)[0] for row in newest):
            return self._alike(early, late)
        pair = Pair(self._vintages[early][best], self._vintages[late][best])
        return self._alike(early, late) if pair.unlike else pair

    def _alike(self, early: Any, late: Any) -> Pair:
        """The newest two that leave out the same forces; the newest of each where there are none such."""
        pairs = [Pair(row, two) for row in self._vintages[early].values() for two in self._vintages[late].values()]
        return max(pairs, key=lambda pair: (not pair.unlike, self._rank(pair.after), self._rank(pair.before)))

    def _newest(self, window: Any) -> Record:
        return max(self._vintages[window].values(), key=self._rank)

    def _rank(self, row: Record) -> Rank:
        return row["designation"] not in COPIES, self._order[row["source"], row["release"]]


# Series of police counts; the others of the count tables are of victims, and independent.
COUNTED = ("prc.", "vawg.")


def lines(table: pd.DataFrame) -> Iterator[list[Record]]:
    """The rows of each series, sex and age of a fact table."""
    whole = (table["area_code"] == ENGLAND_AND_WALES) & table["period_type"].isin(YEARLY) & table["value"].notna()
    if "characteristic" in table:
        whole &= table["characteristic"].isna()
    if "measure" in table:
        whole &= table["measure"] == "prevalence"
    by_line = grouped(records(table[whole]), lambda row: (row["series"], row["sex"], row["age"]))
    yield from (by_line[key] for key in sorted(by_line))


def vintage_orders(releases: pd.DataFrame) -> Mapping[Any, int]:
    """(source, release) -> place in time, of `meta.release`."""
    columns = releases[["source", "release", "vintage_order"]]
    return {(s, r): o for s, r, o in columns.itertuples(index=False)}
