"""Tables about change: every pair of years with its test, and the national target."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList

FAMILY = {
    "recorded_offences": "recorded offences by code, subgroup and total",
    "flagged_offences": "recorded offences that carry a flag",
    "policing_vawg": "the policing VAWG collection",
    "homicide": "victims in the Homicide Index",
    "survey": "survey prevalence",
}


class Trend(Keyed):
    """One series between two periods of twelve months: the change in its four forms, its test where no break lies
    inside, or the breaks that forbid one. A change of recorded offences is one of recording as much as of crime."""

    family: Text = column("Family within which p values are adjusted", isin=list(FAMILY))
    series: Text = shared("series")
    scope: Text = shared("scope")
    instrument: Text = shared("instrument", nullable=True)
    sex: Text = shared("sex")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    from_start: Date = column("First day of the earlier period", "date")
    from_end: Date = column("Last day of the earlier period", "date")
    to_start: Date = column("First day of the later period", "date")
    to_end: Date = column("Last day of the later period", "date")
    unit: Text = shared("unit", meaning="Unit of before and after")
    before: Number = column("Figure of the earlier period", "see unit", ge=0)
    after: Number = column("Figure of the later period", "see unit", ge=0)
    change_percent: Number = column("100 (after / before - 1)", "percent", nullable=True)
    change_points: Number = column("After less before, only between percentages", "percentage points", nullable=True)
    fold: Number = column("After / before", "ratio", nullable=True)
    yearly_percent: Number = column("Compound rate per year between the two", "percent per year", nullable=True)
    fold_lower: Number = column("Lower limit of the fold change of a count", "ratio", nullable=True)
    fold_upper: Number = column("Upper limit of the fold change of a count", "ratio", nullable=True)
    points_lower: Number = column("Lower limit of the change in percentage points", "percentage points", nullable=True)
    points_upper: Number = column("Upper limit of the change in percentage points", "percentage points", nullable=True)
    net_yearly_percent: Number = column(
        "Yearly rate net of the steps at breaks, by the model named", "percent per year", nullable=True
    )
    net_yearly_lower: Number = column("Lower limit of that rate", "percent per year", nullable=True)
    net_yearly_upper: Number = column("Upper limit of that rate", "percent per year", nullable=True)
    interval_source: Text = shared("interval_source", nullable=True)
    method: Text = column("The test or the model", nullable=True)
    p_value_least: Number = column(
        "Probability of a difference at least as large without any change; smallest over the assumptions",
        "probability",
        nullable=True,
        ge=0,
        le=1,
    )
    p_value: Number = column(
        "The same, largest over the assumptions",
        "probability",
        nullable=True,
        ge=0,
        le=1,
    )
    p_adjusted: Number = column(
        "The same held for all tests of the family (Benjamini-Hochberg)", "probability", nullable=True, ge=0, le=1
    )
    significance: Text = column(
        "Is the change significant at the 5% level throughout the assumptions that published verdicts leave, nowhere, or does it"
        " depend on them; of a recorded count, whether recording varies as much",
        nullable=True,
        isin=["throughout", "nowhere", "depends"],
    )
    significance_alone: Text = column(
        "The same of a survey change over the whole box of assumptions, before any verdict of the publisher cuts it",
        nullable=True,
        isin=["throughout", "nowhere", "depends"],
    )
    official_significant: Flag = column(
        "Does the publisher call the change significant; empty where it says nothing", nullable=True
    )
    official_says: Text = column("What the publisher says of the change, its gist", nullable=True)
    breaks: TextList = column("Breaks of the series inside the window: keys of reference.comparability_break")
    obs_status: Text = shared("obs_status", isin=list(codes.RESULT_STATUS), meaning="Status of the change")
    verdict: Text = shared("verdict")
    reason: Text = column("Why, in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class AdjustedCount(Keyed):
    """One year of a recorded series by the counting of its newest year: limits of what would have been recorded, from a model
    with a step at each break. Linked, not published, so there is no point; nothing about how many offences happened."""

    series: Text = shared("series")
    scope: Text = shared("scope")
    sex: Text = shared("sex")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    unit: Text = shared("unit")
    recorded: Number = column("The count as published, by the counting of its own year", "see unit", ge=0)
    linked: Flag = column("Does a break lie between this year and the newest; if not, the limits are the count itself")
    adjusted_lower: Number = column("Lower limit of the count by the newest counting", "see unit", ge=0)
    adjusted_upper: Number = column("Upper limit of the count by the newest counting", "see unit", ge=0)
    breaks: TextList = column("Breaks between this year and the newest: keys of reference.comparability_break")
    method: Text = column("The model")
    interval_source: Text = shared("interval_source")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class Target(Keyed):
    """One sex, baseline and year on the way to half the combined measure in ten years: required path, observed estimate
    with its interval, and the smallest change that the survey can detect. Never a claim of progress."""

    target: Text = column("Key of the target")
    sex: Text = shared("sex")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    baseline_start: Date = column("First day of the baseline year", "date")
    baseline_end: Date = column("Last day of the baseline year", "date")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    baseline: Number = column("Estimate of the baseline year", "percent", ge=0, le=100)
    baseline_lower: Number = column("Lower limit of it", "percent", ge=0, le=100)
    baseline_upper: Number = column("Upper limit of it", "percent", ge=0, le=100)
    years_from_baseline: Number = column("Years since the baseline", "years", ge=0)
    required: Number = column("Path to the target at one yearly rate", "percent")
    required_lower: Number = column("The same from the lower limit of the baseline", "percent")
    required_upper: Number = column("The same from the upper limit of the baseline", "percent")
    required_straight: Number = column("Path to the target by equal yearly steps", "percent")
    observed: Number = column("Estimate of the year; empty for years without one", "percent", nullable=True)
    observed_lower: Number = column("Lower limit of it", "percent", nullable=True)
    observed_upper: Number = column("Upper limit of it", "percent", nullable=True)
    interval_source: Text = shared("interval_source", nullable=True)
    detectable_least: Number = column(
        "Smallest true change from the baseline found in 80 of 100 surveys, at the largest effective sample assumed",
        "percentage points",
    )
    detectable_most: Number = column("The same at the smallest effective sample assumed", "percentage points")
    required_change: Number = column(
        "Change from the baseline that the path asks for by this year", "percentage points"
    )
    detectable: Text = column(
        "Could the survey see the required change", nullable=True, isin=["yes", "only with the larger sample", "no"]
    )
    verdict: Text = shared("verdict")
    reason: Text = column("Why, in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class LinkedSeries(Keyed):
    """One prevalence of one year brought onto the newest basis (questions and ages) of its topic: an interval, never a point.
    The published figure stands beside it, on its own basis."""

    topic: Text = column("What respondents were asked about")
    sex: Text = shared("sex")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    instrument: Text = shared("instrument", meaning="Questions that the published figure is of")
    age: Text = shared("age", meaning="Ages that the published figure is of")
    basis_instrument: Text = shared("instrument", meaning="Questions that the interval is on")
    basis_age: Text = column("Ages that the interval is on")
    published: Number = column("The published prevalence, on its own basis", "percent", ge=0, le=100)
    lower: Number = column(
        "Lower limit on the newest basis, over the outer envelope of what is assumed", "percent", ge=0
    )
    upper: Number = column("Upper limit, in the same sense", "percent", ge=0, le=100)
    likely_lower: Number = column("Lower limit on it, at the central values of what is assumed", "percent", ge=0)
    likely_upper: Number = column("Upper limit, in the same sense", "percent", ge=0, le=100)
    linked: Flag = column("Was the interval brought over by links; false for a figure of the newest basis itself")
    links: TextList = column("Every link used, with its year, its ratio and its interval")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


# How published figures changed between the releases of one publication.


class Revision(Keyed):
    """One figure that a publication gave in more than one release: its first, previous and latest value, and the change.
    Copies of a statistic by others are no vintages of it and are left out."""

    figures: Text = column("Table of the facts that hold the vintages")
    series: Text = shared("series")
    sex: Text = shared("sex")
    age: Text = shared("age")
    characteristic: Text = shared("characteristic", nullable=True)
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    source: Text = shared("source", meaning="Publication whose releases are compared")
    unit: Text = shared("unit")
    vintages: Integer = column("Releases that give the figure", "releases", ge=2)
    first: Number = column("Value in the oldest release", "see unit", nullable=True)
    first_release: Text = column("Oldest release")
    first_obs_status: Text = shared("obs_status", isin=list(codes.FACT_STATUS), meaning="Status in the oldest release")
    previous: Number = column("Value in the release before the latest", "see unit", nullable=True)
    previous_release: Text = column("Release before the latest")
    latest: Number = column("Value in the newest release", "see unit", nullable=True)
    latest_release: Text = column("Newest release")
    latest_obs_status: Text = shared("obs_status", isin=list(codes.FACT_STATUS), meaning="Status in the newest release")
    change: Number = column("Latest minus first; empty where one of them is no number", "see unit", nullable=True)
    change_percent: Number = column("That change in percent of the first value", "percent", nullable=True)
    last_change: Number = column("Latest minus previous", "see unit", nullable=True)
    last_change_percent: Number = column("That change in percent of the previous value", "percent", nullable=True)
    revised: Flag = column(
        "Does any release differ from the one before it, in status, or in value by more than the coarser of two prints hides"
    )
    inputs: TextList = shared("inputs")


class RevisionSummary(Keyed):
    """One series of one publication: how much its figures were revised between their first and their latest release."""

    series: Text = shared("series")
    source: Text = shared("source")
    period_type: Text = shared("period_type")
    unit: Text = shared("unit")
    figures: Integer = column(
        "Figures with more than one vintage and a number in the first and the latest", "figures", ge=0
    )
    revised: Integer = column("Figures of which any release differs from the one before it", "figures", ge=0)
    mean_revision: Number = column(
        "Mean of latest minus first; its sign says which way revisions go", "see unit", nullable=True
    )
    mean_absolute_revision: Number = column("Mean size of latest minus first", "see unit", nullable=True, ge=0)
    mean_revision_percent: Number = column(
        "Mean of the changes in percent of the first value", "percent", nullable=True
    )
    mean_absolute_revision_percent: Number = column(
        "Mean size of the changes in percent", "percent", nullable=True, ge=0
    )
    largest_revision: Number = column("The change that is largest in size, with its sign", "see unit", nullable=True)
    inputs: TextList = shared("inputs", meaning="Row ids of its figures that were revised")
