"""Ranges of ratios under interval balances, by hand."""

import math

import pytest

from assets.methods.balances import ONE, UNIT, Balance, Balances, separate
from assets.methods.interval import Interval

POINT = Interval.point
A = Balance({"a": POINT(1), UNIT: Interval.closed(-12, -8)}, frozenset({"claim a"}))  # a is 8 to 12
B = Balance({"b": POINT(1), "a": Interval.closed(-2, -1)}, frozenset({"claim b"}))  # b is once to twice a
C = Balance({"b": POINT(1), UNIT: POINT(-30)}, frozenset({"claim c"}))  # b is 30
CAP = Balance({"b": POINT(1), UNIT: POINT(-10)}, frozenset({"cap"}), at_most=True)  # b is at most 10


def ends(interval: Interval | None) -> tuple[float, float]:
    """The ends of a range that there is."""
    assert interval is not None
    return interval.as_floats()


@pytest.mark.parametrize("scale", [{}, {"a": 1000.0, "b": 0.01}])
def test_a_range_follows_from_what_is_in_force(scale: dict[str, float]) -> None:
    of = Balances([A, B], scale)
    assert of.hold()
    assert ends(of.range({"a": POINT(1)})) == pytest.approx((8, 12))
    assert ends(of.range({"b": POINT(1)})) == pytest.approx((8, 24))
    assert ends(of.range({"b": POINT(1)}, {"a": POINT(1)})) == pytest.approx((1, 2))
    assert ends(of.range({"b": POINT(1), "a": POINT(1)})) == pytest.approx((16, 36))
    assert ends(of.range({"b": POINT(1)}, ONE, ["claim b"])) == (0, math.inf)
    assert ends(of.range({"a": Interval.closed(2, 3)})) == pytest.approx((16, 36))


def test_what_contradicts_leaves_no_range_until_it_is_left_out() -> None:
    of = Balances([A, B, C], {})
    assert not of.hold() and of.range({"a": POINT(1)}) is None
    assert of.hold(["claim c"]) and of.hold(["claim a"]) and of.hold({"claim b"})
    assert ends(of.range({"a": POINT(1)}, left_out=["claim a"])) == pytest.approx((15, 30))


def test_a_balance_of_at_most_bounds_one_side() -> None:
    of = Balances([A, B, CAP], {})
    assert ends(of.range({"b": POINT(1)})) == pytest.approx((8, 10))
    assert ends(of.range({"a": POINT(1)})) == pytest.approx((8, 10))


def test_a_coefficient_without_an_end_says_nothing_there() -> None:
    at_least = Balance({"a": POINT(1), UNIT: Interval(-math.inf, -8, False, True)}, frozenset())
    assert ends(Balances([at_least], {}).range({"a": POINT(1)})) == (pytest.approx(8), math.inf)


def test_balances_are_kept_together_by_a_quantity_or_an_owner() -> None:
    far = Balance({"d": POINT(1)}, frozenset({"claim a"}))
    alone, bare = Balance({"e": POINT(1)}), Balance({UNIT: POINT(0)})
    assert separate([A, alone, B, bare, far]) == [[A, B, far], [alone], [bare]]
    assert separate([C, A, B]) == [[C, A, B]]
