"""How complete is a flag?

- Rogan-Gladen: true share = (apparent + specificity - 1) / (sensitivity + specificity - 1). Unclipped: a
  value outside [0, 1] says that the assumed sensitivity or specificity does not fit the apparent share.
- Inclusion: if every record of a known kind belongs to the flagged concept by definition (a partner's
  offence is domestic abuse), the concept holds at least as many records as that kind; a complete flag then
  cannot count fewer.

Units: shares are proportions of one base, or counts of one unit; completeness (sensitivity) = flagged and
true / true, a proportion. Reference: W. J. Rogan and B. Gladen, American Journal of Epidemiology 107 (1978)
71-76; inclusion is the monotonicity of counting.
"""

from __future__ import annotations

from assets.methods.envelope import outer_envelope
from assets.methods.interval import Interval, Number, exact


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float:
    """The true share behind an apparent one."""
    for name, value in (
        ("apparent share", apparent),
        ("sensitivity", sensitivity),
        ("specificity", specificity),
    ):
        if not 0 <= value <= 1:
            raise ValueError(f"the {name} {value} is not a proportion")
    gain = sensitivity + specificity - 1
    if gain <= 0:
        raise ValueError(f"sensitivity {sensitivity} and specificity {specificity} make a flag that says nothing")
    return (apparent + specificity - 1) / gain


def rogan_gladen_interval(apparent: Interval, sensitivity: Interval, specificity: Interval) -> Interval:
    """The same over a box of assumptions; monotone in each of the three while the others are held."""
    box = {"apparent": apparent, "sensitivity": sensitivity, "specificity": specificity}
    return outer_envelope(lambda **corner: rogan_gladen(**{k: float(v) for k, v in corner.items()}), box).interval


def inclusion_lower_bound(flagged: Interval, included: Interval) -> Interval:
    """The true size of the concept: at least what is flagged and at least what belongs to it by definition.

    Flags are taken as right where set (no false flag).
    """
    return Interval.at_least(max(flagged.lower, included.lower))


def flag_is_incomplete(flagged: Interval, included: Interval) -> bool:
    """Do the two figures prove that flags are missing? Same base, same unit, same ages: the caller's duty."""
    return flagged.is_below(included)


def completeness(flagged: Interval, included: Interval, whole: Number | None = None) -> Interval:
    """Bounds of flagged / true, when flags are right where set.

    The true size lies between the inclusion bound and `whole` (all records), if that is given.
    """
    if flagged.lower < 0 or included.lower < 0:
        raise ValueError("a count or share is not negative")
    least = max(flagged.upper, included.lower)
    highest = Interval.point(flagged.upper).div(Interval.point(least)).upper if least else 1
    if whole is None:
        return Interval.closed(0, min(1, highest))
    size = exact(whole)
    if size < least:
        raise ValueError(f"the whole {size} is smaller than a part of it ({least})")
    return Interval.closed(Interval.point(flagged.lower).div(Interval.point(size)).lower, min(1, highest))
