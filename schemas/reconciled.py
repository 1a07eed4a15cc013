"""Reconciled tables: estimates and counts side by side, and what may be said of them."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Integer, Number, RuleResults, Text, TextList

HELD = ["held", *codes.LACKING]
PER_100 = "recorded offences per 100 estimated victims"


class Gap(Keyed):
    """One pairing x instrument x sex x age base x period x period match x area: the estimate, the recorded count
    and, where the rules allow it, the ratio. Not a reporting rate: one victim may have many recorded offences or none."""

    pairing: Text = column("Pairing: key of reference.pairing")
    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    area_code: Text = shared("area_code")
    area_name: Text = shared("area_name")
    period_start: Date = shared(
        "period_start", meaning="First day of the survey year's label, or of the recorded period"
    )
    period_end: Date = shared("period_end", meaning="Last day of the survey year's label, or of the recorded period")
    period_type: Text = shared("period_type")
    sex: Text = shared("sex", meaning="Sex of the victims estimated")
    age: Text = shared("age", nullable=True, meaning="Age base of the estimate; empty without one")
    instrument: Text = shared("instrument", nullable=True)
    estimate: Number = column(
        "Estimated victims or incidents in the survey year", "see estimate_unit", nullable=True, ge=0
    )
    estimate_lower: Number = column("Lower limit of the estimate", "see estimate_unit", nullable=True, ge=0)
    estimate_upper: Number = column("Upper limit of the estimate", "see estimate_unit", nullable=True, ge=0)
    estimate_likely_lower: Number = column(
        "Lower limit of the estimate at the central values of what is assumed", "see estimate_unit", nullable=True, ge=0
    )
    estimate_likely_upper: Number = column("Upper limit at those values", "see estimate_unit", nullable=True, ge=0)
    estimate_unit: Text = column("Unit of the estimate", nullable=True, isin=["victims", "incidents"])
    interval_source: Text = shared("interval_source", nullable=True)
    estimate_obs_status: Text = shared(
        "obs_status", isin=[*codes.FACT_STATUS, "doubted"], meaning="Status of the estimate"
    )
    estimate_designation: Text = shared("designation", nullable=True, meaning="Standing of the estimate")
    survey_release: Text = column("Publication and release of the estimate", nullable=True)
    recorded: Number = column("Recorded offences set against the estimate", "offences", nullable=True, ge=0)
    recorded_lower: Number = column("Lower end of that count", "offences", nullable=True, ge=0)
    recorded_upper: Number = column("Upper end of that count", "offences", nullable=True, ge=0)
    recorded_unit: Text = column("Unit of the count", nullable=True)
    recorded_scope: Text = shared("scope", nullable=True)
    recorded_designation: Text = shared("designation", nullable=True, meaning="Standing of the count")
    recorded_release: Text = column("Publication and release of the count", nullable=True)
    recorded_period_start: Date = column("First day of the recorded months used", "date", nullable=True)
    recorded_period_end: Date = column("Last day of the recorded months used", "date", nullable=True)
    recorded_obs_status: Text = shared(
        "obs_status", isin=[*codes.FACT_STATUS, "doubted"], meaning="Status of the count"
    )
    period_match: Text = column("How the recorded period was matched", isin=list(codes.PERIOD_MATCH))
    recorded_per_100: Number = column(
        "Recorded offences per 100 estimated victims (or incidents). Not a reporting rate", PER_100, nullable=True, ge=0
    )
    recorded_per_100_lower: Number = column("Lower limit of the ratio", PER_100, nullable=True, ge=0)
    recorded_per_100_upper: Number = column("Upper limit of the ratio", PER_100, nullable=True, ge=0)
    likely_lower: Number = column(
        "Lower limit of the ratio at the central values of what is assumed; empty without sampling error",
        PER_100, nullable=True, ge=0,
    )  # fmt: skip
    likely_upper: Number = column("Upper limit at those values", PER_100, nullable=True, ge=0)
    difference: Number = column(
        "Estimate minus count, only where both are crimes of one subset", "incidents", nullable=True
    )
    difference_lower: Number = column("Lower limit of the difference", "incidents", nullable=True)
    difference_upper: Number = column("Upper limit of the difference", "incidents", nullable=True)
    estimate_availability: Text = column(
        "Is the estimate held, and if not, why: not asked then, not published, published but not held, withheld as doubted",
        nullable=True,
        isin=HELD,
    )
    recorded_availability: Text = column(
        "Is the count held, and if not, why: not counted then, not published, published but not held, no code or flag,"
        " withheld as doubted",
        nullable=True,
        isin=HELD,
    )
    verdict: Text = shared("verdict")
    reason: Text = column("Why, in one sentence")
    rules: RuleResults = column("What every rule said: rule, result, reason")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class Unblock(Keyed):
    """One publication that is not held: how many comparisons it would unblock by itself, with others, or not at all."""

    publication: Text = column("The publication, or the part of one")
    place: Number = column("Place in the order of what it would unblock, from one", "rank", ge=1)
    rows_alone: Number = column("Plain rows of reconciled.gap that it alone would make comparable", "rows", ge=0)
    rows_with_others: Number = column("Rows that also need another publication of this table", "rows", ge=0)
    rows_still_blocked: Number = column(
        "Rows that would have its figure, and stay blocked by a rule or for what nobody publishes", "rows", ge=0
    )
    pairings: TextList = column("Pairings of these rows: keys of reference.pairing")
    first_year: Date = column("Last day of the earliest period of these rows", "date")
    last_year: Date = column("Last day of the latest period of these rows", "date")
    known_from: TextList = column("What is known of the figures, with where that is written")
    inputs: TextList = shared("inputs")


class Answer(Gap):
    """One pairing x instrument x sex x age base x period x area: the answer for the year. The plain ratio, or none where only a
    set is known, with the hull of the plain, the recalled and the quarterly readings as its interval; the readings
    themselves are its sensitivity. Not a reporting rate."""

    recorded_per_100: Number = column(
        "Recorded offences per 100 estimated victims (or incidents), of the reading in period_match; empty for a set",
        PER_100, nullable=True, ge=0,
    )  # fmt: skip
    recorded_per_100_lower: Number = column(
        "Lower limit: the least of any reading, over the outer envelope of what is assumed",
        PER_100,
        nullable=True,
        ge=0,
    )
    recorded_per_100_upper: Number = column("Upper limit, in the same sense", PER_100, nullable=True, ge=0)
    likely_lower: Number = column(
        "Lower limit: the least of any reading, at the central values of what is assumed", PER_100, nullable=True, ge=0
    )
    likely_upper: Number = column("Upper limit, in the same sense", PER_100, nullable=True, ge=0)
    identified: Text = column(
        "What is known of the ratio; empty where it is blocked", nullable=True, isin=list(codes.IDENTIFIED)
    )
    readings: TextList = column("Every reading of the year that may be compared, with its interval")
    newer_withheld: Date = column(
        "Last day of the newest later year of which a side is withheld, since it contradicts other published figures",
        "date",
        nullable=True,
    )


class Sensitivity(Keyed):
    """One part that is not known of one ratio of reconciled.gap: how much of the width of the ratio's envelope it causes, and
    which published figure would replace it. Causes overlap, so the shares of one ratio do not sum to one hundred."""

    pairing: Text = column("Pairing: key of reference.pairing")
    instrument: Text = shared("instrument", nullable=True)
    sex: Text = shared("sex", meaning="Sex of the victims estimated")
    age: Text = shared("age", nullable=True, meaning="Age base of the estimate")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_match: Text = column("How the recorded period was matched", isin=list(codes.PERIOD_MATCH))
    part: Text = column("What is not known: key of reference.assumption, or rounding, reading, sampling error")
    part_lower: Number = column("Lower end of the part", "see reference.assumption")
    part_central: Number = column("Its central value", "see reference.assumption")
    part_upper: Number = column("Upper end of the part", "see reference.assumption")
    ratio_width: Number = column("Width of the envelope of the ratio", PER_100, ge=0)
    width_if_known: Number = column("Width of it if the part were known at its central value", PER_100, ge=0)
    width_caused: Number = column("The difference: what the part causes", PER_100)
    share_of_width: Number = column("The same as a share of the width", "percent")
    rank: Integer = column("Place among the parts of the ratio, the widest first", "place", ge=1)
    would_help: Text = column("The figure that would replace it")
    inputs: TextList = shared("inputs")


class ScopePair(Keyed):
    """One pair of systems that count offences of one threat, set beside the same estimate: what each may hold that the
    other lacks. No record of the two is linked, so only bounds from the two totals are given; they are never added."""

    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    sex: Text = shared("sex", meaning="Sex of the victims counted")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    first_scope: Text = shared("scope", meaning="Which system counted first")
    second_scope: Text = shared("scope", meaning="Which system counted second")
    first_pairing: Text = column("Pairing of the first count: key of reference.pairing")
    second_pairing: Text = column("Pairing of the second count: key of reference.pairing")
    first: Number = column("The first count, with its female share where it has one", "offences", ge=0)
    first_lower: Number = column("Lower end of the first count", "offences", ge=0)
    first_upper: Number = column("Upper end of the first count", "offences", ge=0)
    second: Number = column("The second count", "offences", ge=0)
    second_lower: Number = column("Lower end of the second count", "offences", ge=0)
    second_upper: Number = column("Upper end of the second count", "offences", ge=0)
    first_only_lower: Number = column("Least that the first counts and the second does not", "offences", ge=0)
    first_only_upper: Number = column("Most that the first counts and the second does not", "offences", ge=0)
    second_only_lower: Number = column("Least that the second counts and the first does not", "offences", ge=0)
    second_only_upper: Number = column("Most that the second counts and the first does not", "offences", ge=0)
    first_per_100: Number = column("The first ratio", PER_100, nullable=True, ge=0)
    second_per_100: Number = column("The second ratio", PER_100, nullable=True, ge=0)
    sentence: Text = column("The same in words")
    inputs: TextList = shared("inputs")


class ThreatBreakdown(Keyed):
    """One threat x scope x period x area x dimension value: recorded offences, shares, rate and change."""

    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    scope: Text = shared("scope")
    dimension: Text = column("What the threat is broken down by; `total` for all of it")
    dimension_value: Text = column("Value of the dimension")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    offences: Number = column("Recorded offences (victims in the Homicide Index)", "offences", nullable=True, ge=0)
    share_of_threat: Number = column(
        "Share of the threat's total in the same scope and period", "percent", nullable=True
    )
    share_of_vawg: Number = column("Share of the policing VAWG total of the same window", "percent", nullable=True)
    share_of_all_recorded: Number = column(
        "Share of all recorded crime except fraud, in the scope that publishes it", "percent", nullable=True
    )
    per_day: Number = column("Offences per day of the period", "offences per day", nullable=True)
    rate_per_1000: Number = column("Offences per 1,000 of the rate population", "per 1,000", nullable=True)
    rate_population: Text = column("Population that the rate is over", nullable=True)
    change_from: Date = column("Last day of the baseline period", "date", nullable=True)
    change_percent: Number = column(
        "Arithmetic change on the baseline; no test, no claim about crime", "percent", nullable=True
    )
    change_source: Text = column("Where the change comes from", nullable=True, isin=list(codes.CHANGE_SOURCE))
    obs_status: Text = shared(
        "obs_status", isin=list(codes.RESULT_STATUS), meaning="Status of the offences and the series"
    )
    caveats: TextList = shared("caveats")
    release: Text = shared("release", meaning="Publication and release of the count")
    inputs: TextList = shared("inputs")


# What is published of a threat beside counts.


class ThreatProfile(Keyed):
    """One published statistic of a threat that is not a count: ages, relationships, shares. Rows of different scopes
    and populations stand side by side and are not comparable unless they say so."""

    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    statistic: Text = column("What is given: average age, a share, a commonest group")
    of: Text = column("Whom or what it is of: victims, suspects, offences")
    value: Number = column("The figure; the middle of a printed range", "see unit", nullable=True)
    lower: Number = column("Lower end of the figure's rounding or range", "see unit", nullable=True)
    upper: Number = column("Upper end of the figure's rounding or range", "see unit", nullable=True)
    unit: Text = shared("unit")
    printed: Text = shared("printed")
    sex: Text = shared("sex", nullable=True, meaning="Sex of those it is of, where stated")
    population: Text = column("Population it is over")
    period_start: Date = shared("period_start", nullable=True)
    period_end: Date = shared("period_end", nullable=True)
    scope: Text = shared("scope", isin=[*codes.SCOPE, *codes.CLAIM_SCOPE])
    designation: Text = shared("designation", nullable=True)
    claim: Text = column("Claim of the document that states it", nullable=True)
    origin: Text = column("Publication and release, or document with the source it cites")
    comparable: Text = column("What it may be set beside: `like`, or why it is unlike")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")
