"""Flag completeness: Rogan-Gladen, and what inclusions prove."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.flags import (
    completeness,
    flag_is_incomplete,
    inclusion_lower_bound,
    rogan_gladen,
    rogan_gladen_interval,
)
from assets.methods.interval import Interval

shares = st.floats(0.01, 0.99)


@given(shares, st.floats(0.6, 1), st.floats(0.6, 1))
def test_rogan_gladen_undoes_misclassification(true: float, sensitivity: float, specificity: float) -> None:
    apparent = true * sensitivity + (1 - true) * (1 - specificity)
    assert rogan_gladen(apparent, sensitivity, specificity) == pytest.approx(true)


@given(shares, st.floats(0.7, 1), st.floats(0.9, 1), st.floats(0, 1))
def test_the_box_holds_its_inside(apparent: float, low: float, spec: float, at: float) -> None:
    box = rogan_gladen_interval(Interval.point(apparent), Interval.closed(low, 1), Interval.closed(spec, 1))
    inside = rogan_gladen(apparent, low + at * (1 - low), spec + at * (1 - spec))
    assert float(box.lower) - 1e-9 <= inside <= float(box.upper) + 1e-9


def test_a_flag_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="says nothing"):
        rogan_gladen(0.3, 0.5, 0.5)


def test_partners_and_the_da_flag() -> None:
    # 38% of suspects are (ex-)partners while in 30% the victim has experienced domestic abuse, as printed.
    flagged = Interval.half_open(Fraction("0.295"), Fraction("0.305"))
    partners = Interval.half_open(Fraction("0.375"), Fraction("0.385"))
    assert flag_is_incomplete(flagged, partners) and not flag_is_incomplete(partners, flagged)
    assert inclusion_lower_bound(flagged, partners) == Interval.at_least(Fraction("0.375"))
    assert completeness(flagged, partners, whole=1) == Interval.closed(Fraction("0.295"), Fraction(305, 375))


def test_without_inclusion_nothing_is_proved() -> None:
    assert completeness(Interval.point(10), Interval.point(4)) == Interval.closed(0, 1)
    with pytest.raises(ValueError, match="smaller than a part"):
        completeness(Interval.point(10), Interval.point(4), whole=8)
