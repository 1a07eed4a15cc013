"""Likely intervals, by hand."""

import math

import pytest

from assets.methods.interval import Interval
from assets.methods.likely import likely_estimate, uniform_variance
from assets.methods.ratio import log_ratio_interval

Z = 1.959964


def test_the_variance_of_a_figure_that_is_known_to_its_rounding() -> None:
    assert uniform_variance(Interval.closed(9, 15), 12) == pytest.approx((6 / 12) ** 2 / 12)
    assert uniform_variance(Interval.closed(0.4, 0.7), 0.5) == pytest.approx((0.3 / 0.5) ** 2 / 12)
    for centre in (0, -1):
        with pytest.raises(ValueError, match="above zero"):
            uniform_variance(Interval.closed(0, 1), centre)


def test_a_ratio_has_the_errors_of_both_sides_on_the_log_scale() -> None:
    reach = Z * math.sqrt(4 / 500 + 0.1**2 + 0.003)
    interval = log_ratio_interval(500, 2000, 0.1, 4, 0.003)
    assert interval.as_floats() == pytest.approx((0.25 * math.exp(-reach), 0.25 * math.exp(reach)), rel=1e-6)
    for estimate in (0, -1):
        with pytest.raises(ValueError, match="above zero"):
            log_ratio_interval(500, estimate, 0.1, 4)


def test_an_estimate_keeps_the_sides_of_its_limits_and_widens_both() -> None:
    further = Z * math.sqrt(0.01)
    interval = likely_estimate(1000, Interval.closed(0.8, 1.5), 0.01)
    below, above = math.hypot(math.log(0.8), further), math.hypot(math.log(1.5), further)
    assert interval.as_floats() == pytest.approx((1000 * math.exp(-below), 1000 * math.exp(above)), rel=1e-6)
    assert likely_estimate(1000, Interval.closed(0.8, 1.5)).as_floats() == pytest.approx((800, 1500))
    assert likely_estimate(1000, Interval.closed(1, 1)).as_floats() == (1000, 1000)
    widened = likely_estimate(1000, Interval.closed(1, 1), 0.01)
    assert widened.upper == pytest.approx(1000 * math.exp(0.1959964), rel=1e-5)
    for limits in (Interval.closed(0, 2), Interval.closed(1.1, 2), Interval.closed(0.5, 0.9)):
        with pytest.raises(ValueError, match="around one"):
            likely_estimate(1000, limits)
