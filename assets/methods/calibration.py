"""Calibration of an overlap, and of old survey questions on new ones.

Overlap: omega = (sum p_i - P(union)) / (sum p_i - max p_i) says where the union lies between its Frechet
bounds: 0 for no overlap (union = sum), 1 for the deepest (union = largest). It is valid only for the same
types, questions, sex and population.

Split-sample link: k = p_new / p_old, both halves asked in the same year; independent halves give Var ln k =
cv_new^2 + cv_old^2. Never the k of all adults for women.

Units: all prevalences in one unit (percent or proportion); omega and k have none. References: bounds by M.
Frechet, Fundamenta Mathematicae 25 (1935) 379-387; log ratio of independent estimates by the delta method,
K. M. Wolter, Introduction to Variance Estimation (2nd ed., 2007) ch. 6.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Exact, Interval, Number, exact
from assets.methods.normal import z_value


def overlap_omega(marginals: Sequence[Number], union: Number) -> Exact:
    """Where the union lies between the sum (0) and the largest (1) of its parts."""
    sizes = [Interval.point(size) for size in marginals]
    return overlap_omega_interval(sizes, Interval.point(union)).lower


def overlap_omega_interval(marginals: Sequence[Interval], union: Interval) -> Interval:
    """Omega for figures known only as intervals (their rounding).

    Omega rises with each part and falls with the union (largest part <= union), so its ends lie at corners.
    """
    if len(marginals) < 2 or any(size.lower < 0 for size in marginals):
        raise ValueError("an overlap needs two or more parts, none of them negative")
    if union.upper < max(size.lower for size in marginals):
        raise ValueError(f"the union {union} is smaller than its largest part")
    if union.lower > sum(size.upper for size in marginals):
        raise ValueError(f"the union {union} is larger than the sum of its parts")
    return Interval(
        _omega([size.lower for size in marginals], union.upper),
        _omega([size.upper for size in marginals], union.lower),
    )


def union_from_omega(marginals: Sequence[Interval], omega: Interval) -> Interval:
    """The union that a calibrated omega in [0, 1] implies: sum p_i - omega (sum p_i - max p_i)."""
    if omega.lower < 0 or omega.upper > 1:
        raise ValueError(f"an overlap omega lies between 0 and 1, not {omega}")
    lower, upper = [size.lower for size in marginals], [size.upper for size in marginals]
    return Interval(_union(lower, omega.upper), _union(upper, omega.lower))


@dataclass(frozen=True)
class Link:
    """A split-sample ratio with its variance on the log scale and its interval."""

    k: float
    log_variance: float
    interval: Interval


def split_sample_link(p_new: float, p_old: float, cv_new: float, cv_old: float, level: float = 0.95) -> Link:
    """k = p_new / p_old from two independent halves of one sample."""
    if p_new <= 0 or p_old <= 0:
        raise ValueError(f"a link needs two prevalences above zero (got {p_new} and {p_old})")
    if cv_new < 0 or cv_old < 0:
        raise ValueError("a coefficient of variation is not negative")
    k, variance = p_new / p_old, cv_new**2 + cv_old**2
    reach = z_value(level) * math.sqrt(variance)
    return Link(k, variance, Interval.closed(k * math.exp(-reach), k * math.exp(reach)))


def link_rounding(p_new: Interval, p_old: Interval) -> Interval:
    """The values of k that the rounding of the two printed prevalences allows (no sampling error)."""
    return p_new.div(p_old)


def through_link(estimate: float, cv_estimate: float, link: Link, level: float = 0.95) -> Interval:
    """An estimate on old questions put on new ones: ln(k x estimate) has variance cv^2 + Var ln k."""
    if estimate <= 0:
        raise ValueError(f"only an estimate above zero can be linked (got {estimate})")
    reach = z_value(level) * math.sqrt(cv_estimate**2 + link.log_variance)
    linked = estimate * link.k
    return Interval.closed(linked * math.exp(-reach), linked * math.exp(reach))


def _omega(sizes: Sequence[Exact], union: Exact) -> Exact:
    spread = exact(sum(sizes) - max(sizes))
    if spread == 0:
        raise ValueError("only one part is above zero: there is nothing to overlap")
    return Interval.point(exact(sum(sizes) - union)).div(Interval.point(spread)).lower


def _union(sizes: Sequence[Exact], omega: Exact) -> Exact:
    spread = Interval.point(exact(sum(sizes) - max(sizes)))
    return Interval.point(exact(sum(sizes))).sub(spread.scale(omega)).lower
