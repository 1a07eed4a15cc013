"""Which comparisons there are: every estimate with its count, and the years in which at least the question existed."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from assets.methods.interval import Interval
from assets.methods.same_months import same_months
from assets.reconciled.gap.availability import COUNT, ESTIMATE, FEMALE_SHARE, Availability
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.gap.estimates import Estimates
from assets.reconciled.gap.recall_count import MATCH, RecallCounts
from assets.reconciled.ground.breaks import break_of, breaks_inside
from assets.reconciled.ground.comparison import Break, Case, ComparedPeriod, Missing, Pairing
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import Record

# Survey topic -> groups whose published non-recent share bounds that of the codes set against it.
NON_RECENT = {"sexual_assault": ("sexual_offences", "adult_rape"), "rape_or_penetration": ("adult_rape",)}
FIRST_MARCH = 2016
MARCH = 3


def national_cases(
    pairing: Pairing,
    survey: Estimates,
    counts: RecordedCounts,
    matched: RecallCounts,
    fieldwork: FieldworkYears,
    availability: Availability,
    last_march: int,
) -> Iterator[Case]:
    """Every estimate with its count, plain and recalled; then years without an estimate, if the question existed then.

    The recalled count is that of the rolling years to each quarter where they are held, else a mix of two whole years. A
    pairing without a question in the survey has its counted years, and those for which a count is thought to be published.
    """
    counted = {(period.start, period.end): period for period in counts.periods(pairing, ENGLAND_AND_WALES)}
    seen: set[tuple[datetime.date, datetime.date]] = set()
    for estimate in survey.of(pairing, ENGLAND_AND_WALES) if pairing.topic else ():
        period = estimate.period
        span = (period.start, period.end)
        seen.add(span)
        interviews = fieldwork.of(pairing.topic or "", period)
        count = counts.of(pairing, counted[span], ENGLAND_AND_WALES) if span in counted else None
        yield Case(pairing, period, "plain", estimate, count, interviews)
        by_quarters = matched.of(pairing, period, interviews)
        if by_quarters is not None:
            yield Case(pairing, period, MATCH, estimate, by_quarters, interviews)
            continue
        previous = counted.get(same_months(*span, -1))
        if count is not None and previous is not None:
            mixed = counts.recalled(pairing, counted[span], previous, ENGLAND_AND_WALES, interviews)
            if mixed is not None:
                yield Case(pairing, period, "recall", estimate, mixed, interviews)
    years = {(year.start, year.end): year for year in march_years(last_march)}
    march = {span for span in counted if span[1].month == MARCH}
    for span, period in sorted((years | counted).items()):
        if span in seen:
            continue
        if pairing.topic:
            wanted = period.end.month == MARCH and availability.existed(pairing.key, ESTIMATE, period)
        elif span in counted:
            wanted = span in march or not march
        else:
            wanted = availability.existed(pairing.key, COUNT, period)
        if wanted:
            count = counts.of(pairing, period, ENGLAND_AND_WALES) if span in counted else None
            yield Case(pairing, period, "plain", None, count)


def march_years(last: int) -> list[ComparedPeriod]:
    """The years ending March of which every threat has a row."""
    first = datetime.date(FIRST_MARCH, MARCH, 31)
    ends = [first.replace(year=year) for year in range(FIRST_MARCH, last + 1)]
    return [ComparedPeriod(datetime.date(end.year - 1, 4, 1), end, "year") for end in ends]


def with_context(case: Case, breaks: list[Record], assumptions: Assumptions, availability: Availability) -> Case:
    """The case with the breaks inside its recorded window, the share of offences that were not recent, and what is missing."""
    inside: tuple[Break, ...] = ()
    if case.count is not None:
        period = case.count.period
        touching = breaks_inside(breaks, case.pairing.recorded_series, period.start, period.end)
        inside = tuple(break_of(row) for row in touching)
    stems = [
        f"non_recent_share.{group}.ye_{case.period.end:%Y_%m}" for group in NON_RECENT.get(case.pairing.topic or "", ())
    ]
    assumed = [key for key in stems if key in assumptions]
    share = Interval.hull_of(assumptions.interval(key) for key in assumed) if assumed else None
    inputs = tuple(assumptions.row_id(key) for key in assumed)
    missing = _missing(case, availability)
    inputs += tuple(known.row_id for known in missing.values() if known is not None)
    return replace(case, breaks=inside, non_recent_share=share, inputs=inputs, missing=missing)


def _missing(case: Case, availability: Availability) -> dict[str, Missing | None]:
    """What is known of each side that lacks a figure, or of the female share that the count of a women's estimate lacks."""
    pairing, estimate, count = case.pairing, case.estimate, case.count
    sides = []
    if estimate is None or estimate.value is None:
        sides.append(ESTIMATE)
    if count is None or count.value is None:
        sides.append(COUNT)
    elif pairing.sex == "female" and count.sex != pairing.sex and not count.female_share_applied:
        sides.append(FEMALE_SHARE)
    return {side: availability.of(pairing.key, side, case.period, case.area) for side in sides}
