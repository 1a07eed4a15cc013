"""Survey intervals against published values and closed forms."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.methods import survey
from assets.methods.interval import Interval

# Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: methods 3 (Wilson) and 5 (exact).
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("cases", "n", "wilson", "exact"), NEWCOMBE)
def test_published_limits(cases: int, n: int, wilson: tuple[float, float], exact: tuple[float, float]) -> None:
    assert survey.wilson_interval(cases / n, n).as_floats() == pytest.approx(wilson, abs=5e-5)
    assert survey.korn_graubard_interval(cases / n, n).as_floats() == pytest.approx(exact, abs=5e-5)


def test_logit_closed_form() -> None:
    # p = 1/2: logit 0, standard error 2/sqrt(n).
    lower, upper = survey.logit_interval(0.5, 400).as_floats()
    assert math.log(upper / (1 - upper)) == pytest.approx(1.959963985 * 2 / 20)
    assert lower == pytest.approx(1 - upper)


@pytest.mark.parametrize("interval", [
    survey.small_count_interval, survey.logit_interval, survey.wilson_interval, survey.korn_graubard_interval,
])  # fmt: skip
def test_a_sample_is_more_than_nobody(interval: Callable[[float, float], Interval]) -> None:
    for size in (0, -1):
        with pytest.raises(ValueError, match="effective sample size is positive"):
            interval(0.1, size)


def test_a_published_standard_error_gives_the_same_as_its_base() -> None:
    p, n_eff = 0.057, 2000
    se = math.sqrt(p * (1 - p) / n_eff)
    assert survey.from_standard_error(p, se).as_floats() == pytest.approx(survey.logit_interval(p, n_eff).as_floats())


def test_small_counts_switch_to_korn_graubard() -> None:
    assert survey.small_count_interval(0.002, 1000) == survey.korn_graubard_interval(0.002, 1000)
    assert survey.small_count_interval(0.057, 1000) == survey.logit_interval(0.057, 1000)
    assert survey.small_count_interval(0, 100).lower == 0 and survey.small_count_interval(1, 100).upper == 1
    for share in (-0.01, 1.01):
        with pytest.raises(ValueError):
            survey.small_count_interval(share, 100)


@settings(deadline=None)  # the first call loads scipy
@given(st.floats(0.001, 0.999), st.floats(20, 1e5))
def test_every_interval_holds_its_estimate_and_mirrors(p: float, n: float) -> None:
    for interval in (survey.logit_interval, survey.wilson_interval, survey.korn_graubard_interval):
        here, mirrored = interval(p, n), interval(1 - p, n)
        assert 0 <= here.lower <= p <= here.upper <= 1
        assert mirrored.lower == pytest.approx(1 - here.upper, abs=1e-7)


def test_cv_of_an_interval() -> None:
    assert survey.coefficient_of_variation(survey.Interval.closed(math.exp(-0.196), math.exp(0.196))) == pytest.approx(
        0.1, abs=1e-5
    )


@pytest.mark.parametrize("call", [
    lambda: survey.logit_interval(0, 100), lambda: survey.logit_interval(5.7, 100),
    lambda: survey.small_count_interval(0.1, 0), lambda: survey.wilson_interval(1.2, 10),
    lambda: survey.from_standard_error(0.1, -1),
])  # fmt: skip
def test_nonsense_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError):
        call()
