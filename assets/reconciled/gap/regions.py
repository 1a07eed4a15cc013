"""Regions (and Wales) of the survey beside the sums of their police forces."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from assets.methods.same_months import same_months
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.gap.estimates import Estimates
from assets.reconciled.ground.comparison import Case, ComparedPeriod, Count, Pairing
from assets.reconciled.ground.force_years import force_years, preferred
from assets.reconciled.ground.reference_rows import Assumptions, CodeValidity, FieldworkYears
from assets.tables.records import Record, records

# National series whose offence code the counts by force carry too.
BY_CODE = "prc.a5a."
SCOPE, UNIT, DESIGNATION = "ons_prc", "offences", "not_accredited"
WALES, FORCE = "W92000004", "police_force"
SUM = "the sum of its territorial police forces; the British Transport Police is in no region"


class RegionCounts(RecordedCounts):
    """Counts of regions as sums of their forces; none where a force lacks a part of the year: missing is not nought.

    forces: `recorded.force_count`; releases: `meta.release`; areas: `reference.area`; validity: which codes existed when.
    """

    def __init__(
        self,
        forces: pd.DataFrame,
        releases: pd.DataFrame,
        areas: pd.DataFrame,
        validity: CodeValidity,
        wanted: list[Pairing],
        assumptions: Assumptions,
    ) -> None:
        super().__init__([], pd.DataFrame({"series": [], "value": []}), assumptions, validity)
        self._frames = (forces, releases, areas)
        self._codes = {
            code for pairing in wanted for code in codes_of((*pairing.recorded_series, *pairing.recorded_upper_series))
        }
        rows = records(areas)
        self.names = {row["area_code"]: row["name"] for row in rows}
        self.regions = [row["area_code"] for row in rows if row["area_type"] == "region" or row["area_code"] == WALES]
        self._inside: dict[str, list[str]] = {region: [] for region in self.regions}
        for row in rows:
            if row["area_type"] == FORCE and row["parent_code"] in self._inside:
                self._inside[row["parent_code"]].append(row["area_code"])

    def periods(self, pairing: Pairing, area_code: str) -> set[ComparedPeriod]:
        """Every year for which some force of the region has a count of a code of the pairing."""
        codes = codes_of(pairing.recorded_series)
        return {period for code, area, period in self._years if code in codes and area in self._inside[area_code]}

    def of(self, pairing: Pairing, period: ComparedPeriod, area_code: str) -> Count | None:
        """The sum over the forces of a region; None where nothing is held, without a value where a part is missing."""
        codes, beyond = codes_of(pairing.recorded_series), codes_of(pairing.recorded_upper_series)
        if len(codes) < len(pairing.recorded_series) or pairing.female_share:
            return None
        # What the upper side adds is missing as any part is: an end without it would be too low.
        used = [code for code in (*codes, *beyond) if self.validity.existed(code, period)]
        counts = {(c, f): self._years.get((c, f, period)) for c in used for f in self._inside[area_code]}
        there = [year for year in counts.values() if year is not None]
        if not any(year["offence_code"] in codes for year in there):
            return None
        years = [year for year in there if year["value"] is not None and pairing.recorded_sex in ("all", year["sex"])]
        nowhere = [code for code in used if code not in {year["offence_code"] for year in years}]
        absent = sorted(
            {self.names[force] for (code, force), year in counts.items() if year not in years and code not in nowhere}
        )
        value, upper = (
            None
            if absent or nowhere
            else float(sum(year["value"] for year in years if year["offence_code"] in counted))
            for counted in (codes, (*codes, *beyond))
        )
        notes = [f"no figure of any of its forces is held of {', '.join(nowhere)}"] if nowhere else []
        notes += [SUM, *self.validity.unused(codes, period)]
        notes += [note for year in there for note in year["notes"]]
        return Count(
            scope=SCOPE,
            period=period,
            value=value,
            lower=value,
            upper=upper,
            unit=UNIT,
            sex=pairing.recorded_sex or "all",
            age=pairing.recorded_age or "all",
            obs_status="normal" if value is not None else "missing",
            designation=DESIGNATION,
            release="; ".join(dict.fromkeys(release for year in there for release in year["release"])),
            missing_forces=tuple(absent),
            notes=tuple(dict.fromkeys(notes)),
            inputs=tuple(dict.fromkeys(row for year in there for row in year["inputs"])),
        )

    @cached_property
    def _years(self) -> dict[tuple[str, str, ComparedPeriod], Record]:
        """The yearly count of every code and force, from one place for all forces of a year."""
        return {
            (
                year["offence_code"],
                year["area_code"],
                ComparedPeriod(year["period_start"], year["period_end"], "year"),
            ): year
            for year in records(preferred(force_years(*self._frames, self._codes)))
        }


def codes_of(series: tuple[str, ...]) -> list[str]:
    """The offence codes of national series that are counted by force too; others have none."""
    return [key.removeprefix(BY_CODE) for key in series if key.startswith(BY_CODE)]


def region_cases(
    pairing: Pairing, survey: Estimates, counts: RegionCounts, fieldwork: FieldworkYears
) -> Iterator[tuple[str, Case]]:
    """Every regional estimate of a pairing with the count of its forces, plain and recalled, as (area, case)."""
    for area in counts.regions if pairing.topic else ():
        for estimate in survey.of(pairing, area):
            period = estimate.period
            interviews = fieldwork.of(pairing.topic or "", period)
            year = ComparedPeriod(period.start, period.end, "year")
            case = Case(pairing, period, "plain", estimate, counts.of(pairing, year, area), interviews)
            case = dataclasses.replace(case, area=counts.names[area])
            yield area, case
            before = ComparedPeriod(*same_months(year.start, year.end, -1), "year")
            mixed = counts.recalled(pairing, year, before, area, interviews) if case.count else None
            if mixed is not None:
                yield area, dataclasses.replace(case, period_match="recall", count=mixed)
