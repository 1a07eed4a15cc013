"""The interval of true values that a printed figure stands for.

A figure printed to the unit u stands for [x - u/2, x + u/2) (rounding half up). "At least x" is [x, inf),
"over x" and "just over x" (x, inf), "up to x" (-inf, x], "nearly x" and "under x" (-inf, x). "Around x" is
a rounded figure. "1 in N" is N - 1/2 <= 1/p < N + 1/2.

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
from fractions import Fraction

from assets.methods.interval import Interval
from assets.words.printed_number import plain_number

SCALE = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
         "billion": 1_000_000_000, "bn": 1_000_000_000}  # fmt: skip
_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
WORDS = {word: number for number, word in enumerate(_WORDS)}
WORDS["a"] = 1
# Counted one by one: a full print is the number itself.
COUNTED_UNITS = frozenset({"offences", "suspects", "defendants", "victims", "arrests", "cases", "contacts",
                           "convictions",
                           "prosecutions", "referrals", "suspects found guilty"})  # fmt: skip
ESTIMATED_UNITS = frozenset({"persons", "incidents", "incidents_and_offences"})

_AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "minimum of")
_ABOVE = ("just over", "well over", "more than", "over", "above", "exceeding", "greater than", "upwards of")
_AT_MOST = ("at most", "no more than", "not more than", "up to", "a maximum of", "maximum of")
_BELOW = (
    "nearly",
    "almost",
    "just under",
    "just below",
    "less than",
    "fewer than",
    "under",
    "below",
    "close to",
)
_ROUNDED = ("around", "about", "approximately", "approx.", "approx", "roughly", "some",
            "an estimated", "estimated",
            "circa", "c.", "~")  # fmt: skip

_NUMBER = re.compile(
    r"^(?P<sign>[-−])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|mn|bn|[km]))?"
    r"(?:\s?(?P<percent>%|per\s?cent|percent))?(?:\s?(?P<note>\([^)]*\)))?$"
)
_ONE_IN = re.compile(r"^(?P<part>[\d.]+|[a-z]+) in (?:every )?(?P<whole>[\d,.]+|[a-z]+)(?: [a-z]+)?$")


def printed_interval(printed: str, value: float | None, unit: str | None, rounded_to: float | None = None) -> Interval:
    """The interval of a printed figure, in `unit`.

    `value` is the figure as a number in `unit`; a print that disagrees with it is an error.
    `rounded_to` is the rounding step in `unit` where it is known; 0 says that the figure is exact.
    """
    text = " ".join((plain_number(printed) or printed).strip().lower().replace("‑", "-").split()).strip("£ ")
    side, rest = _qualifier(text)
    if (match := _ONE_IN.match(rest)) is not None:
        base, interval = _one_in(match, printed, unit)
    else:
        base, step = _number(rest, printed, unit, side == "rounded", rounded_to)
        half = step / 2
        interval = Interval.half_open(base - half, base + half) if half else Interval.point(base)
    if value is not None:
        _agree(printed, value, unit, interval)
    match side:
        case "at_least":
            return Interval.at_least(base)
        case "above":
            return Interval.more_than(base)
        case "at_most":
            return Interval.at_most(base)
        case "below":
            return Interval.less_than(base)
    return interval


def _qualifier(text: str) -> tuple[str, str]:
    kinds = (
        ("at_least", _AT_LEAST),
        ("at_most", _AT_MOST),
        ("above", _ABOVE),
        ("below", _BELOW),
        ("rounded", _ROUNDED),
    )
    for kind, phrases in kinds:
        for phrase in sorted(phrases, key=len, reverse=True):
            if text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalpha():
                rest = text[len(phrase) :].strip()
                # "more than around" and the like: the outer word decides the side.
                return kind, _qualifier(rest)[1]
    return "plain", text


def _number(
    rest: str, printed: str, unit: str | None, rounded: bool, rounded_to: float | None
) -> tuple[Fraction, Fraction]:
    """The number and its rounding step, both in `unit`."""
    first, _, tail = rest.partition(" ")
    if first in WORDS:
        rest = f"{WORDS[first]} {tail}".strip()
    match = _NUMBER.match(rest)
    if match is None:
        raise ValueError(f"cannot read a number in the printed figure {printed!r}")
    digits, decimals = match["digits"], match["decimals"] or ""
    scale_word = match["scale"] or ""
    scale = Fraction(SCALE.get(scale_word, 1))
    in_thousands = unit is not None and unit.startswith("thousand")
    if in_thousands and scale_word:
        scale /= 1000
    plain = Fraction(int(digits.replace(",", "") + decimals), 10 ** len(decimals))
    base = plain * scale * (-1 if match["sign"] else 1)
    if rounded_to is not None:
        return base, Fraction(rounded_to).limit_denominator(10**9)
    if decimals or scale_word or match["percent"] or in_thousands or not _is_count(unit):
        return base, scale / 10 ** len(decimals)
    whole = digits.replace(",", "")
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    if rounded:
        return base, Fraction(10**zeros)
    is_rounded = zeros >= 3 and "," in digits if unit in COUNTED_UNITS else zeros >= 2
    return base, Fraction(10**zeros if is_rounded else 0)


def _is_count(unit: str | None) -> bool:
    return unit is None or unit in COUNTED_UNITS or unit in ESTIMATED_UNITS


def _one_in(match: re.Match[str], printed: str, unit: str | None) -> tuple[Fraction, Interval]:
    part, whole = (_plain_number(match[name], printed) for name in ("part", "whole"))
    if part <= 0 or whole < part:
        raise ValueError(f"{printed!r} is not a share of a whole")
    scale = 100 if unit == "percent" else 1
    half = Fraction(1, 2)
    if part == 1:
        interval = Interval(scale / (whole + half), scale / (whole - half), False, True)
    else:
        interval = Interval.half_open(scale * (part - half) / whole, scale * (part + half) / whole)
    return scale * part / whole, interval


def _plain_number(text: str, printed: str) -> Fraction:
    if text in WORDS:
        return Fraction(WORDS[text])
    try:
        return Fraction(text.replace(",", ""))
    except ValueError:
        raise ValueError(f"cannot read a number in the printed figure {printed!r}") from None


def _agree(printed: str, value: float, unit: str | None, interval: Interval) -> None:
    tolerance = 1e-9 * max(1.0, abs(value))
    if not float(interval.lower) - tolerance <= value <= float(interval.upper) + tolerance:
        raise ValueError(
            f"the printed figure {printed!r} does not agree with the value {value:g} {unit or ''}".rstrip()
        )
