"""What the policing collection publishes of its threats, as a system of sets beside the others and never added to them.

Sizes, unions and combinations as `collection.*` publishes them, disclosure control done: what follows from them says no more than
they do. Only years of a real collection; a synthetic one is never set beside figures. Where a supplier is late the counts are a
part of the country's, and say no more than its least.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations as subsets
from typing import cast

import pandas as pd

from assets.collection.told.control import Control, control
from assets.methods.bounds import Constraint, LinearRow, only, total, union
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.overlaps.constraint_system import AS_STATED, Instance, SetSystem, TiedConstraint, set_in_words
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.returns import MEMBERSHIP

SYSTEM = SCOPE = "collection"
ITS_OWN = "Assembled from the forces' returns by an assumed definition: a scope of its own, never added to published statistics."


def collected(
    unions: pd.DataFrame, threats: pd.DataFrame, overlaps: pd.DataFrame, limits: pd.DataFrame
) -> tuple[SetSystem, list[Instance]] | None:
    """The system, and an instance of it per year; None where there is no real collection.

    Tables: `collection.union_bound`, `.threat_count` and `.overlap`, and `reference.collection_limit`.
    """
    rules = control({row["limit"]: float(row["value"]) for row in records(limits)})
    years: dict[ComparedPeriod, list[TiedConstraint]] = {}
    late: dict[ComparedPeriod, str] = {}
    of_unions = [row for row in records(unions) if row["scope"] == SCOPE]
    for row in of_unions:
        counted, expected = row["suppliers_counted"], row["suppliers_expected"]
        if counted < expected:
            late[_year(row)] = f"{counted} of {expected} suppliers are in it: the others can only add to it."
        ends = Interval(row["lower"], row["upper"])
        years.setdefault(_year(row), []).append(_counted(row["sets"], ends, counted == expected, row))
    for row in (row for row in records(threats) if row["scope"] == SCOPE):
        of_country = row["area_code"] == ENGLAND_AND_WALES and row["threat"] in MEMBERSHIP
        if of_country and _year(row) in years and row["offences"] is not None:
            ends = Interval(*rules.possible(row["offences"], row["cell_status"], row["rounded_to"]))
            whole = row["suppliers_counted"] == row["suppliers_expected"]
            years[_year(row)].append(_counted(row["threat"], ends, whole, row))
    nine = [row for row in records(overlaps) if row["scope"] == SCOPE and row["area_code"] == ENGLAND_AND_WALES]
    for year, known in years.items():
        expected = next(row["suppliers_expected"] for row in of_unions if _year(row) == year)
        known += _combined([row for row in nine if _year(row) == year], expected, rules)
    if not years:
        return None
    asked = dict.fromkeys(tuple(row["sets"].split("|")) for row in of_unions)
    pairs = tuple(sets for sets in asked if len(sets) == 2)
    system = SetSystem(SYSTEM, SCOPE, "offences", "female", "year", tuple(asked), pairs)
    return system, [
        Instance(
            system,
            year,
            AS_STATED,
            "rounding",
            tuple(known),
            notes=(ITS_OWN, *filter(None, [late.get(year)])),
            base=rules.base,
        )
        for year, known in sorted(years.items())
    ]


def _year(row: Record) -> ComparedPeriod:
    return ComparedPeriod(row["period_start"], row["period_end"], "year")


def _counted(sets: str, ends: Interval, whole: bool, row: Record) -> TiedConstraint:
    """The size of a threat or of a union."""
    names = sets.split("|")
    low, high = (f"{end:,.0f}" for end in ends.as_floats())
    between = f"{low} or more" if not whole else low if low == high else f"{low} to {high}"
    name = f"{' or '.join(map(set_in_words, names))} as collected: {between}"
    size = ends if whole else Interval.at_least(ends.lower)
    kind = "total" if whole else "at_least"
    return TiedConstraint(total(name, union(*names), size), _about(kind, sets), size, (row["row_id"],))


def _combined(rows: Sequence[Record], expected: int, rules: Control) -> Iterator[TiedConstraint]:
    """Every combination of threats that an offence is all of and no other, of the suppliers that can tell of every threat.

    A combination without a row is of no offence; where a supplier is missing it says no more than its least.
    """
    if not rows:
        return
    shown, exact = {row["threats"]: row for row in rows}, rows[0]["suppliers_counted"]
    limits = []
    for size in range(1, len(MEMBERSHIP) + 1):
        for inside in subsets(MEMBERSHIP, size):
            row = shown.get("".join(MEMBERSHIP[name] for name in inside))
            ends = rules.possible(row["offences"], row["cell_status"], row["rounded_to"]) if row else (0, 0)
            if exact == expected or ends[0]:
                region = only(inside, set(MEMBERSHIP) - {*inside})
                limits.append(LinearRow({region: 1}, Interval(ends[0], ends[1] if exact == expected else float("inf"))))
    basis = f"combinations of threats, of suppliers that can tell of every one ({exact} of {expected})"
    inputs = tuple(row["row_id"] for row in rows)
    yield TiedConstraint(Constraint(basis, tuple(limits)), _about("combinations", "|".join(MEMBERSHIP)), None, inputs)


def _about(kind: str, part: str) -> Record:
    """A constraint as `reference.constraint` would have it."""
    return cast("Record", {"kind": kind, "part": part, "whole": None, "reading": None})
