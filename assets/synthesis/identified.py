"""What published figures alone leave of the parts of a bridge: the identified set, without any prior.

Of the parts of one bridge in one year, each known only as an interval, the product of some equals the product of others:

    victims x share told x offences per victim x share recorded x share flagged = recorded count x share in scope

Each part lies in what all others allow of it; that is applied until nothing moves (hull consistency: the smallest box that
the equation allows). Units: persons or incidents, offences, proportions.
Reference: R. E. Moore, R. B. Kearfott and M. J. Cloud, Introduction to Interval Analysis, SIAM, 2009, ch. 10; C. F. Manski,
Partial Identification of Probability Distributions, 2003.
"""

from collections.abc import Mapping, Sequence

from assets.methods.interval import Interval

MOST_ROUNDS = 100
TINY = 1e-12


def identified(box: Mapping[str, Interval], left: Sequence[str], right: Sequence[str]) -> dict[str, Interval] | None:
    """The parts as far as the equation of the products left and right allows; None where it cannot hold in the box."""
    bounds = {name: box[name].as_floats() for name in (*left, *right)}
    for _ in range(MOST_ROUNDS):
        before = dict(bounds)
        for own, other in ((left, right), (right, left)):
            for name in own:
                others = [bounds[key] for key in own if key != name]
                least, most = _product([bounds[key] for key in other])
                by_least, by_most = _product(others)
                low = max(bounds[name][0], least / max(by_most, TINY))
                high = min(bounds[name][1], most / max(by_least, TINY))
                if low > high * (1 + 1e-9):
                    return None
                bounds[name] = (min(low, high), high)
        if bounds == before:
            break
    return {name: Interval.closed(*ends) for name, ends in bounds.items()}


def _product(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    least = most = 1.0
    for low, high in parts:
        least, most = least * low, most * high
    return least, most
