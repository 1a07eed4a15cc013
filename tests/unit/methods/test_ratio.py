"""Ratios, differences and counts against published values and closed forms."""

import math

import pytest

from assets.methods import ratio
from assets.methods.interval import Interval
from assets.methods.survey import wilson_interval


def test_log_ratio_closed_form() -> None:
    lower, upper = ratio.log_ratio_interval(400, 1000, 0.05, phi=4).as_floats()
    reach = 1.959963985 * math.sqrt(4 / 400 + 0.0025)
    assert (lower, upper) == pytest.approx((0.4 * math.exp(-reach), 0.4 * math.exp(reach)))


def test_a_ratio_above_one_is_legal() -> None:
    assert ratio.log_ratio_interval(1500, 1000, 0.02).lower > 1


def test_mover_of_wilson_is_newcombes_tenth_method() -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II: 56/70 - 48/80, method 10.
    difference = ratio.difference_mover(56 / 70, wilson_interval(56 / 70, 70), 48 / 80, wilson_interval(48 / 80, 80))
    assert difference.as_floats() == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_difference_may_be_negative() -> None:
    gap = ratio.difference_mover(100, Interval.closed(90, 110), 200, Interval.closed(195, 205))
    assert gap.upper < 0


# Garwood (1936) limits, 95%.
@pytest.mark.parametrize(("count", "limits"), [(0, (0, 3.689)), (1, (0.0253, 5.572)), (10, (4.795, 18.390))])
def test_exact_poisson_limits(count: int, limits: tuple[float, float]) -> None:
    assert ratio.count_interval(count).as_floats() == pytest.approx(limits, abs=6e-4)


def test_overdispersion_widens_by_its_root() -> None:
    plain, wide = ratio.count_interval(100_000), ratio.count_interval(100_000, phi=9)
    assert wide.width / plain.width == pytest.approx(3, rel=5e-3)


@pytest.mark.parametrize("call", [
    lambda: ratio.log_ratio_interval(0, 10, 0.1), lambda: ratio.log_ratio_interval(5, 0, 0.1),
    lambda: ratio.log_ratio_interval(5, 10, 0.1, phi=0.5), lambda: ratio.count_interval(-1),
    lambda: ratio.difference_mover(5, Interval.closed(6, 7), 1, Interval.point(1)),
    lambda: ratio.difference_mover(5, Interval.at_least(4), 1, Interval.point(1)),
])  # fmt: skip
def test_nonsense_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError):
        call()
