"""Read the reference tables of data/reference/."""

import csv
import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from assets.tables.conform import conform
from assets.tables.csv_table import read_csv
from assets.tables.failures import refuse_failures
from assets.tables.records import records
from assets.words.problems import Problem
from schemas.registry import contract
from schemas.rows import AnyRow
from schemas.table import OR, Contract

VALIDITY = {
    "reference.availability": (("availability",), "first_day", "last_day"),
    "reference.comparability_break": (("break_id",), "date", "last_day"),
    "reference.offence_threat": (("offence_code", "threat", "grouping"), "valid_from", "valid_to"),
    "reference.fieldwork": (("topic_pattern",), "period_start", "period_end"),
}


def read_reference(data: Path, key: str) -> pd.DataFrame:
    """One reference table, validated; BadInput with file and line of everything wrong in it."""
    table = contract(key)
    name = f"data/{reference_file(key)}"
    rows, lines = read_csv(data / reference_file(key), table.model, name, may_be_empty=table.may_be_empty)
    frame = conform(rows, table)
    places = [f"{name}, line {line}" for line in lines]
    problems = [*overlap_problems(frame, places, *VALIDITY[key])] if key in VALIDITY else []
    if {"lower", "upper"} <= set(frame.columns):
        problems += reversed_problems(frame, places)
    problems += unknown_problems(data, frame, table, places)
    refuse_failures(frame, table, places, problems, name)
    return frame


# Validity periods and intervals: never reversed; periods never two at once for one thing.
ALWAYS_START, ALWAYS_END = datetime.date.min, datetime.date.max


def reversed_problems(frame: pd.DataFrame, places: Sequence[str]) -> list[Problem]:
    """Rows of a table with `lower` and `upper` whose lower end lies above the upper one."""
    return [
        Problem(
            place, "lower", f"{lower:g} above {upper:g}", "a lower end below the upper one", "Swap or correct them."
        )
        for place, lower, upper in zip(places, frame["lower"], frame["upper"], strict=True)
        if pd.notna(lower) and pd.notna(upper) and lower > upper
    ]


def overlap_problems(
    frame: pd.DataFrame, places: Sequence[str], by: Sequence[str], start: str, end: str
) -> Iterator[Problem]:
    """Rows whose period is reversed, or overlaps that of another row with the same `by` columns.

    An empty start or end is open.
    """
    last: dict[tuple[object, ...], tuple[datetime.date, str]] = {}
    keyed = []
    rows: Sequence[AnyRow] = records(frame)
    for place, row in zip(places, rows, strict=True):
        first, until = row[start] or ALWAYS_START, row[end] or ALWAYS_END
        if first > until:
            yield Problem(place, start, f"{first} after {until}", "a start before its end", "Swap or correct them.")
        keyed.append((tuple(row[name] for name in by), first, until, place))
    for group, first, until, place in sorted(keyed, key=lambda item: (str(item[0]), item[1])):
        if group in last and first <= last[group][0]:
            expected = f"one that starts after that of {last[group][1]} ends"
            yield Problem(place, start, f"a period from {first}", expected, "Close the earlier one.")
        if group not in last or until > last[group][0]:
            last[group] = (until, place)


# Codes that lead from one reference table to another: known there, or refused with their line before anything is made.
REMEDY = "Correct it, or add what is new there first."
NO_FILE = "reference.publication"  # made of sources.yaml


def reference_file(key: str) -> str:
    """Path below the data folder of the file of one reference table."""
    return f"reference/{contract(key).name}.csv"


def tied_files(key: str) -> list[str]:
    """The file of a reference table, and those that its codes lead to."""
    others = {other for ends in contract(key).ties.values() for other, _ in ends} - {NO_FILE}
    return [reference_file(reference) for reference in dict.fromkeys((key, *sorted(others)))]


def unknown_problems(data: Path, frame: pd.DataFrame, table: Contract, places: Sequence[str]) -> Iterator[Problem]:
    """Codes that stand in none of the files that they lead to; what leads elsewhere the audit before publishing looks at."""
    for column, ends in table.ties.items():
        files = [(data / reference_file(key), name) for key, name in ends]
        values = [_values(file, name, file.stat().st_mtime_ns) if file.is_file() else None for file, name in files]
        if None in values:
            continue
        known = frozenset[str]().union(*filter(None, values))
        expected = OR.join(f"a value of {name} in data/reference/{file.name}" for file, name in files)
        for place, value in zip(places, frame[column], strict=True):
            codes = [] if pd.isna(value) else value.split(table.lists[column]) if column in table.lists else [value]
            yield from (Problem(place, column, repr(code), expected, REMEDY) for code in codes if code not in known)


@lru_cache(maxsize=64)
def _values(file: Path, column: str, _: int) -> frozenset[str] | None:
    """What stands in a column of a file as it is now; None where it has no such column, which its own reading refuses."""
    with file.open(encoding="utf-8", errors="replace", newline="") as text:
        rows = csv.DictReader(text)
        return frozenset(row[column] or "" for row in rows) if column in (rows.fieldnames or ()) else None
