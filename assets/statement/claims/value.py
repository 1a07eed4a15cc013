"""A value that an expression works with: an interval, what it was made from, and how to say it."""

import datetime
from dataclasses import dataclass

from assets.methods.interval import Interval
from schemas.codes import ALL_VAWG


@dataclass(frozen=True)
class Window:
    """From the first to the last day."""

    start: datetime.date
    end: datetime.date

    @property
    def months(self) -> float:
        """Length in calendar months; whole where it begins and ends with a month."""
        after = self.end + datetime.timedelta(days=1)
        whole = 12 * (after.year - self.start.year) + after.month - self.start.month
        return whole + (after.day - self.start.day) / 30.4375 if after.day != self.start.day else whole


@dataclass(frozen=True)
class Leaf:
    """One figure inside an expression: a claim or a published fact.

    scope:     which system counted it
    window:    the period it covers; None where it is a moment or not stated
    published: is it a fact of the tables, not a claim of the document
    threat:    what it counts, where that is a threat
    """

    row_id: str
    scope: str
    window: Window | None
    published: bool
    threat: str | None = None


@dataclass(frozen=True)
class Value:
    """The result of an expression.

    interval: the values it may have
    words:    how it was made, in words
    unit:     the unit it is in, where that is known; None for plain numbers
    leaves:   the figures in it
    shares:   pairs of figures of which one was divided by the other as its part
    sums:     figures that were added up
    joined:   do the words want brackets inside a longer formula
    """

    interval: Interval
    words: str
    unit: str | None = None
    leaves: tuple[Leaf, ...] = ()
    shares: tuple[tuple[tuple[Leaf, ...], tuple[Leaf, ...]], ...] = ()
    sums: tuple[tuple[Leaf, ...], ...] = ()
    joined: bool = False

    def __str__(self) -> str:
        return self.words

    @property
    def published(self) -> bool:
        """Does any published fact stand in it?"""
        return any(leaf.published for leaf in self.leaves)

    @property
    def row_ids(self) -> tuple[str, ...]:
        """Row ids of the figures in it."""
        return tuple(dict.fromkeys(leaf.row_id for leaf in self.leaves))

    @property
    def unlike_windows(self) -> tuple[Window, Window] | None:
        """Windows of a part and its whole that are not one window; None where all are."""
        pairs = ((leaf.window, other.window) for part, whole in self.shares for leaf in part for other in whole)
        return next(((own, other) for own, other in pairs if own and other and own != other), None)

    @property
    def threats_added(self) -> list[str]:
        """Threats of which figures are added up, where they are several: one offence may be of more than one."""
        each = ({leaf.threat for leaf in added if leaf.threat and leaf.threat != ALL_VAWG} for added in self.sums)
        return next((sorted(threats) for threats in each if len(threats) > 1), [])


def constant(value: int | float) -> Value:
    """A plain number."""
    from assets.statement.claims.words import number

    return Value(Interval.point(value), number(value))
