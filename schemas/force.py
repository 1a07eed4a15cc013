"""Tables about police forces side by side."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Integer, Number, Text, TextList

PER_1000 = "per 1,000"
# Where a rate lies in the funnel; it ranks nobody and judges nobody.
POSITION = {
    "inside": "within the 95% limits",
    "above inner limit": "above the 95% limits, within the 99.8% limits",
    "below inner limit": "below the 95% limits, within the 99.8% limits",
    "above outer limit": "above the 99.8% limits",
    "below outer limit": "below the 99.8% limits",
}


class ForceComparison(Keyed):
    """One offence group or class x twelve months x police force: the recorded offences, the rate, and whether it lies
    within the limits in which rates of forces usually lie. It ranks no force and says nothing about how much crime there
    is: recording, reporting and who passes through an area differ between forces."""

    threats: TextList = column("Threats that the offence is a member of: keys of reference.threat")
    scope: Text = shared("scope")
    offence_code: Text = shared("offence_code")
    offence: Text = shared("offence")
    area_code: Text = shared("area_code")
    area_name: Text = shared("area_name")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    offences: Number = column("Recorded offences of the twelve months", "offences", nullable=True, ge=0)
    obs_status: Text = shared(
        "obs_status",
        isin=[*codes.FACT_STATUS, "doubted"],
        meaning="Status of the count; a count may stand without a rate",
    )
    quarters_held: Integer = column(
        "Quarters held of the four, where the year is a sum of quarters; empty where the year is printed",
        "quarters",
        nullable=True,
        ge=0,
        le=4,
    )
    population: Number = column("People that the rate is over", "persons", nullable=True, gt=0)
    rate_population: Text = column("Who they are, and of which mid-year", nullable=True)
    rate_per_1000: Number = column("Recorded offences per 1,000 of them", PER_1000, nullable=True, ge=0)
    national_rate_per_1000: Number = column(
        "Rate of all forces compared, taken together: the counts of the rows of this offence and year over their people",
        PER_1000,
        nullable=True,
        ge=0,
    )
    limit_95_lower: Number = column("Lower 95% funnel limit at this population", PER_1000, nullable=True, ge=0)
    limit_95_upper: Number = column("Upper 95% funnel limit", PER_1000, nullable=True, ge=0)
    limit_998_lower: Number = column("Lower 99.8% funnel limit", PER_1000, nullable=True, ge=0)
    limit_998_upper: Number = column("Upper 99.8% funnel limit", PER_1000, nullable=True, ge=0)
    phi: Number = column(
        "Overdispersion: how much more rates of forces differ than chance alone would have it, as a ratio of variances",
        "ratio",
        nullable=True,
        ge=1,
    )
    position: Text = column(
        "Where the rate lies in the funnel; empty, as the limits are, where too few offences are expected for limits",
        nullable=True,
        isin=list(POSITION.values()),
    )
    forces_compared: Integer = column("Forces that set the limits", "forces", ge=0)
    forces_missing: TextList = column("Territorial forces without a rate in this year, which set no limits")
    coverage: Text = column("How much of the year and how many forces are held, in words")
    caveats: TextList = shared("caveats")
    release: Text = shared("release", meaning="Publication and release of the count")
    inputs: TextList = shared("inputs")
