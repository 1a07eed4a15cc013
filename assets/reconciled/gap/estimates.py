"""The survey side: every estimate of a pairing, in victims or incidents, with the interval that can be given."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from assets.methods.envelope import victims_from_prevalence
from assets.methods.interval import Interval
from assets.methods.likely import likely_estimate, uniform_variance
from assets.methods.normal import z_value
from assets.methods.survey import coefficient_of_variation, relative_error, small_count_interval
from assets.reconciled.ground.assumed import product, without
from assets.reconciled.ground.comparison import AGE_BASES, ComparedPeriod, Estimate, Pairing
from assets.reconciled.ground.effective_sample import SELF_COMPLETION, EffectiveSamples, has_sampling
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions, period_of, release_of
from assets.tables.records import grouped, records
from assets.words.wording import number
from schemas.row_types import SurveyEstimateRow

LAST_YEAR = "last_year"
STATEMENT = "statement"
UNIT_OF = {"victims": "victims", "prevalence": "victims", "incidents": "incidents"}


class Estimates:
    """The newest survey estimates, ready to be paired.

    newest_estimates: newest vintages of `survey.estimate`; series: `reference.series`; the rest as named.
    """

    def __init__(
        self,
        newest_estimates: pd.DataFrame,
        series: pd.DataFrame,
        populations: Populations,
        assumptions: Assumptions,
        samples: EffectiveSamples,
    ) -> None:
        window = {row["series"]: row["reference_window"] for row in records(series)}
        asked: list[SurveyEstimateRow] = [
            row
            for row in records(newest_estimates)
            if window[row["series"]] == LAST_YEAR and row["characteristic"] is None and row["age"] in AGE_BASES
        ]
        self._rows = grouped(asked, lambda row: row["topic"])
        self._samples, self._populations, self._assumptions = samples, populations, assumptions

    def of(self, pairing: Pairing, area_code: str) -> Iterator[Estimate]:
        """The estimates of a pairing in an area: one per instrument, age base and period."""
        groups: dict[tuple[Any, ...], dict[str, SurveyEstimateRow]] = {}
        for row in self._rows[pairing.topic or ""]:
            wanted = (pairing.sex, area_code) == (row["sex"], row["area_code"])
            from_source = row["source"] == pairing.source if pairing.source else row["source"] != STATEMENT
            if wanted and from_source and row["measure"] in pairing.measures:
                group = (row["instrument"], row["age"], period_of(row))
                groups.setdefault(group, {})[row["measure"]] = row
        for (instrument, age, period), rows in sorted(groups.items(), key=str):
            best = next(rows[measure] for measure in pairing.measures if measure in rows)
            yield self._estimate(instrument, age, period, best, rows.get("prevalence"), area_code)

    def _estimate(
        self,
        instrument: str,
        age: str,
        period: ComparedPeriod,
        best: SurveyEstimateRow,
        prevalence: SurveyEstimateRow | None,
        area_code: str,
    ) -> Estimate:
        common: dict[str, Any] = {
            "instrument": instrument, "age": age, "sex": best["sex"], "period": period, "unit": UNIT_OF[best["measure"]],
            "designation": best["designation"], "release": release_of(best), "notes": (best["notes"],) if best["notes"] else (),
        }  # fmt: skip
        value, core, inputs, from_prevalence = self._core(best, period, area_code)
        factors = (self._assumptions.assumed(f"household_population_share.{best['sex']}"),) if from_prevalence else ()
        if value is None or core is None:
            status = best["obs_status"] if best["value"] is None else "missing"
            if best["value"] is not None:
                share_said = number(best["value"], 1)
                common["notes"] += (f"{share_said}% is published, but no population to turn it into victims is held",)
            return Estimate(
                value=None, lower=None, upper=None, interval_source=None, obs_status=status, inputs=inputs, **common
            )
        share = prevalence["value"] / 100 if prevalence and prevalence["value"] is not None else None
        if share is None and best["measure"] == "victims":
            share, population_rows = self._implied_share(best, period, area_code)
            inputs += population_rows
        if prevalence and prevalence["row_id"] not in inputs:
            inputs += (prevalence["row_id"],)
        # Rounding alone is no interval of an estimate: without any sampling error there is none.
        lower, upper, source, variation, sample = None, None, None, None, None
        likely_sampling: Interval | None = None
        sampled = next((row for row in (best, prevalence) if row is not None and has_sampling(row)), None)
        if sampled is not None:
            # The publisher's own sampling error, of the number or of the prevalence behind it, is used and none is assumed.
            lower, upper = (
                float(end) * by for end, by in zip((core.lower, core.upper), relative_limits(sampled), strict=True)
            )
            source = "assumed" if from_prevalence else sampled["interval_source"] if sampled is best else "computed"
            variation, likely_sampling = relative_error_of(sampled), Interval.closed(*relative_limits(sampled))
        elif share and instrument in SELF_COMPLETION:
            own_base = prevalence if prevalence is not None and prevalence["base"] else best
            sample, used = self._samples.sample_of(own_base)
            if sample is not None:
                lower, upper = with_sampling(core, share, sample.interval)
                source, inputs = "assumed", inputs + used
                sizes = sample.interval.as_floats()
                variation = Interval.closed(*(relative_error(share, size) for size in reversed(sizes)))
                likely_sampling = small_count_interval(share, sample.central) / share
        households, central = product(factors)
        printed, likely = without(core, households), None
        if likely_sampling is not None and 0 < likely_sampling.lower <= 1 <= likely_sampling.upper:
            likely = likely_estimate(value, likely_sampling, uniform_variance(printed, value / central))
        return Estimate(
            value=value, lower=lower, upper=upper, interval_source=source, obs_status="normal", core=core,
            base=_base(best, prevalence), share=share, variation=variation,
            from_prevalence=from_prevalence, printed=printed, factors=factors, sample=sample, likely=likely,
            inputs=inputs, **common,
        )  # fmt: skip

    def _core(
        self, best: SurveyEstimateRow, period: ComparedPeriod, area_code: str
    ) -> tuple[float | None, Interval | None, tuple[str, ...], bool]:
        """Point, interval without sampling error, rows used, and whether it was made from a prevalence."""
        inputs: tuple[str, ...] = (best["row_id"],)
        if best["value"] is None:
            return None, None, inputs, False
        # Limits that hold sampling error are no rounding: the figure itself is the core, the limits come on top of it.
        printed = Interval.point(best["value"]) if has_sampling(best) else Interval.closed(best["lower"], best["upper"])
        if best["measure"] != "prevalence":
            return best["value"], printed, inputs, False
        population = self._populations.within(period, best["sex"], best["age"], area_code)
        if population is None:
            return None, None, inputs, True
        key = f"household_population_share.{best['sex']}"
        share = self._assumptions.interval(key)
        core = victims_from_prevalence(printed * 0.01, population.persons, share)
        value = best["value"] / 100 * population.persons * self._assumptions.central(key)
        return value, core, (*inputs, *population.inputs, self._assumptions.row_id(key)), True

    def _implied_share(
        self, best: SurveyEstimateRow, period: ComparedPeriod, area_code: str
    ) -> tuple[float | None, tuple[str, ...]]:
        """The prevalence that a printed number of victims implies, where no prevalence is printed."""
        population = self._populations.within(period, best["sex"], best["age"], area_code)
        if population is None:
            return None, ()
        key = f"household_population_share.{best['sex']}"
        households = population.persons * self._assumptions.central(key)
        return best["value"] / households, (*population.inputs, self._assumptions.row_id(key))


def _base(best: SurveyEstimateRow, prevalence: SurveyEstimateRow | None) -> float | None:
    """The unweighted respondents printed with a figure, or with the prevalence behind it."""
    base: float | None = best["base"]
    return prevalence["base"] if base is None and prevalence is not None else base


def relative_limits(row: SurveyEstimateRow) -> tuple[float, float]:
    """The limits of a published estimate over the estimate."""
    return row["lower"] / row["value"], row["upper"] / row["value"]


def relative_error_of(row: SurveyEstimateRow) -> Interval:
    """The coefficient of variation that published limits imply, as a point: on the log scale, or plain where one is zero."""
    if row["lower"] <= 0:
        return Interval.point((row["upper"] - row["lower"]) / (2 * z_value(0.95) * row["value"]))
    return Interval.point(coefficient_of_variation(Interval.closed(row["lower"], row["upper"])))


def with_sampling(core: Interval, share: float, n_eff: Interval) -> tuple[float, float]:
    """The core widened by the interval of the prevalence, over both ends of the effective sample size."""
    low, high = core.as_floats()
    ends = [(small_count_interval(share, float(size)) / share).as_floats() for size in (n_eff.lower, n_eff.upper)]
    return low * min(end[0] for end in ends), high * max(end[1] for end in ends)
