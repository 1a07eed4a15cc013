"""The quantile that a two-sided interval needs: of the normal, or of Student's t where the variance is estimated.

z(level) = Phi^-1((1 + level) / 2), so z(0.95) = 1.9600. Units: level in (0, 1); z and t have none. Every interval that is
computed here is a 95% one, as the publishers' own are; only funnel plots have a second pair of limits.
"""

from __future__ import annotations

import math
import sys

LEVEL = 0.95
LARGEST_POWER = math.log(sys.float_info.max)


def z_value(level: float = LEVEL) -> float:
    """The two-sided normal quantile of a confidence level."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def two_sided_p(z: float) -> float:
    """P(|Z| >= |z|) for a standard normal Z."""
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


def student_value(freedom: float) -> float:
    """The two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    if freedom <= 0:
        raise ValueError(f"degrees of freedom are positive (got {freedom})")
    return float(stdtrit(freedom, (1 + LEVEL) / 2))


def student_p(t: float, freedom: float) -> float:
    """P(|T| >= |t|) for Student's t."""
    from scipy.special import stdtr

    return float(2 * stdtr(freedom, -abs(t)))


def exponential(power: float) -> float:
    """e to a power; infinite where that is more than a number can hold."""
    return math.exp(power) if power < LARGEST_POWER else math.inf
