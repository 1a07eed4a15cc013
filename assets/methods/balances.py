"""Linear balances with interval coefficients over quantities of at least zero, and what follows from some of them.

A balance says that 0 lies in the sum of [a, b] x quantity over its terms (or that the sum is not above 0). As no
quantity is negative
this is the pair of linear rows `sum a x <= 0` and `sum b x >= 0`: exact where each coefficient is free within its
interval, and never
narrower than the truth where two of them are tied. The constant is a quantity like any other (UNIT, fixed at 1), so everything is
homogeneous, and the range of a ratio of two sums is again one linear programme with the divisor fixed at 1.

A balance has owners (what must be true for it to hold): a question can leave out any of them. Units: none of its own;
`scale` gives
the size of each quantity, so that the solver sees numbers near 1. References: A. Charnes and W. W. Cooper, Naval
Research Logistics
Quarterly 9 (1962) 181-186 (ratios of linear forms); W. Oettli and W. Prager, Numerische Mathematik 6 (1964) 405-409 (intervals).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assets.methods.conflicts import joined
from assets.methods.interval import Interval
from assets.methods.programme import Programme

UNIT = "1"
LinearForm = Mapping[str, Interval]
ONE: LinearForm = {UNIT: Interval.point(1)}


@dataclass(frozen=True)
class Balance:
    """0 in the sum of the terms; with `at_most` the sum is not above 0. Owners: what it rests on."""

    terms: LinearForm
    owners: frozenset[str] = frozenset()
    at_most: bool = False


@dataclass(frozen=True, eq=False)
class Balances:
    """All balances over their quantities; scale: the size of a quantity, 1 where none is given."""

    balances: Sequence[Balance]
    scale: Mapping[str, float]

    @cached_property
    def quantities(self) -> dict[str, int]:
        """Column of every quantity."""
        names = dict.fromkeys([UNIT, *(name for balance in self.balances for name in balance.terms)])
        return {name: column for column, name in enumerate(names)}

    def hold(self, left_out: Collection[str] = ()) -> bool:
        """Can all balances hold at once, but those that rest on something left out?"""
        programme, sets = self._over(ONE)
        return programme.least(self._vector({}, "lower"), self._in_force(sets, left_out)) is not None

    def range(self, above: LinearForm, below: LinearForm = ONE, left_out: Collection[str] = ()) -> Interval | None:
        """Smallest and largest value of the ratio of two sums, under the balances in force; None where they cannot hold."""
        programme, sets = self._over(below)
        force = self._in_force(sets, left_out)
        low = programme.least(self._vector(above, "lower"), force)
        high = programme.least(-self._vector(above, "upper"), force) if low is not None else None
        if low is None or high is None:
            return None
        return Interval(low.value, max(low.value, -high.value))

    @cached_property
    def _programmes(self) -> dict[tuple[Any, ...], tuple[Programme, list[frozenset[str]]]]:
        return {}

    def _over(self, below: LinearForm) -> tuple[Programme, list[frozenset[str]]]:
        """The rows with the sum `below` fixed at 1, and the owners of each row."""
        key = tuple(sorted((name, interval.lower, interval.upper) for name, interval in below.items()))
        if key not in self._programmes:
            rows: list[tuple[str, Any, float, float]] = []
            owners: list[frozenset[str]] = []
            fixed = [("lower", -math.inf, 1.0), ("upper", 1.0, math.inf)]
            for end, low, high in fixed:
                rows.append((f"{len(rows)}", self._vector(below, end), low, high))
                owners.append(frozenset())
            for balance in self.balances:
                for end, low, high in (("lower", -math.inf, 0.0), ("upper", 0.0, math.inf)):
                    if end == "upper" and balance.at_most:
                        continue
                    if any(math.isinf(getattr(term, end)) for term in balance.terms.values()):
                        continue
                    vector = self._vector(balance.terms, end)
                    largest = float(abs(vector).max()) or 1.0
                    rows.append((f"{len(rows)}", vector / largest, low, high))
                    owners.append(balance.owners)
            self._programmes[key] = Programme(len(self.quantities), rows), owners
        return self._programmes[key]

    @staticmethod
    def _in_force(owners: Sequence[frozenset[str]], left_out: Collection[str]) -> set[str]:
        out = set(left_out)
        return {str(row) for row, names in enumerate(owners) if not names & out}

    def _vector(self, form: LinearForm, end: str) -> Any:
        import numpy as np

        vector = np.zeros(len(self.quantities))
        for name, interval in form.items():
            if name in self.quantities:
                vector[self.quantities[name]] = float(getattr(interval, end)) * self.scale.get(name, 1.0)
        return vector


def separate(balances: Sequence[Balance]) -> list[list[Balance]]:
    """Balances that share a quantity or an owner, directly or by way of others, together; each kept in its order."""

    def members(balance: Balance) -> list[str]:
        return [f"quantity {name}" for name in balance.terms if name != UNIT] + [f"owner {n}" for n in balance.owners]

    return joined(balances, members)
