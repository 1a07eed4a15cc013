"""The rules block exactly the comparisons that would mislead: where a block is ignored, intervals miss the truth."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from kit import Tables, case, day
from known_truth import RUNS, World, counts, covered, matched, survey

from assets.methods.ratio import log_ratio_interval
from assets.methods.trend import break_adjusted_trend, log_count_ratio
from assets.reconciled.gap.rules import rulings, verdict
from assets.reconciled.ground.comparison import ComparedPeriod

WORLD = World(growth=1.5)
MISLED = 0.90  # a nominal 95% interval that covers less than this misleads
QUARTERS = WORLD.expected_quarters()


def ratio_coverage(recorded: np.ndarray, truth: float, victims_factor: float = 1.0) -> float:
    """Coverage of the ratio of counts to the survey's estimate (of a part of the victims, where a factor says so)."""
    sample = survey(np.random.default_rng(21), WORLD, RUNS)
    intervals = []
    for r, p in zip(recorded, sample.share, strict=True):
        error = math.sqrt(WORLD.deff * (1 - p) / (sample.respondents * p))
        intervals.append(log_ratio_interval(float(r), WORLD.adults * p * victims_factor, error, WORLD.phi).as_floats())
    return covered(truth, intervals)


def draw(expected: np.ndarray) -> np.ndarray:
    return counts(np.random.default_rng(22), expected, WORLD.phi, RUNS)


def right() -> float:
    """The count of the months that the interviews are about."""
    return ratio_coverage(matched(draw(QUARTERS)), float(matched(QUARTERS)) / WORLD.victims())


def other_year() -> float:
    """The count of the year before, while crime rises by half in a year."""
    return ratio_coverage(draw(QUARTERS)[:, :4].sum(axis=1), float(matched(QUARTERS)) / WORLD.victims())


def half_year() -> float:
    """The count of six months, taken for a year's."""
    return ratio_coverage(draw(QUARTERS)[:, 4:6].sum(axis=1), float(matched(QUARTERS)) / WORLD.victims())


def all_victims_for_women() -> float:
    """An estimate of women (74% of the victims) against the count of all victims."""
    truth = float(matched(QUARTERS)) / WORLD.victims()  # women record as often as all do
    return ratio_coverage(matched(draw(QUARTERS)), truth, victims_factor=0.74)


def summed_threats() -> float:
    """Two threats of one record in four added, for their union."""
    return ratio_coverage(matched(draw(QUARTERS)) * 1.25, float(matched(QUARTERS)) / WORLD.victims())


OTHER_YEAR = ComparedPeriod(day("2021-04-01"), day("2022-03-31"), "year")
HALF_YEAR = ComparedPeriod(day("2022-04-01"), day("2022-09-30"), "half_year")
SCENARIOS: list[tuple[Callable[[], float], dict[str, object]]] = [
    (right, {}),
    (other_year, {"count": {"period": OTHER_YEAR}}),
    (half_year, {"count": {"period": HALF_YEAR}, "estimate": {"period": HALF_YEAR}}),
    (all_victims_for_women, {"estimate": {"sex": "female"}}),
    (summed_threats, {"pairing": {"recorded_series": ("vawg.rasso", "vawg.domestic_abuse")}}),
]


@pytest.mark.parametrize(("coverage", "changes"), SCENARIOS, ids=[scenario[0].__name__ for scenario in SCENARIOS])
def test_a_comparison_is_blocked_if_and_only_if_it_misleads(
    coverage: Callable[[], float], changes: dict[str, object]
) -> None:
    misleads = coverage() < MISLED
    blocked = verdict(rulings(case(**changes))).value == "block"  # type: ignore[arg-type]
    assert misleads is blocked


def test_a_change_across_a_break_finds_a_rise_that_is_not_there_and_the_model_does_not() -> None:
    # Crime is flat; from the eleventh quarter on 20% more of it is recorded.
    expected = np.where(np.arange(24) >= 11, 24_000.0, 20_000.0)
    drawn = counts(np.random.default_rng(23), expected, 40.0, RUNS // 4)
    plain = [log_count_ratio(float(row[:4].sum()), float(row[-4:].sum()), 40.0).p_value < 0.05 for row in drawn]
    net = [
        break_adjusted_trend([q / 4 for q in range(24)], list(map(float, row)), {"break": 11 / 4}).yearly.p_value < 0.05
        for row in drawn
    ]
    assert np.mean(plain) > 0.99
    assert np.mean(net) < 0.08


def test_a_missing_force_is_made_good_by_the_same_forces_on_both_sides() -> None:
    # A force with a tenth of the crime sends nothing: the whole area's ratio is missed, that of the other forces is not.
    held = matched(draw(QUARTERS * 0.9))
    truth = float(matched(QUARTERS)) / WORLD.victims()
    assert ratio_coverage(held, truth) < MISLED
    assert ratio_coverage(held, truth, victims_factor=0.9) >= 0.93
    named = case(count={"missing_forces": ("Greater Manchester",)})
    assert any(said.rule == "GEO" and "Greater Manchester" in said.reason for said in rulings(named))


def test_the_plain_year_is_only_shown_beside_a_matched_one_and_says_so(tables: Tables) -> None:
    # Counts of the label's year, while crime rises by half in a year, miss; the rule does not let them pass unsaid, and
    # every comparison of the real table that can be matched stands beside its match.
    assert ratio_coverage(draw(QUARTERS)[:, 4:].sum(axis=1), float(matched(QUARTERS)) / WORLD.victims()) < MISLED
    said = next(ruling for ruling in rulings(case()) if ruling.rule == "PERIOD")
    assert said.result.value == "qualify" and "spread over up to two years" in said.reason
    rows = [row for row in tables.rows("reconciled.gap") if row["verdict"] != "block"]
    name = ("pairing", "instrument", "age", "period_end")
    matches = {tuple(row[one] for one in name) for row in rows if row["period_match"] != "plain"}
    plain = {tuple(row[one] for one in name) for row in rows if row["period_match"] == "plain"}
    assert matches <= plain and len(matches) > 10
