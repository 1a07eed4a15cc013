"""Counts that were multiplied: of a force, an offence or a quarter, none of whose sums and shares tells so."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading, SetAside
from assets.words.problems import BadInput, Problem

# Where 1 and 3 are so often among counts, 2 is too, unless they are others times 1.3, rounded: 1, 3, 4, 5, 6, 8 and so on. Of the
# numbers up to 20 in each force, offence and quarter of 2017/18 and 2018/19 none is less than two fifths as often as the rarer
# of those beside it.
SMALL, OFTEN, SELDOM = 20, 20, 0.1
SEVERAL, OTHERS = 60, 4  # so many counts, of more than so many values, do not share a divisor by chance
OF_ONE = {"area_code": "force", "offence_code": "offence", "period_end": "quarter"}


def set_aside_multiplied(reading: Reading, place: str, reference: Reference, measure: str | None = None) -> None:
    """Set aside the counts of a force, an offence or a quarter among which some small number never is.

    place: how messages call the file; measure: a column of the rows that says what is counted, where that is more than one thing
    Raises BadInput where it is so of every force.
    """
    frame = reading.frame
    parts = [frame] if measure is None else [part for _, part in frame.groupby(measure, observed=True)]
    wrong, refused = np.zeros(len(frame), dtype=bool), dict[str, SetAside]()
    for part in parts:
        for column, key, lacking in _lacking(part):
            called = f"{place}, {OF_ONE[column]} {_name(key, reference)}"
            problem = Problem(
                called, "", lacking, "every small number, the smaller the more often",
                "The counts may have been multiplied or rounded: take the file as published.",
            )  # fmt: skip
            refused.setdefault(called, SetAside(f"The counts of {called}", (problem,)))
            wrong |= (frame.index.isin(part.index) & (frame[column] == key)).to_numpy(dtype=bool)
    if len(frame) and wrong.all():
        raise BadInput(
            f"{place} has counts that were multiplied",
            [problem for counts in refused.values() for problem in counts.problems],
        )
    reading.set_aside += refused.values()
    reading.frame = frame[~wrong].reset_index(drop=True)


def _lacking(part: pd.DataFrame) -> Iterator[tuple[str, Any, str]]:
    """Column, key and what its counts lack, of each force, offence and quarter that lacks something."""
    for column in OF_ONE:
        for key, values in part.groupby(column, observed=True)["value"]:
            if lacking := never(values.dropna().to_numpy(float)):
                yield column, key, lacking


def never(counts: np.ndarray[Any, np.dtype[np.float64]]) -> str | None:
    """Which small number is hardly ever among some counts while those beside it are often; or by what all can be divided."""
    whole = counts[(counts > 0) & (counts == np.floor(counts))].astype(int)
    times: Sequence[int] = np.bincount(whole[whole <= SMALL + 1], minlength=SMALL + 2).tolist()
    for number in range(1, SMALL + 1):
        beside = min(times[number - 1] if number > 1 else times[2], times[number + 1])
        if beside >= OFTEN and times[number] < SELDOM * beside:
            return f"{number} {times[number]} times among them, and {number + 1} {times[number + 1]} times"
    divisor = math.gcd(*map(int, whole)) if len(whole) >= SEVERAL and len(np.unique(whole)) > OTHERS else 1
    return f"nothing but multiples of {divisor}" if divisor > 1 else None


def _name(key: Any, reference: Reference) -> str:
    """A force by its name, an offence by its code, a quarter by its last day."""
    return reference.name_of_area.get(key, key) if isinstance(key, str) else f"to {key:%d %B %Y}"
