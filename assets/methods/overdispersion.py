"""Overdispersion of recorded counts, from quarterly counts after trend and season.

A quasi-Poisson log-linear model with a trend, a step at each known break and quarterly seasons is fitted;
phi = X^2 / df of its Pearson residuals, taken as at least 1. Its interval is df phi / chi^2 quantiles
(residuals taken as normal). With few quarters phi is itself uncertain: the interval says how much, and the
upper end is the cautious value.

A phi found on quarters serves a yearly count when quarters are independent given trend and season: variance
and mean both add. What changes from year to year but not within the quarters fitted is not in it.

A count with an estimated phi has limits by Student's t on the same degrees of freedom: ln R +/- t sqrt(phi /
R). That is the normal form with phi (t / z)^2 in place of phi (`widened`), so that one number carries the
uncertainty of phi into any interval; limits of several quantities are then put together as by MOVER.

Units: counts per quarter; phi has none. References: P. McCullagh and J. A. Nelder, Generalized Linear Models
(2nd ed., 1989) sec. 4.5; for t on estimated variances, "Student", Biometrika 6 (1908) 1-25; for MOVER, G. Y. Zou
and A. Donner, Statistics in Medicine 27 (2008) 1693-1702.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.normal import LEVEL, student_value, z_value
from assets.methods.trend import break_adjusted_trend


@dataclass(frozen=True)
class Overdispersion:
    """phi for use (at least 1), as found, its interval, and the degrees of freedom behind it."""

    phi: float
    raw_phi: float
    interval: Interval
    degrees_of_freedom: int


def widened(phi: float, freedom: float | None) -> float:
    """phi (t / z)^2: what stands for an estimated phi in a normal interval; phi itself where it is known (None)."""
    return phi if freedom is None else phi * (student_value(freedom) / z_value()) ** 2


def quarterly_overdispersion(
    counts: Sequence[float | None],
    first_quarter: int = 1,
    breaks: Mapping[str, float] | None = None,
) -> Overdispersion:
    """phi of consecutive quarterly counts.

    `first_quarter` (1 to 4) is the season of the first count; `breaks` maps a name to the index
    of the first count after that break; a break within a quarter lies between two indices, and that quarter carries the
    step by its share after the break. A missing quarter (None) is left out and keeps its place in time.
    """
    from scipy.special import chdtri

    known = [i for i, count in enumerate(counts) if count is not None]
    if not known:
        raise ValueError("overdispersion needs quarterly counts")
    places = range(len(counts))
    seasons = [(first_quarter - 1 + i) % 4 + 1 for i in places]
    steps = {name: [min(1.0, max(0.0, i + 1 - at)) for i in places] for name, at in (breaks or {}).items()}
    fit = break_adjusted_trend([float(i) for i in places], counts, steps, seasons).fit
    freedom, tail = fit.degrees_of_freedom, (1 - LEVEL) / 2
    spread = freedom * fit.raw_phi
    # chdtri inverts the upper tail: the larger quantile stands in the lower end.
    limits = Interval.closed(spread / float(chdtri(freedom, tail)), spread / float(chdtri(freedom, 1 - tail)))
    return Overdispersion(fit.phi, fit.raw_phi, limits, freedom)
