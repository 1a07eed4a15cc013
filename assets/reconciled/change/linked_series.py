"""Estimates of one topic brought onto one basis: across ages and questions, by years in which both were published.

A basis is a version of the questions and an age base. Where two bases that differ in one of these were both published for one
year, their ratio links them: old questions to new ones only by the split sample of that sex, ages by the same survey. An
estimate of another basis is taken along the shortest way of such links onto the newest, and becomes an interval: never a point
that pretends to be published. Published points stay on their own basis, beside it.

The two estimates of a link are taken as independent. They are for the halves of a split sample; for two age bases of one sample
they are not, and the interval is then too wide rather than too short. That a link holds in other years than its own cannot be
tested with one such year; with several, the interval is the hull over them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from assets.methods.calibration import Link, split_sample_link, through_link
from assets.methods.interval import Interval
from assets.methods.likely import uniform_variance
from assets.methods.survey import relative_error
from assets.reconciled.ground.comparison import AGE_BASES, ComparedPeriod
from assets.reconciled.ground.effective_sample import SELF_COMPLETION, EffectiveSamples
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears, period_of
from assets.reconciled.ground.verdicts import cut_samples
from assets.reconciled.ground.vintage import newest_of
from assets.tables.conform import framed
from assets.tables.records import Record, records
from assets.words.wording import month
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import LinkedSeriesRow

Basis = tuple[str, str]
ONE_RATIO = "A link found in its own years is taken to hold in others."
NON_RESPONSE = "Bias from non-response, and its change over time, is in no interval."


@dataclass(frozen=True)
class LinkPoint:
    """A prevalence (percent) of one basis and year; its relative standard error at the least and at the central sample."""

    value: float
    cv_most: float
    cv_central: float
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class LinkStep:
    """A link between two bases in one year: its ratio at the least and at the central samples, and in words."""

    widest: Link
    central: Link
    said: str
    inputs: tuple[str, ...]


def linked_series(
    survey: pd.DataFrame,
    series: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
    fieldwork: pd.DataFrame,
    statements: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.linked_series`: every yearly prevalence that its topic's newest basis can be reached from."""
    fresh = newest_of(survey, releases, "survey.estimate")
    samples = cut_samples(fresh, Assumptions(assumptions), FieldworkYears(fieldwork), statements)
    window = {row["series"]: row["reference_window"] for row in records(series)}
    points: dict[tuple[str, str], dict[Basis, dict[ComparedPeriod, dict[str, Record]]]] = {}
    for row in records(fresh):
        plain = row["characteristic"] is None and row["area_code"] == ENGLAND_AND_WALES and row["value"] is not None
        asked = (
            row["instrument"] in SELF_COMPLETION and row["age"] in AGE_BASES and window[row["series"]] == "last_year"
        )
        if plain and asked and row["measure"] in ("prevalence", "victims") and row["value"] > 0:
            of_topic = points.setdefault((row["topic"], row["sex"]), {})
            of_topic.setdefault((row["instrument"], row["age"]), {}).setdefault(period_of(row), {})[row["measure"]] = (
                row
            )
    rows = [row for key, bases in sorted(points.items()) if len(bases) > 1 for row in _rows(*key, bases, samples)]
    return framed(rows, "reconciled.linked_series")


def _rows(
    topic: str,
    sex: str,
    bases: Mapping[Basis, Mapping[ComparedPeriod, Mapping[str, Record]]],
    samples: EffectiveSamples,
) -> Iterator[LinkedSeriesRow]:
    points = {
        basis: {period: point for period, rows in years.items() if (point := _point(rows.get("prevalence"), samples))}
        for basis, years in bases.items()
    }
    target = max(
        (basis for basis in points if points[basis]), key=lambda basis: _rank(basis, points[basis]), default=None
    )
    if target is None:
        return
    steps = {
        (base, other): linked_by
        for base in bases
        for other in bases
        if _may_link(base, other) and (linked_by := _steps(base, other, bases, points))
    }
    for basis in points:
        way = _way(basis, target, steps)
        if way is None:
            continue
        for period, point in sorted(points[basis].items(), key=lambda dated: dated[0].end):
            if basis == target or period not in points[target]:
                yield _row(topic, sex, period, basis, target, point, [steps[pair] for pair in pairwise(way)])


def _may_link(this: Basis, other: Basis) -> bool:
    """Two ages of one questionnaire; or old questions to the new ones of one age, which the split sample asked."""
    to_new = this[0].endswith("_old") and other[0].endswith("_new")
    return (this[0] == other[0] and this[1] != other[1]) or (to_new and this[1] == other[1])


def _rank(basis: Basis, years: Mapping[ComparedPeriod, LinkPoint]) -> tuple[Any, ...]:
    """The newest basis: of the last year, then of new questions, then of the widest ages."""
    return max(period.end for period in years), basis[0].endswith("_new"), basis[1].endswith("+"), basis[1]


def _point(row: Record | None, samples: EffectiveSamples) -> LinkPoint | None:
    if row is None or row["value"] >= 100:
        return None
    sample, used = samples.sample_of(row)
    if sample is None:
        return None
    share, rounding = row["value"] / 100, 0.0
    if row["interval_source"] == "rounding":
        rounding = uniform_variance(Interval.closed(row["lower"], row["upper"]), row["value"])
    most, central = (
        math.hypot(relative_error(share, size), math.sqrt(rounding))
        for size in (float(sample.interval.lower), sample.central)
    )
    return LinkPoint(row["value"], most, central, (row["row_id"], *used))


def _steps(
    this: Basis,
    other: Basis,
    bases: Mapping[Basis, Mapping[ComparedPeriod, Mapping[str, Record]]],
    points: Mapping[Basis, Mapping[ComparedPeriod, LinkPoint]],
) -> list[LinkStep]:
    """The links from one basis to another, one for each year in which both were published."""
    steps = []
    for period in sorted(set(bases[this]) & set(bases[other]), key=lambda period: period.end):
        pair = [points[basis].get(period) for basis in (this, other)]
        if pair[0] is None and pair[1] is not None:
            pair[0] = _implied(pair[1], bases[this][period], bases[other][period])
        if pair[0] is None or pair[1] is None:
            continue
        before, after = pair[0], pair[1]
        widest, central = (
            split_sample_link(after.value / 100, before.value / 100, *errors)
            for errors in ((after.cv_most, before.cv_most), (after.cv_central, before.cv_central))
        )
        what = f"ages {this[1]} to {other[1]}" if this[0] == other[0] else "old questions to new ones"
        low, high = central.interval.as_floats()
        sentence = f"{what}, year ending {month(period.end)}: {central.k:.2f} ({low:.2f} to {high:.2f})"
        steps.append(LinkStep(widest, central, sentence, tuple(dict.fromkeys((*before.inputs, *after.inputs)))))
    return steps


def _implied(known: LinkPoint, rows: Mapping[str, Record], known_rows: Mapping[str, Record]) -> LinkPoint | None:
    """The prevalence that two numbers of victims of one population imply, where only one of the two is printed."""
    victims, known_victims = rows.get("victims"), known_rows.get("victims")
    if victims is None or known_victims is None or victims["age"] != known_victims["age"]:
        return None
    fewer = victims["value"] / known_victims["value"]
    # The smaller share has the larger relative error, as the inverse square root of the two.
    wider = max(1.0, 1 / math.sqrt(fewer))
    rounding = sum(
        uniform_variance(Interval.closed(row["lower"], row["upper"]), row["value"]) for row in (victims, known_victims)
    )
    most, central = (math.hypot(cv * wider, math.sqrt(rounding)) for cv in (known.cv_most, known.cv_central))
    return LinkPoint(known.value * fewer, most, central, (victims["row_id"], known_victims["row_id"], *known.inputs))


def _way(start: Basis, target: Basis, steps: Mapping[tuple[Basis, Basis], Sequence[LinkStep]]) -> list[Basis] | None:
    """The shortest way of links from one basis to another; None where there is none."""
    ways = [[start]]
    for way in ways:
        if way[-1] == target:
            return way
        ways += [[*way, other] for step, other in steps if step == way[-1] and other not in way]
    return None


def _row(
    topic: str,
    sex: str,
    period: ComparedPeriod,
    basis: Basis,
    target: Basis,
    point: LinkPoint,
    steps: Sequence[Sequence[LinkStep]],
) -> LinkedSeriesRow:
    widest = _through(point.value, point.cv_most, [[step.widest for step in years] for years in steps])
    likely = _through(point.value, point.cv_central, [[step.central for step in years] for years in steps])
    return {
        "topic": topic, "sex": sex, "area_code": ENGLAND_AND_WALES, "period_start": period.start, "period_end": period.end,
        "period_type": period.kind, "instrument": basis[0], "age": basis[1], "basis_instrument": target[0],
        "basis_age": target[1], "published": point.value, "lower": float(widest.lower), "upper": min(100.0, float(widest.upper)),
        "likely_lower": float(likely.lower), "likely_upper": min(100.0, float(likely.upper)), "linked": bool(steps),
        "links": [step.said for years in steps for step in years],
        "caveats": [NON_RESPONSE, *([ONE_RATIO] if steps else [])],
        "inputs": sorted({*point.inputs, *(row for years in steps for step in years for row in step.inputs)}),
    }  # fmt: skip


def _through(value: float, cv: float, steps: Sequence[Sequence[Link]]) -> Interval:
    """An estimate taken through every choice of one link year per step: the hull of its intervals."""
    ways = [Link(1.0, 0.0, Interval.point(1))]
    for years in steps:
        ways = [
            Link(way.k * link.k, way.log_variance + link.log_variance, Interval.point(way.k * link.k))
            for way in ways for link in years
        ]  # fmt: skip
    return Interval.hull_of(through_link(value, cv, way) for way in ways)
