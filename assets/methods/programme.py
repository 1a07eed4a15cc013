"""Linear programmes over quantities of at least zero, of which only the objective or the rows in force change.

HiGHS takes the rows once; each question then sets the objective anew and solves from the start, so that an answer never
depends on which questions were asked before. Reference: Q. Huangfu and J. A. J. Hall, Mathematical Programming Computation
10 (2018) 119-142.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SMALLEST_PRICE = 1e-9  # a dual price below this is the solver's rounding
DIGITS = 12  # what lies beyond is rounding, which differs from machine to machine and would show where 12.85 is printed
COMFORTABLE = 1e4  # right sides of this size keep the solver's tolerance (1e-7) far below one person


@dataclass(frozen=True)
class Optimum:
    """A minimum and the names of the rows with a dual price there."""

    value: float
    used: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Programme:
    """Rows `lower <= coefficients x <= upper` by name (a name may have several), over x >= 0.

    columns: number of quantities; rows: name, vector of coefficients, lower and upper limit (either may be infinite)
    """

    columns: int
    rows: Sequence[tuple[str, Any, float, float]]

    def least(self, objective: Any, in_force: Collection[str] | None = None) -> Optimum | None:
        """Minimum of the objective; None when nothing satisfies the rows; -inf when there is no minimum.

        objective: vector of coefficients; in_force: names of the rows that count, None for all
        """
        import numpy as np
        from highspy import HighsModelStatus as Status

        solver = self._solver
        solver.clearSolver()
        solver.changeColsCost(self.columns, self._every_column, objective)
        off = [at for at, (name, *_) in enumerate(self.rows) if in_force is not None and name not in in_force]
        if off:
            free = np.full(len(off), math.inf)
            solver.changeRowsBounds(len(off), np.array(off, dtype=np.int32), -free, free)
        try:
            solver.run()
            status = solver.getModelStatus()
            if status == Status.kOptimal:
                optimum = solver.getInfo().objective_function_value * self._scale
                return Optimum(float(f"{optimum:.{DIGITS}g}"), self._priced())
        finally:
            if off:
                lower, upper = self._limits
                solver.changeRowsBounds(len(off), np.array(off, dtype=np.int32), lower[off], upper[off])
        if status == Status.kUnbounded:
            return Optimum(-math.inf, ())
        if status == Status.kInfeasible:
            return None
        raise RuntimeError(f"the solver gave up: {solver.modelStatusToString(status)}")

    def _priced(self) -> tuple[str, ...]:
        prices = self._solver.getSolution().row_dual
        paid = (name for (name, *_), price in zip(self.rows, prices, strict=True) if abs(price) > SMALLEST_PRICE)
        return tuple(dict.fromkeys(paid))

    @cached_property
    def _scale(self) -> float:
        """Persons (records) in one unit of the solver; a power of two divides exactly."""
        finite = (abs(end) for _, _, *ends in self.rows for end in ends if math.isfinite(end))
        return 2.0 ** round(math.log2((max(finite, default=0.0) or 1.0) / COMFORTABLE))

    @cached_property
    def _limits(self) -> tuple[Any, Any]:
        import numpy as np

        ends = np.array([(lower, upper) for _, _, lower, upper in self.rows], dtype=float).reshape(-1, 2) / self._scale
        return ends[:, 0], ends[:, 1]

    @cached_property
    def _every_column(self) -> Any:
        import numpy as np

        return np.arange(self.columns, dtype=np.int32)

    @cached_property
    def _solver(self) -> Any:
        import highspy
        import numpy as np

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(self.rows)
        model.col_cost_ = model.col_lower_ = np.zeros(self.columns)
        model.col_upper_ = np.full(self.columns, math.inf)
        model.row_lower_, model.row_upper_ = self._limits
        used = [np.flatnonzero(vector) for _, vector, _, _ in self.rows]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *map(len, used)])
        matrix.index_ = np.concatenate([*used, np.array([], dtype=int)])
        matrix.value_ = np.concatenate([np.empty(0), *(row[1][at] for row, at in zip(self.rows, used, strict=True))])

        solver = quiet_solver()
        solver.passModel(model)
        return solver


def quiet_solver() -> Any:
    """HiGHS in one thread: programmes come one after another, and are so small that starting threads takes longer."""
    import highspy

    class Quiet(highspy.Highs):
        """Without the callbacks, which nothing here needs: to enable them prints a banner on the terminal."""

        def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
            self.silent()

    solver: Any = Quiet()  # type: ignore[no-untyped-call]
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")  # of so few rows it takes longer than the programme
    return solver
