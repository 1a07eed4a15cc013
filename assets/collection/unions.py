"""Offences of one threat or more: exact where a supplier can tell of every threat, bounds elsewhere."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import combinations

from assets.collection.cubes import Collected, Row
from assets.collection.told.control import Control
from assets.collection.told.year import FIVE
from assets.methods.bounds import frechet_bounds_of_intervals
from assets.methods.interval import Interval

SETS = (*combinations(FIVE, 2), FIVE)


def unions(
    collected: Collected, rules: Control, exact: Sequence[str], start: datetime.date, end: datetime.date
) -> list[Row]:
    """Rows of collection.union_bound. exact: the suppliers that can tell of every threat and sent every combination."""
    quarters = collected.within(start, end)
    inside = collected.reporting(quarters)
    able = {threat: set(collected.reporting(quarters, threat)) for threat in FIVE}
    known = {threat: collected.by_supplier(start, end, [threat]) for threat in FIVE}
    whole = collected.by_supplier(start, end)
    rows = []
    for sets in SETS:
        counted = collected.by_supplier(start, end, sets)
        bounds = [
            Interval(counted.get(name, 0), counted.get(name, 0))
            if name in exact
            else frechet_bounds_of_intervals(_sizes(name, sets, able, known, whole), whole.get(name, 0))
            for name in inside
        ]
        if bounds:
            lower, upper = (sum(getattr(bound, end) for bound in bounds) for end in ("lower", "upper"))
            rows.append(
                {
                    "sets": "|".join(sets), "period_start": start, "period_end": end,
                    # Outwards, so that the true count lies inside and none can be told from its neighbours.
                    "lower": int(lower) // rules.base * rules.base, "upper": -(-int(upper) // rules.base) * rules.base,
                    "suppliers_exact": len(set(inside) & set(exact)), "suppliers_counted": len(inside),
                    "suppliers_expected": len(collected.suppliers(*quarters)), "cell_status": "normal",
                    "rounded_to": rules.base,
                }
            )  # fmt: skip
    return rows


def _sizes(
    supplier: str,
    sets: Iterable[str],
    able: dict[str, set[str]],
    known: dict[str, dict[str, int]],
    whole: dict[str, int],
) -> list[Interval]:
    """The size of each set of a supplier: as counted, and of what it cannot tell anything from none to all."""
    return [
        Interval(known[name].get(supplier, 0), known[name].get(supplier, 0))
        if supplier in able[name]
        else Interval(0, whole.get(supplier, 0))
        for name in sets
    ]
