"""The breakdown of every threat: counts, shares, rate, per day, and the change on a baseline with the breaks between."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from assets.reconciled.ground.force_years import Tally
from assets.reconciled.ground.population import Population, Populations
from assets.reconciled.ground.vintage import newest_of
from assets.reconciled.threats.breakdown_items import MIXED_AGES, TOTAL, Item, items
from assets.reconciled.threats.breakdown_row import (
    TOO_LARGE,
    as_row,
    by_place,
    change_on_baseline,
    share,
    share_of_all,
    slot,
    span,
    standing,
)
from assets.reconciled.threats.force_breakdown import force_rows
from assets.tables.records import Record, records
from schemas.codes import ALL_VAWG
from schemas.row_types import ThreatBreakdownRow

ALL_RECORDED = "prc.a5a.total_excluding_fraud"
ADULT_CODES = ("16+", "13+", "all")
CROSS_SCOPE = (
    "Share of all recorded crime is not given: the collection and the published total are of different scopes."
)
NO_TOTAL = "Share of the threat is not given: no source publishes a total of this threat in this scope and period."
OTHER_WINDOW = "Share of VAWG is not given: the total of the collection is not published for this window."


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
    forces: pd.DataFrame,
    areas: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.threat_breakdown`, from the newest release of every count: England and Wales, then the
    countries, regions and police forces where counts of them are held.

    Counts in offences (victims in the Homicide Index), shares and changes in percent, rates per 1,000 people.
    """
    counts = newest_of(offences, releases, "recorded.offence_count")
    found = list(
        items(
            counts,
            newest_of(flagged, releases, "recorded.flagged_count"),
            newest_of(vawg, releases, "recorded.vawg_count"),
            memberships,
            codes,
            series,
        )
    )
    populations = Populations(newest_of(population, releases, "population.estimate"))
    crime = by_place(map(Tally.of, records(counts[counts["series"] == ALL_RECORDED])))
    totals = {(one.threat, one.scope, one.area_code, span(one)): one for one in found if one.dimension == TOTAL}
    slots = {(*slot(one), one.period.start, one.period.end): one for one in found}
    known_breaks = [row for row in records(breaks) if row["breaks_change"]]
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    national = [_row(one, totals, slots, crime, populations, known_breaks, names) for one in found]
    return pd.DataFrame([*national, *force_rows(forces, population, releases, memberships, areas, known_breaks)])


def _row(
    item: Item,
    totals: dict[Any, Item],
    slots: dict[Any, Item],
    crime: Mapping[tuple[Any, ...], Tally],
    populations: Populations,
    breaks: list[Record],
    names: Mapping[str, str],
) -> ThreatBreakdownRow:
    caveats, inputs = list(standing(item)), list(item.inputs)
    whole = totals.get((item.threat, item.scope, item.area_code, span(item)))
    of_threat = share(item, whole, caveats, inputs)
    if of_threat is None and item.value is not None and TOO_LARGE not in caveats:
        caveats.append(NO_TOTAL)
    of_vawg = None
    if item.scope == "policing_vawg":
        of_vawg = share(item, totals.get((ALL_VAWG, item.scope, item.area_code, span(item))), caveats, inputs)
        caveats += [CROSS_SCOPE] if of_vawg is not None else [CROSS_SCOPE, OTHER_WINDOW]
    rate = _rate(item, populations, inputs)
    if item.leaves_out:
        caveats.append(_without(item, names, rate[0] is not None))
    changed = change_on_baseline(item, slots, breaks, caveats, inputs)
    # Only in the scope that publishes that total.
    of_all = share_of_all(item, crime, inputs) if (item.scope, item.unit) == ("ons_prc", "offences") else None
    shares = (of_threat, of_vawg, of_all)
    return as_row(item, shares, rate, changed, caveats, inputs)


def _rate(item: Item, populations: Populations, inputs: list[str]) -> tuple[float | None, str | None]:
    """Per 1,000 women aged 16 and over (or the females of the codes' ages) where the count is female, else per 1,000 people."""
    sex, age, name = "all", "all", "all persons"
    if item.sex == "female" and item.age == "10-17":
        sex, age, name = "female", "10-17", "girls aged 10 to 17"
    elif item.sex == "female" and item.age == MIXED_AGES:
        sex, age, name = "female", "all", "women and girls of all ages"
    elif item.sex == "female" and item.age in ADULT_CODES:
        sex, age, name = "female", "16+", "women aged 16 and over"
    people: Population | None = populations.within(item.period, sex, age, item.area_code, item.leaves_out)
    if people is None or item.value is None or item.period.months != 12:
        return None, None
    inputs += people.inputs
    return 1000 * item.value / people.persons, f"{name} of the forces counted" if item.leaves_out else name


def _without(item: Item, names: Mapping[str, str], rated: bool) -> str:
    """What the count leaves out, and what that does to its rate."""
    named = ", ".join(names.get(code, code) for code in item.leaves_out)
    rate = "the rate is over the people of the other forces" if rated else "no rate is given"
    return f"The count leaves out {named}: {rate}."
