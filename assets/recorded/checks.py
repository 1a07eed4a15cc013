"""Do the recorded counts hold every year, and the published totals? What they say of each other: `assets.relations`."""

import datetime

import pandas as pd

from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES

CLASS_TABLE = "prc.a5a."


def published_totals(
    counts: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, published: pd.DataFrame
) -> Outcome:
    """Well-known published values of England and Wales (reference.published_total) stand in the release that printed them.

    One that a landed file gives otherwise is doubted (archive.doubt) and used nowhere: it is told there and stops nothing.
    """
    held = {
        (row["series"], _period(row), row["source"], row["release"]): row
        for table in (counts, flagged, vawg)
        for row in records(table)
        if row["area_code"] == ENGLAND_AND_WALES
    }
    cases = list[dict[str, object]]()
    wanted = records(published)
    for row in wanted:
        found = held.get((row["series"], _period(row), row["source"], row["release"]))
        value = found["value"] if found else None
        if value != row["value"] and not (found and found["doubt"]):
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
    return outcome(
        "years_are_covered", ["recorded.offence_count"], checked, cases, "no year is left out of a series", warning=True
    )  # fmt: skip


def _in_use(code: Record, start: datetime.date, end: datetime.date) -> bool:
    first, last = code["valid_from"] or datetime.date.min, code["valid_to"] or datetime.date.max
    return bool(first <= start and end <= last)


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
        years_are_covered,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "codes": "reference.offence"},
        "No year ending March is left out of a class's series while it is in use.",
        of_now=True,  # on a day of the past some years had been released in part
        warns=True,
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
