"""A change in its four forms, kept apart.

percent = 100 (b/a - 1); points = b - a, only where both are percentages; fold = b/a; yearly rate = 100
((b/a)^(1/years) - 1).

Units: a and b in one unit; years between the two; percent and yearly rate in percent, points in percentage
points, fold none.
Reference: arithmetic; the yearly rate is the compound (geometric mean) rate.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """None where the form does not exist: no ratio from zero, no points between counts."""

    percent: float | None
    points: float | None
    fold: float | None
    yearly_percent: float | None


def change(before: float, after: float, years: float, in_percent: bool = False) -> Change:
    """The four forms of the change from `before` to `after`, `years` apart."""
    if before < 0 or after < 0:
        raise ValueError(f"a change in ratio needs figures that are not negative (got {before} and {after})")
    if years <= 0:
        raise ValueError(f"the later figure lies after the earlier one (got {years} years)")
    points = after - before if in_percent else None
    if before == 0:
        return Change(None, points, None, None)
    fold = after / before
    return Change(100 * (fold - 1), points, fold, 100 * (fold ** (1 / years) - 1))
