"""Facts and reference rows in the forms that reconciling needs: periods, pairings, assumptions."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from fnmatch import fnmatch
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.assumed import Assumed
from assets.reconciled.ground.comparison import ComparedPeriod, Fieldwork, Pairing
from assets.tables.records import Record, records
from assets.words.problems import BadInput, Problem
from schemas.registry import contract
from schemas.row_types import FactRow


def period_of(row: FactRow) -> ComparedPeriod:
    """The period of a fact."""
    return ComparedPeriod(row["period_start"], row["period_end"], row["period_type"])


def release_of(row: FactRow) -> str:
    """`source@release` of a fact."""
    return f"{row['source']}@{row['release']}"


# Fields of a pairing that are called otherwise than their column.
CALLED = {"key": "pairing", **{name: f"estimate_{name}" for name in ("topic", "measures", "source", "unit")}}
PARTED = contract("reference.pairing").lists


def pairings(frame: pd.DataFrame) -> list[Pairing]:
    """The rows of reference.pairing."""

    def field(row: Record, name: str) -> Any:
        column = CALLED.get(name, name)
        value = row[column]  # type: ignore[literal-required]
        return _split(value, PARTED[column]) if column in PARTED else value

    return [
        Pairing(**{described.name: field(row, described.name) for described in fields(Pairing)})
        for row in records(frame)
    ]


ASSUMPTION_FILE = "data/reference/assumption.csv"


class Assumptions:
    """The tracked assumptions by key, as intervals with their row ids."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows = {row["assumption"]: row for row in records(frame)}

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def interval(self, key: str) -> Interval:
        """The interval of an assumption; BadInput where it is not tracked."""
        row = self._row(key)
        return Interval.closed(row["lower"], row["upper"])

    def central(self, key: str) -> float:
        """The value that a likely interval takes: the tracked one, else the middle of the interval."""
        central = self._row(key)["central"]
        return float(self.interval(key).midpoint) if central is None else float(central)

    def assumed(self, key: str, scale: float = 1.0) -> Assumed:
        """An assumption with its interval and its central value, both times a factor (0.01 for a percentage)."""
        return Assumed(key, self.interval(key) * scale, self.central(key) * scale, self.row_id(key))

    def row_id(self, key: str) -> str:
        """The row id of an assumption."""
        return str(self._row(key)["row_id"])

    def closest(self, stem: str, series: tuple[str, ...]) -> str:
        """The most specific assumption of a stem that applies to all of some series: `stem` or `stem.part`."""
        fitting = [
            key
            for key, row in self._rows.items()
            if (key == stem or key.startswith(f"{stem}."))
            and all(any(fnmatch(applying, p.strip()) for p in row["applies_to"].split(";")) for applying in series)
        ]
        return max(fitting, key=len, default=stem)

    def _row(self, key: str) -> Record:
        if key not in self._rows:
            near = get_close_matches(key, self._rows, n=3, cutoff=0.4)
            expected = f"a row of this key; the nearest are {', '.join(near)}" if near else "a row of this key"
            problem = Problem(
                ASSUMPTION_FILE, "assumption", f"no {key!r}", expected, "Restore the row from the repository."
            )
            raise BadInput("An assumption that a method needs is not tracked", [problem])
        return self._rows[key]


def _split(text: str | None, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark)) if text else ()


# Which interviews an estimate rests on: a full year unless reference.fieldwork says otherwise.
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


# Which offence codes existed when: a sum over codes takes those of its period, and one that did not exist is not missing.

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
