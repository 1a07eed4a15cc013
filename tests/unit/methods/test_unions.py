"""Closed-form union bounds: valid for every assignment, and tight where they should be."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.interval import Interval
from assets.methods.unions import (
    dawson_sankoff_lower,
    frechet_bounds,
    frechet_bounds_of_intervals,
    hunter_upper,
)

SETS = 4
cells = st.lists(st.integers(0, 20), min_size=1 << SETS, max_size=1 << SETS).filter(lambda c: sum(c) > 0)


def described(sizes: list[int]) -> tuple[list[int], dict[tuple[int, int], int], int]:
    marginals = [sum(n for cell, n in enumerate(sizes) if cell >> i & 1) for i in range(SETS)]
    overlaps = {
        (i, j): sum(n for cell, n in enumerate(sizes) if cell >> i & 1 and cell >> j & 1)
        for i, j in combinations(range(SETS), 2)
    }
    return marginals, overlaps, sum(sizes[1:])


@given(cells)
def test_every_bound_holds_for_every_truth(sizes: list[int]) -> None:
    marginals, overlaps, truth = described(sizes)
    assert frechet_bounds(marginals, whole=sum(sizes)).contains(truth)
    assert dawson_sankoff_lower(marginals, overlaps) <= truth <= hunter_upper(marginals, overlaps)
    some = dict(list(overlaps.items())[:3])
    assert hunter_upper(marginals, overlaps) <= hunter_upper(marginals, some) <= sum(marginals)


def test_closed_forms() -> None:
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    assert frechet_bounds([half, half, tenth], whole=1) == Interval.closed(half, 1)
    # Two sets: both bounds are inclusion and exclusion.
    assert hunter_upper([half, half], {(0, 1): tenth}) == Fraction(9, 10)
    assert dawson_sankoff_lower([half, half], {(0, 1): tenth}) == Fraction(9, 10)
    # Three equal sets, pairwise 1/4 of 1/2: S1 = 3/2, S2 = 3/4, k = 2, bound 1 - 1/4.
    overlaps = {(0, 1): Fraction(1, 4), (0, 2): Fraction(1, 4), (1, 2): Fraction(1, 4)}
    assert dawson_sankoff_lower([half] * 3, overlaps) == Fraction(3, 4)
    assert hunter_upper([half] * 3, overlaps) == 1


def test_intervals_carry_their_width() -> None:
    bounds = frechet_bounds_of_intervals([Interval.half_open(2, 3), Interval.half_open(1, 2)])
    assert bounds == Interval.closed(2, 5)


@pytest.mark.parametrize("overlaps", [{(0, 0): 1}, {(0, 5): 1}, {(0, 1): 9}, {(0, 1): 1, (1, 0): 1}])
def test_impossible_overlaps_are_refused(overlaps: dict[tuple[int, int], int]) -> None:
    with pytest.raises(ValueError):
        hunter_upper([2, 3], overlaps)


def test_dawson_sankoff_wants_all_pairs() -> None:
    with pytest.raises(ValueError, match="all 3 pairs"):
        dawson_sankoff_lower([1, 1, 1], {(0, 1): 0})
