"""The sides of a reporting bridge: what the survey says that the police came to know, and what they recorded."""

from dataclasses import dataclass

from assets.methods.envelope import victims_from_prevalence
from assets.methods.interval import Interval
from assets.methods.products import Quantity
from assets.methods.recall import matched_year_mix
from assets.methods.same_months import same_months
from assets.methods.survey import wilson_interval
from assets.reconciled.gap.counts import MIX_FACTOR
from assets.reconciled.gap.estimates import with_sampling
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.effective_sample import EffectiveSamples, has_sampling
from assets.reconciled.ground.figure_lookup import NewestFigures, figure_interval
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from assets.words.wording import noted
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import BridgeTermsRow
from schemas.rows import Record


@dataclass(frozen=True)
class KnownToPolice:
    """An estimate and the share of it that the police came to know of; None for what is not held."""

    age: str
    estimate: Quantity | None
    told: Quantity | None
    notes: tuple[str, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Recorded:
    """A recorded count, the interval between the plain year and the recall-matched one, and what is in scope for certain."""

    value: float
    window: Interval
    least: float
    inputs: tuple[str, ...]


class Sides:
    """Looks up and matches the sides of a bridge."""

    def __init__(
        self,
        figures: NewestFigures,
        populations: Populations,
        assumptions: Assumptions,
        samples: EffectiveSamples,
        fieldwork: FieldworkYears,
    ) -> None:
        self._held, self._populations, self._assumptions = figures, populations, assumptions
        self._samples, self._fieldwork = samples, fieldwork

    def periods(self, bridge: BridgeTermsRow) -> list[ComparedPeriod]:
        """March survey years from 2015 on, and combined years, for which a reporting rate or the estimate is held."""
        terms = {}
        told_series, sex = bridge["told_series"], bridge["sex"]
        for series in (bridge["estimate_series"], told_series):
            for row in self._held.all_of(series):
                march = row["period_end"].month == 3 and row["period_end"].year >= 2015
                of_sex = row["sex"] == sex or (series == told_series and row["sex"] == "all")
                if march and of_sex and row.get("characteristic") is None:
                    terms[row["period_start"], row["period_end"]] = row["period_type"]
        return [ComparedPeriod(start, end, kind) for (start, end), kind in sorted(terms.items())]

    def known(self, bridge: BridgeTermsRow, period: ComparedPeriod) -> KnownToPolice:
        """The survey's side in a period."""
        window, sex = (period.start, period.end), bridge["sex"]
        of_estimate, of_told = (self._held.find(bridge[of], window, sex) for of in ("estimate_series", "told_series"))
        of_told = of_told or self._held.find(bridge["told_series"], window, "all")
        rows = [row for row in (of_estimate, of_told) if row is not None]
        age = rows[0]["age"] if rows else "16+"
        if of_estimate is None:
            sample, used = self._samples.sample(bridge["topic"], bridge["instrument"], sex, age, period)
            size = None if sample is None else sample.interval
        else:
            size, used = self._samples.of_row(of_estimate)
        share, people = self._share(of_estimate, period, sex, age)
        amount = self._estimate(of_estimate, size, share, period, sex, age)
        told_share = _told_quantity(of_told, size, share)
        notes = tuple(dict.fromkeys(noted(row["notes"] or "" for row in rows)))
        inputs = (*(row["row_id"] for row in rows), *(used if size is not None else ()), *people)
        return KnownToPolice(age, amount, told_share, notes, inputs)

    def recorded(self, bridge: BridgeTermsRow, period: ComparedPeriod) -> Recorded | None:
        """The recorded count of the year's label, and of the year matched by recall where the year before is held."""
        series, narrower = bridge["recorded_series"], bridge["narrower_series"]
        row = self._held.find(series, (period.start, period.end)) if series else None
        if row is None:
            return None
        before = self._held.find(series, same_months(period.start, period.end, -1))
        other = self._held.find(narrower, (period.start, period.end)) if narrower else None
        span = Interval.point(row["value"])
        if before is not None:
            mix = matched_year_mix(before["value"], row["value"], self._fieldwork.of(bridge["topic"], period).months)
            span |= mix * self._assumptions.interval(MIX_FACTOR)
        least = max(0.0, row["value"] - other["value"]) if other is not None else 0.0
        inputs = tuple(record["row_id"] for record in (row, before, other) if record is not None)
        inputs += (self._assumptions.row_id(MIX_FACTOR),) if before is not None else ()
        return Recorded(row["value"], span, min(least, float(span.lower)), inputs)

    def _households(self, period: ComparedPeriod, sex: str, age: str) -> tuple[float, Interval, tuple[str, ...]] | None:
        population = self._populations.within(period, sex, age, ENGLAND_AND_WALES)
        if population is None:
            return None
        key = f"household_population_share.{sex}"
        return population.persons, self._assumptions.interval(key), (*population.inputs, self._assumptions.row_id(key))

    def _share(
        self, row: Record | None, period: ComparedPeriod, sex: str, age: str
    ) -> tuple[float | None, tuple[str, ...]]:
        """The estimate as a proportion of the household population, for its sampling error."""
        households = self._households(period, sex, age)
        if row is None or households is None or row["value"] is None:
            return None, ()
        persons, share, used = households
        if row["unit"] == "percent":
            return row["value"] / 100, used
        victims = self._held.find(row["series"].replace(".incidents", ".victims"), (period.start, period.end), sex)
        if victims is None:
            return None, ()
        return victims["value"] / (persons * float(share.midpoint)), (*used, victims["row_id"])

    def _estimate(
        self,
        row: Record | None,
        size: Interval | None,
        share: float | None,
        period: ComparedPeriod,
        sex: str,
        age: str,
    ) -> Quantity | None:
        """Victims or incidents, with rounding, household population and the sampling error of the number of victims."""
        if row is None:
            return None
        core, value = figure_interval(row), row["value"]
        if row["unit"] == "percent":
            households = self._households(period, sex, age)
            if households is None:
                return None
            persons, of_them, _ = households
            core = victims_from_prevalence(core * 0.01, persons, of_them)
            value = row["value"] / 100 * persons * float(of_them.midpoint)
        limits = core
        if size is not None and share is not None:
            limits = Interval.closed(*with_sampling(core, share, size))
        return Quantity(float(value), limits, core) if float(limits.lower) > 0 else None


def _told_quantity(row: Record | None, size: Interval | None, share: float | None) -> Quantity | None:
    """The share as a proportion: its published limits; else Wilson limits on the fewest effective victims, and its rounding.

    A series of those who did not tell is turned round.
    """
    if row is None:
        return None
    own = has_sampling(row)
    printed, limits = figure_interval(row) * 0.01, Interval.closed(row["lower"], row["upper"]) * 0.01
    if "not_told" in row["series"]:
        printed, limits = 1 - printed, 1 - limits
    value = float(printed.midpoint)
    if own:
        return Quantity(value, Interval.closed(*limits.as_floats()))
    if size is None or share is None:
        return Quantity(value, Interval.closed(*printed.as_floats()), printed)
    fewest = float(size.lower) * share
    limits = Interval.hull_of(wilson_interval(float(end), fewest) for end in (printed.lower, printed.upper))
    return Quantity(value, limits, printed)
