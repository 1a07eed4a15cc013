"""How far can a count be narrowed, from what is known of it and of others?

Unknown are the true counts. What a reader knows of them is linear: each published number is rounded or a marker, so its count
lies between two whole numbers, and counts add up to others. For every protected count the programme is solved for its least and
its largest value (HiGHS); one that has fewer possible values than the rule allows is disclosed. A solution shows possible values
of all counts at once, so most are seen to be wide enough without a programme of their own.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from assets.collection.told.control import NORMAL, Control
from assets.methods.programme import quiet_solver
from schemas.rows import AnyRow

TOLERANCE = 1e-6
# Only what is asked changes: the last answer still fits, and the primal simplex method goes on from it in a fifth of the time.
PRIMAL = 4
# So few counts are asked one by one.
FEW = 16
Disclosed = tuple[Hashable, float, float]


@dataclass(frozen=True)
class Moved:
    """Counts of one table and place that two publications have, and by how much all of them together moved at most.

    group: the table and place; keys: the counts, of which one that only one publication has is nought in the other
    """

    group: Hashable
    keys: Sequence[Hashable]
    most: float


class Contradiction(Exception):
    """No counts fit everything that is published: some cell was treated otherwise than the rules say."""


@dataclass
class AttackersSystem:
    """Unknown counts by key, between what two numbers each lies, and which of them add up to what."""

    rules: Control
    known: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    protected: list[Hashable] = field(default_factory=list)
    sums: list[tuple[dict[Hashable, float], float, float]] = field(default_factory=list)

    def cell(self, key: Hashable, row: AnyRow) -> None:
        """A published count; of one that is printed again as it was nothing is known of what it is now."""
        if row.get("held_from"):
            self.known[key] = (0, math.inf)
            return
        self.known[key] = self.rules.possible(row["offences"], row["cell_status"], row["rounded_to"])
        if row["rounded_to"] > 1 and not (row["cell_status"] == NORMAL and row["offences"] == 0):
            self.protected.append(key)

    def total(self, added: Iterable[Hashable], least: float, largest: float, less: Iterable[Hashable] = ()) -> None:
        """Some counts, less others, add up to a number between two."""
        parts = dict.fromkeys(added, 1.0) | dict.fromkeys(less, -1.0)
        for key in parts:
            self.known.setdefault(key, (0, math.inf))
        if parts:
            self.sums.append((parts, least, largest))

    def disclosed(self) -> list[Disclosed]:
        """The protected counts that can be narrowed too far, with the values between which they must lie."""
        if not self.protected:
            return []
        keys = list(self.known)
        place = {key: at for at, key in enumerate(keys)}
        enough = self.rules.narrowest - 1
        seen = self._seen(np.array([place[key] for key in self.protected]), enough)
        cases = []
        for key in self.protected:
            at = place[key]
            for sign in (-1.0, 1.0):
                if seen[at, 1] - seen[at, 0] < enough:
                    self._look(seen, [at], [sign])
            lower, upper = math.ceil(seen[at, 0] - TOLERANCE), math.floor(seen[at, 1] + TOLERANCE)
            if upper - lower < enough:
                cases.append((key, float(lower), float(upper)))
        return cases

    def must_fit(self) -> None:
        """Raises Contradiction where no counts fit."""
        if self.known:
            self._solution([0], [1.0])

    def _seen(self, places: Any, enough: float) -> Any:
        """Least and largest values that the counts were seen to have, by programmes that ask of many at once.

        Half of those not yet wide enough, by chance, are made large while the others are made small, and the other way round;
        as long as that settles a quarter of them.
        """
        seen = np.array([[math.inf, -math.inf]] * len(self.known))
        chance, narrow, before = np.random.default_rng(0), places, math.inf
        while FEW < len(narrow) < 3 / 4 * before:
            signs, before = chance.choice((-1.0, 1.0), len(narrow)), len(narrow)
            for costs in (signs, -signs):
                self._look(seen, narrow, costs)
            narrow = narrow[seen[narrow, 1] - seen[narrow, 0] < enough]
        return seen

    def _look(self, seen: Any, places: Any, costs: Any) -> None:
        values = self._solution(places, costs)
        seen[:, 0], seen[:, 1] = np.minimum(seen[:, 0], values), np.maximum(seen[:, 1], values)

    def _solution(self, places: Any, costs: Any) -> Any:
        """Counts under which those at some places are largest (cost -1) or least (1) together, as far as is known."""
        import highspy

        solver = self._solver
        for at, cost in zip(places, costs, strict=True):
            solver.changeColCost(int(at), float(cost))
        solver.run()
        values, status = np.array(solver.getSolution().col_value), solver.getModelStatus()
        for at in places:
            solver.changeColCost(int(at), 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            raise Contradiction("what is published of the collection contradicts itself")
        return values

    @cached_property
    def _solver(self) -> Any:
        keys = list(self.known)
        place = {key: at for at, key in enumerate(keys)}
        # No count is larger than a whole: a largest value always exists.
        finite = [largest for _, _, largest in self.sums if math.isfinite(largest)]
        top = max([*finite, *(most for _, most in self.known.values() if math.isfinite(most)), 1.0])
        solver = quiet_solver()
        solver.setOptionValue("simplex_strategy", PRIMAL)
        solver.addVars(
            len(keys), np.array([least for least, _ in self.known.values()], dtype=float),
            np.array([min(most, top) for _, most in self.known.values()], dtype=float),
        )  # fmt: skip
        for parts, least, largest in self.sums:
            where = np.array([place[key] for key in parts], dtype=np.int32)
            solver.addRow(least, largest, len(where), where, np.array(list(parts.values())))
        return solver
