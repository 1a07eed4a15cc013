"""The functions of the claims language, over intervals.

Shares and changes are in percent, ratios plain. Interval arithmetic takes every figure as free within its rounding, so a
result is never narrower than it must be; where one figure stands twice (share, growth) the two are taken together.
Reference: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis, SIAM, 2009, ch. 2 (arithmetic).
"""

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add as plus
from operator import mul as times
from operator import sub as minus
from operator import truediv as over
from typing import Any, NamedTuple

from assets.methods.interval import Interval
from assets.methods.survey import wilson_interval
from assets.statement.claims.value import Value, Window
from assets.words.wording import listed, number_of

ARITHMETIC = {"+": plus, "-": minus, "*": times, "/": over}
PERCENT = "percent"


class ArgumentsError(ValueError):
    """A function was given what it cannot work with."""


def combine(operator: str, left: Value, right: Value) -> Value:
    """left + - * / right."""
    sign = {"*": "x"}.get(operator, operator)
    before = left.words if operator in "+-" else _bracketed(left)
    worked, words = ARITHMETIC[operator](left.interval, right.interval), f"{before} {sign} {_bracketed(right)}"
    made = replace(_made(worked, words, _unit(operator, left, right), left, right), joined=True)
    return _added(made) if operator == "+" else made


class Function(NamedTuple):
    """A function of some values: its arguments, what it is of their intervals, how it is said, and its unit: that of an argument
    where it is a place. A text of arguments that ends in dots stands for one or more.
    """

    arguments: str
    work: Callable[..., Any]
    said: Callable[..., str]
    unit: str | int | None = None


def called(name: str, values: Sequence[Value]) -> Value:
    """One of `FUNCTIONS` of some values; the part and the whole of a share are compared in window and scope."""
    arguments, work, said, unit = FUNCTIONS[name]
    many = arguments.endswith("...")
    if not values or (not many and len(values) != arguments.count(",") + 1):
        found = "with one argument or more" if many else f"found {number_of(len(values), 'argument')}"
        raise ArgumentsError(f"{name}({arguments}){' ' if many else ', '}{found}")
    made = work(*(value.interval for value in values))
    worked = _made(made, said(*values), values[unit].unit if isinstance(unit, int) else unit, *values)
    if name == "share":
        return replace(worked, shares=(*worked.shares, (values[0].leaves, values[1].leaves)))
    return _added(worked) if name == "sum" else worked


def _yearly(total: Interval, years: Interval) -> Interval:
    span = _point(years, "a number of years")
    return _monotone(total, lambda p: 100 * ((1 + p / 100) ** (1 / span) - 1))


def _power(base: Interval, exponent: Interval) -> Interval:
    n = _point(exponent, "one exponent")
    if base.lower < 0 or n <= 0:
        raise ArgumentsError("power(base, exponent) with a base that is not negative and an exponent above 0")
    return _monotone(base, lambda x: x**n)


def _between(low: Interval, high: Interval) -> Interval:
    if low.lower > high.upper:
        raise ArgumentsError("between(low, high) with the low figure first")
    return Interval.closed(low.lower, high.upper)


def _sample_lower(percent: Interval, base: Interval) -> Interval:
    """The lower 95% limit (Wilson) of a share that was found in a simple sample."""
    p, n = _point(percent, "one percentage") / 100, _point(base, "one sample size")
    if not 0 <= p <= 1 or n < 1:
        raise ArgumentsError("sample_lower(percent, n) with a percentage from 0 to 100 and a sample of 1 or more")
    return Interval.point(100 * wilson_interval(p, n).lower)


def _largest(*each: Interval) -> Interval:
    return Interval.closed(max(part.lower for part in each), max(part.upper for part in each))


def _listed(values: Sequence[Value]) -> str:
    return listed([value.words for value in values])


# Of these the work is a ratio of polynomials: it is done over `equations.Rational`, too.
RATIONAL = {
    "share": Function(
        "part, whole", lambda part, whole: 100 * (part / whole), lambda part, whole: f"{part} of {whole}", PERCENT
    ),
    "part_of": Function(
        "whole, percent",
        lambda whole, percent: whole * percent / 100,
        lambda whole, percent: f"{percent}{'%' if percent.words.replace('.', '', 1).isdigit() else ''} of {whole}",
        0,
    ),
    "per_day": Function(
        "count, days", lambda count, days: count / days, lambda count, days: f"{count} over {days} days"
    ),
    "growth_percent": Function(
        "before, after",
        lambda before, after: 100 * (after / before - 1),
        lambda before, after: f"from {before} to {after}",
        PERCENT,
    ),
    "fold": Function(
        "before, after", lambda before, after: after / before, lambda before, after: f"{after} against {before}"
    ),
    "ratio": Function("one, other", lambda left, right: left / right, lambda left, right: f"{left} against {right}"),
    "one_in": Function("n", lambda n: 100 / n, lambda n: f"1 in {n}", PERCENT),
    "sum": Function("a, b, ...", lambda *each: reduce(plus, each), lambda *each: f"{_listed(each)} together", 0),
}
FUNCTIONS = RATIONAL | {
    "yearly_percent": Function(
        "percent, years", _yearly, lambda total, years: f"{total} spread over {years.interval.lower:g} years", PERCENT
    ),
    "power": Function(
        "base, exponent", _power, lambda base, exponent: f"{_bracketed(base)}^{exponent.interval.lower:g}"
    ),
    "largest": Function("a, b, ...", _largest, lambda *each: f"the largest of {_listed(each)}", 0),
    "between": Function("low, high", _between, lambda low, high: f"{low} to {high}", 0),
    "at_least": Function("x", lambda x: Interval.at_least(x.lower), lambda x: f"{x} or more", 0),
    "at_most": Function("x", lambda x: Interval.at_most(x.upper), lambda x: f"{x} or less", 0),
    "sample_lower": Function(
        "percent, n", _sample_lower, lambda percent, n: f"the lower 95% limit of {percent}% found among {n}", PERCENT
    ),
}


def days(start: datetime.date, end: datetime.date) -> Value:
    """days("2022-04-01", "2023-03-31"): days from the first to the last, both counted."""
    return _count((end - start).days + 1, None)


def months(start: datetime.date, end: datetime.date) -> Value:
    """months("2023-01-01", "2023-07-31"): months from the first to the last day, both counted."""
    return _count(Window(start, end).months, (start, end))


def years(start: datetime.date, end: datetime.date) -> Value:
    """years("2019-03-31", "2023-03-31"): years between two days, whole where the day of the year is one."""
    whole = end.year - start.year
    same_day = (start.month, start.day) == (end.month, end.day)
    return _count(whole if same_day else (end - start).days / 365.2425, (start, end))


MOMENTS: dict[str, Callable[[datetime.date, datetime.date], Value]] = {"days": days, "months": months, "years": years}


def _made(interval: Interval, words: str, unit: str | None, *values: Value) -> Value:
    leaves = tuple(dict.fromkeys(leaf for value in values for leaf in value.leaves))
    shares = tuple(pair for value in values for pair in value.shares)
    return Value(interval, words, unit, leaves, shares, tuple(added for value in values for added in value.sums))


def _added(total: Value) -> Value:
    return replace(total, sums=(*total.sums, total.leaves))


def _unit(operator: str, left: Value, right: Value) -> str | None:
    """The unit of a sum or difference is that of its parts, that of a product the one there is."""
    if operator in "+-":
        return left.unit if left.unit == right.unit or not right.leaves else right.unit if not left.leaves else None
    return left.unit or right.unit if operator == "*" else left.unit if right.unit is None else None


def _bracketed(value: Value) -> str:
    return f"({value.words})" if value.joined else value.words


def _point(interval: Interval, what: str) -> float:
    if not interval.is_point:
        raise ArgumentsError(f"{what}, not {interval}")
    return float(interval.lower)


def _count(value: float, between: tuple[datetime.date, datetime.date] | None) -> Value:
    if value <= 0:
        raise ArgumentsError("the earlier day first")
    words = f"{between[0]:%d %B %Y} to {between[1]:%d %B %Y}" if between else f"{value:g}"
    return Value(Interval.point(Fraction(value)), words)


def _monotone(interval: Interval, rise: Callable[[float], float]) -> Interval:
    """The image of an interval under a function that rises."""
    low, high = (end if math.isinf(end) else rise(float(end)) for end in (interval.lower, interval.upper))
    return Interval(low, high, interval.closed_lower, interval.closed_upper)
