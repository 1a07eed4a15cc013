"""A product or quotient of independent quantities from their own limits.

ln(a b / c) is a sum of logs, so MOVER on the log scale gives its limits: with x_i the value of each quantity and
(l_i, u_i) its limits, the lower limit is the value times exp(-sqrt(sum d_i^2)), where d_i = ln(x_i / l_i) for a
numerator and ln(u_i / x_i) for a denominator; the upper limit mirrors it.

A quantity may also be known only up to an assumption: `core` is where its value may lie without any chance. Assumptions do not
average out, so their ends add up in full and only what lies between core and limits adds in squares: an outer envelope.

Units: the value has those of the numerators over those of the denominators. The quantities are independent; the limits
are of one level, which the result has too.
Reference: G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693-1702, on logs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.normal import exponential

Reach = tuple[float, float]


@dataclass(frozen=True)
class Quantity:
    """A value, its own limits, and the core that assumptions leave of it (the value itself where it is not given); above zero."""

    value: float
    limits: Interval
    core: Interval | None = None

    def __post_init__(self) -> None:
        lower, upper = self.limits.as_floats()
        least, most = self._core()
        if not 0 < lower <= least <= self.value <= most <= upper < math.inf:
            raise ValueError(f"a factor needs limits above zero around its value (got {self.value} in {self.limits})")

    def _core(self) -> tuple[float, float]:
        return self.core.as_floats() if self.core else (self.value, self.value)

    def reach(self) -> tuple[Reach, Reach]:
        """How far the logs of the limits lie below and above that of the value: by assumption, and by chance."""
        (lower, upper), (least, most) = self.limits.as_floats(), self._core()
        return (
            (math.log(self.value / least), math.log(least / lower)),
            (math.log(most / self.value), math.log(upper / most)),
        )


def log_mover(numerators: Sequence[Quantity], denominators: Sequence[Quantity] = ()) -> Quantity:
    """The product of the numerators over the product of the denominators, with its limits."""
    value = math.prod(quantity.value for quantity in numerators) / math.prod(
        denominator.value for denominator in denominators
    )
    reaches = [quantity.reach() for quantity in numerators] + [
        denominator.reach()[::-1] for denominator in denominators
    ]
    down, up = (
        sum(assumed for assumed, _ in ends) + math.hypot(*(chance for _, chance in ends))
        for ends in zip(*reaches, strict=True)
    )
    return Quantity(value, Interval.closed(value * math.exp(-down), value * exponential(up)))
