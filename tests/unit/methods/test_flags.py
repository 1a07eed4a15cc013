"""Flag completeness: what inclusions prove."""

from fractions import Fraction

from assets.methods.flags import (
    completeness,
    flag_is_incomplete,
)
from assets.methods.interval import Interval


def test_partners_and_the_da_flag() -> None:
    # 38% of suspects are (ex-)partners while in 30% the victim has experienced domestic abuse, as printed.
    flagged = Interval.half_open(Fraction("0.295"), Fraction("0.305"))
    partners = Interval.half_open(Fraction("0.375"), Fraction("0.385"))
    assert flag_is_incomplete(flagged, partners) and not flag_is_incomplete(partners, flagged)
    assert completeness(flagged, partners) == Interval.closed(0, Fraction(305, 375))


def test_without_inclusion_nothing_is_proved() -> None:
    assert completeness(Interval.point(10), Interval.point(4)) == Interval.closed(0, 1)
