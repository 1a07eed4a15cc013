"""The tightest bounds on a union of overlapping sets that published marginals, shares and totals allow.

With m sets every person (or record) lies in one of 2^m membership cells, each of unknown size x_c >= 0. A
published total, marginal or share is a linear constraint on the cells; the bound of any union or cell is
the smallest and the largest value of its sum over the cells that satisfy all constraints: two linear
programmes, solved with HiGHS.

- a total: lower <= |region| <= upper;
- a share of A within B: lower |B| <= |A and B| <= upper |B|, linear however uncertain |B| is;
- a disjoint pair, a subset: the size of a region is zero.

If no cell sizes satisfy all constraints the figures contradict each other. The deletion filter then drops
constraints one by one and keeps a drop if the rest is still infeasible: what is left is an irreducible
conflicting subset (each proper subset of it can hold).

Units: one unit for all totals (persons, records); shares are proportions. Half-open ends are used as
closed: the bound is the limit. References: M. Frechet, Fundamenta Mathematicae 25 (1935) 379-387; T.
Hailperin, American Mathematical Monthly 72 (1965) 343-359 (best bounds by linear programming); J. W.
Chinneck and E. W. Dravnieks, ORSA Journal on Computing 3 (1991) 157-168 (deletion filter); Q. Huangfu and
J. A. J. Hall, Mathematical Programming Computation 10 (2018) 119-142 (HiGHS).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assets.methods.interval import Exact, Interval, Number, exact
from assets.methods.programme import Programme


def frechet_bounds(marginals: Sequence[Number], whole: Number | None = None) -> Interval:
    """Frechet / Boole, from the marginals alone: max p_i <= P(union) <= min(1, sum p_i), as proportions or counts in one unit.

    whole: size of the population, where it is known. M. Frechet, Fundamenta Mathematicae 25 (1935) 379-387.
    """
    sizes = _sizes(marginals)
    upper = exact(sum(sizes))
    return Interval(max(sizes), upper if whole is None else min(exact(whole), upper))


def frechet_bounds_of_intervals(marginals: Sequence[Interval], whole: Number | None = None) -> Interval:
    """The same where each marginal is known only as an interval (for example by its rounding)."""
    lower = frechet_bounds([interval.lower for interval in marginals]).lower
    upper = frechet_bounds([interval.upper for interval in marginals], whole).upper
    return Interval(lower, upper)


def _sizes(marginals: Sequence[Number]) -> list[Exact]:
    sizes = [exact(size) for size in marginals]
    if not sizes or min(sizes) < 0:
        raise ValueError("a union needs at least one marginal, and none of them negative")
    return sizes


MOST_SETS = 12


@dataclass(frozen=True)
class SetRegion:
    """Cells inside all of `all_of`, in one or more of `any_of` (if given) and outside all of `none_of`."""

    all_of: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The sets that the region speaks of."""
        return self.all_of | self.any_of | self.none_of

    def holds(self, members: frozenset[str]) -> bool:
        """Does a cell with these members lie in the region?"""
        met = not self.any_of or bool(self.any_of & members)
        return met and self.all_of <= members and not self.none_of & members


def union(*names: str) -> SetRegion:
    """In at least one of these sets (a single name is the set itself)."""
    return SetRegion(any_of=frozenset(names))


def both(*names: str) -> SetRegion:
    """In all of these sets."""
    return SetRegion(all_of=frozenset(names))


def only(inside: Iterable[str], outside: Iterable[str]) -> SetRegion:
    """In all of the first and none of the second."""
    return SetRegion(all_of=frozenset(inside), none_of=frozenset(outside))


@dataclass(frozen=True)
class LinearRow:
    """lower <= sum of coefficient x |region| <= upper."""

    terms: Mapping[SetRegion, Number]
    limits: Interval


@dataclass(frozen=True)
class Constraint:
    """One published figure (or one definition), by its name."""

    name: str
    rows: tuple[LinearRow, ...] = field(default_factory=tuple)


def total(name: str, region: SetRegion, size: Interval) -> Constraint:
    """The size of a region is known to lie in an interval."""
    return Constraint(name, (LinearRow({region: 1}, size),))


def linear(name: str, terms: Mapping[SetRegion, Number], limits: Interval) -> Constraint:
    """Any interval on a linear form of region sizes."""
    return Constraint(name, (LinearRow(dict(terms), limits),))


def share(name: str, part: str, whole: str, proportion: Interval) -> Constraint:
    """The share of `whole` that lies in `part` too, as a proportion of `whole`."""
    inside, base = both(part, whole), both(whole)
    rows = []
    if not math.isinf(proportion.lower):
        rows.append(LinearRow({inside: 1, base: -proportion.lower}, Interval.at_least(0)))
    if not math.isinf(proportion.upper):
        rows.append(LinearRow({inside: 1, base: -proportion.upper}, Interval.at_most(0)))
    return Constraint(name, tuple(rows))


def disjoint(name: str, first: str, second: str) -> Constraint:
    """No person (record) is in both."""
    return total(name, both(first, second), Interval.point(0))


def subset(name: str, inner: str, outer: str) -> Constraint:
    """Everyone in the inner set is in the outer one."""
    return total(name, only([inner], [outer]), Interval.point(0))


class ContradictionError(ValueError):
    """The figures cannot all hold; `conflict` names an irreducible subset of them that cannot."""

    def __init__(self, conflict: Sequence[str]) -> None:
        self.conflict = tuple(conflict)
        super().__init__("these figures cannot all hold together: " + "; ".join(self.conflict))


@dataclass(frozen=True)
class Proof:
    """A bound and the names of the constraints that each of its ends follows from (none for an infinite end)."""

    interval: Interval
    lower_from: tuple[str, ...]
    upper_from: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """Sets and what is known of them."""

    sets: tuple[str, ...]
    constraints: tuple[Constraint, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.sets) <= MOST_SETS or len(set(self.sets)) != len(self.sets):
            raise ValueError(f"a system has 1 to {MOST_SETS} different sets (got {len(self.sets)})")
        names = [constraint.name for constraint in self.constraints]
        if len(set(names)) != len(names):
            raise ValueError(f"two constraints have one name: {sorted(n for n in names if names.count(n) > 1)[0]}")
        for constraint in self.constraints:
            for row in constraint.rows:
                for region in row.terms:
                    self._check(region, constraint.name)

    def bound(self, region: SetRegion) -> Interval:
        """The smallest interval that holds the size of the region, whatever the overlaps are."""
        return self.proof(region).interval

    def proof(self, region: SetRegion) -> Proof:
        """The bound, and for each end the constraints that alone imply it.

        Their dual prices are not zero, so by weak duality no cell sizes that satisfy just these constraints lie
        beyond the end.
        """
        self._check(region, "the region asked for")
        objective = self._vector({region: 1})
        low = self._programme.least(objective)
        high = self._programme.least(-objective) if low is not None else None
        if low is None or high is None:
            raise ContradictionError(self._conflict)
        # Where the figures leave one size the two ends meet, and the solver's rounding may put the least above the most.
        least, most = sorted((max(low.value, 0.0), max(-high.value, 0.0)))
        return Proof(Interval(least, most), low.used, high.used)

    def conflict(self) -> tuple[str, ...]:
        """Names of an irreducible infeasible subset of the constraints; empty when all can hold."""
        return self._conflict

    @cached_property
    def _conflict(self) -> tuple[str, ...]:
        kept = list(self.constraints)
        if self._feasible(kept):
            return ()
        for constraint in self.constraints:
            trial = [other for other in kept if other is not constraint]
            if not self._feasible(trial):
                kept = trial
        return tuple(constraint.name for constraint in kept)

    def _feasible(self, constraints: Sequence[Constraint]) -> bool:
        return self._programme.least(self._vector({}), {constraint.name for constraint in constraints}) is not None

    def _check(self, region: SetRegion, where: str) -> None:
        unknown = region.names - set(self.sets)
        if unknown:
            raise ValueError(f"{where} speaks of a set that the system does not have: {', '.join(sorted(unknown))}")

    def _vector(self, terms: Mapping[SetRegion, Number]) -> Any:
        """Coefficient of each cell; cell i holds the sets whose bit is set in i."""
        import numpy as np

        member = self._member
        vector = np.zeros(1 << len(self.sets))
        for region, coefficient in terms.items():
            inside = np.ones(len(vector), dtype=bool)
            for name in region.all_of:
                inside &= member[name]
            for name in region.none_of:
                inside &= ~member[name]
            if region.any_of:
                inside &= np.any(np.array([member[name] for name in sorted(region.any_of)]), axis=0)
            vector += float(coefficient) * inside
        return vector

    @cached_property
    def _member(self) -> dict[str, Any]:
        """For each set, which cells lie in it."""
        import numpy as np

        cells = np.arange(1 << len(self.sets))
        return {name: (cells >> bit) & 1 == 1 for bit, name in enumerate(self.sets)}

    @cached_property
    def _programme(self) -> Programme:
        """All constraints as one programme: only the objective differs between the questions that are asked of it."""
        rows = [
            (constraint.name, self._vector(row.terms), *row.limits.as_floats())
            for constraint in self.constraints
            for row in constraint.rows
        ]
        return Programme(1 << len(self.sets), rows)
