"""What is published of a threat beside counts."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Number, Text, TextList


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
