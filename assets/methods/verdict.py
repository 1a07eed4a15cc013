"""A change between two survey estimates over a box of standard errors, and what a published verdict leaves of the box.

- The publisher tests d = p1 - p0 against s = sqrt(se0^2 + se1^2): significant at the level if |d| > z s. With d known to its
  rounding (|d| - r to |d| + r) and s to an interval, p is an interval, and the answer one of three.
- "significant" says s < (|d| + r) / z, "not significant" s >= (|d| - r) / z: the rest of the box cannot have been what the
  publisher saw. Of d and s together what is left is p <= 1 - level, or p >= it.
- With se_i^2 = p_i (1 - p_i) / n_i, a bound of s bounds each n_i, the other taken at its end that allows most: hull
  consistency (Moore, Kearfott and Cloud 2009, ch. 10).

Units: d, r, s in one unit (percentage points); n in respondents, of simple random samples as precise.
Reference: identification by data that rule out part of a parameter set, C. F. Manski, Partial Identification of Probability
Distributions, 2003.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assets.methods.interval import INFINITY, Interval
from assets.methods.normal import two_sided_p, z_value

CHANCE = 0.05
THROUGHOUT, NOWHERE, DEPENDS = "throughout", "nowhere", "depends"
MOST_ROUNDS = 50


def answer_over(p_least: float, p_value: float) -> str:
    """Is a change significant `throughout` the assumptions, `nowhere`, or does it depend on them?"""
    if p_value < CHANCE:
        return THROUGHOUT
    return NOWHERE if p_least >= CHANCE else DEPENDS


@dataclass(frozen=True)
class OverBox:
    """Limits of a difference, and its smallest and largest p value, over a box of standard errors and the rounding."""

    lower: float
    upper: float
    p_least: float
    p_value: float


def over_box(change: float, rounding: float, error: Interval) -> OverBox:
    """The z test of a difference; rounding: how far it may be off; error: its standard error."""
    least, most = error.as_floats()
    reach = z_value() * most + rounding
    return OverBox(
        change - reach,
        change + reach,
        two_sided_p((abs(change) + rounding) / least),
        two_sided_p(max(0.0, abs(change) - rounding) / most),
    )


def given(over_box: OverBox, change: float, rounding: float, *, significant: bool) -> OverBox | None:
    """What a verdict leaves of a test; None where no part of the box can have given it."""
    if over_box.p_least > CHANCE if significant else over_box.p_value < CHANCE:
        return None
    if not significant:
        return replace(over_box, p_least=max(over_box.p_least, CHANCE))
    # A significant change has one sign throughout, and limits no further than twice the change from nought.
    farthest = 2 * (abs(change) + rounding)
    lower, upper = (max(over_box.lower, 0.0), min(over_box.upper, farthest)) if change > 0 else (
        max(over_box.lower, -farthest), min(over_box.upper, 0.0)
    )  # fmt: skip
    return OverBox(lower, upper, over_box.p_least, min(over_box.p_value, math.nextafter(CHANCE, 0)))


def error_allowed(change: float, rounding: float, *, significant: bool) -> Interval:
    """The standard errors of a difference that a verdict allows."""
    z = z_value()
    if significant:
        return Interval.closed(0, (abs(change) + rounding) / z)
    return Interval(max(0.0, abs(change) - rounding) / z, INFINITY)


@dataclass(frozen=True)
class Spoken:
    """A verdict on two figures: their keys, their variances at n = 1, and the standard errors that it allows."""

    first: str
    second: str
    variances: tuple[float, float]
    allowed: Interval


def sizes_left(sizes: Mapping[str, Interval], statements: Sequence[Spoken]) -> dict[str, Interval] | None:
    """The effective samples that some verdicts leave together; None where no sizes satisfy all of them."""
    left = dict(sizes)
    for _ in range(MOST_ROUNDS):
        before = dict(left)
        for spoken in statements:
            for own, other, at in ((spoken.first, spoken.second, 0), (spoken.second, spoken.first, 1)):
                cut = _size_left(left[own], left[other], spoken.variances[at], spoken.variances[1 - at], spoken.allowed)
                if cut is None:
                    return None
                left[own] = cut
        if left == before:
            break
    return left


def _size_left(own: Interval, other: Interval, variance: float, others: float, allowed: Interval) -> Interval | None:
    least, most = own.as_floats()
    low, high = (float(end) ** 2 for end in (allowed.lower, allowed.upper))
    room = high - others / float(other.upper)
    if room <= 0:
        return None
    least = max(least, variance / room)
    need = low - others / float(other.lower)
    if need > 0:
        most = min(most, variance / need)
    if least > most * (1 + 1e-12):
        return None
    if (least, most) == own.as_floats():
        return own
    return Interval.closed(min(least, most), most)


def error_of(variances: tuple[float, float], sizes: tuple[Interval, Interval]) -> Interval:
    """The standard error of a difference over two effective samples."""
    ends = [
        math.sqrt(sum(variance / size for variance, size in zip(variances, chosen, strict=True)))
        for chosen in (tuple(float(size.upper) for size in sizes), tuple(float(size.lower) for size in sizes))
    ]
    return Interval.closed(*ends)
