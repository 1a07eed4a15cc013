"""Funnel-plot limits for the rates of many areas, widened for overdispersion.

Target theta = sum of counts / sum of exposures. z_i = (r_i - theta) / sqrt(theta / n_i). The largest and
the smallest 10% of the z are winsorised (set to the next one inwards), phi = mean of the squared winsorised
z, taken as at least 1. Limits at level L: theta +/- z_L sqrt(phi theta / n_i), not below zero. Limits at
95% and 99.8% are the usual pair.

The limits are those of a normal distribution, which a small count does not have: where 0.04 are expected one lies beyond the
upper 99.8% limit, and comes by chance forty times as often as that says; where 10 are, what lies beyond comes three times as
often. So a point says how many are expected at its exposure; of fewer than LEAST_EXPECTED limits say nothing.

A point outside says: more different from the target than forces usually are. It ranks nobody.

Units: counts; exposures in persons (or thousands of persons); rates in counts per unit of exposure.
Reference: D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202, and Quality and Safety in Health
Care 14 (2005) 347-351.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.normal import z_value

LEAST_AREAS, LEAST_EXPECTED = 5, 10
INNER, OUTER = 0.95, 0.998
WINSORISED = 0.1


@dataclass(frozen=True)
class FunnelPoint:
    """One area: its rate, the count that the target makes of its exposure, and the limits there."""

    area: str
    rate: float
    expected: float
    inner: Interval
    outer: Interval

    @property
    def position(self) -> str:
        """Where the rate lies: inside, beyond the inner limits, or beyond the outer ones."""
        if self.rate in self.inner:
            return "inside"
        side = "above" if self.rate > float(self.inner.upper) else "below"
        return f"{side} inner limit" if self.rate in self.outer else f"{side} outer limit"


@dataclass(frozen=True)
class FunnelPlot:
    """The target, the overdispersion and the points."""

    target: float
    phi: float
    points: tuple[FunnelPoint, ...]


def funnel_limits(areas: Mapping[str, tuple[float, float]]) -> FunnelPlot:
    """Limits for areas given as name -> (count, exposure); leave out an area with a missing quarter."""
    if len(areas) < LEAST_AREAS:
        raise ValueError(f"a funnel plot needs at least {LEAST_AREAS} areas (got {len(areas)})")
    for name, (count, exposure) in areas.items():
        if count < 0 or exposure <= 0:
            raise ValueError(f"{name}: a count is not negative and an exposure is positive")
    target = sum(count for count, _ in areas.values()) / sum(exposure for _, exposure in areas.values())
    if target == 0:
        raise ValueError("all counts are zero: there is no target rate")
    scores = [(c / n - target) / math.sqrt(target / n) for c, n in areas.values()]
    phi = max(1.0, sum(z * z for z in winsorise(scores, WINSORISED)) / len(scores))
    quantiles = z_value(INNER), z_value(OUTER)
    points = []
    for name, (count, exposure) in areas.items():
        error = math.sqrt(phi * target / exposure)
        inner, outer = (_limits(target, z * error) for z in quantiles)
        points.append(FunnelPoint(name, count / exposure, target * exposure, inner, outer))
    return FunnelPlot(target, phi, tuple(points))


def winsorise(scores: Sequence[float], share: float) -> list[float]:
    """The scores, in their order, with the lowest and highest `share` set to the next one inwards."""
    if not 0 <= share < 0.5:
        raise ValueError(f"the winsorised share lies between 0 and a half (got {share})")
    ordered, cut = sorted(scores), math.floor(share * len(scores))
    low, high = ordered[cut], ordered[-1 - cut]
    return [min(max(score, low), high) for score in scores]


def _limits(target: float, reach: float) -> Interval:
    return Interval.closed(max(0.0, target - reach), target + reach)
