"""What the other results stand on: verdicts of the publisher beside tests of ours, and overdispersion."""

from schemas.fields import column, shared
from schemas.reference import Compared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList

POINTS, P = "percentage points", "probability"


class OfficialVerdict(Compared):
    """One statement of the publisher on whether two survey estimates differ significantly: our own test of the same two over
    the whole box of assumptions, and what becomes of it. A statement that part of the box cannot have given cuts that part
    away, of every result that rests on those samples; one that no part can have given is a contradiction and cuts nothing."""

    official_significant: Flag = column("Does the publisher call the difference significant")
    official_says: Text = column("What the publisher says, its gist")
    before: Number = column("Figure of the earlier period, or of men", "percent", nullable=True, ge=0)
    after: Number = column("Figure of the later period, or of women", "percent", nullable=True, ge=0)
    significance_alone: Text = column(
        "Is the difference significant at the 5% level throughout the whole box of assumptions, nowhere in it, or in part",
        nullable=True,
        isin=["throughout", "nowhere", "depends"],
    )
    p_value_least: Number = column("Smallest p value over the whole box and the rounding", P, nullable=True, ge=0, le=1)
    p_value: Number = column("Largest p value over the whole box and the rounding", P, nullable=True, ge=0, le=1)
    error_least: Number = column("Smallest standard error of the difference over the box", POINTS, nullable=True, ge=0)
    error_most: Number = column("Largest standard error of the difference over the box", POINTS, nullable=True, ge=0)
    error_allowed_least: Number = column("Smallest standard error that the verdict allows", POINTS, nullable=True, ge=0)
    error_allowed_most: Number = column(
        "Largest standard error that the verdict allows; empty where it sets no limit", POINTS, nullable=True, ge=0
    )
    outcome: Text = column(
        "Does the whole box agree, is part of it cut away, does all of it contradict, or is the statement not used",
        isin=["agrees", "cuts", "contradicts", "not_used"],
    )
    reason: Text = column("Why, in a sentence")
    inputs: TextList = shared("inputs")


# The table of how much recorded counts vary beyond chance.
RATIO = "ratio (variance over mean)"


class Overdispersion(Keyed):
    """One yearly series, or a sum of series that a pairing compares: the variance over the mean of its counts (phi), from
    the quarters of one release after trend, season and known steps. A series without eight quarters has no row, and its
    intervals take the tracked assumption of reference.assumption."""

    series: Text = column("Yearly series whose intervals phi serves; + joins series that are added")
    scope: Text = shared("scope")
    area_code: Text = shared("area_code")
    counted_as: Text = column("Series of months, of quarters or of forces that the quarters are from")
    period_start: Date = shared("period_start", meaning="First day of the first quarter")
    period_end: Date = shared("period_end", meaning="Last day of the last quarter")
    quarters: Integer = column("Quarters fitted", "quarters", ge=8)
    phi: Number = column("Overdispersion, taken as one at least", RATIO, nullable=True, ge=1)
    phi_found: Number = column("Overdispersion as found; under one by chance", RATIO, nullable=True, ge=0)
    phi_lower: Number = column("Lower 95% limit of it, by chi-square", RATIO, nullable=True, ge=0)
    phi_upper: Number = column("Upper 95% limit of it", RATIO, nullable=True, ge=0)
    degrees_of_freedom: Integer = column("Quarters less terms of the model", "degrees", nullable=True, ge=1)
    phi_widened: Number = column(
        "phi x (t / z) squared: what a 95% interval takes for phi, so that the limits are Student's t",
        RATIO,
        nullable=True,
    )
    steps: TextList = column("Breaks inside the quarters: keys of reference.comparability_break")
    method: Text = column("Model behind phi")
    used: Flag = column("Do the intervals of this series take it")
    reason: Text = column("Why, or why not, in a sentence")
    release: Text = shared("release", meaning="Publication and release of the quarters")
    inputs: TextList = shared("inputs")
