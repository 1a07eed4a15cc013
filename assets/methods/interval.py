"""An interval of real numbers whose ends may be open, closed or infinite.

Units: none of its own; both ends carry the unit of the quantity, and the arithmetic follows.

Arithmetic is the natural interval extension: [a,b] + [c,d] = [a+c, b+d]; [a,b] - [c,d] = [a-d, b-c]; a
product has the smallest and largest of the four products of ends; [a,b] / [c,d] = [a,b] * [1/d, 1/c] when 0
is not in [c,d]. Ends that are int, Fraction or Decimal stay exact (held as int or Fraction); an end that is
float makes the result float, not rounded outwards. An end of the result is closed exactly when that value
is attained. A number stands for the interval of that number alone: `1 - share`, `100 * ratio`.

Operators: `+ - * /`, `in`, `&` for what both hold, `|` for the smallest interval that holds both.

Reference: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis, SIAM, 2009, ch. 2;
IEEE Std 1788-2015 for 0 x infinity = 0 at the ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_

Number = int | float | Fraction | Decimal
Exact = int | float | Fraction

INFINITY = math.inf


def exact(number: Number) -> Exact:
    """The number as int, Fraction or float: a Decimal becomes a Fraction, and a whole Fraction an int."""
    if type(number) is float or type(number) is int:  # nearly always; asking for a Fraction walks its abstract bases
        return number
    if isinstance(number, Decimal):
        if not number.is_finite():
            return float(number)
        number = Fraction(number)
    if isinstance(number, Fraction) and number.denominator == 1:
        return number.numerator
    return number


def _times(left: Exact, right: Exact) -> Exact:
    return 0 if left == 0 or right == 0 else exact(left * right)


def _reciprocal(number: Exact) -> Exact:
    if math.isinf(number):
        return 0
    return 1.0 / number if isinstance(number, float) else exact(Fraction(1) / number)


@dataclass(frozen=True)
class Interval:
    """All x between `lower` and `upper`; each end belongs to the interval if it is closed. Never empty."""

    lower: Exact
    upper: Exact
    closed_lower: bool = True
    closed_upper: bool = True

    def __post_init__(self) -> None:
        lower, upper = exact(self.lower), exact(self.upper)
        if math.isnan(lower) or math.isnan(upper):
            raise ValueError("an interval cannot end in a number that is not defined (NaN)")
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)
        # Infinity is never a value that a quantity takes, so an infinite end is always open.
        object.__setattr__(self, "closed_lower", bool(self.closed_lower) and not math.isinf(lower))
        object.__setattr__(self, "closed_upper", bool(self.closed_upper) and not math.isinf(upper))
        if lower > upper:
            raise ValueError(f"the lower end {lower} lies above the upper end {upper}")
        if lower == upper and not (self.closed_lower and self.closed_upper):
            raise ValueError(f"an interval from {lower} to {upper} with an open end holds no number")

    # --- constructors ---------------------------------------------------------------------------------------

    @classmethod
    def point(cls, value: Number) -> Interval:
        """The one value, exactly."""
        return cls(exact(value), exact(value))

    @classmethod
    def of(cls, value: Interval | Number) -> Interval:
        """The interval itself, or that of the one number."""
        return value if isinstance(value, Interval) else cls.point(value)

    @classmethod
    def closed(cls, lower: Number, upper: Number) -> Interval:
        """[lower, upper]."""
        return cls(exact(lower), exact(upper))

    @classmethod
    def open(cls, lower: Number, upper: Number) -> Interval:
        """(lower, upper)."""
        return cls(exact(lower), exact(upper), False, False)

    @classmethod
    def half_open(cls, lower: Number, upper: Number) -> Interval:
        """[lower, upper): the form of a figure rounded half up."""
        return cls(exact(lower), exact(upper), True, False)

    @classmethod
    def at_least(cls, value: Number) -> Interval:
        """[value, inf)."""
        return cls(exact(value), INFINITY, True, False)

    @classmethod
    def more_than(cls, value: Number) -> Interval:
        """(value, inf)."""
        return cls(exact(value), INFINITY, False, False)

    @classmethod
    def at_most(cls, value: Number) -> Interval:
        """(-inf, value]."""
        return cls(-INFINITY, exact(value), False, True)

    @classmethod
    def less_than(cls, value: Number) -> Interval:
        """(-inf, value)."""
        return cls(-INFINITY, exact(value), False, False)

    @classmethod
    def everything(cls) -> Interval:
        """The whole line: nothing is known."""
        return cls(-INFINITY, INFINITY, False, False)

    @classmethod
    def hull_of(cls, intervals: Iterable[Interval]) -> Interval:
        """The smallest interval that holds all of them."""
        return reduce(or_, intervals)

    # --- questions ------------------------------------------------------------------------------------------

    @property
    def is_point(self) -> bool:
        """Is it a single value?"""
        return self.lower == self.upper

    @property
    def is_bounded(self) -> bool:
        """Are both ends finite?"""
        return not (math.isinf(self.lower) or math.isinf(self.upper))

    @property
    def width(self) -> Exact:
        """Upper end less lower end."""
        return exact(self.upper - self.lower)

    @property
    def midpoint(self) -> Exact:
        """Half way between the ends."""
        if not self.is_bounded:
            raise ValueError(f"{self} has no middle: it is not bounded")
        total = self.lower + self.upper
        return total / 2 if isinstance(total, float) else exact(Fraction(total) / 2)

    def __contains__(self, value: Number) -> bool:
        """Does the value lie in the interval?"""
        number = exact(value)
        above = number > self.lower or (self.closed_lower and number == self.lower)
        below = number < self.upper or (self.closed_upper and number == self.upper)
        return above and below

    def covers(self, other: Interval) -> bool:
        """Is every number of `other` in this interval?"""
        low = self.lower < other.lower or (self.lower == other.lower and (self.closed_lower or not other.closed_lower))
        high = other.upper < self.upper or (self.upper == other.upper and (self.closed_upper or not other.closed_upper))
        return low and high

    def meets(self, other: Interval) -> bool:
        """Do the two share a number? A claim holds if its interval meets the recomputed one."""
        return (self & other) is not None

    def is_below(self, other: Interval) -> bool:
        """Is every number here smaller than every number there?"""
        if self.upper == other.lower:
            return not (self.closed_upper and other.closed_lower)
        return self.upper < other.lower

    def is_above(self, other: Interval) -> bool:
        """Is every number here larger than every number there?"""
        return other.is_below(self)

    # --- sets -----------------------------------------------------------------------------------------------

    def __and__(self, other: Interval) -> Interval | None:
        """What both hold, or None when they hold nothing in common."""
        lower, open_lower = max((i.lower, not i.closed_lower) for i in (self, other))
        upper, closed_upper = min((i.upper, i.closed_upper) for i in (self, other))
        closed_lower = not open_lower
        if lower > upper or (lower == upper and not (closed_lower and closed_upper)):
            return None
        return Interval(lower, upper, closed_lower, closed_upper)

    def __or__(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        lower, open_lower = min((i.lower, not i.closed_lower) for i in (self, other))
        upper, closed_upper = max((i.upper, i.closed_upper) for i in (self, other))
        return Interval(lower, upper, not open_lower, closed_upper)

    # --- arithmetic -----------------------------------------------------------------------------------------

    def __neg__(self) -> Interval:
        """Every number with its sign changed."""
        return Interval(-self.upper, -self.lower, self.closed_upper, self.closed_lower)

    def __add__(self, other: Interval | Number) -> Interval:
        """All sums of a number here and one there."""
        other = Interval.of(other)
        return Interval(
            exact(self.lower + other.lower),
            exact(self.upper + other.upper),
            self.closed_lower and other.closed_lower,
            self.closed_upper and other.closed_upper,
        )

    def __sub__(self, other: Interval | Number) -> Interval:
        """All differences of a number here and one there."""
        return self + -Interval.of(other)

    def __mul__(self, other: Interval | Number) -> Interval:
        """All products of a number here and one there."""
        other = Interval.of(other)
        products: list[tuple[Exact, bool]] = []
        for x, x_closed in ((self.lower, self.closed_lower), (self.upper, self.closed_upper)):
            for y, y_closed in ((other.lower, other.closed_lower), (other.upper, other.closed_upper)):
                # A closed zero end makes the product 0 attained, whatever the other factor's end is.
                attained = (x_closed and y_closed) or (x_closed and x == 0) or (y_closed and y == 0)
                products.append((_times(x, y), attained))
        lower = min(product for product, _ in products)
        upper = max(product for product, _ in products)
        return Interval(
            lower,
            upper,
            any(attained for product, attained in products if product == lower),
            any(attained for product, attained in products if product == upper),
        )

    def __truediv__(self, other: Interval | Number) -> Interval:
        """All quotients; an error when the denominator may be zero."""
        other = Interval.of(other)
        if 0 in other:
            raise ValueError(f"cannot divide {self} by {other}: the denominator may be zero")
        # An open end at zero sends the reciprocal to infinity on the side of the other end.
        lower = -INFINITY if other.upper == 0 else _reciprocal(other.upper)
        upper = INFINITY if other.lower == 0 else _reciprocal(other.lower)
        return self * Interval(lower, upper, other.closed_upper, other.closed_lower)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, number: Number) -> Interval:
        """A number less every number here."""
        return Interval.point(number) - self

    def __rtruediv__(self, number: Number) -> Interval:
        """A number over every number here."""
        return Interval.point(number) / self

    def as_floats(self) -> tuple[float, float]:
        """Both ends as floats."""
        return float(self.lower), float(self.upper)

    def __str__(self) -> str:
        left, right = ("[" if self.closed_lower else "(", "]" if self.closed_upper else ")")
        return f"{left}{_plain(self.lower)}, {_plain(self.upper)}{right}"


def _plain(number: Exact) -> str:
    return str(number) if isinstance(number, int) else f"{float(number):.10g}"
