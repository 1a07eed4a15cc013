"""What is asked of the figures: which sets may overlap, what flags must hold, which stages and bridges there are."""

from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Text

RELATION = ("at most", "equal")
SERIES_ADDED = "Series of the figure, several separated by ; are added"


class SetSystem(Keyed):
    """One system of overlapping sets of one population in one unit, with the unions and pairs that are asked for."""

    set_system: Text = column("Key of the system")
    scope: Text = shared("scope")
    unit: Text = column("What is counted")
    sex: Text = shared("sex")
    period_type: Text = shared("period_type")
    unions: Text = column("Unions asked for, separated by ;, each as its sets separated by |", nullable=True)
    pairs: Text = column("Pairs asked for, separated by ;, each as two sets separated by |", nullable=True)
    citation: Text = shared("citation")


class WayOfReading(Keyed):
    """One way of reading the print, and what it adds to it; a reading that combines two says both."""

    reading: Text = column("Key of the reading")
    meaning: Text = column("What is read into the print, in words")
    citation: Text = shared("citation")


class FlagTest(Keyed):
    """One inclusion or identity that figures must obey if flags are complete and shares are read as stated."""

    flag_test: Text = column("Key of the test")
    scope: Text = shared("scope")
    unit: Text = column("Unit of both sides")
    relation: Text = column("What the part must be of the whole", isin=list(RELATION))
    part: Text = column("The part, in words")
    part_series: Text = column(SERIES_ADDED)
    part_of: Text = column("Series of the count that the part is a share of", nullable=True)
    part_value: Text = shared("characteristic_value", nullable=True)
    part_start: Date = column("First day of the part's period; empty for any", "date", nullable=True)
    part_end: Date = column("Last day of the part's period; empty for any", "date", nullable=True)
    part_of_start: Date = column("First day of the count's period, where it is another", "date", nullable=True)
    part_of_end: Date = column("Last day of the count's period, where it is another", "date", nullable=True)
    whole: Text = column("The whole, in words")
    whole_series: Text = column(SERIES_ADDED)
    whole_of: Text = column("Series of the count that the whole is a share of", nullable=True)
    whole_value: Text = shared("characteristic_value", nullable=True)
    whole_start: Date = column("First day of the whole's period; empty for that of the part", "date", nullable=True)
    whole_end: Date = column("Last day of the whole's period; empty for that of the part", "date", nullable=True)
    whole_of_start: Date = column("First day of the count's period, where it is another", "date", nullable=True)
    whole_of_end: Date = column("Last day of the count's period, where it is another", "date", nullable=True)
    why: Text = column("Why it must hold")
    flag: Flag = column("Does the whole count flags, whose completeness the part tests")
    alike: Flag = column("Are windows and bases alike, so that a failure proves something")
    caveat: Text = column("What a reader must know of the test", nullable=True)
    citation: Text = shared("citation")


class AttritionStage(Keyed):
    """One stage from recorded offence to conviction of a kind of offence, and the series that counts it."""

    threat: Text = column("Kind of offence")
    position: Integer = column("Place in the process", "rank", ge=1)
    stage: Text = column("Key of the stage")
    series: Text = shared("series")
    unit: Text = column("What the stage counts")
    subset_of: Text = column("Earlier stage of which this one is a part in one unit", nullable=True)
    implied_share: Text = column("Series of a printed share that gives the count where none is printed", nullable=True)
    implied_of: Text = column("Series of the count that this share is of", nullable=True)
    citation: Text = shared("citation")


class AttritionShare(Keyed):
    """One printed ratio between two stages: per 100 of the earlier."""

    threat: Text = column("Kind of offence")
    series: Text = shared("series")
    from_stage: Text = column("Earlier stage")
    to_stage: Text = column("Later stage")
    from_unit: Text = column("What the earlier stage counts")
    to_unit: Text = column("What the later stage counts")
    subset: Flag = column("Is the later stage a part of the earlier in one unit")
    base_series: Text = column("Series of the count that it is of", nullable=True)
    citation: Text = shared("citation")


class BridgeTerms(Keyed):
    """One reporting bridge: the survey topic, its reporting rate, the recorded series, and what blocks it, if anything."""

    bridge: Text = column("Key of the bridge")
    topic: Text = column("Survey topic")
    instrument: Text = shared("instrument")
    unit: Text = column("Unit of the estimate", isin=["victims", "incidents"])
    sex: Text = shared("sex")
    estimate_series: Text = column("Series of the estimate")
    told_series: Text = column("Series of the share that the police came to know of")
    recorded_series: Text = column("Series of the recorded count; empty where none fits", nullable=True)
    kind: Text = column("What is bridged, in words")
    wider: Text = column("What the count holds beside it", nullable=True)
    narrower_series: Text = column(
        "A recorded series that may lie wholly inside the count without being of the surveyed kind", nullable=True
    )
    blocked: Text = column("Why it may not be bridged at all; empty where it may", nullable=True)
    citation: Text = shared("citation")
