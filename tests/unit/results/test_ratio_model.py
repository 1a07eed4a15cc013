"""What a ratio is made of, by hand: 500 offences of 1,000 victims, with every part that may be unknown."""

import dataclasses
import math

import pytest
from kit import COUNT, ESTIMATE

from assets.methods.interval import Interval
from assets.reconciled.gap.ratio import READING, ROUNDING, SAMPLING, RatioModel
from assets.reconciled.ground.assumed import Assumed, Sample
from assets.reconciled.ground.phi import PHI as PHI_KEY
from assets.reconciled.ground.phi import Phi

Z = 1.959964
PHI = Phi(Interval.closed(1, 4), 4, None, "assumption:phi", "said", 2.0)
HOUSEHOLD = Assumed("household_share", Interval.closed(0.96, 1.0), 0.98, "assumption:household")
FEMALE = Assumed("female_share", Interval.closed(0.7, 0.8), 0.75, "assumption:female")
SAMPLE = Sample(
    Assumed.known("base", 4000, "estimate:base"),
    (),
    Assumed("design_effect", Interval.closed(1, 4), 2, "assumption:deff"),
)
WITH_LIMITS = dataclasses.replace(
    ESTIMATE, core=Interval.closed(950, 1050), variation=Interval.closed(0.05, 0.15), factors=(HOUSEHOLD,)
)
ASSUMED = dataclasses.replace(WITH_LIMITS, sample=SAMPLE, share=0.2)
PART = dataclasses.replace(COUNT, lower=480.0, upper=530.0, factors=(FEMALE,), beyond=100.0, noise=0.75)


def model(estimate: object = ASSUMED, count: object = PART) -> RatioModel:
    """The model of an estimate and a count that has one."""
    ratio_model = RatioModel.of(estimate, count, PHI)  # type: ignore[arg-type]
    assert ratio_model is not None
    return ratio_model


def test_parts_and_factors_multiply_to_the_two_sides() -> None:
    ratio_model = model()
    assert ratio_model.victims[0].as_floats() == pytest.approx((950, 1050)) and ratio_model.victims[1] == pytest.approx(
        1000
    )
    assert (
        ratio_model.printed.interval.as_floats() == pytest.approx((950 / 0.96, 1050))
        and ratio_model.printed.key == ROUNDING
    )
    # Without the share of women: 480 / 0.7 to 530 / 0.8 the other way round, 100 more may come on top before it is taken.
    assert (
        ratio_model.readings.interval.as_floats() == pytest.approx((530 / 0.8, 480 / 0.7))
        and ratio_model.readings.key == READING
    )
    assert ratio_model.recorded[0].as_floats() == pytest.approx((530 / 0.8 * 0.7, (480 / 0.7 + 100) * 0.8))
    assert ratio_model.recorded[1] == pytest.approx(500)


def test_the_sampling_error_is_that_of_the_assumed_sample_or_the_publishers() -> None:
    """1,000 to 4,000 respondents, 2,000 at the centre: sqrt(0.8 / (n 0.2))."""
    ratio_model = model()
    assert ratio_model.cv[0].as_floats() == pytest.approx((math.sqrt(4 / 4000), math.sqrt(4 / 1000)))
    assert ratio_model.cv[1] == pytest.approx(math.sqrt(4 / 2000))
    published = model(WITH_LIMITS)
    assert published.cv[0].as_floats() == pytest.approx((0.05, 0.15)) and published.cv[1] == pytest.approx(0.1)
    no_share = model(dataclasses.replace(ASSUMED, share=None))
    assert no_share.sample is None and no_share.share == 0 and no_share.cv == published.cv


def test_the_likely_interval_is_the_log_interval_at_the_central_values() -> None:
    ratio_model = model()
    printed = (1050 - 950 / 0.96) / (1000 / 0.98)
    readings = (480 / 0.7 - 530 / 0.8) / (500 / 0.75)
    spread, more = (printed**2 + readings**2) / 12, 1 + 100 / (500 / 0.75)

    def reach(count: float) -> float:
        return math.exp(Z * math.sqrt(2 * 0.75 / count + 4 / 2000 + spread))

    assert ratio_model.likely().as_floats() == pytest.approx((50 / reach(500), 50 * more * reach(500 * more)), rel=1e-5)
    calm = model(count=dataclasses.replace(PART, noise=0.1))  # a variance below that of a Poisson count is none
    assert calm.likely().lower == pytest.approx(50 * math.exp(-Z * math.sqrt(1 / 500 + 4 / 2000 + spread)), rel=1e-5)


def test_what_is_uncertain_is_named_and_can_be_known_one_by_one() -> None:
    ratio_model = model()
    keys = [part.key for part in ratio_model.uncertain()]
    assert keys == [ROUNDING, "household_share", "design_effect", READING, "female_share", PHI_KEY, SAMPLING]
    # Of the sample no more is known than that its error is from none to the largest that the box allows.
    error = ratio_model.uncertain()[-1]
    assert error.interval.as_floats() == pytest.approx((0, math.sqrt(4 / 1000)))
    assert error.central == pytest.approx(math.sqrt(4 / 2000)) and error.row_id == ""
    whole = ratio_model.envelope()
    for key in keys:
        known = ratio_model.knowing(key)
        assert key not in [part.key for part in known.uncertain()]
        assert [part.key for part in known.uncertain()] == [
            other for other in keys if other != key and not (key == SAMPLING and other == "design_effect")
        ]
        assert whole.covers(known.envelope()) and known.envelope() != whole, key
    central = ratio_model.knowing(READING).readings
    assert central.interval == Interval.point(central.central) and central.central == pytest.approx(500 / 0.75)
    assert ratio_model.knowing("female_share").parts[0].interval == Interval.point(0.75)
    assert ratio_model.knowing("household_share").households[0].interval == Interval.point(0.98)
    assert ratio_model.knowing(SAMPLING).cv == (Interval.point(0), 0)
    assert ratio_model.knowing("nothing of it") == ratio_model


@pytest.mark.parametrize(
    ("estimate", "count"),
    [
        ({"value": None}, {}),
        ({"value": 0.0}, {}),
        ({"core": None}, {}),
        ({"core": Interval.closed(0, 1050)}, {}),
        ({"variation": None}, {}),
        ({}, {"value": 0.0}),
        ({}, {"value": None}),
        ({}, {"lower": 0.0}),
        ({}, {"lower": None}),
    ],
)
def test_without_both_sides_or_a_sampling_error_there_is_no_model(estimate: dict, count: dict) -> None:  # type: ignore[type-arg]
    assert RatioModel.of(dataclasses.replace(ASSUMED, **estimate), dataclasses.replace(PART, **count), PHI) is None


def test_a_small_figure_has_a_model_too() -> None:
    small = dataclasses.replace(PART, value=0.8, lower=0.5, upper=None, factors=(), beyond=0.0)
    ratio_model = model(dataclasses.replace(ASSUMED, core=Interval.closed(0.5, 1.5), value=1.0, factors=()), small)
    assert ratio_model.readings.interval == Interval.point(0.5) and ratio_model.recorded[1] == 0.8
