"""The envelope holds every answer inside the box of assumptions."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.methods.envelope import outer_envelope, victims_from_prevalence
from assets.methods.interval import Interval
from assets.methods.survey import logit_interval

BOX = {
    "base": Interval.closed(8000, 12000),
    "share_female": Interval.closed(0.5, 0.56),
    "deff": Interval.closed(1.0, 1.6),
}


def limits(base: float, share_female: float, deff: float) -> Interval:
    return logit_interval(0.057, base * share_female / deff)


shares = st.floats(0, 1)


@settings(deadline=None)  # the first call loads scipy
@given(shares, shares, shares)
def test_interior_evaluations_lie_within(a: float, b: float, c: float) -> None:
    envelope = outer_envelope(limits, BOX)
    inside = {
        name: float(i.lower) + share * float(i.width) for (name, i), share in zip(BOX.items(), (a, b, c), strict=True)
    }
    assert envelope.covers(limits(**inside))


def test_the_widest_corner_of_all_gives_the_envelope() -> None:
    assert outer_envelope(limits, BOX) == limits(base=8000, share_female=0.5, deff=1.6)


def test_what_depends_on_no_assumption_is_its_own_envelope() -> None:
    assert outer_envelope(lambda **_: Interval.closed(3, 4), BOX) == Interval.closed(3, 4)
    point = {name: Interval.point(interval.upper) for name, interval in BOX.items()}
    assert outer_envelope(lambda base, **_: base, point) == Interval.point(12_000)


def test_a_centre_outside_by_more_than_rounding_is_an_error() -> None:
    def bent(x: float, *, by: float) -> float:
        return 1e6 * (1 + by) if x == 1.5 else 1e6

    box = {"x": Interval.closed(1, 2)}
    assert outer_envelope(lambda x: bent(x, by=5e-10), box) == Interval.point(1e6)
    for by in (5e-9, -5e-9):
        with pytest.raises(ValueError, match="not monotone"):
            outer_envelope(lambda x, by=by: bent(x, by=by), box)


def test_a_point_assumption_costs_no_corner() -> None:
    asked = []

    def difference(x: float, y: float) -> float:
        asked.append((x, y))
        return x - y

    interval = outer_envelope(difference, {"x": Interval.closed(1, 2), "y": Interval.point(1)})
    assert (
        interval == Interval.closed(0, 1) and asked[:2] == [(1, 1), (2, 1)] and len(asked) == 3
    )  # the last is the centre


def test_a_function_that_is_not_monotone_is_caught_at_the_centre() -> None:
    with pytest.raises(ValueError, match="not monotone"):
        outer_envelope(lambda x: x * x, {"x": Interval.closed(-1, 1)})


def test_an_unbounded_assumption_is_refused() -> None:
    with pytest.raises(ValueError, match="not bounded"):
        outer_envelope(lambda x: x, {"x": Interval.at_least(1)})


def test_victims_from_prevalence_is_exact() -> None:
    victims = victims_from_prevalence(
        Interval.half_open(Fraction("0.0565"), Fraction("0.0575")), 25_000_000,
        Interval.closed(Fraction("0.955"), Fraction("0.99")),
    )  # fmt: skip
    assert victims == Interval.half_open(Fraction("1348937.5"), Fraction("1423125"))
    with pytest.raises(ValueError, match="not a proportion"):
        victims_from_prevalence(Interval.point(5.7), 100, Interval.point(1))
