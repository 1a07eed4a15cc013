"""The survey side: every estimate of a pairing, in victims or incidents, with the interval that can be given."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from assets.reconciled.case import AGE_BASES, Estimate, Pairing, Period
from assets.reconciled.effective_sample import SELF_COMPLETION, EffectiveSamples
from assets.reconciled.fieldwork import FieldworkYears
from assets.reconciled.methods.envelope import outer_envelope, victims_from_prevalence
from assets.reconciled.methods.interval import Interval
from assets.reconciled.methods.survey import logit_interval
from assets.reconciled.population import Populations
from assets.reconciled.records import Assumptions, period_of, release_of
from assets.records import Record, records

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
        fieldwork: FieldworkYears,
    ) -> None:
        window = {row["series"]: row["reference_window"] for row in records(series)}
        self._rows = [
            row
            for row in records(newest_estimates)
            if window[row["series"]] == LAST_YEAR and row["characteristic"] is None and row["age"] in AGE_BASES
        ]
        self._samples = EffectiveSamples(newest_estimates, assumptions, fieldwork)
        self._populations, self._assumptions = populations, assumptions

    def of(self, pairing: Pairing, area_code: str) -> Iterator[Estimate]:
        """The estimates of a pairing in an area: one per instrument, age base and period."""
        groups: dict[tuple[Any, ...], dict[str, Record]] = {}
        for row in self._rows:
            wanted = (pairing.topic, pairing.sex, area_code) == (row["topic"], row["sex"], row["area_code"])
            from_source = row["source"] == pairing.source if pairing.source else row["source"] != STATEMENT
            if wanted and from_source and row["measure"] in pairing.measures:
                group = (row["instrument"], row["age"], period_of(row))
                groups.setdefault(group, {})[row["measure"]] = row
        for (instrument, age, period), found in sorted(groups.items(), key=str):
            best = next(found[measure] for measure in pairing.measures if measure in found)
            yield self._estimate(instrument, age, period, best, found.get("prevalence"), area_code)

    def _estimate(
        self, instrument: str, age: str, period: Period, best: Record, prevalence: Record | None, area_code: str
    ) -> Estimate:
        common: dict[str, Any] = {
            "instrument": instrument, "age": age, "sex": best["sex"], "period": period, "unit": UNIT_OF[best["measure"]],
            "badge": best["badge"], "release": release_of(best), "notes": (best["notes"],) if best["notes"] else (),
        }  # fmt: skip
        value, core, inputs, from_prevalence = self._core(best, period, area_code)
        if value is None or core is None:
            status = best["obs_status"] if best["value"] is None else "missing"
            if best["value"] is not None:
                common["notes"] += (
                    f"{best['printed']}% is published, but no population to turn it into victims is held",
                )
            return Estimate(
                value=None, lower=None, upper=None, interval_source=None, obs_status=status, inputs=inputs, **common
            )
        share = prevalence["value"] / 100 if prevalence and prevalence["value"] is not None else None
        if share is None and best["measure"] == "victims":
            share, population_rows = self._implied_share(best, period, area_code)
            inputs += population_rows
        if prevalence and prevalence["row_id"] not in inputs:
            inputs += (prevalence["row_id"],)
        asked = share and instrument in SELF_COMPLETION
        n_eff, used = self._samples.of(best["topic"], instrument, best["sex"], age, period) if asked else (None, ())
        lower, upper = core.as_floats()
        source = best["interval_source"] if not from_prevalence else "rounding"
        if source == "rounding" and n_eff is not None and share is not None:
            lower, upper = with_sampling(core, share, n_eff)
            source, inputs = "assumed", inputs + used
        return Estimate(
            value=value, lower=lower, upper=upper, interval_source=source, obs_status="normal", core=core, n_eff=n_eff,
            share=share, from_prevalence=from_prevalence, inputs=inputs, **common,
        )  # fmt: skip

    def _core(
        self, best: Record, period: Period, area_code: str
    ) -> tuple[float | None, Interval | None, tuple[str, ...], bool]:
        """Point, interval without sampling error, rows used, and whether it was made from a prevalence."""
        inputs: tuple[str, ...] = (best["row_id"],)
        if best["value"] is None:
            return None, None, inputs, False
        printed = Interval.closed(best["lower"], best["upper"])
        if best["measure"] != "prevalence":
            return best["value"], printed, inputs, False
        population = self._populations.within(period, best["sex"], best["age"], area_code)
        if population is None:
            return None, None, inputs, True
        key = f"household_population_share.{best['sex']}"
        share = self._assumptions.interval(key)
        core = victims_from_prevalence(printed.scale(0.01), population.persons, share)
        value = best["value"] / 100 * population.persons * float(share.midpoint)
        return value, core, (*inputs, *population.inputs, self._assumptions.row_id(key)), True

    def _implied_share(self, best: Record, period: Period, area_code: str) -> tuple[float | None, tuple[str, ...]]:
        """The prevalence that a printed number of victims implies, where no prevalence is printed."""
        population = self._populations.within(period, best["sex"], best["age"], area_code)
        if population is None:
            return None, ()
        key = f"household_population_share.{best['sex']}"
        households = population.persons * float(self._assumptions.interval(key).midpoint)
        return best["value"] / households, (*population.inputs, self._assumptions.row_id(key))


def relative_error(share: float, n_eff: float) -> float:
    """Coefficient of variation of a prevalence: sqrt((1 - p) / (n_eff p)), p a proportion."""
    return math.sqrt((1 - share) / (n_eff * share))


def with_sampling(core: Interval, share: float, n_eff: Interval) -> tuple[float, float]:
    """The core widened by the logit interval of the prevalence, over all effective sample sizes of the box."""

    def widened(size: float) -> Interval:
        sampling = logit_interval(share, float(size)).scale(1 / share)
        low, high = core.as_floats()
        return Interval.closed(low * float(sampling.lower), high * float(sampling.upper))

    return outer_envelope(widened, {"size": n_eff}).interval.as_floats()
