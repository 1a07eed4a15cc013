"""What cannot be true of a published figure, whatever it is about."""

import calendar
import datetime
import functools
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from assets.archive.plausible.parts import part_problems
from assets.archive.reading.values import impossible, text_number
from assets.methods.rounding import OtherValue, printed_interval
from assets.tables.records import records
from assets.words.problems import Problem
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import FigureRow

MONTHS = {"survey_year": 12, "year": 12, "half_year": 6, "quarter": 3, "month": 1}
DISJOINT = ("quarter", "month", "half_year")
SHARES = ("share", "prevalence", "told_police", "told_anyone", "reported_incidents", "charge_rate", "conviction_rate")
WHOLE_OF = {"percent": 100, "proportion": 1}
FROM_SOURCE = "Correct it from the source."
# As many rows as there are figures: only what is looked at is made a Python object.
LOOKED_AT = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end",
    "period_type", "value", "lower", "upper", "standard_error", "base", "unit", "obs_status", "printed", "source", "release",
)  # fmt: skip


def figure_problems(
    figures: pd.DataFrame,
    places: Sequence[str],
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
) -> list[Problem]:
    """Every problem of every figure, alone and beside its parts, with its place."""
    rows = records(figures[list(LOOKED_AT)])
    known = _by_key(series)
    return [*_problems(rows, places, known, areas, releases), *part_problems(rows, places, known, offences)]


def line_problems(
    lines: pd.DataFrame, places: Sequence[str], series: pd.DataFrame, areas: pd.DataFrame, releases: pd.DataFrame
) -> list[Problem]:
    """Every problem of figures that have not all the columns of `archive.figure`, with its place."""
    rows = records(lines.reindex(columns=list(LOOKED_AT)))
    return list(_problems(rows, places, _by_key(series), areas, releases))


def _by_key(series: pd.DataFrame) -> dict[Any, Any]:
    return {row["series"]: row for row in records(series)}


def _problems(
    rows: Sequence[FigureRow],
    places: Sequence[str],
    series: dict[Any, Any],
    areas: pd.DataFrame,
    releases: pd.DataFrame,
) -> Iterator[Problem]:
    area_codes = set(areas["area_code"])
    release_keys = set(zip(releases["source"], releases["release"], strict=True))
    for place, row in zip(places, rows, strict=True):
        yield from _unknown(place, row, series, area_codes, release_keys)
        yield from _marker(place, row)
        yield from _period(place, row)
        yield from _limits(place, row)
        yield from _possible(place, row)
        yield from _as_printed(place, row)
        yield from _share(place, row, series)
    yield from _overlaps(rows, places)


def _unknown(
    place: str, row: FigureRow, series: dict[Any, Any], areas: set[str], releases: set[tuple[str, str]]
) -> Iterator[Problem]:
    if row["series"] not in series:
        yield Problem(
            place, "series", repr(row["series"]), "a key of data/reference/series.csv", "Add the series first."
        )
    if row["area_code"] not in areas:
        yield Problem(place, "area_code", repr(row["area_code"]), "a key of data/reference/area.csv", FROM_SOURCE)
    if (row["source"], row["release"]) not in releases:
        named = f"{row['source']}@{row['release']}"
        yield Problem(place, "release", named, "a release of data/reference/release.csv", "Add the release first.")


def _marker(place: str, row: FigureRow) -> Iterator[Problem]:
    if row["value"] is not None and row["obs_status"] != "normal":
        yield Problem(
            place, "value", f"{row['value']:g} beside {row['obs_status']}", "no value where a marker stands",
            "A marker is never a number: empty the value, or set obs_status to normal if the source prints it.",
        )  # fmt: skip
    if row["value"] is None and row["obs_status"] == "normal":
        yield Problem(place, "value", "nothing", "a value, since obs_status is normal", "Give the value or the marker.")


def _period(place: str, row: FigureRow) -> Iterator[Problem]:
    start, end, kind = row["period_start"], row["period_end"], row["period_type"]
    if start > end:
        yield Problem(place, "period_start", f"{start} after {end}", "a start before its end", FROM_SOURCE)
    elif kind in MONTHS and not _spans(start, end, MONTHS[kind]):
        yield Problem(
            place, "period_end", f"{start} to {end}", f"{MONTHS[kind]} whole months for a {kind}", FROM_SOURCE
        )


@functools.cache
def _spans(start: datetime.date, end: datetime.date, months: int) -> bool:
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    return whole and (end.year - start.year) * 12 + end.month - start.month + 1 == months


def _limits(place: str, row: FigureRow) -> Iterator[Problem]:
    value, lower, upper = row["value"], row["lower"], row["upper"]
    if (lower is None) != (upper is None):
        yield Problem(place, "lower" if lower is None else "upper", "one limit", "both limits or none", FROM_SOURCE)
    elif None not in (value, lower, upper) and not lower <= value <= upper:
        yield Problem(
            place, "value", f"{value:g} outside [{lower:g}, {upper:g}]", "a value between its limits", FROM_SOURCE
        )
    for name, number in (("standard_error", row["standard_error"]), ("base", row["base"])):
        if number is not None and number < 0:
            yield Problem(place, name, f"{number:g}", "nought or more", FROM_SOURCE)


def _possible(place: str, row: FigureRow) -> Iterator[Problem]:
    if row["value"] is not None and (expected := impossible(row["value"], row["unit"], row["printed"])):
        yield Problem(place, "value", f"{row['value']:g} (printed {row['printed']!r})", expected, FROM_SOURCE)


def _as_printed(place: str, row: FigureRow) -> Iterator[Problem]:
    """A value is what is printed, or rounds to it."""
    value, printed = row["value"], row["printed"]
    if value is None or not printed or text_number(printed) == value:
        return
    try:
        printed_interval(printed, value, row["unit"])
    except OtherValue:
        yield Problem(place, "value", f"{value:,.12g} (printed {printed!r})", "the number that is printed", FROM_SOURCE)
    except ValueError:
        return  # words that say no number


def _share(place: str, row: FigureRow, series: dict[Any, Any]) -> Iterator[Problem]:
    measure = series.get(row["series"], {}).get("measure")
    whole = WHOLE_OF.get(row["unit"])
    if whole and measure in SHARES and row["value"] is not None and not 0 <= row["value"] <= whole:
        yield Problem(place, "value", f"{100 * row['value'] / whole:g}%", "a share between 0 and 100%", FROM_SOURCE)
    if (
        row["unit"] not in ("percent", "percentage_points")
        # A part of a force may: it corrects offences counted in the years before.
        and row["area_code"] == ENGLAND_AND_WALES
        and row["value"] is not None
        and row["value"] < 0
        and row["period_type"] in ("year", "survey_year")
    ):
        yield Problem(place, "value", f"{row['value']:g}", "no negative count for a year", FROM_SOURCE)


def _overlaps(rows: Sequence[FigureRow], places: Sequence[str]) -> Iterator[Problem]:
    """Two windows of one figure in one release that overlap: unequal ends for quarters, unequal starts for all."""
    seen: dict[tuple[Any, ...], list[tuple[datetime.date, datetime.date, str]]] = {}
    names = (
        "series",
        "sex",
        "age",
        "characteristic",
        "characteristic_value",
        "area_code",
        "source",
        "release",
        "period_type",
    )
    for place, row in zip(places, rows, strict=True):
        start, end = row["period_start"], row["period_end"]
        windows = seen.setdefault(itemgetter(*names)(row), [])
        for other_start, other_end, other in windows:
            same_end = end == other_end and start != other_start
            crossing = row["period_type"] in DISJOINT and start <= other_end and other_start <= end
            if same_end or (crossing and (start, end) != (other_start, other_end)):
                yield Problem(
                    place,
                    "period_start",
                    f"{start} to {end}",
                    f"a window that does not overlap that of {other}",
                    FROM_SOURCE,
                )
        windows.append((start, end, place))
