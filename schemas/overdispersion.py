"""The table of how much recorded counts vary beyond chance."""

from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList

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
