"""What is a change, and is it more than chance? Its four forms; two counts, a series of counts with breaks, a table of tests.

- four forms, kept apart: percent = 100 (b/a - 1); points = b - a, only where both are percentages; fold = b/a; yearly rate =
  100 ((b/a)^(1/years) - 1), the compound (geometric mean) rate.
- a table of tests: Benjamini-Hochberg. With p_(1) <= ... <= p_(m), the adjusted value of p_(i) is min over j >= i of m p_(j) / j,
  at most 1. It holds the expected share of false discoveries under independence (or positive dependence). Reference:
  Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289-300.
- two counts: given n = a + b, the later count b is binomial with odds rho; Clopper-Pearson limits of that share
  give exact limits of the ratio rho. Reference: J. Przyborowski and H. Wilenski,
  Biometrika 31 (1940) 313-323. The p value is twice the smaller tail. With overdispersion known: ln(b/a)
  +/- z sqrt(phi/a + phi/b); with phi estimated, Student's t on its degrees of freedom in place of z.
- a series: quasi-Poisson log-linear model with a yearly trend, a step at each break and, for quarters,
  seasons. The trend is then a change net of the level shifts at the breaks; it is not a claim about what
  the breaks hid.
- two survey estimates are tested in `verdict`; here their errors, and the smallest change that the test would find.

Units: counts; times in years; ratios have none; proportions for the survey (points = 100 x difference).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import INFINITY, Interval
from assets.methods.loglinear import Effect, LogLinearFit, fit_log_linear
from assets.methods.normal import LEVEL, exponential, student_p, student_value, two_sided_p, z_value
from assets.methods.survey import check_size


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p values in the order given; a row without a test (None) stays None and is not counted."""
    tested = sorted((p, i) for i, p in enumerate(p_values) if p is not None)
    if any(not 0 <= p <= 1 for p, _ in tested):
        raise ValueError("a p value lies between 0 and 1")
    adjusted: list[float | None] = [None] * len(p_values)
    running = 1.0
    for rank in range(len(tested), 0, -1):
        p, i = tested[rank - 1]
        running = min(running, p * (len(tested) / rank))
        adjusted[i] = running
    return adjusted


@dataclass(frozen=True)
class ChangeForms:
    """None where the form does not exist: no ratio from zero, no points between counts."""

    percent: float | None
    points: float | None
    fold: float | None
    yearly_percent: float | None


def change(before: float, after: float, years: float, in_percent: bool = False) -> ChangeForms:
    """The four forms of the change from `before` to `after`, `years` apart."""
    if before < 0 or after < 0:
        raise ValueError(f"a change in ratio needs figures that are not negative (got {before} and {after})")
    if years <= 0:
        raise ValueError(f"the later figure lies after the earlier one (got {years} years)")
    points = after - before if in_percent else None
    if before == 0:
        return ChangeForms(None, points, None, None)
    fold = after / before
    return ChangeForms(100 * (fold - 1), points, fold, 100 * (fold ** (1 / years) - 1))


POWER = 0.8


@dataclass(frozen=True)
class RatioTest:
    """A rate ratio (later / earlier), its interval, and the p value of "no change"."""

    ratio: float
    interval: Interval
    p_value: float
    method: str


def conditional_binomial(before: int, after: int) -> RatioTest:
    """Exact comparison of two Poisson counts; `ratio` is infinite when the earlier count is zero."""
    from scipy.special import bdtr, bdtrc, betaincinv

    if before < 0 or after < 0 or before + after == 0:
        raise ValueError(f"two counts, not negative and not both zero, are needed (got {before} and {after})")
    if before != int(before) or after != int(after):
        raise ValueError(f"the exact test is for whole counts (got {before} and {after})")
    n, tail = before + after, (1 - LEVEL) / 2
    low = 0.0 if after == 0 else float(betaincinv(after, before + 1, tail))
    high = 1.0 if before == 0 else float(betaincinv(after + 1, before, 1 - tail))
    at_most = float(bdtr(after, n, 0.5))
    at_least = 1.0 if after == 0 else float(bdtrc(after - 1, n, 0.5))
    return RatioTest(
        after / before if before else INFINITY,
        Interval(low / (1 - low), high / (1 - high) if high < 1 else INFINITY),
        min(1.0, 2 * min(at_most, at_least)),
        "exact conditional binomial",
    )


def log_count_ratio(before: float, after: float, phi: float, freedom: float | None = None) -> RatioTest:
    """Two overdispersed counts on the log scale: normal, or Student's t where phi was estimated on `freedom` degrees."""
    if before <= 0 or after <= 0 or phi < 1:
        raise ValueError(f"two counts above zero and phi of one or more are needed (got {before}, {after}, {phi})")
    log_ratio, error = math.log(after / before), math.sqrt(phi / before + phi / after)
    score = log_ratio / error
    quantile = z_value() if freedom is None else student_value(freedom)
    p_value = two_sided_p(score) if freedom is None else student_p(score, freedom)
    reach = quantile * error
    limits = Interval.closed(math.exp(log_ratio - reach), exponential(log_ratio + reach))
    return RatioTest(after / before, limits, p_value, "log ratio with overdispersion")


@dataclass(frozen=True)
class BreakTrend:
    """A trend net of steps: the yearly ratio, and the model that says so with its steps."""

    yearly: Effect
    model: str
    fit: LogLinearFit


def break_adjusted_trend(
    times: Sequence[float],
    counts: Sequence[float | None],
    breaks: Mapping[str, float | Sequence[float]] | None = None,
    seasons: Sequence[int] | None = None,
) -> BreakTrend:
    """Log-linear trend with a step at each break. A missing count (None) is left out, never zero.

    A break is the time from which its step holds, or the share of the step that each count carries: a change in the middle of
    a count, or one that went on for several. A break that no two counts carry unlike is left out.
    """
    known = [i for i, count in enumerate(counts) if count is not None]
    kept = [times[i] for i in known]
    if not kept:
        raise ValueError("a trend needs counts")
    columns = trend_columns(kept, None if seasons is None else [seasons[i] for i in known])
    carried = {name: [_carried(at, times[i], i) for i in known] for name, at in (breaks or {}).items()}
    inside = {name: shares for name, shares in carried.items() if len(set(shares)) > 1}
    columns |= {f"step {name}": shares for name, shares in inside.items()}
    fit = fit_log_linear([float(counts[i] or 0.0) for i in known], columns)
    model = "quasi-Poisson log-linear: yearly trend" + ("" if seasons is None else ", seasons")
    if inside:
        model += ", steps at " + ", ".join(inside)
    return BreakTrend(fit.effect("trend"), model, fit)


def _carried(at: float | Sequence[float], time: float, place: int) -> float:
    return float(time >= at) if isinstance(at, (int, float)) else float(at[place])


def trend_columns(times: Sequence[float], seasons: Sequence[int] | None) -> dict[str, list[float]]:
    """Design of the model without its steps: constant, time from the first point, seasons against the first."""
    columns = {"constant": [1.0] * len(times), "trend": [t - times[0] for t in times]}
    for season in sorted(set(seasons or ()))[1:]:
        columns[f"season {season}"] = [float(s == season) for s in seasons or ()]
    return columns


def proportion_error(p: float, n_eff: float) -> float:
    """Standard error of a survey proportion: sqrt(p (1-p) / n_eff)."""
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is not a proportion")
    check_size(n_eff)
    return math.sqrt(p * (1 - p) / n_eff)


def smallest_detectable_change(error_before: float, error_after: float) -> float:
    """The true change that the z test finds four times in five: (z_level + z_power) sqrt(se0^2 + se1^2)."""
    from scipy.special import ndtri

    return (z_value() + float(ndtri(POWER))) * math.hypot(error_before, error_after)
