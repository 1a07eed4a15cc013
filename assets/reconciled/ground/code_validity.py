"""Which offence codes existed when: a sum over codes takes those of its period, and one that did not exist is not missing."""

import datetime
from collections.abc import Iterable, Mapping

import pandas as pd

from assets.reconciled.ground.comparison import ComparedPeriod
from assets.tables.records import records

# What is said of the offences of a class that are assigned to none of its detailed ones, and of a detailed one beside them.
UNASSIGNED = ":unassigned"
OF_RECORDING = "how many are assigned to no detailed offence is a matter of recording."
MAY_BE_THEIRS = "offences of the class are assigned to no detailed offence: the change may be theirs."
Validity = tuple[datetime.date | None, datetime.date | None]


class CodeValidity:
    """First and last day of the offence code that a series counts; a series without one always exists."""

    def __init__(self, days: Mapping[str, Validity], codes: Mapping[str, str] | None = None) -> None:
        """days: code -> first and last day; codes: series -> code, where series and code are not one name."""
        self._days, self._codes = days, codes or {}

    @classmethod
    def of_tables(cls, offences: pd.DataFrame, series: pd.DataFrame) -> "CodeValidity":
        """From `reference.offence` and `reference.series`."""
        days = {row["offence_code"]: (row["valid_from"], row["valid_to"]) for row in records(offences)}
        return cls(days, {row["series"]: row["offence_code"] for row in records(series) if row["offence_code"]})

    def existed(self, name: str, period: ComparedPeriod) -> bool:
        """Was the code of a series, or the code itself, in use on some day of a period?"""
        first, last = self._days.get(self._codes.get(name, name), (None, None))
        return (first is None or first <= period.end) and (last is None or last >= period.start)

    def unused(self, names: Iterable[str], period: ComparedPeriod) -> list[str]:
        """What is to be said of those that did not exist in a period."""
        return [self._said(self._codes.get(name, name), period) for name in names if not self.existed(name, period)]

    def _said(self, code: str, period: ComparedPeriod) -> str:
        first, last = self._days[code]
        if first is not None and first > period.end:
            return f"{code} was not in use before {first:%B %Y}"
        return f"{code} was not in use after {last:%B %Y}"


ALWAYS = CodeValidity({})
