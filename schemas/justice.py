"""Tables about what becomes of estimated and recorded crime: the reporting bridge and the justice funnel."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Number, Text, TextList

CLOSING = "recorded offences per crime known to the police"


class ReportingBridge(Keyed):
    """One estimate, the share that told the police, and the recorded count, matched by instrument, unit, offence and
    period, with the value of the unknown that would close the two. It is an identified set: never a number of missing
    crimes, and not a reporting rate."""

    bridge: Text = column("Key of the bridge")
    instrument: Text = shared("instrument")
    unit: Text = column("Unit of the estimate", isin=["victims", "incidents"])
    sex: Text = shared("sex")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    multiplier: Number = column(
        "What if: crimes told per victim who told the police, or incidents per incident counted under the cap",
        "ratio",
        ge=1,
    )
    estimated: Number = column("Estimated victims or incidents", "see unit", nullable=True, ge=0)
    estimated_lower: Number = column("Lower limit of the estimate", "see unit", nullable=True, ge=0)
    estimated_upper: Number = column("Upper limit of the estimate", "see unit", nullable=True, ge=0)
    told_percent: Number = column(
        "Share of them that the police came to know of, by the survey", "percent", nullable=True
    )
    told_lower: Number = column("Lower limit of the share", "percent", nullable=True)
    told_upper: Number = column("Upper limit of the share", "percent", nullable=True)
    known: Number = column(
        "Crimes known to the police by the survey: estimate x share x multiplier", "see unit", nullable=True
    )
    known_lower: Number = column("Lower limit of that", "see unit", nullable=True, ge=0)
    known_upper: Number = column("Upper limit of that", "see unit", nullable=True, ge=0)
    recorded_series: Text = shared("series", nullable=True, meaning="Series of the recorded count")
    recorded: Number = column("Recorded offences of the year", "offences", nullable=True, ge=0)
    recorded_lower: Number = column(
        "Lower limit of it, over the year's count and the recall-matched one and what counts vary by chance",
        "offences",
        nullable=True,
        ge=0,
    )
    recorded_upper: Number = column("Upper limit, in the same sense", "offences", nullable=True, ge=0)
    recorded_least_in_scope: Number = column(
        "Recorded offences that are of the surveyed kind for certain; the rest of the count may be of another kind",
        "offences",
        nullable=True,
        ge=0,
    )
    closing: Number = column(
        "Value that closes the bridge if the whole count is of the surveyed kind", CLOSING, nullable=True
    )
    closing_lower: Number = column("Lower limit of it", CLOSING, nullable=True, ge=0)
    closing_upper: Number = column("Upper limit of it", CLOSING, nullable=True, ge=0)
    closing_least: Number = column(
        "Lower end of the identified set: only the offences that are of the surveyed kind for certain",
        CLOSING,
        nullable=True,
        ge=0,
    )
    interval_source: Text = shared("interval_source", nullable=True)
    verdict: Text = shared("verdict")
    reason: Text = column("Why, in one sentence")
    sentence: Text = column("The row in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class Attrition(Keyed):
    """One step between two stages of one year, from recorded offence to conviction. Stages have units of their own and
    are not a cohort: those convicted in a year need not be of the offences recorded in it, and a ratio may exceed one."""

    threat: Text = column("Offences that the stages are of", isin=["domestic_abuse", "rape", "stalking"])
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    from_stage: Text = column("Earlier stage")
    to_stage: Text = column("Later stage")
    figure: Text = column(
        "Is the ratio printed, of two printed counts, or of a count implied by a printed share",
        isin=["printed", "counts", "implied"],
    )
    from_count: Number = column("Count of the earlier stage", "see from_unit", nullable=True, ge=0)
    from_unit: Text = column("Unit of the earlier stage")
    to_count: Number = column("Count of the later stage", "see to_unit", nullable=True, ge=0)
    to_unit: Text = column("Unit of the later stage")
    per_100: Number = column("Later stage per 100 of the earlier one", "per 100", ge=0)
    per_100_lower: Number = column("Lower limit of it", "per 100", ge=0)
    per_100_upper: Number = column("Upper limit of it", "per 100", ge=0)
    method: Text = column("What the limits are")
    interval_source: Text = shared("interval_source")
    subset: Flag = column("Is the later stage a subset of the earlier one in the same unit")
    cohort: Flag = column("Are the same cases followed from stage to stage: never, in these figures")
    coverage: Text = column("What the sources say of the forces covered", nullable=True)
    designation: Text = shared("designation", isin=list(codes.DESIGNATION))
    sentence: Text = column("The row in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")
