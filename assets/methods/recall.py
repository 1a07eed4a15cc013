"""The recall kernel: how much each month or quarter counts in a survey year.

A respondent interviewed at t reports events of the 12 months before. Over the fieldwork, the weight of the
time s is w(s) = P(t - 12 months <= s < t), so the survey year spreads over up to 24 months of events. Two
readings of "12 months":

- `INTERVIEW_DAY`: back from the day of interview; interviews spread evenly over each month give the
  interview's own month and the month twelve before it the weight 1/2 each, the eleven between 1;
- `CALENDAR_MONTHS`: the twelve full calendar months before the month of interview, 1 each.

A quarter's weight is the mean of its months, so the weights sum to 4: four quarters are one year, and
sum(weight x quarterly count) is a year's count. Months are taken as equally long and interviews as evenly
spread over the fieldwork months.

Every interview looks back over each season once, so the weights of a quarter and of the same quarter a year
later sum to one, and the older of the two never falls from quarter to quarter. The kernel is therefore also a
mean of the five rolling years that end with quarters 4 to 8, with the weights w1, w2 - w1, w3 - w2, w4 - w3
and 1 - w4: publications that print "the year to June" hold all that it needs.

Units: months as offsets from the first month of survey year t (0 = April for a year ending March, -12 =
that month of year t-1); weights are exact fractions of a quarter (or month). Reference: ONS, User guide to
crime statistics for England and Wales (reference period of the Crime Survey).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from functools import cache

from assets.methods.interval import Exact, Interval, Number, exact

YearMonth = tuple[int, int]


class Recall(StrEnum):
    """The two readings of "the last 12 months"."""

    INTERVIEW_DAY = "interview_day"
    CALENDAR_MONTHS = "calendar_months"


def month_weights(fieldwork: Sequence[int], recall: Recall = Recall.INTERVIEW_DAY) -> dict[int, Fraction]:
    """Weight of each event month (offset), interviews spread evenly over the fieldwork months; sum 12."""
    if not fieldwork:
        raise ValueError("a survey year needs at least one month of fieldwork")
    if len(set(fieldwork)) != len(fieldwork):
        raise ValueError(f"a fieldwork month is given twice: {sorted(fieldwork)}")
    if min(fieldwork) < 0 or max(fieldwork) > 11:
        raise ValueError(f"fieldwork months lie inside the survey year (offsets 0 to 11), not {sorted(fieldwork)}")
    fraction, half = Fraction(1), Fraction(1, 2)
    weights = dict.fromkeys(range(-12, 12), Fraction(0))
    for interview in fieldwork:
        by_day = recall is Recall.INTERVIEW_DAY
        weights[interview - 12] += half if by_day else fraction
        weights[interview] += half if by_day else 0
        for month in range(interview - 11, interview):
            weights[month] += fraction
    return {month: weight / len(fieldwork) for month, weight in weights.items()}


def quarter_weights(fieldwork: Sequence[int], recall: Recall = Recall.INTERVIEW_DAY) -> tuple[Fraction, ...]:
    """Weights of the eight quarters of years t-1 and t, oldest first; they sum to 4."""
    return _quarters(tuple(fieldwork), recall)


@cache
def _quarters(fieldwork: tuple[int, ...], recall: Recall) -> tuple[Fraction, ...]:
    months = month_weights(fieldwork, recall)
    return tuple(sum((months[m] for m in range(q, q + 3)), Fraction(0)) / 3 for q in range(-12, 12, 3))


def rolling_weights(quarters: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Shares of the five rolling years that end with quarters 4 to 8 of the kernel, oldest first; they sum to 1."""
    if len(quarters) != 8 or any(quarters[q] + quarters[q + 4] != 1 for q in range(4)):
        raise ValueError(
            "eight quarter weights are needed, those of a quarter and of the same quarter a year later summing to one"
        )
    first, second, third, fourth = quarters[:4]
    return first, second - first, third - second, fourth - third, 1 - fourth


def rolling_ends(year_start: YearMonth) -> tuple[YearMonth, ...]:
    """Last month of each of the five rolling years that `rolling_weights` speaks of."""
    first = year_start[0] * 12 + year_start[1] - 1
    return tuple(((first + k) // 12, (first + k) % 12 + 1) for k in range(-1, 12, 3))


def year_weights(quarters: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Shares of year t-1 and year t: the sums of the first and of the last four quarter weights, over 4."""
    if len(quarters) != 8:
        raise ValueError(f"eight quarter weights are needed, not {len(quarters)}")
    return sum(quarters[:4], Fraction(0)) / 4, sum(quarters[4:], Fraction(0)) / 4


def concentration(weights: Sequence[Fraction]) -> Fraction:
    """Variance of a weighted count over that of a plain one of its size, the parts being alike: sum w^2 / sum w.

    For quarter weights and for year weights; independent parts, each with a variance in proportion to its mean.
    """
    return sum((w * w for w in weights), Fraction(0)) / sum(weights, Fraction(0))


def apply_kernel(counts: Sequence[Number | None], weights: Sequence[Fraction]) -> Exact:
    """The year's count matched to the survey: sum of weight x count, oldest quarter (or rolling year) first.

    Missing is not zero: one with weight and no count is an error. One without weight is not needed.
    """
    if len(counts) != len(weights):
        raise ValueError(f"{len(counts)} counts stand against {len(weights)} weights")
    missing = [i + 1 for i, (c, w) in enumerate(zip(counts, weights, strict=True)) if c is None and w != 0]
    if missing:
        part = "quarter" if len(weights) == 8 else "rolling year"
        raise ValueError(f"no count for {part} {', '.join(map(str, missing))} of {len(weights)} (oldest first)")
    return _weighted(counts, weights)


def mix_years(previous: Number, current: Number, weights: tuple[Fraction, Fraction]) -> Exact:
    """The counts of years t-1 and t mixed by the kernel's year shares, where only whole years are held."""
    if sum(weights) != 1:
        raise ValueError(f"the shares of two years sum to one, not to {sum(weights)}")
    return _weighted((previous, current), weights)


def matched_year_mix(previous: Number, current: Number, fieldwork: Sequence[int]) -> Interval:
    """The mix of two years under both readings, as the interval between them."""
    return Interval.hull_of(
        Interval.point(mix_years(previous, current, year_weights(quarter_weights(fieldwork, recall))))
        for recall in Recall
    )


def _weighted(counts: Sequence[Number | None], weights: Sequence[Fraction]) -> Exact:
    total: Exact = 0
    for count, weight in zip(counts, weights, strict=True):
        if count is not None and weight:
            number = exact(count)
            total = total + (number * float(weight) if isinstance(number, float) else weight * number)
    return exact(total)
