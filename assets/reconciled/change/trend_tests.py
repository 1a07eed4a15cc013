"""The tests and models behind a change: two counts, two survey estimates, a series with breaks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assets.methods.interval import Interval
from assets.methods.loglinear import fit_log_linear
from assets.methods.trend import conditional_binomial, log_count_ratio, proportion_error, survey_change
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import has_sampling
from assets.reconciled.ground.figure_lookup import figure_interval
from assets.reconciled.ground.phi import Phi
from assets.tables.records import Record

FEWEST_IN_SEGMENT = 2
FEWEST_FREEDOM = 2


@dataclass(frozen=True)
class Tested:
    """The outcome of a test: the interval in the unit of what is tested, the largest p value, and the method's name."""

    lower: float
    upper: float
    p_value: float
    method: str
    value: float | None = None
    source: str = "assumed"


def two_counts(before: float, after: float, phi: Phi | None) -> Tested | None:
    """Fold change of two recorded counts; None where both are zero, or one is under overdispersion.

    phi: overdispersion: where estimated, tested by Student's t on its degrees of freedom; where assumed, taken at the upper
    end, where interval and p value are largest; None for independent events, which are tested exactly.
    """
    if before + after == 0 or (phi is not None and min(before, after) <= 0):
        return None
    if phi is None:
        test = conditional_binomial(int(before), int(after))
        lower, upper = test.interval.as_floats()
        return Tested(lower, upper, test.p_value, f"{test.method} of two counts, events taken as independent")
    test = log_count_ratio(before, after, phi.value, freedom=phi.freedom)
    lower, upper = test.interval.as_floats()
    if phi.freedom is None:
        said = f"overdispersion {phi.value:g} (upper end of its assumption)"
    else:
        said = (
            f"overdispersion {phi.value:.1f} (estimated from quarters), Student's t on {phi.freedom} degrees of freedom"
        )
    source = "assumed" if phi.freedom is None else "computed"
    return Tested(lower, upper, test.p_value, f"log ratio of two counts, {said}", source=source)


def two_estimates(before: Record, after: Record, sizes: tuple[Interval, Interval]) -> Tested | None:
    """Change in percentage points between two survey prevalences (percent, with the ends of their rounding).

    sizes: effective samples as intervals; points where the figures have published sampling errors. The interval is that of
    the smallest samples, widened by the rounding of both figures; p is the largest over the samples and the rounding. None
    at 0 or 100%.
    """
    shares = [row["value"] / 100 for row in (before, after)]
    if any(not 0 < share < 1 for share in shares):
        return None
    errors = [100 * proportion_error(p, float(n.lower)) for p, n in zip(shares, sizes, strict=True)]
    rounding = sum(float(figure_interval(row).width) for row in (before, after)) / 2
    change = after["value"] - before["value"]
    plain = survey_change(before["value"], errors[0], after["value"], errors[1])
    least = max(0.0, abs(change) - rounding)
    p_value = survey_change(0.0, errors[0], least, errors[1]).p_value
    lower, upper = plain.interval.as_floats()
    own = all(has_sampling(row) for row in (before, after))
    sampling = "with their published sampling errors" if own else "at the smallest effective samples assumed"
    return Tested(
        lower - rounding, upper + rounding, p_value,
        f"z test of two independent survey estimates {sampling}, rounding added", source="computed" if own else "assumed",
    )  # fmt: skip


def net_of_steps(points: Sequence[Record], breaks: Sequence[Break]) -> Tested | None:
    """Yearly rate (percent) of a count series net of a step at each break, by a quasi-Poisson log-linear model.

    A year in which a break falls carries the step by its share of days after it. Breaks of one year are one step. None
    where a step has fewer than two years on either side, or fewer than two degrees of freedom are left.
    """
    if any(row["value"] <= 0 for row in points):
        return None
    steps = _steps(points, breaks)
    if not steps or not _separate(points, steps):
        return None
    freedom = len(points) - 2 - len(steps)
    if freedom < FEWEST_FREEDOM:
        return None
    first = points[0]["period_end"].year
    columns = {"constant": [1.0] * len(points), "trend": [float(row["period_end"].year - first) for row in points]}
    for day in steps:
        columns[f"step {day}"] = [_after(row, day) for row in points]
    try:
        fit = fit_log_linear([row["value"] for row in points], columns)
    except ValueError:  # the terms cannot be told apart with these years
        return None
    effect = fit.effect("trend")
    lower, upper = (100 * (end - 1) for end in effect.interval.as_floats())
    named = ", ".join(f"{day:%B %Y}" for day in steps)
    return Tested(
        lower, upper, effect.p_value,
        f"quasi-Poisson log-linear model of {len(points)} years: yearly trend, steps at {named}"
        f" (overdispersion {fit.phi:,.0f}, {freedom} degrees of freedom)",
        100 * (effect.ratio - 1),
    )  # fmt: skip


def _steps(points: Sequence[Record], breaks: Sequence[Break]) -> list[datetime.date]:
    """One day per year that holds breaks: the first of them."""
    by_year: dict[int, datetime.date] = {}
    for one in sorted(breaks, key=lambda one: one.date):
        year = next(
            (row["period_end"].year for row in points if row["period_start"] <= one.date <= row["period_end"]), None
        )
        if year is not None:
            by_year.setdefault(year, one.date)
    return list(by_year.values())


def _separate(points: Sequence[Record], steps: Sequence[datetime.date]) -> bool:
    ends: list[datetime.date] = [row["period_end"] for row in points]
    edges = [datetime.date.min, *steps, datetime.date.max]
    return all(sum(low <= end < high for end in ends) >= FEWEST_IN_SEGMENT for low, high in pairwise(edges))


def _after(row: Record, day: datetime.date) -> float:
    """The share of a period's days on or after a day."""
    start: datetime.date = row["period_start"]
    end: datetime.date = row["period_end"]
    return min(1.0, max(0.0, ((end - day).days + 1) / ((end - start).days + 1)))
