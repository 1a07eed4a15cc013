"""The count of a pairing matched to the interviews by quarters: a mean of the rolling years that end with each quarter."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from assets.methods.interval import Interval
from assets.methods.recall import Recall, apply_kernel, concentration, quarter_weights, rolling_ends, rolling_weights
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.ground.assumed import Assumed
from assets.reconciled.ground.comparison import ComparedPeriod, Count, Fieldwork, Pairing
from assets.recorded.parts_of_year import LEAST_FORCES, PartsOfYear, Total, Window, month_after, window_from
from schemas.codes import ENGLAND_AND_WALES

MATCH = "recall_quarters"
Weights = Mapping[Recall, tuple[Fraction, ...]]


class RecallCounts:
    """Counts of England and Wales by the recall kernel, where every rolling year that it needs is held.

    A rolling year is taken as printed; else as the sum of its quarters or months; else as the sum of all police forces.
    Where only forces are held and some lack a quarter, those are left out of every quarter and named.
    """

    def __init__(self, counts: RecordedCounts, parts: PartsOfYear, names: Mapping[str, str]) -> None:
        """names: area code -> name of every force."""
        self._counts, self._parts, self._names = counts, parts, names

    def of(self, pairing: Pairing, period: ComparedPeriod, fieldwork: Fieldwork) -> Count | None:
        """The matched count; its limits are the two readings of "twelve months", the upper side and the female share.

        None where a rolling year that has weight is not held.
        """
        quarters = {recall: quarter_weights(fieldwork.months, recall) for recall in Recall}
        weights = {recall: rolling_weights(quarter) for recall, quarter in quarters.items()}
        ends = [datetime.date(year, month, 1) for year, month in rolling_ends((period.start.year, period.start.month))]
        windows = [window_from(month_after(end, -11), 12) for end in ends]
        wanted = [at for at in range(len(windows)) if any(weight[at] for weight in weights.values())]
        series = pairing.recorded_series
        if not series or pairing.recorded_scope is None:
            return None
        totals = self._national(series, pairing, [windows[at] for at in wanted])
        missing: tuple[str, ...] = ()
        if totals is None:
            totals, missing = self._forces(series, [windows[at] for at in wanted])
        if totals is None:
            return None
        count = self._count(pairing, period, windows, wanted, weights, totals, missing)
        return None if count is None else replace(count, noise=float(concentration(quarters[Recall.INTERVIEW_DAY])))

    def _count(
        self, pairing: Pairing, period: ComparedPeriod, windows: list[Window], wanted: list[int], weights: Weights,
        totals: list[Total], missing: tuple[str, ...],
    ) -> Count | None:  # fmt: skip
        readings = _readings(wanted, weights, totals)
        interval, value = Interval.hull_of(map(Interval.point, readings)), float(sum(readings)) / len(readings)
        rows = [row for total in totals for row in total.rows]
        start = windows[wanted[0]][0]
        common = self._counts.common(pairing, ComparedPeriod(start, period.end, "multi_year"), rows)
        if missing:
            common["missing_forces"] = tuple(sorted({*common["missing_forces"], *missing}))
        if pairing.recorded_upper_series:
            also = self._national(pairing.recorded_upper_series, pairing, [windows[at] for at in wanted])
            if also is not None:
                interval = Interval(interval.lower, interval.upper + max(_readings(wanted, weights, also)))
                common["inputs"] += tuple(row["row_id"] for total in also for row in total.rows)
        raw, beyond = Interval.hull_of(map(Interval.point, readings)), float(interval.upper) - max(map(float, readings))
        factors: tuple[Assumed, ...] = ()
        if pairing.female_share and pairing.sex == "female":
            before = ComparedPeriod(month_after(period.start, -12), period.start - datetime.timedelta(days=1), "year")
            now = ComparedPeriod(period.start, period.end, "year")
            shares = [self._counts.female_share(pairing.female_share, span) for span in (before, now)]
            known = [share for share in shares if share is not None]
            if len(known) < len(shares):
                return None
            share = mean_share(known)
            interval, value, factors = interval * share.interval, value * share.central, (share,)
            common["inputs"] += tuple(assumed.row_id for assumed in known)
            common["sex"] = "female"
        lower, upper = interval.as_floats()
        common["inputs"] = tuple(dict.fromkeys(common["inputs"]))
        return Count(
            value=value, lower=lower, upper=upper, obs_status="normal", female_share_applied=bool(factors),
            matched=_said([windows[at] for at in wanted], totals, readings, bool(factors)), raw=raw, beyond=beyond,
            factors=factors, **common,
        )  # fmt: skip

    def _national(self, series: Sequence[str], pairing: Pairing, windows: Sequence[Window]) -> list[Total] | None:
        """The counts of the series together in each window, whole ones only; None where a part of one is not held."""
        sums = []
        for window in windows:
            totals = [self._one(name, pairing, window) for name in self._existing(series, window)]
            there = [total for total in totals if total is not None]
            if not totals or len(there) < len(totals):
                return None
            sums.append(_together(there))
        return sums

    def _existing(self, series: Sequence[str], window: Window) -> list[str]:
        """The series whose codes existed in a window."""
        period = ComparedPeriod(*window, "year")
        return [name for name in series if self._counts.validity.existed(name, period)]

    def _one(self, series: str, pairing: Pairing, window: Window) -> Total | None:
        row = self._counts.row(series, pairing, ComparedPeriod(*window, "year"), ENGLAND_AND_WALES)
        if row is not None and row["value"] is not None:
            return Total(row["value"], (row,), "printed")
        return self._parts.total(series, window)

    def _forces(
        self, series: Sequence[str], windows: Sequence[Window]
    ) -> tuple[list[Total] | None, tuple[str, ...]]:  # fmt: skip
        """The sums over those forces that are held in every window of every series, and the names of the others."""
        by_window = [
            [self._parts.by_force(name, window) for name in self._existing(series, window)] for window in windows
        ]
        if not all(by_window):  # no code of the series existed in a window
            return None, ()
        everywhere = set(self._parts.forces).intersection(
            *(set(by_area) for of_window in by_window for by_area in of_window)
        )
        if not everywhere or len(everywhere) < LEAST_FORCES * len(self._parts.forces):
            return None, ()
        how = f"sum of {len(everywhere)} police forces"
        totals = []
        for of_window in by_window:
            parts = [by_area[area] for by_area in of_window for area in sorted(everywhere)]
            rows = tuple(row for part in parts for row in part.rows)
            totals.append(Total(sum(part.value for part in parts), rows, how))
        return totals, tuple(sorted(self._names[area] for area in self._parts.forces - everywhere))


def mean_share(shares: Sequence[Assumed]) -> Assumed:
    """A share anywhere between those of the two years that the interviews look back over, likely midway."""
    hull = Interval.hull_of(share.interval for share in shares)
    return replace(shares[-1], interval=hull, central=sum(share.central for share in shares) / len(shares))


def _readings(wanted: Sequence[int], weights: Weights, totals: Sequence[Total]) -> list[Fraction]:
    """The weighted count under each reading of "twelve months"."""
    known = {at: Fraction(total.value) for at, total in zip(wanted, totals, strict=True)}
    return [Fraction(apply_kernel([known.get(at) for at in range(len(weight))], weight)) for weight in weights.values()]


def _together(totals: Sequence[Total]) -> Total:
    rows = tuple(row for total in totals for row in total.rows)
    return Total(sum(total.value for total in totals), rows, "; ".join(dict.fromkeys(total.how for total in totals)))


def _said(windows: Sequence[Window], totals: Sequence[Total], readings: Sequence[Fraction], applied: bool) -> str:
    years = ", ".join(f"{window[1]:%B %Y} ({total.how})" for window, total in zip(windows, totals, strict=True))
    low, high = min(readings), max(readings)
    return (
        f"The count is the mean of the twelve months to {years}, weighted by the recall window of the interviews; the two"
        f" readings of twelve months give {float(low):,.0f} and {float(high):,.0f} offences"
        f"{', before the female share' if applied else ''}."
    )
