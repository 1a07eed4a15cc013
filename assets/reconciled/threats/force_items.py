"""The counts of a threat in regions and police forces: printed groups, classes, and groupings that a source prints."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

import pandas as pd

from assets.reconciled.ground.force_years import HO_QUARTERS, ForceYear
from assets.reconciled.threats.breakdown_items import (
    PRINTED_ROW,
    PRINTED_TOTAL,
    SUMMED,
    TOTAL,
    Item,
    added,
    members_by_set,
    of_classes,
    valid_in,
)  # fmt: skip
from assets.tables.records import Record, grouped, records


def threat_codes(memberships: pd.DataFrame) -> set[str]:
    """Every offence group and class that stands in a threat."""
    return {row["offence_code"] for row in records(memberships)}


def force_items(years: Iterable[ForceYear], memberships: pd.DataFrame) -> Iterator[Item]:
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


def item(year: ForceYear, threat: str, dimension: str, value: str) -> Item:
    """A yearly count as an item."""
    return Item(
        threat, year.scope, dimension, value, year.area_code, year.period, year.value, year.unit, year.sex, year.age,
        year.obs_status, (year.series,), year.releases, year.inputs, year.notes, year.origin,
        year.leaves_out,
    )  # fmt: skip


def _groupings(by_code: dict[str, list[ForceYear]], sets: dict[tuple[str, str], list[Record]]) -> Iterator[Item]:
    slots: dict[tuple[object, str], dict[str, ForceYear]] = {}
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
