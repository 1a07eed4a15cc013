"""The breakdown of every threat by country, region and police force, for years whose counts are held there."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any

import pandas as pd

from assets.reconciled.ground.force_population import ForcePopulations
from assets.reconciled.ground.force_years import ALL_CRIME, HO_QUARTERS, HO_YEAR, ORIGINS, Tally, force_years
from assets.reconciled.threats.breakdown_items import (
    PRINTED_ROW,
    PRINTED_TOTAL,
    SUMMED,
    TOTAL,
    Item,
    added,
    item,
    members_by_set,
    of_classes,
    valid_in,
)  # fmt: skip
from assets.reconciled.threats.breakdown_row import (
    as_row,
    by_place,
    change_on_baseline,
    share,
    share_of_all,
    slot,
    span,
    standing,
)
from assets.tables.records import Record, grouped, records
from schemas.row_types import ThreatBreakdownRow


def threat_codes(memberships: pd.DataFrame) -> set[str]:
    """Every offence group and class that stands in a threat."""
    return {row["offence_code"] for row in records(memberships)}


def force_items(years: Iterable[Tally], memberships: pd.DataFrame) -> Iterator[Item]:
    """Every yearly count of every threat below England and Wales.

    memberships: `reference.offence_threat`. Groupings are added only from classes of one origin, the quarters; candidate
    sets of this project stay national.
    """
    sets = members_by_set(records(memberships))
    classes = of_classes(sets)
    by_code = grouped(years, lambda year: year.code)
    for (threat, grouping), members in sets.items():
        if grouping not in (PRINTED_TOTAL, PRINTED_ROW):
            continue
        for member in members:
            for year in by_code.get(member["offence_code"], ()):
                if valid_in(member, year.period):
                    whole = grouping == PRINTED_TOTAL
                    yield item(year, threat, TOTAL if whole else year.level, TOTAL if whole else year.code)
    for threat, code in sorted(classes):
        for year in by_code.get(code, ()):
            yield item(year, threat, "offence_code", code)
    yield from _groupings(by_code, sets)


def _groupings(by_code: dict[str, list[Tally]], sets: dict[tuple[str, str], list[Record]]) -> Iterator[Item]:
    slots: dict[tuple[object, str], dict[str, Tally]] = {}
    for code, years in by_code.items():
        for year in years:
            if year.origin == HO_QUARTERS:
                slots.setdefault((year.period, year.area_code), {})[code] = year
    for (threat, grouping), members in sets.items():
        if not fnmatch(grouping, SUMMED):
            continue
        for held in slots.values():
            period = next(iter(held.values())).period
            codes = [member["offence_code"] for member in members if valid_in(member, period)]
            if codes:
                items = {code: item(held[code], threat, "grouping", grouping) for code in codes if code in held}
                alike = item(next(iter(held.values())), threat, "grouping", grouping)
                yield added({code: items.get(code) for code in codes}, alike)


NO_TOTAL = "Share of the threat is not given: no total of this threat is held for this area and period."
OTHER_TOTAL = "The total that the share is of stands in another release: {}."
QUARTER_SUM = "The year is the sum of four published quarters; a quarter may hold corrections of earlier ones."
FORCE_TOTAL = "The count is the total of a force in the tables by Community Safety Partnership."
Totals = dict[tuple[Any, ...], Item]


def force_rows(
    forces: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    memberships: pd.DataFrame,
    areas: pd.DataFrame,
    breaks: list[Record],
) -> list[ThreatBreakdownRow]:
    """Rows of `reconciled.threat_breakdown` below England and Wales; none where no counts by force are held.

    Every share and change is within one area and one publication; of several publications with the same count the first
    of `force_years.ORIGINS` gives the row.
    """
    if not len(forces):
        return []
    years = force_years(forces, releases, areas, threat_codes(memberships))
    found = list(force_items(years, memberships))
    populations = ForcePopulations(population, releases)
    crime = by_place(year for year in years if year.code == ALL_CRIME)
    totals = {
        (one.threat, one.scope, one.area_code, span(one), one.origin): one for one in found if one.dimension == TOTAL
    }
    slots = {(*slot(one), one.period.start, one.period.end): one for one in found}
    rows = []
    for one in _first_origin(found):
        caveats, inputs = [*standing(one), *_origin(one)], list(one.inputs)
        of_threat = _share_of_threat(one, totals, caveats, inputs)
        of_all = share_of_all(one, crime, inputs)
        rate = _rate(one, populations, caveats, inputs)
        change = change_on_baseline(one, slots, breaks, caveats, inputs)
        rows.append(as_row(one, (of_threat, None, of_all), rate, change, caveats, inputs))
    return rows


def _first_origin(found: list[Item]) -> list[Item]:
    """One item per row of the table: the first origin that holds the count of a window, for all areas alike."""
    best: dict[tuple[Any, ...], int] = {}
    for one in found:
        what = (one.threat, one.dimension, one.part, span(one))
        best[what] = min(best.get(what, len(ORIGINS)), ORIGINS.index(one.origin))
    return [one for one in found if ORIGINS.index(one.origin) == best[one.threat, one.dimension, one.part, span(one)]]


def _origin(item: Item) -> list[str]:
    if item.origin == HO_QUARTERS and item.value is not None:
        return [QUARTER_SUM]
    return [FORCE_TOTAL] if item.origin == "prc.csp" else []


def _share_of_threat(item: Item, totals: Totals, caveats: list[str], inputs: list[str]) -> float | None:
    """Percent of the threat in the same area and window; the total printed by the same publication."""
    if item.value is None:
        return None
    for origin in (item.origin, HO_YEAR) if item.origin == HO_QUARTERS else (item.origin,):
        whole = totals.get((item.threat, item.scope, item.area_code, span(item), origin))
        if whole is None or not whole.value:
            continue
        if whole.releases != item.releases:
            caveats.append(OTHER_TOTAL.format("; ".join(whole.releases)))
        return share(item, whole, caveats, inputs)
    caveats.append(NO_TOTAL)
    return None


def _rate(
    item: Item, populations: ForcePopulations, caveats: list[str], inputs: list[str]
) -> tuple[float | None, str | None]:
    """Per 1,000 of the reporting area's population; where there is none, the reason stands among the caveats."""
    if item.value is None:
        return None, None
    people = populations.of(item.area_code, item.period, item.sex, item.age, item.releases[0], item.leaves_out)
    if isinstance(people, str):
        caveats.append(people)
        return None, None
    caveats += people.caveats
    inputs += people.people.inputs
    return 1000 * item.value / people.people.persons, people.name
