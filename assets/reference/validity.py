"""Validity periods and intervals: never reversed; periods never two at once for one thing."""

import datetime
from collections.abc import Iterator, Sequence

import pandas as pd

from assets.tables.records import records
from assets.words.problems import Problem
from schemas.rows import AnyRow

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
