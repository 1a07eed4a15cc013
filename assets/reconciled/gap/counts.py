"""The recorded side: the count of a pairing in a period, with a female share, an upper side or a mix of two years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.recall import concentration, matched_year_mix, quarter_weights, year_weights
from assets.reconciled.ground.assumed import Assumed, without
from assets.reconciled.ground.comparison import ComparedPeriod, Count, Fieldwork, Pairing
from assets.reconciled.ground.reference_rows import ALWAYS, Assumptions, CodeValidity, period_of, release_of
from assets.reconciled.ground.vintage import least_standing, left_out, status_of
from assets.tables.records import Record, records

YEARLY = ("year", "half_year")
NO_NAMES: Mapping[str, str] = {}
MIX_FACTOR = "recall_year_mix_factor"
FEMALE_SHARE = "female_share"


class RecordedCounts:
    """The newest recorded counts, ready to be paired.

    tables: newest vintages of the count tables; shares: those of `recorded.share`; assumptions as named; validity: which
    codes existed when; names: area code -> name, for the forces that a count leaves out.
    """

    def __init__(
        self,
        tables: list[pd.DataFrame],
        shares: pd.DataFrame,
        assumptions: Assumptions,
        validity: CodeValidity = ALWAYS,
        names: Mapping[str, str] = NO_NAMES,
    ) -> None:
        self._names = names
        self._rows: dict[str, dict[tuple[str, ComparedPeriod], list[Record]]] = {}
        for row in (row for table in tables for row in records(table) if row["period_type"] in YEARLY):
            slot = self._rows.setdefault(row["series"], {})
            slot.setdefault((row["area_code"], period_of(row)), []).append(row)
        self._shares = {(row["series"], period_of(row)): row for row in records(shares) if row["value"] is not None}
        self._assumptions, self.validity = assumptions, validity

    def periods(self, pairing: Pairing, area_code: str) -> set[ComparedPeriod]:
        """Every period for which some recorded series of the pairing is held."""
        return {
            period
            for series in pairing.recorded_series
            for (area, period), rows in self._rows.get(series, {}).items()
            if area == area_code and self._of_sex(rows, pairing)
        }

    def of(self, pairing: Pairing, period: ComparedPeriod, area_code: str) -> Count | None:
        """The count of a pairing in a period; None where no series of it is held, `missing` where only some are.

        A code that did not exist in the period is not missing: its offences stand in the other codes.
        """
        of_series = {series: self.row(series, pairing, period, area_code) for series in pairing.recorded_series}
        rows = [row for row in of_series.values() if row is not None]
        if not rows:
            return None
        common = self.common(pairing, period, rows)
        absent = [series for series, row in of_series.items() if row is None or row["value"] is None]
        unused = [series for series in absent if not self.validity.existed(series, period)]
        absent = [series for series in absent if series not in unused]
        common["notes"] += tuple(self.validity.unused(unused, period))
        if absent:
            common["notes"] = (*common["notes"], f"no figure held of {', '.join(absent)}")
            return Count(value=None, lower=None, upper=None, obs_status=status_of(rows), **common)
        value = float(sum(row["value"] for row in rows if row["value"] is not None))
        interval, share = Interval.point(value), None
        factors: tuple[Assumed, ...] = ()
        upper_rows = [self.row(series, pairing, period, area_code) for series in pairing.recorded_upper_series]
        for row in upper_rows:
            if row is not None and row["value"] is not None:
                interval |= Interval.point(float(interval.upper) + row["value"])
                common["inputs"] += (row["row_id"],)
        raw, beyond = Interval.point(value), float(interval.upper) - value
        if pairing.female_share and pairing.sex == "female":
            share = self.female_share(pairing.female_share, period)
            if share is not None:
                interval, value, factors = interval * share.interval, value * share.central, (share,)
                common["inputs"] += (share.row_id,)
                common["sex"] = "female"
        lower, upper = interval.as_floats()
        return Count(
            value=value, lower=lower, upper=upper, obs_status="normal", female_share_applied=share is not None, raw=raw,
            beyond=beyond, factors=factors, **common,
        )  # fmt: skip

    def recalled(
        self, pairing: Pairing, period: ComparedPeriod, previous: ComparedPeriod, area_code: str, fieldwork: Fieldwork
    ) -> Count | None:
        """The counts of the year and the year before, mixed by the recall window of the interviews.

        A mix does not know when in the years the counts rose or fell: the tracked factor says how far off it may be. None
        where a year is not held, or lacks the female share that the pairing asks for: victims of another sex are not mixed in.
        """
        now, before = (self.of(pairing, span, area_code) for span in (period, previous))
        if now is None or before is None or now.value is None or before.value is None:
            return None
        shared = now.female_share_applied and before.female_share_applied
        if pairing.female_share and pairing.sex == "female" and not shared:
            return None
        low = matched_year_mix(before.lower or 0, now.lower or 0, fieldwork.months)
        high = matched_year_mix(before.upper or 0, now.upper or 0, fieldwork.months)
        middle = matched_year_mix(before.value, now.value, fieldwork.months)
        off = mix_factor(self._assumptions)
        raw = matched_year_mix(raw_value(before), raw_value(now), fieldwork.months)
        beyond = float(matched_year_mix(before.beyond, now.beyond, fieldwork.months).upper)
        factors: tuple[Assumed, ...] = (off,)
        # Of nought in both years no share can be found, and none is needed: nought of any share is nought.
        if (now.factors or before.factors) and raw.lower > 0:
            share = without(Interval(low.lower, high.upper), Interval(raw.lower, raw.upper + beyond))
            factors = (Assumed(FEMALE_SHARE, share, float(middle.midpoint / raw.midpoint), ""), off)
        return Count(
            scope=now.scope,
            period=ComparedPeriod(previous.start, period.end, "multi_year"),
            value=float(middle.midpoint),
            lower=float(low.lower) * float(off.interval.lower),
            upper=float(high.upper) * float(off.interval.upper),
            raw=raw,
            beyond=beyond,
            factors=factors,
            noise=float(concentration(year_weights(quarter_weights(fieldwork.months)))),
            unit=now.unit,
            sex=now.sex,
            age=now.age,
            obs_status="normal",
            designation=least_standing((now.designation, before.designation)),
            release=releases_once((before.release, now.release)),
            missing_forces=tuple(sorted({*now.missing_forces, *before.missing_forces})),
            female_share_applied=shared,
            notes=tuple(dict.fromkeys((*before.notes, *now.notes))),
            inputs=tuple(dict.fromkeys((*before.inputs, *now.inputs, self._assumptions.row_id(MIX_FACTOR)))),
        )

    def row(self, series: str, pairing: Pairing, period: ComparedPeriod, area_code: str) -> Record | None:
        """The printed count of one series, of the sex that the pairing names."""
        rows = self._of_sex(self._rows.get(series, {}).get((area_code, period), []), pairing)
        return rows[0] if rows else None

    @staticmethod
    def _of_sex(rows: list[Record], pairing: Pairing) -> list[Record]:
        """Rows of the sex the pairing names; a count of all victims also takes codes that are of one sex only.

        The Homicide Index prints each sex of one series, so a count of women never falls back on another row.
        """
        exact = [row for row in rows if row["sex"] == pairing.recorded_sex]
        return rows if not exact and pairing.recorded_sex == "all" and len(rows) == 1 else exact

    def common(self, pairing: Pairing, period: ComparedPeriod, rows: Sequence[Record]) -> dict[str, Any]:
        """What a count says of itself beside its value, from the rows it was made of."""
        forces = {self._names.get(code, code) for row in rows for code in left_out(row)}
        return {
            "scope": rows[0]["scope"],
            "period": period,
            "unit": rows[0]["unit"],
            "sex": pairing.recorded_sex,
            "age": pairing.recorded_age,
            "designation": least_standing(row["designation"] for row in rows),
            "release": releases_once(release_of(row) for row in rows),
            "missing_forces": tuple(sorted(forces)),
            "notes": tuple(dict.fromkeys(row["notes"] for row in rows if row["notes"])),
            "inputs": tuple(row["row_id"] for row in rows),
        }

    def female_share(self, series: str, period: ComparedPeriod) -> Assumed | None:
        """The published female share of the period, as a proportion; else the tracked one between its published neighbours."""
        row = self._shares.get((series, period))
        if row is not None:
            printed = Interval.closed(row["lower"], row["upper"]) * 0.01
            return Assumed(FEMALE_SHARE, printed, row["value"] / 100, row["row_id"])
        key = f"female_share.domestic_abuse.ye_{period.end:%Y_%m}"
        return replace(self._assumptions.assumed(key, 0.01), key=FEMALE_SHARE) if key in self._assumptions else None


def mix_factor(tracked: Assumptions) -> Assumed:
    """How far off a mix of two whole years may be, as a factor."""
    return tracked.assumed(MIX_FACTOR)


def raw_value(count: Count) -> float:
    """The count of a plain year before any factor."""
    return float(count.raw.lower) if count.raw is not None else count.value or 0.0


def releases_once(releases: Iterable[str]) -> str:
    """Each release once, in order."""
    return "; ".join(dict.fromkeys(releases))
