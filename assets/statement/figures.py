"""The interval that a claim's figure stands for.

As `methods.rounding` takes the print of tables, with the forms that texts have (see `numerals`):

- "a to b" is a range, from the lower end of the first to the upper end of the second;
- "nearly", "just under", "just over" are within one unit of the last significant digit printed, and within the share of
the number
  that the assumption `claims.near_digits` allows; where the number is a word ("almost half", "nearly doubled"), within the share
  `claims.near_words`;
- a fraction or multiple in words ("a quarter", "twice") is within `claims.near_words` of it on either side;
- "at least", "over", "up to", "less than" are half lines; "at least 1 in N" begins where "1 in N" begins, since N is
itself rounded.

Units: those of the claim. Source: the meaning of the words as this ledger takes it, written in data/statement/README.md.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from assets.methods.interval import Interval
from assets.methods.rounding import COUNTED_UNITS, ESTIMATED_UNITS
from assets.reconciled.ground.reference_rows import Assumptions
from assets.statement.numerals import LONGEST, Figure, figure_at, plain
from assets.tables.records import Frames

DIGITS, WORDS = "claims.near_digits", "claims.near_words"
COUNTED = COUNTED_UNITS | ESTIMATED_UNITS


@dataclass(frozen=True)
class Near:
    """How far below or above a number "nearly" and "just over" reach, as a part of it: said in digits, said in words."""

    digits: Fraction
    words: Fraction


def near(tables: Frames) -> Near:
    """The tracked allowances, of `reference.assumption`."""
    held = Assumptions(tables["reference.assumption"])
    digits, words = (Fraction(held.interval(key).upper).limit_denominator(10_000) for key in (DIGITS, WORDS))
    return Near(digits, words)


GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # "12 345": the text may have any space between thousands


def figure_read(text: str) -> Figure:
    """The whole of a text as one figure; ValueError says what cannot be read."""
    flat = GROUPED.sub(",", " ".join(plain(text).split()))
    if sum(letter.isdigit() for letter in flat) > LONGEST:
        raise ValueError(f"a number of at most {LONGEST} digits")
    found = figure_at(flat)
    if found is None:
        raise ValueError("no number can be read in it")
    if found.end != len(flat):
        raise ValueError(f"after {flat[: found.end]!r}, {flat[found.end :].strip()!r} cannot be read")
    return found


def figure_interval(text: str, unit: str | None, allowed: Near, rounded_to: float | None = None) -> Interval:
    """The values that a printed figure stands for, in `unit`; ValueError says what cannot be read."""
    figure = figure_read(text)
    scale = _scale(figure, unit)
    base = figure.value * scale
    around = _around(figure, unit, allowed, rounded_to, scale)
    match figure.side:
        case "at_least":
            return Interval.at_least(around.lower if figure.form in ("part", "range") else base)
        case "above":
            return Interval.more_than(base)
        case "at_most":
            return Interval.at_most(around.upper if figure.form in ("part", "range") else base)
        case "below":
            return Interval.less_than(base)
        case "near_below":
            return Interval.half_open(base - _reach(figure, base, scale, allowed), base)
        case "near_above":
            return Interval(base, base + _reach(figure, base, scale, allowed), False, True)
    return around


def _scale(figure: Figure, unit: str | None) -> Fraction:
    """From the number printed to the claim's unit."""
    if unit == "percent" and figure.whole is not None:
        return Fraction(100)
    thousands = unit is not None and unit.startswith("thousand") and (figure.scaled or figure.grouped)
    return Fraction(1, 1000) if thousands else Fraction(1)


def _around(figure: Figure, unit: str | None, allowed: Near, rounded_to: float | None, scale: Fraction) -> Interval:
    """What rounds to the number printed."""
    half = Fraction(1, 2)
    if figure.form == "part" and figure.whole is not None:
        if figure.low == 1:
            return Interval(scale / (figure.whole + half), scale / (figure.whole - half), False, True)
        return Interval.half_open(
            scale * (figure.low - half) / figure.whole, scale * (figure.low + half) / figure.whole
        )
    if figure.form == "fraction" or (figure.form == "multiple" and figure.spoken):
        base = figure.value * scale
        return Interval.closed(base * (1 - allowed.words), base * (1 + allowed.words))
    step = _step(figure, unit, rounded_to) * (1 if rounded_to is not None else scale)
    low, high = figure.low * scale, figure.high * scale
    if not step:
        return Interval.closed(low, high)
    return Interval.half_open(low - step * half, high + step * half)


def _step(figure: Figure, unit: str | None, rounded_to: float | None) -> Fraction:
    """What the number was rounded to; 0 where it is exact."""
    if rounded_to is not None:
        return Fraction(rounded_to).limit_denominator(10**9)
    counted = unit is None or unit in COUNTED
    if figure.decimal or figure.scaled or figure.percent or not counted or figure.form == "multiple":
        return figure.step
    if figure.side == "rounded":
        return Fraction(10) ** figure.zeros
    rounded = figure.zeros >= 3 and figure.grouped if unit in COUNTED_UNITS else figure.zeros >= 2
    return Fraction(10) ** figure.zeros if rounded else Fraction(0)


def _reach(figure: Figure, base: Fraction, scale: Fraction, allowed: Near) -> Fraction:
    """How far "nearly" and "just over" reach."""
    if figure.spoken:
        return abs(base) * allowed.words
    last = figure.step * scale * Fraction(10) ** figure.zeros
    return min(last, abs(base) * allowed.digits) if figure.form != "part" else abs(base) * allowed.digits
