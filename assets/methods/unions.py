"""Closed-form bounds on a union from marginals and pairwise overlaps.

- Frechet / Boole: max p_i <= P(union) <= min(1, sum p_i).
- Hunter (upper): sum p_i - the heaviest spanning tree of the pairwise overlaps.
- Dawson-Sankoff (lower): with S1 = sum p_i, S2 = sum of pairwise p_ij and k = 1 + floor(2 S2 / S1), 2 S1 /
  (k + 1) - 2 S2 / (k (k + 1)).

Units: proportions of one population, or counts in one unit (give `whole`, the size of the population, where
it is known).
References: M. Frechet, Fundamenta Mathematicae 25 (1935) 379-387; D. Hunter, Journal of Applied Probability
13 (1976) 597-603; D. A. Dawson and D. Sankoff, Proceedings of the American Mathematical Society 18 (1967)
504-507.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from assets.methods.interval import Exact, Interval, Number, exact

Pair = tuple[int, int]


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


def hunter_upper(marginals: Sequence[Number], overlaps: Mapping[Pair, Number]) -> Exact:
    """Upper bound: a pair without a published overlap counts as overlap zero, which keeps the bound valid."""
    sizes = _sizes(marginals)
    group = list(range(len(sizes)))

    def root(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    # Kruskal's algorithm, heaviest overlap first.
    saved: Exact = 0
    for (i, j), size in sorted(_pairs(sizes, overlaps).items(), key=lambda item: item[1], reverse=True):
        if root(i) != root(j):
            group[root(i)] = root(j)
            saved = saved + size
    return exact(sum(sizes) - saved)


def dawson_sankoff_lower(marginals: Sequence[Number], overlaps: Mapping[Pair, Number]) -> Exact:
    """Lower bound; it needs the overlap of every pair."""
    sizes = _sizes(marginals)
    pairs = _pairs(sizes, overlaps)
    wanted = len(sizes) * (len(sizes) - 1) // 2
    if len(pairs) != wanted:
        raise ValueError(f"Dawson-Sankoff needs the overlap of all {wanted} pairs (got {len(pairs)})")
    s1, s2 = exact(sum(sizes)), exact(sum(pairs.values()))
    if s1 == 0:
        return 0
    k = 1 + math.floor(2 * s2 / s1)
    if isinstance(s1, float) or isinstance(s2, float):
        return 2 * s1 / (k + 1) - 2 * s2 / (k * (k + 1))
    return exact(Fraction(2, k + 1) * s1 - Fraction(2, k * (k + 1)) * s2)


def _sizes(marginals: Sequence[Number]) -> list[Exact]:
    sizes = [exact(size) for size in marginals]
    if not sizes or min(sizes) < 0:
        raise ValueError("a union needs at least one marginal, and none of them negative")
    return sizes


def _pairs(sizes: Sequence[Exact], overlaps: Mapping[Pair, Number]) -> dict[Pair, Exact]:
    pairs: dict[Pair, Exact] = {}
    for (i, j), size in overlaps.items():
        if not (0 <= i < len(sizes) and 0 <= j < len(sizes)) or i == j:
            raise ValueError(f"the pair {(i, j)} is not a pair of the {len(sizes)} sets")
        key = (min(i, j), max(i, j))
        if key in pairs:
            raise ValueError(f"the overlap of pair {key} is given twice")
        if not 0 <= size <= min(sizes[i], sizes[j]):
            raise ValueError(f"the overlap {size} of pair {key} does not fit into its two sets")
        pairs[key] = exact(size)
    return pairs
