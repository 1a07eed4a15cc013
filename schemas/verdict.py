"""The table of what the publisher says of significance, beside the tracked assumptions."""

from schemas.fields import column, shared
from schemas.reference import Compared
from schemas.types import Flag, Number, Text, TextList

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
