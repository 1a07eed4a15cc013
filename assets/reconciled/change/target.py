"""The national target on the combined measure: baseline, required path, what was observed, and what could be seen."""

from collections.abc import Iterator, Sequence

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.same_months import same_months
from assets.methods.survey import logit_interval
from assets.methods.trend import proportion_error, smallest_detectable_change
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.comparison import Break, ComparedPeriod
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.figure_lookup import figure_interval
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears, period_of
from assets.reconciled.ground.verdicts import cut_samples
from assets.reconciled.ground.vintage import newest_of
from assets.tables.conform import framed
from assets.tables.records import records
from schemas.row_types import SurveyEstimateRow, TargetRow

TARGET = "halve_combined_measure"
SERIES = "csew.domestic_abuse_sexual_assault_stalking.combined.16+.prevalence"
SHARE, YEARS, BASELINE = (f"target_halving.{part}" for part in ("remaining_share", "years", "baseline_year"))
IN_DEVELOPMENT = "statistics in development"
CAVEATS = (
    "The baseline year is an assumption, not read in a publication: see reference.assumption.",
    "Limits are the widest range that the listed assumptions allow, not 95% limits; non-response is in none of them.",
    "Future years are taken to have the effective sample of the baseline year, half of the respondents.",
    "Statistics in development, from a press copy; domestic abuse and sexual assault asked of half the sample.",
)


def targets(
    survey: pd.DataFrame,
    releases: pd.DataFrame,
    breaks: pd.DataFrame,
    assumptions: pd.DataFrame,
    fieldwork: pd.DataFrame,
    statements: pd.DataFrame,
) -> pd.DataFrame:
    """Every year from each possible baseline to ten years later, by sex."""
    estimates = newest_of(survey, releases, "survey.estimate")
    tracked, years = Assumptions(assumptions), FieldworkYears(fieldwork)
    samples = cut_samples(estimates, tracked, years, statements)
    # Where the base of a sample is doubted or not held, an estimate has no interval: nothing can be said from it.
    chosen = [
        row
        for row in records(estimates)
        if row["series"] == SERIES and row["value"] is not None and samples.of_row(row)[0] is not None
    ]
    first, last = (int(end) for end in tracked.interval(BASELINE).as_floats())
    rows = [
        row
        for base in chosen
        if first <= base["period_end"].year <= last
        for row in _path(base, chosen, samples, Breaks(breaks), tracked)
    ]
    return framed(rows, "reconciled.target")


def _path(
    base: SurveyEstimateRow,
    rows: Sequence[SurveyEstimateRow],
    samples: EffectiveSamples,
    breaks: Breaks,
    assumptions: Assumptions,
) -> Iterator[TargetRow]:
    remaining, span = (float(assumptions.interval(key).midpoint) for key in (SHARE, YEARS))
    size, used = _size(base, samples)
    limits = _limits(base, size)
    for years in range(int(span) + 1):
        first = period_of(base)
        period = ComparedPeriod(*same_months(first.start, first.end, years), first.kind)
        seen = next((r for r in rows if r["sex"] == base["sex"] and r["period_end"] == period.end), None)
        size_then, used_then = _size(seen, samples) if seen else (size, ())
        factor = remaining ** (years / span)
        required, straight = base["value"] * factor, base["value"] * (1 - (1 - remaining) * years / span)
        least, most = (_detectable(base["value"], required, *ends) for ends in _ends(size, size_then))
        change = base["value"] - required
        observed = _limits(seen, size_then) if seen else None
        inside = breaks.inside(SERIES, base["period_start"], period.end)
        yield {
            "target": TARGET, "sex": base["sex"], "age": base["age"], "area_code": base["area_code"],
            "baseline_start": base["period_start"], "baseline_end": base["period_end"], "period_start": period.start,
            "period_end": period.end, "baseline": base["value"], "baseline_lower": float(limits.lower),
            "baseline_upper": float(limits.upper), "years_from_baseline": float(years), "required": required,
            "required_lower": float(limits.lower) * factor, "required_upper": float(limits.upper) * factor,
            "required_straight": straight, "observed": seen["value"] if seen else None,
            "observed_lower": float(observed.lower) if observed else None,
            "observed_upper": float(observed.upper) if observed else None,
            "interval_source": "assumed" if observed else None, "detectable_least": least, "detectable_most": most,
            "required_change": change,
            "detectable": _visible(change, least, most) if years else None,
            "verdict": "block" if years and (seen or inside) else "qualify",
            "reason": _reason(years, seen, inside, change, least, most), "caveats": list(CAVEATS),
            "inputs": sorted({
                base["row_id"], *used, *used_then, *((seen["row_id"],) if seen else ()),
                *(assumptions.row_id(key) for key in (SHARE, YEARS, BASELINE)), *(series_break.row_id for series_break in inside),
            }),
        }  # fmt: skip


def _size(row: SurveyEstimateRow, samples: EffectiveSamples) -> tuple[Interval, tuple[str, ...]]:
    size, used = samples.of_row(row)
    if size is None:
        raise ValueError(f"{row['row_id']} has no base of the sample, so no interval")
    return size, used


def _limits(row: SurveyEstimateRow, size: Interval) -> Interval:
    """Percent: the logit interval at the smallest effective sample, from the ends of the rounding."""
    smallest = float(size.lower)
    low, high = (logit_interval(end / 100, smallest) for end in figure_interval(row).as_floats())
    return Interval.closed(100 * float(low.lower), 100 * float(high.upper))


def _ends(first: Interval, second: Interval) -> tuple[tuple[float, float], tuple[float, float]]:
    """The largest effective samples, then the smallest."""
    return (float(first.upper), float(second.upper)), (float(first.lower), float(second.lower))


def _detectable(before: float, after: float, size_before: float, size_after: float) -> float:
    """Percentage points found with 80% power at the 5% level, two-sided."""
    errors = (proportion_error(before / 100, size_before), proportion_error(after / 100, size_after))
    return 100 * smallest_detectable_change(*errors)


def _visible(change: float, least: float, most: float) -> str:
    if change >= most:
        return "yes"
    return "only with the larger sample" if change >= least else "no"


def _reason(
    years: int, seen: SurveyEstimateRow | None, inside: tuple[Break, ...], change: float, least: float, most: float
) -> str:
    if years == 0:
        return "The baseline of this path, by assumption."
    could = (
        f"the path asks for {change:.1f} points by then, and the smallest change that the survey finds is"
        f" {least:.1f} to {most:.1f} points, by the effective sample assumed"
    )
    if seen is not None:
        return f"No claim of progress: two points of {IN_DEVELOPMENT}, years in succession; {could}."
    if inside:
        named = "; ".join(map(str, inside))
        return f"No estimate yet, and a plain comparison with the baseline will not do ({named}); {could}."
    return f"No estimate yet; {could}."
