"""Yearly recorded counts of regions and police forces: as printed for twelve months, or the sum of four quarters."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from assets.reconciled.ground.comparison import Period
from assets.reconciled.ground.reference_rows import period_of, release_of
from assets.reconciled.ground.vintage import left_out, newest_of
from assets.tables.records import Record, records
from schemas.codes import FORCE_TYPES
from schemas.row_types import ForceCountRow

# Where a yearly count stands, the first that is held wins: the ONS tables by force, the force totals of the ONS tables by
# Community Safety Partnership, the twelve months printed in the Home Office open data, the sum of its quarters.
PFA, CSP, HO_YEAR, HO_QUARTERS = ORIGINS = ("prc.pfa", "prc.csp", "prc.ho_pfa", "prc.ho_pfa quarters")
AREA_TYPES = ("country", "region", *FORCE_TYPES)
ALL_CRIME = "all_crime_excluding_fraud"
QUARTERS = 4
READ = [
    "row_id", "series", "scope", "offence_code", "offence", "level", "sex", "age", "area_code", "period_start",
    "period_end", "period_type", "value", "unit", "obs_status", "designation", "notes", "leaves_out", "doubt",
    "source", "release",
]  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """One recorded count: of what, where and when, None where it is not held, and where it stands.

    origin:   one of `ORIGINS`; empty for the counts of England and Wales
    quarters: how many of the four are held where quarters were added, None for what is printed
    leaves_out: codes of the forces that the count leaves out
    """

    origin: str
    scope: str
    code: str
    offence: str
    level: str
    series: tuple[str, ...]
    sex: str
    age: str
    area_code: str
    period: Period
    value: float | None
    unit: str
    obs_status: str
    quarters: int | None
    releases: tuple[str, ...]
    inputs: tuple[str, ...]
    notes: tuple[str, ...]
    leaves_out: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Record, origin: str = "") -> Self:
        """A count as printed."""
        code, offence, level = (str(row.get(name) or "") for name in ("offence_code", "offence", "level"))
        return cls(
            origin, row["scope"], code, offence, level, (row["series"],), row["sex"], row["age"], row["area_code"],
            period_of(row), row["value"], row["unit"], row["obs_status"], None, (release_of(row),), (row["row_id"],),
            (row["notes"].rstrip("."),) if row["notes"] else (), left_out(row),
        )  # fmt: skip


def force_years(
    forces: pd.DataFrame, releases: pd.DataFrame, areas: pd.DataFrame, wanted: Iterable[str]
) -> list[Tally]:
    """Yearly counts of the wanted codes (and of all crime) in countries, regions, forces and the transport police.

    forces: `recorded.force_count`; releases: `meta.release`; areas: `reference.area`. The newest vintage of each count.
    The frame is cut down before any row is looked at, since most of it is of other offences and smaller areas.
    """
    here = areas.loc[areas["area_type"].isin(AREA_TYPES), "area_code"]
    of_force = forces["area_code"].isin(here) & forces["offence_code"].isin({*wanted, ALL_CRIME})
    few = newest_of(forces.loc[of_force, READ], releases, "recorded.force_count")
    years = [Tally.of(row, row["series"].rsplit(".", 1)[0]) for row in records(few[few["period_type"] == "year"])]
    return years + list(_sums(records(few[few["period_type"] == "quarter"])))


def preferred(years: Iterable[Tally]) -> dict[tuple[str, datetime.date, datetime.date], str]:
    """Where each code of each window is taken from: one place for all areas, the first of `ORIGINS` that holds it."""
    chosen: dict[tuple[str, datetime.date, datetime.date], str] = {}
    for year in sorted(years, key=lambda year: ORIGINS.index(year.origin)):
        chosen.setdefault((year.code, year.period.start, year.period.end), year.origin)
    return chosen


def _sums(rows: Sequence[ForceCountRow]) -> Iterator[Tally]:
    """Years of four quarters. A year with fewer quarters for a force has no count there: missing is not nought."""
    held: dict[tuple[str, str], dict[datetime.date, ForceCountRow]] = {}
    kinds: dict[str, ForceCountRow] = {}
    for row in rows:
        held.setdefault((row["offence_code"], row["area_code"]), {})[row["period_start"]] = row
        kinds[row["offence_code"]] = row
    areas = sorted({area for _, area in held})
    for period, starts in _windows(rows):
        for code, kind in sorted(kinds.items()):
            by_area = {area: [held.get((code, area), {}).get(start) for start in starts] for area in areas}
            if any(_complete(quarters) for quarters in by_area.values()):
                for area, quarters in by_area.items():
                    yield _sum(kind, area, period, quarters)


def _windows(rows: Sequence[ForceCountRow]) -> Iterator[tuple[Period, list[datetime.date]]]:
    """Years ending March, and the twelve months to the newest quarter, of which all four quarters are held."""
    ends = {row["period_start"]: row["period_end"] for row in rows}
    newest_start = max(ends, default=None)
    for start, end in sorted(ends.items()):
        if end.month == 3 or start == newest_start:
            last = pd.Timestamp(start)
            starts = [(last - pd.DateOffset(months=3 * back)).date() for back in (3, 2, 1, 0)]
            if all(quarter in ends for quarter in starts):
                yield Period(starts[0], end, "year"), starts


def _complete(quarters: list[ForceCountRow | None]) -> bool:
    return all(quarter is not None and quarter["value"] is not None for quarter in quarters)


def _sum(kind: ForceCountRow, area: str, period: Period, quarters: list[ForceCountRow | None]) -> Tally:
    there = [quarter for quarter in quarters if quarter is not None and quarter["value"] is not None]
    notes = list(dict.fromkeys(quarter["notes"].rstrip(".") for quarter in there if quarter["notes"]))
    value: float | None = float(sum(quarter["value"] for quarter in there))
    if len(there) < QUARTERS:
        value = None
        notes.append(f"{len(there)} of the {QUARTERS} quarters are held, so the year has no count here")
    elif value is not None and value < 0:
        notes.append(f"the quarters add up to {value:g}: corrections of earlier years outnumber the year's offences")
        value = None
    return Tally(
        HO_QUARTERS, kind["scope"], kind["offence_code"], kind["offence"], kind["level"], (kind["series"],), kind["sex"],
        kind["age"], area, period, value, kind["unit"], "missing" if value is None else "normal", len(there),
        tuple(dict.fromkeys(map(release_of, there))) or ("none",), tuple(quarter["row_id"] for quarter in there),
        tuple(notes), tuple(sorted({code for quarter in there for code in left_out(quarter)})),
    )  # fmt: skip
