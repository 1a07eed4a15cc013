"""Two quarters of an offence in each other's place: the later a quarter, the more of its offences have no outcome yet."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from assets.archive.publications.home_office.quarters import (
    Array,
    Exchange,
    Mask,
    apart,
    financial_years,
    nearest_exchange,
    one_by_one,
    set_aside_two_quarters,
)
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading

UNDECIDED = "0"
# Two quarters are exchanged where those without an outcome are twice as near to what they would be the other way round, and by
# as many standard deviations. Of the 612 pairs of quarters of 102 classes of 2018/19 none is by more than 7.7; exchanged, 216
# are: nearly all with the newest quarter, of classes with many.
NEARER, AT_LEAST, BY_CHANCE, LEAST = 0.5, 10, 2, 30


def set_aside_exchanged_classes(reading: Reading, offences: pd.DataFrame, place: str, reference: Reference) -> None:
    """Set aside two quarters of an offence that stand in each other's place in every force, with all that a file says of them.

    offences: rows of the reading that count the offences of a quarter by outcome so far; place: how messages call the file
    """
    for code, *ends in list(exchanged_classes(offences)):
        set_aside_two_quarters(
            reading, "offence_code", code, ends, f"{place}, {code} ({reference.name_of_offence.get(code, 'not known')})",
            ("as many without an outcome yet as other offences of the other quarter", "more of them the later the quarter"),
        )  # fmt: skip


def exchanged_classes(offences: pd.DataFrame) -> Iterator[tuple[str, date, date]]:
    """Of each class and financial year the two quarters of which each has the other one's share without an outcome."""
    undecided = offences["outcome_type"] == UNDECIDED
    whole, without = (financial_years(rows, ["offence_code"]) for rows in (offences, offences[undecided]))
    for ends, of_year in whole.items():
        if ends not in without:
            continue
        every, still = of_year.to_numpy(float), without[ends].reindex(of_year.index, fill_value=0).to_numpy(float)

        def find(at: int, others: Mask, every: Array = every, still: Array = still) -> Exchange | None:
            return _exchanged(
                still[at], every[at], still[others].sum(axis=0) / np.maximum(every[others].sum(axis=0), 1)
            )

        for at, (first, second) in one_by_one(len(every), find):
            yield str(of_year.index[at]), ends[first], ends[second]


def _exchanged(undecided: Array, offences: Array, share: Array) -> Exchange | None:
    """The places of two quarters in each other's place; share: of all other offences, by quarter, that have no outcome yet."""
    if undecided.sum() < LEAST or not (offences.all() and share.all()):
        return None
    return nearest_exchange(lambda order: _unlike(undecided[order], offences[order], share), NEARER, AT_LEAST)


def _unlike(undecided: Array, offences: Array, share: Array) -> float:
    expected = offences * share
    expected = expected * undecided.sum() / expected.sum()
    return apart(undecided, expected, BY_CHANCE)
