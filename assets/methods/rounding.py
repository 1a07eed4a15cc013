"""The interval of true values that a printed figure stands for, of the forms that `words.numerals` reads.

A figure printed to the unit u stands for [x - u/2, x + u/2) (rounding half up). "At least x" is [x, inf),
"over x" and "just over x" (x, inf), "up to x" (-inf, x], "nearly x" and "under x" (-inf, x). "Around x" and "close to x" are
rounded figures. "1 in N" is N - 1/2 <= 1/p < N + 1/2; in a text that says "around", or where N is a round number, 1/p is
within `Near.words` of N ("1 in 20" is said of 4.8%). How far "nearly" reaches can be limited (`Near`).

The unit u of print, when the caller does not give `rounded_to`:

- decimals, percentages, rates, and figures with a scale word ("1.4 million") or in a thousands unit: the
  last printed digit;
- a whole count without trailing zeros: exact, a point;
- a whole count with trailing zeros (two or more, persons and incidents; three or more, recorded counts with
  thousands separators, as text has them): the place of the last non-zero digit. A recorded count printed
  without separators is a workbook cell, so exact. ONS rounds survey counts to the thousand: give
  `rounded_to=1000` where that is known.

Units: in, the printed text and the unit of `value`; out, an Interval in that unit (exact fractions).
Reference: definition of rounding, ISO 80000-1:2009 Annex B (rule B).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assets.methods.interval import Interval
from assets.words.numerals import PrintedNumber, figure_read
from assets.words.printed_number import plain_number

# Counted one by one: a full print is the number itself.
COUNTED_UNITS = frozenset({"offences", "suspects", "defendants", "victims", "arrests", "cases", "contacts", "convictions",
                           "prosecutions", "referrals", "suspects found guilty"})  # fmt: skip
ESTIMATED_UNITS = frozenset({"persons", "incidents", "incidents_and_offences"})
HALF = Fraction(1, 2)
ROUND = 5  # "1 in 20" stands for what is nearer to 1 in 21
_NOTE = re.compile(r"\s?\([^)]*\)$")


@dataclass(frozen=True)
class Near:
    """How far below or above a number "nearly" and "just over" reach, as a part of it: said in digits, said in words."""

    digits: Fraction
    words: Fraction


class OtherValue(ValueError):
    """A value that does not round to what is printed."""


def printed_interval(printed: str, value: float | None, unit: str | None, rounded_to: float | None = None) -> Interval:
    """The interval of a figure as tables print it, in `unit`.

    `value` is the figure as a number in `unit`; OtherValue where the print disagrees with it, ValueError where it is no number.
    `rounded_to` is the rounding step in `unit` where it is known; 0 says that the figure is exact.
    """
    try:
        figure = figure_read(_NOTE.sub("", plain_number(printed) or printed))
    except ValueError:
        figure = None
    if figure is None or figure.form not in ("number", "part"):
        raise ValueError(f"cannot read a number in the printed figure {printed!r}")
    around = _around(figure, unit, rounded_to, None)
    if value is not None:
        _agree(printed, value, unit, around)
    return around if figure.side in ("plain", "rounded") else interval_of(figure, unit, rounded_to)


def interval_of(
    figure: PrintedNumber, unit: str | None, rounded_to: float | None = None, near: Near | None = None
) -> Interval:
    """The values that a figure stands for, in `unit`; near: of a figure in a text, how far "nearly" and "a quarter" reach."""
    scale = _scale(figure, unit, near)
    base, around = figure.value * scale, _around(figure, unit, rounded_to, near)
    # In a text "at least 1 in N" begins where "1 in N" begins, since N is itself rounded.
    rounded = near is not None and figure.form in ("part", "range")
    match figure.side:
        case "at_least":
            return Interval.at_least(around.lower if rounded else base)
        case "above":
            return Interval.more_than(base)
        case "at_most":
            return Interval.at_most(around.upper if rounded else base)
        case "below":
            return Interval.less_than(base)
        case "near" if near:
            reach = _reach(figure, base, scale, near)
            return Interval.closed(base - reach, base + reach)
        case "near_below":
            return (
                Interval.half_open(base - _reach(figure, base, scale, near), base) if near else Interval.less_than(base)
            )
        case "near_above":
            return (
                Interval(base, base + _reach(figure, base, scale, near), False, True)
                if near
                else Interval.more_than(base)
            )
    return around


def _scale(figure: PrintedNumber, unit: str | None, near: Near | None) -> Fraction:
    """From the number printed to the unit: a text writes out what a table prints in thousands."""
    if unit == "percent" and figure.whole is not None:
        return Fraction(100)
    written_out = figure.scaled or (figure.grouped and near is not None)
    return Fraction(1, 1000) if written_out and unit is not None and unit.startswith("thousand") else Fraction(1)


def _around(figure: PrintedNumber, unit: str | None, rounded_to: float | None, near: Near | None) -> Interval:
    """What rounds to the number printed."""
    scale = _scale(figure, unit, near)
    if figure.form == "part" and figure.whole is not None:
        if figure.low == 1:
            loose = figure.side == "rounded" or (figure.side == "plain" and figure.whole % ROUND == 0)
            reach = max(HALF, figure.whole * near.words) if near and loose else HALF
            return Interval(scale / (figure.whole + reach), scale / (figure.whole - reach), False, True)
        return Interval.half_open(
            scale * (figure.low - HALF) / figure.whole, scale * (figure.low + HALF) / figure.whole
        )
    if near and (figure.form == "fraction" or (figure.form == "multiple" and figure.spoken)):
        base = figure.value * scale
        return Interval.closed(base * (1 - near.words), base * (1 + near.words))
    step = _step(figure, unit, rounded_to) * (1 if rounded_to is not None else scale)
    low, high = figure.low * scale, figure.high * scale
    if not step:
        return Interval.closed(low, high)
    return Interval.half_open(low - step * HALF, high + step * HALF)


def _step(figure: PrintedNumber, unit: str | None, rounded_to: float | None) -> Fraction:
    """What the number was rounded to; 0 where it is exact."""
    if rounded_to is not None:
        return Fraction(rounded_to).limit_denominator(10**9)
    counted = unit is None or unit in COUNTED_UNITS or unit in ESTIMATED_UNITS
    if figure.decimal or figure.scaled or figure.percent or not counted or figure.form == "multiple":
        return figure.step
    if figure.side == "rounded":
        return Fraction(10) ** figure.zeros
    rounded = figure.zeros >= 3 and figure.grouped if unit in COUNTED_UNITS else figure.zeros >= 2
    return Fraction(10) ** figure.zeros if rounded else Fraction(0)


def _reach(figure: PrintedNumber, base: Fraction, scale: Fraction, near: Near) -> Fraction:
    """How far "nearly" and "close to" reach: as far at least as what rounds to the number, since "almost 5%" may be 4.6%."""
    if figure.spoken:
        return abs(base) * near.words
    if figure.form == "part":
        return abs(base) * near.digits
    last = figure.step * scale
    return max(min(last * Fraction(10) ** figure.zeros, abs(base) * near.digits), last * HALF)


def _agree(printed: str, value: float, unit: str | None, interval: Interval) -> None:
    tolerance = 1e-9 * max(1.0, abs(value))
    if not float(interval.lower) - tolerance <= value <= float(interval.upper) + tolerance:
        raise OtherValue(
            f"the printed figure {printed!r} does not agree with the value {value:g} {unit or ''}".rstrip()
        )
