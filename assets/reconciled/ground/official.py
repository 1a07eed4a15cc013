"""What the publisher itself says of changes of its survey estimates: significant at the 5% level, or not."""

import datetime
from collections import defaultdict

import pandas as pd

from assets.tables.records import Record, records

Window = tuple[datetime.date, datetime.date]
Group = tuple[str, str, str]


def windows_of(statement: Record) -> tuple[Window, Window]:
    """The earlier and the later period of a statement on two periods."""
    earlier = (statement["earlier_start"], statement["earlier_end"])
    return earlier, (statement["period_start"], statement["period_end"])


class Official:
    """Sound statements of `reference.official_significance` on two periods, by series, sex and age."""

    def __init__(self, statements: pd.DataFrame) -> None:
        self._said: dict[Group, dict[tuple[Window, Window], Record]] = defaultdict(dict)
        for row in records(statements):
            if row["compares"] == "periods" and row["doubt"] is None:
                self._said[row["series"], row["sex"], row["age"]][windows_of(row)] = row

    def windows(self, row: Record) -> set[tuple[Window, Window]]:
        """Earlier and later period of every statement on the series, sex and age of a figure."""
        return set(self._said.get((row["series"], row["sex"], row["age"]), ()))

    def on(self, before: Record, after: Record) -> Record | None:
        """The statement on the change between two figures of one series."""
        windows = (before["period_start"], before["period_end"]), (after["period_start"], after["period_end"])
        return self._said.get((after["series"], after["sex"], after["age"]), {}).get(windows)
