"""How complete is a flag?

If every record of a known kind belongs to the flagged concept by definition (a partner's offence is domestic
abuse), the concept holds at least as many records as that kind; a complete flag then cannot count fewer.

Units: shares are proportions of one base, or counts of one unit; completeness (sensitivity) = flagged and
true / true, a proportion. Inclusion is the monotonicity of counting.
"""

from __future__ import annotations

from assets.methods.interval import Interval


def flag_is_incomplete(flagged: Interval, included: Interval) -> bool:
    """Do the two figures prove that flags are missing? Same base, same unit, same ages: the caller's duty."""
    return flagged.is_below(included)


def completeness(flagged: Interval, included: Interval) -> Interval:
    """Bounds of flagged / true, when flags are right where set: the true size is at least the inclusion bound."""
    if flagged.lower < 0 or included.lower < 0:
        raise ValueError("a count or share is not negative")
    least = max(flagged.upper, included.lower)
    highest = (Interval.point(flagged.upper) / least).upper if least else 1
    return Interval.closed(0, highest)
