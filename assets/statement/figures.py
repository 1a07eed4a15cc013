"""The interval that a claim's figure stands for.

As `methods.rounding`, with three forms that texts have and tables have not:

- "a to b" is a range, from the lower end of the first to the upper end of the second;
- "nearly", "almost", "just under" and "just over" say that the figure lies within a tenth of the number on that side
  ("at least", "over", "less than" stay half lines);
- "at least 1 in N" begins where "1 in N" begins, since N is itself rounded.

Units: those of the claim. Source: the meaning of the words as this ledger takes it, written in data/statement/README.md.
"""

from fractions import Fraction

from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval

NEAR = Fraction(1, 10)
NEAR_BELOW = ("nearly", "almost", "just under", "just below")
NEAR_ABOVE = ("just over", "just above")
AT_LEAST = "at least "


def figure_interval(figure: str, unit: str | None, rounded_to: float | None = None) -> Interval:
    """The values that a printed figure stands for, in `unit`; ValueError says what cannot be read."""
    text = " ".join(figure.lower().split())
    first, between, second = text.partition(" to ")
    if between:
        low, high = (printed_interval(part, None, unit, rounded_to) for part in (first, second))
        return Interval(low.lower, high.upper, low.closed_lower, high.closed_upper)
    for word in NEAR_BELOW:
        if text.startswith(f"{word} "):
            base = printed_interval(text.removeprefix(word), None, unit, 0).upper
            return Interval.half_open(base * (1 - NEAR), base)
    for word in NEAR_ABOVE:
        if text.startswith(f"{word} "):
            base = printed_interval(text.removeprefix(word), None, unit, 0).lower
            return Interval(base, base * (1 + NEAR), False, True)
    if text.startswith(AT_LEAST) and " in " in text:
        return Interval.at_least(printed_interval(text.removeprefix(AT_LEAST), None, unit).lower)
    return printed_interval(text, None, unit, rounded_to)
