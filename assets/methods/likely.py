"""Likely intervals: sampling error and overdispersion at the central values of what is assumed, and the rounding of print.

A figure that is known only within a short interval (the rounding of print, two readings of "twelve months") is taken as
anywhere in it, which adds the variance w^2/12 of a uniform error of width w. On the log scale, for positive figures:

- ratio: ln(R/E) +/- z sqrt(phi/R + cv_E^2 + w_R^2/12 + w_E^2/12), w relative widths (`ratio.log_ratio_interval`);
- estimate: on each side sqrt(s^2 + z^2 w^2/12), s the distance from the figure to its limit of sampling on the log scale.

A likely interval is nominally 95% where the central values are true; the outer envelope says what follows if they are not.
Reference: delta method; error of rounding as uniform, W. F. Sheppard, Proceedings of the London Mathematical Society s1-29
(1897) 353-380; JCGM 100:2008 (GUM), 4.3.7.
"""

from __future__ import annotations

import math

from assets.methods.interval import Interval
from assets.methods.normal import exponential, z_value


def uniform_variance(interval: Interval, centre: float) -> float:
    """Variance of ln x for a figure anywhere in a short interval around a positive centre: (width / centre)^2 / 12."""
    if centre <= 0:
        raise ValueError(f"a relative width needs a centre above zero (got {centre})")
    return float(interval.width) ** 2 / (12 * centre**2)


def likely_estimate(value: float, sampling: Interval, spread: float = 0.0) -> Interval:
    """Interval of an estimate: its limits of sampling error, over the estimate, widened by a further log variance."""
    lower, upper = sampling.as_floats()
    if not 0 < lower <= 1 <= upper:
        raise ValueError(f"limits over the estimate lie around one and above zero, not at {sampling}")
    further = z_value() * math.sqrt(spread)
    below, above = math.hypot(math.log(lower), further), math.hypot(math.log(upper), further)
    return Interval.closed(value * math.exp(-below), value * exponential(above))
