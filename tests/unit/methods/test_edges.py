"""Formulas at their edges: each refuses where it stops being defined and not before.

Quantiles are those of printed tables: z(0.95) = 1.959964, z(0.8) = 0.841621, t(7, 0.95) = 2.364624.
"""

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from assets.methods.calibration import Link, overlap_omega_interval, split_sample_link, through_link
from assets.methods.envelope import outer_envelope, victims_from_prevalence
from assets.methods.flags import completeness
from assets.methods.funnel_plot import funnel_limits, winsorise
from assets.methods.interval import Interval
from assets.methods.normal import student_p, student_value
from assets.methods.ratio import count_interval, difference_mover, log_ratio_interval, log_ratio_variance
from assets.methods.survey import (
    coefficient_of_variation,
    from_standard_error,
    logit_interval,
    small_count_interval,
    standard_error,
)
from assets.methods.trend import (
    conditional_binomial,
    log_count_ratio,
    proportion_error,
    smallest_detectable_change,
)

Z = 1.959964
UNIT, INSIDE = Interval.closed(0, 1), Interval.closed(Fraction(1, 4), Fraction(1, 2))
FIVE = dict.fromkeys("abcde", (10.0, 100.0))


@pytest.mark.parametrize(
    ("at_the_edge", "beyond"),
    [
        (lambda: log_count_ratio(0.5, 2, 1), lambda: log_count_ratio(0, 2, 1)),
        (lambda: log_count_ratio(2, 0.5, 1), lambda: log_count_ratio(2, 0, 1)),
        (lambda: log_count_ratio(2, 2, 1), lambda: log_count_ratio(2, 2, 0.99)),
        (lambda: conditional_binomial(0, 1), lambda: conditional_binomial(-1, 1)),
        (lambda: conditional_binomial(1, 0), lambda: conditional_binomial(1, -1)),
        (lambda: conditional_binomial(1, 1), lambda: conditional_binomial(0, 0)),
        (lambda: conditional_binomial(2, 1), lambda: conditional_binomial(1, 1.5)),  # type: ignore[arg-type]
        (lambda: conditional_binomial(1, 2), lambda: conditional_binomial(1.5, 1)),  # type: ignore[arg-type]
        (lambda: proportion_error(0, 10), lambda: proportion_error(-0.1, 10)),
        (lambda: proportion_error(1, 10), lambda: proportion_error(1.1, 10)),
        (lambda: student_value(0.5), lambda: student_value(0)),
        (lambda: log_ratio_variance(0.5, 0), lambda: log_ratio_variance(0, 0)),
        (lambda: log_ratio_variance(1, 0), lambda: log_ratio_variance(1, -0.1)),
        (lambda: log_ratio_interval(1, 0.5, 0), lambda: log_ratio_interval(1, 0, 0)),
        (lambda: count_interval(0), lambda: count_interval(-1)),
        (lambda: count_interval(1, 1), lambda: count_interval(1, 0.99)),
        (lambda: count_interval(1, 1e6), lambda: count_interval(1, math.inf)),
        (lambda: difference_mover(1, UNIT, 0, UNIT), lambda: difference_mover(1.1, UNIT, 0, UNIT)),
        (lambda: difference_mover(0, UNIT, 1, UNIT), lambda: difference_mover(0, UNIT, 1.1, UNIT)),
        (lambda: difference_mover(0, UNIT, 0, UNIT), lambda: difference_mover(-0.1, UNIT, 0, UNIT)),
        (lambda: difference_mover(0, UNIT, 0, UNIT), lambda: difference_mover(0, UNIT, -0.1, UNIT)),
        (lambda: difference_mover(1, UNIT, 0, UNIT), lambda: difference_mover(1, Interval.at_least(0), 0, UNIT)),
        (lambda: difference_mover(1, UNIT, 0, UNIT), lambda: difference_mover(1, UNIT, 0, Interval.at_least(0))),
        (lambda: coefficient_of_variation(Interval.closed(0.1, 2)), lambda: coefficient_of_variation(Interval.closed(0, 2))),
        (lambda: coefficient_of_variation(INSIDE), lambda: coefficient_of_variation(Interval.at_least(1))),
        (lambda: from_standard_error(0.5, 0), lambda: from_standard_error(0.5, -0.1)),
        (lambda: from_standard_error(0.01, 0.1), lambda: from_standard_error(0, 0.1)),
        (lambda: from_standard_error(0.99, 0.1), lambda: from_standard_error(1, 0.1)),
        (lambda: logit_interval(0.5, 0.1), lambda: logit_interval(0.5, 0)),
        (lambda: standard_error(0.25, INSIDE), lambda: standard_error(0.24, INSIDE)),
        (lambda: standard_error(0.5, INSIDE), lambda: standard_error(0.51, INSIDE)),
        (lambda: standard_error(0.5, INSIDE), lambda: standard_error(0.5, Interval.closed(0, 0.6))),
        (lambda: standard_error(0.5, INSIDE), lambda: standard_error(0.5, Interval.closed(0.4, 1))),
        (lambda: split_sample_link(0.1, 0.1, 0, 0), lambda: split_sample_link(0, 0.1, 0, 0)),
        (lambda: split_sample_link(0.1, 0.1, 0, 0), lambda: split_sample_link(0.1, 0, 0, 0)),
        (lambda: split_sample_link(0.1, 0.1, 0, 0), lambda: split_sample_link(0.1, 0.1, -0.1, 0)),
        (lambda: split_sample_link(0.1, 0.1, 0, 0), lambda: split_sample_link(0.1, 0.1, 0, -0.1)),
        (lambda: through_link(0.1, 0, Link(1, 0, UNIT)), lambda: through_link(0, 0, Link(1, 0, UNIT))),
        (lambda: overlap_omega_interval([INSIDE, INSIDE], INSIDE), lambda: overlap_omega_interval([INSIDE], INSIDE)),
        (lambda: victims_from_prevalence(UNIT, 0, UNIT), lambda: victims_from_prevalence(UNIT, -1, UNIT)),
        (lambda: victims_from_prevalence(UNIT, 1, UNIT), lambda: victims_from_prevalence(Interval.closed(0, 2), 1, UNIT)),
        (lambda: victims_from_prevalence(UNIT, 1, UNIT), lambda: victims_from_prevalence(UNIT, 1, Interval.closed(-1, 1))),
        (lambda: funnel_limits(FIVE), lambda: funnel_limits({name: FIVE[name] for name in "abcd"})),
        (lambda: funnel_limits(FIVE | {"a": (0, 1)}), lambda: funnel_limits(FIVE | {"a": (-1, 1)})),
        (lambda: funnel_limits(FIVE | {"a": (0, 1)}), lambda: funnel_limits(FIVE | {"a": (0, 0)})),
        (lambda: funnel_limits(FIVE), lambda: funnel_limits(dict.fromkeys("abcde", (0.0, 1.0)))),
        (lambda: winsorise([1, 2], 0), lambda: winsorise([1, 2], -0.1)),
        (lambda: winsorise([1, 2], 0.49), lambda: winsorise([1, 2], 0.5)),
    ],
)  # fmt: skip
def test_a_formula_ends_where_it_stops_being_defined(
    at_the_edge: Callable[[], object], beyond: Callable[[], object]
) -> None:
    at_the_edge()
    with pytest.raises(ValueError, match=r"\w+ \w+"):  # in words
        beyond()


def test_a_ratio_of_counts_by_hand() -> None:
    """ln(150 / 100) = 0.405465, sqrt(4 / 100 + 4 / 150) = 0.258199."""
    log, error = 0.405465, 0.258199
    ratio_test = log_count_ratio(100, 150, 4)
    assert log_count_ratio(1, 2, 1e6).interval.upper == math.inf, "no number holds the limit, and none is made up"
    assert ratio_test.ratio == 1.5
    assert ratio_test.interval.as_floats() == pytest.approx(
        (math.exp(log - Z * error), math.exp(log + Z * error)), rel=1e-5
    )
    assert ratio_test.p_value == pytest.approx(0.11634, abs=2e-5)  # 2 (1 - Phi(1.57036))


def test_a_phi_estimated_on_seven_degrees_widens_to_students_t() -> None:
    log, error, quantile = 0.405465, 0.258199, 2.364624
    ratio_test = log_count_ratio(100, 150, 4, freedom=7)
    assert ratio_test.interval.upper == pytest.approx(math.exp(log + quantile * error), rel=1e-5)
    assert student_p(quantile, 7) == pytest.approx(0.05, abs=1e-6)
    assert ratio_test.p_value == pytest.approx(student_p(log / error, 7), rel=1e-4)


def test_what_a_test_can_detect_by_hand() -> None:
    """(1.959964 + 0.841621) x 0.5 at 80% power."""
    assert smallest_detectable_change(0.3, 0.4) == pytest.approx((Z + 0.841621) / 2, abs=1e-6)


def test_the_difference_of_two_figures_by_hand() -> None:
    """10 in [7, 16] less 4 in [0, 12]: 6 - sqrt(3^2 + 8^2), 6 + sqrt(6^2 + 4^2)."""
    interval = difference_mover(10, Interval.closed(7, 16), 4, Interval.closed(0, 12))
    assert interval.as_floats() == pytest.approx((6 - math.sqrt(73), 6 + math.sqrt(52)))


def test_limits_are_those_of_95_percent() -> None:
    assert count_interval(0).upper == pytest.approx(-math.log(0.025))  # P(0 | mean) = 2.5%
    link = split_sample_link(0.2, 0.1, 0.03, 0.04)
    assert (link.k, link.log_variance) == (2, pytest.approx(0.0025))
    assert link.interval.upper == pytest.approx(2 * math.exp(Z * 0.05), rel=1e-6)
    assert through_link(3, 0.12, link).upper == pytest.approx(6 * math.exp(Z * 0.13), rel=1e-6)
    assert through_link(3, 0.12, link).lower == pytest.approx(6 * math.exp(-Z * 0.13), rel=1e-6)
    e = math.e
    assert coefficient_of_variation(Interval.closed(1 / e, e)) == pytest.approx(1 / Z, rel=1e-6)
    # On the logit scale a half has the slope 4: limits at expit(+-z 4 se).
    assert from_standard_error(0.5, 0.05).upper == pytest.approx(1 / (1 + math.exp(-Z * 0.2)), rel=1e-6)


def test_ten_cases_carry_the_logit_interval_and_fewer_do_not() -> None:
    """10 effective cases of 100 are ten; at 9.9 the exact interval takes over, on either side of a half."""
    assert small_count_interval(0.1, 100) == logit_interval(0.1, 100)
    assert small_count_interval(0.8, 100) == logit_interval(0.8, 100)
    assert small_count_interval(0.901, 100) != logit_interval(0.901, 100)
    assert small_count_interval(0.099, 100) != logit_interval(0.099, 100)


def test_limits_of_a_funnel_by_hand() -> None:
    """Four areas at 0.1 and one at 0.2, 100 people each: target 0.12, and nothing is winsorised of five at 10%."""
    areas = FIVE | {"e": (20.0, 100.0)}
    funnel_plot = funnel_limits(areas)
    scores = [(rate - 0.12) / math.sqrt(0.12 / 100) for rate in (0.1, 0.1, 0.1, 0.1, 0.2)]
    assert funnel_plot.target == pytest.approx(0.12)
    assert funnel_plot.phi == pytest.approx(sum(z * z for z in scores) / 5)
    reach = math.sqrt(funnel_plot.phi * 0.12 / 100)
    assert [point.area for point in funnel_plot.points] == list("abcde")
    assert funnel_plot.points[4].inner.upper == pytest.approx(0.12 + Z * reach, rel=1e-6)
    assert funnel_plot.points[4].outer.upper == pytest.approx(0.12 + 3.090232 * reach, rel=1e-6)


def test_an_envelope_spans_its_corners() -> None:
    box = {"a": Interval.closed(1, 2), "b": Interval.closed(3, 5)}
    assert outer_envelope(lambda a, b: Interval.closed(b - a, 2 * b - a), box) == Interval.closed(1, 9)
    assert victims_from_prevalence(INSIDE, 100, Interval.closed(Fraction(1, 2), 1)) == Interval.closed(
        Fraction(25, 2), 50
    )


def test_an_interval_says_what_it_is() -> None:
    assert str(Interval.closed(1, 2)) == "[1, 2]"
    assert str(Interval.open(Fraction(1, 3), 0.5)) == "(0.3333333333, 0.5)"
    assert str(Interval.half_open(1, 2)) == "[1, 2)"
    assert str(Interval.everything()) == "(-inf, inf)"
    whole = Interval.everything()
    assert -1e300 in whole and 1e300 in whole and not whole.is_bounded
    inside = Interval.open(1, 2)
    assert 1 not in inside and 2 not in inside and 1.5 in inside
    with pytest.raises(ValueError, match="no middle"):
        _ = Interval.at_least(1).midpoint


def test_a_standard_error_comes_back_from_its_limits() -> None:
    limits = from_standard_error(0.3, 0.02)
    assert standard_error(0.3, limits) == pytest.approx(0.02)


def test_how_complete_a_flag_can_be_by_hand() -> None:
    """60 flagged where 80 must be: at most 75%. Where nothing must be flagged, anything."""
    flagged, included = Interval.point(60), Interval.point(80)
    assert completeness(flagged, included) == Interval.closed(0, Fraction(3, 4))
    assert completeness(Interval.point(0), Interval.point(0)) == UNIT
    for negative in ((Interval.point(-1), included), (flagged, Interval.point(-1))):
        with pytest.raises(ValueError, match="not negative"):
            completeness(*negative)
