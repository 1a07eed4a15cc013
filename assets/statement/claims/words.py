"""Numbers, intervals, windows and lists as a reader wants them in a sentence."""

import math

from assets.methods.interval import Exact, Interval
from assets.words import wording

CLOSE = 6e-3  # ends that differ by less than this part of the figure are written as one number


def number(value: Exact) -> str:
    """A number with separators and as many digits as matter: 2,959.3, 37.05, 1.8, 590."""
    plain = float(value)
    if plain == round(plain):
        return f"{plain:,.0f}"
    size = abs(plain)
    digits = 0 if size >= 10_000 else 1 if size >= 100 else 2
    return f"{plain:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{plain:,.0f}"


def amount(value: Exact, unit: str | None) -> str:
    """A number in its unit, where the unit is written with it."""
    text = number(value)
    return f"{text}%" if unit == "percent" else f"£{text}" if unit == "gbp" else text


def interval(values: Interval, unit: str | None = None) -> str:
    """An interval in words: one number where both ends say the same, else from where to where."""
    low, high = float(values.lower), float(values.upper)
    if math.isinf(low) and math.isinf(high):
        return "any number"
    if math.isinf(high):
        least = amount(values.lower, unit)
        return f"{least} or more" if values.closed_lower else f"more than {least}"
    most = amount(values.upper, unit)
    if math.isinf(low):
        return f"{most} or less" if values.closed_upper else f"less than {most}"
    middle = (low + high) / 2
    if values.is_point or (high - low) <= CLOSE * abs(middle):
        return amount(values.lower if values.is_point else middle, unit)
    return f"between {amount(values.lower, unit)} and {most}"


def sentence(text: str) -> str:
    """One line, begun with a capital and ended with a full stop."""
    return wording.sentence(" ".join(text.split()))
