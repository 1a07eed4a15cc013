"""Interval arithmetic is exact, tight, and never loses a value it should hold."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.interval import Interval

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=12)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    lower, upper = sorted((draw(numbers), draw(numbers)))
    if lower == upper:
        return Interval.point(lower)
    return Interval(lower, upper, draw(st.booleans()), draw(st.booleans()))


@st.composite
def interval_with_member(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    interval = draw(intervals())
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=20))
    member = Fraction(interval.lower) + share * Fraction(interval.width)
    if member not in interval:
        member = Fraction(interval.midpoint)
    return interval, member


def test_constructors_say_what_belongs() -> None:
    assert 1 in Interval.half_open(1, 2) and 2 not in Interval.half_open(1, 2)
    assert 3 in Interval.at_least(3) and 10**12 in Interval.at_least(3)
    assert 3 not in Interval.more_than(3) and 3 not in Interval.less_than(3)
    assert 3 in Interval.at_most(3) and Interval.point(7).is_point
    assert math.inf not in Interval.everything()
    assert 0.5 in Interval.open(0, 1) and 0 not in Interval.open(0, 1)


@pytest.mark.parametrize("make", [
    lambda: Interval(2, 1), lambda: Interval(1, 1, True, False), lambda: Interval(math.nan, 1),
    lambda: Interval(math.inf, math.inf),
])  # fmt: skip
def test_impossible_intervals_are_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError):
        make()


def test_touching_half_open_intervals_do_not_meet() -> None:
    left, right = Interval.half_open(1, 2), Interval.half_open(2, 3)
    assert not left.meets(right) and left.is_below(right) and right.is_above(left)
    assert Interval.closed(1, 2).meets(right) and not Interval.closed(1, 2).is_below(right)


def test_decimals_and_fractions_stay_exact() -> None:
    total = Interval.point(Decimal("0.1")) + Fraction(2, 10)
    assert total.lower == Fraction(3, 10)
    assert Interval.closed(1, 2) / Interval.closed(3, 7) == Interval.closed(Fraction(1, 7), Fraction(2, 3))


def test_ratio_of_rounded_counts_is_open_where_the_print_is_open() -> None:
    ratio = Interval.half_open(10, 20) / Interval.half_open(2, 4)
    assert ratio == Interval(Fraction(5, 2), 10, False, False)


def test_division_refuses_a_denominator_that_may_be_zero() -> None:
    with pytest.raises(ValueError, match="denominator may be zero"):
        1 / Interval.closed(-1, 1)
    assert 1 / Interval(0, 5, False, True) == Interval.at_least(Fraction(1, 5))
    assert 1 / Interval(-5, 0, True, False) == Interval.at_most(Fraction(-1, 5))
    assert 6 / Interval.at_least(3) == Interval(0, 2, False, True)


def test_closed_zero_is_attained_even_beside_an_infinite_end() -> None:
    assert Interval.closed(0, 1) * Interval.at_least(2) == Interval.at_least(0)
    assert Interval(0, 1, False, True) * Interval.more_than(2) == Interval.more_than(0)


@pytest.mark.slow
@given(interval_with_member(), interval_with_member())
def test_arithmetic_contains_every_pointwise_result(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (left, x), (right, y) = a, b
    assert x + y in left + right
    assert x - y in left - right
    assert x * y in left * right
    if 0 not in right:
        assert x / y in left / right
    assert x in left | right and y in left | right


@pytest.mark.slow
@given(intervals(), intervals())
def test_ends_are_attained_or_limits(left: Interval, right: Interval) -> None:
    ends = {Fraction(x) * Fraction(y) for x in (left.lower, left.upper) for y in (right.lower, right.upper)}
    product = left * right
    assert product.lower == min(ends) and product.upper == max(ends)
    assert product == right * left


@pytest.mark.slow
@given(intervals(), intervals(), numbers)
def test_intersection_is_membership_of_both(left: Interval, right: Interval, x: Fraction) -> None:
    both = left & right
    assert (both is not None and x in both) == (x in left and x in right)
    assert left.meets(right) == right.meets(left)
    if both is not None:
        assert left.covers(both) and right.covers(both)
    else:
        assert left.is_below(right) or left.is_above(right)


@pytest.mark.slow
@given(intervals(), intervals(), numbers)
def test_exactly_one_order_holds_or_they_meet(left: Interval, right: Interval, x: Fraction) -> None:
    assert left.is_below(right) + left.is_above(right) + left.meets(right) == 1
    if left.is_below(right) and x in left:
        assert x not in right


@pytest.mark.slow
@given(intervals(), numbers)
def test_a_number_stands_for_its_point_on_either_side(interval: Interval, number: Fraction) -> None:
    point = Interval.point(number)
    assert number + interval == interval + number == interval + point
    assert number - interval == point - interval == -(interval - number)
    assert number * interval == interval * number == point * interval
    assert sum([interval, point], Interval.point(0)) == interval + number
    if number:
        assert interval / number == interval * (1 / number)
    if 0 not in interval:
        assert number / interval == point / interval


@pytest.mark.slow
@given(intervals(), numbers)
def test_scale_and_negate(interval: Interval, factor: Fraction) -> None:
    negative = -interval
    assert -negative == interval
    assert interval * -1 == negative
    assert Fraction(interval.midpoint) * factor in interval * factor
