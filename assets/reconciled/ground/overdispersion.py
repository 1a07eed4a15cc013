"""How much more recorded counts vary than chance: phi of every series whose quarters are held, and what it was fitted to."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from assets.methods.overdispersion import Overdispersion, quarterly_overdispersion, widened
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.reference_rows import pairings
from assets.reconciled.ground.vintage import ORDERED
from assets.recorded.parts_of_year import (
    BY_FORCE,
    FINER,
    code_of_series,
    force_rows_of,
    month_after,
    named_elsewhere,
    window_from,
)
from assets.tables.conform import framed
from assets.tables.querying import ask, query
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import OverdispersionRow

TABLE = "reconciled.overdispersion"
LOOKED_AT = ["row_id", "series", "scope", "period_start", "period_type", "value", "source", "release"]
FEWEST_QUARTERS = 8  # two years: with fewer, trend and season cannot be told apart
FEWEST_FREEDOM = 3
METHOD = "Pearson residuals of a quasi-Poisson log-linear model: trend, four seasons"


def overdispersion(
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    forces: pd.DataFrame,
    releases: pd.DataFrame,
    pairing: pd.DataFrame,
    memberships: pd.DataFrame,
    breaks: pd.DataFrame,
    areas: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.overdispersion`: every yearly series, and every sum of series that a pairing compares.

    Fact tables as staged, all vintages; the rest are the tables of the same names. See quarters.sql.
    """
    sums = sorted({candidate.recorded_series for candidate in pairings(pairing) if len(candidate.recorded_series) > 1})
    codes = {row["offence_code"] for row in records(memberships)} | {
        code_of_series(name) for summed in sums for name in summed
    }
    of_forces, all_forces = force_rows_of(forces, areas, codes)
    by_force = of_forces.loc[(of_forces["period_type"] == "quarter") & of_forces["value"].notna(), LOOKED_AT]
    printed = pd.concat([_printed(offences), _printed(flagged)])
    served = {name: _served(name) for name in (*printed["series"].unique(), *by_force["series"].unique())}
    asked = [(name,) for name in set(served.values())] + sums
    wanted = [("+".join(summed), len(summed), nth, name) for summed in asked for nth, name in enumerate(summed)]
    runs = ask(
        query(__file__, "quarters", forces=len(all_forces), fewest=FEWEST_QUARTERS),
        printed=printed,
        by_force=by_force,
        served=pd.DataFrame(served.items(), columns=["counted_as", "series"]),
        wanted=pd.DataFrame(wanted, columns=["key", "parts", "nth", "series"]),
        release=releases[ORDERED],
    )
    known = Breaks(breaks)
    return framed([_row(run, known) for run in records(runs)], TABLE)


def _printed(counts: pd.DataFrame) -> pd.DataFrame:
    """The quarters and months of England and Wales that serve a yearly series."""
    part = counts["period_type"].isin(["quarter", "month"]) & (counts["area_code"] == ENGLAND_AND_WALES)
    part &= counts["series"].str.startswith(tuple(FINER.values())) & counts["value"].notna()
    return counts.loc[part, LOOKED_AT]


def _served(counted_as: str) -> str:
    """The yearly series whose counts a finer series holds."""
    names = {finer: stem for mapping in (FINER, BY_FORCE) for stem, finer in mapping.items()}
    return named_elsewhere(counted_as, names) or counted_as


def _row(run: Record, breaks: Breaks) -> OverdispersionRow:
    """The row of a series or a sum, from its longest run of quarters."""
    counts = dict(zip(run["quarters"], run["counts"], strict=True))
    start, last = min(counts), max(counts)
    end = window_from(last, 3)[1]
    starts = [
        month_after(start, 3 * at) for at in range((last.year - start.year) * 4 + (last.month - start.month) // 3 + 1)
    ]
    # A change that began before the quarters is no step in them: what is left of it is in their trend.
    inside = {
        series_break.key: series_break
        for name in run["series"].split("+")
        for series_break in breaks.inside(name, start, end)
        if series_break.date > start
    }
    steps = _steps(starts, sorted(inside.values(), key=lambda inner: (inner.date, inner.key)))
    named = {f"{day:%B %Y}": at for day, at in steps.items()}
    fit, reason = _fitted([counts.get(day) for day in starts], start, named)
    used = fit is not None and fit.degrees_of_freedom >= FEWEST_FREEDOM
    if fit is not None:
        found = f"Variance over mean {fit.phi:,.1f}, from {len(counts)} quarters and {len(steps)} steps"
        reason = f"{found}: used, with Student's t on {fit.degrees_of_freedom} degrees of freedom."
        if not used:
            reason = (
                f"{found}: {fit.degrees_of_freedom} degrees of freedom are fewer than {FEWEST_FREEDOM}, so the tracked"
                " assumption is used."
            )
    lower, upper = fit.interval.as_floats() if fit else (None, None)
    return {
        "series": run["series"], "scope": run["scope"], "area_code": ENGLAND_AND_WALES, "counted_as": run["counted_as"],
        "period_start": start, "period_end": end, "quarters": len(counts), "phi": fit.phi if fit else None,
        "phi_found": fit.raw_phi if fit else None, "phi_lower": lower, "phi_upper": upper,
        "degrees_of_freedom": fit.degrees_of_freedom if fit else None,
        "phi_widened": widened(fit.phi, fit.degrees_of_freedom) if fit else None, "steps": sorted(inside),
        "method": METHOD + "".join(f", a step at {name}" for name in named), "used": used,
        "reason": reason,
        "release": run["release"],
        "inputs": sorted({*run["inputs"], *(series_break.row_id for series_break in inside.values())}),
    }  # fmt: skip


def _steps(starts: Sequence[datetime.date], breaks: Sequence[Any]) -> dict[datetime.date, float]:
    """Where in the quarters each break falls, as an index with the share of the quarter before it; one step a quarter."""
    steps: dict[int, tuple[datetime.date, float]] = {}
    for break_ in breaks:
        for at, start in enumerate(starts):
            first, last = window_from(start, 3)
            if first <= break_.date <= last:
                share = (break_.date - first).days / ((last - first).days + 1)
                steps.setdefault(at, (break_.date, at + share))
    return dict(steps.values())


def _fitted(
    counts: Sequence[float | None], start: datetime.date, steps: Mapping[str, float]
) -> tuple[Overdispersion | None, str]:
    try:
        return quarterly_overdispersion(counts, (start.month - 1) // 3 + 1, steps), ""
    except ValueError as problem:
        return None, f"Not estimated: {problem}."
