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

from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Exact, Interval, exact
from assets.methods.ratio import on_log_scale


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
    least = [size.lower for size in marginals]
    # Where only one part is surely above zero the others may overlap with it or not: at least not at all.
    lower = _omega(least, union.upper) if sum(least) > max(least) else exact(0)
    return Interval(lower, _omega([size.upper for size in marginals], union.lower))


@dataclass(frozen=True)
class Link:
    """A split-sample ratio with its variance on the log scale and its interval."""

    k: float
    log_variance: float
    interval: Interval


def split_sample_link(p_new: float, p_old: float, cv_new: float, cv_old: float) -> Link:
    """k = p_new / p_old from two independent halves of one sample."""
    if p_new <= 0 or p_old <= 0:
        raise ValueError(f"a link needs two prevalences above zero (got {p_new} and {p_old})")
    if cv_new < 0 or cv_old < 0:
        raise ValueError("a coefficient of variation is not negative")
    k, variance = p_new / p_old, cv_new**2 + cv_old**2
    return Link(k, variance, on_log_scale(k, variance))


def through_link(estimate: float, cv_estimate: float, link: Link) -> Interval:
    """An estimate on old questions put on new ones: ln(k x estimate) has variance cv^2 + Var ln k."""
    if estimate <= 0:
        raise ValueError(f"only an estimate above zero can be linked (got {estimate})")
    return on_log_scale(estimate * link.k, cv_estimate**2 + link.log_variance)


def _omega(sizes: Sequence[Exact], union: Exact) -> Exact:
    spread = exact(sum(sizes) - max(sizes))
    if spread == 0:
        raise ValueError("only one part is above zero: there is nothing to overlap")
    return (Interval.point(exact(sum(sizes) - union)) / spread).lower
