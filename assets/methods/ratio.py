"""Recorded counts against survey estimates: the ratio, the difference, and the count alone.

Units: recorded in offences, estimate in whatever the survey estimates; a ratio carries offences per unit of
the estimate (times 100 for "recorded per 100 estimated victims"); a difference needs one unit on both
sides. cv = standard error / estimate. phi >= 1 is the overdispersion of the recorded count (variance /
mean).

- log ratio: ln(R/E) +/- z sqrt(phi/R + cv^2 + what else is not known of it). Reference: delta method on independent
  counts, as in K. J. Rothman, S. Greenland and T. L. Lash, Modern Epidemiology (3rd ed., 2008); phi as in P. McCullagh
  and J. A. Nelder, Generalized Linear Models (2nd ed., 1989) ch. 6.
- MOVER: the difference of two independent quantities from their own limits (l, u): L = d - sqrt((a - l_a)^2
  + (u_b - b)^2), U = d + sqrt((u_a - a)^2 + (b - l_b)^2), d = a - b. Reference: G. Y. Zou and A. Donner,
  Statistics in Medicine 27 (2008) 1693-1702; R. G. Newcombe, ibid. 17 (1998) 873-890.
- count: Garwood's exact Poisson limits (F. Garwood, Biometrika 28 (1936) 437-442), on R/phi and back when
  phi > 1.

The interval is conditional on the recorded count being a draw with mean what the process yields: no
interval here holds what was never recorded, nor non-response.
"""

from __future__ import annotations

import math

from assets.methods.interval import INFINITY, Interval
from assets.methods.normal import LEVEL, exponential, z_value


def log_ratio_variance(recorded: float, cv_estimate: float, phi: float = 1.0) -> float:
    """Var ln(R/E) = phi/R + cv_E^2."""
    _check_phi(phi)
    if recorded <= 0:
        raise ValueError(f"a log ratio needs a recorded count above zero (got {recorded}): use count_interval")
    if cv_estimate < 0:
        raise ValueError(f"a coefficient of variation is not negative (got {cv_estimate})")
    return phi / recorded + cv_estimate**2


def log_ratio_interval(
    recorded: float, estimate: float, cv_estimate: float, phi: float = 1.0, spread: float = 0.0
) -> Interval:
    """Interval of recorded / estimate on the log scale, on either side of one: a gap can have either sign.

    spread: further variance of the logarithm
    """
    if estimate <= 0:
        raise ValueError(f"a ratio needs an estimate above zero (got {estimate})")
    return on_log_scale(recorded / estimate, log_ratio_variance(recorded, cv_estimate, phi) + spread)


def on_log_scale(centre: float, variance: float) -> Interval:
    """Interval of a positive figure whose logarithm has this variance."""
    reach = z_value() * math.sqrt(variance)
    return Interval.closed(centre * math.exp(-reach), centre * exponential(reach))


def difference_mover(
    estimate: float, estimate_interval: Interval, recorded: float, recorded_interval: Interval
) -> Interval:
    """MOVER interval of estimate - recorded in one unit; negative where more is recorded than estimated."""
    for name, value, interval in (
        ("estimate", estimate, estimate_interval),
        ("recorded count", recorded, recorded_interval),
    ):
        lower, upper = interval.as_floats()
        if not lower <= value <= upper:
            raise ValueError(f"the {name} {value} does not lie in its own interval {interval}")
        if not interval.is_bounded:
            raise ValueError(f"MOVER needs limits on both sides; the {name} has {interval}")
    difference = estimate - recorded
    (low_e, high_e), (low_r, high_r) = (estimate_interval.as_floats(), recorded_interval.as_floats())
    return Interval.closed(
        difference - math.hypot(estimate - low_e, high_r - recorded),
        difference + math.hypot(high_e - estimate, recorded - low_r),
    )


def count_interval(count: float, phi: float = 1.0) -> Interval:
    """Limits for the mean of a recorded count; exact Poisson at phi = 1, else on R/phi."""
    from scipy.special import gammaincinv

    _check_phi(phi)
    if count < 0:
        raise ValueError(f"a count is not negative (got {count})")
    effective, alpha = count / phi, 1 - LEVEL
    lower = 0.0 if count == 0 else phi * float(gammaincinv(effective, alpha / 2))
    return Interval.closed(lower, phi * float(gammaincinv(effective + 1, 1 - alpha / 2)))


def _check_phi(phi: float) -> None:
    if not 1 <= phi < INFINITY:
        raise ValueError(
            f"overdispersion phi is one or more (got {phi}): a recorded count is never taken as less variable"
        )
