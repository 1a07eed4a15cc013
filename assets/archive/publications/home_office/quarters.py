"""Two quarters of a force in each other's place: its year is the same, and its offences have the season of another quarter."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading, SetAside
from assets.words.problems import Problem

# A quarter is taken for another where what was recorded of each offence is, beside the other forces, by so much nearer to what
# it would be in that one. Of the pairs of quarters of the forces of 2017/18 and 2018/19, 528, none is by more than 0.3%; of the
# same pairs exchanged 490 are told, and two as another pair.
NEARER = 0.97
QUARTERS, LEAST, OFFENCES, BY_CHANCE = 4, 30, 10, 5
AT_LEAST = 5  # standard deviations, all offences together: of few offences 3% are less than chance
Array = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Exchange = tuple[float, tuple[int, int]]


def set_aside_exchanged_quarters(reading: Reading, counted: pd.DataFrame, place: str, reference: Reference) -> None:
    """Set aside two quarters of a force that stand in each other's place, with all that a file says of them.

    counted: those rows of the reading that count the offences recorded in a quarter, by area_code, offence_code, period_end and
    value; place: how messages call the file
    """
    for area, *ends in list(exchanged(counted)):
        set_aside_two_quarters(
            reading, "area_code", area, ends, f"{place}, {reference.name_of_area.get(area, area)}",
            ("offences with the season of the other quarter, as the other forces have them", "each with that of its quarter"),
        )  # fmt: skip


def set_aside_two_quarters(
    reading: Reading, column: str, code: str, ends: Sequence[date], where: str, found: tuple[str, str]
) -> None:
    """Set aside the rows of two quarters with a code in a column. where: file and code; found: what, and what was expected."""
    first, second = (f"{end:%d %B %Y}" for end in ends)
    where = f"{where}, the quarters to {first} and to {second}"
    remedy = "The two may be in each other's place: take the file as published. All else of it is read."
    reading.set_aside.append(SetAside(f"Two quarters of {where}", (Problem(where, "", *found, remedy),)))
    here = (reading.frame[column] == code) & reading.frame["period_end"].isin(ends)
    reading.frame = reading.frame[~here].reset_index(drop=True)


def exchanged(counts: pd.DataFrame) -> Iterator[tuple[str, date, date]]:
    """Of each force and financial year the two quarters that are nearer to each other's season; most have none."""
    for ends, of_year in financial_years(counts, ["area_code", "offence_code"]).items():
        by_force = of_year.unstack("offence_code", fill_value=0)
        cube = by_force.to_numpy(float).reshape(len(by_force), QUARTERS, -1)

        def find(at: int, others: Mask, cube: Array = cube) -> Exchange | None:
            return _exchanged(cube[at], cube[others].sum(axis=0))

        for at, (first, second) in one_by_one(len(cube), find):
            yield str(by_force.index[at]), ends[first], ends[second]


def one_by_one(count: int, find: Callable[[int, Mask], Exchange | None]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Which of some have two quarters in each other's place: the plainest first, then without it, which may make others so.

    find: of the place of one, and where the others are, those quarters of it
    """
    kept = np.ones(count, dtype=bool)
    while True:
        left = np.flatnonzero(kept).tolist()
        found = [(*exchange, at) for at in left if (exchange := find(at, kept & (np.arange(count) != at)))]
        if not found:
            return
        _, pair, at = max(found)
        kept[at] = False
        yield at, pair


def financial_years(counts: pd.DataFrame, by: list[str]) -> dict[tuple[date, ...], pd.DataFrame]:
    """Sums of counts by some keys, the quarters of a financial year in columns: of each that has all four, by their last days."""
    summed = counts.groupby([*by, "period_end"], observed=True)["value"].sum().unstack(fill_value=0).clip(lower=0)
    days: list[Any] = [end.date() if isinstance(end, datetime) else end for end in summed.columns]
    summed.columns = pd.Index(days)
    years: dict[int, list[date]] = {}
    for end in sorted(days):
        years.setdefault(end.year - (end.month <= QUARTERS), []).append(end)
    return {tuple(ends): summed[ends] for ends in years.values() if len(ends) == QUARTERS}


def nearest_exchange(unlike: Callable[[list[int]], float], nearer: float, by: float) -> Exchange | None:
    """The two quarters that are the more like what is expected when exchanged, where they are so by enough, and by how much.

    unlike: how unlike quarters in an order are, in standard deviations; nearer: so many times as unlike at the most when
    exchanged; by: and by so much less
    """
    as_it_is, found = unlike([*range(QUARTERS)]), dict[tuple[int, int], float]()
    for pair in combinations(range(QUARTERS), 2):
        order = [*range(QUARTERS)]
        order[pair[0]], order[pair[1]] = pair[::-1]
        found[pair] = unlike(order)
    nearest = min(found, key=lambda pair: found[pair])
    enough = found[nearest] < min(nearer * as_it_is, as_it_is - by)
    return (as_it_is - found[nearest], nearest) if enough else None


def apart(counts: Array, expected: Array, by_chance: float) -> float:
    """How far counts are from what is expected, in standard deviations, so many of each being a matter of chance."""
    return float((np.abs(np.log((counts + by_chance) / (expected + by_chance))) * np.sqrt(expected)).sum())


def _exchanged(own: Array, others: Array) -> Exchange | None:
    """Which two quarters are in each other's place. own, others: offences of a force and of all others, quarter by offence."""
    often = (own.sum(axis=0) >= LEAST) & (others.sum(axis=0) >= LEAST)
    own, others = own[:, often], others[:, often]
    if own.shape[1] < OFFENCES or not others.sum(axis=1).all():
        return None
    return nearest_exchange(lambda order: _unlike(own[order], others), NEARER, AT_LEAST)


def _unlike(own: Array, others: Array) -> float:
    """How unlike those of the others the seasons of a force's offences are, whatever its quarters are together."""
    expected = own.sum(axis=0) * others / others.sum(axis=0)
    expected = expected * (own.sum(axis=1) / expected.sum(axis=1))[:, None]
    return apart(own, expected, BY_CHANCE)
