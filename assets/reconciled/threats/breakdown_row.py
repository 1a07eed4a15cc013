"""One row of the breakdown, whatever area it is of: what stands beside a count, its shares, and its change."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from assets.reconciled.ground.breaks import break_of, breaks_inside
from assets.reconciled.ground.comparison import year_before
from assets.reconciled.ground.force_years import Tally
from assets.reconciled.threats.breakdown_items import Item
from assets.words.wording import source_says
from schemas.row_types import ThreatBreakdownRow
from schemas.rows import Record

# The policing collection was published for two years only; its own baseline is 2018/19.
BASELINE = {"policing_vawg": datetime.date(2019, 3, 31)}
NO_CLAIM = "The change is arithmetic only: breaks lie inside the window, so it says nothing about crime"
CANDIDATE = "The set is a candidate of this project: the policing definition of the threat is not published."
SUB_CODES = "Sub-codes are of Table B2, whose totals can differ slightly from Table A5a."
TOO_LARGE = "Share is not given: the total is smaller than the part; one of the two may be of another release."
# Last day of the baseline, percentage change on it, and whether a break lies inside the window.
Change = tuple[datetime.date | None, float | None, bool]
NO_CHANGE: Change = (None, None, False)


def span(item: Tally) -> tuple[datetime.date, datetime.date]:
    """First and last day of a count."""
    return item.period.start, item.period.end


def slot(item: Item) -> tuple[str, ...]:
    """What a count is of, whatever its period."""
    return item.threat, item.scope, item.dimension, item.part, item.area_code, item.origin


def as_row(
    item: Item,
    shares: tuple[float | None, float | None, float | None],
    rate: tuple[float | None, str | None],
    change: Change,
    caveats: list[str],
    inputs: list[str],
) -> ThreatBreakdownRow:
    """A row of the table.

    shares: percent of the threat, of all VAWG, of all recorded crime; rate: per 1,000, and over whom.
    """
    return {
        "threat": item.threat,
        "scope": item.scope,
        "dimension": item.dimension,
        "dimension_value": item.part,
        "area_code": item.area_code,
        "period_start": item.period.start,
        "period_end": item.period.end,
        "period_type": item.period.kind,
        "offences": item.value,
        "share_of_threat": shares[0],
        "share_of_vawg": shares[1],
        "share_of_all_recorded": shares[2],
        "per_day": item.value / item.period.days if item.value is not None else None,
        "rate_per_1000": rate[0],
        "rate_population": rate[1],
        "change_from": change[0],
        "change_percent": change[1],
        "obs_status": "series_broken" if change[2] else item.obs_status,
        "caveats": caveats,
        "release": "; ".join(item.releases),
        "inputs": sorted(set(inputs)),
    }


def standing(item: Item) -> list[str]:
    """What the sources and the kind of set say of a count."""
    said = source_says(item.notes)
    if item.part.startswith("candidate_"):
        said.append(CANDIDATE)
    if item.dimension == "sub_code":
        said.append(SUB_CODES)
    if item.unit != "offences":
        said.append(f"Counted in {item.unit}.")
    return said


def share(part: Item, whole: Item | None, caveats: list[str], inputs: list[str]) -> float | None:
    """Percentage of the part in the whole of the same scope and window; None where one is missing or the part is the larger."""
    if whole is None or not whole.value or part.value is None or part.unit != whole.unit:
        return None
    if part.value > whole.value:
        caveats.append(TOO_LARGE)
        return None
    inputs += whole.inputs
    return 100 * part.value / whole.value


def share_of_all(item: Item, crime: Mapping[tuple[Any, ...], Tally], inputs: list[str]) -> float | None:
    """Percent of all recorded crime except fraud of the same area, window and publication."""
    total = crime.get((item.area_code, *span(item), item.origin))
    if total is None or not total.value or item.value is None:
        return None
    inputs += total.inputs
    return 100 * item.value / total.value


def by_place(totals: Iterable[Tally]) -> dict[tuple[Any, ...], Tally]:
    """Totals by area, window and publication."""
    return {(one.area_code, *span(one), one.origin): one for one in totals}


def change_on_baseline(
    item: Item, slots: dict[Any, Item], breaks: list[Record], caveats: list[str], inputs: list[str]
) -> Change:
    """The last day of the baseline, the percentage change on it, and whether a break lies inside the window.

    The baseline is the same months a year earlier, or the scope's own baseline year.
    """
    before = slots.get((*slot(item), year_before(item.period.start), year_before(item.period.end)))
    if before is None and item.scope in BASELINE:
        end = BASELINE[item.scope]
        start = end.replace(year=end.year - 1) + datetime.timedelta(days=1)
        before = slots.get((*slot(item), start, end))
    if before is None or before is item or not before.value or item.value is None:
        return NO_CHANGE
    if before.period.months != item.period.months:
        caveats.append(
            f"Change is not given: {item.period.months} months are not compared with {before.period.months}."
        )
        return NO_CHANGE
    if set(before.leaves_out) != set(item.leaves_out):
        caveats.append("Change is not given: one of the two counts leaves out forces that the other holds.")
        return NO_CHANGE
    inputs += before.inputs
    inside = breaks_inside(breaks, item.series, before.period.start, item.period.end)
    if inside:
        named = "; ".join(str(break_of(row)) for row in inside)
        caveats.append(f"{NO_CLAIM} ({named}).")
        inputs += [row["row_id"] for row in inside]
    return before.period.end, 100 * (item.value / before.value - 1), bool(inside)
