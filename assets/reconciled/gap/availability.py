"""Why a figure is missing: not asked or counted then, not published, published but not held, or no code or flag existed."""

import datetime
from dataclasses import dataclass
from fnmatch import fnmatch

import pandas as pd

from assets.reconciled.ground.comparison import ALL_AREAS, ComparedPeriod, Missing
from assets.tables.records import records
from schemas.codes import AVAILABILITY
from schemas.row_types import AvailabilityRow

ESTIMATE, COUNT, FEMALE_SHARE = "estimate", "count", "female_share"
# States in which a figure could stand: the question was asked or the thing was counted.
EXISTED = ("not_published", "not_held")
NATIONAL, REGIONAL = "national", "regional"
ALWAYS = datetime.date.min, datetime.date.max


@dataclass(frozen=True)
class _Entry:
    row: AvailabilityRow

    @property
    def first(self) -> datetime.date:
        return self.row["first_day"] or ALWAYS[0]

    @property
    def last(self) -> datetime.date:
        return self.row["last_day"] or ALWAYS[1]


class Availability:
    """The rows of `reference.availability`: of several that hold for a period, the one for the shortest time speaks."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._entries = sorted(map(_Entry, records(frame)), key=lambda entry: entry.last - entry.first)

    def of(self, pairing: str, side: str, period: ComparedPeriod, area: str = ALL_AREAS) -> Missing | None:
        """What is known of a side that lacks a figure; None where nothing is written of it."""
        areas = NATIONAL if area == ALL_AREAS else REGIONAL
        for entry in self._entries:
            row = entry.row
            if (row["side"], row["areas"]) != (
                side,
                areas,
            ) or not entry.first <= period.start <= period.end <= entry.last:
                continue
            if any(fnmatch(pairing, pattern) for pattern in row["pairings"].split(";")):
                return Missing(row["state"], row["says"], row["publication"], row["row_id"])
        return None

    def existed(self, pairing: str, side: str, period: ComparedPeriod) -> bool:
        """Was the question asked, or the thing counted, in a period of which no figure is held?"""
        known = self.of(pairing, side, period)
        return known is not None and known.state in EXISTED


def in_words(side: str, known: Missing | None) -> str:
    """`No count, not asked or counted then: ...`, without a full stop."""
    if known is None:
        return f"no {side}, and whether one is published is not known"
    return f"no {side}, {AVAILABILITY[known.state]}: {known.says.rstrip('.')}"
