"""The outer envelope of an interval over a box of assumptions.

Let f(a_1..a_k) be an interval (or a number) that follows from assumptions, each known only as an interval.
If both ends of f are monotone in each assumption while the others are held, rising or falling, the union of
f over the box has its lowest and highest ends at corners of the box: all 2^k corners are evaluated.
Monotonicity is the caller's duty; the centre of the box is evaluated too, and a centre outside the envelope
is an error (a cheap test, not a proof).

Units: those of f. The result is `assumed`, never one confidence level: where f is a 95% interval, it covers the answer
in about 95% of samples at the worst corner of the box and in more elsewhere, as long as the truth lies in the box.
Reference: interval extension of a monotone function, R. E. Moore, R. B. Kearfott and M. J. Cloud,
Introduction to Interval Analysis, SIAM, 2009, ch. 5; bounds by assumption, C. F. Manski, Partial
Identification of Probability Distributions, 2003.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from assets.methods.interval import Interval, Number

MOST_ASSUMPTIONS = 12


def outer_envelope(function: Callable[..., Interval | Number], box: Mapping[str, Interval]) -> Interval:
    """Envelope of `function(**assumptions)` over the box; `function` is monotone in each assumption."""
    for name, interval in box.items():
        if not interval.is_bounded:
            raise ValueError(f"the assumption {name} is not bounded ({interval}): no envelope follows from it")
    free = [name for name, interval in box.items() if not interval.is_point]
    if len(free) > MOST_ASSUMPTIONS:
        raise ValueError(f"{len(free)} assumptions are too many for corners (at most {MOST_ASSUMPTIONS})")
    results = []
    for ends in product((False, True), repeat=len(free)):
        chosen = dict(zip(free, ends, strict=True))
        corner = {name: i.upper if chosen.get(name, False) else i.lower for name, i in box.items()}
        results.append(Interval.of(function(**corner)))
    envelope = Interval(min(result.lower for result in results), max(result.upper for result in results))
    if free:
        centre = Interval.of(function(**{name: interval.midpoint for name, interval in box.items()}))
        slack = 1e-9 * max(1.0, *(abs(end) for end in envelope.as_floats()))
        if centre.lower < envelope.lower - slack or centre.upper > envelope.upper + slack:
            raise ValueError(
                f"the centre of the box gives {centre}, outside the corners' {envelope}: the function is not monotone"
            )
    return envelope


def victims_from_prevalence(prevalence: Interval, population: Number, household_share: Interval) -> Interval:
    """Victims (persons) = prevalence x population (persons) x share of it living in households.

    The survey speaks of the household population: for women the mid-year estimate x [0.955, 0.99], the
    range of ONS's own pairs of count and prevalence. Prevalence and share are proportions.
    """
    for name, share in (("prevalence", prevalence), ("household share", household_share)):
        if share.lower < 0 or share.upper > 1:
            raise ValueError(f"the {name} {share} is not a proportion (percentages are divided by 100 first)")
    if population < 0:
        raise ValueError(f"a population is not negative (got {population})")
    return prevalence * household_share * population
