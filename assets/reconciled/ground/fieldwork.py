"""Which interviews an estimate rests on: a full year unless reference.fieldwork says otherwise."""

from fnmatch import fnmatch

import pandas as pd

from assets.reconciled.ground.comparison import ComparedPeriod, Fieldwork
from assets.tables.records import records

FULL_YEAR = Fieldwork(months=tuple(range(12)), sample_share=1.0, shortfall=None, row_id=None)


class FieldworkYears:
    """The interviews that each survey year's estimates rest on."""

    def __init__(self, fieldwork: pd.DataFrame) -> None:
        self._rows = records(fieldwork)

    def of(self, topic: str, period: ComparedPeriod) -> Fieldwork:
        """The interviews of a topic in a survey year; months as offsets from the year's first month."""
        for row in self._rows:
            same = (row["period_start"], row["period_end"]) == (period.start, period.end)
            if same and any(fnmatch(topic, pattern) for pattern in row["topic_pattern"].split(";")):
                months = tuple(_offset(month, period) for month in row["months"].split(";"))
                return Fieldwork(months, row["sample_share"], row["shortfall"], row["row_id"])
        return FULL_YEAR


def _offset(month: str, period: ComparedPeriod) -> int:
    year, number = (int(part) for part in month.split("-"))
    return (year - period.start.year) * 12 + number - period.start.month
