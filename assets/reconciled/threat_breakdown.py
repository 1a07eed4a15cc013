"""The breakdown of every threat: counts, shares, rate, per day, and the change on a baseline with the breaks between."""

import datetime
from fnmatch import fnmatch
from typing import Any

import pandas as pd

from assets.reconciled.breakdown_items import MIXED_AGES, TOTAL, Item, items
from assets.reconciled.case import Period
from assets.reconciled.gap import year_before
from assets.reconciled.population import Population, Populations
from assets.reconciled.records import period_of
from assets.reconciled.vintage import newest
from assets.records import Record, records
from schemas.codes import ALL_VAWG
from schemas.registry import contract

ALL_RECORDED = "prc.a5a.total_excluding_fraud"
# The policing collection was published for two years only; its own baseline is 2018/19.
BASELINE = {"policing_vawg": datetime.date(2019, 3, 31)}
ADULT_CODES = ("16+", "13+", "all")
CROSS_SCOPE = (
    "Share of all recorded crime is not given: the collection and the published total are of different scopes."
)
NO_TOTAL = "Share of the threat is not given: no source publishes a total of this threat in this scope and period."
OTHER_WINDOW = "Share of VAWG is not given: the total of the collection is not published for this window."
NO_CLAIM = "The change is arithmetic only: breaks lie inside the window, so it says nothing about crime"
CANDIDATE = "The set is a candidate of this project: the policing definition of the threat is not published."
SUB_CODES = "Sub-codes are of Table B2, whose totals can differ slightly from Table A5a."
Held = dict[tuple[str, Period], Record]


def threat_breakdown(
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    memberships: pd.DataFrame,
    codes: pd.DataFrame,
    series: pd.DataFrame,
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.threat_breakdown`, from the newest release of every count.

    Counts in offences (victims in the Homicide Index), shares and changes in percent, rates per 1,000 people.
    """
    counts = newest(offences, releases, contract("recorded.offence_count").row_key)
    found = list(
        items(
            counts,
            newest(flagged, releases, contract("recorded.flagged_count").row_key),
            newest(vawg, releases, contract("recorded.vawg_count").row_key),
            memberships,
            codes,
            series,
        )
    )
    populations = Populations(newest(population, releases, contract("population.estimate").row_key))
    everything = {
        (row["area_code"], period_of(row)): row
        for row in records(counts)
        if row["series"] == ALL_RECORDED and row["value"]
    }
    totals = {(one.threat, one.scope, one.area_code, _span(one)): one for one in found if one.dimension == TOTAL}
    slots = {(*_slot(one), one.period.start, one.period.end): one for one in found}
    known_breaks = [row for row in records(breaks) if row["breaks_change"]]
    return pd.DataFrame([_row(one, totals, slots, everything, populations, known_breaks) for one in found])


def _span(item: Item) -> tuple[datetime.date, datetime.date]:
    return item.period.start, item.period.end


def _slot(item: Item) -> tuple[str, ...]:
    return item.threat, item.scope, item.dimension, item.value, item.area_code


def _row(
    item: Item,
    totals: dict[Any, Item],
    slots: dict[Any, Item],
    everything: Held,
    populations: Populations,
    breaks: list[Record],
) -> dict[str, Any]:
    caveats, inputs = list(_standing(item)), list(item.inputs)
    of_threat = _share(item, totals.get((item.threat, item.scope, item.area_code, _span(item))), inputs)
    if of_threat is None and item.offences is not None:
        caveats.append(NO_TOTAL)
    of_vawg = None
    if item.scope == "policing_vawg":
        of_vawg = _share(item, totals.get((ALL_VAWG, item.scope, item.area_code, _span(item))), inputs)
        caveats += [CROSS_SCOPE] if of_vawg is not None else [CROSS_SCOPE, OTHER_WINDOW]
    rate, population_name = _rate(item, populations, inputs)
    change_from, change, broken = _change(item, slots, breaks, caveats, inputs)
    return {
        "threat": item.threat,
        "scope": item.scope,
        "dimension": item.dimension,
        "dimension_value": item.value,
        "area_code": item.area_code,
        "period_start": item.period.start,
        "period_end": item.period.end,
        "period_type": item.period.kind,
        "offences": item.offences,
        "share_of_threat": of_threat,
        "share_of_vawg": of_vawg,
        "share_of_all_recorded": _share_of_all(item, everything, inputs),
        "per_day": item.offences / item.period.days if item.offences is not None else None,
        "rate_per_1000": rate,
        "rate_population": population_name,
        "change_from": change_from,
        "change_percent": change,
        "obs_status": "series_broken" if broken else item.obs_status,
        "caveats": caveats,
        "release": "; ".join(item.releases),
        "inputs": sorted(set(inputs)),
    }


def _standing(item: Item) -> list[str]:
    """What the sources and the kind of set say of a count."""
    said = [f"The source says: {note}." for note in item.notes]
    if item.value.startswith("candidate_"):
        said.append(CANDIDATE)
    if item.dimension == "sub_code":
        said.append(SUB_CODES)
    if item.unit != "offences":
        said.append(f"Counted in {item.unit}.")
    return said


def _share(part: Item, whole: Item | None, inputs: list[str]) -> float | None:
    """Percentage of the part in the whole of the same scope and window; None where either is missing."""
    if whole is None or not whole.offences or part.offences is None or part.unit != whole.unit:
        return None
    inputs += whole.inputs
    return 100 * part.offences / whole.offences


def _share_of_all(item: Item, everything: Held, inputs: list[str]) -> float | None:
    """Percentage of all recorded crime except fraud; only in the scope that publishes that total."""
    total = everything.get((item.area_code, item.period))
    if item.scope != "ons_prc" or total is None or item.offences is None or item.unit != "offences":
        return None
    inputs.append(total["row_id"])
    return float(100 * item.offences / total["value"])


def _rate(item: Item, populations: Populations, inputs: list[str]) -> tuple[float | None, str | None]:
    """Per 1,000 women aged 16 and over (or the females of the codes' ages) where the count is female, else per 1,000 people."""
    sex, age, name = "all", "all", "all persons"
    if item.sex == "female" and item.age == "10-17":
        sex, age, name = "female", "10-17", "girls aged 10 to 17"
    elif item.sex == "female" and item.age == MIXED_AGES:
        sex, age, name = "female", "all", "women and girls of all ages"
    elif item.sex == "female" and item.age in ADULT_CODES:
        sex, age, name = "female", "16+", "women aged 16 and over"
    people: Population | None = populations.within(item.period, sex, age, item.area_code)
    if people is None or item.offences is None or item.period.months != 12:
        return None, None
    inputs += people.inputs
    return 1000 * item.offences / people.persons, name


def _change(
    item: Item, slots: dict[Any, Item], breaks: list[Record], caveats: list[str], inputs: list[str]
) -> tuple[datetime.date | None, float | None, bool]:
    """The last day of the baseline, the percentage change on it, and whether a break lies inside the window.

    The baseline is the same months a year earlier, or the scope's own baseline year.
    """
    before = slots.get((*_slot(item), year_before(item.period.start), year_before(item.period.end)))
    if before is None and item.scope in BASELINE:
        end = BASELINE[item.scope]
        start = end.replace(year=end.year - 1) + datetime.timedelta(days=1)
        before = slots.get((*_slot(item), start, end))
    if before is None or before is item or not before.offences or item.offences is None:
        return None, None, False
    if before.period.months != item.period.months:
        caveats.append(
            f"Change is not given: {item.period.months} months are not compared with {before.period.months}."
        )
        return None, None, False
    inputs += before.inputs
    inside = [
        row
        for row in breaks
        if before.period.start < row["date"] <= item.period.end
        and any(fnmatch(name, pattern.strip()) for pattern in row["series_pattern"].split(";") for name in item.series)
    ]
    if inside:
        named = "; ".join(f"{row['date']:%B %Y}: {row['what_changed']}" for row in inside)
        caveats.append(f"{NO_CLAIM} ({named}).")
        inputs += [row["row_id"] for row in inside]
    return before.period.end, 100 * (item.offences / before.offences - 1), bool(inside)
