"""Do the recorded counts agree with themselves and with their published totals?"""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from assets.recorded.parts_of_year import PARTS, PartsOfYear
from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES

CLASS_TABLE = "prc.a5a."
CLASS_TABLES = (CLASS_TABLE, "prc.a5b.")
FLAG_WHOLES = {"prc.b9.": "prc.b9.all_offences", "prc.c5.": "prc.c5.total"}


def classes_add_up(counts: pd.DataFrame, codes: pd.DataFrame) -> Outcome:
    """The classes of a subgroup, and the subgroups of sexual offences, add up to it exactly in each release, area and period.

    Only sets that are held completely are added; counts are whole numbers, so there is no tolerance.
    """
    known = records(codes)
    cells = _cells([row for row in records(counts) if row["series"].startswith(CLASS_TABLES)])
    checked, cases = 0, list[dict[str, object]]()
    for (place, period), by_code in cells.items():
        for whole in [row for row in known if row["level"] in ("subgroup", "group") and row["offence_code"] in by_code]:
            parts, needed = _parts(whole, known, period, by_code)
            if not parts or not needed <= set(by_code):
                continue
            checked += 1
            total = sum(by_code[part] for part in parts)
            if total != by_code[whole["offence_code"]]:
                cases.append(_case(place, period, whole["offence_code"], by_code[whole["offence_code"]], total))
    return outcome(
        "classes_add_up", ["recorded.offence_count"], checked, cases, "classes add up to their subgroups and groups"
    )


def flagged_groups_add_up(flagged: pd.DataFrame) -> Outcome:
    """The offence groups of the flagged counts add up to all flagged offences in each release, area and period."""
    checked, cases = 0, list[dict[str, object]]()
    rows = records(flagged)
    for stem, whole in FLAG_WHOLES.items():
        cells: dict[tuple[str, Any], dict[str, float]] = {}
        for row in rows:
            if row["series"].startswith(stem) and row["value"] is not None:
                cells.setdefault((_place(row), _period(row)), {})[row["series"]] = row["value"]
        groups = {row["series"] for row in rows if row["series"].startswith(stem) and row["series"] != whole}
        for (place, period), by_series in cells.items():
            if groups and whole in by_series and groups <= set(by_series):
                checked += 1
                total = sum(by_series[group] for group in groups)
                if total != by_series[whole]:
                    cases.append(_case(place, period, whole, by_series[whole], total))
    return outcome(
        "flagged_groups_add_up",
        ["recorded.flagged_count"],
        checked,
        cases,
        "flagged groups add up to all flagged offences",
    )


def published_totals(
    counts: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, published: pd.DataFrame
) -> Outcome:
    """Well-known published values of England and Wales (reference.published_total) stand in the release that printed them."""
    held = {
        (row["series"], _period(row), row["source"], row["release"]): row["value"]
        for table in (counts, flagged, vawg)
        for row in records(table)
        if row["area_code"] == ENGLAND_AND_WALES
    }
    cases = list[dict[str, object]]()
    wanted = records(published)
    for row in wanted:
        value = held.get((row["series"], _period(row), row["source"], row["release"]))
        if value != row["value"]:
            cases.append(_case(f"{row['source']}@{row['release']}", _period(row), row["series"], row["value"], value))
    tables = ["recorded.offence_count", "recorded.flagged_count", "recorded.vawg_count"]
    return outcome("published_totals", tables, len(wanted), cases, "published values are reproduced")


def years_are_covered(counts: pd.DataFrame, codes: pd.DataFrame) -> Outcome:
    """Every class has a figure for every year ending March in which it was in use, between its first and its last held."""
    known = {row["offence_code"]: row for row in records(codes)}
    held: dict[str, set[int]] = {}
    for row in records(counts):
        national = row["area_code"] == ENGLAND_AND_WALES
        of_march = (
            national and row["period_type"] == "year" and (row["period_end"].month, row["period_end"].day) == (3, 31)
        )
        if row["series"].startswith(CLASS_TABLE) and row["value"] is not None and of_march:
            held.setdefault(row["offence_code"], set()).add(row["period_end"].year)
    checked, cases = 0, list[dict[str, object]]()
    for code, years in sorted(held.items()):
        for year in range(min(years), max(years) + 1):
            if not _in_use(known[code], datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)):
                continue
            checked += 1
            if year not in years:
                cases.append({"offence_code": code, "year_ending": f"March {year}", "found": "no figure"})
    return outcome("years_are_covered", ["recorded.offence_count"], checked, cases, "no year is left out of a series")


def parts_of_a_year_add_up(counts: pd.DataFrame, flagged: pd.DataFrame) -> Outcome:
    """Twelve months, or four quarters, add up exactly to the year that the same release prints for the same area.

    A warning: what the publisher prints stands as it is, and a comparison names which of the two it took.
    """
    rows = [row for table in (counts, flagged) for row in records(table)]
    years = {
        (_place(row), row["series"], row["period_start"], row["period_end"]): row["value"]
        for row in rows
        if row["period_type"] == "year" and row["value"] is not None
    }
    by_place: dict[str, list[Record]] = {}
    for row in rows:
        if row["period_type"] in PARTS:
            by_place.setdefault(_place(row), []).append(row)
    checked, cases = 0, list[dict[str, object]]()
    for place, parts in by_place.items():
        held = PartsOfYear(parts)
        for (where, series, start, end), value in years.items():
            if where != place or (found := held.total(series, (start, end))) is None:
                continue
            checked += 1
            if found.value != value:
                cases.append(_case(place, (start, end), series, value, found.value))
    return outcome(
        "parts_of_a_year_add_up",
        ["recorded.offence_count"],
        checked,
        cases,
        "months and quarters add up to their years",
        warning=True,
    )


def _cells(rows: list[Record]) -> dict[tuple[str, Any], dict[str, float]]:
    cells: dict[tuple[str, Any], dict[str, float]] = {}
    for row in rows:
        if row["value"] is not None:
            stem = row["series"].removesuffix(row["offence_code"])
            cells.setdefault((f"{_place(row)}, {stem}", _period(row)), {})[row["offence_code"]] = row["value"]
    return cells


def _parts(
    whole: Record, known: list[Record], period: tuple[datetime.date, datetime.date], held: Mapping[str, float]
) -> tuple[list[str], set[str]]:
    """Codes whose sum is a whole, and those of them that must be held: the classes of a subgroup, or the subgroups of
    sexual offences. A legacy class still has late counts after its last day, so it is added wherever it is printed."""
    level = "class" if whole["level"] == "subgroup" else "subgroup"
    column = "subgroup" if whole["level"] == "subgroup" else "group"
    if whole["level"] == "group" and whole["offence_code"] != "sexual_offences":
        return [], set()
    members = [row for row in known if row["level"] == level and row[column] == whole["offence_code"]]
    parts = [row["offence_code"] for row in members if row["offence_code"] in held]
    return parts, {row["offence_code"] for row in members if _in_use(row, *period)}


def _in_use(code: Record, start: datetime.date, end: datetime.date) -> bool:
    first, last = code["valid_from"] or datetime.date.min, code["valid_to"] or datetime.date.max
    return bool(first <= start and end <= last)


def _place(row: Record) -> str:
    """The release and the area of a figure: only figures of one of each are added."""
    return f"{row['source']}@{row['release']}, {row['area_code']}"


def _period(row: Record) -> tuple[datetime.date, datetime.date]:
    return row["period_start"], row["period_end"]


def _case(
    release: str, period: tuple[datetime.date, datetime.date], what: str, expected: float, found: object
) -> dict[str, object]:
    return {
        "release": release,
        "period": f"{period[0]} to {period[1]}",
        "what": what,
        "expected": expected,
        "found": found,
    }


CHECKS = [
    Check(
        classes_add_up,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "codes": "reference.offence"},
        "The classes of a subgroup add up to it, exactly, in each release and period that holds them all.",
    ),
    Check(
        years_are_covered,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "codes": "reference.offence"},
        "No year ending March is left out of a class's series while it is in use.",
        of_now=True,  # on a day of the past some years had been released in part
    ),
    Check(
        flagged_groups_add_up,
        "recorded.flagged_count",
        {"flagged": "recorded.flagged_count"},
        "The offence groups of flagged offences add up to all of them.",
    ),
    Check(
        parts_of_a_year_add_up,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "flagged": "recorded.flagged_count"},
        "Months and quarters add up to the year that the same release prints, exactly.",
    ),
    Check(
        published_totals,
        "recorded.vawg_count",
        {
            "counts": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "published": "reference.published_total",
        },
        "Well-known published values stand in the tables as printed.",
    ),
]
