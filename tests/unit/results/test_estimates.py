"""The survey side of a comparison, against values worked out by hand."""

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import FACT, PAIRING, YE_MARCH_2023, Tables, day, frame

from assets.methods.interval import Interval
from assets.reconciled.gap.estimates import Estimates, relative_error, with_sampling
from assets.reconciled.ground.comparison import Estimate
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from schemas.codes import ENGLAND_AND_WALES

ROW = FACT | {
    "series": "csew.domestic_abuse.old.16+.victims", "sex": "female", "age": "16+", "period_type": "survey_year",
    "unit": "persons", "value": 1_400_000.0, "lower": 1_399_500.0, "upper": 1_400_500.0, "interval_source": "rounding",
    "printed": "1,400", "instrument": "csew_self_completion_old", "topic": "domestic_abuse", "measure": "victims",
    "source": "ons_bulletins", "release": "da-overview-2023-11", "designation": "accredited",
}  # fmt: skip
PREVALENCE = {
    "series": "csew.domestic_abuse.old.16+.prevalence", "measure": "prevalence", "unit": "percent", "value": 5.7, "lower": 5.65,
    "upper": 5.75, "printed": "5.7",
}  # fmt: skip
BASE = {
    "series": "csew.sample.16+.unweighted_base", "measure": "unweighted_base", "topic": "csew_sample", "unit": "persons",
    "value": 34_000.0, "lower": None, "upper": None, "sex": "all", "instrument": None, "printed": "34,000",
}  # fmt: skip
PEOPLE = FACT | {
    "series": "population.mid_year", "sex": "female", "age": "16+", "period_start": day("2022-06-30"),
    "period_end": day("2022-06-30"), "period_type": "mid_year", "value": 25_000_000.0, "unit": "persons",
}  # fmt: skip
TRACKED = {
    "household_population_share.female": (0.955, 0.99),
    "deff_self_completion": (1.1, 1.9),
    "share_female_of_sample": (0.52, 0.56),
    "self_completion_share": (0.5, 0.95),
    "age_base_share.16-59": (0.54, 0.71),
}
WOMEN = dataclasses.replace(PAIRING, sex="female")


def assumptions() -> Assumptions:
    known = [{"assumption": key, "lower": low, "upper": high} for key, (low, high) in TRACKED.items()]
    return Assumptions(frame("reference.assumption", known, unit="x", applies_to="*", reason="r", citation="c"))


@pytest.fixture
def of(tables: Tables) -> Any:
    """The estimates of a pairing from some survey rows, with or without a population and short fieldwork."""

    def estimates(
        *rows: dict[str, Any], pairing: Any = WOMEN, people: bool = True, short: bool = False
    ) -> list[Estimate]:
        populations = Populations(
            frame("population.estimate", [PEOPLE] if people else [PEOPLE | {"period_end": day("1999-06-30")}])
        )
        fieldwork = tables["reference.fieldwork"] if short else tables["reference.fieldwork"].head(0)
        survey = frame("survey.estimate", rows, **ROW)
        samples = EffectiveSamples(survey, assumptions(), FieldworkYears(fieldwork))
        made = Estimates(survey, tables["reference.series"], populations, assumptions(), samples)
        return list(made.of(pairing, ENGLAND_AND_WALES))

    return estimates


def test_a_printed_number_of_victims_is_taken_as_printed(of: Any) -> None:
    """Without a base, a standard error or limits it has no interval: that of its rounding would pass for one of the survey."""
    [found] = of({})
    assert found.value == 1_400_000 and found.core is not None and found.core.as_floats() == (1_399_500, 1_400_500)
    assert (found.lower, found.upper, found.interval_source) == (None, None, None)
    assert (found.unit, found.from_prevalence, found.sample) == ("victims", False, None)
    assert found.release == "ons_bulletins@da-overview-2023-11" and found.period == YE_MARCH_2023


def test_a_prevalence_becomes_victims_by_the_household_population_with_both_uncertainties(of: Any) -> None:
    """5.7% x 25,000,000 x 0.9725; 5.65% x 25,000,000 x 0.955; 5.75% x 25,000,000 x 0.99."""
    [found] = of(PREVALENCE)
    assert found.value == pytest.approx(1_385_812.5)
    assert found.core is not None and found.core.as_floats() == pytest.approx((1_348_937.5, 1_423_125.0))
    assert found.from_prevalence and found.unit == "victims" and found.share == pytest.approx(0.057)
    assert any(row.startswith("population:") for row in found.inputs)
    assert "assumption:household_population_share.female" in found.inputs


def test_a_prevalence_without_a_population_stays_missing_and_says_so(of: Any) -> None:
    [found] = of(PREVALENCE | {"printed": "5.7000000000000002"}, people=False)
    assert (found.value, found.lower, found.obs_status) == (None, None, "missing")
    assert found.notes[-1].startswith("5.7% is published"), "printed in full, said as people say it"


def test_victims_are_preferred_to_a_prevalence_of_the_same_people(of: Any) -> None:
    [found] = of({}, PREVALENCE)
    assert found.value == 1_400_000 and found.share == pytest.approx(0.057) and len(found.inputs) == 2


def test_the_sampling_error_comes_from_the_base_over_the_box_of_assumptions(of: Any) -> None:
    """n_eff between 34,000 x 0.52 x 0.5 / 1.9 and 34,000 x 0.56 x 0.95 / 1.1; the widest logit interval is at the least."""
    [found] = of({}, PREVALENCE, BASE)
    least, most = 34_000 * 0.52 * 0.5 / 1.9, 34_000 * 0.56 * 0.95 / 1.1
    assert found.sample.interval.as_floats() == pytest.approx((least, most))
    assert found.interval_source == "assumed"
    logit, reach = math.log(0.057 / 0.943), 1.959964 / math.sqrt(least * 0.057 * 0.943)
    low, high = (1 / (1 + math.exp(-(logit + sign * reach))) / 0.057 for sign in (-1, 1))
    assert (found.lower, found.upper) == pytest.approx((1_399_500 * low, 1_400_500 * high), rel=1e-6)
    assert found.core.as_floats() == (1_399_500, 1_400_500)
    used = {row for row in found.inputs if row.startswith("assumption:")}
    assert used == {
        "assumption:deff_self_completion", "assumption:share_female_of_sample", "assumption:self_completion_share",
    }  # fmt: skip


# Limits of a published standard error, as csew_open prints it: 5.7%, standard error 0.4 points, on the logit scale.
REACH = 1.959964 * 0.004 / (0.057 * 0.943)
LIMITS = tuple(1 / (1 + math.exp(-(math.log(0.057 / 0.943) + sign * REACH))) for sign in (-1, 1))
COMPUTED = PREVALENCE | {
    "interval_source": "computed",
    "lower": 100 * LIMITS[0],
    "upper": 100 * LIMITS[1],
    "base": 4_000.0,
}
VARIATION = math.log(LIMITS[1] / LIMITS[0]) / (2 * 1.959964)


def test_a_published_sampling_error_is_used_and_counted_once(of: Any) -> None:
    """5.7% x 25,000,000 x [0.955, 0.99], widened by the published limits over 5.7%; no assumed sample beside them."""
    [found] = of(COMPUTED, BASE)
    assert found.core.as_floats() == pytest.approx((0.057 * 25e6 * 0.955, 0.057 * 25e6 * 0.99)), "no sampling error"
    assert (found.lower, found.upper) == pytest.approx((LIMITS[0] * 25e6 * 0.955, LIMITS[1] * 25e6 * 0.99), rel=1e-6)
    assert found.variation.as_floats() == pytest.approx((VARIATION, VARIATION), rel=1e-6)
    assert found.sample is None and found.base == 4_000 and "assumption:deff_self_completion" not in found.inputs
    assert found.interval_source == "assumed", "the household share is an assumption"


def test_a_published_sampling_error_of_the_prevalence_serves_the_number_of_victims(of: Any) -> None:
    [found] = of({}, COMPUTED, BASE)
    assert found.core.as_floats() == (1_399_500, 1_400_500) and found.interval_source == "computed"
    relative = [end / 0.057 for end in LIMITS]
    assert (found.lower, found.upper) == pytest.approx((1_399_500 * relative[0], 1_400_500 * relative[1]), rel=1e-6)


def test_published_limits_of_a_number_are_its_interval(of: Any) -> None:
    [found] = of({"interval_source": "published", "lower": 1_200_000.0, "upper": 1_600_000.0}, PREVALENCE, BASE)
    assert (found.lower, found.upper, found.interval_source) == (1_200_000, 1_600_000, "published")
    assert found.core.is_point and float(found.core.lower) == 1_400_000
    expected = math.log(1.6 / 1.2) / (2 * 1.959964)
    assert found.variation.as_floats() == pytest.approx((expected, expected), rel=1e-6)


def test_limits_that_reach_zero_give_the_variation_of_their_width(of: Any) -> None:
    """1.6 million wide around 1.4 million (printed): 1.6 / (2 x 1.96 x 1.4) = 0.2916."""
    [found] = of({"interval_source": "published", "lower": 0.0, "upper": 1_600_000.0})
    assert found.variation is not None and found.lower == 0
    assert float(found.variation.lower) == pytest.approx(0.2916, abs=1e-4)


def test_a_printed_number_implies_the_share_that_its_sampling_error_needs(of: Any) -> None:
    [found] = of({}, BASE)
    assert found.share == pytest.approx(1_400_000 / (25_000_000 * 0.9725)) and found.interval_source == "assumed"


def test_fewer_interviews_make_a_smaller_sample(of: Any) -> None:
    """Eight of twelve months in YE March 2023."""
    [full], [short] = of({}, BASE), of({}, BASE, short=True)
    ratio = short.sample.interval.as_floats()[0] / full.sample.interval.as_floats()[0]
    assert ratio == pytest.approx(8 / 12, abs=0.1) and ratio < 1
    assert "fieldwork:short.ye_2023_03" in short.inputs
    assert short.lower < full.lower and short.upper > full.upper


def test_a_part_of_the_ages_makes_a_smaller_sample(of: Any) -> None:
    series = {"series": "csew.domestic_abuse.old.16-59.prevalence", "age": "16-59"}
    [part] = of(
        PREVALENCE | series | {"measure": "victims", "unit": "persons", "value": 1e6, "lower": 1e6, "upper": 1e6}, BASE
    )
    assert part.age == "16-59" and part.sample is None, "no population of that age is held, so no share is implied"


def test_a_marker_stays_a_marker(of: Any) -> None:
    [found] = of({"value": None, "lower": None, "upper": None, "interval_source": None, "obs_status": "suppressed"})
    assert (found.value, found.obs_status, found.interval_source) == (None, "suppressed", None)


def test_question_versions_ages_and_sexes_stay_apart(of: Any) -> None:
    new = {
        "series": "csew.domestic_abuse.new.16+.victims",
        "instrument": "csew_self_completion_new",
        "value": 2e6,
        "upper": 3e6,
    }
    men = {"sex": "male"}
    group = {"characteristic": "age", "characteristic_value": "16-19", "value": 1.0, "lower": 0.0}
    narrow = {"series": "csew.domestic_abuse.old.16-59.victims", "age": "18-29"}
    found = of({}, new, men, group, narrow)
    assert [(one.instrument, one.sex, one.age) for one in found] == [
        ("csew_self_completion_new", "female", "16+"),
        ("csew_self_completion_old", "female", "16+"),
    ]


def test_estimates_over_a_lifetime_are_no_estimates_of_a_year(of: Any, tables: Tables) -> None:
    lifetime = [
        row
        for row in tables.rows("reference.series")
        if row["topic"] == "domestic_abuse" and row["reference_window"] != "last_year"
    ]
    for series in {row["series"] for row in lifetime if row["measure"] in ("victims", "prevalence")}:
        assert of({"series": series}) == []


def test_the_statements_own_estimate_is_used_only_where_the_pairing_names_it(of: Any) -> None:
    said = {"source": "statement", "release": "2024-07"}
    assert of(said) == []
    assert len(of(said, pairing=dataclasses.replace(WOMEN, source="statement"))) == 1
    assert of({}, pairing=dataclasses.replace(WOMEN, source="statement")) == []


@pytest.mark.parametrize(
    ("share", "n_eff", "error"), [(0.5, 100.0, 0.1), (0.057, 1000.0, 0.128623), (0.01, 9900.0, 0.1)]
)
def test_the_relative_error_of_a_prevalence(share: float, n_eff: float, error: float) -> None:
    assert relative_error(share, n_eff) == pytest.approx(error, rel=1e-5)


@given(st.floats(0.001, 0.5), st.floats(60, 20_000), st.floats(1.0, 5.0))
def test_sampling_widens_and_a_larger_sample_widens_less(share: float, size: float, times: float) -> None:
    core = Interval.closed(90, 110)
    low, high = with_sampling(core, share, Interval.closed(size, size * times))
    assert low <= 90 and high >= 110
    exact_low, exact_high = with_sampling(core, share, Interval.point(size * times))
    assert low <= exact_low + 1e-9 and high >= exact_high - 1e-9


def test_men_are_the_rest_of_the_sample_not_as_many_as_the_women(tables: Tables) -> None:
    """34,000 respondents, women 52 to 56% of them: of men 44 to 48%, over the same answering share and design effect."""
    nothing = FieldworkYears(tables["reference.fieldwork"].head(0))
    samples = EffectiveSamples(frame("survey.estimate", [BASE], **ROW), assumptions(), nothing)
    for sex, low, high in (("male", 0.44, 0.48), ("female", 0.52, 0.56)):
        sample, _ = samples.sample("domestic_abuse", "csew_self_completion_old", sex, "16+", YE_MARCH_2023)
        assert sample is not None
        assert sample.interval.as_floats() == pytest.approx((34_000 * low * 0.5 / 1.9, 34_000 * high * 0.95 / 1.1))
