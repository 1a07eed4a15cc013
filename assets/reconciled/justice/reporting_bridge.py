"""The reporting bridge: estimated, told to the police, recorded, and the value of the unknown that would close it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assets.methods.envelope import victims_from_prevalence
from assets.methods.interval import Interval
from assets.methods.products import Quantity, log_mover
from assets.methods.ratio import count_interval
from assets.methods.recall import matched_year_mix
from assets.methods.same_months import same_months
from assets.methods.survey import wilson_interval
from assets.reconciled.gap.counts import MIX_FACTOR
from assets.reconciled.gap.estimates import with_sampling
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.effective_sample import EffectiveSamples, has_sampling
from assets.reconciled.ground.figure_lookup import NewestFigures, figure_interval
from assets.reconciled.ground.phi import Phi, Phis
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from assets.reconciled.ground.verdicts import cut_samples
from assets.reconciled.ground.vintage import newest_of
from assets.tables.conform import framed
from assets.tables.records import records
from assets.words.wording import NOT_A_RATE, noted
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import BridgeTermsRow, ReportingBridgeRow
from schemas.rows import Record

# The sides of a reporting bridge: what the survey says that the police came to know, and what they recorded.


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


CRIMES_PER_VICTIM = (1.0, 2.0, 3.0)
REPEAT_KEY = "repeat_beyond_cap"


def reporting_bridges(
    survey: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
    overdispersion: pd.DataFrame,
    fieldwork: pd.DataFrame,
    statements: pd.DataFrame,
    terms: pd.DataFrame,
) -> pd.DataFrame:
    """Every bridge of `reference.reporting_bridge` (terms) in every period for which its estimate or its reporting rate is held.

    Fact tables as staged.
    """
    facts = {"survey.estimate": survey, "recorded.offence_count": offences, "recorded.flagged_count": flagged}
    fresh = {key: newest_of(frame, releases, key) for key, frame in facts.items()}
    tracked, years = Assumptions(assumptions), FieldworkYears(fieldwork)
    people = Populations(newest_of(population, releases, "population.estimate"))
    samples = cut_samples(fresh["survey.estimate"], tracked, years, statements)
    sides = Sides(NewestFigures(fresh.values()), people, tracked, samples, years)
    phis = Phis(tracked, overdispersion)
    rows = [row for bridge in records(terms) for row in _rows(bridge, sides, tracked, phis)]
    return framed(rows, "reconciled.reporting_bridge")


def _rows(bridge: BridgeTermsRow, sides: Sides, assumptions: Assumptions, phis: Phis) -> Iterator[dict[str, Any]]:
    for period in sides.periods(bridge):
        known, recorded = sides.known(bridge, period), sides.recorded(bridge, period)
        lacks = bridge["blocked"] or _missing(known, recorded)
        multipliers = (1.0,) if lacks else _multipliers(bridge, assumptions)
        for multiplier in multipliers:
            phi = phis.of((bridge["recorded_series"],)) if bridge["recorded_series"] else None
            yield _row(bridge, period, known, recorded, multiplier, lacks, assumptions, phi)


def _multipliers(bridge: BridgeTermsRow, assumptions: Assumptions) -> tuple[float, ...]:
    """What is tried: several crimes told per victim, or incidents that the cap left out."""
    if bridge["unit"] == "victims":
        return CRIMES_PER_VICTIM
    return assumptions.interval(REPEAT_KEY).as_floats()


def _missing(known: KnownToPolice, recorded: Recorded | None) -> str | None:
    parts = {
        "the estimate": known.estimate is None,
        "the share that the police came to know of": known.told is None,
        "the recorded count": recorded is None or recorded.window.lower <= 0,
    }
    absent = [name for name, missing in parts.items() if missing]
    return (
        f"PRESENT: {' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} not held for this period"
        if absent
        else None
    )


def _row(
    bridge: BridgeTermsRow, period: ComparedPeriod, known: KnownToPolice, recorded: Recorded | None, multiplier: float,
    lacks: str | None,
    assumptions: Assumptions, phi: Phi | None,
) -> dict[str, Any]:  # fmt: skip
    crimes = closing = least = count = None
    used: tuple[str, ...] = ()
    if recorded and recorded.window.lower > 0 and phi:
        limits = Interval.hull_of(count_interval(end, phi.largest) for end in recorded.window.as_floats())
        count = Quantity(recorded.value, limits, recorded.window)
    if lacks is None and known.estimate and known.told and recorded and phi and count:
        times = Quantity(multiplier, Interval.point(multiplier))
        crimes = log_mover([known.estimate, known.told, times])
        closing = log_mover([count], [known.estimate, known.told, times])
        least = float(closing.limits.lower) * recorded.least / float(recorded.window.lower)
        used = (phi.row_id, *((assumptions.row_id(REPEAT_KEY),) if bridge["unit"] == "incidents" else ()))
    row: ReportingBridgeRow = {
        "bridge": bridge["bridge"], "instrument": bridge["instrument"], "unit": bridge["unit"], "sex": bridge["sex"],
        "age": known.age,
        "area_code": ENGLAND_AND_WALES, "period_start": period.start, "period_end": period.end, "period_type": period.kind,
        "multiplier": multiplier, "recorded_series": bridge["recorded_series"],
        "recorded_least_in_scope": recorded.least if recorded else None,
        "closing_least": least, "interval_source": "assumed" if crimes else None,
        "verdict": "block" if lacks else "qualify", "reason": _reason(bridge, lacks),
        "sentence": _sentence(bridge, period, known, recorded, crimes, closing, multiplier, lacks),
        "caveats": _caveats(bridge, known, lacks, phi),
        "inputs": sorted({*known.inputs, *(recorded.inputs if recorded else ()), *used}),
    }  # fmt: skip
    return {
        **row, **_columns("estimated", known.estimate), **_percent(known.told), **_columns("known", crimes),
        **_columns("recorded", count), "recorded": recorded.value if recorded else None, **_columns("closing", closing),
    }  # fmt: skip


def _columns(stem: str, quantity: Quantity | None) -> dict[str, float | None]:
    if quantity is None:
        return {stem: None, f"{stem}_lower": None, f"{stem}_upper": None}
    lower, upper = quantity.limits.as_floats()
    return {stem: quantity.value, f"{stem}_lower": lower, f"{stem}_upper": upper}


def _percent(share_told: Quantity | None) -> dict[str, float | None]:
    return {name: None if value is None else 100 * value for name, value in
            (("told_percent", share_told.value if share_told else None),
             ("told_lower", float(share_told.limits.lower) if share_told else None),
             ("told_upper", float(share_told.limits.upper) if share_told else None))}  # fmt: skip


def _reason(bridge: BridgeTermsRow, lacks: str | None) -> str:
    if lacks:
        return f"Not worked out: {_why(lacks)}"
    return f"The estimate, the share and the count are of one instrument, unit and period. {bridge['wider'] or ''}"


def _why(lacks: str) -> str:
    """What is lacking, with the rule that says so behind it."""
    rule, _, why = lacks.partition(": ")
    return f"{why} (rule {rule})." if why else f"{lacks}."


def _caveats(bridge: BridgeTermsRow, known: KnownToPolice, lacks: str | None, phi: Phi | None) -> list[str]:
    caveats = [
        NOT_A_RATE,
        "The survey's share is what victims say; what the police record of it is what the bridge leaves open.",
    ]
    if not lacks:
        caveats.append(
            "Limits are the widest range that sampling error and the listed assumptions allow, not 95% limits."
        )
    if phi is not None and not lacks:
        caveats.append(phi.said)
    if bridge["unit"] == "incidents" and not lacks:
        caveats.append("The sampling error of incidents is taken as that of the number of victims, and is larger.")
        caveats.append(
            "Incidents are capped at the 98th percentile per victim; the multiplier asks what more would mean."
        )
    return [*caveats, *known.notes]


def _sentence(
    bridge: BridgeTermsRow, period: ComparedPeriod, known: KnownToPolice, recorded: Recorded | None, crimes: Quantity | None,
    closing: Quantity | None, multiplier: float, lacks: str | None,
) -> str:  # fmt: skip
    if lacks or crimes is None or closing is None or recorded is None or known.estimate is None or known.told is None:
        return f"{bridge['kind'].capitalize()}, {period}: not worked out; {_why(lacks or '')}"
    low, high = closing.limits.as_floats()
    taken = {
        "victims": f"each of them told of {multiplier:g} crime{'s' if multiplier > 1 else ''}",
        "incidents": f"{multiplier:g} incident{'s' if multiplier > 1 else ''} happened for each counted",
    }[bridge["unit"]]
    who = "victims" if bridge["unit"] == "victims" else "incidents"
    ratio = f"{closing.value:.1f} ({low:.1f} to {high:.1f})"
    return (
        f"{bridge['kind'].capitalize()}, {period}: of an estimated {_about(known.estimate.value)} {who},"
        f" {100 * known.told.value:.1f}% came to be known to the police. If {taken}, the {recorded.value:,.0f} recorded"
        f" offences are {ratio} for each crime known, if all of them are {bridge['kind']}, and fewer if not."
    )


def _about(number: float) -> str:
    """A number as a sentence gives it: three leading digits."""
    digits = max(0, len(f"{number:.0f}") - 3)
    return f"{round(number, -digits):,.0f}"
