"""The counts of a threat in regions and police forces: printed groups, classes, and groupings that a source prints."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

import pandas as pd

from assets.reconciled.ground.force_years import HO_QUARTERS, ForceYear
from assets.reconciled.threats.breakdown_items import (
    MIXED_AGES,
    PRINTED_ROW,
    PRINTED_TOTAL,
    SUMMED,
    TOTAL,
    WHOLE_CLASS,
    Item,
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
                yield _sum({code: held.get(code) for code in codes}, threat, grouping, next(iter(held.values())))


def _sum(years: dict[str, ForceYear | None], threat: str, grouping: str, alike: ForceYear) -> Item:
    """The classes of a grouping added; one class without a count makes the sum missing, not smaller."""
    there = [year for year in years.values() if year is not None and year.value is not None]
    absent = [code for code, year in years.items() if year is None or year.value is None]
    sexes, ages = {year.sex for year in there}, {year.age for year in there}
    notes = dict.fromkeys(note for year in there for note in year.notes)
    if absent:
        notes |= {f"no figure held of {', '.join(absent)}": None}
    return Item(
        threat=threat,
        scope=alike.scope,
        dimension="grouping",
        value=grouping,
        area_code=alike.area_code,
        period=alike.period,
        offences=None if absent else float(sum(year.value or 0 for year in there)),
        unit=alike.unit,
        sex=sexes.pop() if len(sexes) == 1 else "all",
        age=ages.pop() if len(ages) == 1 else MIXED_AGES,
        obs_status="missing" if absent else "normal",
        series=tuple(f"{WHOLE_CLASS}{code}" for code in years),
        releases=tuple(dict.fromkeys(one for year in there for one in year.releases)) or ("none",),
        inputs=tuple(one for year in there for one in year.inputs),
        notes=tuple(notes),
        origin=alike.origin,
        leaves_out=tuple(sorted({code for year in there for code in year.leaves_out})),
    )
