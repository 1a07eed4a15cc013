"""When a landed release came out: as it prints, as tracked, as its download said; else the earliest day that it can have been.

A guessed day never outranks a known one unless it must: a release that cannot be dated is ordered as if it had come out as soon
as its period allows. What was used is said with the release, and a finding asks for the day.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from assets.archive.gate.sidecar import Sidecar
from assets.archive.reading.periods import SOONEST
from assets.archive.reading.result import Finding, finding
from schemas.row_types import ReleaseRow

ASK = "Add its day of release, with where that is said, to data/reference/release.csv or data/layouts/known_files.csv."


@dataclass(frozen=True)
class Dated:
    """The row of `meta.release`, dated, and what is to be asked."""

    row: ReleaseRow
    findings: list[Finding]


def dated(
    row: ReleaseRow, sidecar: Sidecar | None, place: str, tracked: bool, known: Mapping[str, str] | None = None
) -> Dated:
    """The day of a release whose file does not print it.

    tracked: is its order, by release; known: what data/layouts/known_files.csv says of the file, with a day or an order
    """
    if row["released"] is not None or tracked:
        return Dated(row, [])
    if known is not None:
        released = _day(known["released"])
        if order := known["vintage_order"] or (released and f"{released:%Y%m%d}"):
            return Dated({**row, "released": released, "vintage_order": int(order)}, [])
    if sidecar is not None and (day := _day(sidecar.released)):
        return Dated(
            {**_with(row, day, "day of release as the publisher's page said when it was fetched"), "released": day}, []
        )
    if sidecar is not None and (day := _header(sidecar.last_modified)):
        return Dated(_with(row, day, f"ordered by the day the file was last changed at the publisher's, {day}"), [])
    end = row["period_end"]
    if end is None:
        return Dated(row, [_asked(row, place, "its period is not known either")])
    earliest = end + SOONEST
    return Dated(
        _with(row, earliest, "day of release not known; ordered by the earliest that it can be"),
        [_asked(row, place, f"it is ordered as of {earliest}, the earliest it can be")],
    )


def _with(row: ReleaseRow, day: datetime.date, note: str) -> ReleaseRow:
    return {**row, "vintage_order": int(f"{day:%Y%m%d}"), "note": "; ".join(filter(None, [row["note"], note]))}


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _header(text: str | None) -> datetime.date | None:
    """The day of a Last-Modified header."""
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (TypeError, ValueError):
        return None


def _asked(row: ReleaseRow, place: str, how: str) -> Finding:
    return finding(
        "release_day_not_known", "warning", f"{row['source']}@{row['release']}, {place}",
        f"Neither the file, nor its download, nor a tracked row says when it came out; {how}.", ASK,
    )  # fmt: skip
