"""Numbers that are known as an interval, each with its central value; and the effective sample, a product of some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assets.methods.interval import Interval


@dataclass(frozen=True)
class Assumed:
    """A number, the interval it may lie in, and the value taken for a likely interval.

    key: of `reference.assumption`, or the name of what else is uncertain; row_id: the row that says so
    """

    key: str
    interval: Interval
    central: float
    row_id: str

    @classmethod
    def known(cls, key: str, value: float, row_id: str) -> Assumed:
        """A number that is held: an interval of one point."""
        return cls(key, Interval.point(value), value, row_id)

    def at_centre(self) -> Assumed:
        """The same, as if its central value were known."""
        return replace(self, interval=Interval.point(self.central))

    def within(self, left: Interval) -> Assumed:
        """The same, as far as it lies in what is left of it; where nothing does, the nearest end."""
        return replace(self, interval=clipped(self.interval, left), central=_clip(self.central, left))


def clipped(interval: Interval, left: Interval) -> Interval:
    """The part of an interval inside another; the nearest end of the other where there is none."""
    return Interval.closed(*(_clip(end, left) for end in interval.as_floats()))


def _clip(value: float, left: Interval) -> float:
    return min(max(value, float(left.lower)), float(left.upper))


def product(factors: Iterable[Assumed]) -> tuple[Interval, float]:
    """The product of positive factors, as an interval and at their central values; of none, one."""
    interval, central = Interval.point(1), 1.0
    for factor in factors:
        interval, central = interval * factor.interval, central * factor.central
    return interval, central


def without(whole: Interval, factor: Interval) -> Interval:
    """The positive interval that, times a positive factor, gives the whole: end by end."""
    ends = float(whole.lower) / float(factor.lower), float(whole.upper) / float(factor.upper)
    return Interval.closed(min(ends), max(ends))


def complement(share: Assumed) -> Assumed:
    """One minus a share: of men, where the share of women is tracked."""
    return replace(share, interval=1 - share.interval, central=1 - share.central)


def centred(factors: Iterable[Assumed], key: str) -> tuple[Assumed, ...]:
    """The factors, the one of a key at its central value."""
    return tuple(factor.at_centre() if factor.key == key else factor for factor in factors)


@dataclass(frozen=True)
class Sample:
    """An effective sample: respondents times the shares of them that an estimate rests on, over the design effect.

    left: what published verdicts and limits leave of it; None where they say nothing
    """

    base: Assumed
    shares: tuple[Assumed, ...]
    design_effect: Assumed
    left: Interval | None = None

    @property
    def parts(self) -> tuple[Assumed, ...]:
        """Everything that it is made of."""
        return (self.base, *self.shares, self.design_effect)

    @property
    def interval(self) -> Interval:
        """The effective size over the box of its parts."""
        whole = product((self.base, *self.shares))[0] / self.design_effect.interval
        return whole if self.left is None else clipped(whole, self.left)

    @property
    def central(self) -> float:
        """The effective size at the central values."""
        whole = product((self.base, *self.shares))[1] / self.design_effect.central
        return whole if self.left is None else _clip(whole, self.left)

    def knowing(self, key: str) -> Sample:
        """The sample as if the central value of one part were known."""
        base, design_effect, *shares = centred((self.base, self.design_effect, *self.shares), key)
        return Sample(base, tuple(shares), design_effect, self.left)
