"""Recorded offences per 100 estimated victims, and the difference where units allow one, worked out by hand."""

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import COUNT, ESTIMATE, case

from assets.methods.interval import Interval
from assets.reconciled.gap.ratio import Bounded, difference, per_100
from assets.reconciled.ground.phi import Phi

PHI = Phi(Interval.closed(1, 4), 4, None, "assumption:recorded_overdispersion_phi", "said")
ROUNDED = {"interval_source": "rounding"}
Z = 1.959964


def ratio(estimate: dict[str, Any] | None = None, count: dict[str, Any] | None = None) -> Bounded | None:
    return per_100(dataclasses.replace(ESTIMATE, **(estimate or {})), dataclasses.replace(COUNT, **(count or {})), PHI)


def test_with_the_rounding_only_the_ratio_is_the_quotient_of_the_intervals() -> None:
    bounded = ratio(ROUNDED)
    assert bounded is not None and bounded.value == 50
    assert (bounded.lower, bounded.upper) == pytest.approx((100 * 500 / 1100, 100 * 500 / 900)) and bounded.inputs == ()


def test_with_sampling_error_the_ratio_is_the_envelope_over_the_box() -> None:
    """Worst corner: least effective sample, phi 4, widest core: ln r +/- z sqrt(4/500 + (1-p)/(n p))."""
    box = {
        "interval_source": "assumed",
        "variation": Interval.closed(math.sqrt(0.8 / (1600 * 0.2)), math.sqrt(0.8 / (400 * 0.2))),
        "core": Interval.closed(990, 1010),
    }
    bounded = ratio(box)
    assert bounded is not None and bounded.value == 50
    reach = math.exp(Z * math.sqrt(4 / 500 + 0.8 / (400 * 0.2)))
    assert (bounded.lower, bounded.upper) == pytest.approx(
        (100 * 500 / 1010 / reach, 100 * 500 / 990 * reach), rel=1e-5
    )
    assert bounded.inputs == ("assumption:recorded_overdispersion_phi",)


def test_sampling_error_of_published_limits_is_counted_once() -> None:
    """ln r +/- z sqrt(4/500 + cv^2) around 500/1000: the published limits are in cv and not in the core too."""
    bounded = ratio({"core": Interval.point(1000), "variation": Interval.point(0.05)})
    reach = math.exp(Z * math.sqrt(4 / 500 + 0.05**2))
    assert bounded is not None and (bounded.lower, bounded.upper) == pytest.approx((50 / reach, 50 * reach), rel=1e-6)


def test_the_interval_of_a_female_share_is_part_of_the_ratio() -> None:
    narrow, wide = ratio(ROUNDED), ratio(ROUNDED, {"lower": 450.0, "upper": 550.0})
    assert narrow is not None and wide is not None and wide.lower < narrow.lower and wide.upper > narrow.upper
    assert wide.lower == pytest.approx(100 * 450 / 1100)


@pytest.mark.parametrize(
    ("estimate", "count"),
    [
        ({"value": 0.0}, {}),
        ({"value": None}, {}),
        ({}, {"value": None}),
        ({"core": None}, {}),
        ({"core": Interval.closed(0, 5)}, {}),
    ],
)
def test_no_ratio_over_nothing(estimate: dict[str, Any], count: dict[str, Any]) -> None:
    assert ratio(estimate, count) is None


def test_a_count_of_zero_has_a_ratio_of_zero() -> None:
    bounded = ratio(None, {"value": 0.0, "lower": 0.0, "upper": 0.0})
    assert bounded is not None and (bounded.value, bounded.lower) == (0, 0)


@given(st.floats(1, 1e7), st.floats(1, 1e7), st.floats(0.001, 0.4))
def test_a_ratio_lies_in_its_interval_on_either_side_of_100(recorded: float, victims: float, rounding: float) -> None:
    core = Interval.closed(victims * (1 - rounding), victims * (1 + rounding))
    sides = {
        "value": victims,
        "core": core,
        "interval_source": "assumed",
        "variation": Interval.closed(0.1, 0.2121),
    }
    bounded = ratio(sides, {"value": recorded, "lower": recorded, "upper": recorded})
    assert bounded is not None and 0 < bounded.lower < bounded.value < bounded.upper


INCIDENTS = {"unit": "incidents", "comparable_subset": True}


def test_a_difference_needs_incidents_of_a_comparable_subset() -> None:
    for refused in ({}, {"unit": "incidents"}, {"comparable_subset": True}):
        assert difference(case(pairing=refused), PHI) is None
    assert difference(case(pairing=INCIDENTS, count=False), PHI) is None
    assert difference(case(pairing=INCIDENTS, estimate={"value": None}), PHI) is None


def test_a_difference_has_the_interval_of_both_sides() -> None:
    """MOVER: 500 -/+ hypot(100, reach of the count at phi 4)."""
    bounded = difference(case(pairing=INCIDENTS), PHI)
    assert bounded is not None and bounded.value == 500
    assert bounded.lower < 400 < 600 < bounded.upper and bounded.inputs == (PHI.row_id,)
    sampling = 2 * Z * math.sqrt(500)
    assert bounded.upper - bounded.value == pytest.approx(math.hypot(100, sampling), rel=0.05)


def test_a_difference_may_be_negative() -> None:
    bounded = difference(case(pairing=INCIDENTS, count={"value": 2000.0, "lower": 2000.0, "upper": 2000.0}), PHI)
    assert bounded is not None and bounded.value == -1000 and bounded.upper < 0


def test_a_count_that_may_be_nought_has_no_logarithm() -> None:
    """Of a count whose lower end is zero the quotient of the intervals is given, from zero on."""
    bounded = ratio(
        {"interval_source": "assumed", "variation": Interval.closed(0.05, 0.1)},
        {"value": 0.0, "lower": 0.0, "upper": 0.5},
    )
    assert bounded is not None and (bounded.value, bounded.lower) == (0, 0) and 0 < bounded.upper < 0.1
