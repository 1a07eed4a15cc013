"""Tables about overlaps: what is published of them, what follows for pairs and unions, and whether figures agree."""

from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList

CONSTRAINT_KIND = {
    "total": "the size of the region is the figure",
    "at_least": "the size of the region is the figure or more",
    "at_most": "the size of the region is the figure or less",
    "share": "the share of `whole` that lies in `part` too is the figure",
    "share_at_least": "the share of `whole` that lies in `part` too is the figure or more",
    "subset": "all of `part` lies in `whole`",
    "disjoint": "nothing lies in both `part` and `whole`",
}
PRECISION = {
    "as_printed": "every figure is taken as exactly what is printed",
    "rounding": "every figure is any value that rounds to what is printed",
}
BOUND_STATUS = {
    "bounded": "both ends are known",
    "half_bounded": "only the lower end is known",
    "conflict": "the figures cannot all hold under this reading",
}
AGREEMENT = {
    "agree": "the figures can hold together",
    "contradict": "the figures cannot hold together as read",
    "not_comparable": "windows, ages or scopes differ, so the figures prove nothing",
}


class Constraint(Keyed):
    """One figure or definition that ties overlapping sets together, and the reading under which it does so."""

    constraint: Text = column("Key of the constraint")
    system: Text = column("System of sets that it belongs to")
    kind: Text = column("How it ties the sets", isin=list(CONSTRAINT_KIND))
    part: Text = column("Region: one set, `a&b` for in both, `a|b` for in either")
    whole: Text = column("The other set of a share, a subset or a disjoint pair", nullable=True)
    series: Text = column(
        "Series of the figure, several separated by ; are added; empty for a definition", nullable=True
    )
    sex: Text = shared("sex", nullable=True, meaning="Sex of the figure, where its series has several")
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    period_start: Date = shared("period_start", nullable=True, meaning="First day of the figure; empty for any period")
    period_end: Date = shared("period_end", nullable=True, meaning="Last day of the figure; empty for any period")
    household_population: Flag = column("Is the figure a percentage of the household population, to be made a number")
    needed: Flag = column("Does the system exist only in periods for which this figure is held")
    reading: Text = column("Readings under which it holds, separated by ;, empty for all of them", nullable=True)
    says: Text = column("The constraint in words")
    citation: Text = shared("citation")


class UnionBound(Keyed):
    """One union of overlapping threats or victim types in one period and reading: the tightest bounds on its size that
    the published figures allow. Threats are never added."""

    system: Text = column("System of sets")
    scope: Text = shared("scope")
    sets: Text = column("Sets of the union, joined by |")
    set_count: Integer = column("Number of sets", "sets", ge=2)
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    sex: Text = shared("sex")
    unit: Text = shared("unit", meaning="Unit of the bounds")
    reading: Text = column("How figures that allow several readings are read; `as_stated` adds nothing to the print")
    precision: Text = column("How figures are taken", isin=list(PRECISION))
    lower: Number = column("Smallest size that the figures allow", "see unit", nullable=True, ge=0)
    upper: Number = column(
        "Largest size that the figures allow; empty where nothing limits it", "see unit", nullable=True
    )
    status: Text = column("What was found", isin=list(BOUND_STATUS))
    marginals_lower: Number = column("Lower bound from the sizes of the sets alone", "see unit", nullable=True)
    marginals_upper: Number = column(
        "Upper bound from the sizes of the sets alone: their sum", "see unit", nullable=True
    )
    overlap_depth_lower: Number = column(
        "Lower end of (sum - union) / (sum - largest): 0 no overlap, 1 the deepest; only for a published union",
        "proportion",
        nullable=True,
    )
    overlap_depth_upper: Number = column("Upper end of that depth", "proportion", nullable=True)
    lower_from: TextList = column("Constraints that the lower end follows from")
    upper_from: TextList = column("Constraints that the upper end follows from")
    conflict: TextList = column("Constraints that cannot hold together; without any one of them the rest can")
    sentence: Text = column("The row in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class ThreatOverlap(Keyed):
    """One pair of threats (or recorded groups, or victim types) in one period and reading: what is published of their
    overlap and the bounds that follow for it."""

    system: Text = column("System of sets")
    scope: Text = shared("scope")
    first: Text = column("First set of the pair")
    second: Text = column("Second set of the pair")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    sex: Text = shared("sex")
    unit: Text = shared("unit", meaning="Unit of the overlap")
    reading: Text = column("How figures that allow several readings are read; `as_stated` adds nothing to the print")
    overlap_lower: Number = column("Smallest overlap that the figures allow", "see unit", nullable=True, ge=0)
    overlap_upper: Number = column("Largest overlap that the figures allow", "see unit", nullable=True)
    share_of_first_lower: Number = column(
        "Least share of the first set that is in the second", "percent", nullable=True
    )
    share_of_first_upper: Number = column(
        "Greatest share of the first set that is in the second", "percent", nullable=True
    )
    share_of_second_lower: Number = column(
        "Least share of the second set that is in the first", "percent", nullable=True
    )
    share_of_second_upper: Number = column(
        "Greatest share of the second set that is in the first", "percent", nullable=True
    )
    marginals_lower: Number = column("Least overlap by the sizes alone", "see unit", nullable=True)
    marginals_upper: Number = column("Greatest overlap by the sizes alone", "see unit", nullable=True)
    status: Text = column("What was found", isin=list(BOUND_STATUS))
    known_from: TextList = column("Constraints that the bounds follow from")
    conflict: TextList = column("Constraints that cannot hold together; without any one of them the rest can")
    sentence: Text = column("The row in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class FlagCheck(Keyed):
    """One inclusion or identity that published figures must obey if flags are complete and read as stated."""

    check: Text = column("Key of the check")
    scope: Text = shared("scope")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    relation: Text = column("What must hold", isin=["at most", "equal"])
    part: Text = column("Figure that must not be larger, or must be equal")
    part_lower: Number = column("Least value of it", "see unit")
    part_upper: Number = column("Greatest value of it", "see unit")
    whole: Text = column("Figure that it is set against")
    whole_lower: Number = column("Least value of that", "see unit")
    whole_upper: Number = column("Greatest value of that", "see unit")
    unit: Text = shared("unit", meaning="Unit of both")
    completeness_upper: Number = column(
        "Greatest share of the concept that the flag can have caught, if the inclusion holds",
        "proportion",
        nullable=True,
    )
    result: Text = column("Do the figures agree", isin=list(AGREEMENT))
    sentence: Text = column("The row in one sentence")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")
