"""The recall kernel reproduces the vectors of rule PERIOD exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.interval import Interval
from assets.methods.recall import (
    Recall,
    apply_kernel,
    concentration,
    matched_year_mix,
    mix_years,
    month_weights,
    quarter_weights,
    rolling_ends,
    rolling_weights,
    year_weights,
)

FULL = tuple(range(12))  # April to March
HALF = tuple(range(6, 12))  # October to March
YE_MARCH_2023 = (*range(6), 10, 11)  # April to September, February and March

VECTORS = [
    (FULL, Recall.INTERVIEW_DAY, (1, 3, 5, 7, 7, 5, 3, 1), 8),
    (HALF, Recall.INTERVIEW_DAY, (0, 0, 2, 6, 8, 8, 6, 2), 8),
    (YE_MARCH_2023, Recall.INTERVIEW_DAY, (9, 27, 36, 40, 39, 21, 12, 8), 48),
    (FULL, Recall.CALENDAR_MONTHS, (2, 5, 8, 11, 10, 7, 4, 1), 12),
    (HALF, Recall.CALENDAR_MONTHS, (0, 0, 2, 5, 6, 6, 4, 1), 6),
    (YE_MARCH_2023, Recall.CALENDAR_MONTHS, (2, 5, 6, 7, 6, 3, 2, 1), 8),
]


@pytest.mark.parametrize(("fieldwork", "recall", "numerators", "denominator"), VECTORS)
def test_vectors_of_rule_period(
    fieldwork: tuple[int, ...], recall: Recall, numerators: tuple[int, ...], denominator: int
) -> None:
    assert quarter_weights(fieldwork, recall) == tuple(Fraction(n, denominator) for n in numerators)


@pytest.mark.parametrize(("fieldwork", "recall", "previous"), [
    (FULL, Recall.INTERVIEW_DAY, Fraction(1, 2)),  # 50:50
    (HALF, Recall.INTERVIEW_DAY, Fraction(1, 4)),  # 25:75
    (YE_MARCH_2023, Recall.INTERVIEW_DAY, Fraction(7, 12)),  # 58:42
    (FULL, Recall.CALENDAR_MONTHS, Fraction(13, 24)),
    (HALF, Recall.CALENDAR_MONTHS, Fraction(7, 24)),
    (YE_MARCH_2023, Recall.CALENDAR_MONTHS, Fraction(5, 8)),
])  # fmt: skip
def test_year_mixes(fieldwork: tuple[int, ...], recall: Recall, previous: Fraction) -> None:
    assert year_weights(quarter_weights(fieldwork, recall)) == (previous, 1 - previous)


@pytest.mark.slow
@given(st.sets(st.integers(0, 11), min_size=1), st.sampled_from(list(Recall)))
def test_weights_are_probabilities_that_sum_to_a_year(fieldwork: set[int], recall: Recall) -> None:
    months = month_weights(sorted(fieldwork), recall)
    assert all(0 <= weight <= 1 for weight in months.values()) and sum(months.values()) == 12
    quarters = quarter_weights(sorted(fieldwork), recall)
    assert sum(quarters) == 4 and sum(year_weights(quarters)) == 1
    assert apply_kernel([250] * 8, quarters) == 1000


@given(st.sets(st.integers(0, 11), min_size=1))
def test_calendar_recall_looks_half_a_month_further_back(fieldwork: set[int]) -> None:
    def mean_month(recall: Recall) -> Fraction:
        months = month_weights(sorted(fieldwork), recall)
        return sum((month * weight for month, weight in months.items()), Fraction(0)) / 12

    assert mean_month(Recall.INTERVIEW_DAY) - mean_month(Recall.CALENDAR_MONTHS) == Fraction(1, 2)


def test_missing_is_not_zero() -> None:
    counts = [None, None, 10, 20, 30, 40, 50, 60]
    assert apply_kernel(counts, quarter_weights(HALF)) == Fraction(
        2 * 10 + 6 * 20 + 8 * 30 + 8 * 40 + 6 * 50 + 2 * 60, 8
    )
    with pytest.raises(ValueError, match="no count for quarter 1, 2 of 8"):
        apply_kernel(counts, quarter_weights(FULL))


def test_both_readings_bound_the_matched_count() -> None:
    growing = [100, 110, 120, 130, 140, 150, 160, 170]
    assert apply_kernel(growing, quarter_weights(FULL)) == 540
    # By hand: (2 x 100 + 5 x 110 + 8 x 120 + 11 x 130 + 10 x 140 + 7 x 150 + 4 x 160 + 170) / 12.
    assert apply_kernel(growing, quarter_weights(FULL, Recall.CALENDAR_MONTHS)) == Fraction(6400, 12)
    assert matched_year_mix(1000, 2000, FULL) == Interval.closed(1000 * Fraction(35, 24), 1500)
    assert mix_years(889_918.0, 911_232.0, (Fraction(1, 4), Fraction(3, 4))) == pytest.approx(905_903.5)


@pytest.mark.parametrize(("fieldwork", "recall", "numerators", "denominator"), [
    (FULL, Recall.INTERVIEW_DAY, (1, 2, 2, 2, 1), 8),
    (HALF, Recall.INTERVIEW_DAY, (0, 0, 2, 4, 2), 8),
    (YE_MARCH_2023, Recall.INTERVIEW_DAY, (9, 18, 9, 4, 8), 48),
    (FULL, Recall.CALENDAR_MONTHS, (2, 3, 3, 3, 1), 12),
])  # fmt: skip
def test_the_kernel_is_a_mean_of_rolling_years(
    fieldwork: tuple[int, ...], recall: Recall, numerators: tuple[int, ...], denominator: int
) -> None:
    """Worked out by hand: w1, w2 - w1, w3 - w2, w4 - w3, 1 - w4 of the printed vectors."""
    found = rolling_weights(quarter_weights(fieldwork, recall))
    assert found == tuple(Fraction(n, denominator) for n in numerators)


@given(st.sets(st.integers(0, 11), min_size=1), st.lists(st.integers(-50, 10**6), min_size=8, max_size=8))
def test_rolling_years_give_the_same_count_as_their_quarters(fieldwork: set[int], quarters: list[int]) -> None:
    rolling = [sum(quarters[end - 4 : end]) for end in range(4, 9)]
    for recall in Recall:
        by_quarter = quarter_weights(sorted(fieldwork), recall)
        weights = rolling_weights(by_quarter)
        assert apply_kernel(rolling, weights) == apply_kernel(quarters, by_quarter)
        assert all(weight >= 0 for weight in weights) and sum(weights) == 1


def test_a_rolling_year_without_weight_is_not_needed_and_one_with_weight_is() -> None:
    assert apply_kernel([None, None, 1200, 1200, 1200], rolling_weights(quarter_weights(HALF))) == 1200
    with pytest.raises(ValueError, match="no count for rolling year 4 of 5"):
        apply_kernel([1, 2, 3, None, 5], rolling_weights(quarter_weights(FULL)))
    with pytest.raises(ValueError, match="summing to one"):
        rolling_weights([Fraction(1)] * 8)
    assert rolling_ends((2022, 4)) == ((2022, 3), (2022, 6), (2022, 9), (2022, 12), (2023, 3))


@pytest.mark.parametrize("fieldwork", [(), (0, 0), (12,), (-1,)])
def test_impossible_fieldwork_is_refused(fieldwork: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        month_weights(fieldwork)


def test_the_two_years_must_make_one() -> None:
    with pytest.raises(ValueError, match="sum to one"):
        mix_years(1, 2, (Fraction(1, 2), Fraction(1, 4)))


def test_a_mean_of_parts_varies_less_than_a_plain_count_of_its_size() -> None:
    """Weights of a half make half the count, and a quarter of its variance."""
    assert concentration((Fraction(1),) * 4) == 1
    assert concentration((Fraction(1, 2),) * 8) == Fraction(1, 2)
    assert concentration(quarter_weights(FULL)) == Fraction(2 * (1 + 9 + 25 + 49), 64 * 4)
    assert concentration(year_weights(quarter_weights(HALF))) == Fraction(1, 4) ** 2 + Fraction(3, 4) ** 2
