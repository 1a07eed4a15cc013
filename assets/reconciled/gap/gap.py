"""The gap: every pairing in every period where either side exists, judged by every rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assets.reconciled.gap.availability import COUNT, ESTIMATE, Availability
from assets.reconciled.gap.cases import FIRST_MARCH, MARCH, march_years, national_cases, with_context
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.gap.estimates import Estimates
from assets.reconciled.gap.ratio import RatioModel, difference, per_100
from assets.reconciled.gap.recall_count import RecallCounts
from assets.reconciled.gap.regions import RegionCounts, region_cases
from assets.reconciled.gap.rules import reason, rulings, verdict
from assets.reconciled.gap.sensitivity import sensitivity
from assets.reconciled.ground.comparison import Case, Count, Estimate, Pairing, Result
from assets.reconciled.ground.phi import Phi, Phis
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import FULL_YEAR, Assumptions, CodeValidity, FieldworkYears, pairings
from assets.reconciled.ground.verdicts import cut_samples
from assets.reconciled.ground.vintage import DOUBTED, newest_of
from assets.recorded.parts_of_year import PartsOfYear, code_of_series, force_rows_of
from assets.tables.conform import framed
from assets.tables.records import records
from assets.words.wording import NOT_A_RATE, noted
from schemas.codes import ALL_VAWG, ENGLAND_AND_WALES
from schemas.row_types import GapRow

GAP, SENSITIVITY = "reconciled.gap", "reconciled.sensitivity"
FROM_PREVALENCE = (
    "The number of victims is the published prevalence times the household population, with both uncertainties."
)


@dataclass(frozen=True)
class JudgedRow:
    """A row of the gap, and the model of its ratio where it has one with sampling error."""

    row: GapRow
    model: RatioModel | None


def gap_and_sensitivity(**tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows of `reconciled.gap`, and of `reconciled.sensitivity` for each of its ratios. Takes what `judged_comparisons` takes."""
    judgements = judged_comparisons(**tables)
    causes = [row for judgement in judgements if judgement.model for row in sensitivity(judgement.row, judgement.model)]
    return {GAP: pd.DataFrame([judgement.row for judgement in judgements]), SENSITIVITY: framed(causes, SENSITIVITY)}


def gap(**tables: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.gap`. Takes what `judged_comparisons` takes."""
    return pd.DataFrame([judgement.row for judgement in judged_comparisons(**tables)])


def judged_comparisons(
    estimates: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    shares: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    pairing: pd.DataFrame,
    series: pd.DataFrame,
    breaks: pd.DataFrame,
    assumption: pd.DataFrame,
    overdispersion: pd.DataFrame,
    fieldwork: pd.DataFrame,
    statements: pd.DataFrame,
    areas: pd.DataFrame,
    forces: pd.DataFrame,
    codes: pd.DataFrame,
    availability: pd.DataFrame,
    collected: pd.DataFrame,
) -> list[JudgedRow]:
    """Every comparison of England and Wales, and of regions that an estimate is held of, from the newest releases.

    Estimates are victims or incidents, counts are offences, the ratio is offences per 100 estimated victims. A blocked
    row keeps its estimate and its count and has no ratio. Parameters are the tables of the same names.
    """
    assumptions = Assumptions(assumption)
    populations = Populations(newest_of(population, releases, "population.estimate"))
    interviews = FieldworkYears(fieldwork)
    fresh = newest_of(estimates, releases, "survey.estimate")
    samples = cut_samples(fresh, assumptions, interviews, statements)
    survey = Estimates(fresh, series, populations, assumptions, samples)
    tables = [
        newest_of(table, releases, key)
        for table, key in (
            (offences, "recorded.offence_count"),
            (flagged, "recorded.flagged_count"),
            (vawg, "recorded.vawg_count"),
        )
    ]
    of_returns = collected_counts(collected)
    validity = CodeValidity.of_tables(codes, series)
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    counts = RecordedCounts(
        [*tables, of_returns], newest_of(shares, releases, "recorded.share"), assumptions, validity, names
    )
    phis = Phis(assumptions, overdispersion)
    asked = asked_of(pairings(pairing), of_returns)
    compared = {
        code_of_series(name)
        for asked_pairing in asked
        for name in (*asked_pairing.recorded_series, *asked_pairing.recorded_upper_series)
    }
    of_forces, held_forces = force_rows_of(forces, areas, compared)
    parts = PartsOfYear(
        (row for table in tables for row in records(table[table["period_type"].isin(["quarter", "month"])])),
        records(newest_of(of_forces, releases, "recorded.force_count")),
        held_forces,
    )
    known_breaks = [row for row in records(breaks) if row["breaks_change"]]
    matched = RecallCounts(counts, parts, names)
    regional = RegionCounts(forces, releases, areas, validity, asked, assumptions)
    known = Availability(availability)
    counted = [period.end for asked_pairing in asked for period in counts.periods(asked_pairing, ENGLAND_AND_WALES)]
    last = max((end.year for end in counted if end.month == MARCH), default=FIRST_MARCH)
    cases = [
        (ENGLAND_AND_WALES, case)
        for asked_pairing in asked
        for case in national_cases(asked_pairing, survey, counts, matched, interviews, known, last)
    ]
    cases += [(ENGLAND_AND_WALES, case) for case in _years_without(asked, [case for _, case in cases], counts, last)]
    cases += [pair for asked_pairing in asked for pair in region_cases(asked_pairing, survey, regional, interviews)]
    rows = list[JudgedRow]()
    for area, case in cases:
        if not is_said(case):
            continue
        case = with_context(case, known_breaks, assumptions, known)
        rows.append(_row(case, phis, area, names[area]))
    return rows


def _years_without(asked: list[Pairing], cases: list[Case], counts: RecordedCounts, last: int) -> Iterator[Case]:
    """A row of a threat's leading pairing for each year ending March of which the threat has none: no question existed."""
    leading: dict[str, Pairing] = {}
    for pairing in asked:
        leading.setdefault(pairing.threat, pairing)
    there = {(case.pairing.threat, case.period.start, case.period.end) for case in cases}
    for threat, pairing in leading.items():
        if threat != ALL_VAWG:
            for year in march_years(last):
                if (threat, year.start, year.end) not in there:
                    yield Case(pairing, year, "plain", None, counts.of(pairing, year, ENGLAND_AND_WALES))


def _row(case: Case, phis: Phis, area_code: str, area_name: str) -> JudgedRow:
    ruled = rulings(case)
    result = verdict(ruled)
    estimate, count = case.estimate, case.count
    allowed = result is not Result.BLOCK and estimate is not None and count is not None
    phi = phis.of(case.pairing.recorded_series) if allowed else None
    ratio = per_100(estimate, count, phi) if phi and estimate and count else None
    likely = ratio.model.likely().as_floats() if ratio and ratio.model else (None, None)
    subtracted = difference(case, phi) if phi else None
    row: GapRow = {
        "pairing": case.pairing.key,
        "threat": case.pairing.threat,
        "area_code": area_code,
        "area_name": area_name,
        "period_start": case.period.start,
        "period_end": case.period.end,
        "period_type": case.period.kind,
        "sex": case.pairing.sex,
        **_estimate_columns(estimate),
        **_count_columns(count),
        "period_match": case.period_match,
        # A count that may hold more than it prints leaves a set: no point of it is printed.
        "recorded_per_100": ratio.value if ratio and count and not count.beyond else None,
        "recorded_per_100_lower": ratio.lower if ratio else None,
        "recorded_per_100_upper": ratio.upper if ratio else None,
        "likely_lower": likely[0],
        "likely_upper": likely[1],
        "difference": subtracted.value if subtracted else None,
        "difference_lower": subtracted.lower if subtracted else None,
        "difference_upper": subtracted.upper if subtracted else None,
        "estimate_availability": _state(case, ESTIMATE),
        "recorded_availability": _state(case, COUNT),
        "verdict": result.value,
        "reason": reason(ruled),
        "rules": [{"rule": r.rule, "result": r.result.value, "reason": r.reason} for r in ruled],
        "caveats": _caveats(case, ruled, phi if ratio or subtracted else None),
        "inputs": _inputs(case, ratio.inputs if ratio else ()),
    }
    return JudgedRow(row, ratio.model if ratio else None)


def _state(case: Case, side: str) -> str | None:
    """`held`, `withheld`, or which of the four states a missing figure is in; None where nothing is written of it."""
    if side not in case.missing:
        return "held"
    figure = case.estimate if side == ESTIMATE else case.count
    if figure is not None and figure.obs_status == DOUBTED:
        return "withheld"
    known = case.missing[side]
    return known.state if known is not None else None


def _estimate_columns(estimate: Estimate | None) -> GapRow:
    return {
        "age": estimate.age if estimate else None,
        "instrument": estimate.instrument if estimate else None,
        "estimate": estimate.value if estimate else None,
        "estimate_lower": estimate.lower if estimate else None,
        "estimate_upper": estimate.upper if estimate else None,
        "estimate_likely_lower": float(estimate.likely.lower) if estimate and estimate.likely else None,
        "estimate_likely_upper": float(estimate.likely.upper) if estimate and estimate.likely else None,
        "estimate_unit": estimate.unit if estimate else None,
        "interval_source": estimate.interval_source if estimate else None,
        "estimate_obs_status": estimate.obs_status if estimate else "missing",
        "estimate_designation": estimate.designation if estimate else None,
        "survey_release": estimate.release if estimate else None,
    }


def _count_columns(count: Count | None) -> GapRow:
    return {
        "recorded": count.value if count else None,
        "recorded_lower": count.lower if count else None,
        "recorded_upper": count.upper if count else None,
        "recorded_unit": count.unit if count else None,
        "recorded_scope": count.scope if count else None,
        "recorded_designation": count.designation if count else None,
        "recorded_release": count.release if count else None,
        "recorded_period_start": count.period.start if count else None,
        "recorded_period_end": count.period.end if count else None,
        "recorded_obs_status": count.obs_status if count else "missing",
    }


def _caveats(case: Case, ruled: list[Any], phi: Phi | None) -> list[str]:
    """What a reader must know: the standing sentence, every rule that did not pass, and what the sources say."""
    caveats = [NOT_A_RATE]
    caveats += [f"{ruling.rule}: {ruling.reason}" for ruling in ruled if ruling.result is not Result.PASS]
    if case.estimate is not None and case.estimate.from_prevalence:
        caveats.append(FROM_PREVALENCE)
    if case.count is not None and case.count.matched:
        caveats.append(case.count.matched)
    if phi is not None:
        caveats.append(phi.said)
    for name, side in (("estimate", case.estimate), ("count", case.count)):
        caveats += noted(side.notes if side else (), f" of the {name}")
    return caveats


def _inputs(case: Case, of_ratio: tuple[str, ...]) -> list[str]:
    row_ids = [case.pairing.row_id, *case.inputs, *(series_break.row_id for series_break in case.breaks), *of_ratio]
    for side in (case.estimate, case.count):
        row_ids += side.inputs if side else ()
    if case.fieldwork is not None and case.fieldwork is not FULL_YEAR and case.fieldwork.row_id:
        row_ids.append(case.fieldwork.row_id)
    return sorted(set(row_ids))


# What the policing collection counts, as the gap takes it: a scope of its own, with the pairings that name it.
# Only whole years of a real collection with every supplier in it. A synthetic one is never paired with anything, and without
# returns none of its pairings is asked.
SCOPE, SOURCE, RELEASE = "collection", "collection", "assembled"
# Threat -> the name that the Statement's figure of it has: what breaks that, breaks this.
TOTAL = {ALL_VAWG: "total"}


def collected_counts(threats: pd.DataFrame) -> pd.DataFrame:
    """Rows of a count table from `collection.threat_count`: series `collection.` and the threat."""
    rows = [
        {
            "row_id": row["row_id"], "series": f"{SCOPE}.{TOTAL.get(row['threat'], row['threat'])}", "scope": SCOPE,
            "area_code": row["area_code"], "period_start": row["period_start"], "period_end": row["period_end"],
            "period_type": row["period_type"], "sex": "female", "age": "all", "value": row["offences"], "unit": "offences",
            "obs_status": "normal", "designation": "policing", "source": SOURCE, "release": RELEASE, "leaves_out": None,
            "notes": f"as assembled from the returns of {row['suppliers_counted']} suppliers, by a definition of its own"
            + (f", rounded to {row['rounded_to']}" if row["rounded_to"] > 1 else ""),
        }
        for row in records(threats)
        if row["scope"] == SCOPE
        and row["area_code"] == ENGLAND_AND_WALES
        and row["period_type"] == "year"
        and row["offences"] is not None
        and row["suppliers_counted"] == row["suppliers_expected"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["period_type"], dtype="object")


def asked_of(every: Sequence[Pairing], counts: pd.DataFrame) -> list[Pairing]:
    """The pairings, without those of the collection where it counts nothing."""
    return [pairing for pairing in every if pairing.recorded_scope != SCOPE or len(counts)]


def is_said(case: Case) -> bool:
    """A pairing of the collection has the years that the collection counts, and no others."""
    return case.pairing.recorded_scope != SCOPE or case.count is not None
