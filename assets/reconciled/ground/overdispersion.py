"""How much more recorded counts vary than chance: phi of every series whose quarters are held, and what it was fitted to.

A recorded count is taken with the one estimated from its quarters, else with the tracked assumption (`Phis`).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.overdispersion import Overdispersion, quarterly_overdispersion, widened
from assets.reconciled.ground.assumed import Assumed
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.reference_rows import Assumptions, pairings, release_of
from assets.recorded.parts_of_year import (
    BY_FORCE,
    FINER,
    code_of,
    force_rows_of,
    month_after,
    named_in,
    window_of,
)
from assets.tables.framed import framed
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import OverdispersionRow

PHI = "recorded_overdispersion_phi"
JUSTICE = "justice."
JUSTICE_PHI = "justice_overdispersion_phi"


@dataclass(frozen=True)
class Phi:
    """The overdispersion of a count.

    interval: what an interval of the count takes: a point with the uncertainty of an estimate in it, or an assumption
    value:    the estimate itself, or the upper end of the assumption
    freedom:  degrees of freedom of the estimate, None for an assumption
    said:     which of the two it is, in a sentence
    central:  what a likely interval takes; None for the middle of `interval`
    """

    interval: Interval
    value: float
    freedom: int | None
    row_id: str
    said: str
    central: float | None = None

    @property
    def assumed(self) -> Assumed:
        """What an interval takes, with the value that a likely one takes."""
        central = float(self.interval.midpoint) if self.central is None else self.central
        return Assumed(PHI, self.interval, central, self.row_id)

    @property
    def largest(self) -> float:
        """The upper end of what an interval takes."""
        return float(self.interval.upper)


class Phis:
    """The overdispersion of every series: rows of `reconciled.overdispersion` that are used, then `reference.assumption`."""

    def __init__(self, assumptions: Assumptions, estimated: pd.DataFrame) -> None:
        self._assumptions = assumptions
        self._estimated = {row["series"]: row for row in records(estimated) if row["used"]}
        self._held: dict[tuple[str, ...], Phi] = {}

    def of(self, series: tuple[str, ...]) -> Phi:
        """The overdispersion of a series, or of several added up."""
        if series not in self._held:
            self._held[series] = self._of(series)
        return self._held[series]

    def _of(self, series: tuple[str, ...]) -> Phi:
        row = self._estimated.get("+".join(series))
        if row is not None:
            said = (
                f"The overdispersion of the count is estimated: {row['phi']:.1f} on {row['degrees_of_freedom']} degrees of"
                f" freedom, from the {row['quarters']} quarters of {row['period_start']:%B %Y} to {row['period_end']:%B %Y}."
            )
            return Phi(Interval.point(row["phi_widened"]), row["phi"], row["degrees_of_freedom"], row["row_id"], said)
        key = JUSTICE_PHI if series[:1] and series[0].startswith(JUSTICE) else self._assumptions.closest(PHI, series)
        interval = self._assumptions.interval(key)
        low, high = interval.as_floats()
        said = f"The overdispersion of the count is a tracked assumption, {low:g} to {high:g}: too few of its quarters are held."
        return Phi(interval, high, None, self._assumptions.row_id(key), said, self._assumptions.central(key))


TABLE = "reconciled.overdispersion"
FEWEST_QUARTERS = 8  # two years: with fewer, trend and season cannot be told apart
FEWEST_FREEDOM = 3
METHOD = "Pearson residuals of a quasi-Poisson log-linear model: trend, four seasons"


@dataclass(frozen=True)
class Run:
    """Quarterly counts of one release: first day -> count and the rows behind it."""

    counted_as: str
    release: str
    order: int
    scope: str
    quarters: Mapping[datetime.date, tuple[float, tuple[str, ...]]]


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

    The quarters of a row are of one release, the one that holds most of them: revisions between releases are not noise of
    a count. Fact tables as staged, all vintages; the rest are the tables of the same names.
    """
    order = {(s, r): o for s, r, o in releases[["source", "release", "vintage_order"]].itertuples(index=False)}
    sums = sorted({one.recorded_series for one in pairings(pairing) if len(one.recorded_series) > 1})
    codes = {row["offence_code"] for row in records(memberships)} | {code_of(name) for one in sums for name in one}
    runs = grouped(
        (*_printed((offences, flagged), order), *_of_forces(forces, areas, codes, order)),
        lambda run: _served(run.counted_as),
    )
    known = Breaks(breaks)
    wanted = [(name,) for name in sorted(runs)] + [one for one in sums if all(name in runs for name in one)]
    rows = [row for series in wanted if (row := _row(series, runs, known)) is not None]
    return framed(rows, TABLE)


def _served(counted_as: str) -> str:
    """The yearly series whose counts a finer series holds."""
    names = {finer: stem for mapping in (FINER, BY_FORCE) for stem, finer in mapping.items()}
    return named_in(counted_as, names) or counted_as


def _printed(tables: Iterable[pd.DataFrame], order: Mapping[Any, int]) -> Iterator[Run]:
    """Quarters of England and Wales as printed, or as the sum of three months."""
    held: dict[Any, dict[tuple[datetime.date, str], Record]] = defaultdict(dict)
    for table in tables:
        part = table[table["period_type"].isin(["quarter", "month"]) & (table["area_code"] == ENGLAND_AND_WALES)]
        for row in records(part[part["series"].str.startswith(tuple(FINER.values()))]):
            if row["value"] is not None:
                held[row["series"], row["source"], row["release"], row["scope"]][
                    row["period_start"], row["period_type"]
                ] = row
    for (series, source, release, scope), rows in held.items():
        quarters = {}
        for start, kind in rows:
            found = [rows.get((start, "quarter"))] if kind == "quarter" else _months(rows, start)
            if all(found):
                there = [row for row in found if row is not None]
                quarters[start] = (sum(row["value"] for row in there), tuple(row["row_id"] for row in there))
        if quarters:
            yield Run(series, f"{source}@{release}", order[source, release], scope, quarters)


def _months(rows: Mapping[tuple[datetime.date, str], Record], start: datetime.date) -> list[Record | None]:
    """The three months of the calendar quarter that starts on a day; one that is not held where no quarter starts then."""
    if start.month % 3 != 1:
        return [None]
    return [rows.get((month_after(start, at), "month")) for at in range(3)]


def _of_forces(
    forces: pd.DataFrame, areas: pd.DataFrame, codes: Iterable[str], order: Mapping[Any, int]
) -> Iterator[Run]:
    """Quarters in which every police force has a count: one force without it, and the quarter has no national count."""
    few, known = force_rows_of(forces, areas, list(codes))
    held: dict[Any, dict[datetime.date, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in records(few[few["period_type"] == "quarter"]):
        if row["value"] is not None:
            held[row["series"], release_of(row), order[row["source"], row["release"]], row["scope"]][
                row["period_start"]
            ].append(row)
    for (series, release, at, scope), starts in held.items():
        quarters = {
            start: (sum(row["value"] for row in rows), tuple(row["row_id"] for row in rows))
            for start, rows in starts.items()
            if len(rows) == len(known)
        }
        if quarters:
            yield Run(series, release, at, scope, quarters)


def _row(series: Sequence[str], runs: Mapping[str, Sequence[Run]], breaks: Breaks) -> OverdispersionRow | None:
    """The row of a series or a sum: its longest run; None with fewer than eight quarters."""
    candidates = [run for run in _added(series, runs) if len(run.quarters) >= FEWEST_QUARTERS]
    if not candidates:
        return None
    run = max(candidates, key=lambda run: (len(run.quarters), run.order))
    start, last = min(run.quarters), max(run.quarters)
    end = window_of(last, 3)[1]
    starts = [
        month_after(start, 3 * at) for at in range((last.year - start.year) * 4 + (last.month - start.month) // 3 + 1)
    ]
    # A change that began before the quarters is no step in them: what is left of it is in their trend.
    inside = {one.key: one for name in series for one in breaks.inside(name, start, end) if one.date > start}
    steps = _steps(starts, sorted(inside.values(), key=lambda one: (one.date, one.key)))
    named = {f"{day:%B %Y}": at for day, at in steps.items()}
    fit, reason = _fitted([run.quarters[day][0] if day in run.quarters else None for day in starts], start, named)
    used = fit is not None and fit.degrees_of_freedom >= FEWEST_FREEDOM
    if fit is not None:
        found = f"Variance over mean {fit.phi:,.1f}, from {len(run.quarters)} quarters and {len(steps)} steps"
        reason = f"{found}: used, with Student's t on {fit.degrees_of_freedom} degrees of freedom."
        if not used:
            reason = (
                f"{found}: {fit.degrees_of_freedom} degrees of freedom are fewer than {FEWEST_FREEDOM}, so the tracked"
                " assumption is used."
            )
    lower, upper = fit.interval.as_floats() if fit else (None, None)
    return {
        "series": "+".join(series), "scope": run.scope, "area_code": ENGLAND_AND_WALES, "counted_as": run.counted_as,
        "period_start": start, "period_end": end, "quarters": len(run.quarters), "phi": fit.phi if fit else None,
        "phi_found": fit.raw_phi if fit else None, "phi_lower": lower, "phi_upper": upper,
        "degrees_of_freedom": fit.degrees_of_freedom if fit else None,
        "phi_widened": widened(fit.phi, fit.degrees_of_freedom) if fit else None, "steps": sorted(inside),
        "method": METHOD + "".join(f", a step at {name}" for name in named), "used": used,
        "reason": reason,
        "release": run.release,
        "inputs": sorted({*(row for _, rows in run.quarters.values() for row in rows), *(one.row_id for one in inside.values())}),
    }  # fmt: skip


def _added(series: Sequence[str], runs: Mapping[str, Sequence[Run]]) -> Iterator[Run]:
    """The runs of a series; of several, the sums of the runs of one release, over the quarters that all of them hold."""
    for first in runs[series[0]]:
        total: Run | None = first
        for name in series[1:]:
            other = next((run for run in runs[name] if run.release == first.release), None)
            total = _plus(total, other) if total is not None and other is not None else None
        if total is not None:
            yield total


def _plus(one: Run, other: Run) -> Run:
    quarters = {
        start: (count + other.quarters[start][0], rows + other.quarters[start][1])
        for start, (count, rows) in one.quarters.items()
        if start in other.quarters
    }
    return replace(one, counted_as=f"{one.counted_as}+{other.counted_as}", quarters=quarters)


def _steps(starts: Sequence[datetime.date], breaks: Sequence[Any]) -> dict[datetime.date, float]:
    """Where in the quarters each break falls, as an index with the share of the quarter before it; one step a quarter."""
    found: dict[int, tuple[datetime.date, float]] = {}
    for one in breaks:
        for at, start in enumerate(starts):
            first, last = window_of(start, 3)
            if first <= one.date <= last:
                share = (one.date - first).days / ((last - first).days + 1)
                found.setdefault(at, (one.date, at + share))
    return dict(found.values())


def _fitted(
    counts: Sequence[float | None], start: datetime.date, steps: Mapping[str, float]
) -> tuple[Overdispersion | None, str]:
    try:
        return quarterly_overdispersion(counts, (start.month - 1) // 3 + 1, steps), ""
    except ValueError as problem:
        return None, f"Not estimated: {problem}."
