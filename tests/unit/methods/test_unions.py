"""Closed-form union bounds: valid for every assignment, and tight where they should be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.bounds import frechet_bounds, frechet_bounds_of_intervals
from assets.methods.interval import Interval

SETS = 4
cells = st.lists(st.integers(0, 20), min_size=1 << SETS, max_size=1 << SETS).filter(lambda c: sum(c) > 0)


@given(cells)
def test_the_bounds_hold_for_every_truth(sizes: list[int]) -> None:
    marginals = [sum(n for cell, n in enumerate(sizes) if cell >> i & 1) for i in range(SETS)]
    assert sum(sizes[1:]) in frechet_bounds(marginals, whole=sum(sizes))


def test_closed_forms() -> None:
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    assert frechet_bounds([half, half, tenth], whole=1) == Interval.closed(half, 1)


def test_intervals_carry_their_width() -> None:
    bounds = frechet_bounds_of_intervals([Interval.half_open(2, 3), Interval.half_open(1, 2)])
    assert bounds == Interval.closed(2, 5)
    assert frechet_bounds_of_intervals([Interval.closed(2, 3), Interval.closed(1, 2)], 4) == Interval.closed(2, 4)


@pytest.mark.parametrize("marginals", [[], [1, -1]])
def test_no_marginals_and_negative_ones_are_refused(marginals: list[int]) -> None:
    with pytest.raises(ValueError):
        frechet_bounds(marginals)
