"""Products and quotients from limits: closed form on the log scale, symmetry, refusals."""

import math

import pytest

from assets.methods.interval import Interval
from assets.methods.products import Quantity, log_mover


def quantity(value: float, spread: float) -> Quantity:
    return Quantity(value, Interval.closed(value * math.exp(-spread), value * math.exp(spread)))


def test_log_symmetric_limits_add_in_squares() -> None:
    # ln limits of +/- 0.3 and +/- 0.4 make +/- 0.5, as the variances of independent logs add.
    product = log_mover([quantity(10, 0.3), quantity(4, 0.4)])
    assert product.value == pytest.approx(40)
    assert product.limits.as_floats() == pytest.approx((40 * math.exp(-0.5), 40 * math.exp(0.5)))
    quotient = log_mover([quantity(10, 0.3)], [quantity(4, 0.4)])
    assert quotient.limits.as_floats() == pytest.approx((2.5 * math.exp(-0.5), 2.5 * math.exp(0.5)))


def test_a_certain_factor_only_scales() -> None:
    one = log_mover([quantity(10, 0.3), Quantity(3, Interval.point(3))])
    assert one.limits.as_floats() == pytest.approx((30 * math.exp(-0.3), 30 * math.exp(0.3)))


def test_the_upper_limit_of_a_divisor_lowers_the_quotient() -> None:
    lopsided = Quantity(10, Interval.closed(9, 20))
    down, up = log_mover([Quantity(1, Interval.point(1))], [lopsided]).limits.as_floats()
    assert (down, up) == pytest.approx((1 / 20, 1 / 9))


def test_what_is_assumed_adds_up_in_full_and_only_chance_in_squares() -> None:
    # Two factors that assumptions leave between 0.8 and 1.25 of their value, each with chance of +/- 0.3 and +/- 0.4 beyond.
    def assumed(value: float, spread: float) -> Quantity:
        core = Interval.closed(0.8 * value, 1.25 * value)
        return Quantity(value, Interval.closed(0.8 * value * math.exp(-spread), 1.25 * value * math.exp(spread)), core)

    for quantity in (
        log_mover([assumed(10, 0.3), assumed(4, 0.4)]),
        log_mover([assumed(10, 0.3)], [assumed(0.25, 0.4)]),
    ):
        assert quantity.limits.as_floats() == pytest.approx(
            (40 * 0.8**2 * math.exp(-0.5), 40 * 1.25**2 * math.exp(0.5))
        )


@pytest.mark.parametrize(("value", "low", "high"), [(1, 0, 2), (1, 2, 3), (1, 0.5, math.inf), (-1, -2, 1)])
def test_limits_that_hold_no_log_are_refused(value: float, low: float, high: float) -> None:
    with pytest.raises(ValueError, match="limits above zero"):
        Quantity(value, Interval.closed(low, high))
