"""The years of one recorded series as a model: a yearly trend, a step at each break, and what varies around them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assets.methods.trend import BreakTrend, break_adjusted_trend
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.comparison import Break
from assets.words.wording import months
from schemas.row_types import OffenceCountRow

FEWEST_IN_SEGMENT = 2
FEWEST_FREEDOM, FREEDOM_OF_RUNS = 2, 3


@dataclass(frozen=True)
class RecordingStep:
    """A change of recording that the model knows: its first and last day, and the breaks it stands for."""

    first: datetime.date
    last: datetime.date
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return months(self.first, self.last)

    @property
    def name(self) -> str:
        """The breaks it stands for, which name it in the model."""
        return " and ".join(self.keys)


@cache
def carried(first: datetime.date, last: datetime.date, start: datetime.date, end: datetime.date) -> float:
    """The share of a change that a period carries: the mean over its days of how much of the change had come."""
    days, whole = (end - start).days + 1, (last - first).days + 1
    come = ((start - first).days + 1 + at for at in range(days))
    return sum(min(1.0, max(0.0, so_far / whole)) for so_far in come) / days


@dataclass(frozen=True)
class YearlyModel:
    """A fitted series of years.

    shares: step -> the share of it that each year carries
    """

    points: tuple[OffenceCountRow, ...]
    shares: dict[RecordingStep, list[float]]
    trend: BreakTrend

    @property
    def said(self) -> str:
        """The model in words."""
        steps = f", steps at {', '.join(map(str, self.shares))}" if self.shares else ""
        fit = self.trend.fit
        return (
            f"quasi-Poisson log-linear model of {len(self.points)} years: yearly trend{steps}"
            f" (overdispersion {fit.phi:,.0f}, {fit.degrees_of_freedom} degrees of freedom)"
        )


def yearly_model(points: Sequence[OffenceCountRow], breaks: Sequence[Break]) -> YearlyModel | None:
    """The model of some years in a row, oldest first; None where they do not carry it.

    Breaks within one year are one step, since years cannot tell them apart; a break that went on for longer is a change that
    comes day by day. None where a count is nought, a step has fewer than two years on either side, or fewer than two degrees
    of freedom are left.
    """
    if any(row["value"] <= 0 for row in points):
        return None
    steps = _steps(points, breaks)
    freedom = len(points) - 2 - len(steps)
    if freedom < FEWEST_FREEDOM or not _separate(points, steps):
        return None
    shares = {
        step: [carried(step.first, step.last, row["period_start"], row["period_end"]) for row in points]
        for step in steps
    }
    first = points[0]["period_end"].year
    times = [float(row["period_end"].year - first) for row in points]
    try:
        fitted = break_adjusted_trend(
            times, [row["value"] for row in points], {step.name: of_years for step, of_years in shares.items()}
        )
    except ValueError:  # the terms cannot be told apart with these years
        return None
    return YearlyModel(tuple(points), shares, fitted)


def longest_model(points: Sequence[OffenceCountRow], breaks: Breaks) -> tuple[YearlyModel, tuple[Break, ...]] | None:
    """The model of the longest run of years up to the newest that leaves three degrees of freedom, and the breaks inside."""
    for at in range(len(points)):
        run = points[at:]
        inside = breaks.inside(run[0]["series"], run[0]["period_start"], run[-1]["period_end"])
        model = yearly_model(run, inside)
        if model is not None and model.trend.fit.degrees_of_freedom >= FREEDOM_OF_RUNS:
            return model, inside
    return None


def _steps(points: Sequence[OffenceCountRow], breaks: Sequence[Break]) -> list[RecordingStep]:
    """One step per year that holds breaks, from the first of them on; one for every break that went on over years."""
    years = [(row["period_start"], row["period_end"]) for row in points]
    steps: list[RecordingStep] = []
    by_year: dict[datetime.date, RecordingStep] = {}
    for series_break in sorted(breaks, key=lambda break_: (break_.date, break_.last)):
        inside = next((start for start, end in years if start <= series_break.date and series_break.last <= end), None)
        if inside is None:
            same = next(
                (step for step in steps if (step.first, step.last) == (series_break.date, series_break.last)), None
            )
            if same is not None:
                steps[steps.index(same)] = RecordingStep(same.first, same.last, (*same.keys, series_break.key))
            elif series_break.last >= years[0][0] and series_break.date <= years[-1][1]:
                steps.append(RecordingStep(series_break.date, series_break.last, (series_break.key,)))
        elif inside in by_year:
            step = by_year[inside]
            by_year[inside] = RecordingStep(step.first, step.last, (*step.keys, series_break.key))
        else:
            by_year[inside] = RecordingStep(series_break.date, series_break.date, (series_break.key,))
    return sorted((*steps, *by_year.values()), key=lambda step: (step.first, step.last))


def _separate(points: Sequence[OffenceCountRow], steps: Sequence[RecordingStep]) -> bool:
    """Two years at least before and after each step; a change over years needs two that it did not touch, or only began in."""
    ends: list[datetime.date] = [row["period_end"] for row in points]
    edges = [datetime.date.min, *(step.first for step in steps if step.first == step.last), datetime.date.max]
    segments = all(sum(low <= end < high for end in ends) >= FEWEST_IN_SEGMENT for low, high in pairwise(edges))
    after = all(
        sum(row["period_start"] > step.last for row in points) >= FEWEST_IN_SEGMENT
        for step in steps
        if step.first != step.last
    )
    return segments and after
