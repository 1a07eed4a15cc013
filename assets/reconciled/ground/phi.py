"""Which overdispersion a recorded count is taken with: the one estimated from its quarters, else the tracked assumption."""

from dataclasses import dataclass

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.assumed import Assumed
from assets.reconciled.ground.reference_rows import Assumptions
from assets.tables.records import records

PHI = "recorded_overdispersion_phi"
JUSTICE = "justice."
JUSTICE_PHI = "justice_overdispersion_phi"


@dataclass(frozen=True)
class Phi:
    """The overdispersion of a count.

    interval: what an interval of the count takes: a point with the uncertainty of an estimate in it, or an assumption
    value:    the estimate itself, or the upper end of the assumption
    freedom:  degrees of freedom of the estimate, None for an assumption
    said:     which of the two it is, in a sentence
    central:  what a likely interval takes; None for the middle of `interval`
    """

    interval: Interval
    value: float
    freedom: int | None
    row_id: str
    said: str
    central: float | None = None

    @property
    def assumed(self) -> Assumed:
        """What an interval takes, with the value that a likely one takes."""
        central = float(self.interval.midpoint) if self.central is None else self.central
        return Assumed(PHI, self.interval, central, self.row_id)

    @property
    def largest(self) -> float:
        """The upper end of what an interval takes."""
        return float(self.interval.upper)


class Phis:
    """The overdispersion of every series: rows of `reconciled.overdispersion` that are used, then `reference.assumption`."""

    def __init__(self, assumptions: Assumptions, estimated: pd.DataFrame) -> None:
        self._assumptions = assumptions
        self._estimated = {row["series"]: row for row in records(estimated) if row["used"]}
        self._held: dict[tuple[str, ...], Phi] = {}

    def of(self, series: tuple[str, ...]) -> Phi:
        """The overdispersion of a series, or of several added up."""
        if series not in self._held:
            self._held[series] = self._of(series)
        return self._held[series]

    def _of(self, series: tuple[str, ...]) -> Phi:
        row = self._estimated.get("+".join(series))
        if row is not None:
            sentence = (
                f"The overdispersion of the count is estimated: {row['phi']:.1f} on {row['degrees_of_freedom']} degrees of"
                f" freedom, from the {row['quarters']} quarters of {row['period_start']:%B %Y} to {row['period_end']:%B %Y}."
            )
            return Phi(
                Interval.point(row["phi_widened"]), row["phi"], row["degrees_of_freedom"], row["row_id"], sentence
            )
        key = JUSTICE_PHI if series[:1] and series[0].startswith(JUSTICE) else self._assumptions.closest(PHI, series)
        interval = self._assumptions.interval(key)
        low, high = interval.as_floats()
        tracked = f"a tracked assumption, {low:g} to {high:g}: too few of its quarters are held."
        sentence = f"The overdispersion of the count is {tracked}"
        return Phi(interval, high, None, self._assumptions.row_id(key), sentence, self._assumptions.central(key))
