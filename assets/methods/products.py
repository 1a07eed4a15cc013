"""A product or quotient of independent quantities from their own limits.

ln(a b / c) is a sum of logs, so MOVER on the log scale gives its limits: with x_i the value of each quantity and
(l_i, u_i) its limits, the lower limit is the value times exp(-sqrt(sum d_i^2)), where d_i = ln(x_i / l_i) for a
numerator and ln(u_i / x_i) for a denominator; the upper limit mirrors it.

Units: the value has those of the numerators over those of the denominators. The quantities are independent; the limits
are of one level, which the result has too.
Reference: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693-1702, on logs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval


@dataclass(frozen=True)
class Quantity:
    """A value and its own limits, all above zero."""

    value: float
    limits: Interval

    def __post_init__(self) -> None:
        lower, upper = self.limits.as_floats()
        if not 0 < lower <= self.value <= upper < math.inf:
            raise ValueError(f"a factor needs limits above zero around its value (got {self.value} in {self.limits})")


def log_mover(numerators: Sequence[Quantity], denominators: Sequence[Quantity] = ()) -> Quantity:
    """The product of the numerators over the product of the denominators, with its limits."""
    below = [(one.value, *one.limits.as_floats()) for one in numerators]
    over = [(one.value, *one.limits.as_floats()) for one in denominators]
    value = math.prod(x for x, _, _ in below) / math.prod(x for x, _, _ in over)
    down = math.hypot(*(math.log(x / low) for x, low, _ in below), *(math.log(high / x) for x, _, high in over))
    up = math.hypot(*(math.log(high / x) for x, _, high in below), *(math.log(x / low) for x, low, _ in over))
    return Quantity(value, Interval.closed(value * math.exp(-down), value * math.exp(up)))
