"""In a synthetic world with a known truth, nominal 95% intervals hold it in 93 to 97% of runs, and bounds always do."""

import math

import numpy as np
import pytest
from known_truth import FULL_YEAR, RUNS, World, counts, covered, matched, nominal, survey

from assets.methods.bounds import System, both, disjoint, share, total, union
from assets.methods.envelope import outer_envelope
from assets.methods.flags import completeness
from assets.methods.interval import Interval
from assets.methods.overdispersion import Overdispersion, quarterly_overdispersion, widened
from assets.methods.products import Quantity, log_mover
from assets.methods.ratio import count_interval, difference_mover, log_ratio_interval
from assets.methods.recall import Recall, apply_kernel, quarter_weights, rolling_weights
from assets.methods.survey import logit_interval, small_count_interval, wilson_interval
from assets.methods.trend import (
    benjamini_hochberg,
    break_adjusted_trend,
    conditional_binomial,
    log_count_ratio,
    proportion_error,
)
from assets.methods.verdict import over_box

pytestmark = pytest.mark.long

FLAT, RISING = World(), World(growth=1.3)
OCTOBER_TO_MARCH = tuple(range(6, 12))


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def cv(p: float, n: float, deff: float) -> float:
    return math.sqrt((1 - p) / (n / deff * p))


@pytest.mark.parametrize("sample_share", [1.0, 0.5], ids=["full sample", "half sample"])
def test_a_prevalence(sample_share: float) -> None:
    sample = survey(rng(1), FLAT, RUNS, sample_share=sample_share)
    intervals = [small_count_interval(p, sample.respondents / FLAT.deff).as_floats() for p in sample.share]
    assert nominal(covered(FLAT.prevalence(), intervals))


@pytest.mark.parametrize(
    ("world", "fieldwork", "sample_share"),
    [(FLAT, FULL_YEAR, 1.0), (FLAT, FULL_YEAR, 0.5), (RISING, FULL_YEAR, 1.0), (RISING, OCTOBER_TO_MARCH, 1.0)],
    ids=["flat", "half sample", "rising", "rising, six months of interviews"],
)
def test_recorded_per_estimated_victim(world: World, fieldwork: tuple[int, ...], sample_share: float) -> None:
    # The truth is the expected count, weighted by the recall of the interviews, over the victims that they are about.
    source = rng(2)
    sample = survey(source, world, RUNS, fieldwork, sample_share)
    recorded = matched(counts(source, world.expected_quarters(), world.phi, RUNS), fieldwork)
    truth = float(matched(world.expected_quarters(), fieldwork)) / world.victims(fieldwork)
    intervals = [
        log_ratio_interval(float(r), world.adults * p, cv(p, sample.respondents, world.deff), world.phi).as_floats()
        for r, p in zip(recorded, sample.share, strict=True)
    ]
    assert nominal(covered(truth, intervals))


def test_a_ratio_with_an_assumed_design_effect_covers_no_less() -> None:
    # The outer envelope over a box that holds the true design effect and overdispersion: never called 95%.
    source = rng(3)
    sample = survey(source, FLAT, RUNS)
    recorded = counts(source, FLAT.expected_quarters()[4:], FLAT.phi, RUNS).sum(axis=1)
    truth = float(FLAT.expected_quarters()[4:].sum()) / FLAT.victims()
    box = {"deff": Interval.closed(1.1, 1.9), "phi": Interval.closed(1, 60)}
    intervals = []
    for r, p in zip(recorded[:500], sample.share[:500], strict=True):

        def ratio(deff: float, phi: float, r: float = float(r), p: float = float(p)) -> Interval:
            return log_ratio_interval(r, FLAT.adults * p, cv(p, sample.respondents, float(deff)), float(phi))

        intervals.append(outer_envelope(ratio, box).as_floats())
    assert covered(truth, intervals) >= 0.95


def test_a_difference_of_two_counts_of_one_unit() -> None:
    source = rng(4)
    sample = survey(source, FLAT, RUNS)
    recorded = counts(source, FLAT.expected_quarters()[4:], FLAT.phi, RUNS).sum(axis=1)
    truth = FLAT.victims() - float(FLAT.expected_quarters()[4:].sum())
    intervals = [
        difference_mover(
            FLAT.adults * p,
            small_count_interval(p, sample.respondents / FLAT.deff) * FLAT.adults,
            float(r),
            count_interval(float(r), FLAT.phi),
        ).as_floats()
        for r, p in zip(recorded, sample.share, strict=True)
    ]
    assert nominal(covered(truth, intervals))


def test_the_bridge() -> None:
    # Victims x share that told, and the recorded offences for each of them that would close the two.
    source = rng(5)
    sample = survey(source, FLAT, RUNS)
    recorded = counts(source, FLAT.expected_quarters()[4:], FLAT.phi, RUNS).sum(axis=1)
    known, closing = [], []
    for p, told, cases, r in zip(sample.share, sample.told, sample.cases, recorded, strict=True):
        estimate = Quantity(FLAT.adults * p, logit_interval(p, sample.respondents / FLAT.deff) * FLAT.adults)
        of_them = Quantity(float(told), wilson_interval(float(told), float(cases)))
        count = Quantity(float(r), count_interval(float(r), FLAT.phi))
        known.append(log_mover([estimate, of_them]).limits.as_floats())
        closing.append(log_mover([count], [estimate, of_them]).limits.as_floats())
    assert nominal(covered(FLAT.victims() * FLAT.told, known))
    assert nominal(covered(FLAT.per_victim, closing))


def test_a_change_between_two_counts() -> None:
    source = rng(6)
    early, late = 9_000.0, 11_000.0
    drawn = counts(source, np.array([early, late]), 40.0, RUNS)
    intervals = [log_count_ratio(float(a), float(b), 40.0).interval.as_floats() for a, b in drawn]
    assert nominal(covered(late / early, intervals))


def estimated(source: np.random.Generator, phi: float, quarters: int) -> list[Overdispersion]:
    """What each run finds of phi in some quarters with trend, seasons and a step that is known."""
    at = np.arange(quarters)
    expected = 20_000 * 1.05 ** (at / 4) * np.array([1.0, 1.05, 0.95, 1.0])[at % 4] * np.where(at >= 5, 1.2, 1.0)
    breaks = {"break": 5}
    return [quarterly_overdispersion([float(n) for n in row], 1, breaks) for row in counts(source, expected, phi, RUNS)]


@pytest.mark.parametrize("quarters", [9, 12, 40])
def test_a_change_with_an_overdispersion_estimated_from_few_quarters(quarters: int) -> None:
    # Nine quarters with a step leave three degrees of freedom, as few as are ever used.
    source = rng(13)
    early, late = 90_000.0, 110_000.0
    found = estimated(source, 40.0, quarters)
    drawn = counts(source, np.array([early, late]), 40.0, RUNS)
    student = [
        log_count_ratio(
            float(a), float(b), overdispersion.phi, freedom=overdispersion.degrees_of_freedom
        ).interval.as_floats()
        for (a, b), overdispersion in zip(drawn, found, strict=True)
    ]
    assert nominal(covered(late / early, student))
    taken_as_known = [
        log_count_ratio(float(a), float(b), overdispersion.phi).interval.as_floats()
        for (a, b), overdispersion in zip(drawn, found, strict=True)
    ]
    assert quarters > 12 or covered(late / early, taken_as_known) < 0.93, "without Student's t too few would be covered"


@pytest.mark.parametrize("quarters", [9, 12, 40])
def test_the_interval_of_phi_itself(quarters: int) -> None:
    assert nominal(
        covered(40.0, [overdispersion.interval.as_floats() for overdispersion in estimated(rng(14), 40.0, quarters)])
    )


@pytest.mark.parametrize("phi", [40.0, 400.0], ids=["the survey's error is larger", "the count's error is larger"])
def test_recorded_per_estimated_victim_with_an_estimated_overdispersion(phi: float) -> None:
    source, world = rng(15), World(phi=phi)
    sample = survey(source, world, RUNS)
    recorded = counts(source, world.expected_quarters()[4:], phi, RUNS).sum(axis=1)
    truth = float(world.expected_quarters()[4:].sum()) / world.victims()
    intervals = [
        log_ratio_interval(
            float(r),
            world.adults * p,
            cv(p, sample.respondents, world.deff),
            widened(overdispersion.phi, overdispersion.degrees_of_freedom),
        ).as_floats()
        for r, p, overdispersion in zip(recorded, sample.share, estimated(source, phi, 12), strict=True)
    ]
    assert nominal(covered(truth, intervals))


@pytest.mark.parametrize("fieldwork", [FULL_YEAR, OCTOBER_TO_MARCH], ids=["a full year", "six months of interviews"])
def test_rolling_years_as_printed_match_the_interviews(fieldwork: tuple[int, ...]) -> None:
    # As reconciled.gap does it: five rolling years, both readings of twelve months, phi estimated, in a rising world.
    source = rng(16)
    sample = survey(source, RISING, RUNS, fieldwork)
    quarters = counts(source, RISING.expected_quarters(), RISING.phi, RUNS)
    rolling = np.stack([quarters[:, end - 4 : end].sum(axis=1) for end in range(4, 9)], axis=1)
    truth = float(matched(RISING.expected_quarters(), fieldwork)) / RISING.victims(fieldwork)
    intervals, plain = [], []
    for years, p, overdispersion in zip(rolling, sample.share, estimated(source, RISING.phi, 12), strict=True):
        error, phi = (
            cv(p, sample.respondents, RISING.deff),
            widened(overdispersion.phi, overdispersion.degrees_of_freedom),
        )
        window = Interval.hull_of(
            Interval.point(
                apply_kernel([int(year) for year in years], rolling_weights(quarter_weights(fieldwork, recall)))
            )
            for recall in Recall
        )
        ends = [
            log_ratio_interval(float(end), RISING.adults * p, error, phi).as_floats()
            for end in (window.lower, window.upper)
        ]
        intervals.append((ends[0][0], ends[1][1]))
        plain.append(log_ratio_interval(float(years[4]), RISING.adults * p, error, phi).as_floats())
    assert nominal(covered(truth, intervals))
    assert covered(truth, plain) < 0.93, "the year of the label is another year"


def test_a_change_between_two_small_counts_of_independent_events() -> None:
    source = rng(7)
    drawn = source.poisson([100, 130], (RUNS, 2))
    intervals = [conditional_binomial(int(a), int(b)).interval.as_floats() for a, b in drawn]
    assert covered(1.3, intervals) + 0.01 >= 0.95  # exact limits never cover less than their level
    assert covered(1.3, intervals) <= 0.98


def test_a_change_between_two_estimates() -> None:
    source = rng(8)
    before, after = World(prone=0.08), World(prone=0.10)
    first, second = survey(source, before, RUNS), survey(source, after, RUNS, sample_share=0.5)
    intervals = []
    for p0, p1 in zip(first.share, second.share, strict=True):
        errors = (
            proportion_error(p0, first.respondents / before.deff),
            proportion_error(p1, second.respondents / after.deff),
        )
        found = over_box(p1 - p0, 0.0, Interval.point(math.hypot(*errors)))
        intervals.append((found.lower, found.upper))
    assert nominal(covered(after.prevalence() - before.prevalence(), intervals))


def test_a_trend_net_of_a_break() -> None:
    # 24 quarters with a yearly trend of 1.04, seasons, and recording that rises by 30% at one quarter.
    quarters = np.arange(24)
    season = np.array([1.0, 1.05, 0.95, 1.0])[quarters % 4]
    expected = 20_000 * 1.04 ** (quarters / 4) * season * np.where(quarters >= 13, 1.3, 1.0)
    drawn = counts(rng(9), expected, 40.0, RUNS)
    times, seasons = [q / 4 for q in range(24)], [q % 4 + 1 for q in range(24)]
    trends, steps = [], []
    for row in drawn:
        fitted = break_adjusted_trend(times, [float(x) for x in row], {"break": 13 / 4}, seasons)
        trends.append(fitted.yearly.interval.as_floats())
        steps.append(fitted.fit.effect("step break").interval.as_floats())
    assert nominal(covered(1.04, trends))
    assert nominal(covered(1.3, steps))


def test_adjusted_p_values_hold_the_share_of_false_discoveries() -> None:
    source = rng(10)
    false_share = []
    for _ in range(RUNS // 10):
        changed = np.arange(100) < 20
        later = np.where(changed, 11_500.0, 10_000.0)
        pairs = zip(counts(source, np.full(100, 10_000.0), 40.0, 1)[0], counts(source, later, 40.0, 1)[0], strict=True)
        adjusted = benjamini_hochberg([log_count_ratio(a, b, 40.0).p_value for a, b in pairs])
        found = np.array([p is not None and p <= 0.05 for p in adjusted])
        false_share.append(float((found & ~changed).sum() / max(1, found.sum())))
    assert np.mean(false_share) <= 0.05


def test_bounds_hold_the_truth_always() -> None:
    # Overlapping threats with random cells; sizes rounded to 100, shares to whole percent, as print does.
    source = rng(11)
    names = ("a", "b", "c")
    members = [[name for bit, name in enumerate(names) if cell >> bit & 1] for cell in range(8)]
    for _ in range(RUNS):
        cells = source.integers(0, 5_000, 8)
        cells[5] = cells[7] = 0  # a and c have no common record
        size = {name: sum(n for n, held in zip(cells, members, strict=True) if name in held) for name in names}
        inside = sum(n for n, held in zip(cells, members, strict=True) if {"a", "b"} <= set(held))
        known = [total(name, union(name), Interval.closed(size[name] - 50, size[name] + 50)) for name in names]
        known.append(disjoint("apart", "a", "c"))
        if size["b"]:
            printed = round(100 * inside / size["b"])
            known.append(share("a of b", "a", "b", Interval.closed(max(0, printed - 0.5) / 100, (printed + 0.5) / 100)))
        low, high = System(names, tuple(known)).bound(union(*names)).as_floats()
        assert low - 1e-3 <= cells[1:].sum() <= high + 1e-3
        low, high = (
            System(names, tuple(known)).bound(both("b", "c")).as_floats() if source.random() < 0.1 else (0, math.inf)
        )
        assert low - 1e-3 <= cells[6] + cells[7] <= high + 1e-3


def test_flag_bounds_hold_the_truth_always() -> None:
    # Flags right where set, and a kind that is of the concept by definition.
    source = rng(12)
    for _ in range(RUNS):
        concept = int(source.integers(5_000, 40_000))
        caught, included = source.uniform(0.6, 0.9) * concept, source.uniform(0.1, 1.0) * concept
        assert caught / concept in completeness(Interval.point(caught), Interval.point(included))
