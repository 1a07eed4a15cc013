"""Two quarters of a force in each other's place: its year is the same, and its offences have the season of another quarter."""

from collections.abc import Iterator
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
# same pairs exchanged 490 are told, and three as another pair.
NEARER = 0.97
QUARTERS, LEAST, OFFENCES, BY_CHANCE = 4, 30, 10, 5
AT_LEAST = 5  # standard deviations, all offences together: of few offences 3% are less than chance
Array = np.ndarray[Any, np.dtype[np.float64]]


def set_aside_exchanged_quarters(reading: Reading, counted: pd.DataFrame, place: str, reference: Reference) -> None:
    """Set aside two quarters of a force that stand in each other's place, with all that a file says of them.

    counted: those rows of the reading that count the offences recorded in a quarter, by area_code, offence_code, period_end and
    value; place: how messages call the file
    """
    names = dict(zip(reference.areas["area_code"], reference.areas["name"], strict=True))
    for area, *ends in list(exchanged(counted)):
        first, second = (f"{end:%d %B %Y}" for end in sorted(ends))
        where = f"{place}, {names.get(area, area)}, the quarters to {first} and to {second}"
        problem = Problem(
            where, "", "offences with the season of the other quarter, as the other forces have them",
            "each offence as often as the season of its quarter says", "Two quarters of the force may be in each other's place: "
            "take the file as published. Every other quarter and force is read.",
        )  # fmt: skip
        reading.set_aside.append(SetAside(f"Two quarters of {where}", (problem,)))
        here = (reading.frame["area_code"] == area) & reading.frame["period_end"].isin(ends)
        reading.frame = reading.frame[~here].reset_index(drop=True)


def exchanged(counts: pd.DataFrame) -> Iterator[tuple[str, date, date]]:
    """Of each force and financial year the two quarters that are nearer to each other's season; most have none."""
    summed = counts.groupby(["area_code", "offence_code", "period_end"], observed=True)["value"].sum()
    by_quarter = summed.unstack(fill_value=0).clip(lower=0)
    years: dict[int, list[date]] = {}
    for end in sorted(map(_as_day, by_quarter.columns)):
        years.setdefault(end.year - (end.month <= QUARTERS), []).append(end)
    by_quarter.columns = pd.Index(list(map(_as_day, by_quarter.columns)))
    for ends in years.values():
        of_year = by_quarter[ends].unstack("offence_code", fill_value=0)
        cube = of_year.to_numpy(float).reshape(len(of_year), len(ends), -1)
        for area, own in zip(of_year.index, cube, strict=True):
            pair = _exchanged(own, cube.sum(axis=0) - own) if len(ends) == QUARTERS else None
            if pair is not None:
                yield str(area), ends[pair[0]], ends[pair[1]]


def _as_day(end: Any) -> date:
    """A day as Python has it, of whichever type a column of days is."""
    return end.date() if isinstance(end, datetime) else end


def _exchanged(own: Array, others: Array) -> tuple[int, int] | None:
    """Which two quarters are in each other's place. own, others: offences of a force and of all others, quarter by offence."""
    often = (own.sum(axis=0) >= LEAST) & (others.sum(axis=0) >= LEAST)
    own, others = own[:, often], others[:, often]
    if own.shape[1] < OFFENCES or not others.sum(axis=1).all():
        return None
    unlike = {}
    for pair in combinations(range(QUARTERS), 2):
        order = list(range(QUARTERS))
        order[pair[0]], order[pair[1]] = pair[::-1]
        unlike[pair] = _unlike(own[order], others)
    nearest = min(unlike, key=lambda pair: unlike[pair])
    as_it_is = _unlike(own, others)
    return nearest if unlike[nearest] < min(NEARER * as_it_is, as_it_is - AT_LEAST) else None


def _unlike(own: Array, others: Array) -> float:
    """How unlike those of the others the seasons of a force's offences are, whatever its quarters are together."""
    expected = own.sum(axis=0) * others / others.sum(axis=0)
    expected = expected * (own.sum(axis=1) / expected.sum(axis=1))[:, None]
    apart = np.abs(np.log((own + BY_CHANCE) / (expected + BY_CHANCE)))
    return float((apart * np.sqrt(expected)).sum())
