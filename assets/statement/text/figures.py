"""The interval that a claim's figure stands for.

As `methods.rounding` takes the print of tables, with all the forms that `words.numerals` reads in texts:

- "a to b" is a range, from the lower end of the first to the upper end of the second;
- "nearly", "just under", "just over", "close to" are within one unit of the last significant digit printed, and the share of
  the number that the assumption `claims.near_digits` allows, and at least within what rounds to it ("almost 5%" may be 4.6%);
  where the number is a word ("almost half", "nearly doubled"), within the share `claims.near_words`;
- a fraction or multiple in words ("a quarter", "twice") is within `claims.near_words` of it on either side;
- "at least", "over", "up to", "less than" are half lines; "at least 1 in N" begins where "1 in N" begins, since N is
itself rounded.

Units: those of the claim. Source: the meaning of the words as this ledger takes it, written in data/statement/README.md.
"""

from fractions import Fraction

from assets.methods.interval import Interval
from assets.methods.rounding import Near, interval_of
from assets.reconciled.ground.reference_rows import Assumptions
from assets.tables.records import Frames
from assets.words.numerals import figure_read

DIGITS, WORDS = "claims.near_digits", "claims.near_words"


def near(tables: Frames) -> Near:
    """The tracked allowances, of `reference.assumption`."""
    assumptions = Assumptions(tables["reference.assumption"])
    digits, words = (Fraction(assumptions.interval(key).upper).limit_denominator(10_000) for key in (DIGITS, WORDS))
    return Near(digits, words)


def interval_in_text(text: str, unit: str | None, allowed: Near, rounded_to: float | None = None) -> Interval:
    """The values that a printed figure stands for, in `unit`; ValueError says what cannot be read."""
    return interval_of(figure_read(text), unit, rounded_to, allowed)
