"""A verdict of the publisher over a box of standard errors: what it allows, and what it leaves of two samples."""

import math

import pytest

from assets.methods.interval import Interval
from assets.methods.verdict import (
    Spoken,
    answer_over,
    error_allowed,
    error_of,
    given,
    over_box,
    sizes_left,
)

Z = 1.959964


def test_a_significant_change_bounds_the_standard_error_of_the_difference() -> None:
    # 1.7% to 2.4% to full precision, 0.741 points apart: at most 0.378 points.
    assert error_allowed(0.741, 0, significant=True).as_floats() == pytest.approx((0, 0.378), abs=5e-4)
    # As printed to a tenth of a percent the two may be 0.8 points apart.
    assert float(error_allowed(0.7, 0.1, significant=True).upper) == pytest.approx(0.8 / Z)
    assert error_allowed(0.7, 0.1, significant=False).as_floats() == (pytest.approx(0.6 / Z), math.inf)


def test_p_over_a_box_and_what_a_verdict_leaves_of_it() -> None:
    # A change of 2 with an error of 0.8 to 1.25: z of 2.5 to 1.6, p of 0.0124 to 0.1096.
    found = over_box(2.0, 0.0, Interval.closed(0.8, 1.25))
    assert (found.p_least, found.p_value) == (pytest.approx(0.0124, abs=1e-4), pytest.approx(0.1096, abs=1e-4))
    assert (found.lower, found.upper) == pytest.approx((2 - Z * 1.25, 2 + Z * 1.25))
    yes, no = (given(found, 2.0, 0.0, significant=said) for said in (True, False))
    assert yes is not None and answer_over(yes.p_least, yes.p_value) == "throughout" and yes.p_least == found.p_least
    assert (yes.lower, yes.upper) == (0, 4), "an error under 2 / 1.96 leaves limits of 0 and 4 at most"
    assert no is not None and answer_over(no.p_least, no.p_value) == "nowhere" and no.p_value == found.p_value
    down = given(over_box(-2.0, 0.0, Interval.closed(0.8, 1.25)), -2.0, 0.0, significant=True)
    assert down is not None and (down.lower, down.upper) == (-4, 0)


@pytest.mark.parametrize(
    ("p_least", "p_value", "said"),
    [
        (0.01, 0.049, "throughout"), (0.01, 0.05, "depends"), (0.049, 0.9, "depends"), (0.05, 0.05, "nowhere"),
        (0.3, 0.9, "nowhere"),
    ],
)  # fmt: skip
def test_below_five_in_a_hundred_throughout_nowhere_or_as_is_assumed(p_least: float, p_value: float, said: str) -> None:
    assert answer_over(p_least, p_value) == said


def test_figures_that_are_printed_rounded_may_lie_further_apart_or_nearer() -> None:
    """A change of 2 to within 0.5 lies between 1.5 and 2.5; the error between 0.8 and 1.25."""
    found = over_box(2.0, 0.5, Interval.closed(0.8, 1.25))
    assert (found.lower, found.upper) == pytest.approx((1.5 - Z * 1.25, 2.5 + Z * 1.25))
    # z of 2.5 / 0.8 = 3.125 at most and of 1.5 / 1.25 = 1.2 at least.
    assert (found.p_least, found.p_value) == (pytest.approx(0.00178, abs=1e-5), pytest.approx(0.2301, abs=1e-4))
    within = over_box(0.2, 0.5, Interval.closed(0.8, 1.25))
    assert within.p_value == 1, "with the rounding the change may be nought"
    left = given(over_box(2.0, 0.5, Interval.closed(0.8, 3)), 2.0, 0.5, significant=True)
    assert left is not None and (left.lower, left.upper) == (0, 5), "limits no further than twice the largest change"


@pytest.mark.parametrize(("error", "said"), [((0.1, 0.2), False), ((2.0, 3.0), True)])
def test_what_no_part_of_the_box_gives_is_a_contradiction(error: tuple[float, float], said: bool) -> None:
    assert given(over_box(2.0, 0.0, Interval.closed(*error)), 2.0, 0.0, significant=said) is None


def test_verdicts_cut_the_samples_that_cannot_have_given_them() -> None:
    """Variances of 900 and 900, samples of 400 to 1,600: an error of 0.75 x sqrt 2 to 1.5 x sqrt 2."""
    box = Interval.closed(400, 1_600)
    assert error_of((900, 900), (box, box)).as_floats() == pytest.approx((0.75 * math.sqrt(2), 1.5 * math.sqrt(2)))
    # At most 1.25: with the other at its largest (0.5625 of variance), each has 1 left, so 900 at least.
    left = sizes_left({"a": box, "b": box}, [Spoken("a", "b", (900, 900), Interval.closed(0, 1.25))])
    assert left is not None and left["a"].as_floats() == pytest.approx((900, 1_600)) == left["b"].as_floats()
    # At least 2: with the other at its smallest (2.25), each has 1.75, so 514 at most.
    left = sizes_left({"a": box, "b": box}, [Spoken("a", "b", (900, 900), Interval.at_least(2))])
    assert left is not None and left["a"].as_floats() == pytest.approx((400, 900 / 1.75))
    assert sizes_left({"a": box, "b": box}, [Spoken("a", "b", (900, 900), Interval.closed(0, 1))]) is None


def test_what_one_verdict_leaves_another_starts_from() -> None:
    box = Interval.closed(400, 1_600)
    said = [
        Spoken("a", "b", (900, 900), Interval.closed(0, 1.25)),  # a and b 900 at least
        Spoken(
            "b", "c", (900, 900), Interval.at_least(1.7)
        ),  # of 2.89 b has 1 at most, so c 1.89 at least: 476 at most
    ]
    left = sizes_left(dict.fromkeys("abc", box), said)
    assert left is not None and left["c"].as_floats() == pytest.approx((400, 900 / 1.89))
    assert (
        sizes_left(dict.fromkeys("abc", box), [*said, Spoken("a", "c", (900, 900), Interval.closed(0, 1.25))]) is None
    )
