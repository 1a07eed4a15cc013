"""Closed-form bounds on a union from marginals alone; with overlaps the linear programme of `methods.bounds` is sharp.

Frechet / Boole: max p_i <= P(union) <= min(1, sum p_i). Units: proportions of one population, or counts in one unit (give
`whole`, the size of the population, where it is known). Reference: M. Frechet, Fundamenta Mathematicae 25 (1935) 379-387.
"""

from __future__ import annotations

from collections.abc import Sequence

from assets.methods.interval import Exact, Interval, Number, exact


def frechet_bounds(marginals: Sequence[Number], whole: Number | None = None) -> Interval:
    """Bounds on the union from the marginals alone."""
    sizes = _sizes(marginals)
    upper = exact(sum(sizes))
    return Interval(max(sizes), upper if whole is None else min(exact(whole), upper))


def frechet_bounds_of_intervals(marginals: Sequence[Interval], whole: Number | None = None) -> Interval:
    """The same where each marginal is known only as an interval (for example by its rounding)."""
    lower = frechet_bounds([interval.lower for interval in marginals]).lower
    upper = frechet_bounds([interval.upper for interval in marginals], whole).upper
    return Interval(lower, upper)


def _sizes(marginals: Sequence[Number]) -> list[Exact]:
    sizes = [exact(size) for size in marginals]
    if not sizes or min(sizes) < 0:
        raise ValueError("a union needs at least one marginal, and none of them negative")
    return sizes
