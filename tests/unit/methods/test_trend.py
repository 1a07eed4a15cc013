"""Tests of change against published and closed-form values."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.methods import trend
from assets.methods.interval import Interval
from assets.methods.loglinear import Effect, fit_log_linear
from assets.methods.trend import ChangeForms, benjamini_hochberg, change
from assets.methods.verdict import over_box


def test_suspected_suicides_51_to_93() -> None:
    test = trend.conditional_binomial(51, 93)
    assert test.ratio == pytest.approx(1.82, abs=0.005)
    assert test.interval.as_floats() == pytest.approx((1.28, 2.62), abs=0.005)
    assert 0.0005 < test.p_value < 0.001


def test_conditional_binomial_closed_forms() -> None:
    assert trend.conditional_binomial(10, 10).p_value == 1
    none_after = trend.conditional_binomial(5, 0)
    assert none_after.ratio == 0 and none_after.interval.lower == 0
    assert none_after.p_value == pytest.approx(2 * 0.5**5)
    share = 1 - 0.025 ** (1 / 5)
    assert none_after.interval.upper == pytest.approx(share / (1 - share))
    assert trend.conditional_binomial(0, 5).interval.upper == math.inf


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 300))
def test_interval_and_p_value_agree(before: int, after: int) -> None:
    test = trend.conditional_binomial(before, after)
    assert test.ratio in test.interval
    if abs(test.p_value - 0.05) > 1e-6:
        assert (1 in test.interval) == (test.p_value > 0.05)
    back = trend.conditional_binomial(after, before)
    assert back.ratio == pytest.approx(1 / test.ratio)
    assert back.interval.lower == pytest.approx(1 / float(test.interval.upper))


def test_overdispersed_counts_widen() -> None:
    plain, wide = trend.log_count_ratio(10_000, 11_000, 1), trend.log_count_ratio(10_000, 11_000, 25)
    assert wide.interval.covers(plain.interval)
    assert plain.p_value < 1e-6 < 0.05 < wide.p_value
    exact = trend.conditional_binomial(10_000, 11_000)
    assert plain.interval.as_floats() == pytest.approx(exact.interval.as_floats(), rel=1e-3)


def test_log_linear_closed_forms() -> None:
    # Constant only: the mean. Two groups: the ratio of their means; phi from the residuals.
    fit = fit_log_linear([2, 4, 6], {"constant": [1, 1, 1]})
    assert fit.coefficients["constant"] == pytest.approx(math.log(4))
    assert fit.raw_phi == pytest.approx((4 + 0 + 4) / 4 / 2)
    groups = fit_log_linear([10, 20, 40, 20], {"constant": [1] * 4, "later": [0, 0, 1, 1]})
    assert groups.effect("later").ratio == pytest.approx(2)
    assert groups.phi == pytest.approx((25 / 15 * 2 + 100 / 30 * 2) / 2)
    assert math.sqrt(groups.covariance[1][1]) == pytest.approx(math.sqrt(groups.phi * (1 / 30 + 1 / 60)))


def test_the_limits_of_a_log_linear_effect_by_hand() -> None:
    """Two of each: ln 2 with the variance phi (1/30 + 1/60); of Student's t at two degrees P(|T| > t) = 1 - t / sqrt(2 + t^2)."""
    fit = fit_log_linear([10, 20, 40, 20], {"constant": [1] * 4, "later": [0, 0, 1, 1]})
    error = math.sqrt(fit.phi * (1 / 30 + 1 / 60))
    effect = fit.effect("later")
    assert [math.log(end) for end in effect.interval.as_floats()] == pytest.approx(
        [math.log(2) - 4.302653 * error, math.log(2) + 4.302653 * error], rel=1e-6
    )
    t = math.log(2) / error
    assert effect.p_value == pytest.approx(1 - t / math.sqrt(2 + t * t))
    both = fit.combined({"constant": 1, "later": 1})  # 30 a year later on, from the 60 counted then
    assert both.ratio == pytest.approx(30)
    assert math.log(both.interval.as_floats()[1] / 30) == pytest.approx(4.302653 * math.sqrt(fit.phi / 60), rel=1e-6)
    half = fit.combined({"later": 0.5})
    assert half.ratio == pytest.approx(math.sqrt(2)) and half.p_value == pytest.approx(effect.p_value)
    assert fit.combined({}) == fit.combined({"later": 0}) == Effect(1.0, Interval.point(1), 1.0)


def test_two_counts_carry_one_term_and_an_overdispersion_but_not_two() -> None:
    assert fit_log_linear([2, 4], {"constant": [1, 1]}).degrees_of_freedom == 1
    with pytest.raises(ValueError, match="cannot carry"):
        fit_log_linear([2, 4], {"constant": [1, 1], "later": [0, 1]})


def test_a_step_is_told_apart_from_the_trend() -> None:
    times = [float(year) for year in range(2010, 2022)]
    counts = [1000 * 1.03 ** (t - 2010) * (1.5 if t >= 2016 else 1) for t in times]
    break_trend = trend.break_adjusted_trend(times, counts, {"Apr 2015 list": 2016, "outside": 2030})
    assert break_trend.yearly.ratio == pytest.approx(1.03, rel=1e-6)
    assert break_trend.fit.effect("step Apr 2015 list").ratio == pytest.approx(1.5, rel=1e-6)
    assert break_trend.model.endswith("steps at Apr 2015 list")
    without = trend.break_adjusted_trend(times, counts)
    assert without.yearly.ratio > 1.07 and "steps" not in without.model


def test_a_missing_year_is_left_out_not_taken_as_zero() -> None:
    times = [0.0, 1, 2, 3, 4, 5]
    counts = [100.0, 110, None, 133.1, 146.41, 161.051]
    assert trend.break_adjusted_trend(times, counts).yearly.ratio == pytest.approx(1.1)


@pytest.mark.parametrize(("times", "counts", "breaks", "message"), [
    ([0.0, 1, 2], [1.0, 2, 3], {"a": 1, "b": 1}, "cannot be told apart"),
    ([0.0, 1, 2], [1.0, 2, 3], {"a": 1}, "cannot carry"),
    ([0.0, 1, 2], [1.0, -2, 3], {}, "negative"),
    ([0.0, 1, 2], [0.0, 0, 0], {}, "all counts are zero"),
    ([0.0], [None], {}, "needs counts"),
])  # fmt: skip
def test_what_cannot_be_fitted_says_so(times, counts, breaks, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        trend.break_adjusted_trend(times, counts, breaks)


def test_survey_change() -> None:
    se = trend.proportion_error(0.5, 400)
    assert se == pytest.approx(math.sqrt(0.25 / 400))
    # 14.0% and 12.8% with errors of 0.4 and 0.3 points: 2.4 errors of the difference.
    test = over_box(12.8 - 14.0, 0.0, Interval.point(math.hypot(0.4, 0.3)))
    assert test.p_value == test.p_least == pytest.approx(0.016395, abs=1e-6)
    assert (test.lower, test.upper) == pytest.approx((-1.2 - 1.959964 * 0.5, -1.2 + 1.959964 * 0.5))
    # A change of z_level + z_power standard errors is found with 80% power.
    assert trend.smallest_detectable_change(0.003, 0.004) == pytest.approx(0.005 * (1.959964 + 0.841621), rel=1e-6)


def test_benjamini_hochberg_on_the_papers_own_table() -> None:
    # Benjamini and Hochberg (1995), section 3.2: 15 p values, four rejected at 5%.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    adjusted = benjamini_hochberg(p)
    assert sum(value is not None and value <= 0.05 for value in adjusted) == 4
    assert adjusted[0] == pytest.approx(0.0015) and adjusted[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=20))
def test_adjusted_values_keep_order_and_gaps(p: list[float | None]) -> None:
    adjusted = benjamini_hochberg(p)
    pairs = [(raw, new) for raw, new in zip(p, adjusted, strict=True) if raw is not None and new is not None]
    assert [x is None for x in p] == [x is None for x in adjusted]
    assert all(raw <= new <= 1 for raw, new in pairs)
    ordered = [new for _, new in sorted(pairs)]
    assert ordered == sorted(ordered)


def test_four_forms_of_change() -> None:
    doubled = change(4.0, 8.0, years=2, in_percent=True)
    assert doubled == ChangeForms(100, 4, 2, pytest.approx(100 * (math.sqrt(2) - 1)))
    assert change(100, 137, 5).points is None and change(100, 137, 5).percent == pytest.approx(37)
    assert change(0, 5, 1) == ChangeForms(None, None, None, None)
    assert change(0, 5, 1, in_percent=True) == ChangeForms(None, 5, None, None)
    assert change(4, 0, 2) == ChangeForms(-100, None, 0, -100)
    for before, after in ((-1, 5), (4, -1)):
        with pytest.raises(ValueError, match="not negative"):
            change(before, after, 1)
    with pytest.raises(ValueError, match="after the earlier"):
        change(1, 2, 0)
